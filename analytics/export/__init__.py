"""Frames and figures -> files that still know, a year later, what was asked of which corpus.

Everything a file is made of is in one `Bundle`: the frame, the filters, the words around the chart, the corpus version.

    csv       the frame as it is (UTF-8 with BOM, so that Excel reads ə and ш), and three columns more on every row:
              `filters` (the address query), `corpus_version`, `made`. Lines of comment would break every reader.
    xlsx      the sheet `data`, and the sheet `method` with the note
    html      the chart itself, alive without a network, with the note and the data under it
    query     the question as JSON
    method    the note as text
    archive   all of them in one zip

PNG and SVG are made in the browser by Plotly, so that what is downloaded is what is seen: `image_options`.
"""

from analytics.export.bundle import Bundle, bundle, file_name, image_options, method, query
from analytics.export.page import html
from analytics.export.sheets import csv, csv_of, rows, xlsx, xlsx_of
from analytics.export.zipped import archive

__all__ = [
    "Bundle",
    "archive",
    "bundle",
    "csv",
    "csv_of",
    "file_name",
    "html",
    "image_options",
    "method",
    "query",
    "rows",
    "xlsx",
    "xlsx_of",
]
