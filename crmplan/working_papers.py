"""What is worked out with the client beside the assessment: one field for each kind of definition.

Every field is empty if the engagement uses no definition of the kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.survey import Survey
from crmplan.assessment.survey_results import SurveyPaper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.assessment.definition import WholeDefinition
    from crmplan.assessment.engagement import Engagement


@dataclass(frozen=True, slots=True)
class WorkingPapers:
    """Everything that was worked out, ready to be shown.

    Attributes:
        used: the definitions that the engagement uses besides frameworks, in its order.
    """

    used: tuple[WholeDefinition, ...]
    surveys: tuple[SurveyPaper, ...] = ()


def work_out(engagement: Engagement, used: Sequence[WholeDefinition]) -> WorkingPapers:
    """Compute all working papers of an engagement.

    Args:
        engagement: everything stored about the client.
        used: the definitions it uses besides frameworks, in one language.
    """
    return WorkingPapers(used=tuple(used), surveys=_surveys(engagement, used))


def _surveys(engagement: Engagement, used: Sequence[WholeDefinition]) -> tuple[SurveyPaper, ...]:
    return tuple(
        SurveyPaper(
            survey, tuple(one for one in engagement.survey_replies if one.survey == survey.id)
        )
        for survey in used
        if isinstance(survey, Survey)
    )
