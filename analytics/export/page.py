"""A chart as one HTML file: interactive, complete, and cut off from any network."""

import base64
import hashlib
import html as markup
import json
from functools import cache

from plotly.offline import get_plotlyjs

from analytics.charts import CONFIG, Figure
from analytics.export.bundle import Bundle, file_name, note
from analytics.export.sheets import rows

TABLE = 5_000  # rows of data under the chart; a browser grows slow with more, and the other files have them all

_STYLE = """
body { font: 15px/1.5 Inter, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif; color: #1f2430;
       max-width: 1100px; margin: 24px auto; padding: 0 16px; }
table { border-collapse: collapse; font-size: 13px; } th, td { text-align: left; padding: 3px 10px;
       border-bottom: 1px solid #e6e8ec; vertical-align: top; } summary { cursor: pointer; margin: 12px 0; }
"""

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="chart"></div>
<details open><summary>{method}</summary>{note}</details>
<details><summary>{data}</summary>{table}</details>
<script>{library}</script>
<script>{start}</script>
</body>
</html>
"""


def html(some: Bundle, figure: Figure) -> bytes:
    """The figure with Plotly itself in the file, the method note and the data under it.

    A content security policy lets only the two scripts of this file run, by their digests, and nothing be fetched.
    """
    start = _start(figure, file_name(some.what, some.filters))
    t = some.t
    page = _PAGE.format(
        language=markup.escape(some.language),
        policy=_policy(_library(), start),
        title=markup.escape(f"{some.caption.title} · {some.caption.subtitle}"),
        style=_STYLE,
        method=markup.escape(t("Method")),
        note=_table(note(some)),
        data=markup.escape(t("Data")),
        table=_data(some),
        library=_library(),
        start=start,
    )
    return page.encode("utf-8", "replace")


@cache
def _library() -> str:
    return str(get_plotlyjs()).replace("</script", "<\\/script")


def _start(figure: Figure, name: str) -> str:
    """The script that draws the figure. `<` is written as an escape: no text in it can end the script."""
    config = CONFIG | {
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"filename": name, "scale": 2},
    }
    told = [json.dumps(part, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c") for part in (figure, config)]
    return f"var f = {told[0]}; Plotly.newPlot('chart', f.data, f.layout, {told[1]});"


def _policy(*scripts: str) -> str:
    digests = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8", "replace")).digest()).decode()


def _data(some: Bundle) -> str:
    shown = some.frame.head(TABLE)
    body = [["" if value is None else str(value) for value in row.values()] for row in rows(shown)]
    more = some.t("{n} more rows are in the CSV and XLSX files").format(n=len(some.frame) - len(shown))
    return _table(body, list(map(str, shown.columns))) + (
        f"<p>{markup.escape(more)}</p>" if len(some.frame) > TABLE else ""
    )


def _table(body: list[tuple[str, str]] | list[list[str]], head: list[str] | None = None) -> str:
    names = "".join(f"<th>{markup.escape(name)}</th>" for name in head or [])
    lines = ["".join(f"<td>{markup.escape(cell)}</td>" for cell in row) for row in body]
    return (
        "<table>" + (f"<tr>{names}</tr>" if names else "") + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    )
