"""What a firm's template may print: the model of a document, and its JSON Schema.

Everything is a text as the document's language writes it, so that a template chooses words and
order and never calculates. Lists are empty where there is nothing; a text is empty where nothing is
known. The schema is the contract: ``crmplan template schema`` prints it, ``template check`` reads
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from crmplan.assessment.gaps import Gap
    from crmplan.assessment.scoring import NodeScore
    from crmplan.documents.settings import DocumentSettings, TemplateValue
    from crmplan.documents.words import Words
    from crmplan.planning.scheduling import ScheduledTask


class _Printed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Client(_Printed):
    """The organisation; prints as its name."""

    name: str = ""
    sector: str = Field(default="", description="empty if it is not known")
    country: str = Field(default="", description="two letters, or empty")
    staff: str = Field(default="", description="people employed, or empty")


class ScoredDimension(_Printed):
    """A dimension of the framework; prints as its name."""

    name: str
    score: str
    target: str
    coverage: str = Field(description="share of the questions that were answered")
    evidence: str = Field(description="share of the score that evidence supports")


class RankedGap(_Printed):
    """A gap that is to be closed; prints as the name of its dimension."""

    name: str
    rank: str
    score: str
    target: str
    gap: str = Field(description="levels that are missing")
    priority: str


class SwotLines(_Printed):
    """The four fields of the SWOT analysis."""

    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    opportunities: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()


class DatedPhase(_Printed):
    """A phase of the plan; prints as its name."""

    name: str
    start: str
    finish: str


class DatedInitiative(_Printed):
    """A chosen initiative; prints as its title."""

    name: str
    code: str
    phase: str
    start: str
    finish: str
    effort: str = Field(description="person-days, a range")
    lead: str = Field(description="the role that leads it")


class TemplateModel(_Printed):
    """Everything that tags can print."""

    document: str = Field(default="", description="such as assessment-report")
    language: str = Field(default="en", description="en, fa or zh")
    title: str = ""
    subject: str = Field(default="", description="second line of the title")
    client: Client = Client()
    author: str = Field(default="", description="your firm; may be empty")
    date: str = Field(default="", description="day of the assessment")
    version: str = Field(default="", description="version of crmplan")
    header: str = Field(default="", description="running text of our base: client and title")
    footer: str = Field(default="", description="running text of our base: confidentiality")
    framework: str = Field(default="", description="title of the framework")
    score: str = Field(default="", description="the overall score")
    highest: str = Field(default="", description="the highest level of the scale")
    level: str = Field(default="", description="name of the level that the score stands on")
    dimensions: tuple[ScoredDimension, ...] = ()
    gaps: tuple[RankedGap, ...] = Field(default=(), description="the most urgent first")
    swot: SwotLines = SwotLines()
    phases: tuple[DatedPhase, ...] = Field(default=(), description="empty without a plan")
    initiatives: tuple[DatedInitiative, ...] = Field(default=(), description="by their start")


def template_schema() -> dict[str, Any]:
    """Give the JSON Schema of the model."""
    return TemplateModel.model_json_schema(mode="serialization")


def printed_settings(settings: DocumentSettings) -> dict[str, TemplateValue]:
    """Give what the settings of a document say of the model; the rest of it is empty."""
    model = TemplateModel(
        language=settings.language,
        title=settings.title,
        subject=settings.subject,
        client=Client(name=settings.client),
        author=settings.author,
        date=settings.date,
        version=settings.version,
        header=settings.header,
        footer=settings.footer,
    )
    return {**model.model_dump(), **settings.values}


def printed_report(words: Words, document: str) -> dict[str, TemplateValue]:
    """Give what a report says of the model: the part that settings do not know."""
    overall, locale = words.report.findings.scorecard.overall, words.locale
    organisation = words.report.assessment.organisation
    scored = overall.score is not None
    return {
        "document": document,
        "client": Client(
            name=organisation.name,
            sector=organisation.sector,
            country=organisation.country,
            staff=locale.whole(organisation.staff) if organisation.staff else "",
        ).model_dump(),
        "framework": words.report.definitions.framework.title,
        "score": locale.number(overall.score),
        "highest": words.highest(),
        "level": words.level_name(words.standing(overall.score)) if scored else "",
        "dimensions": tuple(
            _dimension(words, node) for node in words.report.findings.scorecard.dimensions.values()
        ),
        "gaps": tuple(_gap(words, gap) for gap in words.report.findings.gaps.ranked),
        "swot": _swot(words).model_dump(),
        **_plan(words),
    }


def _dimension(words: Words, node: NodeScore) -> dict[str, TemplateValue]:
    locale = words.locale
    return ScoredDimension(
        name=words.dimension(node.id),
        score=locale.number(node.score),
        target=locale.level(words.report.findings.targets[node.id]),
        coverage=locale.percent(node.coverage),
        evidence=locale.percent(node.evidence_share),
    ).model_dump()


def _gap(words: Words, gap: Gap) -> dict[str, TemplateValue]:
    locale = words.locale
    return RankedGap(
        name=words.dimension(gap.dimension_id),
        rank=locale.whole(gap.rank),
        score=locale.number(gap.current),
        target=locale.level(gap.target),
        gap=locale.number(gap.gap),
        priority=locale.number(gap.priority),
    ).model_dump()


def _swot(words: Words) -> SwotLines:
    found = words.report.findings.swot
    return SwotLines(
        strengths=tuple(words.topic(line.item_id) for line in found.strengths),
        weaknesses=tuple(words.topic(line.item_id) for line in found.weaknesses),
        opportunities=tuple(words.factor(line.factor_id) for line in found.opportunities),
        threats=tuple(words.factor(line.factor_id) for line in found.threats),
    )


def _plan(words: Words) -> dict[str, TemplateValue]:
    """Give phases and initiatives; none where no answer supports a plan."""
    if words.report.findings.scorecard.overall.score is None:
        return {}
    schedule = words.report.plan.schedule
    phases = words.report.definitions.phase_model.phases
    of_phases = [(phase, schedule.of_phase(phase.id)) for phase in phases]
    initiatives = [one for one in schedule.tasks if one.task.kind == "initiative"]
    initiatives.sort(key=lambda one: (one.start, one.task.code))
    return {
        "phases": tuple(_phase(words, phase.title, tasks) for phase, tasks in of_phases if tasks),
        "initiatives": tuple(_initiative(words, one) for one in initiatives),
    }


def _phase(words: Words, title: str, tasks: tuple[ScheduledTask, ...]) -> dict[str, TemplateValue]:
    return DatedPhase(
        name=title,
        start=words.locale.date(min(one.start for one in tasks)),
        finish=words.locale.date(max(one.finish for one in tasks)),
    ).model_dump()


def _initiative(words: Words, one: ScheduledTask) -> dict[str, TemplateValue]:
    return DatedInitiative(
        name=words.task(one.task.id),
        code=one.task.code,
        phase=words.phase(one.task.phase),
        start=words.locale.date(one.start),
        finish=words.locale.date(one.finish),
        effort=words.effort(one.task.effort),
        lead=words.role(one.task.lead),
    ).model_dump()
