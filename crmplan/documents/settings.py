"""What is the same for a whole document: language, properties, fixed words, running texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["en", "fa", "zh"]
TemplateValue: TypeAlias = (
    "str | int | tuple[TemplateValue, ...] | Mapping[str, TemplateValue] | None"
)


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that the engine itself prints; ``page_of`` holds {page} and {pages}."""

    figure: str = "Figure"
    table: str = "Table"
    contents: str = "Contents"
    figures: str = "Figures"
    tables: str = "Tables"
    page_of: str = "Page {page} of {pages}"
    prepared_for: str = "Prepared for"
    prepared_by: str = "Prepared by"
    date: str = "Date"
    version: str = "Version"
    confidentiality: str = "Confidentiality"
    kept: str = "Texts of an earlier version"


def labels_of(messages: Callable[[str], str]) -> Labels:
    """The words of the engine out of a catalogue, where they are called ``labels.NAME``."""
    return Labels(**{one.name: messages(f"labels.{one.name}") for one in fields(Labels)})


def as_typed(text: str) -> str:
    """The text unchanged: the digits of languages that write 0 to 9."""
    return text


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """Everything about a document except its blocks.

    Args:
        language: the document's language; gives direction, fonts and language tags.
        created: the stamp in the file's properties, passed in so that equal input gives equal
            bytes; taken as UTC if it has no zone.
        date: the date as people read it, already in the right calendar and digits.
        digits: turns ASCII digits of numbers that the engine counts (captions, contents) into
            the language's digits.
        header, footer: running texts of our own base; also tags in a firm's template.
        values: further values for the tags of a firm's template.
    """

    language: Language
    title: str
    created: datetime
    subject: str = ""
    client: str = ""
    author: str = ""
    date: str = ""
    version: str = ""
    labels: Labels = Labels()
    digits: Callable[[str], str] = as_typed
    header: str = ""
    footer: str = ""
    values: Mapping[str, TemplateValue] = field(default_factory=dict)
