"""Jarchi's analysis: from bytes to figures, one way through the house.

Read top to bottom, this is the order in which data flows; a module imports only from those above it.

    errors       what can go wrong, in the reader's words
    model        Article, Mention, Entity, Topic; the tables and what one row of each means
    periods      "2020-01" is a month, not a day
    layers       where data files are found, an analyst's over ours
    sources/     bytes -> articles
    text/        letters, tokens, language; one file per language
    corpus       the store: append, read, versions, integrity
    gazetteer    data/entities -> names, aliases, offices by date
    mentions     who and which country
    topics       what about
    stories      which event
    search       articles that match a full-text query
    pipeline     the stages in order, and the executor they run on
    filters      what part of the corpus is looked at, and how it is counted
    cube         the analysed corpus laid out for counting
    trends       coverage, attention, share of voice
    charts       frames -> figures
    tables       rows -> JSON Lines, CSV, Parquet, XLSX
    export       tables and charts -> files
    cli/         the commands
    __main__     the command line

Nothing here knows Streamlit.
"""

__version__ = "0.1.0"
