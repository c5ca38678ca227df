"""Which analysed articles are no longer what an analysis would make of them: what changed touches them, and no others.

Names that were changed, added or taken away touch the articles that hold them; an analyst's word on a mention or on
what an article is about touches that article.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from analytics import mentions, search
from analytics.corpus import Corpus
from analytics.pipeline.basis import Basis
from analytics.pipeline.stages import Knowledge


def touched(corpus: Corpus, known: Knowledge, earlier: Basis | None, basis: Basis) -> pa.Table:
    """The articles to be analysed again, each once: a table with the column `article`.

    `earlier` is what analyses went by until now, `basis` what they go by from now on.
    """
    both = pa.concat_tables([_of_names(corpus, known, earlier, basis), _of_sayings(corpus, known, list(basis.methods))])
    return both.group_by("article", use_threads=False).aggregate([])


def _of_names(corpus: Corpus, known: Knowledge, earlier: Basis | None, basis: Basis) -> pa.Table:
    """The articles that hold a name of which one gazetteer makes something else than the other."""
    if earlier is None or earlier.gazetteer is None or earlier.method not in basis.same:
        return _NOBODY
    search.update(corpus)  # a build that was ended may have analysed what it did not index
    changed = mentions.difference(earlier.gazetteer, known.gazetteer)
    found = [pa.table({"article": _NOBODY["article"], "grammar": _NOBODY["article"]})]
    for language, ids in search.holding(corpus, {language: one.sought for language, one in changed.items()}).items():
        grammar = pa.array([language] * len(ids), pa.string())
        found.append(pa.table({"article": ids.cast(pa.string()), "grammar": grammar}))
    rows = corpus.batches(_HELD, held=pa.concat_tables(found), methods=list(basis.methods), now=known.method)
    return pa.concat_tables([_NOBODY, *map(_read_so, rows)])


def _read_so(rows: pa.Table) -> pa.Table:
    """Those articles that are read as the language in which the name was found."""
    read = [mentions.read_as(language) for language in rows["language"].to_pylist()]
    return rows.filter(pc.equal(rows["grammar"], pa.array(read, pa.string()))).select(["article"])


def _of_sayings(corpus: Corpus, known: Knowledge, methods: list[str]) -> pa.Table:
    """The articles of which an analyst said something that was not obeyed yet, or took back what was."""
    made = _rows(known.gazetteer.exceptions, "article", "entity", "surface", "digest")
    said = _rows(known.topics.labels, "article", "digest")
    if not (made.num_rows or said.num_rows or any("+" in method for method in corpus.methods())):
        return _NOBODY
    current = made["digest"].to_pylist() + said["digest"].to_pylist()
    clauses = [_GONE, *[_MADE] * bool(made.num_rows), *[_SAID] * bool(said.num_rows)]
    found = corpus.batches(_KNOWN + " union ".join(clauses), made=made, said=said, methods=methods, current=current)
    return pa.concat_tables([_NOBODY, *found])


def _rows(rules: Sequence[object], *names: str) -> pa.Table:
    """Some fields of an analyst's decisions, each a text."""
    return pa.table({name: pa.array([getattr(rule, name) for rule in rules], pa.string()) for name in names})


_NOBODY = pa.schema([("article", pa.string())]).empty_table()
# Analysed by a method that comes to the same as this one, but not by this one itself.
_HELD = """
    select article, language, grammar from held join analysis using (article) join articles on article = id
    where list_contains($methods, string_split("method", '+')[1]) and string_split("method", '+')[1] <> $now"""
# Analysed by such a method, but obeying an exception or label that is no more, or not obeying one that is there now.
_KNOWN = """
    with mine as (select article, mentions, string_split("method", '+') as parts from analysis),
    known as (select article, mentions, parts[2:] as obeyed from mine where list_contains($methods, parts[1]))"""
_GONE = "select article from known where len(list_filter(obeyed, lambda d: not list_contains($current, d))) > 0"
_MADE = """
    select n.article from (select article, obeyed, unnest(mentions) as m from known) n
    join made x on m.entity = x.entity and m.surface = x.surface and x.article in ('', n.article)
    where not list_contains(n.obeyed, x.digest)"""
_SAID = "select article from known join said using (article) where not list_contains(obeyed, said.digest)"
