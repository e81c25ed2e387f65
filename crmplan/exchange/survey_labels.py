"""The words of a survey form besides the survey's own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from crmplan.assessment.survey import Amount, Steps
from crmplan.exchange.questionnaire_look import in_digits
from crmplan.exchange.survey_columns import ANSWERED_ON, FORM, GROUP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.survey import Asked


@dataclass(frozen=True, slots=True)
class SurveyLabels:
    """All words of the form in one language; those in braces are replaced."""

    form: str
    group: str
    answered_on: str
    form_hint: str
    group_hint: str
    date_hint: str
    sheet: str
    question: str
    answer: str
    step: str
    amount: str
    words: str
    not_a_step: str
    how_to: str

    @property
    def about(self) -> dict[str, str]:
        """Titles of the columns that are no answers."""
        return {FORM: self.form, GROUP: self.group, ANSWERED_ON: self.answered_on}

    def scale(self, asked: Asked, language: str) -> str:
        """Say how a question is answered."""
        scale = asked.scale
        if isinstance(scale, Steps):
            named = sorted(scale.labels.items())
            return " | ".join(
                self.step.format(step=in_digits(step, language), label=label)
                for step, label in named
            )
        return self.amount.format(unit=scale.unit) if isinstance(scale, Amount) else self.words


def survey_labels(texts: Mapping[str, str]) -> SurveyLabels:
    """Take the words of the form out of the catalogue ``survey``."""
    return SurveyLabels(**{one.name: texts[one.name] for one in fields(SurveyLabels)})
