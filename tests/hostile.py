"""Articles that try to be more than text, for every place where the app shows what a stranger wrote."""

import json
from pathlib import Path

MARKUP = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
DIRECTIVES = "[x](javascript:window.pwned=1) **qalın** :red[qırmızı] :material/home: $\\frac{1}{2}$ `kod` ![](http://a.example/b)"
FORMULA = '=HYPERLINK("http://a.example","bax")'
SCRIPT = "javascript:window.pwned=1"
OUTLET = f"{MARKUP} :red[X] $a$"
WORD = "sınaqyazısı"  # in every hostile article, so that a search finds them and nothing else

ROWS = (
    {"title": MARKUP, "text": f"Qazaxıstan {MARKUP} Bakı {WORD}."},
    {"title": DIRECTIVES, "text": f"Türkiyə {DIRECTIVES} Qazaxıstan {WORD}."},
    {"title": FORMULA, "text": f"+1 @SUM(1) Qazaxıstan {WORD}."},
    {"title": "</script><svg onload=window.pwned=1>", "text": f'" onmouseover="window.pwned=1" Qazaxıstan {WORD}'},
)


def write(path: Path) -> Path:
    """The hostile articles as a file of JSON Lines, dated by day from 2 June 2021."""
    common = {"outlet": OUTLET, "url": SCRIPT}
    rows = [row | common | {"id": f"hostile-{n}", "date": f"2021-06-0{n}"} for n, row in enumerate(ROWS, 2)]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path
