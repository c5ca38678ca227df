"""Whether a corpus is whole: the laws its tables keep, each asked of all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.corpus.identity import contents
from analytics.errors import CorpusError

if TYPE_CHECKING:
    from analytics.corpus.store import Corpus

SHOWN = 5  # examples named for each broken law

# Law -> query that returns what breaks it, a text each.
LAWS = {
    "ids that stand more than once among the articles": "select id from articles group by id having count(*) > 1",
    "reprints of an article that is not there, or is a reprint itself": """
        select r.id from articles r anti join (select id from articles where duplicate_of is null) o
        on r.duplicate_of = o.id where r.duplicate_of is not null""",
    "articles with a precision and no date, or a date and no precision": """
        select id from articles where (published is null) != (precision is null)""",
    "articles analysed more than once": "select article from analysis group by article having count(*) > 1",
    "analyses of an article that is not there": "select article from analysis anti join articles on article = id",
    "mentions whose surface is not what stands in the article at that place": """
        with found as (select article, unnest(mentions) as m from analysis),
        placed as (select article, m, case m.field when 'title' then title else "text" end as body
                   from found join articles on id = article)
        select article || ' ' || m.field || ' ' || m.start from placed
        where m.end <= m.start or substring(body, m.start + 1, m.end - m.start) is distinct from m.surface""",
    "rejections noted more than once": """
        select origin || ' ' || record from rejected group by origin, record, reason having count(*) > 1""",
}


def faults(corpus: Corpus) -> list[str]:
    """What is wrong with this corpus, a line each with examples. Empty when all is well."""
    found = []
    try:
        for table in corpus.tables.values():
            gone = table.gone()
            found += [_line(f"data files of {table.path} that are gone or cut", gone)] if gone else []
        for law, sql in LAWS.items():
            broken = corpus.rows(sql).column(0).to_pylist()
            found += [_line(law, broken)] if broken else []
        changed = _changed(corpus)
        found += [_line("articles whose text is not the one that was added", changed)] if changed else []
    except CorpusError as error:
        found.append(str(error))
    return found


def _changed(corpus: Corpus) -> list[str]:
    """Articles whose text is no longer the one their digest was made of."""
    stored = corpus.batches("select id, title, text, published, precision, content from articles")
    return [
        article
        for batch in stored
        for article, kept, said in zip(*(batch[c].to_pylist() for c in ("id", "content")), contents(batch), strict=True)
        if kept != said
    ]


def _line(law: str, examples: list[str]) -> str:
    shown = ", ".join(str(example) for example in examples[:SHOWN])
    return f"{len(examples)} {law}: {shown}{', …' if len(examples) > SHOWN else ''}"
