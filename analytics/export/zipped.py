"""All files of a figure in one."""

import io
import zipfile

from analytics.charts import Figure
from analytics.export.bundle import Bundle, file_name, method, query
from analytics.export.page import html
from analytics.export.sheets import csv, xlsx


def archive(some: Bundle, figure: Figure | None = None) -> bytes:
    """A zip with the data as CSV and XLSX, the method note, the question, and the chart where there is one."""
    name = file_name(some.what, some.filters)
    files = {
        f"{name}.csv": csv(some),
        f"{name}.xlsx": xlsx(some),
        "method.txt": method(some).encode("utf-8", "replace"),
    }
    files["query.json"] = query(some)
    if figure is not None:
        files[f"{name}.html"] = html(some, figure)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as folder:
        for path, content in files.items():
            folder.writestr(zipfile.ZipInfo(path, some.made.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
