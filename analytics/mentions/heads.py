"""Where in many words a name may end, told by their first letters, of which far fewer differ."""

from collections.abc import Callable, Collection, Iterator, Sequence

from analytics.mentions.sound import settled
from analytics.text.wordlist import FIRST

HEAD = 5  # letters of a word that are looked at where the first few do not tell
REMEMBERED = 1 << 16  # heads of which is kept what they tell


class Heads:
    """The beginnings of words that may be names: by their first letters, so that most are not looked at."""

    def __init__(self, keys: Callable[[Sequence[str]], Sequence[str]], names: Collection[str], shortest: int) -> None:
        """`names` are what `keys` makes of all names, none of which has fewer letters than `shortest`."""
        self._keys, self._names, self._shortest = keys, names, shortest
        self._starts = {name[:length] for name in names for length in range(len(name) + 1)}
        self._known: dict[str, tuple[tuple[int, ...], bool]] = {}  # lengths of names in a head; may one be longer?

    def cuts(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The number of a word, and of how many of its letters a name may be; up to `HEAD` of them one is."""
        heads = [word[:HEAD] for word in words]
        self._learn(heads)
        for at, head in enumerate(heads):
            lengths, longer = self._known[head]
            for length in lengths:
                yield at, length
            if longer:
                for length in range(HEAD + 1, len(words[at]) + 1):
                    yield at, length

    def begin(self, firsts: Sequence[str]) -> list[bool]:
        """For each of these first letters, `FIRST` or all of a word, whether one of the names may begin such a word."""
        told = self._told(firsts)
        return [bool(lengths) or longer for lengths, longer in map(told.__getitem__, firsts)]

    def _learn(self, heads: Sequence[str]) -> None:
        if len(self._known) + len(heads) > REMEMBERED:
            self._known.clear()
        new = [head for head in dict.fromkeys(heads) if head not in self._known]
        firsts = self._told(list(dict.fromkeys(head[:FIRST] for head in new)))
        self._known.update((head, firsts[head[:FIRST]]) for head in new)
        self._known.update(self._told([head for head in new if len(head) > FIRST and firsts[head[:FIRST]][1]]))

    def _told(self, heads: Sequence[str]) -> dict[str, tuple[tuple[int, ...], bool]]:
        """Of each of these heads the lengths of the names in it, and whether one may be longer."""
        beginnings = {head: [head[:n] for n in range(self._shortest, len(head) + 1)] for head in heads}
        spelt = list(dict.fromkeys((*heads, *(each for some in beginnings.values() for each in some))))
        key = dict(zip(spelt, self._keys(spelt), strict=True))
        lengths = {head: tuple(len(one) for one in beginnings[head] if key[one] in self._names) for head in heads}
        return {head: (lengths[head], settled(head, key[head]) in self._starts) for head in heads}
