"""The laws of `analytics.sources.decode`: the text that the bytes prove, or an error that says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.sources.decode import UndecodableError, decode, undo_mojibake

AZERBAIJANI = "Bakıda gözlənilən görüş keçirildi, nazir şərtləri açıqladı. " * 12
RUSSIAN = "В Баку прошла встреча министров, стороны обсудили поставки газа и транспорт. " * 12
TURKISH = (
    "Ankara'da yapılan toplantıda bakanlar ulaştırma koridorunu görüştü. Görüşmede iki ülke arasındaki ticaret "
    "hacminin geçen yıla göre arttığı, yeni sınır kapılarının ise önümüzdeki aylarda açılacağı bildirildi. Heyet "
    "üyeleri öğleden sonra İzmir'e geçerek limandaki çalışmaları yerinde inceledi ve işçilerle söyleşti. "
) * 4
KAZAKH = "Астанада министрлер кездесіп, көлік дәлізі мен газ жеткізуді талқылады. " * 12
letters = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff"))
REFUSED = "refused: "


def outcome(data: bytes) -> str:
    """The text, or the words with which it was refused."""
    try:
        return decode(data)
    except UndecodableError as error:
        return f"{REFUSED}{error}"


@given(letters)
def test_utf_8_comes_back_as_it_went(text: str) -> None:
    """A text written as UTF-8 is read back letter for letter, whatever it holds."""
    assert decode(text.encode("utf-8")) == text


@given(letters, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_is_believed(text: str, encoding: str) -> None:
    """Bytes that begin with a mark are what the mark says."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [AZERBAIJANI, RUSSIAN, TURKISH, KAZAKH])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_or_refused(text: str, encoding: str) -> None:
    """Wide text without a mark is read as it is or not at all; Cyrillic has too few zeros to prove anything."""
    read = outcome(text.encode(encoding))
    assert read == text or read.startswith(REFUSED)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"), (RUSSIAN, "iso-8859-5"), (TURKISH, "cp1254")],
)
def test_older_encodings_are_read_rightly_or_refused(text: str, encoding: str) -> None:
    """Never a wrong letter: the text is exactly what was written, or the reader says that it cannot tell."""
    read = outcome(text.encode(encoding))
    assert read == text or (read.startswith(REFUSED) and "UTF-8" in read)


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (TURKISH, "cp1254")])
def test_a_page_of_the_nineties_is_read(text: str, encoding: str) -> None:
    """The encodings that most old Russian and Turkish files have are not refused."""
    assert decode(text.encode(encoding)) == text


def test_a_declaration_speaks_when_the_bytes_are_not_utf_8() -> None:
    """A page that says its encoding is read in it."""
    page = f'<meta charset="windows-1251"><p>{RUSSIAN}</p>'
    assert decode(page.encode("cp1251"), declared=True) == page


def test_a_wrong_declaration_does_not_harm_utf_8() -> None:
    """Bytes that are UTF-8 are read as UTF-8, whatever the page says of itself."""
    page = f'<meta charset="windows-1251"><p>{RUSSIAN}</p>'
    assert decode(page.encode("utf-8"), declared=True) == page


def test_an_unknown_declaration_is_passed_over() -> None:
    """An encoding that nobody knows is no reason to give up."""
    page = f'<meta charset="x-nonsense-9"><p>{RUSSIAN}</p>'
    assert decode(page.encode("cp1251"), declared=True) == page


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x00\x01\x02\x03" * 500,
        b"\xff\xfe\x00",
        "я".encode("cp1251") * 3,
        b"\xff\xfe\x00\xd8\x41\x00",
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes) -> None:
    """Binary data, a cut wide text, three bytes that may be anything: an error with words, no guess."""
    with pytest.raises(UndecodableError, match=r"\w{3}"):
        decode(data)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_the_one_error(data: bytes) -> None:
    """There is no third way out: no other exception leaves the decoder."""
    assert outcome(data) != REFUSED


@pytest.mark.parametrize("text", [AZERBAIJANI, RUSSIAN, TURKISH, KAZAKH, "naïve café", "Ã", "Тест", "РЖД и СССР"])
def test_sound_text_is_not_mended(text: str) -> None:
    """A text that is not broken stays as it is."""
    assert undo_mojibake(text) == text


@pytest.mark.parametrize("text", [AZERBAIJANI, RUSSIAN, TURKISH, KAZAKH])
@pytest.mark.parametrize("wrong", ["cp1251", "cp1252", "cp1254", "latin-1"])
def test_a_wrong_decoding_is_undone(text: str, wrong: str) -> None:
    """UTF-8 that somebody read in another encoding is put right, where that encoding lost nothing."""
    try:
        broken = text.encode("utf-8").decode(wrong)
    except UnicodeDecodeError:
        pytest.skip(f"{wrong} loses letters of this text")
    assert undo_mojibake(broken) == text


@given(st.text())
def test_mending_never_fails(text: str) -> None:
    """Any text may be asked about; what comes back is text."""
    assert isinstance(undo_mojibake(text), str)
