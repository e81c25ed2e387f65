from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import combinations, pairwise, product

import pytest
from figure_plans import LABELS, LANES, PERSIAN, boxes, drawn_edges, random_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.errors import DependencyCycleError
from crmplan.figures import FigureStyle, GraphEdge, GraphNode, Lane, draw_overview
from crmplan.figures.columns import Gaps
from crmplan.figures.layout import Extent, Layout, Spacing, arrange, lay_out

SPACING = Spacing(
    gaps=Gaps(between_boxes=10, between_bends=6, beside_box=8),
    port_step=8,
    channel_top=8,
    channel_bottom=10,
    track_step=5,
    lane_padding=8,
    lane_gap=6,
)
BOX_WIDTH, HALF_HEIGHT = 60.0, 10.0

Edges = frozenset[tuple[str, str]]


def layout_of(
    count: int, edges: Edges, lanes: int = 1, capacity: int = 3, urgent: Edges = frozenset()
) -> Layout:
    ids = [f"t{number}" for number in range(count)]
    lane_of = {one: number * lanes // count for number, one in enumerate(ids)}
    arrangement = arrange(ids, edges, lane_of, capacity=capacity, urgent=urgent)
    return lay_out(
        arrangement,
        dict.fromkeys(ids, Extent(HALF_HEIGHT, HALF_HEIGHT)),
        lane_count=lanes,
        box_width=BOX_WIDTH,
        spacing=SPACING,
        width=600,
    )


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges]:
    count = draw(st.integers(1, 30))
    number = st.integers(0, count - 1)
    pairs = draw(st.frozensets(st.tuples(number, number), max_size=2 * count))
    return count, frozenset((f"t{min(p)}", f"t{max(p)}") for p in pairs if p[0] != p[1])


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(1, 5), st.integers(1, 4))
def test_boxes_never_overlap(graph: tuple[int, Edges], lanes: int, capacity: int) -> None:
    layout = layout_of(*graph, lanes=lanes, capacity=capacity)

    for (x, y), (other_x, other_y) in combinations(layout.centres.values(), 2):
        apart = abs(x - other_x) >= BOX_WIDTH or abs(y - other_y) >= 2 * HALF_HEIGHT
        assert apart


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(1, 5), st.integers(1, 4))
def test_no_link_passes_through_a_box(graph: tuple[int, Edges], lanes: int, capacity: int) -> None:
    layout = layout_of(*graph, lanes=lanes, capacity=capacity)

    for route in layout.routes.values():
        for x, y in layout.centres.values():
            box = (x - BOX_WIDTH / 2, y - HALF_HEIGHT, x + BOX_WIDTH / 2, y + HALF_HEIGHT)
            assert not any(_enters(piece, box) for piece in pairwise(route))


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(1, 5))
def test_every_link_runs_down_in_right_angles_from_source_to_target(
    graph: tuple[int, Edges], lanes: int
) -> None:
    layout = layout_of(*graph, lanes=lanes)

    assert layout.routes.keys() == graph[1]
    for (source, target), route in layout.routes.items():
        assert abs(route[0][0] - layout.centres[source][0]) <= BOX_WIDTH / 2
        assert abs(route[-1][0] - layout.centres[target][0]) <= BOX_WIDTH / 2
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(route))
        assert all(a[1] <= b[1] for a, b in pairwise(route))


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(1, 5))
def test_every_task_stands_inside_its_lane(graph: tuple[int, Edges], lanes: int) -> None:
    layout = layout_of(*graph, lanes=lanes)

    for number, (x, _) in enumerate(layout.centres.values()):
        start, end = layout.lanes[number * lanes // graph[0]]
        assert start <= x - BOX_WIDTH / 2
        assert x + BOX_WIDTH / 2 <= end


@pytest.mark.parametrize("seed", range(12))
def test_links_of_different_bundles_never_lie_on_one_line(seed: int) -> None:
    _, links = random_plan(50, 90, seed=seed)
    edges = frozenset((link.source, link.target) for link in links)
    layout = layout_of(50, edges, lanes=1 + seed % 5)

    for first, second in combinations(layout.routes, 2):
        if layout.bundles[first] != layout.bundles[second]:
            pieces = product(pairwise(layout.routes[first]), pairwise(layout.routes[second]))
            assert max(_shared_length(a, b) for a, b in pieces) <= 1


def test_a_critical_chain_is_drawn_as_one_straight_line() -> None:
    chain = frozenset((f"t{n}", f"t{n + 1}") for n in range(5))
    others = frozenset({("t0", "t6"), ("t6", "t3"), ("t1", "t7"), ("t7", "t5")})

    layout = layout_of(8, chain | others, urgent=chain)

    assert len({layout.centres[f"t{n}"][0] for n in range(6)}) == 1


def test_a_circle_of_links_is_refused_with_its_tasks() -> None:
    with pytest.raises(DependencyCycleError) as caught:
        layout_of(3, frozenset({("t0", "t1"), ("t1", "t2"), ("t2", "t0")}))

    assert set(caught.value.cycle) == {"t0", "t1", "t2"}


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_crossings_stay_near_those_of_graphviz() -> None:
    ours = theirs = 0
    for seed in range(4):
        _, links = random_plan(45, 70, seed=seed)
        edges = frozenset((link.source, link.target) for link in links)
        layout = layout_of(45, edges, capacity=45)
        ours += _crossings({e: (list(r), str(layout.bundles[e])) for e, r in layout.routes.items()})
        theirs += _crossings({e: (r, str(e)) for e, r in _dot_routes(edges).items()})

    assert ours <= 1.5 * theirs


def test_the_hash_seed_of_python_changes_nothing() -> None:
    script = (
        "from figure_plans import *; from crmplan.figures import *;"
        "nodes, edges = random_plan(60, 100, seed=1);"
        "print(draw_overview(nodes, edges, LANES, labels=LABELS, style=ENGLISH).svg);"
        "print(*[f.svg for f in draw_phase(nodes, edges, LANES[1], labels=LABELS, style=ENGLISH)])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(outputs) == 1


@pytest.mark.parametrize(("tasks", "links"), [(1, 0), (5, 0), (90, 160), (300, 450)])
def test_any_size_of_plan_is_drawn_whole(tasks: int, links: int) -> None:
    nodes, edges = random_plan(tasks, links, seed=7)

    figure = draw_overview(nodes, edges, LANES, labels=LABELS, style=FigureStyle("en"))

    assert drawn_edges(figure.svg).keys() == {(edge.source, edge.target) for edge in edges}
    assert boxes(figure.svg).keys() == {node.id for node in nodes}


def test_the_order_of_links_changes_nothing() -> None:
    nodes, edges = random_plan(40, 60, seed=3)

    figures = {
        draw_overview(nodes, order, LANES, labels=LABELS, style=FigureStyle("en")).svg
        for order in (edges, edges[::-1])
    }

    assert len(figures) == 1


def test_persian_drawings_start_on_the_right() -> None:
    nodes = (GraphNode("a", "A1", "", "p1"), GraphNode("b", "A2", "", "p2"))
    lanes = (Lane("p1", "یک"), Lane("p2", "دو"))

    figure = draw_overview(nodes, (GraphEdge("a", "b"),), lanes, labels=LABELS, style=PERSIAN)

    places = boxes(figure.svg)
    assert places["a"][0] > places["b"][2]


Piece = tuple[tuple[float, float], tuple[float, float]]


def _enters(piece: Piece, box: tuple[float, float, float, float]) -> bool:
    (x1, y1), (x2, y2) = piece
    left, top, right, bottom = box
    slack = 0.01  # a link may touch the edge of its own box
    return (
        max(x1, x2) > left + slack
        and min(x1, x2) < right - slack
        and max(y1, y2) > top + slack
        and min(y1, y2) < bottom - slack
    )


def _shared_length(first: Piece, second: Piece) -> float:
    for axis in (0, 1):
        fixed = {point[1 - axis] for point in first + second}
        if len(fixed) == 1:
            low = max(min(p[axis] for p in first), min(p[axis] for p in second))
            high = min(max(p[axis] for p in first), max(p[axis] for p in second))
            return high - low
    return 0.0


def _crossings(routes: dict[tuple[str, str], tuple[list[tuple[float, float]], str]]) -> int:
    """Pairs of links without a common end or line that cross, each pair once."""
    return sum(
        any(_cross(a, b) for a in pairwise(routes[one][0]) for b in pairwise(routes[two][0]))
        for one, two in combinations(sorted(routes), 2)
        if not set(one) & set(two) and routes[one][1] != routes[two][1]
    )


def _cross(first: Piece, second: Piece) -> bool:
    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = first, second
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _dot_routes(edges: Edges) -> dict[tuple[str, str], list[tuple[float, float]]]:
    text = "digraph {node [shape=box];" + ";".join(f"{a}->{b}" for a, b in sorted(edges)) + "}"
    plain = subprocess.run(
        ["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True
    ).stdout
    routes = {}
    for line in plain.splitlines():
        words = line.split()
        if words[0] == "edge":
            numbers = [float(word) for word in words[4 : 4 + 2 * int(words[3])]]
            control = list(zip(numbers[::2], numbers[1::2], strict=True))
            routes[words[1], words[2]] = _flattened(control)
    return routes


def _flattened(control: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points on a chain of cubic curves."""
    curve = [control[0]]
    for start in range(0, len(control) - 1, 3):
        p0, p1, p2, p3 = control[start : start + 4]
        for step in range(1, 9):
            t = step / 8
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            quartet = (p0, p1, p2, p3)
            curve.append(
                (
                    sum(w * p[0] for w, p in zip(weights, quartet, strict=True)),
                    sum(w * p[1] for w, p in zip(weights, quartet, strict=True)),
                )
            )
    return curve
