"""Charts and pictures in the line of text, with their words for those who cannot see them."""

from __future__ import annotations

import struct
from dataclasses import replace

from crmplan.documents.blocks import Chart, Picture
from crmplan.documents.charts import chart_height_cm, chart_parts, spoken
from crmplan.documents.colours import paint
from crmplan.documents.references import Target
from crmplan.documents.text import quoted
from crmplan.documents.wordml import NAMESPACES, paragraph
from crmplan.documents.writing import TWIPS_PER_CM, Writer
from crmplan.errors import BlockError

_EMU_PER_CM = 360_000
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chart_xml(chart: Chart, target: Target | None, writer: Writer) -> str:
    """The caption and the chart."""
    relation = writer.attachments.chart(*chart_parts(chart, writer.type))
    graphic = f"<c:chart r:id={quoted(relation)}/>"
    width = min(chart.width_cm or 1e9, writer.width / TWIPS_PER_CM)
    size = (width, chart_height_cm(chart))
    alt = chart.alt or spoken(chart, writer.decimal)
    run = _inline(writer, "Chart", chart.caption, alt, size, ("chart", graphic))
    legend = _legend(chart, writer)
    return writer.caption(target) + _figure(run, writer, keep=bool(legend)) + legend


def _legend(chart: Chart, writer: Writer) -> str:
    """What the colours mean, in the order of the series.

    Not the chart's own legend: LibreOffice turns its order round in bar charts, and does not
    turn it in right-to-left ones.
    """
    if len(chart.series) == 1:
        return ""
    content = ""
    for position, series in enumerate(chart.series):
        look = replace(writer.look, colour=paint(series.colour))
        gap = "\u2003\u2003" if position else ""
        content += writer.runs(gap) + writer.runs("■", look) + writer.runs(f"\u00a0{series.name}")
    return paragraph(content, "ChartLegend")


def picture_xml(picture: Picture, target: Target | None, writer: Writer) -> str:
    """The caption and the picture, made smaller where the page is too small."""
    relation = writer.attachments.picture(picture.png)
    size = _fitted(picture, writer)
    cx, cy = (round(side * _EMU_PER_CM) for side in size)
    number = writer.identifier()
    graphic = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/>'
        f"</pic:nvPicPr><pic:blipFill><a:blip r:embed={quoted(relation)}/><a:stretch>"
        f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic>"
    )
    alt = picture.alt or picture.caption
    run = _inline(writer, "Picture", picture.caption, alt, size, ("picture", graphic))
    return writer.caption(target) + _figure(run, writer)


def _figure(run: str, writer: Writer, *, keep: bool = False) -> str:
    # LibreOffice reverses the digits of a chart whose paragraph is right-to-left; said here and
    # in the style, because a firm's own style may not say it.
    properties = "<w:keepNext/>" if keep else ""
    properties += '<w:bidi w:val="0"/>' if writer.type.rtl else ""
    return paragraph(run, "Figure", properties)


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, from its header."""
    if not png.startswith(_PNG_SIGNATURE) or len(png) < 24:
        raise BlockError("Picture", "the bytes are no PNG picture")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _fitted(picture: Picture, writer: Writer) -> tuple[float, float]:
    pixels = png_size(picture.png)
    width = min(picture.width_cm, writer.width / TWIPS_PER_CM)
    height = width * pixels[1] / pixels[0]
    # Room for the caption on the same page.
    highest = writer.height / TWIPS_PER_CM - 2
    shrink = min(1.0, highest / height)
    return width * shrink, height * shrink


def _inline(
    writer: Writer,
    kind: str,
    title: str,
    alt: str,
    size: tuple[float, float],
    graphic: tuple[str, str],
) -> str:
    number = writer.identifier()
    cx, cy = (round(side * _EMU_PER_CM) for side in size)
    named = f" title={quoted(title)}" if title else ""
    uri = NAMESPACES["c"] if graphic[0] == "chart" else NAMESPACES["pic"]
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="{kind} {number}"'
        f" descr={quoted(alt)}{named}/><wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{uri}">{graphic[1]}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
