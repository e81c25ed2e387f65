"""The strategy map as a figure."""

from __future__ import annotations

import re

import pytest

from crmplan.figures import FigureStyle, is_readable, raster
from crmplan.figures.strategy_map import MapBand, MapBox, draw_strategy_map
from crmplan.figures.style import Language

BANDS = (MapBand("process", "Process"), MapBand("customer", "Customer", "Level 2"))
BOXES = (
    MapBox("dependable", "process", "Dependable service", "behind", "behind"),
    MapBox("fast", "process", "Fast service"),
    MapBox("loyal", "customer", "Customers stay", "reached", "reached"),
)
LINKS = (("dependable", "loyal"), ("fast", "loyal"), ("fast", "dependable"))


def corners(svg: str, name: str) -> tuple[float, float]:
    """Where the box with this id begins."""
    found = re.search(rf'data-id="{name}">.*?<rect x="([\d.]+)" y="([\d.]+)"', svg)
    assert found
    return float(found[1]), float(found[2])


def test_causes_stand_below_their_effects() -> None:
    svg = draw_strategy_map(BANDS, BOXES, LINKS, title="Map", style=FigureStyle("en")).svg

    assert corners(svg, "loyal")[1] < corners(svg, "dependable")[1]


@pytest.mark.parametrize(("language", "is_left"), [("en", True), ("zh", True), ("fa", False)])
def test_the_first_objective_stands_where_reading_begins(language: Language, is_left: bool) -> None:
    svg = draw_strategy_map(BANDS, BOXES, LINKS, title="Map", style=FigureStyle(language)).svg

    assert (corners(svg, "dependable")[0] < corners(svg, "fast")[0]) == is_left


def test_the_description_says_what_stands_where_and_what_causes_what() -> None:
    found = draw_strategy_map(BANDS, BOXES, LINKS[:1], title="Map", style=FigureStyle("en"))

    assert found.description == (
        "Customer: Customers stay (reached). "
        "Process: Dependable service (behind), Fast service. "
        "Dependable service → Customers stay."
    )


@pytest.mark.parametrize("count", [1, 5, 6, 23])
@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_many_objectives_with_long_names_stay_readable(count: int, language: Language) -> None:
    boxes = [
        MapBox(
            f"b{n}", BANDS[n % 2].id, f"Objective {n} " + "with a long name " * 6, "begun", "n" * 60
        )
        for n in range(count)
    ]
    links = [(f"b{n}", f"b{n + 1}") for n in range(count - 1)]

    found = draw_strategy_map(BANDS, boxes, links, title="Map", style=FigureStyle(language))

    assert is_readable(found)
    assert raster(found, width_cm=8)[:4] == b"\x89PNG"


def test_a_band_without_objectives_is_drawn_empty() -> None:
    found = draw_strategy_map(BANDS, BOXES[:1], (), title="Map", style=FigureStyle("en"))

    assert found.description == "Customer. Process: Dependable service (behind)."
