"""What every definition has in common: ids, sources, and texts that exist in several languages."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

Model = TypeVar("Model", bound=BaseModel)


class TextMarker:
    """Marks a field whose words are translated; everything else is the same in all languages."""


def _stripped(text: str) -> str:
    text = text.strip()
    if not text or text == "TODO":
        raise ValueError("the text is empty")
    return text


_BOUND = 10**100
# Anything else, such as "1e999999999", would keep Fraction busy for hours.
_EXACT = re.compile(r"-?[0-9]{1,100}(\.[0-9]{1,100}|/0{0,99}[1-9][0-9]{0,99})?")


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError('write a number that is not whole in quotes: "7.5"')  # noqa: TRY004
    if isinstance(value, str) and not _EXACT.fullmatch(value):
        raise ValueError('an exact number is written as "7.5" or "1/3"')
    return value


def _bounded(value: Fraction) -> Fraction:
    if max(abs(value.numerator), value.denominator) >= _BOUND:
        raise ValueError("the number has more than 100 digits")
    return value


def _above_zero(value: Fraction) -> Fraction:
    if value <= 0:
        raise ValueError("the number must be above 0")
    return value


Text = Annotated[str, AfterValidator(_stripped), TextMarker()]
"""Words that a client reads; translated in ``locale/``."""

Note = Annotated[str, AfterValidator(_stripped)]
"""Words that are the same in every language, such as the name of a licence."""

Texts = Annotated[tuple[Annotated[str, AfterValidator(_stripped)], ...], TextMarker()]
"""A list of such words; translations have the same number of entries."""

LevelTexts = Annotated[dict[int, Annotated[str, AfterValidator(_stripped)]], TextMarker()]
"""Words per maturity level; translations have the same levels."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$")]
"""Lower-case words joined by hyphens, parts by dots: ``leadership.customer-vision``."""

Source = Annotated[str, Field(pattern=r"^(own|seed|published)\b.*$")]
"""Where an element comes from: ``own``, ``seed 002 L28``, ``published: Winer (2001)``."""

Exact = Annotated[Fraction, BeforeValidator(_exact), AfterValidator(_bounded), PlainSerializer(str)]
"""An exact number of at most 100 digits; written whole or as a text such as "7.5" or "1/3"."""

Weight = Annotated[Exact, AfterValidator(_above_zero)]
"""An exact number above 0."""

Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]

Range = tuple[int, int]

Kind = Literal["enabler", "result"]
"""How a dimension is judged: by how people work, or by what they reach."""


class Definition(BaseModel):
    """Base of all that is read from definition files: frozen, nothing unknown allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Element(Definition):
    """Anything with an id that others refer to."""

    id: Id


class WholeDefinition(Element):
    """What stands at the head of every definition that is no framework.

    Attributes:
        language: of the texts; set when they are translated.
        languages: those with a whole translation.
    """

    version: Version
    language: str = "en"
    title: Text
    summary: Text
    licence: str
    source: Source
    languages: tuple[str, ...]


def changed(value: Model, **changes: Any) -> Model:
    """Give a definition with other values; nothing computed before is carried over."""
    copy = value.model_copy(update=changes)
    for name in vars(type(value)):
        if isinstance(getattr(type(value), name), cached_property):
            copy.__dict__.pop(name, None)
    return copy


def text_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Name the fields of a model that hold words to translate, in order."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if any(isinstance(mark, TextMarker) for mark in field.metadata)
    )
