"""Find the fields of a filled-in booklet, whichever program saved it.

Word keeps the tags of controls. LibreOffice 7.4 drops them and parts a control of text in several,
the last of which holds the whole text without its line breaks; but it keeps the bookmarks around
them. What stands between the two ends of a bookmark is then the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from crmplan.assessment.form_fields import (
    EVIDENCE,
    LEVELS,
    NOTE,
    PERSON_GROUP,
    PERSON_NAME,
    PERSON_ROLE,
    REASON,
    field_bookmark,
    field_tag,
)
from crmplan.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from crmplan.assessment.framework import Framework

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SHOWN = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
# Moved away or drawn a second time: text that the reader of the page does not see here.
_UNSEEN = (f"{_W}moveFrom", f"{_W}del", f"{_MC}Fallback")
# Marks that the writer of the form sets between Latin and Persian text.
_DIRECTION = str.maketrans("", "", "\u200e\u200f")
_KEYS = (*LEVELS, REASON, EVIDENCE, NOTE)
_PERSON = (PERSON_NAME, PERSON_ROLE, PERSON_GROUP)


@dataclass(frozen=True, slots=True)
class FilledField:
    """What stands in a field.

    Attributes:
        item: empty for the fields about the person.
        text: without blanks at the ends.
        is_joined: the program that saved the form has joined the lines of the text.
    """

    item: str
    key: str
    text: str
    is_joined: bool = False


def parse_part(part: bytes, *, name: str) -> etree._Element:
    """Parse a part of a foreign document; nothing outside it is looked at.

    Raises:
        ExchangeError: if it is damaged or has a document type, which no Word file has.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    hint = "ask for it again, or save it again in Word"
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as cause:
        raise ExchangeError(f"{name}: the file is damaged", hint=hint) from cause
    if root.getroottree().docinfo.internalDTD is not None:
        raise ExchangeError(f"{name}: the file has a document type", hint=hint)
    return root


def find_fields(
    document: etree._Element, framework: Framework, prompts: Collection[str]
) -> tuple[FilledField, ...]:
    """Find all fields in reading order.

    Args:
        document: the main part of the booklet.
        framework: the framework that was asked about.
        prompts: what stands in a field that nobody filled in.

    Returns:
        The fields with what was typed, without blanks at the ends and direction marks; a field that
        was copied comes twice. A tag of another item of this framework names that item.
    """
    places = dict(_places(framework))
    found, tagged = _by_tag(document, framework, places)
    bookmarks = {field_bookmark(tag): place for tag, place in places.items()}
    found += [one for one in _by_bookmark(document, bookmarks) if one[1] not in tagged]
    found.sort(key=lambda one: one[0])
    return tuple(
        FilledField(*place, "" if text in prompts else text, is_joined)
        for _, place, text, is_joined in found
    )


_Found = tuple[int, tuple[str, str], str, bool]


def _places(framework: Framework) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give item and key of every tag that a form of this framework can have."""
    for key in _PERSON:
        yield key, ("", key)
    for item in framework.items:
        for key in _KEYS:
            yield field_tag(framework.id, item, key), (item, key)


def _by_tag(
    document: etree._Element, framework: Framework, places: dict[str, tuple[str, str]]
) -> tuple[list[_Found], set[tuple[str, str]]]:
    foreign = re.compile(rf"{re.escape(framework.id)}/([^/]+)/({'|'.join(map(re.escape, _KEYS))})")
    found: list[_Found] = []
    for position, element in enumerate(document.iter()):
        if element.tag != f"{_W}sdt":
            continue
        tag = element.find(f"{_W}sdtPr/{_W}tag")
        name = "" if tag is None else tag.get(f"{_W}val", "")
        place = places.get(name)
        if place is None and (match := foreign.fullmatch(name)):
            place = (match[1], match[2])
        if place is not None:
            is_empty = element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
            content = element.find(f"{_W}sdtContent")
            text = "" if is_empty or content is None else _text(content.iter())
            if found and found[-1][1] == place:
                # Parts of one control, by a program that keeps tags; a copied row has others first.
                found.pop()
            found.append((position, place, text, False))
    return found, {one[1] for one in found}


def _by_bookmark(
    document: etree._Element, bookmarks: dict[str, tuple[str, str]]
) -> Iterator[_Found]:
    """Collect what stands between the two ends of each known bookmark; they never overlap."""
    begun: tuple[int, tuple[str, str], str] | None = None
    within: list[etree._Element] = []
    for position, element in enumerate(document.iter()):
        if element.tag == f"{_W}bookmarkStart":
            if (place := bookmarks.get(element.get(f"{_W}name", ""))) is not None:
                begun, within = (position, place, element.get(f"{_W}id", "")), []
        elif begun and element.tag == f"{_W}bookmarkEnd" and element.get(f"{_W}id") == begun[2]:
            yield begun[0], begun[1], *_whole(within)
            begun = None
        elif begun:
            within.append(element)


def _whole(within: list[etree._Element]) -> tuple[str, bool]:
    """Give the text of a control that may be parted, and whether its lines were joined."""
    last = next((one for one in reversed(within) if one.tag == f"{_W}sdtContent"), None)
    if last is None:
        return _text(within), False
    breaks = sum(one.tag == f"{_W}br" for one in within)
    return _text(last.iter()), breaks > sum(1 for _ in last.iter(f"{_W}br"))


def _text(elements: Iterable[etree._Element]) -> str:
    """Join what is shown; every paragraph after the first begins a line."""
    shown: list[str] = []
    for element in elements:
        if any(one.tag in _UNSEEN for one in element.iterancestors()):
            continue
        if element.tag == f"{_W}t":
            shown.append(element.text or "")
        elif element.tag == f"{_W}p" and shown:
            shown.append("\n")
        else:
            shown.append(_SHOWN.get(str(element.tag), ""))
    return "".join(shown).translate(_DIRECTION).strip()
