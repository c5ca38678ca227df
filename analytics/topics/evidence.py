"""Why an article is taken for a topic: the terms that say so with their weights, and the sentence that says most."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.text.letters import fold
from analytics.text.sentences import sentences
from analytics.text.tokens import Encoded

TERMS = 8  # that are kept
SHOUTED = 6  # letters from which a word in capitals is a heading's, not an abbreviation
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def shown(surface: str) -> str:
    """A term as it is listed: a heading's capitals say nothing."""
    return fold(surface) if surface.isupper() and len(surface) > SHOUTED else surface


def of_words(
    stems: Ints, says: Floats, tokens: Sequence[Ints], sides: Sequence[tuple[Encoded, str]], at: int
) -> dict[str, Any]:
    """The evidence of a learned topic in article number `at` of a batch.

    `stems` are the numbers of the article's stems in ascending order and `says` what each says for the topic;
    `tokens` are the stem numbers of the words of title and text, `sides` those fields' words and characters.
    """
    order = np.lexsort((stems, -says))[:TERMS]
    order = order[says[order] > 0]
    surfaces = _surfaces(stems[order], tokens, sides, at)
    terms = [
        {"term": shown(surface), "weight": weight}
        for surface, weight in zip(surfaces, says[order].tolist(), strict=True)
    ]
    encoded, text = sides[-1]
    return {"evidence": terms, "sentence": _telling(stems, says, tokens[-1], encoded.starts[encoded.tokens(at)], text)}


def _surfaces(stems: Ints, tokens: Sequence[Ints], sides: Sequence[tuple[Encoded, str]], at: int) -> list[str]:
    """The form in which each of these stems first stands in the article: the text's before the title's."""
    found = [""] * len(stems)
    for mine, (encoded, text) in zip(tokens, sides, strict=True):
        places, order = encoded.tokens(at), np.argsort(mine, kind="stable")
        place = order[np.minimum(np.searchsorted(mine[order], stems), len(mine) - 1)] if len(mine) else order
        for number in np.flatnonzero(mine[place] == stems).tolist() if len(mine) else ():
            begin, end = encoded.starts[places][place[number]], encoded.ends[places][place[number]]
            found[number] = text[begin:end]
    return found


def _telling(stems: Ints, says: Floats, tokens: Ints, starts: npt.NDArray[np.int32], text: str) -> str:
    """The sentence whose words together say most; none where nothing speaks for the topic."""
    spans = sentences(text)
    if not spans or not len(stems):
        return ""
    said = np.where(tokens >= 0, says[np.minimum(np.searchsorted(stems, tokens), len(stems) - 1)], 0.0)
    inside = np.searchsorted(np.array([begin for begin, _ in spans]), starts, side="right") - 1
    whole = np.bincount(np.maximum(inside, 0), said, len(spans))
    best = int(np.argmax(whole))
    return text[slice(*spans[best])] if whole[best] > 0 else ""
