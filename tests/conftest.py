"""What every test may use."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled articles and broken inputs that lies beside the project; absent elsewhere."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the project: nothing to measure on")
    return SHARED
