"""A visitor of the app without a browser: opening a page at an address, going to another, all that is said there."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "overview": ("İcmal", "Overview"),
    "mentions": ("Zaman üzrə adçəkmələr", "Mentions over time"),
    "topics": ("Zaman üzrə mövzular", "Topics over time"),
    "stories": ("Hadisələr", "Stories"),
    "articles": ("Məqalələr", "Articles"),
    "corpus": ("Korpus", "Corpus"),
    "gazetteer": ("Adlar", "Names"),
}


def visit(page: str = "overview", **address: str | list[str]) -> AppTest:
    """The app as a visitor finds it who opens this page at this address."""
    app = AppTest.from_file(ROOT / "ui" / "main.py", default_timeout=60)
    app.query_params.update(address)
    app.run()
    return go(app, page) if page != "overview" else app


def go(app: AppTest, page: str) -> AppTest:
    """Follow the navigation to a page."""
    app.switch_page(f"../pages/{page}.py")
    return app.run()


def said(app: AppTest) -> str:
    """Everything that a page says in words."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.text,
        app.markdown,
        app.caption,
        app.info,
        app.warning,
        app.error,
    )
    return "\n".join(str(element.value) for kind in kinds for element in kind)
