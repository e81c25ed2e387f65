"""A firm's own Word template: a file to begin with, and a check of what the firm made of it."""

from __future__ import annotations

from datetime import UTC, datetime

from crmplan.data_files import data_folder
from crmplan.documents.base import base_template
from crmplan.documents.blocks import (
    Block,
    BulletList,
    Callout,
    Cover,
    Heading,
    Paragraph,
    Table,
    TableOfContents,
)
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import DocumentSettings
from crmplan.errors import DocumentError
from crmplan.localisation.locale import LanguageCode
from crmplan.localisation.messages import catalogue


def new_template(language: LanguageCode) -> bytes:
    """Give our own base as a .docx with its tags, to be changed in Word."""
    words = catalogue("common", language, data_folder("templates") / "prose")
    page_of = words("labels.page_of", page="{page}", pages="{pages}")
    return base_template(language, cover=True, page_of=page_of)


def check_template(template: bytes, language: LanguageCode = "en") -> tuple[str, ...]:
    """Try a template with a small document that has every kind of style.

    Returns:
        What hinders its use, each in one sentence with its place; empty if nothing does.
    """
    settings = DocumentSettings(
        language=language, title="Title", client="Client", created=datetime(2026, 1, 1, tzinfo=UTC)
    )
    try:
        render_document(_trial(), settings=settings, template=template)
    except DocumentError as error:
        return (error.message,)
    return ()


def _trial() -> tuple[Block, ...]:
    return (
        Cover(title="Title", client="Client"),
        TableOfContents(),
        Heading(1, "Heading"),
        Paragraph("Text", style="lead"),
        BulletList(("One", "Two")),
        Callout("Message", title="Note"),
        Table(header=("A", "B"), rows=(("1", "2"),), caption="Table"),
    )
