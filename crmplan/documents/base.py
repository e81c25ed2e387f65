"""Our own Word base, built from the text parts in ``templates/word/base``."""

from __future__ import annotations

import re
from functools import lru_cache

from crmplan.documents.colours import PALE, THEME
from crmplan.documents.package import pack
from crmplan.documents.settings import Language
from crmplan.documents.sources import fill_base
from crmplan.documents.text import escaped
from crmplan.documents.typography import typography

_PARTS = {
    "[Content_Types].xml": "content_types.xml.j2",
    "_rels/.rels": "package.rels.xml.j2",
    "docProps/core.xml": "core.xml.j2",
    "word/_rels/document.xml.rels": "document.rels.xml.j2",
    "word/document.xml": "document.xml.j2",
    "word/fontTable.xml": "font_table.xml.j2",
    "word/footer1.xml": "footer.xml.j2",
    "word/header1.xml": "header.xml.j2",
    "word/numbering.xml": "numbering.xml.j2",
    "word/settings.xml": "settings.xml.j2",
    "word/styles.xml": "styles.xml.j2",
    "word/theme/theme1.xml": "theme.xml.j2",
}
_PAGE_FIELDS = re.compile(r"(\{pages?\})")


@lru_cache(maxsize=16)
def base_template(language: Language, *, cover: bool, page_of: str) -> bytes:
    """The base as a template with the slots for cover and body.

    With a cover the first page has no running texts; ``page_of`` is the footer's words around
    {page} and {pages}.
    """
    values = {
        "type": typography(language),
        "theme": THEME,
        "pale": PALE,
        "cover": cover,
        "page_of": [_footer_part(part) for part in _PAGE_FIELDS.split(page_of)],
    }
    return pack({part: fill_base(name, **values).encode() for part, name in _PARTS.items()})


def base_part(language: Language, part: str) -> bytes:
    """One part of the base, to complete a firm's template with."""
    values = {"type": typography(language), "theme": THEME, "pale": PALE}
    return fill_base(_PARTS[part], **values).encode()


def _footer_part(part: str) -> str:
    if _PAGE_FIELDS.fullmatch(part):
        return part
    # Doubled braces would be a tag in the second step.
    return escaped(part).replace("{", "&#123;").replace("}", "&#125;")
