"""A layout on the disk: an app over a million articles starts without reading all of their analysis again.

cube/<digest>/   the arrays of one version as .npy files, its strings as Parquet; derived, and made anew when missing.
                 The digest is of the names of the data files, which are never written twice. `numbers-*.npy` is what
                 follows from them and takes long to make: made when it is first asked for.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from threading import RLock
from typing import Any, cast, get_args

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.corpus.places import Places
from analytics.corpus.store import KEYS
from analytics.cube.codes import Codes
from analytics.cube.keep import Numbers
from analytics.cube.layout import Articles, Layout, Mentions, Seen, Topics
from analytics.cube.terms import Terms
from analytics.model import Sense
from analytics.text.packed import Packed, mapped

MANY = 1_000  # strings that are not made before one of them is asked for
FORMAT = "6"  # raised when an older layout would be read wrongly


class Kept:
    """Where the layout of some data files is kept, topics that are `part` of others counted with them."""

    def __init__(self, folder: Path, files: Sequence[str], part: Mapping[str, str]) -> None:
        said = json.dumps([FORMAT, sorted(Path(file).name for file in files), sorted(part.items())])
        self.folder = folder
        self._making = RLock()
        self.path = folder / hashlib.blake2b(said.encode(), digest_size=8).hexdigest()

    def read(self) -> Layout | None:
        """The layout, its arrays mapped into memory as they are needed; None where it is not kept, or damaged."""
        try:
            return _Reader(self.path).layout()
        except (OSError, EOFError, ValueError, KeyError, pa.ArrowException):
            return None

    def numbers(self, name: str, make: Callable[[], Numbers]) -> Numbers:
        """Numbers that are kept beside this layout under a name; made now, and kept, where they are not."""
        path = self.path / f"numbers-{name}.npy"
        with self._making:  # whoever asks meanwhile waits, and does not make them as well
            with suppress(OSError, EOFError, ValueError):
                return cast("Numbers", mapped(path))
            found = make()
            if self.path.is_dir():
                with suppress(OSError):
                    part = path.with_name(f".{secrets.token_hex(4)}.npy")
                    np.save(part, found)
                    part.replace(path)
            return found

    def write(self, layout: Layout) -> None:
        """Keep this layout in place of those of other versions; a corpus that cannot be written to is left alone."""
        with suppress(OSError):  # a read-only disk: the app starts as it would have without
            self.folder.mkdir(exist_ok=True)
            made = self.folder / f".{secrets.token_hex(4)}"
            made.mkdir()
            _Writer(made).layout(layout)
            for path in self.folder.iterdir():
                if path != made:  # other versions, one that a killed process left, and this one where it is damaged
                    shutil.rmtree(path, ignore_errors=True)
            made.rename(self.path)


class _Writer:
    """Writes a layout into a directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def layout(self, layout: Layout) -> None:
        articles = layout.articles
        self._packed("articles.ids", Packed.of(articles.ids))
        self._packed("articles.title", Packed.of(articles.title))
        self._arrays("articles", articles)
        for sense, mentions in layout.mentions.items():
            self._arrays(f"mentions-{sense}", mentions)
        self._arrays("topics", layout.topics)
        self._arrays("terms", layout.terms)
        for name, places in layout.places.items():
            self._arrays(f"places-{name}", places)
        self._strings("themes", pa.table({"id": pa.array(layout.themes, pa.string())}))
        seen = {name: [getattr(one, name) for one in layout.seen] for name in ("kind", "name", "role")}
        columns = {"id": layout.entities, **seen}
        self._strings("entities", pa.table({name: pa.array(each, pa.string()) for name, each in columns.items()}))

    def _strings(self, name: str, table: pa.Table) -> None:
        pq.write_table(table, self.folder / f"{name}.parquet", compression="zstd")

    def _packed(self, name: str, texts: Packed) -> None:
        np.save(self.folder / f"{name}.letters.npy", texts.letters)
        np.save(self.folder / f"{name}.ends.npy", texts.ends)

    def _arrays(self, name: str, part: Any) -> None:
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, Codes):
                self._packed(f"{name}.{field.name}", Packed.of(pa.array(value.levels, pa.large_string())))
                value = value.codes
            if isinstance(value, np.ndarray):
                np.save(self.folder / f"{name}.{field.name}.npy", value)


class _Reader:
    """Reads a layout from a directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def layout(self) -> Layout:
        entities = self._strings("entities").to_pydict()
        return Layout(
            articles=self._part(
                "articles",
                Articles,
                ids=self._packed("articles.ids").array(),
                title=self._packed("articles.title").array(),
            ),
            mentions={sense: self._part(f"mentions-{sense}", Mentions) for sense in get_args(Sense)},
            topics=self._part("topics", Topics),
            terms=self._part("terms", Terms),
            entities=tuple(entities["id"]),
            seen=tuple(map(Seen, entities["kind"], entities["name"], entities["role"])),
            themes=tuple(self._strings("themes")["id"].to_pylist()),
            places={name: self._part(f"places-{name}", Places) for name in KEYS},
        )

    def _strings(self, name: str) -> pa.Table:
        return pq.read_table(self.folder / f"{name}.parquet")

    def _part(self, name: str, kind: Any, **given: Any) -> Any:
        rest = [f for f in fields(kind) if f.name not in given]
        read = {f.name: (self._codes if f.type is Codes else self._mapped)(f"{name}.{f.name}") for f in rest}
        return kind(**given, **read)

    def _codes(self, name: str) -> Codes:
        levels = self._packed(name)
        return Codes(levels if len(levels) > MANY else tuple(levels), self._mapped(name))

    def _packed(self, name: str) -> Packed:
        return Packed(self._mapped(f"{name}.letters"), self._mapped(f"{name}.ends"))

    def _mapped(self, name: str) -> np.ndarray[Any, Any]:
        return mapped(self.folder / f"{name}.npy")
