"""Candidates: officials whom the corpus names again and again and the gazetteer does not know yet.

Recognition makes an official of any name beside an office word. Those found often enough are listed here for an
analyst, who adds the right ones to a file of the gazetteer; `entry` writes the first draft of that.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from analytics.corpus import Corpus
from analytics.gazetteer import Gazetteer
from analytics.marked import toml

LEAST = 3  # articles; two reports of one event are no reason to know somebody

COLUMNS = ["entity", "name", "role", "country", "articles", "mentions", "outlets", "first", "last", "forms"]
_QUERY = """
    with found as (
        select a.id, a.outlet, a.published, unnest(n.mentions) as m
        from articles a join analysis n on n.article = a.id where a.duplicate_of is null)
    select m.entity, mode(m.name) as name, mode(m.role) as role, mode(nullif(m.country, '')) as country,
        count(distinct id) as articles, count(*) as mentions, count(distinct nullif(outlet, '')) as outlets,
        min(published) as first, max(published) as last, list_sort(list(distinct m.surface)) as forms
    from found anti join known on m.entity = known.entity
    where m.kind = 'official' group by m.entity having count(distinct id) >= $least
    order by articles desc, mentions desc, m.entity"""


def candidates(corpus: Corpus, gazetteer: Gazetteer, least: int = LEAST) -> pd.DataFrame:
    """Officials in at least `least` articles, reprints aside, whom the gazetteer does not have, most covered first.

    Columns: entity (the id recognition gave), name (its commonest form), role and country as read beside the name most
    often, articles, mentions, outlets, first and last (dates; none when undated), forms (all that were found).
    """
    known = pa.table({"entity": pa.array([*gazetteer.entities], pa.string())})
    batches = list(corpus.batches(_QUERY, known=known, least=least))
    found: pd.DataFrame = pa.concat_tables(batches or [_EMPTY]).to_pandas()
    return found[COLUMNS]


_EMPTY = pa.table({name: pa.array([], pa.string()) for name in COLUMNS})


def entry(candidate: Mapping[Any, Any]) -> str:
    """A candidate as the draft of an `[[official]]`: name, and the office as a comment to be made an id of."""
    lines = [
        "[[official]]",
        f"id = {toml(candidate['entity'])}",
        f"name = {{ az = {toml(candidate['name'])} }}",
        f"# found as {', '.join(map(_shown, candidate['forms']))}",
        f"# beside: {_shown(candidate['role'])}; in {candidate['articles']} articles",
        '# offices = [{ role = "…", country = "…", from = "…" }]',
    ]
    return "\n".join(lines) + "\n"


def _shown(value: str) -> str:
    """A stranger's text in a comment: in one line, whatever it holds."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())
