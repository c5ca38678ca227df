"""Where sentences begin and end: for a sentence to quote, and for what stands together in one."""

import re

# A line break; or a mark that ends a sentence, its quotes and brackets, and a capital behind the space. Both begin with
# a letter of one class, so that the search goes from mark to mark.
_END = re.compile(
    r"[.!?…\n](?:(?<=\n)\s*|(?<!\n)[»”\"')\]]*(?P<gap>\s+)(?=[«“\"'(\[—–-]*\s*[A-ZА-ЯЁÇƏĞÖŞÜİIӘҒҚҢӨҰҮҺІ0-9]))"
)
# What ends in a dot without ending a sentence: an initial, and the commonest abbreviations.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«“\"])(?:\w|[Dd]r|[Mm]rs?|[Pp]rof|[Aa]kad|[Gg]en|[Uu]lu|г|гг|ул|им|т|млн|млрд|руб|St|No|vs|c|q)\.$"
)
_LONGEST = 4  # letters of such an abbreviation


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of a text, in order, without the white space between them."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for end in _END.finditer(text):
        last, after = end.start("gap"), end.end()
        if last < 0:  # a line break
            last = len(text[begin : end.start()].rstrip()) + begin
        elif "\n" not in end["gap"] and _abbreviated(text, end.start() + 1):
            continue
        if last > begin:
            spans.append((begin, last))
        begin = after
    if begin < len(text):
        spans.append((begin, len(text.rstrip())))
    return [(a, b) for a, b in spans if b > a]


def _abbreviated(text: str, end: int) -> bool:
    """Whether what stands before `end` is an abbreviation with its dot. Most words are too long, and told at once."""
    before = text[max(0, end - _LONGEST - 2) : end - 1]
    if len(before) > _LONGEST and before.isalnum():
        return False
    return bool(_ABBREVIATED.search(text, max(0, end - 12), end))
