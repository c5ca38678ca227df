"""What the first visitor would wait for, done while his browser still loads the page.

Importing this module brings in what the overview imports; `prepare` asks beforehand what it asks without filters, and
then imports what only other pages need.
Whoever needs any of ours imports this module first: of two threads that import the same modules, each in an order of
its own, Python would hand one of them a module that is half there.
"""

from importlib import import_module

from analytics import trends
from analytics.errors import JarchiError
from analytics.filters import Filters
from ui import lists, marking, parts, sidebar, store, switches  # noqa: F401 (what is imported here no visitor waits for)
from ui.turns import Turns
from ui.view import View
from ui.words import LANGUAGES, translator

REST = ("duckdb", "ui.told", "scipy.special", "xlsxwriter")  # half a second, which the overview does without


def prepare() -> None:
    """Load the corpus, where there is one, and work out the figures of its first page in every language."""
    where = store.path()
    try:
        version = store.newest(where)
        store.load(where, version)
        for language in LANGUAGES:
            with Turns().page() as turn:  # nobody waits for what he may want to see in another language
                ask(View(where, version, Filters(), translator(language), language, turn, "/"))
    except JarchiError as error:
        print(f"the first page is not prepared: {error}")  # it tells its visitors what to do
    for module in REST:
        import_module(module)


def ask(view: View) -> None:
    """The questions of the overview; the answers are kept for whoever asks them."""
    sidebar.entities(view.cube, view.language)
    view.basis()
    view.ask(trends.over_time, view.language)
    view.documents(tuple(view.ask(trends.articles, filters=view.part, limit=4)["id"]))
    view.ask(trends.stories, filters=view.part, top=6)
    view.ask(trends.topics_over_time, view.language)
    view.ask(trends.top_entities, view.language, filters=view.part.base(), kind="official", top=8)
