"""The door: what is done once for all visitors, before the first and around each.

The main script is `ui/main.py` and not this file: a `pages` folder beside the main script makes Streamlit run pages
without their frame for the first visitor with a deep link.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from ui.safety import SecurityHeaders, plotly_library, say_calmly


@asynccontextmanager
async def warm(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Load the corpus, and ask it for the first page, while the first visitor's browser loads."""
    loading = asyncio.create_task(asyncio.to_thread(_load))
    yield {}
    await loading


def _load() -> None:
    gc.disable()  # nothing of what is loaded is garbage, and looking for some takes a quarter of the time
    try:
        from ui import first

        first.prepare()
    finally:
        gc.enable()


app = st.App(
    "ui/main.py",
    lifespan=warm,
    middleware=[Middleware(SecurityHeaders)],
    routes=[Route("/vendor/plotly.min.js", plotly_library)],
    on_script_error=say_calmly,
)
