"""What browsers are told to forbid, and what a visitor is told when something goes wrong."""

import base64
import hashlib
import logging
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import plotly
import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analytics.errors import JarchiError

LOG = logging.getLogger("jarchi")
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def policy() -> str:
    """The content security policy: only this server's own scripts, and the inline ones that Streamlit's page holds.

    `blob:` is how Streamlit loads the scripts of components, and how Plotly hands over a picture.
    """
    page = files("streamlit").joinpath("static/index.html").read_text(encoding="utf-8")
    inline = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE.findall(page))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {inline}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "form-action 'none'",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class SecurityHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and the answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy()
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, with_headers)


async def plotly_library(_: Request) -> FileResponse:
    """Plotly's own script, with which a chart is drawn once more for a picture."""
    path = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": "public, max-age=86400"})


def say_calmly(error: Exception) -> bool:
    """Show what a visitor can use of an error, and keep the rest for the log: no traceback, no path of the server."""
    from ui.words import translator

    t = translator()
    if isinstance(error, JarchiError):
        LOG.warning("%s", error)
    else:
        LOG.error("a page failed", exc_info=error)
    st.error(t("This page could not be shown."), icon=":material/error:")
    st.text(t("Reload it. If it stays so, the log of the server says why."))
    return True
