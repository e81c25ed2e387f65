"""Results of a survey as readings of the measures of a strategy map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.client_records import MeasureReading
from crmplan.assessment.survey_results import SurveyPaper, measure_values
from crmplan.cli.survey_templates import load_survey
from crmplan.errors import CrmplanError, UnknownElementError
from crmplan.problems import closest

if TYPE_CHECKING:
    from datetime import date

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.strategy_map import StrategyMap


def paper_of(engagement: Engagement, survey_id: str) -> SurveyPaper:
    """Take a survey of an engagement with its replies.

    Raises:
        UnknownElementError: if the engagement has no replies to it.
    """
    used = [one.survey for one in engagement.survey_replies]
    if survey_id not in used:
        raise UnknownElementError(
            survey_id, kind="survey of this engagement", suggestion=closest(survey_id, used)
        )
    replies = tuple(one for one in engagement.survey_replies if one.survey == survey_id)
    return SurveyPaper(load_survey(survey_id), replies)


def readings_of(
    paper: SurveyPaper, strategy: StrategyMap, *, on: date | None
) -> tuple[MeasureReading, ...]:
    """Give a reading for each measure of the map that a result is linked to.

    Raises:
        CrmplanError: if no result gives a value to a measure, or there is no day to enter it for.
    """
    values = measure_values(paper.survey, paper.results)
    known = {name: value for name, value in values.items() if name in strategy.measure}
    if not known:
        raise CrmplanError(
            f"no result of {paper.survey.id} gives a value to a measure of {strategy.id}",
            hint="results name measures in survey.yaml, and need enough replies to be shown",
        )
    if on is None:
        raise CrmplanError("the replies have no dates", hint="state the day: --on 2026-03-31")
    note = f"{paper.survey.id}: {paper.results.forms} forms"
    return tuple(
        MeasureReading(strategy_map=strategy.id, measure=measure, on=on, value=value, note=note)
        for measure, value in known.items()
    )
