"""Fills the tags of a template: a firm's own and our base go the same way.

A template is somebody's text, so it gets no function, no attribute of ours and no way to build
huge texts; values are escaped and scrubbed; a missing value is an error, not an empty place.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from crmplan.documents.settings import DocumentSettings
from crmplan.documents.splicing import SLOT_URI
from crmplan.documents.text import scrub
from crmplan.documents.wordml import W
from crmplan.errors import TemplateTagError

SLOTS = ("cover", "contents", "body")
_TAG = re.compile(r"<[^>]*>")
_FILTERS = (
    "capitalize",
    "default",
    "d",
    "first",
    "join",
    "last",
    "length",
    "lower",
    "replace",
    "title",
    "trim",
    "upper",
)


def fill_template(template: bytes, settings: DocumentSettings) -> Document:
    """The template with its tags filled and the slots of the blocks marked.

    Raises:
        TemplateTagError: if a tag is unknown, wrongly written or asks for what is not allowed.
    """
    filler = _Filler(io.BytesIO(template))
    try:
        filler.render(_values(settings), _environment(settings))
    except SecurityError as error:
        raise TemplateTagError(f"not allowed in a template: {error}", _place(error)) from error
    except TemplateError as error:
        raise TemplateTagError(str(error), _place(error)) from error
    document: Document = filler.docx
    return document


def take_slots(document: Document) -> dict[str, etree._Element]:
    """The marked places of the blocks by name.

    Raises:
        TemplateTagError: if the body has no place, or a place is not a paragraph of its own.
    """
    body = document.element.body
    slots: dict[str, etree._Element] = {}
    for element in body.iter(f"{W}customXml"):
        if element.get(f"{W}uri") != SLOT_URI:
            continue
        name = element.get(f"{W}element", "")
        if element.getparent() is not body or name in slots:
            raise TemplateTagError(f"{{{{p {name} }}}} must stand once, alone, outside tables")
        slots[name] = element
    if "body" not in slots:
        raise TemplateTagError("it has no paragraph {{p body }} of its own for the text")
    return slots


class _Filler(DocxTemplate):  # type: ignore[misc]
    """docxtpl without the two steps that change text or properties behind our back."""

    def render_xml_part(
        self, src_xml: str, part: object, context: Mapping[str, object], jinja_env: Any = None
    ) -> str:
        """Fill one part; unlike docxtpl, braces that a user typed stay as they are."""
        del part
        try:
            filled = jinja_env.from_string(src_xml.replace("<w:p>", "\n<w:p>")).render(context)
        except TemplateError as error:
            if line := getattr(error, "lineno", None):
                error.__dict__["near"] = src_xml.replace("<w:p>", "\n<w:p>").splitlines()[line - 1]
            raise
        text: str = self.resolve_listing(filled.replace("\n<w:p>", "<w:p>"))
        return text

    def render_properties(self, context: Mapping[str, object], jinja_env: Any = None) -> None:
        """Leave the properties to the settings of the document."""


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox that also refuses calls and multiplication."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_callable(self, obj: object) -> bool:
        """No call is needed in a template; texts have methods that fill the memory."""
        del obj
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse the operators that make long texts out of short ones."""
        del context, left, right
        raise SecurityError(f"the operator {operator}")


def _environment(settings: DocumentSettings) -> _Environment:
    def printed(value: object) -> object:
        if isinstance(value, Markup):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return settings.digits(str(value))
        return scrub(value) if isinstance(value, str) else value

    environment = _Environment(autoescape=True, undefined=StrictUndefined, finalize=printed)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.filters["digits"] = lambda value: settings.digits(str(value))
    return environment


def _values(settings: DocumentSettings) -> dict[str, object]:
    own: dict[str, object] = {
        name: getattr(settings, name)
        for name in (
            "title",
            "subject",
            "client",
            "author",
            "date",
            "version",
            "header",
            "footer",
            "language",
        )
    }
    slots = {
        name: Markup('<w:customXml w:uri="{}" w:element="{}"/>').format(SLOT_URI, name)
        for name in SLOTS
    }
    return {**settings.values, **own, **slots}


def _place(error: TemplateError) -> str:
    near = getattr(error, "near", "")
    return scrub(_TAG.sub("", near)).strip()[:80]
