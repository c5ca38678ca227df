"""Where a page is seen: at the root of its host, or below a path there."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit import config
from visits import visit

from analytics import export
from ui import view

Served = Callable[..., None]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    """A server with this setting, to which the browser says this URL."""
    asked = config.get_option

    def at(setting: str, url: str | None = None) -> None:
        monkeypatch.setattr(config, "get_option", lambda key: setting if key == "server.baseUrlPath" else asked(key))
        monkeypatch.setattr(st, "context", SimpleNamespace(url=url, locale="en"))

    return at


@pytest.mark.parametrize("setting", ["news", "/news", "news/", "/news/"])
def test_a_path_that_is_set_stands_before_the_page(served: Served, setting: str) -> None:
    """However the slashes of the setting are written, and whatever the browser says."""
    served(setting, "http://localhost:8501/news/mentions")
    assert (view.address("mentions"), view.address("")) == ("/news/mentions", "/news/")


def test_a_path_called_like_a_page_is_kept(served: Served) -> None:
    """Below `/corpus` Streamlit takes the path of the overview for that of the page `corpus`, and says none."""
    served("corpus", "http://localhost:8501")
    assert view.address("") == "/corpus/"


@pytest.mark.parametrize(
    ("url", "page", "address"),
    [
        ("https://host/tools/jarchi/mentions", "mentions", "/tools/jarchi/mentions"),
        ("https://host/tools/jarchi", "", "/tools/jarchi/"),
        ("http://localhost:8501/mentions", "mentions", "/mentions"),
        ("http://localhost:8501", "", "/"),
        (None, "mentions", "/mentions"),
    ],
)
def test_a_path_that_a_proxy_takes_off_is_told_by_the_browser(
    served: Served, url: str | None, page: str, address: str
) -> None:
    """A server that knows of no path has the one at which its visitor sees it; at the root there is none."""
    served("", url)
    assert view.address(page) == address


def test_files_name_the_path_of_the_server(shown: Path, monkeypatch: pytest.MonkeyPatch, served: Served) -> None:
    """The note and the question of every chart begin with it."""
    made: list[export.Bundle] = []
    bundle = export.bundle
    monkeypatch.setattr(export, "bundle", lambda *args, **options: made.append(bundle(*args, **options)) or made[-1])
    served("/news")
    assert not visit("topics").exception
    assert {some.page for some in made} == {"/news/", "/news/topics"}
    assert all("Address: /news/" in export.method(some) for some in made)
