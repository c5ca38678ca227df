"""What every test may use."""

import sys
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
from hypothesis import settings

from analytics.pipeline import build
from ui import store

settings.register_profile("unhurried", deadline=None)  # the first call of a test may load a model
settings.load_profile("unhurried")
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def _main_stays() -> Iterator[None]:
    """Streamlit's tests leave the app as the main module, which worker processes would then run when they start."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled articles and broken inputs that lies beside the project; absent elsewhere."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the project: nothing to measure on")
    return SHARED


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the sample that ships and of articles that try to be more than text."""
    folder = tmp_path_factory.mktemp("app")
    build([ROOT / "data" / "sample", hostile.write(folder / "hostile.jsonl")], folder / "corpus")
    return folder / "corpus"


@pytest.fixture
def shown(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample, as the corpus that the app shows."""
    monkeypatch.setenv("JARCHI_CORPUS", str(sample))
    store.latest.clear()
    return sample
