"""Files of what was learned of topics, kept with a corpus: one for each language and kind.

The labels of discovered topics stand in the metadata of the file, and are read without what was learned.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from analytics.errors import TopicError

LEARNED, DISCOVERED = "learned", "discovered"  # how the names of such files begin


def files(overlay: Path | None, kind: str) -> list[Path]:
    """The files of this kind that are kept, in order of language."""
    return sorted((overlay / "topics").glob(f"{kind}-*.parquet")) if overlay is not None else []


def metadata(schema: pa.Schema) -> tuple[str, dict[str, Any]]:
    """The language of such a file, and what it says beside its columns."""
    return schema.metadata[b"language"].decode(), json.loads(schema.metadata[b"said"])


@contextmanager
def undamaged(path: Path) -> Iterator[None]:
    """While a file is read that may be damaged. Raises TopicError when it is."""
    try:
        yield
    except (pa.ArrowException, KeyError, IndexError, ValueError, TypeError) as error:
        raise TopicError(f"{path.name}: damaged ({error}); delete it, and the next analysis learns anew") from error
