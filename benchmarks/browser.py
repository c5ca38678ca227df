"""A filter change in the browser, from the click to the drawn chart, beside what others take for it.

    python -m benchmarks.browser [CORPUS] [--rounds 6]

All in one run, one click each in turn, so that what else the machine does hits all alike:

- Jarchi's mentions page over a million articles and twenty million mentions (`benchmarks.figures`, unless CORPUS is
  given);
- the usual app (`usual_app.py`) over the same mentions, with Streamlit as it comes;
- the floor: a click that changes one line of text (`floor_app.py`), with Streamlit as it comes and with our settings.

Before that the cold start: seconds from the start of a process to the first chart in a browser that was never there,
also of the usual app and of one that has a single line to draw (`chart_app.py`); and to the end of the first page for a
visitor without a browser, which is the server's part.

The clock is the browser's own. It starts when the mouse goes down, and stops with the frame after the one in which the
chart holds the new figures. Then twenty visitors without a browser, who think two seconds each: milliseconds on the
server (`visitors.py`), and the memory that they leave it with: Streamlit is told not to collect garbage by force.
"""

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright  # noqa: A004

from analytics import cube
from analytics.corpus import Corpus
from benchmarks import figures, visitors
from benchmarks.measure import held
from benchmarks.served import Served, served
from benchmarks.timed import heading, line, summed

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
ROUNDS, TURNS = 5, 6
TRIES = 5  # to open a list of choices
COLD = 3  # starts of each app
USERS, SECONDS = 20, 20.0
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
ENTITIES = ("KZ", "TR", "UZ", "GE", "IR", "CN", "KG", "TM")

# What is shown, as a string; and a promise of the milliseconds from the mouse going down to the frame after it changed.
CLOCK = """selector => {
  const said = () => {
    const node = document.querySelector(selector)
    if (!node) return null
    if (!node._fullData) return node.innerText
    if (!node.querySelector(".main-svg")) return null
    return JSON.stringify(node._fullData.filter(t => t.x && t.x.length > 1).map(
      t => [t.name, t.x.length, String(t.x[0]), Array.from(t.y).reduce((sum, y) => sum + (Number(y) || 0), 0)]))
  }
  const before = said()
  window.measured = new Promise((resolve, reject) => {
    document.addEventListener("pointerdown", event => {
      setTimeout(() => reject(new Error(selector + " shows the same 30 seconds after the click: " + before)), 30000)
      const look = () => {
        const now = said()
        if (now === null || now === before) requestAnimationFrame(look)
        else requestAnimationFrame(() => resolve(performance.now() - event.timeStamp))
      }
      requestAnimationFrame(look)
    }, { capture: true, once: true })
  })
}"""

# A promise of the time, in milliseconds since 1970, of the frame after the one in which there is a chart.
SHOWN = """window.shown = new Promise(resolve => {
  const look = () => {
    if (!document.querySelector(".js-plotly-plot .scatterlayer .trace")) requestAnimationFrame(look)
    else requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))
  }
  requestAnimationFrame(look)
})"""


@dataclass(frozen=True, slots=True)
class App:
    """One of the compared: its page, what changes on it, and the labels of the entities to choose."""

    page: Page
    address: str
    watched: str
    labels: tuple[str, ...] = ()

    def click(self, turn: int) -> float:
        """Change a filter (or the line of text). Returns milliseconds from the click to the drawn chart."""
        if not self.labels:
            return self._timed(self.page.get_by_role("button", name="Count"))
        if turn % 2:
            return self._choose("entities", self.labels[turn // 2 % len(self.labels)])
        return self._choose("by", ("quarter", "month", "year")[turn // 2 % 3])

    def _choose(self, key: str, label: str) -> float:
        box = self.page.locator(f".st-key-{key} input, .st-key-pick-{key} input")
        option = self.page.get_by_role("option", name=label, exact=True).first
        for _ in range(TRIES):
            box.click()
            if key == "entities":
                box.fill(label.partition(" · ")[0])  # the kind stands behind the name and is not looked for
            try:
                option.wait_for(timeout=5_000)
                break
            except TimeoutError:  # a click while the page is being drawn anew closes the list again
                self.page.keyboard.press("Escape")
        found = self._timed(option)
        self.page.keyboard.press("Escape")
        return found

    def _timed(self, target: Any) -> float:
        target.wait_for()
        self.page.evaluate(CLOCK, self.watched)
        target.click()
        found = float(self.page.evaluate("window.measured"))
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        self.page.wait_for_timeout(300)
        return found

    def again(self) -> None:
        """Begin anew, with no filter chosen."""
        self.page.goto(self.address)
        self.page.locator(self.watched).first.wait_for()
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        self.page.wait_for_timeout(500)


def compare(corpus: Path | None = None, rounds: int = ROUNDS) -> dict[str, Any]:
    """Milliseconds from click to drawn chart of each, seconds of a cold start, and what twenty visitors wait for."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        there = Corpus.open(corpus) if corpus else figures.make(folder / "corpus")
        laid = cube.open(there)
        size = {"articles": len(laid), "mentions": int(laid.mentions(("name",)).count.sum())}
        names = tuple(laid.name("entity", entity, "en") for entity in ENTITIES)
        _mentions(laid, folder / "mentions.parquet")
        del laid
        for kind in ("plain", "ours"):
            (folder / kind).mkdir()
        shutil.copytree(ROOT / ".streamlit", folder / "ours" / ".streamlit")
        places = {
            "jarchi": (ROOT / "app.py", ROOT, {"JARCHI_CORPUS": str(there.path)}),
            "usual app": (HERE / "usual_app.py", folder / "plain", {"MENTIONS": str(folder / "mentions.parquet")}),
        }
        cold = _cold(places | {"one line": (HERE / "chart_app.py", folder / "plain", {})})
        ours = stack.enter_context(served(*places["jarchi"]))
        servers = {
            "jarchi": ours,
            "usual app": stack.enter_context(served(*places["usual app"])),
            "floor, as it comes": stack.enter_context(served(HERE / "floor_app.py", folder / "plain")),
            "floor, our settings": stack.enter_context(served(HERE / "floor_app.py", folder / "ours")),
        }
        with _chromium() as browser:
            clicks = _clicks(browser, servers, names, rounds)
        crowd, before = visitors.Crowd(ours.address, USERS, SECONDS, "lang=en"), held(ours.process)
        crowded = visitors.measure(crowd, change)
        again = visitors.measure(crowd, change)
        memory = {"before": before, "after": held(ours.process), "reruns": crowded["reruns"] + again["reruns"]}
        return {**size, "cold start": cold, "clicks": clicks, "visitors": crowded, "memory": memory}


def change(visitor: visitors.Visitor, chance: random.Random) -> None:
    """One visitor's next filter: names, periods, or outlets; never what is said already, which no browser sends."""
    entities = next(label for label in visitor.ids if label.startswith("Countries,"))
    kind = chance.choice(("entities", "entities", "by", "by", "outlets"))
    if kind == "entities":
        visitor.choose(entities, chance.sample(visitor.options[entities][:200], chance.choice((1, 2, 3))))
    elif kind == "by":
        periods = {"week", "month", "quarter", "year"} - {str(visitor.said["Over time by"])}
        visitor.choose("Over time by", chance.choice(sorted(periods)))
    else:
        numbers = (0, 1, 2) if visitor.said.get("Outlets") else (1, 2)
        visitor.choose("Outlets", chance.sample(visitor.options["Outlets"], chance.choice(numbers)))


def _mentions(laid: cube.Cube, path: Path) -> None:
    """The mentions of a cube as the table that the usual app reads: one row for each."""
    rows = laid.mentions(("name",))
    article = np.repeat(rows.article, rows.count)
    entity = np.repeat(np.repeat(np.arange(len(laid.entities), dtype=np.int16), np.diff(rows.bounds)), rows.count)
    table = laid.articles
    names = [laid.name("entity", one, "en") for one in laid.entities]
    names = [
        name if names.count(name) == 1 else f"{name} ({one})" for name, one in zip(names, laid.entities, strict=True)
    ]
    frame = pd.DataFrame(
        {
            "article": article,
            "published": table.day.astype("datetime64[D]").astype("datetime64[s]")[article],
            "entity": pd.Categorical.from_codes(entity, names),
            "outlet": pd.Categorical.from_codes(table.outlet.codes[article], list(table.outlet.levels)),
            "language": pd.Categorical.from_codes(table.language.codes[article], list(table.language.levels)),
        }
    )
    order = frame["entity"].value_counts().index  # the most mentioned first, as a list of choices would be
    frame["entity"] = frame["entity"].cat.reorder_categories(list(order))
    frame[table.day[article] < 100_000].to_parquet(path, index=False)  # undated ones have no place in a chart


def _cold(places: Mapping[str, tuple[Path, Path, dict[str, str]]]) -> dict[str, dict[str, float]]:
    """Seconds from the start of each app's process to its first chart, and to the end of its page without a browser.

    Medians of `COLD` starts each, by turns.
    """
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in places}
    for _ in range(COLD):
        for name, place in places.items():
            start = time.perf_counter()
            with served(*place) as app:
                visitors.call(app.address, "lang=en")
                whole = time.perf_counter() - start
            with _chromium() as browser:
                page = browser.new_page(viewport={"width": 1440, "height": 1000})
                page.add_init_script(SHOWN)
                began = time.time()
                with served(*place) as app:
                    page.goto(f"{app.address}/?lang=en", wait_until="commit")
                    shown = page.evaluate("window.shown") / 1000
            seconds[name].append((shown - began, whole))
    return {
        name: dict(zip(("chart", "server"), np.round(np.median(each, axis=0), 2).tolist(), strict=True))
        for name, each in seconds.items()
    }


def _opened(browser: Browser, address: str, wanted: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator(f'[data-testid="{wanted}"]').first.wait_for()
    if wanted == "stPlotlyChart":
        page.locator(".js-plotly-plot .scatterlayer .trace").first.wait_for()  # a chart that shows something
    return page


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def _clicks(browser: Browser, servers: dict[str, Served], names: Sequence[str], rounds: int) -> dict[str, Any]:
    """Each app's clicks, one of each in turn."""
    chart = ".js-plotly-plot"
    kinds = {
        "jarchi": ("/mentions?lang=en", chart, tuple(f"{name} · country" for name in names)),
        "usual app": ("", chart, tuple(names)),
    }
    apps = {}
    for name, server in servers.items():
        path, watched, labels = kinds.get(name, ("", '[data-testid="stText"]', ()))
        wanted = "stPlotlyChart" if labels else "stText"
        apps[name] = App(_opened(browser, server.address + path, wanted), server.address + path, watched, labels)
    found: dict[str, list[float]] = {name: [] for name in apps}
    for number in range(rounds):
        for app in apps.values():
            app.again()
        for turn in range(TURNS):
            for name, app in apps.items():
                milliseconds = app.click(turn)
                if number or rounds == 1:  # the first round warms up
                    found[name].append(milliseconds)
    return {name: summed(each) | {"clicks": len(each)} for name, each in found.items()}


def table(compared: dict[str, Any]) -> str:
    """The comparison for people."""
    clicks, ours = compared["clicks"], compared["clicks"]["jarchi"]["p50"]
    lines = [
        f"a filter change in the browser, click to drawn chart: {compared['articles']:,} articles, "
        f"{compared['mentions']:,} mentions ({clicks['jarchi']['clicks']} clicks each)",
        heading("Jarchi ÷ it"),
        *(line(name, each, ours / max(each["p50"], 1)) for name, each in clicks.items()),
    ]
    cold, crowd, memory = compared["cold start"], compared["visitors"], compared["memory"]
    lines += [
        *(
            f"cold start, {name}: {each['chart']} s to a chart in a browser, {each['server']} s to a whole page without"
            for name, each in cold.items()
        ),
        f"{crowd['users']} visitors who think {visitors.THINK:.0f} s, on the server ({crowd['reruns']} reruns)",
        line("first chart", crowd["chart"]),
        line("whole run", crowd["run"]),
        f"memory of the app: {memory['before'] / 1e6:,.0f} MB before {memory['reruns']} reruns, "
        f"{memory['after'] / 1e6:,.0f} MB after",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.browser", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("corpus", type=Path, nargs="?", help="a corpus of benchmarks.figures; one is made without")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    print(table(compare(options.corpus, options.rounds)))
