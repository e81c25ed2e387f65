"""Table XML: the frame, rows and cells that tables, time plans and panels are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from crmplan.documents.text import quoted


def column_widths(
    shares: Sequence[float], total: int, *, least: Sequence[int] = ()
) -> tuple[int, ...]:
    """Whole widths in the given proportions that add up to the total exactly.

    A column is not narrower than its ``least``; the others give way. Where that is too much in
    all, the least widths become the proportions.
    """
    if sum(least) >= total:
        return column_widths(least, total)
    fixed: dict[int, float] = {}
    while least:
        free = [i for i in range(len(shares)) if i not in fixed]
        unit = (total - sum(fixed.values())) / sum(shares[i] for i in free)
        narrow = {i: float(least[i]) for i in free if shares[i] * unit < least[i]}
        if not narrow:
            shares = [fixed.get(i, share * unit) for i, share in enumerate(shares)]
            break
        fixed |= narrow
    whole = sum(shares)
    edges = [0]
    done = 0.0
    for share in shares:
        done += share
        edges.append(round(total * done / whole))
    return tuple(right - left for left, right in pairwise(edges))


def table(
    widths: Sequence[int],
    rows: Iterable[str],
    *,
    rtl: bool,
    style: str = "",
    title: str = "",
    description: str = "",
    borders: str = "",
    margins: str = "",
    header: bool = True,
) -> str:
    """A table of fixed columns; a right-to-left one is mirrored, its widths stay in order."""
    properties = f'<w:tblStyle w:val="{style}"/>' if style else ""
    properties += "<w:bidiVisual/>" if rtl else ""
    properties += f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
    properties += f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    properties += '<w:tblLayout w:type="fixed"/>'
    properties += f"<w:tblCellMar>{margins}</w:tblCellMar>" if margins else ""
    look, first = ("0420", 1) if header else ("0400", 0)
    properties += (
        f'<w:tblLook w:val="{look}" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    )
    properties += f"<w:tblCaption w:val={quoted(title)}/>" if title else ""
    properties += f"<w:tblDescription w:val={quoted(description)}/>" if description else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def row(cells: Iterable[str], *, header: bool = False, height: int = 0, whole: bool = True) -> str:
    """A row that splits only if it is not ``whole``; a header row is repeated on each page."""
    properties = "<w:cantSplit/>" if whole else ""
    properties += f'<w:trHeight w:val="{height}" w:hRule="exact"/>' if height else ""
    properties += "<w:tblHeader/>" if header else ""
    named = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{named}{''.join(cells)}</w:tr>"


def cell(
    content: str,
    width: int,
    *,
    span: int = 1,
    fill: str = "",
    borders: str = "",
    align: str = "",
) -> str:
    """A cell around its paragraphs; ``align`` is vertical: top, center or bottom."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    properties += f'<w:vAlign w:val="{align}"/>' if align else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def border(side: str, *, size: int = 0, colour: str = "auto") -> str:
    """One border; size in eighths of a point, 0 for none."""
    kind = "single" if size else "nil"
    return f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="0" w:color="{colour}"/>'
