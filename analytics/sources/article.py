"""From a record to an article, or to a rejection that says why not."""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from analytics.model import Article, Rejected
from analytics.sources.clean import clean_article
from analytics.sources.dates import read_date
from analytics.sources.raw import Bad, Raw
from analytics.sources.sound import sound
from analytics.text.language import detect
from analytics.text.letters import clean, fold

SAMPLE = 200  # characters of a rejected record that are kept to recognise it by
MOST = 2_000_000  # characters of one article; a longer one is a whole file that was not split
_LETTER = re.compile(r"[^\W\d_]")
_TRACKING = re.compile(r"(?:utm_|fbclid|gclid|yclid|ysclid|ref$|from$)")
_CODE = re.compile(r"[a-z]{2}\Z")
_LANGUAGES = {
    name: code
    for code, names in {
        "az": "aze azerbaijani azeri azərbaycan azərbaycanca",
        "tr": "tur turkish türkçe türk",
        "ru": "rus russian русский",
        "en": "eng english",
        "kk": "kaz kazakh қазақ қазақша",
    }.items()
    for name in names.split()
}
_FAILED_PAGE = re.compile(
    r"\s*(?:(?:error )?(?:404|403|500|502|503|504)\b.{0,60}|(?:page )?not found|access denied|forbidden|bad gateway"
    r"|service unavailable|just a moment\.*|attention required.{0,40}|səhifə tapılmadı|страница не найдена"
    r"|sayfa bulunamadı)\s*",
    re.IGNORECASE,
)


def make(raw: Raw | Bad, origin: str, today: dt.date) -> Article | Rejected:
    """Judge one record. What is missing is left empty; only what has no words, or is no text, is rejected."""
    return make_all([(origin, raw)], today)[0]


def make_all(records: Sequence[tuple[str, Raw | Bad]], today: dt.date) -> list[Article | Rejected]:
    """Judge many records, each with the origin it comes from, at a fraction of the price of one after the other."""
    readable = [raw for _, raw in records if isinstance(raw, Raw)]
    fine = sound([raw.values.get(name, "") for name in ("title", "text") for raw in readable])
    both = map(all, zip(fine[: len(readable)], fine[len(readable) :], strict=True))
    return [
        Rejected(origin, raw.record, raw.reason, _sample(raw.sample))
        if isinstance(raw, Bad)
        else _judge(raw, origin, today, fine=next(both))
        for origin, raw in records
    ]


def _judge(raw: Raw, origin: str, today: dt.date, *, fine: bool) -> Article | Rejected:
    values = {name: value for name, value in raw.values.items() if value and not value.isspace()}
    written_title, written_text = values.get("title", ""), values.get("text", "")
    cleaned = clean_article(written_title, written_text, sound=fine)
    fault = _fault(cleaned.title, cleaned.text, printed=fine)
    if fault:
        return Rejected(origin, raw.record, fault, _sample(written_title + "\n" + written_text))
    when = read_date(values.get("date", ""), today)
    flags = dict.fromkeys((*raw.flags, *cleaned.flags, *filter(None, [when.flag])))
    original = raw.original if raw.original is not None else written_text
    url = " ".join(values.get("url", "").split())
    named = values.get("outlet", "")
    outlet = (_outlet(named) if len(named) < SAMPLE else _line(named)) or _host(url)
    published = when.period.start if when.period else None
    title, text = cleaned.title, cleaned.text
    return Article(
        id=_line(values.get("id", "")) or _named(url, outlet, published, title, text),
        published=published,
        precision=when.period.precision if when.period else None,
        outlet=outlet,
        language=_language(values.get("language", "")[:SAMPLE]) or detect(title, text),
        title=title,
        text=text,
        url=url,
        origin=f"{origin}#{raw.record}" if raw.record else origin,
        original=original if original != text else None,
        flags=tuple(flags),
    )


def _fault(title: str, text: str, *, printed: bool) -> str:
    """Why this is no article, or "". `printed` says that there is no character in it that is not."""
    if not _LETTER.search(title) and not _LETTER.search(text):
        return "neither title nor text has a word in it"
    if len(text) > MOST:
        return f"longer than {MOST:,} characters: several articles in one record?"
    if _FAILED_PAGE.fullmatch(text or title) or (_FAILED_PAGE.fullmatch(title) and len(text) < SAMPLE):
        return "an error page, not an article"
    if printed:
        return ""
    head = (title + text)[:10_000]
    solid = head.replace("\n", "").replace("\t", "").replace("\ufffd", "\0")
    odd = 0 if solid.isprintable() else sum(not c.isprintable() for c in solid)
    return "not readable as text" if odd > len(head) / 50 else ""


def _named(url: str, outlet: str, published: dt.date | None, title: str, text: str) -> str:
    """An id for an article that has none: a digest of its address, or of what it says, the same on every reading."""
    key = normal_url(url) or "\n".join((outlet, str(published or ""), title, text))
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _line(text: str) -> str:
    """A name as it is kept: mended, on one line."""
    return " ".join(clean(text).split())


_outlet = lru_cache(maxsize=1 << 12)(_line)  # a file names the same few outlets again and again


def normal_url(url: str) -> str:
    """An address without what differs between links to one page: scheme, www, tracking parameters, fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return ""
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)])
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' + query if query else ''}"


def _host(url: str) -> str:
    return normal_url(url).partition("/")[0]


@lru_cache(maxsize=1 << 10)
def _language(given: str) -> str:
    """The ISO 639-1 code of a language named by code or by name; "" for anything else."""
    word = fold(given).strip()
    code = re.split(r"[-_ ]", word)[0]
    return _LANGUAGES.get(word) or _LANGUAGES.get(code) or (code if _CODE.match(code) else "")


def _sample(text: str) -> str:
    return " ".join(text.split())[:SAMPLE]
