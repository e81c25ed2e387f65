from __future__ import annotations

from itertools import combinations

import pytest
from figure_plans import ENGLISH, texts
from hypothesis import given
from hypothesis import strategies as st

from crmplan.figures import FigureStyle, HeatCell, HeatLabels, HeatRow, draw_heat_map, is_readable
from crmplan.figures.palette import CATEGORIES, contrast, sequence_colour, text_colour_on

LABELS = HeatLabels("Levels", "no value")


def test_every_value_is_printed() -> None:
    rows = (HeatRow("Service", (HeatCell(2.5, "2.5"), HeatCell(4.1, "4.1"))),)

    figure = draw_heat_map(rows, ("Sales", "IT"), labels=LABELS, style=ENGLISH)

    assert {"Service", "Sales", "IT", "2.5", "4.1"} <= set(texts(figure.svg))


def test_a_missing_value_is_a_dash_and_said_in_the_description() -> None:
    rows = (HeatRow("Service", (HeatCell(None),)),)

    figure = draw_heat_map(rows, ("Sales",), labels=LABELS, style=ENGLISH)

    assert "–" in texts(figure.svg)
    assert figure.description == "Service: Sales no value"


def test_the_scale_uses_the_digits_of_the_language() -> None:
    style = FigureStyle("fa", digits=lambda text: text.translate(str.maketrans("012345", "۰۱۲۳۴۵")))

    figure = draw_heat_map((), (), labels=LABELS, style=style)

    assert any("۵" in text for text in texts(figure.svg))


@pytest.mark.parametrize("columns", [1, 5, 12])
def test_letters_stay_readable(columns: int) -> None:
    cells = tuple(HeatCell(3, "3.0") for _ in range(columns))
    rows = tuple(HeatRow("Customer acquisition and proposition", cells) for _ in range(12))

    figure = draw_heat_map(rows, ("Customer service",) * columns, labels=LABELS, style=ENGLISH)

    assert is_readable(figure)


@given(st.floats(0, 1))
def test_numbers_stand_out_on_every_colour(share: float) -> None:
    colour = sequence_colour(share)

    assert contrast(text_colour_on(colour), colour) >= 4.5


def test_colours_of_categories_stand_out_on_paper_and_differ() -> None:
    assert all(contrast(colour, "#FFFFFF") >= 3 for colour in CATEGORIES)
    assert all(one != two for one, two in combinations(CATEGORIES, 2))


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
