"""The laws of `analytics.text.language`."""

import pytest

from analytics.text.language import detect


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("az", "Nazir bildirib ki, yeni məktəb payızda açılacaq."),
        ("az", "Prezidentler yeni yol ucun razilasdi ve muqavile imzaladi, sonra ise bayram olub."),
        ("tr", "Bakan, yeni okulun sonbaharda açılacağını söyledi ve bu karar için teşekkür etti."),
        ("ru", "Министр сообщил, что новая школа будет открыта осенью."),
        ("en", "The minister said that the new school will open in the autumn."),
        ("kk", "Министр қалада жаңа мектеп ашылады деп айтты."),
        ("kk", "Qazaqstan men Ázerbaıjan arasynda jańa jol ashyldy"),
        ("kk", "Көктемнің күндері жылынды"),
        ("ky", "Министр жаңы мектеп күзүндө ачылат деди."),
        ("uz", "Вазир янги мактаб ўқувчилар учун кузда очилишини айтди."),
        ("uk", "Міністр сказав, що нова школа відкриється восени, її вже збудували."),
        ("pt", "O ministro disse que a nova escola abrirá no outono e que as crianças estão felizes."),
        ("es", "El ministro dijo que la nueva escuela abrirá en otoño y que los alumnos están contentos."),
        ("de", "Der Minister sagte, dass die neue Schule im Herbst öffnen werde."),
    ],
)
def test_an_article_is_told_by_its_own_words(language: str, text: str) -> None:
    """The five languages with a grammar, Azerbaijani without diacritics, and languages we only keep."""
    assert detect("", text) == language


@pytest.mark.parametrize("text", ["", "2020", "— 5 % —", "!"])
def test_no_words_is_no_language(text: str) -> None:
    """Where there is nothing to read, nothing is claimed."""
    assert detect("", text) == ""


def test_a_headline_helps() -> None:
    """The title is read together with the text."""
    assert detect("Yeni məktəb üçün şəhərdə yer ayrılıb", "7 A, 9 B") == "az"
