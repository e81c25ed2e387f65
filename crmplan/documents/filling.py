"""Fills the tags of a template: a firm's own and our base go the same way.

A template is somebody's text, so it gets one function (``block``), no attribute of ours and no
way to build huge texts; values are escaped and scrubbed; a missing value is an error, not an
empty place. A firm's template is filled in a process of its own, see
:mod:`crmplan.documents.confinement`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from crmplan.documents.settings import TemplateValue
from crmplan.documents.splicing import SLOT_URI
from crmplan.documents.text import scrub
from crmplan.errors import TemplateTagError
from crmplan.problems import did_you_mean

SLOTS = ("cover", "contents", "body")
MAX_FILLED = 30_000_000
FILTERS = (
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
_TAG = re.compile(r"<[^>]*>")
_TEXTS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)")


@dataclass(frozen=True, slots=True)
class Filling:
    """What a template is filled with.

    Attributes:
        values: the model of the document, see :mod:`crmplan.documents.template_model`.
        blocks: the names that ``block()`` knows.
        digits: the digits 0 to 9 as the language writes them, in this order.
    """

    values: Mapping[str, TemplateValue]
    blocks: tuple[str, ...] = ()
    digits: str = "0123456789"


class Named(str):
    """A thing that prints as its name and has further parts: ``client`` and ``client.name``."""

    __slots__ = ("parts",)
    parts: Mapping[str, object]


def fill_template(template: bytes, filling: Filling) -> Document:
    """The template with its tags filled and the slots of the blocks marked.

    Raises:
        TemplateTagError: if a tag is unknown, wrongly written or asks for what is not allowed.
    """
    filler = _Filler(io.BytesIO(template))
    try:
        filler.render(_context(filling), environment(filling.digits))
    except SecurityError as error:
        raise TemplateTagError(f"not allowed in a template: {error}", _place(error)) from error
    except TemplateError as error:
        raise TemplateTagError(str(error), _place(error)) from error
    document: Document = filler.docx
    return document


def block_name(name: str) -> str:
    """A block's name as it is kept: ``maturity_radar`` and ``maturity-radar`` are one."""
    return name.strip().replace("_", "-")


class _Filler(DocxTemplate):  # type: ignore[misc]
    """docxtpl without the two steps that change text or properties behind our back."""

    def render_xml_part(
        self, src_xml: str, part: object, context: Mapping[str, object], jinja_env: Any = None
    ) -> str:
        """Fill one part; unlike docxtpl, braces that a user typed stay as they are."""
        del part
        lines = src_xml.replace("<w:p>", "\n<w:p>").replace("<w:p ", "\n<w:p ")
        try:
            filled = _rendered(jinja_env.from_string(lines), context)
        except TemplateError as error:
            if (line := getattr(error, "lineno", None) or _line_of(error)) is not None:
                error.__dict__["near"] = lines.splitlines()[line - 1]
            raise
        text: str = self.resolve_listing(filled.replace("\n<w:p", "<w:p"))
        return text

    def render_properties(self, context: Mapping[str, object], jinja_env: Any = None) -> None:
        """Leave the properties to the settings of the document."""


def _rendered(template: Any, context: Mapping[str, object]) -> str:
    """The text of a part, given up as soon as it is longer than any document."""
    pieces, length = [], 0
    for piece in template.generate(context):
        length += len(piece)
        if length > MAX_FILLED:
            raise SecurityError(f"a text of more than {MAX_FILLED:,} signs; repeat less")
        pieces.append(piece)
    return "".join(pieces)


def _line_of(error: TemplateError) -> int | None:
    """The line of the template in which an error came up while it was filled."""
    step, line = error.__traceback__, None
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which values have their parts alone, and nothing but ``block`` is called."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def is_safe_callable(self, obj: object) -> bool:
        """No other call is needed in a template; texts have methods that fill the memory."""
        return isinstance(obj, _BlockSlot)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A part of a thing by its name: a list of ``items`` is no method of a dict."""
        parts = obj.parts if isinstance(obj, Named) else obj
        if isinstance(parts, Mapping):
            return (
                parts[attribute] if attribute in parts else self.undefined(obj=obj, name=attribute)
            )
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse the operators that make long texts out of short ones."""
        del context, left, right
        raise SecurityError(f"the operator {operator}")


class _BlockSlot:
    """The function ``block``: marks the place of a part, a figure or a table."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self._known = known

    def __call__(self, name: object) -> Markup:
        found = block_name(str(name))
        if found not in self._known:
            hint = did_you_mean(found, self._known) or f"there are {', '.join(self._known)}"
            raise TemplateError(f"this document has no block {str(name)!r}; {hint}")
        return _slot(f"block.{found}")


def environment(digits: str = "0123456789") -> _Environment:
    """The sandbox in which templates are read and filled."""
    table = str.maketrans("0123456789", digits)

    def printed(value: object) -> object:
        if isinstance(value, Markup):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value).translate(table)
        return scrub(value) if isinstance(value, str) else value

    sandbox = _Environment(autoescape=True, undefined=StrictUndefined, finalize=printed)
    sandbox.globals.clear()
    sandbox.filters = {name: sandbox.filters[name] for name in FILTERS}
    sandbox.filters["digits"] = lambda value: str(value).translate(table)
    return sandbox


def _context(filling: Filling) -> dict[str, object]:
    values = {name: _named(value) for name, value in filling.values.items()}
    slots = {name: _slot(name) for name in SLOTS}
    return {**values, **slots, "block": _BlockSlot(filling.blocks)}


def _named(value: TemplateValue) -> object:
    """The value with everything that has a name printing as it."""
    if isinstance(value, Mapping):
        parts = {key: _named(one) for key, one in value.items()}
        if not isinstance(parts.get("name"), str):
            return parts
        named = Named(parts["name"])
        named.parts = parts
        return named
    if isinstance(value, list | tuple):
        return [_named(one) for one in value]
    return value


def _slot(name: str) -> Markup:
    return Markup('<w:customXml w:uri="{}" w:element="{}"/>').format(SLOT_URI, name)


def _place(error: TemplateError) -> str:
    near = getattr(error, "near", "")
    shown = "".join(_TEXTS.findall(near)) or _TAG.sub("", near)
    return scrub(shown).strip()[:80]
