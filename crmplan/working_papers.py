"""What is worked out with the client beside the assessment: one field for each kind of definition.

Every field is empty if the engagement uses no definition of the kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.package_evaluation import PackageEvaluation
from crmplan.assessment.ranking_sensitivity import RankedPackages, rank_packages
from crmplan.assessment.requirements import RequirementsGuide
from crmplan.assessment.survey import Survey
from crmplan.assessment.survey_results import SurveyPaper
from crmplan.assessment.worksheet import Worksheet
from crmplan.assessment.worksheet_rows import FilledWorksheet, fill_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.assessment.definition import WholeDefinition
    from crmplan.assessment.engagement import Engagement


@dataclass(frozen=True, slots=True)
class WorkingPapers:
    """Everything that was worked out, ready to be shown.

    Attributes:
        used: the definitions that the engagement uses besides frameworks, in its order.
        guide: the words of the requirements register; None if no guide is used.
        packages: each package evaluation with its candidates.
        worksheets: each worksheet with what was written into it.
    """

    used: tuple[WholeDefinition, ...]
    guide: RequirementsGuide | None = None
    packages: tuple[RankedPackages, ...] = ()
    worksheets: tuple[FilledWorksheet, ...] = ()
    surveys: tuple[SurveyPaper, ...] = ()


def work_out(engagement: Engagement, used: Sequence[WholeDefinition]) -> WorkingPapers:
    """Compute all working papers of an engagement.

    Args:
        engagement: everything stored about the client.
        used: the definitions it uses besides frameworks, in one language.
    """
    return WorkingPapers(
        used=tuple(used),
        guide=next((one for one in used if isinstance(one, RequirementsGuide)), None),
        packages=tuple(
            rank_packages(one, engagement) for one in used if isinstance(one, PackageEvaluation)
        ),
        surveys=_surveys(engagement, used),
        worksheets=tuple(
            fill_in(one, engagement.worksheet_entries) for one in used if isinstance(one, Worksheet)
        ),
    )


def _surveys(engagement: Engagement, used: Sequence[WholeDefinition]) -> tuple[SurveyPaper, ...]:
    return tuple(
        SurveyPaper(
            survey, tuple(one for one in engagement.survey_replies if one.survey == survey.id)
        )
        for survey in used
        if isinstance(survey, Survey)
    )
