"""A layout on the disk: an app over a million articles starts without reading all of their analysis again.

cube/<digest>/   the arrays of one version as .npy files, its strings as Parquet; derived, and made anew when missing.
                 The digest is of the names of the data files, which are never written twice.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.corpus.places import Places
from analytics.corpus.store import KEYS
from analytics.cube.layout import Articles, Codes, Layout, Mentions, Seen, Topics
from analytics.model import Sense

FORMAT = "2"  # raised when an older layout would be read wrongly


class Kept:
    """Where the layout of some data files is kept, topics that are `part` of others counted with them."""

    def __init__(self, folder: Path, files: Sequence[str], part: Mapping[str, str]) -> None:
        said = json.dumps([FORMAT, sorted(Path(file).name for file in files), sorted(part.items())])
        self.folder = folder
        self.path = folder / hashlib.blake2b(said.encode(), digest_size=8).hexdigest()

    def read(self) -> Layout | None:
        """The layout, its arrays mapped into memory as they are needed; None where it is not kept, or damaged."""
        try:
            return _Reader(self.path).layout()
        except (OSError, ValueError, KeyError, pa.ArrowException):
            return None

    def write(self, layout: Layout) -> None:
        """Keep this layout in place of those of other versions; a corpus that cannot be written to is left alone."""
        with suppress(OSError):  # a read-only disk: the app starts as it would have without
            self.folder.mkdir(exist_ok=True)
            made = self.folder / f".{secrets.token_hex(4)}"
            made.mkdir()
            _Writer(made).layout(layout)
            others = [path for path in self.folder.iterdir() if path not in (made, self.path)]
            made.rename(self.path)
            for path in others:
                shutil.rmtree(path, ignore_errors=True)


class _Writer:
    """Writes a layout into a directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def layout(self, layout: Layout) -> None:
        articles, topics = layout.articles, layout.topics
        table = pa.table({"id": pa.array(articles.ids, pa.string()), "title": articles.title.cast(pa.string())})
        self._strings("articles", table)
        self._arrays("articles", articles)
        for sense, mentions in layout.mentions.items():
            self._arrays(f"mentions-{sense}", mentions)
        self._arrays("topics", topics)
        for name, places in layout.places.items():
            self._arrays(f"places-{name}", places)
        self._strings("themes", pa.table({"id": pa.array(layout.themes, pa.string())}))
        seen = {name: [getattr(one, name) for one in layout.seen] for name in ("kind", "name", "role")}
        columns = {"id": layout.entities, **seen}
        self._strings("entities", pa.table({name: pa.array(each, pa.string()) for name, each in columns.items()}))

    def _strings(self, name: str, table: pa.Table) -> None:
        pq.write_table(table, self.folder / f"{name}.parquet", compression="zstd")

    def _arrays(self, name: str, part: Any) -> None:
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, Codes):
                self._strings(f"{name}.{field.name}", pa.table({"level": pa.array(value.levels, pa.string())}))
                value = value.codes
            if isinstance(value, np.ndarray):
                np.save(self.folder / f"{name}.{field.name}.npy", value)


class _Reader:
    """Reads a layout from a directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def layout(self) -> Layout:
        strings = self._strings("articles").combine_chunks()  # one row of many chunks is slow to take
        entities = self._strings("entities").to_pydict()
        return Layout(
            articles=self._part(
                "articles", Articles, ids=pd.Index(strings["id"].to_pylist(), dtype=object), title=strings["title"]
            ),
            mentions={sense: self._part(f"mentions-{sense}", Mentions) for sense in get_args(Sense)},
            topics=self._part("topics", Topics),
            entities=tuple(entities["id"]),
            seen=tuple(map(Seen, entities["kind"], entities["name"], entities["role"])),
            themes=tuple(self._strings("themes")["id"].to_pylist()),
            places={name: self._part(f"places-{name}", Places) for name in KEYS},
        )

    def _strings(self, name: str) -> pa.Table:
        return pq.read_table(self.folder / f"{name}.parquet")

    def _part(self, name: str, kind: Any, **given: Any) -> Any:
        return kind(**given, **{f.name: self._value(f"{name}.{f.name}") for f in fields(kind) if f.name not in given})

    def _value(self, name: str) -> Any:
        codes = np.load(self.folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)  # a plain array is faster to index
        if not (self.folder / f"{name}.parquet").exists():
            return codes
        levels = tuple(self._strings(name)["level"].to_pylist())
        return Codes(levels, codes, _Later(levels))


class _Later(Mapping[str, int]):
    """The number of each of these strings, looked up when first asked for: a million stories take a second."""

    def __init__(self, levels: Sequence[str]) -> None:
        self.levels = levels

    @cached_property
    def _code(self) -> dict[str, int]:
        return {level: code for code, level in enumerate(self.levels)}

    def __getitem__(self, level: str) -> int:
        return self._code[level]

    def __iter__(self) -> Iterator[str]:
        return iter(self.levels)

    def __len__(self) -> int:
        return len(self.levels)
