"""Jarchi's analysis: from bytes to figures, one way through the house.

Read top to bottom, this is the order in which data flows; a module imports only from those above it.

    errors       what can go wrong, in the reader's words
    whole        files written whole or not at all
    place        where a corpus lies: a directory, or S3 and a copy here
    marked       files of decisions that the app writes, in TOML
    periods      "2020-01" is a month, not a day
    model        Article, Mention, Entity, Topic; the tables and what one row of each means
    overlay      where data files are found, an analyst's over ours
    text/        letters, tokens, sentences, language; one file per language
    sources/     bytes -> articles
    corpus/      the store: append, read, versions, integrity
    gazetteer/   data/entities -> names, aliases, offices by date
    mentions/    who and which country
    taxonomy/    data/topics -> which topics there are, and an analyst's word on them
    topics/      what about
    stories/     which event
    search/      articles that match a full-text query
    pipeline/    the stages in order, and the executor they run on
    candidates   officials that the corpus names and the gazetteer lacks
    filters      what part of the corpus is looked at, and how it is counted
    cube/        the analysed corpus laid out for counting
    trends/      coverage, attention, share of voice
    charts/      frames -> figures
    tables       rows -> JSON Lines, CSV, Parquet, XLSX
    export/      figures -> files
    cli/         the command line
    __main__     its door

Nothing here knows Streamlit.
"""

__version__ = "0.1.0"
