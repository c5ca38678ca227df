"""The box in which names are chosen: by any spelling, by mouse and by keys, and it says what the filters say."""

import re

import pytest
from conftest import Visit
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
BOX = ".st-key-pick-entities"
NAMES = b'"key":"entities"'  # of the message with all names


def found(page: Page, typed: str) -> Locator:
    """The choices that are offered for what is typed."""
    page.locator(f"{BOX} input").click()
    page.locator(f"{BOX} input").fill(typed)
    return page.get_by_role("option")


def tags(page: Page) -> Locator:
    """What is chosen, as the box shows it."""
    return page.locator(f"{BOX} .tag span")


@pytest.mark.parametrize("language", ["az", "en"])
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("turkiye", ("Türkiyə · ölkə", "Türkiye · country")),
        ("TÜRKİYE", ("Türkiyə · ölkə", "Türkiye · country")),
        ("Turkey", ("Türkiyə · ölkə", "Türkiye · country")),
        ("Турция", ("Türkiyə · ölkə", "Türkiye · country")),
        ("qazax", ("Qazaxıstan · ölkə", "Kazakhstan · country")),
        ("ҚАЗАҚСТАН", ("Qazaxıstan · ölkə", "Kazakhstan · country")),
        ("ilham eliyev", ("İlham Əliyev · rəsmi şəxs", "Ilham Aliyev · official")),
        ("İLHAM", ("İlham Əliyev · rəsmi şəxs", "Ilham Aliyev · official")),
        ("ILHAM ALI", ("İlham Əliyev · rəsmi şəxs", "Ilham Aliyev · official")),
        ("Алиев", ("İlham Əliyev · rəsmi şəxs", "Ilham Aliyev · official")),
    ],
)
def test_a_name_is_found_by_any_spelling(visit: Visit, language: str, typed: str, names: tuple[str, str]) -> None:
    """Without its letters, in capitals of any language, in another language, by the beginnings of its words."""
    page = visit.go(f"mentions?lang={language}")
    wanted = names[language == "en"]
    expect(found(page, typed).filter(has_text=re.compile(f"^{wanted}$"))).to_have_count(1)


def test_the_most_mentioned_come_first(visit: Visit) -> None:
    """Of two who answer alike, the one of whom more is written; what only has the letters inside comes after both."""
    page = visit.go("mentions?lang=az")
    assert found(page, "eliyev").all_inner_texts()[0] == "İlham Əliyev · rəsmi şəxs"


def test_what_is_not_there_is_said(visit: Visit) -> None:
    """No empty list."""
    page = visit.go("mentions?lang=en")
    expect(found(page, "qwertz")).to_have_count(0)
    expect(page.locator(f"{BOX} .nothing")).to_have_text("No name like this.")


def test_names_are_chosen_and_taken_away(visit: Visit) -> None:
    """By mouse, one by one, all at once, and by the button that clears all filters; the address follows."""
    page = visit.go("mentions?lang=en")
    for name, code in (("Kazakhstan", "KZ"), ("Uzbekistan", "UZ")):
        found(page, name).first.click()
        page.wait_for_url(re.compile(f"entities={code}"))
    expect(tags(page)).to_have_text(["Kazakhstan · country", "Uzbekistan · country"])
    expect(found(page, "Kazakhstan").filter(has_text="Kazakhstan · country")).to_have_count(0)  # it is chosen already
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Kazakhstan · country: remove").click()
    expect(page).not_to_have_url(re.compile("entities=KZ"))
    expect(tags(page)).to_have_text(["Uzbekistan · country"])
    page.locator(BOX).get_by_role("button", name="Remove all").click()
    expect(page).not_to_have_url(re.compile("entities="))
    found(page, "turkiye").first.click()
    page.wait_for_url(re.compile("entities=TR"))
    page.get_by_role("button", name="Clear all filters").click()
    expect(page).not_to_have_url(re.compile("entities="))
    expect(tags(page)).to_have_count(0)


def test_names_are_chosen_by_keys(visit: Visit) -> None:
    """Down and Enter choose, Backspace takes the last one away, Escape closes and forgets what was typed."""
    page = visit.go("mentions?lang=en")
    second = found(page, "a").nth(1).inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(tags(page)).to_have_text([second])
    page.wait_for_url(re.compile("entities="))
    page.keyboard.press("Backspace")
    expect(tags(page)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("entities="))
    page.keyboard.type("xyz")
    page.keyboard.press("Escape")
    expect(page.locator(f"{BOX} input")).to_have_value("")
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_choice_stays_when_the_page_is_drawn_anew(visit: Visit) -> None:
    """Another language and another page show what was chosen before, under its name there."""
    page = visit.go("mentions?lang=en")
    found(page, "Kazakhstan").first.click()
    page.wait_for_url(re.compile("entities=KZ"))
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="Azərbaycanca").or_(page.get_by_role("button", name="Azərbaycanca")).first.click()
    expect(tags(page)).to_have_text(["Qazaxıstan · ölkə"])
    page.get_by_role("link", name="Hadisələr").first.click()
    expect(page.locator("h1").first).to_have_text("Hadisələr")
    visit.settle()
    expect(tags(page)).to_have_text(["Qazaxıstan · ölkə"])


def test_an_address_chooses_and_its_opening_is_no_memory(visit: Visit) -> None:
    """What a link says is chosen; another link in the same tab says something else."""
    page = visit.go("mentions?lang=en&entities=KZ")
    expect(tags(page)).to_have_text(["Kazakhstan · country"])
    page = visit.go("mentions?lang=en&entities=TR")
    expect(tags(page)).to_have_text(["Türkiye · country"])


def test_names_are_sent_to_a_browser_once(visit: Visit) -> None:
    """Choosing one, and going to another page, sends none of the others again."""
    sent: list[str] = []
    visit.page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: sent.append("names" if NAMES in frame else "")),
    )
    page = visit.go("mentions?lang=en")
    assert sent.count("names") == 1
    before = len(sent)
    found(page, "Kazakhstan").first.click()
    page.wait_for_url(re.compile("entities=KZ"))
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Topics").first.click()
    expect(page.locator("h1").first).to_have_text("Topics over time")
    visit.settle()
    assert len(sent) > before
    assert sent.count("names") == 1


def test_all_names_can_be_scrolled_to(visit: Visit) -> None:
    """A long list is drawn piece by piece, as far as it is looked at: the last is an organisation."""
    page = visit.go("mentions?lang=en")
    options = found(page, "")
    before = options.count()
    for _ in range(20):
        options.last.scroll_into_view_if_needed()
    assert options.count() >= before > 0
    assert options.last.inner_text().endswith("· organisation")


def test_one_name_is_looked_up(visit: Visit) -> None:
    """On the page of names a choice takes the place of the one before, and the address says which."""
    page = visit.go("gazetteer?lang=en")
    box = page.locator(".st-key-pick-look-up input")
    for typed, code in (("Nursultan Naz", "name=nursultan-nazarbayev"), ("Turkey", "name=TR")):
        box.click()
        box.fill(typed)
        page.get_by_role("option").first.click()
        page.wait_for_url(re.compile(code))
    expect(page.locator(".st-key-pick-look-up .tag")).to_have_count(1)
    page.get_by_role("button", name="Türkiye · country: remove").click()
    expect(page).not_to_have_url(re.compile("name="))


def test_a_name_looked_up_before_does_not_come_back(visit: Visit) -> None:
    """Whoever leaves the page of names and comes again finds it as its address says: without a name."""
    page = visit.go("gazetteer?lang=en&name=TR")
    tag = page.locator(".st-key-pick-look-up .tag")
    expect(tag).to_have_count(1)
    page.get_by_role("link", name="Corpus").first.click()
    expect(page.locator("h1").first).to_have_text("Corpus")
    visit.settle()
    expect(page).not_to_have_url(re.compile("name="))
    page.get_by_role("link", name="Names").first.click()
    expect(page.locator("h1").first).to_have_text("Names")
    visit.settle()
    expect(tag).to_have_count(0)
    expect(page).not_to_have_url(re.compile("name="))
