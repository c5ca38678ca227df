"""What a language does with names, where that is a matter of yes or no: each set is of the languages that do.

Whoever adds a language decides about each. Its words and patterns go into the tables beside the rules that use them,
which are keyed by language; its endings and forms into `analytics/text/`.
"""

# Where things stand.
OFFICE_FIRST = frozenset({"ru", "en"})  # an office before its body and its state; in others behind them
PEOPLE_FIRST = frozenset({"ru", "en", "kk"})  # a people right before the office of its state: `British ambassador`
BODY_BETWEEN = frozenset({"ru"})  # a body with a capital between an office and its holder: `мэр Нового Уренгоя X`
OWNER_BEHIND = frozenset({"ru"})  # an office right before that of its owner: `пресс-секретарь акима X`
APPOSED = frozenset({"en"})  # a name between commas behind an office: `Spain's trade minister, X, …`
COMPOUNDS = frozenset({"tr"})  # a body far before its office, in the nominative: `AB Türkiye Delegasyonu Başkanı`

# How things are written.
SMALL_NATIONALITIES = frozenset({"az", "kk", "ru"})  # nationalities without a capital
CAPITAL_OFFICES = frozenset({"en"})  # offices with a capital when a name follows: `President X`
APOSTROPHES = frozenset({"tr"})  # an ending of an abbreviation apart from it, in capitals too: `AB'NİN`
OWN_LETTERS = frozenset({"ru"})  # no name in Latin letters
ALL_LETTERS = frozenset({"ru"})  # no diacritics that people leave out

# What a word may be.
ENDINGS = frozenset({"az", "tr", "kk"})  # a surname takes the endings of cases, and stays what it is before them
WOMEN = frozenset({"az", "tr"})  # -a behind a surname's -v or -n is a woman's, and no ending: `Əliyeva`
PEOPLES_ARE_SURNAMES = frozenset({"az", "tr"})  # `Ahmet Türk`
LEADERS_ALONE = frozenset({"az", "tr"})  # few surnames of leaders are words or other people's as well
LANDS = frozenset({"ru"})  # an adjective and a noun, both with capitals, are a land: `на Южном Кавказе`
SPOKESMEN = frozenset({"ru", "en"})  # a spokesman is anybody's, unless a body, a state or an office is beside him
