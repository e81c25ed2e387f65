"""Makes all demo documents into a folder: a program of its own, so that two runs can differ.

Used as ``python demo_documents.py FOLDER``. LibreOffice is kept out: page numbers are not the
point, and the documents are ten times faster without them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crmplan.assessment.record_kinds import BESIDE_ASSESSMENT
from crmplan.documents.making import documents_for, make_document
from crmplan.documents.words import Words, words_for
from crmplan.exchange.engagement_json import from_json
from crmplan.workspace import report_on

if TYPE_CHECKING:
    from crmplan.assessment.engagement import Engagement
    from crmplan.documents.settings import Language

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LANGUAGES: tuple[Language, ...] = ("en", "fa", "zh")


def demo(language: Language) -> Engagement:
    """The demo engagement in one language."""
    path = EXAMPLES / "home-appliances" / f"engagement.{language}.json"
    return from_json(path.read_text("utf-8"))


def assessed(language: Language) -> Engagement:
    """The demo engagement before anything was entered beside the assessment."""
    nothing = {kind.field: () for kind in BESIDE_ASSESSMENT}
    return demo(language).model_copy(update=nothing)


def words_of(engagement: Engagement, document: str, language: Language) -> Words:
    """What the sections of a document write with."""
    report = report_on(engagement, language=language)
    return words_for(report, document, language, engagement.settings.calendar)


def make_all(engagement: Engagement, language: Language) -> dict[str, bytes]:
    """Every document of an engagement, without page numbers."""
    report = report_on(engagement, language=language)
    calendar = engagement.settings.calendar
    return {
        name: make_document(report, name, language=language, calendar=calendar).content
        for name in documents_for(engagement)
    }


def main(folder: Path) -> None:
    """Write every document in every language."""
    os.environ["PATH"] = ""
    for language in LANGUAGES:
        for name, content in make_all(demo(language), language).items():
            (folder / f"{name}.{language}.docx").write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
