"""Drawings as SVG text: dependency graphs, heat map; and their raster for print.

Everything is drawn from small values of this package and from texts that are already in the
language and digits of the reader.
"""

from crmplan.figures.figure import Figure, is_readable, printed_width_cm, smallest_text_points
from crmplan.figures.graph import GraphEdge, GraphLabels, GraphNode, Lane
from crmplan.figures.heat_map import HeatCell, HeatLabels, HeatRow, draw_heat_map
from crmplan.figures.overview import draw_overview
from crmplan.figures.phase import draw_phase
from crmplan.figures.raster import raster
from crmplan.figures.style import FigureStyle

__all__ = [
    "Figure",
    "FigureStyle",
    "GraphEdge",
    "GraphLabels",
    "GraphNode",
    "HeatCell",
    "HeatLabels",
    "HeatRow",
    "Lane",
    "draw_heat_map",
    "draw_overview",
    "draw_phase",
    "is_readable",
    "printed_width_cm",
    "raster",
    "smallest_text_points",
]
