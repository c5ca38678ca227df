"""What browsers are told to forbid, and how little a visitor is told of an error."""

import asyncio
import base64
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message

from analytics.errors import CorpusError
from ui import safety


def directives() -> dict[str, str]:
    """The policy as a table."""
    return {name: values for name, _, values in (part.partition(" ") for part in safety.policy().split("; "))}


def ask(path: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what a server of two pages behind the headers answers."""
    page = Route("/", lambda _: PlainTextResponse("page"))
    app = safety.SecurityHeaders(Starlette(routes=[page, Route("/vendor/plotly.min.js", safety.plotly_library)]))
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)  # a visitor who waits; answering at once would keep the server asking
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: the browser's may be running in this one
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


def test_every_answer_carries_the_headers() -> None:
    """A page, and an address where nothing is, are both sent with what browsers are to forbid."""
    for path in ("/", "/nothing"):
        headers = ask(path)[1]
        assert headers["content-security-policy"] == safety.policy()
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


def test_the_policy_forbids_foreign_and_inline_scripts() -> None:
    """Nothing but this server's scripts runs: no other host, no inline script, no eval."""
    rules = directives()
    assert rules["default-src"] == "'none'"
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:"} & set(rules["script-src"].split())
    assert not re.search(r"https?:", safety.policy())
    for closed in ("object-src", "base-uri", "form-action", "frame-ancestors"):
        assert rules[closed] == "'none'"


def test_the_inline_scripts_of_streamlit_are_allowed_by_their_hash() -> None:
    """Each inline script of Streamlit's page, and none else, is named by the hash of its letters."""
    page = files("streamlit").joinpath("static/index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    wanted = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert scripts
    assert re.findall(r"'sha256-([^']+)'", safety.policy()) == wanted


def test_the_script_of_charts_comes_from_this_server() -> None:
    """Pictures are drawn with the Plotly that is installed here."""
    status, headers, body = ask("/vendor/plotly.min.js")
    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert b"plotly.js v" in body[:200]


def test_an_error_is_told_without_its_details() -> None:
    """A visitor is told that the page failed, and neither what failed nor where on the server."""
    from streamlit.testing.v1 import AppTest

    def page(error: Exception) -> None:
        from ui import safety  # a script of its own: it sees nothing of this module

        safety.say_calmly(error)

    for error in (ValueError("/secret/path"), CorpusError("/secret/path")):
        app = AppTest.from_function(page, args=(error,)).run()
        assert len(app.error) == 1
        assert not any("secret" in str(shown.value) for shown in (*app.error, *app.text, *app.markdown))
