"""Text of strangers with marks in it, and pictures of charts: two components that interpret not one letter.

Text reaches the page as `textContent` only. No HTML is ever made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import streamlit as st
from plotly.basedatatypes import BaseFigure

_TEXTS_CSS = """
.item { padding: .7rem 0; border-bottom: 1px solid var(--st-border-color); }
.item:last-child { border-bottom: none; }
.head { font-weight: 600; font-size: 1rem; font-family: inherit; line-height: 1.35; margin: 0 0 .15rem; padding: 0;
  background: none; border: none; text-align: left; color: var(--st-text-color); }
button.head { cursor: pointer; color: var(--st-link-color); }
button.head:hover, button.head:focus-visible { text-decoration: underline; }
.meta { font-size: .85rem; opacity: .72; margin: 0 0 .3rem; }
.large { font-size: 1.75rem; font-weight: 700; line-height: 1.3; margin: 0 0 .6rem; }
.body { margin: .2rem 0; line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: color-mix(in srgb, var(--tone) 22%, transparent); color: inherit; border-radius: .2rem;
  padding: 0 .12rem; border-bottom: 2px solid var(--tone); }
.note { font-size: .8rem; opacity: .72; margin: .1rem 0 0; }
"""
_TEXTS_JS = """
export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const items = JSON.parse(new TextDecoder().decode(data))
  const root = parentElement.querySelector(".list")
  root.replaceChildren()
  const make = (tag, name, text) => {
    const node = document.createElement(tag)
    node.className = name
    node.textContent = text
    return node
  }
  for (const item of items) {
    const box = make("div", "item", "")
    if (item.head) {
      const head = make(item.id ? "button" : "div", "head", item.head)
      if (item.id) head.onclick = () => setTriggerValue("open", item.id)
      box.append(head)
    }
    if (item.meta) box.append(make("div", "meta", item.meta))
    for (const [place, parts] of item.bodies.entries()) {
      const body = make("div", item.large && place == 0 ? "body large" : "body", "")
      body.dir = "auto"
      for (const part of parts) {
        if (!part.tone) { body.append(document.createTextNode(part.text)); continue }
        const mark = make("mark", "", part.text)
        mark.style.setProperty("--tone", part.tone)
        mark.title = part.why
        body.append(mark)
      }
      box.append(body)
    }
    if (item.note) box.append(make("div", "note", item.note))
    root.append(box)
  }
}
"""
_texts = st.components.v2.component("jarchi_texts", html='<div class="list"></div>', css=_TEXTS_CSS, js=_TEXTS_JS)

_PICTURES_CSS = """
.row { display: flex; gap: .5rem; }
button { flex: 1; padding: .45rem .75rem; border: 1px solid var(--st-border-color); border-radius: .5rem; font: inherit;
  cursor: pointer; background: var(--st-background-color); color: var(--st-text-color); }
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
"""
_PICTURES_JS = """
const library = () => window.Plotly ? Promise.resolve(window.Plotly) : new Promise((resolve, reject) => {
  const script = document.createElement("script")
  script.src = new URL("vendor/plotly.min.js", document.baseURI.replace(/[^/]*$/, "")).pathname
  script.onload = () => resolve(window.Plotly)
  script.onerror = reject
  document.head.append(script)
})
export default function (component) {
  const { data, parentElement } = component
  const row = parentElement.querySelector(".row")
  row.replaceChildren()
  for (const format of ["png", "svg"]) {
    const button = document.createElement("button")
    button.textContent = format.toUpperCase()
    button.setAttribute("aria-label", data.label + " " + format.toUpperCase())
    button.onclick = async () => {
      button.disabled = true
      try {
        const Plotly = await library()
        const shown = document.querySelector(".st-key-" + data.chart + " .js-plotly-plot")
        const stage = document.createElement("div")
        stage.style.cssText = "position:absolute;left:-9999px"
        document.body.append(stage)
        const layout = { ...shown.layout, width: data.options.width, height: data.options.height, autosize: false }
        // On the page a clicked point pales the others; in a picture none is paler.
        const traces = shown.data.map(trace => ({ ...trace, selectedpoints: null }))
        await Plotly.newPlot(stage, traces, layout, { typesetMath: false, staticPlot: true })
        const link = document.createElement("a")
        link.href = await Plotly.toImage(stage, { ...data.options, format })
        link.download = data.options.filename + "." + format
        row.append(link)  // inside the menu: a click outside it would close it
        link.click()
        link.remove()
        Plotly.purge(stage)
        stage.remove()
      } finally {
        button.disabled = false
      }
    }
    row.append(button)
  }
}
"""
_pictures = st.components.v2.component(
    "jarchi_pictures", html='<div class="row"></div>', css=_PICTURES_CSS, js=_PICTURES_JS
)


class Drawn(BaseFigure):  # type: ignore[misc]  # plotly has no types
    """A finished figure of `analytics.charts` for `st.plotly_chart`, which would check a dict part by part: 50 ms.

    `tests/test_charts.py` holds that Plotly accepts every figure.
    """

    def __init__(self, json: bytes) -> None:
        self._json = json

    def to_dict(self) -> "_Written":
        """The figure as it is."""
        return _Written(self._json)


class _Written(dict[str, Any]):
    """A figure that is written already: Plotly asks it for what JSON is to be made of."""

    def __init__(self, json: bytes) -> None:
        super().__init__()
        self._json = json

    def to_plotly_json(self) -> orjson.Fragment:
        """The JSON itself."""
        return orjson.Fragment(self._json)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text; with a `tone` (a colour) it is marked, and `why` is shown on hovering."""

    text: str
    tone: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: a headline (which opens `id`, if there is one), a line about it, texts, and a note.

    With `large` the first text is a title.
    """

    head: str = ""
    meta: str = ""
    bodies: tuple[tuple[Part, ...], ...] = ()
    note: str = ""
    id: str = ""
    large: bool = False


def texts(items: Sequence[Item], key: str) -> str | None:
    """Show texts of strangers, letter for letter. Returns the id of the headline that was clicked in this run."""
    result = _texts(key=key, data=orjson.dumps(items), on_open_change=lambda: None)
    return result.get("open")


def pictures(chart: str, options: dict[str, Any], label: str) -> None:
    """Buttons that draw the chart in the container of key `chart` once more, as PNG or SVG, and hand it over."""
    _pictures(key=f"pictures-{chart}", data={"chart": chart, "options": options, "label": label})
