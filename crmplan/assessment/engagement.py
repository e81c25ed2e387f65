"""An engagement: one client, its people, and the assessments made with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Literal

from crmplan.assessment.client_records import (
    CriterionWeight,
    DefinitionUse,
    MeasureReading,
    MeasureTarget,
    PackageCandidate,
    PackageScore,
    ProcessRating,
    Requirement,
    SurveyReply,
    WorksheetEntry,
)
from crmplan.assessment.plan_records import (
    BaselineTask,
    CalendarException,
    InitiativeChoice,
    PeriodBudget,
    PlanLink,
    ProjectRisk,
    RoleCapacity,
    TaskConstraint,
    TaskEstimate,
    TaskProgress,
)
from crmplan.assessment.record import Record
from crmplan.assessment.responses import (
    Assessment,
    ChosenFactor,
    Decision,
    Evidence,
    FrameworkUse,
    Importance,
    Organisation,
    Respondent,
    Response,
    Target,
)
from crmplan.errors import UnknownElementError
from crmplan.problems import closest

Calendar = Literal["gregorian", "jalali"]
LanguageCode = Literal["en", "fa", "zh"]


class Settings(Record):
    """How an engagement speaks and dates.

    Attributes:
        consultant: the firm or person named as author of the documents.
        starts_on: first day of the plan; None means the working day after the assessment.
        status_on: the day up to which progress is known; None before the work begins.
    """

    language: LanguageCode = "en"
    calendar: Calendar = "gregorian"
    consultant: str = ""
    starts_on: date | None = None
    status_on: date | None = None


class Engagement(Record):
    """Everything that is stored about one client; results are computed from it."""

    organisation: Organisation
    settings: Settings = Settings()
    frameworks: tuple[FrameworkUse, ...]
    respondents: tuple[Respondent, ...] = ()
    responses: tuple[Response, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    targets: tuple[Target, ...] = ()
    importances: tuple[Importance, ...] = ()
    factors: tuple[ChosenFactor, ...] = ()
    definitions: tuple[DefinitionUse, ...] = ()
    measure_targets: tuple[MeasureTarget, ...] = ()
    measure_readings: tuple[MeasureReading, ...] = ()
    process_ratings: tuple[ProcessRating, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    package_candidates: tuple[PackageCandidate, ...] = ()
    package_scores: tuple[PackageScore, ...] = ()
    criterion_weights: tuple[CriterionWeight, ...] = ()
    survey_replies: tuple[SurveyReply, ...] = ()
    worksheet_entries: tuple[WorksheetEntry, ...] = ()
    budgets: tuple[PeriodBudget, ...] = ()
    initiative_choices: tuple[InitiativeChoice, ...] = ()
    capacities: tuple[RoleCapacity, ...] = ()
    calendar_exceptions: tuple[CalendarException, ...] = ()
    plan_links: tuple[PlanLink, ...] = ()
    task_constraints: tuple[TaskConstraint, ...] = ()
    task_estimates: tuple[TaskEstimate, ...] = ()
    task_progress: tuple[TaskProgress, ...] = ()
    baseline: tuple[BaselineTask, ...] = ()
    risks: tuple[ProjectRisk, ...] = ()

    def free_evidence_ids(self) -> Iterator[str]:
        """Give ids for new evidence, ``e1`` onwards, that no evidence of this engagement has."""
        used = {one.id for one in self.evidence}
        return (name for number in count(1) if (name := f"e{number}") not in used)

    def assessment(self, framework_id: str | None = None) -> Assessment:
        """Take out what concerns one framework; without an id, the first.

        Raises:
            UnknownElementError: if the engagement does not use this framework.
        """
        uses = {use.id: use for use in self.frameworks}
        wanted = framework_id or next(iter(uses))
        if wanted not in uses:
            raise UnknownElementError(
                wanted, kind="framework of this engagement", suggestion=closest(wanted, uses)
            )
        return Assessment(
            use=uses[wanted],
            organisation=self.organisation,
            respondents=self.respondents,
            responses=tuple(one for one in self.responses if one.framework == wanted),
            evidence=tuple(one for one in self.evidence if one.framework == wanted),
            decisions=tuple(one for one in self.decisions if one.framework == wanted),
            targets=tuple(one for one in self.targets if one.framework == wanted),
            importances=tuple(one for one in self.importances if one.framework == wanted),
            factors=self.factors,
        )
