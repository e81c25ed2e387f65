"""SVG to PNG, with the bundled fonts only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import resvg_py

from crmplan.figures.figure import PAGE_WIDTH_CM
from crmplan.figures.fonts import font_files

if TYPE_CHECKING:
    from crmplan.figures.figure import Figure

PRINT_DPI = 220

_CM_PER_INCH = 2.54


def raster(figure: Figure, *, width_cm: float = PAGE_WIDTH_CM, dpi: int = PRINT_DPI) -> bytes:
    """Draw a figure as PNG for a printed width.

    The same figure gives the same bytes on every machine: fonts of the system are not read.

    Args:
        figure: what to draw.
        width_cm: the width on paper; the height follows.
        dpi: pixels per inch of that width.

    Returns:
        The bytes of a PNG file on white ground.

    Raises:
        FontMissingError: if a bundled font file is not there.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=figure.svg,
            width=round(width_cm / _CM_PER_INCH * dpi),
            background="#FFFFFF",
            skip_system_fonts=True,
            font_files=[str(path) for path in font_files()],
            sans_serif_family="Vazirmatn",
        )
    )
