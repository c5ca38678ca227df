"""The app on a port of its own, and a browser that notes everything that goes wrong in it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = ("Google Chrome", "Chromium")
PATIENCE = 30  # seconds for a server, a page or a part of it to be there, on a loaded machine
expect.set_options(timeout=PATIENCE * 1000)


def chromium() -> str:
    """Where a Chromium is: CHROMIUM, on the path, or among the applications of macOS; empty when nowhere."""
    apps = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC]
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *NAMES, *apps) if name)
    return next((path for path in found if path), "")


@pytest.fixture(scope="session")
def server(sample: Path) -> Iterator[str]:
    """The address of the app, started as `make run` starts it, over the sample and the hostile articles."""
    with serving(sample) as address:
        yield address


@contextmanager
def serving(corpus: Path, below: str = "") -> Iterator[str]:
    """The address of an app over a corpus, at the root of a port or below a path there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    command += [f"--server.baseUrlPath={below}"] if below else []
    environment = os.environ | {"JARCHI_CORPUS": str(corpus)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield _answering(f"http://localhost:{port}{f'/{below}' if below else ''}", process)
        finally:
            process.terminate()


def _answering(address: str, process: "subprocess.Popen[bytes]") -> str:
    for _ in range(PATIENCE * 5):
        assert process.poll() is None, "the app ended while it was starting"
        try:
            with urlopen(f"{address}/_stcore/health") as answer:
                if answer.status == 200:
                    return address
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the app did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says how to get one."""
    path = chromium()
    if not path:
        pytest.skip("no Chromium on this machine: `make test` says how to get one")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=path, args=arguments)


class Visit:
    """A visitor's page, and what went wrong while it was open."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server
        self.faults: list[str] = []
        self.abroad: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("dialog", lambda dialog: self._dialog(dialog.message, dialog.dismiss))
        page.on("request", lambda request: self._request(request.url))

    def _hear(self, kind: str, text: str) -> None:
        # Streamlit asks for its health beside the page's address first, and beside the root after that.
        if kind == "error" and "404" not in text:
            self.faults.append(text)

    def _dialog(self, message: str, dismiss: object) -> None:
        self.faults.append(f"a dialog: {message}")
        dismiss()  # type: ignore[operator]

    def _request(self, url: str) -> None:
        if not url.startswith((self.server, self.server.replace("http", "ws", 1), "blob:", "data:", "file:")):
            self.abroad.append(url)

    def go(self, address: str) -> Page:
        """Open an address of the app and wait until the page stands."""
        self.page.goto(f"{self.server}/{address}")
        return self.settle()

    def settle(self) -> Page:
        """Wait until the script has run, and no chart and no box of names is missing."""
        self.page.locator('[data-testid="stHeading"]').first.wait_for()
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        # No `wait_for_function`: it evaluates a string again and again, and the page's policy forbids that.
        for part in ('[data-testid="stPlotlyChart"]:not(:has(.main-svg))', '[class*="st-key-pick-"]:not(:has(input))'):
            expect(self.page.locator(part)).to_have_count(0)
        return self.page


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """A fresh visitor; at the end nothing may have failed, run from elsewhere, or been asked of another host."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, accept_downloads=True)
    made = Visit(context.new_page(), server)
    yield made
    pwned = made.page.evaluate("window.pwned")
    context.close()
    assert made.faults == []
    assert made.abroad == []
    assert pwned is None
