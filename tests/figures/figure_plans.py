"""Plans to draw, and questions to ask of a drawing."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

from crmplan.figures import FigureStyle, GraphEdge, GraphLabels, GraphNode, Lane

SVG = "{http://www.w3.org/2000/svg}"
LANES = tuple(Lane(f"p{number}", f"Phase {number}") for number in range(1, 6))
LABELS = GraphLabels(
    title="Dependencies",
    critical="Critical path",
    dependency="Dependency",
    milestone="Gate",
    other_phase="Link to another phase",
    code="Code",
    name="Task",
    early_start="Earliest start",
    duration="Duration",
    early_finish="Earliest finish",
    late_start="Latest start",
    slack="Float",
    late_finish="Latest finish",
)
ENGLISH, PERSIAN, CHINESE = FigureStyle("en"), FigureStyle("fa"), FigureStyle("zh")
NAMES = {
    "en": "Map contact points: when, where, how, by which channel",
    "fa": "شناسایی نقاط تماس و انتخاب CRM (نسخهٔ ۲٫۰)",
    "zh": "盤點接觸點：何時、何地、如何、經由哪個通路，以及 CRM 系統",
}


def node(number: int, *, lane: str = "p1", name: str = "Task", **facts: bool) -> GraphNode:
    """A task with dates as a Persian or English plan would show them."""
    dates = ("2026-03-02", "10 d", "2026-03-12", "2026-03-05", "3 d", "2026-03-15")
    return GraphNode(
        f"t{number}", f"A{number}", name, lane, **facts, **dict(zip(FIELDS, dates, strict=True))
    )


FIELDS = ("early_start", "duration", "early_finish", "late_start", "slack", "late_finish")


def random_plan(
    tasks: int, links: int, *, seed: int, name: str = "Task"
) -> tuple[tuple[GraphNode, ...], tuple[GraphEdge, ...]]:
    """A plan whose links mostly stay in a phase or lead to the next one; one path is critical."""
    dice = random.Random(seed)
    phase = [number * 5 // tasks for number in range(tasks)]
    pairs = set()
    for _ in range(links if tasks > 1 else 0):
        end = dice.randrange(1, tasks)
        near = max(0, end - dice.choice((1, 2, 4, 9, 20)))
        pairs.add((dice.randrange(near, end), end))
    path = sorted(dice.sample(range(tasks), min(tasks, 12)))
    critical = set(pairwise(path))
    nodes = tuple(
        node(
            number,
            lane=f"p{phase[number] + 1}",
            name=name,
            is_critical=number in path,
            is_milestone=number % 9 == 8,
        )
        for number in range(tasks)
    )
    edges = tuple(
        GraphEdge(f"t{source}", f"t{target}", (source, target) in critical)
        for source, target in sorted(pairs | critical)
    )
    return nodes, edges


def texts(svg: str) -> list[str]:
    """The visible texts."""
    return ["".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{SVG}text")]


def drawn_edges(svg: str) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """The corner points of the line of each edge."""
    found = {}
    for path in ET.fromstring(svg).iter(f"{SVG}path"):
        if path.get("class") == "edge":
            pair = path.attrib["data-source"], path.attrib["data-target"]
            found[pair] = points(path.attrib["d"])
    return found


def points(path: str) -> list[tuple[float, float]]:
    """Start, corners and end of a line with rounded corners."""
    number = r"-?[\d.]+"
    pairs = re.findall(rf"([MLQ])({number}) ({number})", path)
    corners = [(float(x), float(y)) for kind, x, y in pairs if kind != "L"]
    *_, (_, x, y) = pairs
    return [*corners, (float(x), float(y))]


def boxes(svg: str) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of the shapes of each task."""
    found = {}
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        if "data-id" in group.attrib:
            corners = [corner for shape in group for corner in _corners(shape)]
            xs, ys = zip(*corners, strict=True)
            found[group.attrib["data-id"]] = (min(xs), min(ys), max(xs), max(ys))
    return found


def _corners(shape: ET.Element) -> list[tuple[float, float]]:
    if shape.tag == f"{SVG}rect":
        x, y, width, height = (float(shape.attrib[key]) for key in ("x", "y", "width", "height"))
        return [(x, y), (x + width, y + height)]
    if shape.tag == f"{SVG}polygon":
        pairs = (pair.split(",") for pair in shape.attrib["points"].split())
        return [(float(x), float(y)) for x, y in pairs]
    return []
