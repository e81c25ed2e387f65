"""What is worked out with the client beside the assessment: one field for each kind of definition.

Every field is empty if the engagement uses no definition of the kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.package_evaluation import PackageEvaluation
from crmplan.assessment.process_catalogue import ProcessCatalogue
from crmplan.assessment.process_ranking import ProcessRanking, rank_processes
from crmplan.assessment.ranking_sensitivity import RankedPackages, rank_packages
from crmplan.assessment.requirements import RequirementsGuide
from crmplan.assessment.strategy_map import StrategyMap
from crmplan.assessment.strategy_status import StrategyStatus, strategy_status
from crmplan.assessment.survey import Survey
from crmplan.assessment.survey_results import SurveyPaper
from crmplan.assessment.worksheet import Worksheet
from crmplan.assessment.worksheet_rows import FilledWorksheet, fill_in
from crmplan.planning.phase_overlay import PhaseOverlay
from crmplan.planning.stages import StagedPlan, staged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crmplan.assessment.definition import WholeDefinition
    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.gaps import Gap, GapAnalysis
    from crmplan.planning.scheduling import Schedule


@dataclass(frozen=True, slots=True)
class Basis:
    """What working papers look at of assessment and plan.

    Attributes:
        framework: the planning framework, whose initiatives are in the plan.
        gaps: of its dimensions, with their levels.
        schedule: the dated plan.
        status_on: the day up to which things are known; None before the work begins.
    """

    framework: Framework
    gaps: GapAnalysis
    schedule: Schedule
    status_on: date | None

    @property
    def scale_length(self) -> int:
        """How many levels lie between the lowest and the highest."""
        return self.framework.scale.highest - self.framework.scale.lowest

    def gaps_of(self, framework_id: str) -> dict[str, Gap]:
        """Give the gaps by dimension; none if that is another framework."""
        return dict(self.gaps.gaps) if framework_id == self.framework.id else {}

    def initiatives_of(self, framework_id: str) -> frozenset[str] | None:
        """Give the initiatives in the plan; None if the plan has those of another framework."""
        if framework_id != self.framework.id:
            return None
        tasks = (one.task for one in self.schedule.tasks)
        return frozenset(task.id for task in tasks if task.kind == "initiative")


@dataclass(frozen=True, slots=True)
class WorkingPapers:
    """Everything that was worked out, ready to be shown.

    Attributes:
        used: the definitions that the engagement uses besides frameworks, in its order.
        guide: the words of the requirements register; None if no guide is used.
        packages: each package evaluation with its candidates.
        worksheets: each worksheet with what was written into it.
        strategies: strategy maps with the state of their measures.
        rankings: the client's processes, for each catalogue.
        stages: the plan in the stages of each phase overlay.
    """

    used: tuple[WholeDefinition, ...]
    guide: RequirementsGuide | None = None
    packages: tuple[RankedPackages, ...] = ()
    worksheets: tuple[FilledWorksheet, ...] = ()
    surveys: tuple[SurveyPaper, ...] = ()
    strategies: tuple[StrategyStatus, ...] = ()
    rankings: tuple[ProcessRanking, ...] = ()
    stages: tuple[StagedPlan, ...] = ()


def work_out(
    engagement: Engagement, used: Sequence[WholeDefinition], basis: Basis
) -> WorkingPapers:
    """Compute all working papers of an engagement.

    Args:
        engagement: everything stored about the client.
        used: the definitions it uses besides frameworks, in one language.
        basis: what assessment and plan say.
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
        strategies=tuple(
            status_of(one, engagement, basis) for one in used if isinstance(one, StrategyMap)
        ),
        rankings=tuple(
            ranking_of(one, engagement, basis) for one in used if isinstance(one, ProcessCatalogue)
        ),
        stages=tuple(staged(one, basis.schedule) for one in used if isinstance(one, PhaseOverlay)),
    )


def _surveys(engagement: Engagement, used: Sequence[WholeDefinition]) -> tuple[SurveyPaper, ...]:
    return tuple(
        SurveyPaper(
            survey, tuple(one for one in engagement.survey_replies if one.survey == survey.id)
        )
        for survey in used
        if isinstance(survey, Survey)
    )


def status_of(strategy: StrategyMap, engagement: Engagement, basis: Basis) -> StrategyStatus:
    """Say where a strategy map stands, whether the engagement uses it already or not."""
    gaps = basis.gaps_of(strategy.framework)
    return strategy_status(
        strategy,
        engagement.measure_targets,
        engagement.measure_readings,
        on=basis.status_on,
        levels={name: gap.current for name, gap in gaps.items()},
        planned=basis.initiatives_of(strategy.framework),
    )


def ranking_of(catalogue: ProcessCatalogue, engagement: Engagement, basis: Basis) -> ProcessRanking:
    """Rank the processes of a catalogue, whether the engagement uses it already or not."""
    gaps = basis.gaps_of(catalogue.framework)
    return rank_processes(
        catalogue,
        engagement.process_ratings,
        gaps={name: gap.gap for name, gap in gaps.items()},
        scale_length=basis.scale_length,
        planned=basis.initiatives_of(catalogue.framework),
    )
