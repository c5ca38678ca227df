"""Many visitors of an app at once, without browsers: they speak what Streamlit's page speaks with its server.

Each changes a filter, waits until the whole page is there, thinks, and changes another. Measured is the time from the
change to the first chart, and to the end of the run, as it is on the server: no browser draws anything.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

from benchmarks.timed import summed

PICKER = "jarchi_picker"  # `ui.picker`, as Streamlit names it
THINK = 2.0  # seconds on average, exponentially spread


@dataclass(slots=True)
class Visitor:
    """One session: the widgets it was sent, and what they say. Like a browser it says all of them at every run."""

    socket: Any
    query: str
    page: str = ""
    ids: dict[str, str] = field(default_factory=dict)  # label -> id
    options: dict[str, list[str]] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)  # id -> value
    said: dict[str, str | list[str]] = field(default_factory=dict)  # label -> what it says, or what was chosen last
    events: list[WidgetState] = field(default_factory=list)  # since the last run
    received: int = 0

    async def run(self) -> tuple[float, float]:
        """Ask for a run with what is chosen. Returns milliseconds to the first chart and to the end.

        Raises RuntimeError where the page could not be shown.
        """
        message = BackMsg()
        message.rerun_script.query_string = self.query
        if self.page:
            message.rerun_script.page_script_hash = self.page
        message.rerun_script.widget_states.widgets.extend((*self.states.values(), *self.events))
        self.events.clear()
        start = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        chart, self.received = 0.0, 0
        while True:
            data = await asyncio.wait_for(self.socket.recv(), 120)
            self.received += len(data)
            answer = ForwardMsg.FromString(data)
            kind = answer.WhichOneof("type")
            if kind == "delta":
                self._learn(answer.delta.new_element)
                if not chart and answer.delta.new_element.WhichOneof("type") == "plotly_chart":
                    chart = time.perf_counter() - start
            elif kind == "new_session":
                self.page = answer.new_session.page_script_hash
            elif kind == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            elif kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return chart * 1000, (time.perf_counter() - start) * 1000

    def _learn(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        found = getattr(element, kind) if kind else None
        match kind:
            case "alert" if found.format == Alert.ERROR:
                raise RuntimeError(found.body)
            case "selectbox":
                self.options[found.label] = list(found.options)
                value = found.raw_value if found.set_value else found.options[found.default]
                self.said[found.label] = value
                self._says(found, string_value=value)
            case "multiselect":
                values = found.raw_values if found.set_value else [found.options[place] for place in found.default]
                self._says(found, string_array_value=StringArray(data=values))
            case "bidi_component" if found.component_name.endswith(PICKER):
                said = json.loads(found.bytes)
                self.ids[said["label"]] = _events(found.id)
                self.states[found.id] = WidgetState(id=found.id, json_value="{}")
                self.options[said["label"]] = [choice[0] for choice in said["choices"]]
            case "button_group":
                values = found.raw_values if found.set_value else [found.options[n].content for n in found.default]
                self._says(found, string_array_value=StringArray(data=values))
            case "date_input":
                values = found.value if found.set_value else found.default
                self._says(found, string_array_value=StringArray(data=values))
            case "text_input":
                self._says(found, string_value=found.value if found.set_value else found.default)
            case "checkbox":
                self._says(found, bool_value=found.value if found.set_value else found.default)

    def _says(self, widget: Any, **value: Any) -> None:
        self.ids[widget.label] = widget.id
        self.states[widget.id] = WidgetState(id=widget.id, **value)

    def choose(self, label: str, value: str | list[str]) -> None:
        """What a selectbox says from now on; what is chosen in a picker, which is said once."""
        name, self.said[label] = self.ids[label], value
        if isinstance(value, str):
            self.states[name] = WidgetState(id=name, string_value=value)
        else:
            self.events.append(
                WidgetState(id=name, json_trigger_value=json.dumps([{"event": "chosen", "value": value}]))
            )


Change = Callable[[Visitor, random.Random], None]


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many visitors at an address, for so many seconds, who think so long before each change."""

    address: str
    users: int
    seconds: float
    query: str = ""
    think: float = THINK


def measure(crowd: Crowd, change: Change) -> dict[str, Any]:
    """Reruns, and milliseconds to the first chart and to the end of a run, from when all have their first page."""

    async def all_of_them() -> list[list[tuple[float, float]]]:
        there = asyncio.Barrier(crowd.users)
        return await asyncio.gather(*(_visit(crowd, number, change, there) for number in range(crowd.users)))

    runs = [run for found in asyncio.run(all_of_them()) for run in found]
    charts, whole = [chart for chart, _ in runs if chart], [end for _, end in runs]
    return {"users": crowd.users, "reruns": len(runs), "chart": summed(charts), "run": summed(whole)}


def _events(component: str) -> str:
    """The id under which Streamlit hears what happens in a component."""
    return f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{component}__events"


def call(address: str, query: str = "") -> None:
    """Open the app's page once, to its end."""

    async def visit() -> None:
        async with _connected(address) as socket:
            await Visitor(socket, query).run()

    asyncio.run(visit())


def _connected(address: str) -> websockets.connect:
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    return websockets.connect(url, max_size=None, origin=address)  # type: ignore[arg-type]


async def _visit(crowd: Crowd, number: int, change: Change, there: asyncio.Barrier) -> list[tuple[float, float]]:
    chance = random.Random(number)
    async with _connected(crowd.address) as socket:
        visitor = Visitor(socket, crowd.query)
        await visitor.run()
        await there.wait()
        until, found = time.perf_counter() + crowd.seconds, []
        while time.perf_counter() < until:
            await asyncio.sleep(chance.expovariate(1 / crowd.think) if crowd.think else 0)
            change(visitor, chance)
            found.append(await visitor.run())
    return found
