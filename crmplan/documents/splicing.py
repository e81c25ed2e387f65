"""The text of the blocks goes into the saved package as a string and is parsed once.

Moving ready elements from one lxml tree to another costs ten times as much as parsing them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from crmplan.documents.bidi import mark_right_to_left, pair_scripts
from crmplan.documents.page_setup import fold_section_ends
from crmplan.documents.wordml import NAMESPACES, W
from crmplan.errors import TemplateTagError

SLOT_URI = "urn:crmplan:slot"
_SLOT = re.compile(f"<w:customXml [^<>]*{SLOT_URI}[^<>]*/>")
_SLOT_NAME = re.compile(r'w:element="([^"]+)"')
_STYLE = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]+)"')
_ROOT = re.compile(r"<w:document\b([^<>]*)>")
_DECLARATION = re.compile(r'xmlns:(\w+)="([^"]*)"')


def with_styles(text: str, ids: Mapping[str, str]) -> str:
    """Our text with the style ids of the template."""
    if all(ours == theirs for ours, theirs in ids.items()):
        return text
    return _STYLE.sub(lambda m: f'{m[1]}{ids.get(m[2], m[2])}"', text)


def splice(main: bytes, texts: Mapping[str, str], *, rtl: bool) -> bytes:
    """The main part with the text of each slot in its place, directions and sections settled."""
    filled = _SLOT.sub(lambda m: texts[_name(m[0])], _declared(main.decode()))
    root = etree.fromstring(filled.encode())
    body = root.find(f"{W}body")
    if body is not None:
        fold_section_ends(body)
    if rtl:
        mark_right_to_left(root)
        pair_scripts(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _name(slot: str) -> str:
    found = _SLOT_NAME.search(slot)
    return found[1] if found else ""


def _declared(main: str) -> str:
    """The main part with every prefix that our text uses declared on its root."""
    root = _ROOT.search(main)
    known = dict(_DECLARATION.findall(root[1])) if root else {}
    if root is None or any(known.get(p, uri) != uri for p, uri in NAMESPACES.items()):
        raise TemplateTagError("its XML prefixes are not those of Word; save it with Word again")
    missing = "".join(f' xmlns:{p}="{u}"' for p, u in NAMESPACES.items() if p not in known)
    return f"{main[: root.end(1)]}{missing}{main[root.end(1) :]}"
