"""SQL over the tables of a corpus, with errors in the reader's words."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from analytics.errors import CorpusError

MEMORY = "1GB"  # a sort or join larger than this goes to temporary files

# As many parts of the ISO date as are known: a month has no day.
_PREFIX = """create macro prefix(published, "precision") as
    left(published::varchar, case "precision" when 'year' then 4 when 'month' then 7 else 10 end)"""

_AT = "select *, file_index as file, file_row_number as row from read_parquet($files)"

EMPTY: Mapping[str, Any] = {}


@contextmanager
def scan(sql: str, views: Mapping[str, list[str] | pa.Table], values: Mapping[str, Any] = EMPTY) -> Iterator[Any]:
    """The result of a query over `views`, each a list of Parquet files or an Arrow table; `values` fill its $names.

    `prefix(published, precision)` is the date as it is known: 2020-01 for a month. A view of files has another beside
    it, `NAME_at`, with two columns more: `file`, by its place among them, and `row` within it.

    Raises CorpusError when a file is gone or damaged, also while the result is being read.
    """
    import duckdb  # a tenth of a second, which the first page of an app does without

    with tempfile.TemporaryDirectory(prefix="jarchi-") as spill, duckdb.connect() as db:
        db.execute("set enable_progress_bar = false")  # it would draw into the rows of an export
        db.execute("set parquet_metadata_cache = true")  # of files that never change: a footer is read once, not thrice
        db.execute("set memory_limit = $limit", {"limit": MEMORY})
        db.execute("set temp_directory = $spill", {"spill": spill})
        db.execute(_PREFIX)
        try:
            for name, view in views.items():
                if isinstance(view, pa.Table):
                    db.register(name, view)
                else:
                    db.read_parquet(view).create_view(name)
                    db.sql(_AT, params={"files": view}).create_view(f"{name}_at")
            yield db.sql(sql, params=dict(values))
        except (duckdb.IOException, duckdb.InvalidInputException, pa.ArrowException) as error:
            raise CorpusError(f"a data file of the corpus cannot be read: {error}; restore it from a copy") from error
