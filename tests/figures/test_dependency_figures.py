from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from figure_plans import (
    CHINESE,
    ENGLISH,
    LABELS,
    LANES,
    NAMES,
    PERSIAN,
    SVG,
    boxes,
    drawn_edges,
    node,
    random_plan,
    texts,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.figures import (
    Figure,
    FigureStyle,
    GraphEdge,
    GraphNode,
    draw_overview,
    draw_phase,
    is_readable,
    printed_width_cm,
    smallest_text_points,
)

STYLES = [ENGLISH, PERSIAN, CHINESE]


def overview(nodes: tuple[GraphNode, ...], edges: tuple[GraphEdge, ...]) -> Figure:
    return draw_overview(nodes, edges, LANES, labels=LABELS, style=ENGLISH)


def phase(
    nodes: tuple[GraphNode, ...],
    edges: tuple[GraphEdge, ...] = (),
    style: FigureStyle = ENGLISH,
) -> tuple[Figure, ...]:
    return draw_phase(nodes, edges, LANES[0], labels=LABELS, style=style)


def staged_plan() -> tuple[tuple[GraphNode, ...], tuple[GraphEdge, ...]]:
    """Like the standard network: a chain of 32 levels in five phases, and 62 tasks beside it."""
    chain = [node(n, lane=f"p{n * 5 // 32 + 1}", is_critical=True) for n in range(32)]
    others = [node(100 + n, lane=f"p{n % 5 + 1}") for n in range(62)]
    edges = [GraphEdge(f"t{n}", f"t{n + 1}", is_critical=True) for n in range(31)]
    edges += [GraphEdge(f"t{(n * 5) % 29}", f"t{100 + n}") for n in range(62)]
    edges += [GraphEdge(f"t{100 + n}", f"t{105 + n}") for n in range(0, 55, 3)]
    return tuple(chain + others), tuple(edges)


def test_a_usual_plan_fits_on_one_page_with_readable_letters() -> None:
    nodes, edges = staged_plan()

    figure = overview(nodes, edges)

    printed = printed_width_cm(figure, height_cm=21)
    assert smallest_text_points(figure, printed) >= 6


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.language)
def test_a_large_phase_becomes_several_readable_figures(style: FigureStyle) -> None:
    nodes, edges = random_plan(150, 200, seed=2, name=NAMES[style.language])

    figures = phase(nodes, edges, style)

    assert len(figures) > 1
    assert all(is_readable(figure) for figure in figures)
    drawn = [one for figure in figures for one in boxes(figure.svg) if one]
    assert sorted(drawn) == sorted(one.id for one in nodes if one.lane == "p1")


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 60), st.integers(0, 90), st.integers(0, 1000))
def test_boxes_and_tags_of_a_phase_keep_apart(tasks: int, links: int, seed: int) -> None:
    nodes, edges = random_plan(tasks, links, seed=seed, name=NAMES["en"])

    for figure in phase(nodes, edges):
        for one, two in combinations(boxes(figure.svg).values(), 2):
            assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 60), st.integers(0, 90), st.integers(0, 1000))
def test_each_link_of_a_phase_is_a_line_or_a_tag(tasks: int, links: int, seed: int) -> None:
    nodes, edges = random_plan(tasks, links, seed=seed)
    mine = {one.id for one in nodes if one.lane == "p1"}

    figures = phase(nodes, edges)

    lines = {pair for figure in figures for pair in drawn_edges(figure.svg)}
    shown = [word for figure in figures for text in texts(figure.svg) for word in text.split()]
    for edge in edges:
        if (edge.source, edge.target) in lines:
            continue
        if edge.target in mine:
            assert f"A{edge.source[1:]}" in shown
        if edge.source in mine:
            assert f"A{edge.target[1:]}" in shown


def test_a_phase_without_tasks_has_no_figure() -> None:
    assert phase((node(1, lane="p2"),)) == ()


def test_a_single_task_is_drawn_with_all_its_numbers() -> None:
    (figure,) = phase((node(1, name="Alone"),))

    for text in ("A1", "Alone", "2026-03-02", "10 d", "2026-03-12", "3 d", "2026-03-15"):
        assert text in texts(figure.svg)


def test_names_are_drawn_as_typed() -> None:
    (figure,) = phase((node(1, name='R&D <b>"x"</b>'),))

    assert 'R&D <b>"x"</b>' in texts(figure.svg)


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_name_gives_well_formed_svg(name: str) -> None:
    (figure,) = phase((node(1, name=name),))

    assert ET.fromstring(figure.svg).get("role") == "img"


def test_a_long_name_is_cut_but_kept_in_full_as_title() -> None:
    name = "word " * 60

    (figure,) = phase((node(1, name=name),))

    assert any(text.endswith("…") for text in texts(figure.svg))
    assert name in figure.svg


def test_critical_tasks_differ_by_more_than_colour() -> None:
    (figure,) = phase((node(1, name="Red", is_critical=True), node(2, name="Calm")))

    weight = {
        "".join(one.itertext()): one.get("font-weight")
        for one in ET.fromstring(figure.svg).iter(f"{SVG}text")
    }
    assert weight["Red"] == "700"
    assert weight["Calm"] is None


def test_milestones_have_another_outline_than_tasks() -> None:
    figure = overview((node(1), node(2, is_milestone=True)), ())

    shapes = {
        group.get("data-id"): [shape.tag.removeprefix(SVG) for shape in group]
        for group in ET.fromstring(figure.svg).iter(f"{SVG}g")
    }
    assert "polygon" in shapes["t2"]
    assert "polygon" not in shapes["t1"]


def test_the_description_names_the_critical_path() -> None:
    figure = overview((node(1, is_critical=True), node(2)), ())

    assert "Critical path: A1" in figure.description
    assert figure.description in "".join(ET.fromstring(figure.svg).itertext())


def test_ids_differ_between_figures_of_one_page() -> None:
    svgs = [overview((node(1),), ()).svg, overview((node(2),), ()).svg]

    first, second = ({e.get("id") for e in ET.fromstring(s).iter() if e.get("id")} for s in svgs)
    assert first
    assert not first & second


def test_a_right_to_left_page_cannot_turn_the_drawing() -> None:
    root = ET.fromstring(overview((node(1),), ()).svg)

    assert root.get("direction") == "ltr"
    assert root.get("style") == "direction:ltr"
