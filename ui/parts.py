"""The parts that pages are made of: chart card, downloads, and what stands where nothing is."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from analytics import charts, export, trends
from analytics.charts import Figure
from analytics.filters import MEASURES, Filters, Measure
from analytics.model import FLAGS
from analytics.trends import Basis
from ui import sidebar, store
from ui.components import Drawn, pictures
from ui.view import View
from ui.words import number

NOTHING = b'{"data":[],"layout":{"height":20,"xaxis":{"visible":false},"yaxis":{"visible":false}}}'
MIME = {
    "html": "text/html",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
PRECISION_WORDS = {"day": "dated to the day", "month": "dated to the month", "year": "dated to the year"}
REJECTED_COLUMNS = {"origin": "File", "record": "Record", "reason": "Reason", "sample": "Sample"}
COUNTED: dict[str, charts.Counted] = {"articles": "coverage", "weight": "weight", **{m: m for m in MEASURES}}
IN_TIME = (charts.over_time, charts.growth)  # what has an axis of time
COLOURED = (charts.over_time, charts.ranking, charts.timeline)  # what has a colour for each id
Draw = Callable[..., Figure]


def nothing(view: View) -> None:
    """What stands where no article is in this part of the corpus."""
    with st.container(border=True):
        st.markdown(":material/search_off: **" + view.t("No article is in this part of the corpus.") + "**")
        day = partial(charts.labels.day, language=view.language)
        st.text(view.filters.describe(view.t, view.cube.names(view.language), day))
        st.text(view.t("Widen the period, or clear a filter at the left."))


def nothing_yet(place: DeltaGenerator) -> None:
    """A chart without anything, for as long as a visitor's first page is not there.

    With it the browser fetches what draws charts and starts it, 5 MB of script, while the corpus is being loaded.
    """
    place.plotly_chart(Drawn(NOTHING), theme=None, height=20, config=charts.CONFIG)


def metrics(figures: Mapping[str, int]) -> None:
    """Figures side by side, by their names. In a row, and not in columns, of which each is a message of its own."""
    with st.container(horizontal=True):
        for name, value in figures.items():
            st.metric(name, number(value), border=True)


def chart(
    view: View,
    what: str,
    title: str,
    frame: pd.DataFrame,
    draw: Draw,
    *,
    filters: Filters | None = None,
    basis: Basis | None = None,
    measure: str = "",
    counted: charts.Counted | None = None,
    note: str = "",
    half: bool = False,
    **options: Any,
) -> list[Any] | None:
    """A chart in its card, with one menu of downloads. Returns the `customdata` of the point that was clicked, or None.

    `draw` is a function of `analytics.charts`, and `options` are its own; `what` names the figure in files and must be
    its own on the page. `measure` is the column that is drawn, `counted` what it counts where its name does not say so;
    `basis` is what it is counted in, where that is not all of the filters' part of the corpus; `note` is one more thing
    to know about the figures, and `half` says that the chart has half the page.
    """
    filters = filters or view.filters
    line = charts.HALF if half else charts.LINE
    options |= {"measure": measure} if measure else {}
    coarse: charts.Coarse = "not drawn" if draw in IN_TIME else "counted"
    apart = options.get("apart")
    if apart is not None and (apart["coverage"] > 0).any():  # none has a bar that mentions nobody of the chart
        coarse = "at the foot"
    if draw in COLOURED and not options.get("one_colour"):
        options["hues"] = view.colours(frame)
    key = f"chart-{what}"
    with view.turn.work(), st.container(border=True, key=key, horizontal_alignment="right"):
        words = charts.caption(
            title,
            view.cube,
            filters,
            view.t,
            view.language,
            counted=counted or COUNTED.get(measure),
            coarse=coarse,
            note=note,
            line=line,
            found=basis or view.basis(filters),
            mentions=bool({"entity", "a"} & {*frame.columns}),
        )
        done = view.work(_finished, draw, frame, words, view.t, view.language, **options)
        event = st.plotly_chart(
            Drawn(done.json),
            key=f"plot-half-{what}" if half else f"plot-{what}",  # by which `page.css` knows what its words need
            theme=None,
            height=done.height,  # Streamlit cannot see it in a figure that is written already
            config=charts.CONFIG,
            on_select="rerun",
            selection_mode="points",
        )
        _downloads(view, key, export.bundle(what, frame, view.cube, filters, words, **_about(view)), done)
    view.turn.drawn()
    points = event["selection"]["points"] if event else []
    return _custom(points[0].get("customdata")) if points else None


def chosen(view: View, filters: Filters) -> Basis:
    """What figures are counted in that are of the articles which mention any chosen name."""
    return (
        view.ask(trends.chosen_basis, filters=filters.but(measure="coverage"))
        if filters.entities
        else view.basis(filters)
    )


def topics(view: View, what: str, title: str, frame: pd.DataFrame, *, measure: Measure, **options: Any) -> Any:
    """A chart of `trends.topics_over_time`: counted in the articles of all topics and none."""
    return chart(
        view,
        what,
        title,
        frame,
        charts.over_time,
        basis=chosen(view, view.filters.but(topics=())),
        measure=measure,
        note=view.t("An article of several topics stands in each of them."),
        **options,
    )


@dataclass(frozen=True, slots=True)
class _Finished:
    """A chart as it is sent, and how high it is in pixels."""

    json: bytes
    height: int

    def figure(self) -> Figure:
        """The figure of which it was made."""
        made: Figure = orjson.loads(self.json)
        return made


def _finished(draw: Draw, *args: Any, **options: Any) -> _Finished:
    """The chart, with a revision of its data: Streamlit hands Plotly each figure twice, which draws it once by that."""
    figure = draw(*args, **options)
    data = orjson.dumps(figure["data"])
    layout = figure["layout"] | {"datarevision": hashlib.blake2b(data, digest_size=8).hexdigest()}
    return _Finished(orjson.dumps({"data": orjson.Fragment(data), "layout": layout}), layout["height"])


def _custom(value: Any) -> list[Any] | None:
    """What a point carries, as a list, whichever way Streamlit hands it over."""
    if isinstance(value, Mapping):
        return [value[key] for key in sorted(value, key=str)]
    return list(value) if isinstance(value, list | tuple) else None


def _downloads(view: View, key: str, some: export.Bundle, done: _Finished) -> None:
    """The menu of a chart: pictures, and files with its data."""
    t = view.t
    menu = _menu(t("Download"), key)
    if not menu.open:
        return
    with menu:
        st.caption(t("Picture, as you see it"))
        pictures(key, export.image_options(some.what, some.filters, done.height), t("Download as"))
        st.caption(t("Chart and data, with the method note"))
        name = export.file_name(some.what, some.filters)
        _file(key, t("Interactive page (HTML)"), f"{name}.html", lambda: export.html(some, done.figure()))
        _data(view, key, name, lambda: some, done.figure)


def _menu(label: str, key: str) -> PopoverContainer:
    """A menu whose entries are made when it is opened: a third of what a page sends was menus that nobody opens.

    No fragment, though its opening runs the page: see `main.show`.
    """
    return st.popover(label, icon=":material/download:", key=f"{key}-menu", on_change="rerun")


def _data(
    view: View, key: str, name: str, some: Callable[[], export.Bundle], figure: Callable[[], Figure] | None = None
) -> None:
    """Buttons for the data by itself, and for everything in one file."""
    t = view.t
    _file(key, t("Data (CSV)"), f"{name}.csv", lambda: export.csv(some()))
    _file(key, t("Data (Excel)"), f"{name}.xlsx", lambda: export.xlsx(some()))
    _file(key, t("Everything (ZIP)"), f"{name}.zip", lambda: export.archive(some(), figure() if figure else None))


def _file(key: str, label: str, name: str, make: Callable[[], bytes]) -> None:
    """A button behind which a file is made when it is clicked."""
    ending = name.rsplit(".", 1)[1]
    st.download_button(label, make, name, MIME[ending], key=f"{key}-{ending}", on_click="ignore", width="stretch")


def _about(view: View) -> dict[str, Any]:
    """What a file says of where it was made: the page, what it shows, and the language."""
    return {"page": view.page, "own": sidebar.own(), "t": view.t, "language": view.language}


def table(view: View, frame: pd.DataFrame, columns: Mapping[str, str]) -> None:
    """A frame as a table, its columns named in the session's language. `columns`: name in the frame -> message."""
    st.dataframe(frame[list(columns)].rename(columns={k: view.t(v) for k, v in columns.items()}), hide_index=True)


def list_downloads(view: View, what: str, title: str, make: Callable[[], pd.DataFrame]) -> None:
    """The whole list of articles behind a page as files, with the method note. `make` gives its frame."""
    t, filters, key = view.t, view.filters, f"list-{what}"
    menu = _menu(t("Download the list"), key)
    if not menu.open:
        return
    words = charts.caption(
        title,
        view.cube,
        filters,
        t,
        view.language,
        counted="listed",
        coarse="counted",
        found=chosen(view, filters),
    )
    about = _about(view)
    with menu:
        st.caption(t("Data, with the method note"))
        _data(
            view,
            key,
            export.file_name(what, filters),
            lambda: export.bundle(what, make(), view.cube, filters, words, **about),
        )


def notes(view: View, flags: Mapping[str, int], precisions: Mapping[str, int]) -> None:
    """What was noticed while reading: precisions of dates, and flags with what they mean."""
    t = view.t
    st.subheader(t("What was noticed"))
    for precision, count in precisions.items():
        st.text(f"{number(count)} · {t(PRECISION_WORDS[precision])}")
    for flag, count in flags.items():
        st.text(f"{number(count)} · {t(FLAGS.get(flag, flag))}")


def rejected(view: View, reasons: Mapping[str, int]) -> None:
    """The records that could not become articles, each with its place, its reason and a sample."""
    t = view.t
    if not reasons:
        st.text(t("Every record became an article."))
        return
    rows = pd.DataFrame(store.rejected(view.where, view.version, 200))
    table(view, rows, REJECTED_COLUMNS)
