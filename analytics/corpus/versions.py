"""The corpus as it was: at a version that `check` named, or at the end of a day."""

import datetime as dt
import re
from contextlib import suppress

from deltalake.exceptions import DeltaError, TableNotFoundError

from analytics.corpus.compaction import KEPT
from analytics.corpus.store import Corpus, Name
from analytics.corpus.tables import Table
from analytics.errors import UsageError

ORDER: tuple[Name, ...] = ("articles", "analysis", "rejected")  # as in `Corpus.version`
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


def stand_at(corpus: Corpus, said: str) -> None:
    """Move an open corpus back to a version (12.9.3), the end of a day (2026-11-01) or a moment (2026-11-01T12:30).

    Times are those of this machine's zone. All tables move together: an analysis is written after its article, so none
    is there without it. Raises UsageError when there was no corpus then, or the version is no longer kept.
    """
    if found := _VERSION.fullmatch(said):
        wanted = {name: int(version) for name, version in zip(ORDER, found.groups(), strict=True)}
    else:
        moment = _moment(said)
        wanted = {name: _version_at(table, moment, said) for name, table in corpus.tables.items()}
    corpus.unsettle()
    for name, version in wanted.items():
        _load(corpus.tables[name], version, said)


def _moment(said: str) -> dt.datetime:
    """The moment that was meant; of a day its last."""
    with suppress(ValueError):
        day = dt.date.fromisoformat(said)
        return dt.datetime.combine(day, dt.time.max).astimezone()
    try:
        moment = dt.datetime.fromisoformat(said)
    except ValueError as error:
        raise UsageError(
            f"{said}: not a version (12.9.3, as `check` prints it), a day (2026-11-01) or a moment (2026-11-01T12:30)"
        ) from error
    return moment.astimezone()


def _version_at(table: Table, moment: dt.datetime, said: str) -> int:
    """The newest version of a table that was there at a moment."""
    # Not by the library's own search: it goes by the times of the files, which a copy of the corpus has of its own.
    written = {int(one["version"]): _time(one["timestamp"]) for one in table.delta.history() if "timestamp" in one}
    there = [version for version, time in written.items() if time <= moment]
    if there:
        return max(there)
    first = min(written)
    if first > 0:
        raise _gone(said)
    raise UsageError(f"{said}: there was no corpus yet; it begins at {written[first]:%Y-%m-%d %H:%M}")


def _time(milliseconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).astimezone()


def _load(table: Table, version: int, said: str) -> None:
    newest = table.version
    if version > newest:
        raise UsageError(f"{said}: there is no such version; the newest of {table.name} is {newest}")
    try:
        table.delta.load_as_version(version)
    except (DeltaError, TableNotFoundError) as error:
        raise _gone(said) from error
    if table.gone():
        raise _gone(said)


def _gone(said: str) -> UsageError:
    return UsageError(f"{said}: this version can no longer be read; versions are kept for {KEPT.days} days")
