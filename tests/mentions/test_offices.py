"""The office that somebody is shown with: the one that is said, else the one of the day."""

import datetime as dt

import pyarrow as pa
import pytest

from analytics import gazetteer, mentions
from analytics.text.letters import clean
from analytics.text.words import Words

KNOWN = gazetteer.load()
SUMMER = dt.date(2022, 6, 1)


def offices(text: str, language: str, day: dt.date | None = SUMMER) -> list[tuple[str, str]]:
    """The officials of one text as they are written, each with the office."""
    articles = pa.table(
        {"id": ["a"], "published": pa.array([day], pa.date32()), "precision": ["day"], "language": [language]}
        | {"title": [""], "text": [clean(text)]}
    )
    found = mentions.find(articles, Words.of(articles), KNOWN).to_pylist()
    return [(m["surface"], m["role"]) for m in found if m["kind"] == "official"]


@pytest.mark.parametrize(
    ("text", "language", "day", "office"),
    [
        ("İlham Əliyev sərgini gəzib.", "az", None, "prezident (Azərbaycan)"),
        ("Вчера президент России Владимир Путин молчал.", "ru", None, "президент (Россия)"),
        ("Başbakan Yardımcısı Ali Babacan sustu.", "tr", None, "başbakan yardımcısı (Türkiye)"),
        ("Dışişleri Bakanı Ali Babacan sustu.", "tr", None, "dışişleri bakanı (Türkiye)"),
        ("Başbakan Recep Tayyip Erdoğan sustu.", "tr", SUMMER, "başbakan (Türkiye)"),
        ("Recep Tayyip Erdoğan sustu.", "tr", SUMMER, "cumhurbaşkanı (Türkiye)"),
        ("Recep Tayyip Erdoğan sustu.", "tr", dt.date(2005, 5, 1), "başbakan (Türkiye)"),
        ("Vladimir Putin was silent.", "en", dt.date(2010, 5, 1), "prime minister (Russia)"),
        ("Boris Johnson was silent.", "en", dt.date(2024, 5, 1), "prime minister (United Kingdom)"),
        ("Donald Trump bought a hotel.", "en", dt.date(2011, 5, 1), ""),
    ],
)
def test_a_known_official_has_the_office_that_is_said_else_that_of_the_day(
    text: str, language: str, day: dt.date | None, office: str
) -> None:
    """Said beside the name; else held on the day, or now; else the last before; never one of the future."""
    assert [role for _, role in offices(text, language, day)] == [office]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ABD Başkanı Orhan Dağkapılı sustu.", [("Orhan Dağkapılı", "cumhurbaşkanı (ABD)")]),
        ("Amerikan Başkanı Orhan Dağkapılı sustu.", [("Orhan Dağkapılı", "cumhurbaşkanı")]),
        ("Başkan Trump sustu.", []),
        ("Eski Başkan Donald Trump sustu.", [("Donald Trump", "cumhurbaşkanı (ABD)")]),
        ("Belediye Başkan Yardımcısı Orhan Dağkapılı sustu.", [("Orhan Dağkapılı", "başkan yardımcısı")]),
        ("Rekabet Kurumu Başkanı Orhan Dağkapılı sustu.", [("Orhan Dağkapılı", "başkan")]),
        ("İl Seçim Kurulu Başkanı Orhan Dağkapılı sustu.", [("Orhan Dağkapılı", "başkan")]),
        ("Denizspor Başkanı Orhan Dağkapılı sustu.", []),
        ("Belediye sustu, Denizspor Başkanı Orhan Dağkapılı da.", []),
        ("Demir Holding Yönetim Kurulu Başkanı Orhan Dağkapılı sustu.", []),
        ("Demirtaş İcra Kurulu Başkanı Orhan Dağkapılı sustu.", []),
        ("Bursa Ticaret Odası Başkanı Orhan Dağkapılı sustu.", []),
        ("Toplantıda Demirtel Türkiye Başkanı Orhan Dağkapılı sustu.", []),
    ],
)
def test_a_turkish_baskan_leads_a_state_only_behind_its_name(text: str, found: list[tuple[str, str]]) -> None:
    """Elsewhere it is the chair of a body, and an official's only where the body is public."""
    assert offices(text, "tr", dt.date(2023, 6, 1)) == found


def test_a_baskan_by_surname_is_the_head_of_state_of_the_day() -> None:
    """Only who leads a state is known by the word and a surname."""
    assert offices("Başkan Biden sustu.", "tr") == [("Biden", "cumhurbaşkanı (ABD)")]


@pytest.mark.parametrize(
    ("language", "text", "office"),
    [
        ("ru", "Вчера заместитель министра обороны Иван Долинов молчал.", "заместитель министра"),
        ("ru", "Вчера вице-министр обороны Иван Долинов молчал.", "заместитель министра"),
        ("ru", "Вчера вице-губернатор Иван Долинов молчал.", "заместитель главы"),
        ("ru", "Вчера заместителя генерального прокурора Ивана Долинова не было.", "заместитель главы"),
        ("ru", "Вчера помощник министра обороны Иван Долинов молчал.", None),
        ("ru", "Вчера кандидат на пост президента Иван Долинов молчал.", None),
        ("en", "The Deputy Defence Minister Alan Foster was silent.", "deputy minister"),
        ("en", "The Assistant Attorney General Alan Foster was silent.", "deputy head"),
        ("en", "The shadow home secretary Alan Foster was silent.", None),
        ("en", "The candidate for governor Alan Foster was silent.", None),
        ("en", "The court sat under President Alan Foster.", "president"),
        ("az", "Baş prokurorun müavini Sadıq Dənizli susub.", "rəis müavini"),
        ("az", "Sadıq Dənizli, baş prokurorun müavini, susub.", "rəis müavini"),
        ("az", "Sadıq Dənizli, prezident namizədi, susub.", None),
        ("az", "Müdafiə nazirinin müavini Sadıq Dənizli susub.", "nazirin müavini"),
        ("tr", "Başbakan Yardımcısı Orhan Dağkapılı sustu.", "başbakan yardımcısı"),
        ("tr", "Vali Yardımcısı Orhan Dağkapılı sustu.", "başkan yardımcısı"),
        ("tr", "Milletvekili Adayı Orhan Dağkapılı sustu.", None),
        ("kk", "Қорғаныс министрінің орынбасары Орхан Тауов айтты.", "министрдің орынбасары"),
    ],
)
def test_a_deputy_is_a_deputy_and_a_candidate_holds_no_office(language: str, text: str, office: str | None) -> None:
    """An aide, a shadow and a candidate are no officials by the office of another."""
    assert [role for _, role in offices(text, language)] == [office] * (office is not None)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("tr", "Hatice Dağkapılı, İzmir Valisi Orhan Demir sustu.", ["Orhan Demir"]),
        ("tr", "Hatice Dağkapılı, İzmir Vali Yardımcısı Orhan Demir sustu.", ["Orhan Demir"]),
        ("tr", "Hatice Dağkapılı, İzmir Valisi, sustu.", ["Hatice Dağkapılı"]),
        ("tr", "Hatice Dağkapılı, Vali'nin eşi, sustu.", []),
        ("az", "Sadıq Dənizli, ABŞ-ın prezidenti Orxan Dağqapılı susub.", ["Orxan Dağqapılı"]),
        ("az", "Sadıq Dənizli, ABŞ-ın prezidenti, susub.", ["Sadıq Dənizli"]),
        ("az", "Sadıq Dənizli, prezidentin oğlu, susub.", []),
        ("en", "Anna Foster, wife of Vice President Alan Foster, was silent.", ["Alan Foster"]),
        ("en", "Anna Foster, daughter of the president, was silent.", []),
        ("en", "Anna Foster, Foreign Minister Alan West and others were silent.", ["Alan West"]),
        ("en", "Anna Foster, president of Peru, was silent.", ["Anna Foster"]),
        ("en", "Anna Foster, Mayor of New Foxville, was silent.", ["Anna Foster"]),
        ("ru", "Не было их: Иван Долинов, министр обороны Перу Антон Горский.", ["Антон Горский"]),
        ("ru", "Иван Долинов, мэр Восточного Долинска, не молчал.", ["Иван Долинов"]),
        ("ru", "Анна Долинова, жена президента, не молчала.", []),
        ("kk", "Орхан Тауов, Перу президентінің ұлы, бұл туралы айтты.", []),
    ],
)
def test_an_office_behind_a_name_is_not_the_next_ones_nor_a_relatives(
    language: str, text: str, found: list[str]
) -> None:
    """Whoever is named right behind the office holds it, and whose wife or son somebody is makes no official."""
    assert [name for name, _ in offices(text, language)] == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The Foxville spokeswoman Anna Foster was silent.", []),
        ("en", "It was said by Anna Foster, spokeswoman for the show.", []),
        ("en", "It was said by Anna Foster, a spokeswoman for the police.", ["Anna Foster"]),
        ("en", "The Foreign Minister's spokeswoman Anna Foster was silent.", ["Anna Foster"]),
        ("ru", "Вчера пресс-секретарь сети Иван Долинов молчал.", []),
        ("ru", "Вчера вице-президент компании Иван Долинов молчал.", []),
        ("ru", "Вчера пресс-секретарь акима Иван Долинов молчал.", ["Иван Долинов"]),
    ],
)
def test_a_spokesman_speaks_for_a_state_or_is_no_official(language: str, text: str, found: list[str]) -> None:
    """A public body, a state, a known organisation or an office is named beside the word."""
    assert [name for name, _ in offices(text, language)] == found


def test_words_of_two_offices_find_the_holder_of_either() -> None:
    """A surname beside them is known by whichever of the two somebody held on the day."""
    found = offices("Бас хатшы Мамаюсупов бұл туралы айтты.", "kk", dt.date(2018, 2, 1))
    assert found == [("Мамаюсупов", "бас хатшы (ТүркПА)")]


@pytest.mark.parametrize(
    ("text", "language", "office"),
    [
        ("The British defence minister Mary Long has left.", "en", "defence minister (United Kingdom)"),
        ("The British ambassador to Egypt, Mary Long, has left.", "en", "ambassador (United Kingdom)"),
        ("The Spanish foreign secretary Mary Long has left.", "en", "foreign minister (Spain)"),
        ("Their ambassador to Egypt, Mary Long, has left.", "en", "ambassador"),
        ("Sudan waited while the Italian trade minister Mary Long spoke.", "en", "trade minister (Italy)"),
        ("Вчера российский министр спорта Иван Петров уехал.", "ru", "министр спорта (Россия)"),
        ("Вчера японский посол в Чехии Иван Петров уехал.", "ru", "посол (Япония)"),
    ],
)
def test_an_office_is_of_the_people_named_right_before_it(text: str, language: str, office: str) -> None:
    """A nationality beside an office says whose it is, and an ambassador is not of the state that receives him."""
    assert [role for _, role in offices(text, language)] == [office]


@pytest.mark.parametrize(
    ("text", "language", "office"),
    [
        ("Otandastar Fondunun prezidenti Orxan Dağlı susub.", "az", "təşkilatın prezidenti (Otandastar Fondu)"),
        ("Türkiyəyə gələn AFAD-ın rəhbəri Orxan Dağlı susub.", "az", "rəis (AFAD)"),
        ("Azerbaycan'a giden TİKA Başkanı Orhan Dağkapılı sustu.", "tr", "başkan (TİKA)"),
        ("Вчера президент ФИФА Иван Долинов молчал.", "ru", "президент организации (ФИФА)"),
        ("The FBI director Alan Foster was silent in France.", "en", "director (Federal Bureau of Investigation)"),
        ("ASAN xidmət prezident Orxan Dağlını qarşılayıb.", "az", "prezident"),
        ("Baş nazir AFAD-ın yanında Orxan Dağlını dinləyib.", "az", None),
    ],
)
def test_the_head_of_a_body_is_shown_with_the_body(text: str, language: str, office: str | None) -> None:
    """And not with the state that the sentence names; a body's president is no head of state."""
    assert [role for _, role in offices(text, language)] == ([] if office is None else [office])
