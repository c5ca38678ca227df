"""The laws of colours: one for each id on a page, none twice in a chart, and all told apart by any eye."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import charts
from analytics.charts.theme import GREY, PALETTE, dashes
from analytics.cube import NO_TOPIC, OTHER

IDS = st.lists(st.text(max_size=4).filter(lambda i: i not in {OTHER, NO_TOPIC}), unique=True, max_size=20)


@given(IDS, st.randoms())
def test_no_colour_is_there_twice_in_a_chart(ids: list[str], random: Any) -> None:
    """The first eight have a colour each, whatever their order; further ones, the rest and none are grey."""
    found = charts.colours(ids)
    coloured = [found[i] for i in ids[: len(PALETTE)]]
    assert len(set(coloured) & set(PALETTE)) == len(coloured)
    assert {found[i] for i in [*ids[len(PALETTE) :], OTHER, NO_TOPIC]} == {GREY}
    assert {i for i, dash in dashes(found).items() if dash == "solid"} == set(ids[: len(PALETTE)])
    shuffled = ids[: len(PALETTE)]
    random.shuffle(shuffled)
    assert charts.colours([*shuffled, *ids[len(PALETTE) :]]) == found


@given(IDS, IDS)
def test_an_id_has_one_colour_on_a_page(above: list[str], below: list[str]) -> None:
    """Whoever had a colour or none in the chart above has it below; others take what is free."""
    page = charts.colours(above)
    found = charts.colours(below, page)
    assert {i: found[i] for i in below if i in page} == {i: page[i] for i in below if i in page}
    new = [found[i] for i in below if i not in page]
    coloured = [hue for hue in new if hue != GREY]
    assert len(set(coloured)) == len(coloured) == min(len(new), len(set(PALETTE) - set(page.values())))
    assert not set(coloured) & set(page.values())


def test_kinds_share_the_palette() -> None:
    """Eight officials have a colour each below eight countries; in one chart no colour is there twice all the same."""
    countries, officials = [f"C{n}" for n in range(8)], [f"o{n}" for n in range(8)]
    page = charts.colours(countries, kind=lambda i: i[0])
    assert {charts.colours(officials, page, lambda i: i[0])[i] for i in officials} == set(PALETTE)
    mixed = charts.colours([*countries[:5], *officials], page, lambda i: i[0])
    coloured = [mixed[i] for i in [*countries[:5], *officials] if mixed[i] != GREY]
    assert len(coloured) == len(set(coloured)) == len(PALETTE)


def test_a_topic_keeps_its_colour_below_countries() -> None:
    """The overview draws a topic as its own page does, though a country there may have that colour."""
    countries = [f"C{n}" for n in range(8)]
    page = charts.colours(countries, kind=lambda i: i[0])
    assert charts.colours(["diaspora"], page, lambda i: i[0])["diaspora"] == charts.colours(["diaspora"])["diaspora"]


def test_an_id_alone_has_the_same_colour_in_every_chart() -> None:
    """Kazakhstan keeps its colour when Azerbaijan joins it, unless both name the same place."""
    assert charts.colours(["KZ"])["KZ"] == charts.colours(["KZ", "AZ"])["KZ"]


# Linear RGB as seen with full colour vision, deuteranopia and protanopia (Machado, Oliveira and Fernandes 2009, 1.0).
EYES = {
    "full": np.eye(3),
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
}
TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]


def seen(colour: str, eye: str) -> Any:
    """A colour in CIELAB (D65), as this eye sees it."""
    raw = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(raw <= 0.04045, raw / 12.92, ((raw + 0.055) / 1.055) ** 2.4)
    xyz = np.array(TO_XYZ) @ np.clip(np.array(EYES[eye]) @ linear, 0, 1) / [0.95047, 1, 1.08883]
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("eye", EYES)
def test_the_palette_is_told_apart(eye: str) -> None:
    """No two colours lie closer than 17 units of CIELAB, to readers with red-green blindness either."""
    assert min(np.linalg.norm(seen(a, eye) - seen(b, eye)) for a, b in combinations(PALETTE, 2)) > 17
