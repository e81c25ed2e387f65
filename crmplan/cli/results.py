"""What result commands share: the report, its words, and the choice between table and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.words import Words, words_for
from crmplan.planning.plan_inputs import AS_STORED
from crmplan.workspace import report_of

if TYPE_CHECKING:
    from crmplan.localisation.locale import LanguageCode
    from crmplan.planning.plan_inputs import WhatIf
    from crmplan.planning.resources.levelling import Solver
    from crmplan.report import Report


def words_of(report: Report, document: str = "assessment-report") -> Words:
    """Gather words in the language the definitions of the report are in."""
    settings = report.engagement.settings
    return words_for(report, document, language_of(report), settings.calendar)


def language_of(report: Report) -> LanguageCode:
    """Tell the language that a report's definitions are in."""
    language: LanguageCode = report.definitions.phase_model.language  # type: ignore[assignment]
    return language


def report_in(
    file: str,
    framework_id: str | None,
    language: LanguageCode | None,
    *,
    what_if: WhatIf = AS_STORED,
    solver: Solver | None = None,
) -> Report:
    """Make the report that a command shows."""
    return report_of(
        file, framework_id=framework_id, language=language, what_if=what_if, solver=solver
    )
