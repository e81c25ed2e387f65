"""Fields to fill in, as content controls of Word: the only places of a form that can be changed."""

from __future__ import annotations

from dataclasses import replace

from crmplan.documents.colours import text_paint
from crmplan.documents.text import quoted
from crmplan.documents.text_blocks import FormField
from crmplan.documents.wordml import Look, bookmark, runs

_LONGEST_TITLE = 64
_ROOM = '<w:text w:multiLine="1"/>'


def control_xml(field: FormField, look: Look, identifiers: tuple[int, int]) -> str:
    """A control inside a line, between the two ends of its bookmark.

    Args:
        field: what is filled in.
        look: of what people write; the prompt is paler.
        identifiers: two numbers used nowhere else, for bookmark and control.
    """
    first, second = identifiers
    empty = "" if field.text else "<w:showingPlcHdr/>"
    properties = (
        f"<w:alias w:val={quoted(field.title[:_LONGEST_TITLE])}/><w:tag w:val={quoted(field.tag)}/>"
        f'<w:id w:val="{second}"/><w:lock w:val="sdtLocked"/>{empty}{_kind(field)}'
    )
    shown = (
        runs(field.text, look)
        if field.text
        else runs(field.prompt, replace(look, bold=False, colour=text_paint("neutral")))
    )
    content = f"<w:sdtContent>{shown}</w:sdtContent>"
    control = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr>{content}</w:sdt>"
    return bookmark(field.bookmark, first, control)


def _kind(field: FormField) -> str:
    if not field.choices:
        return _ROOM
    entries = "".join(
        f"<w:listItem w:displayText={quoted(shown)} w:value={quoted(value)}/>"
        for value, shown in field.choices
    )
    return f"<w:dropDownList>{entries}</w:dropDownList>"
