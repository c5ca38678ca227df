"""Where sentences begin and end: for a sentence to quote, and for what stands together in one."""

import re

# A mark that ends a sentence, its quotes and brackets, and a capital behind the space; or a line break.
_END = re.compile(r"(?<=[.!?…])[»”\"')\]]*\s+(?=[«“\"'(\[—–-]*\s*[A-ZА-ЯЁÇƏĞÖŞÜİIӘҒҚҢӨҰҮҺІ0-9])|\s*\n\s*")
# What ends in a dot without ending a sentence: an initial, and the commonest abbreviations.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«“\"])(?:\w|[Dd]r|[Mm]rs?|[Pp]rof|[Aa]kad|[Gg]en|[Uu]lu|г|гг|ул|им|т|млн|млрд|руб|St|No|vs|c|q)\.$"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of a text, in order, without the white space between them."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for end in _END.finditer(text):
        if "\n" not in end.group() and _ABBREVIATED.search(text, max(0, end.start() - 12), end.start()):
            continue
        if end.start() > begin:
            spans.append((begin, end.start()))
        begin = end.end()
    if begin < len(text):
        spans.append((begin, len(text.rstrip())))
    return [(a, b) for a, b in spans if b > a]
