"""What result commands share: the report, its words, and the choice between table and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.words import Words, words_for
from crmplan.report import NO_LIMITS
from crmplan.workspace import report_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from crmplan.localisation.locale import LanguageCode
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
    starts_on: date | None = None,
    budgets: Sequence[int] = (),
    capacity: Mapping[str, int] = NO_LIMITS,
) -> Report:
    """Make the report that a command shows."""
    return report_of(
        file,
        framework_id=framework_id,
        language=language,
        starts_on=starts_on,
        budgets=budgets,
        capacity=capacity,
    )
