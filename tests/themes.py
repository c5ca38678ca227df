"""Made-up articles on made-up themes: words in proportion, no sentences anybody wrote."""

import random

import pyarrow as pa

COMMON = "today yesterday people city said which would their about after other first between until where again".split()
_WORDS = {
    "boats": "harbour sail anchor deck captain rope keel rudder mast skipper crew regatta tide hull compass",
    "bread": "flour oven yeast dough crust baker loaf rye butter knead salt wheat pastry bakery crumb",
    "chess": "pawn knight bishop rook opening endgame gambit checkmate queen board tournament rating draw clock move",
    "roads": "asphalt bridge traffic tunnel lane junction repair detour bus truck pavement kerb signal speed toll",
    "weather": "rain wind snow storm cloud frost thunder humid forecast degree fog drizzle sunshine hail breeze",
    "court": "judge verdict lawyer appeal witness trial jury sentence clerk plea hearing evidence statute bail fine",
}
THEMES = {theme: words.split() for theme, words in _WORDS.items()}


def article(theme: str, number: int, *, without: tuple[str, ...] = ()) -> dict[str, str | None]:
    """An article on a theme, the same for the same number; `without` are words that it must not have."""
    dice = random.Random(f"{theme} {number}")
    own = [word for word in THEMES[theme] if word not in without]
    lines = []
    for _ in range(6):
        words = [dice.choice(own) if dice.random() < 0.5 else dice.choice(COMMON) for _ in range(9)]
        lines.append(" ".join(words).capitalize() + ".")
    return {"id": f"{theme}-{number}", "language": "en", "published": None, "title": "", "text": " ".join(lines)}


def stream(number: int, *themes: str, without: tuple[str, ...] = ()) -> pa.Table:
    """So many articles of each theme; every other one is without the words `without`."""
    rows = [article(theme, at, without=without if at % 2 else ()) for theme in themes for at in range(number)]
    return table(rows)


def table(rows: list[dict[str, str | None]]) -> pa.Table:
    """Articles as analysis reads them."""
    return pa.Table.from_pylist(
        rows, schema=pa.schema([(name, pa.date32() if name == "published" else pa.string()) for name in rows[0]])
    )
