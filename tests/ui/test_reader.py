"""The way from an article to its outlet's page."""

import pytest

from ui.reader import at_outlet


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://numune.example/1", True),
        ("http://numune.example/xəbər?a=1", True),
        ("", False),
        ("numune.example/1", False),
        ("//numune.example/1", False),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https:///1", False),
        ("http://[", False),
    ],
)
def test_only_a_page_of_the_web_is_linked(url: str, leads: bool) -> None:
    """An address is a stranger's text: what runs something, or leads nowhere, is no link."""
    assert at_outlet(url) == leads
