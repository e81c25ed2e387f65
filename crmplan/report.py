"""The whole path on one page: from an engagement and the definitions to everything a document says.

A report holds nothing new. Screen, Word and ``--json`` read the same values, so they cannot
disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, partial

from crmplan.assessment.carried_aims import Aims, carried_aims
from crmplan.assessment.consistency import Finding, find_inconsistencies
from crmplan.assessment.consistency_rules import RaisePriority
from crmplan.assessment.crosswalk import Crosswalk, View, view_through
from crmplan.assessment.definition import WholeDefinition
from crmplan.assessment.engagement import Engagement
from crmplan.assessment.framework import Framework
from crmplan.assessment.gaps import GapAnalysis, analyse_gaps, raise_priorities, target_levels
from crmplan.assessment.responses import Assessment, Organisation
from crmplan.assessment.scoring import Scorecard, score
from crmplan.assessment.sharing import AnswerSource, with_shared_answers
from crmplan.assessment.swot import ExternalLine, Swot, derive_swot
from crmplan.assessment.swot_rules import FactorLibrary
from crmplan.errors import PlanningError
from crmplan.planning.alternatives import Alternatives, find_alternatives
from crmplan.planning.budgeting import BudgetChoice
from crmplan.planning.candidates import fit_to_budget
from crmplan.planning.earned_value import Standing, stand
from crmplan.planning.forecast import Forecast, forecast
from crmplan.planning.health import Check, Examined, check_health
from crmplan.planning.initiatives import Catalogue
from crmplan.planning.network.calendars import Calendars
from crmplan.planning.network.entries import with_entries
from crmplan.planning.phases import PhaseModel
from crmplan.planning.plan_inputs import AS_STORED, PlanInputs, WhatIf, plan_inputs
from crmplan.planning.progress import Replanned, replan
from crmplan.planning.public_holidays import plan_calendars
from crmplan.planning.reaching import Surroundings
from crmplan.planning.requirement_trace import RequirementTrace, trace_requirements
from crmplan.planning.resources.availability import capacities_by_day, require_known
from crmplan.planning.resources.levelling import LevelledSchedule, Solver, level
from crmplan.planning.resources.solving import solve
from crmplan.planning.risk import (
    RiskProfile,
    estimates_of,
    simulate,
)
from crmplan.planning.risk_register import RiskRegister, register
from crmplan.planning.scheduling import Schedule, schedule
from crmplan.planning.selection import Selection, select_initiatives
from crmplan.planning.sizing import Sizing, size_up
from crmplan.planning.workplan import WorkPlan, expand
from crmplan.working_papers import Basis, WorkingPapers, work_out


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything a report is made with, in one language.

    Attributes:
        framework: what the assessment was made with.
        planning_framework: whose initiatives answer the gaps; often the same.
        crosswalk: from ``framework`` to ``planning_framework``; None if they are the same.
        catalogue: the initiatives of ``planning_framework``.
        used: what the engagement uses besides frameworks.
        sources: other frameworks of the engagement, whose answers to equal questions count here.
    """

    framework: Framework
    planning_framework: Framework
    crosswalk: Crosswalk | None
    catalogue: Catalogue
    phase_model: PhaseModel
    factors: FactorLibrary
    used: tuple[WholeDefinition, ...] = ()
    sources: tuple[AnswerSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What the answers say.

    Attributes:
        view: the scores seen through the planning framework; None if they were made with it.
        planning_gaps: gaps of the planning framework, which choose the initiatives.
        inconsistencies: rules of the planning framework that spoke.
    """

    scorecard: Scorecard
    targets: dict[str, Fraction]
    gaps: GapAnalysis
    swot: Swot
    inconsistencies: tuple[Finding, ...]
    view: View | None
    planning_gaps: GapAnalysis


@dataclass(frozen=True)
class Plan:
    """What follows from the findings.

    Attributes:
        inputs: what the project manager said, stored or tried.
        budget: how the budgets were spent; None without a budget.
        schedule: the dates; with limited roles those of ``levelled``.
        levelled: what limited roles do to the dates; None if no role is limited.
        progress: what was reported, and what remains; None before the work begins.
        threats: what people fear from outside; the register of risks suggests them.
    """

    inputs: PlanInputs
    selection: Selection
    budget: BudgetChoice | None
    sizing: Sizing
    workplan: WorkPlan
    schedule: Schedule
    levelled: LevelledSchedule | None
    forecast: Forecast
    progress: Replanned | None = None
    threats: tuple[ExternalLine, ...] = ()

    @cached_property
    def standing(self) -> Standing | None:
        """Where the project stands; None without a baseline, or before the work begins."""
        if not self.inputs.baseline or self.progress is None:
            return None
        return stand(
            self.inputs.baseline,
            self.progress.reports.values(),
            status_on=self.progress.status_on,
            calendar=self.schedule.calendar,
            phase_of={task.id: task.phase for task in self.workplan.tasks},
        )

    @cached_property
    def health(self) -> tuple[Check, ...]:
        """Whether the plan is made so that its dates can be believed."""
        progress = self.progress
        return check_health(
            Examined(
                workplan=progress.original if progress else self.workplan,
                remaining=self.workplan,
                schedule=self.schedule,
                reports=progress.reports if progress else {},
                baseline=self.inputs.baseline,
                status_on=progress.status_on if progress else self.inputs.status_on,
            )
        )

    @cached_property
    def risk(self) -> RiskProfile:
        """How sure the dates are; computed when it is first asked for."""
        return simulate(
            self.workplan,
            self.schedule,
            estimates=estimates_of(self.workplan),
            risks=self.risks.simulated,
        )

    @cached_property
    def risks(self) -> RiskRegister:
        """What may happen to the plan."""
        return register(
            self.inputs.risks,
            self.threats,
            plan=self.workplan,
            finished=self.progress.finished if self.progress else frozenset(),
        )


@dataclass(frozen=True)
class Report:
    """Engagement, definitions, findings, plan and working papers together."""

    engagement: Engagement
    assessment: Assessment
    definitions: Definitions
    findings: Findings
    plan: Plan
    papers: WorkingPapers

    @property
    def register(self) -> RequirementTrace:
        """The requirements, traced to what the plan does about them."""
        chosen, guide = self.definitions, self.papers.guide
        return trace_requirements(
            self.engagement.requirements,
            catalogue=chosen.catalogue,
            model=chosen.phase_model,
            workplan=self.plan.workplan,
            dimensions={**chosen.framework.dimension, **chosen.planning_framework.dimension},
            entities=[one.id for one in guide.entities] if guide else (),
        )

    @cached_property
    def alternatives(self) -> Alternatives:
        """What else could be done; computed when it is first asked for."""
        select = _selecting(self.findings, self.definitions, self.plan.inputs)
        gaps = self.findings.planning_gaps
        catalogue, model = self.definitions.catalogue, self.definitions.phase_model
        return find_alternatives(
            Surroundings(select(gaps), gaps, catalogue, model, self.plan.sizing),
            select,
            highest=self.definitions.planning_framework.scale.highest,
            budgets=self.plan.inputs.budgets,
            choice=self.plan.budget,
        )


def build_report(
    engagement: Engagement,
    definitions: Definitions,
    *,
    what_if: WhatIf = AS_STORED,
    solver: Solver = solve,
) -> Report:
    """Walk the whole path.

    Args:
        engagement: everything stored about the client.
        definitions: framework, initiatives, phases and factors in the language of the documents.
        what_if: what is tried in place of what is stored about the plan.
        solver: what finds a schedule if roles are limited; see ``resources.engines``.
    """
    assessment = with_shared_answers(engagement, definitions.framework, definitions.sources)
    findings = analyse(assessment, definitions)
    inputs = plan_inputs(engagement, held_on=assessment.use.held_on, what_if=what_if)
    plan = make_plan(assessment.organisation, findings, definitions, inputs, solver=solver)
    papers = work_out(engagement, definitions.used, basis_of(definitions, findings, plan))
    return Report(engagement, assessment, definitions, findings, plan, papers)


def basis_of(definitions: Definitions, findings: Findings, plan: Plan) -> Basis:
    """Gather what working papers look at."""
    return Basis(
        definitions.planning_framework,
        findings.planning_gaps,
        plan.schedule,
        plan.inputs.status_on,
    )


def require_scores(report: Report) -> None:
    """Refuse to go on to a roadmap that no answer supports.

    Raises:
        PlanningError: if no dimension has enough answers for a score.
    """
    if all(gap.current is None for gap in report.findings.planning_gaps.gaps.values()):
        raise PlanningError(
            "no dimension has enough answers for a score, so there is nothing to plan",
            hint="collect answers first: crmplan interview, or crmplan questionnaire write",
        )


def analyse(assessment: Assessment, definitions: Definitions) -> Findings:
    """Score the answers and say what they mean."""
    framework = definitions.framework
    scorecard = score(framework, assessment)
    targets = target_levels(framework, assessment.use.profile, assessment.target_levels)
    gaps = analyse_gaps(
        framework,
        scorecard,
        targets=targets,
        profile_id=assessment.use.profile,
        importances=assessment.stated_importances,
    )
    aims = Aims(targets, assessment.stated_importances)
    view, planning_scores, planning_gaps = _for_planning(scorecard, gaps, aims, definitions)
    wanted = select_initiatives(planning_gaps, definitions.catalogue).ids
    planning_targets = {one.dimension_id: one.target for one in planning_gaps.gaps.values()}
    inconsistencies = find_inconsistencies(
        definitions.planning_framework, planning_scores, planning_targets, wanted=wanted
    )
    raised = _raised(definitions.planning_framework, inconsistencies)
    planning_gaps = raise_priorities(planning_gaps, raised)
    gaps = planning_gaps if view is None else gaps
    return Findings(
        scorecard=scorecard,
        targets=targets,
        gaps=gaps,
        swot=derive_swot(
            framework, scorecard, gaps, library=definitions.factors, chosen=assessment.factors
        ),
        inconsistencies=inconsistencies,
        view=view,
        planning_gaps=planning_gaps,
    )


def _raised(framework: Framework, findings: Sequence[Finding]) -> frozenset[str]:
    """Collect the dimensions whose priority the rules raise: the weak ones that others rest on."""
    raising = {rule.id for rule in framework.rules if isinstance(rule.effect, RaisePriority)}
    return frozenset(one.subjects[0] for one in findings if one.rule_id in raising)


def _for_planning(
    scorecard: Scorecard, gaps: GapAnalysis, aims: Aims, definitions: Definitions
) -> tuple[View | None, Scorecard, GapAnalysis]:
    """See scores, aims and gaps through the framework whose initiatives will answer them."""
    if definitions.crosswalk is None:
        return None, scorecard, gaps
    source, framework = definitions.framework, definitions.planning_framework
    view = view_through(definitions.crosswalk, scorecard, source=source, framework=framework)
    profile = framework.profiles[0].id
    carried = carried_aims(
        definitions.crosswalk,
        aims,
        source=source,
        framework=framework,
        defaults=target_levels(framework, profile, {}),
    )
    planning_gaps = analyse_gaps(
        framework,
        view.scorecard,
        targets=carried.targets,
        profile_id=profile,
        importances=carried.importances,
    )
    return view, view.scorecard, planning_gaps


def make_plan(
    organisation: Organisation,
    findings: Findings,
    definitions: Definitions,
    inputs: PlanInputs,
    *,
    solver: Solver = solve,
) -> Plan:
    """Choose initiatives, expand them into the phases, and date them.

    Without scores nothing is chosen and the plan holds the standing activities only.
    """
    selection = _selecting(findings, definitions, inputs)(findings.planning_gaps)
    foundations = [
        findings.planning_gaps.gaps[one].current for one in definitions.planning_framework.readiness
    ]
    sizing = size_up(organisation, foundations)
    budget = None
    if inputs.budgets:
        selection, budget = fit_to_budget(
            selection, findings.planning_gaps, definitions.catalogue, sizing, inputs.budgets
        )
    workplan = with_entries(
        expand(selection, definitions.catalogue, definitions.phase_model, sizing),
        inputs,
        catalogue=definitions.catalogue,
        model=definitions.phase_model,
    )
    calendars = plan_calendars(organisation, inputs.exceptions, start=inputs.starts_on)
    replanned, start = None, inputs.starts_on
    if inputs.progress:
        replanned = replan(
            workplan, inputs.progress, status_on=inputs.status_on, calendars=calendars
        )
        workplan, start = replanned.workplan, min(start, replanned.begins_on or start)
    levelled = _levelled(workplan, calendars, definitions, inputs, start, solver)
    scheduled = levelled.schedule if levelled else schedule(workplan, calendars, start=start)
    if replanned:
        scheduled = replanned.with_actual_dates(scheduled)
    expected = forecast(
        selection,
        findings.planning_gaps,
        definitions.catalogue,
        scheduled,
        phases=[phase.id for phase in definitions.phase_model.phases],
    )
    return Plan(
        inputs,
        selection,
        budget,
        sizing,
        workplan,
        scheduled,
        levelled,
        expected,
        progress=replanned,
        threats=findings.swot.threats,
    )


def _levelled(
    workplan: WorkPlan,
    calendars: Calendars,
    definitions: Definitions,
    inputs: PlanInputs,
    start: date,
    solver: Solver,
) -> LevelledSchedule | None:
    """Date the tasks with limited roles and their leave; None if no role is limited."""
    if not inputs.capacities:
        return None
    require_known(
        inputs.capacities,
        roles=definitions.phase_model.role,
        leads=Counter(task.lead for task in workplan.tasks if not task.is_milestone),
    )
    capacity = capacities_by_day(inputs.capacities, calendars.organisation, start=start)
    return level(workplan, calendars, start=start, capacity=capacity, solver=solver)


def _selecting(
    findings: Findings, definitions: Definitions, inputs: PlanInputs
) -> Callable[[GapAnalysis], Selection]:
    """Give what chooses initiatives for gaps, with the rules that spoke and people's decisions."""
    return partial(
        select_initiatives,
        catalogue=definitions.catalogue,
        findings=findings.inconsistencies,
        framework_rules=definitions.planning_framework.rules,
        choices=inputs.choices,
    )
