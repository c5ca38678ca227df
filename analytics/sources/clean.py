"""What is the article and what is the page around it: boilerplate goes, paragraphs stay, the original is kept."""

import re
from dataclasses import dataclass

from analytics.sources.decode import undo_mojibake
from analytics.text.letters import clean, fold, fold_all, plain

LINE = 160  # characters; a longer line is somebody's sentence, whatever it says

# Whole lines that are the page's own, folded. Found in scraped Azerbaijani, Turkish, Russian, English and Kazakh pages.
_BOILERPLATE = re.compile(
    "|".join(
        (
            r"(?:you must|please) enable javascript\b.*",
            r"javascript is (?:disabled|required).*",
            r"(?:bu sayt|sayt|this (?:web)?site|we|мы|наш сайт|bu site) .{0,40}(?:cookie|kuki|çerez|куки).*",
            r"accept (?:all )?cookies?",
            r"(?:çerezleri|kukiləri|cookie-ləri) (?:kabul et|qəbul et)",
            r"принять (?:все )?(?:cookie|куки)",
            r"(?:paylaş|paylaşmaq|share|поделиться|бөлісу|tweet|facebook|twitter|whatsapp|telegram)(?: .{0,40})?:?",
            r"(?:oxunub|oxunuş sayı|baxış sayı|baxılıb|просмотр(?:ов|ы)|views?|okunma|көрілді)\s*[:—-]?\s*[\d .,]+",
            r"(?:abunə ol|abone ol|subscribe|подписаться|подпишитесь|жазылу)(?: .{0,60})?",
            r"(?:oxşar|əlaqəli|digər) xəbərlər(?:\s*[:.…].{0,100})?",
            r"(?:ilgili haberler|читайте также|related (?:news|articles)|read more)(?:\s*[:.…].{0,100})?",
            r"(?:ətraflı oxu|devamını oku|читать далее|тағы оқыңыз)(?:\s*[:.…].{0,100})?",
            r"(?:©|\(c\)|copyright).{0,120}",
            r"(?:bütün hüquqlar qorunur|all rights reserved|все права защищены|tüm hakları saklıdır).{0,60}",
            r"advertisement|reklam|реклама|жарнама",
            r"print|çap et|yazdır|распечатать|версия для печати",
            r"(?:whatsapp|telegram) kanalımıza (?:qoşulun|abunə olun|katılın).*",
        )
    )
)
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BEHIND = ".… "  # what an outlet puts behind a headline that it repeats
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A title and a text as they are kept, and the flags that say what was done to them."""

    title: str
    text: str
    flags: tuple[str, ...]


def clean_article(title: str, text: str, *, sound: bool = False) -> Cleaned:
    """Mend letters, take out the page's own lines, and keep a title that is also the first line only once.

    `sound` says that no letter of the two needs mending (see `analytics.sources.sound`).
    """
    flags = []
    if not sound:
        mended_title, mended_text = undo_mojibake(title), undo_mojibake(text)
        if (mended_title, mended_text) != (title, text):
            flags.append("mojibake-repaired")
        title, text = clean(mended_title), clean(mended_text)
        if (title, text) != (mended_title, mended_text.replace("\r\n", "\n")):
            flags.append("normalised")
    title = " ".join(title.split())
    body, removed = _without_boilerplate(text.split("\n"))
    if removed:
        flags.append("boilerplate-removed")
    return Cleaned(title, _without_title(title, _paragraphs(body)), tuple(flags))


def _without_boilerplate(lines: list[str]) -> tuple[list[str], int]:
    """The lines stripped, without the page's own, and how many those were."""
    bare = [line.strip() for line in lines]
    short = [line for line in bare if 0 < len(line) <= LINE]
    own = {line for line, folded in zip(short, fold_all(short), strict=True) if _BOILERPLATE.fullmatch(folded)}
    kept = [line for line in bare if line not in own] if own else bare
    return kept, len(bare) - len(kept)


def _paragraphs(lines: list[str]) -> str:
    """Runs of spaces and of blank lines reduced to one, line breaks inside a paragraph kept."""
    text = "\n".join(lines)
    if "  " in text or "\t" in text:
        text = _SPACES.sub(" ", text)
    return _BLANK_LINES.sub("\n\n", text).strip() if "\n\n\n" in text else text.strip()


def _without_title(title: str, text: str) -> str:
    """The text without a first line that repeats the title: one text, counted once. Spaces in both are single ones."""
    first, _, rest = text.partition("\n")
    bare = first.rstrip(_BEHIND)
    same = title and len(bare) == len(title.rstrip(_BEHIND)) and _letters(bare) == _letters(title.rstrip(_BEHIND))
    return rest.strip() if same else text


def _letters(line: str) -> str:
    """What two spellings of one headline share: capitals without a language cannot tell I from ı. Keeps the length."""
    return plain(fold(line))
