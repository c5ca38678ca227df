"""Files that break loaders: each is read or refused with words, none crashes, hangs or vanishes.

The files lie beside the project; without them there is nothing to read.
"""

import datetime as dt
import json
from pathlib import Path

import pytest

from analytics.sources import Limits
from analytics.sources.discover import Source
from analytics.sources.reader import Reader

pytestmark = pytest.mark.shared

TODAY = dt.date(2026, 1, 1)
LIMITS = Limits(seconds=30.0)
# A file of names is text to us, and is only ever read; the danger of these lies in opening them as what they name.
HARMLESS = {"directory_traversal.txt", "zipslip.zip"}


def test_every_file_is_read_or_refused_with_words(shared: Path) -> None:
    """No reader dies or hangs, each rejection has its reason, and no file leaves neither article nor rejection."""
    folder = shared / "bad"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    silent, speechless, accepted = [], [], []
    with Reader(LIMITS) as reader:
        for entry in manifest:
            frames = list(reader.read(Source(folder / entry["file"], entry["file"]), TODAY))
            articles = [one for frame in frames for one in frame["articles"]["id"]]
            reasons = [reason for frame in frames for reason in frame["rejected"]["reason"]]
            if not articles and not reasons:
                silent.append(entry["file"])
            speechless += [entry["file"] for reason in reasons if not reason]
            if entry["expect"] == "reject" and articles and Path(entry["file"]).name not in HARMLESS:
                accepted.append(entry["file"])
    assert silent == []
    assert speechless == []
    assert accepted == []
