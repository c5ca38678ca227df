"""Obeying exceptions: mentions that an analyst marked are left out, or become what the analyst says they are."""

from collections.abc import Sequence

import pyarrow as pa

from analytics.gazetteer import Gazetteer, MentionException
from analytics.model import MENTIONS, Rule

RULE: Rule = "an exception says so"


def obey(found: pa.Table, gazetteer: Gazetteer) -> tuple[pa.Table, dict[str, tuple[str, ...]]]:
    """The mentions after the gazetteer's exceptions, and for each article touched the digests of those that touched it.

    `found` and the result are `model.MENTIONS`.
    """
    rules = _Rules(gazetteer.exceptions)
    if not rules:
        return found, {}
    rows, touched = [], dict[str, dict[str, None]]()
    for row in found.to_pylist():
        rule = rules.of(row["article"], row["entity"], row["surface"])
        if rule is None:
            rows.append(row)
            continue
        touched.setdefault(row["article"], {})[rule.digest] = None
        if rule.means:
            meant = gazetteer.entities[rule.means]
            name = {"entity": meant.id, "kind": meant.kind, "name": meant.name(), "country": meant.country}
            rows.append(row | name | {"role": "", "rule": RULE})
    digests = {article: tuple(sorted(those)) for article, those in touched.items()}
    return pa.Table.from_pylist(rows, schema=MENTIONS), digests


class _Rules:
    """Exceptions by what they are about; one for an article comes before one for all."""

    def __init__(self, exceptions: Sequence[MentionException]) -> None:
        self._by = {(e.article, e.entity, e.surface): e for e in exceptions}

    def __bool__(self) -> bool:
        return bool(self._by)

    def of(self, article: str, entity: str, surface: str) -> MentionException | None:
        """The exception for this mention, if any."""
        return self._by.get((article, entity, surface)) or self._by.get(("", entity, surface))
