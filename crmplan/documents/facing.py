"""What tells a reader of one language that the other is in the file too.

Each title and main heading has the words of the other language below it, and the contents of the
first language lead to the second.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from docx.document import Document
from lxml import etree

from crmplan.documents.edits import named_styles
from crmplan.documents.fixed_contents import fields_of_contents, paragraph_of, show_as_line
from crmplan.documents.second_styles import SecondLook
from crmplan.documents.wordml import W

SECOND = "crmplan_second"
_AFTER_SPACING = tuple(
    f"{W}{name}" for name in ("ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr")
)


class Facing:
    """What tells on both covers and below the main headings that there are two languages."""

    def __init__(self, first: Document, second: Document) -> None:
        self._first, self._second = first, second
        self._styles = tuple(_by_name(one) for one in (first, second))
        self._headings = tuple(self._paragraphs(side, "heading 1") for side in (0, 1))
        self._titles = tuple(self._paragraphs(side, "title")[:1] for side in (0, 1))
        lists = fields_of_contents(second.element.body)
        self._line = paragraph_of(lists[0][0]) if lists else None

    def _paragraphs(self, side: int, name: str) -> list[etree._Element]:
        style = self._styles[side].get(name)
        body = (self._first, self._second)[side].element.body
        return [one for one in body.iter(f"{W}p") if style and _style_of(one) == style]

    def say_both(self, renamed: SecondLook) -> None:
        """Say the title and the main headings of each language in the other below them."""
        styles = (
            {name: self._styles[0].get(name, "") for name in ("subtitle", "note")},
            {name: renamed.styled(one) for name, one in self._styles[1].items()},
        )
        for kind, style in ((self._titles, "subtitle"), (self._headings, "note")):
            said = [
                (mine, other)
                for mine, other in zip(*kind, strict=True)
                if _words(mine) != _words(other)
            ]
            lines = [
                (_line(other, styles[1].get(style, "")), _line(mine, styles[0].get(style, "")))
                for mine, other in said
            ]
            for (mine, other), (below_mine, below_other) in zip(said, lines, strict=True):
                for heading, line in ((mine, below_mine), (other, below_other)):
                    heading.addnext(line)
                    _close_up(heading, line)

    def enter_second(self, page: str, identifier: int) -> None:
        """Give the contents of the first a line that leads to the second, outside its field.

        Args:
            page: the page where the second begins, as it writes numbers; may be empty.
            identifier: a number that no bookmark has.
        """
        _bookmark(next(self._second.element.body.iter(f"{W}p")), identifier)
        lists = fields_of_contents(self._first.element.body)
        ends = [end for _, _, end in lists if end is not None]
        titles = self._titles[1] or self._headings[1]
        if ends and titles and self._line is not None:
            # In the second's own style: its title flows as its language does.
            paragraph_of(ends[0]).addnext(_entry(self._line, titles[0], page, self._first))


def _entry(
    model: etree._Element, title: etree._Element, page: str, document: Document
) -> etree._Element:
    """A line of the contents in the style of another."""
    entry = etree.Element(f"{W}p")
    properties = model.find(f"{W}pPr")
    if properties is not None:
        entry.append(copy.deepcopy(properties))
    link = etree.SubElement(entry, f"{W}hyperlink", {f"{W}anchor": SECOND, f"{W}history": "1"})
    link.extend(_plain_runs(title))
    if page:
        etree.SubElement(etree.SubElement(link, f"{W}r"), f"{W}tab")
        link.extend(_page_runs(model, page))
    for run in link:
        show_as_line(run, document)
    return entry


def _page_runs(model: etree._Element, page: str) -> Iterator[etree._Element]:
    """A live page number whose digits look like those of another line."""
    digits = next((one.getparent() for one in model.iter(f"{W}instrText")), None)
    look = None if digits is None else digits.find(f"{W}rPr")
    for tag, name, text in (
        ("fldChar", "begin", None),
        ("instrText", "", f" PAGEREF {SECOND} \\h "),
        ("fldChar", "separate", None),
        ("t", "", page),
        ("fldChar", "end", None),
    ):
        run = etree.Element(f"{W}r")
        if look is not None:
            run.append(copy.deepcopy(look))
        content = etree.SubElement(run, W + tag, {f"{W}fldCharType": name} if name else {})
        content.text = text
        yield run


def _close_up(heading: etree._Element, line: etree._Element) -> None:
    """Take the room below a heading for its line: pages that just fit stay one page."""
    for paragraph, after in ((heading, 0), (line, 120)):
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            continue
        spacing = {f"{W}before": "0"} if paragraph is line else {}
        room = etree.Element(f"{W}spacing", {**spacing, f"{W}after": str(after)})
        later = next((one for one in properties if one.tag in _AFTER_SPACING), None)
        properties.append(room) if later is None else later.addprevious(room)


def _line(heading: etree._Element, style: str) -> etree._Element:
    """The words of a heading as a line that stays with what follows."""
    line = etree.Element(f"{W}p")
    properties = etree.SubElement(line, f"{W}pPr")
    if style:
        etree.SubElement(properties, f"{W}pStyle", {f"{W}val": style})
    etree.SubElement(properties, f"{W}keepNext")
    line.extend(_plain_runs(heading))
    return line


def _plain_runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs that show words, with their direction and without bold or colour of their own."""
    for run in paragraph.iter(f"{W}r"):
        if run.find(f"{W}t") is not None:
            yield copy.deepcopy(run)


def _words(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def _by_name(document: Document) -> dict[str, str]:
    return {name: given for given, name in named_styles(document.styles.element)}


def _style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _bookmark(paragraph: etree._Element, identifier: int) -> None:
    marks = {f"{W}id": str(identifier)}
    place = 0 if paragraph.find(f"{W}pPr") is None else 1
    paragraph.insert(place, etree.Element(f"{W}bookmarkStart", {**marks, f"{W}name": SECOND}))
    paragraph.insert(place + 1, etree.Element(f"{W}bookmarkEnd", marks))
