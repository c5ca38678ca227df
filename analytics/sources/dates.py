"""When an article was published, as precisely as its date says and no more precisely.

Our own reader: of fifty trying dates, dateparser read 24 rightly and invented 7, `2020-01` among them, to which it
gave today's day. Here a date is read only when there is one way to read it; else the article is undated, and a flag
says why.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from analytics.periods import Period, parse_prefix
from analytics.text.letters import fold

EARLIEST = 1900
REMEMBERED = 40  # characters; a longer date is nobody's habit, and what is remembered must stay small
AHEAD = dt.timedelta(days=1)  # an outlet east of here is already in tomorrow

# The beginnings of month names, folded, in Azerbaijani, Turkish, Russian, English and Kazakh; case endings follow.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("yanvar", "ocak", "ocağ", "январ", "янв", "january", "jan", "қаңтар", "yanv"),
    ("fevral", "şubat", "феврал", "фев", "february", "feb", "ақпан", "fev"),
    ("mart", "март", "мар", "march", "mar", "наурыз"),
    ("aprel", "nisan", "апрел", "апр", "april", "apr", "сәуір"),
    ("may", "mayıs", "май", "мая", "мае", "мамыр"),
    ("iyun", "haziran", "июн", "june", "jun", "маусым", "iyn"),
    ("iyul", "temmuz", "июл", "july", "jul", "шілде", "iyl"),
    ("avqust", "ağustos", "август", "авг", "august", "aug", "тамыз", "avq"),
    ("sentyabr", "eylül", "сентябр", "сен", "сент", "september", "sep", "sept", "қыркүйек", "sent"),
    ("oktyabr", "ekim", "октябр", "окт", "october", "oct", "қазан", "okt"),
    ("noyabr", "kasım", "ноябр", "ноя", "нояб", "november", "nov", "қараша", "noy"),
    ("dekabr", "aralık", "aralığ", "декабр", "дек", "december", "dec", "желтоқсан", "dek"),
)
_BY_NAME = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_ENDINGS = re.compile(
    r"(?:ın|in|un|ün|ında|ində|da|də|nda|ında|nın|ı|i|u|ü|а|я|ь|е|ю|ем|ом|ы|ның|нің|дың|дің|да|де)?\.?"
)

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_ISO_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})\Z")
_ONLY_YEAR = re.compile(r"\d{4}\Z")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?\Z")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?|[+-]\d{4}\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DAY = re.compile(r"(?<![\d:])\d{1,2}(?![\d:])")


@dataclass(frozen=True, slots=True)
class When:
    """A date as it was read: a period, or none with the flag that says why (see `model.FLAGS`)."""

    period: Period | None
    flag: str = ""


def read_date(text: str, today: dt.date) -> When:
    """The period that a date in any of the usual forms stands for; never one that the text does not say."""
    return _remembered(text, today) if len(text) <= REMEMBERED else _when(text, today)


def _when(text: str, today: dt.date) -> When:
    text = " ".join(text.split())
    if not text:
        return When(None, "date-missing")
    try:
        period = _read(text)
    except _AmbiguousError:
        return When(None, "date-ambiguous")
    except (ValueError, OverflowError):
        return When(None, "date-impossible")
    if period is None:
        return When(None, "date-unreadable")
    if period.start.year < EARLIEST:
        return When(None, "date-impossible")
    return When(None, "date-future") if period.start > today + AHEAD else When(period)


_remembered = lru_cache(maxsize=1 << 14)(_when)  # the articles of a file appeared on a few days, all written alike


class _AmbiguousError(ValueError):
    """The date can be read in two ways."""


def _read(text: str) -> Period | None:
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _day(*map(int, found.groups()))
    if found := _ISO_MONTH.match(text):
        return parse_prefix(f"{found[1]}-{int(found[2]):02}")
    if found := _MONTH_YEAR.match(text):
        return parse_prefix(f"{found[2]}-{int(found[1]):02}")
    if _EPOCH.match(text):
        return _of(dt.datetime.fromtimestamp(int(text[:10]), dt.UTC).date())
    if found := _DAY_FIRST.search(text):
        return _numeric(int(found[1]), found[2], int(found[3]), int(found[4]))
    return parse_prefix(text) if _ONLY_YEAR.match(text) else _in_words(text)


def _numeric(first: int, mark: str, second: int, year: int) -> Period:
    """`31.12.2020` is day first everywhere; with another mark it is only when one of the two cannot be a month."""
    if mark != "." and first <= 12 and second <= 12 and first != second:
        raise _AmbiguousError
    if mark != "." and first <= 12 < second:
        first, second = second, first
    return _day(year, second, first)


def _in_words(text: str) -> Period | None:
    """`15 dekabr 2025`, `декабрь 2025 г.`, `December 15, 2025`, `2025 жылғы 15 желтоқсан`; no year, no date."""
    rest = _CLOCK.sub(" ", fold(text, "az" if "ı" in text or "ə" in text else ""))
    months = {number for word in _WORD.findall(rest) if (number := _month(word))}
    years = set(_YEAR.findall(rest))
    if len(months) != 1 or len(years) != 1:
        if not months and len(years) == 1 and len(_WORD.findall(rest)) <= 1 and not _DAY.search(rest):
            return parse_prefix(years.pop())  # `2020 г.`
        return None
    month, year = months.pop(), int(years.pop())
    days = {int(day) for day in _DAY.findall(rest)}
    if not days:
        return parse_prefix(f"{year}-{month:02}")
    return _day(year, month, days.pop()) if len(days) == 1 else None


def _month(word: str) -> int | None:
    word = word.replace("i̇", "i")
    for length in range(len(word), 2, -1):
        number = _BY_NAME.get(word[:length])
        if number and _ENDINGS.fullmatch(word[length:]):
            return number
    return None


def _day(year: int, month: int, day: int) -> Period:
    return _of(dt.date(year, month, day))


def _of(day: dt.date) -> Period:
    return Period(day, day + dt.timedelta(days=1), "day")
