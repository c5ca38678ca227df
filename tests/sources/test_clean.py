"""The laws of `analytics.sources.clean`: the page's own lines go, the article stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.sources.clean import LINE, clean_article


@pytest.mark.parametrize(
    "line",
    [
        "You must enable JavaScript to see this page",
        "Please enable JavaScript",
        "JavaScript is required",
        "Oxunub: 1 204",
        "Просмотров: 88",
        "Paylaş",
        "Поделиться",
        "Abunə ol",
        "Digər xəbərlər",
        "Читайте также:",
        "İlgili haberler",
        "Bütün hüquqlar qorunur",
        "© 2022 Nümunə Media",
        "Reklam",
        "Принять все cookie",
        "Tüm hakları saklıdır.",
    ],
)
def test_lines_of_the_page_are_known(line: str) -> None:
    """Buttons, counters, notices and rights of five languages are no sentences of an article."""
    for written in (line, f"  {line}  "):
        assert clean_article("", f"Körpü açıldı.\n\n{written}").text == "Körpü açıldı."


@pytest.mark.parametrize(
    "line",
    [
        "Reklam bazarı bu il on faiz böyüyüb.",
        "Share prices fell in Istanbul on Monday."[6:],
        "Printing houses moved to the suburbs.",
        "Просмотр фильма начался в семь часов.",
        "Bu sayt haqqında nazir danışdı.",
        "",
    ],
)
def test_sentences_that_begin_alike_are_kept(line: str) -> None:
    """A line goes only when the whole of it is the page's."""
    assert clean_article("", f"Körpü açıldı.\n\n{line}").text == f"Körpü açıldı.\n\n{line}".rstrip()


def test_a_long_line_is_a_sentence() -> None:
    """Whatever it says, a line longer than a button was written by somebody."""
    line = ("You must enable JavaScript " + "because we say so " * (LINE // 10)).rstrip()
    assert clean_article("", f"Körpü açıldı.\n\n{line}").text.endswith(line)


def test_the_javascript_tail_goes_and_the_flag_says_so() -> None:
    """A scraper's last line leaves, the text before it does not change."""
    cleaned = clean_article("Yeni körpü", "Körpü açıldı.\n\nYou must enable JavaScript to comment")
    assert (cleaned.text, cleaned.flags) == ("Körpü açıldı.", ("boilerplate-removed",))


def test_paragraphs_are_kept() -> None:
    """Blank lines stay one blank line each, single breaks stay, spaces are one."""
    cleaned = clean_article("", "Birinci  abzas.\nDavamı.\n\n\n \nİkinci abzas.\t Son.  ")
    assert cleaned.text == "Birinci abzas.\nDavamı.\n\nİkinci abzas. Son."


@pytest.mark.parametrize(
    "first", ["Yeni körpü açıldı", "YENİ KÖRPÜ AÇILDI", "Yeni  körpü açıldı.", "Yeni körpü açıldı…"]
)
def test_a_title_that_is_also_the_first_line_stands_once(first: str) -> None:
    """The same words in the same order are one title: what is counted is counted once."""
    cleaned = clean_article("Yeni körpü açıldı", f"{first}\n\nSürücülər gözləyirdi.")
    assert (cleaned.title, cleaned.text) == ("Yeni körpü açıldı", "Sürücülər gözləyirdi.")


def test_a_first_line_that_says_more_than_the_title_stays() -> None:
    """A sentence that begins with the title is a sentence."""
    text = "Yeni körpü açıldı və yol qısaldı.\nSürücülər gözləyirdi."
    assert clean_article("Yeni körpü açıldı", text).text == text


def test_a_sound_article_is_not_touched() -> None:
    """Nothing done, nothing flagged."""
    cleaned = clean_article("Yeni körpü", "Körpü açıldı.\n\nYol qısaldı.")
    assert (cleaned.title, cleaned.text, cleaned.flags) == ("Yeni körpü", "Körpü açıldı.\n\nYol qısaldı.", ())


def test_hidden_characters_go_and_the_flag_says_so() -> None:
    """Soft hyphens and zero-width spaces inside words are no letters."""
    cleaned = clean_article("", "Kör\u00adpü\u200b açıldı.")
    assert (cleaned.text, cleaned.flags) == ("Körpü açıldı.", ("normalised",))


def test_windows_line_ends_are_no_change() -> None:
    """How a file ends its lines is not worth a flag."""
    assert clean_article("", "Bir.\r\n\r\nİki.").flags == ()
    assert clean_article("", "Bir.\r\n\r\nİki.").text == "Bir.\n\nİki."


@given(st.text(alphabet="aəBİ \n\t\r.…\u00ad\u200b0Р\u00a0"), st.text(alphabet="aəBİ \n.…\u200b"))
def test_cleaning_adds_no_line(text: str, title: str) -> None:
    """No run of blank lines, no space at an end, no line break in a title, and never a failure."""
    cleaned = clean_article(title, text)
    assert "\n\n\n" not in cleaned.text
    assert cleaned.text == cleaned.text.strip()
    assert "\n" not in cleaned.title
