"""Engagements for the tests: a small one by hand, any one by Hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

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
from crmplan.assessment.engagement import Engagement, Settings
from crmplan.assessment.plan_records import (
    BaselineTask,
    CalendarException,
    CapacityChange,
    InitiativeChoice,
    PeriodBudget,
    PlanLink,
    ProjectRisk,
    RoleCapacity,
    TaskConstraint,
    TaskEstimate,
    TaskProgress,
)
from crmplan.assessment.responses import (
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

ONE_OF_EACH = Engagement(
    organisation=Organisation(name="x"),
    frameworks=(),
    definitions=(
        DefinitionUse(id="map", kind="strategy-map", version="1.0.0"),
        DefinitionUse(id="processes", kind="process-catalogue", version="1.0.0"),
        DefinitionUse(id="package", kind="package-evaluation", version="1.0.0"),
        DefinitionUse(id="kano", kind="survey", version="1.0.0"),
        DefinitionUse(id="channels", kind="worksheet", version="1.0.0"),
    ),
    measure_targets=(
        MeasureTarget(strategy_map="map", measure="churn", value=Fraction(1, 3), owner="آوا"),
    ),
    measure_readings=(
        MeasureReading(strategy_map="map", measure="churn", on=date(2026, 3, 1), value=Fraction(2)),
    ),
    process_ratings=(
        ProcessRating(catalogue="processes", process="sell", criteria={"cost": 4, "risk": 2}),
    ),
    requirements=(Requirement(id="r-1", shortage="no view", reason="lost orders"),),
    package_candidates=(PackageCandidate(evaluation="package", id="alpha", name="Alpha 軟體"),),
    package_scores=(
        PackageScore(evaluation="package", candidate="alpha", criterion="web", score=4),
    ),
    criterion_weights=(
        CriterionWeight(evaluation="package", criterion="web", weight=Fraction(5, 2), minimum=2),
    ),
    survey_replies=(SurveyReply(survey="kano", form="17", answers={"q1": "like", "q2": "۳"}),),
    worksheet_entries=(
        WorksheetEntry(worksheet="channels", part="reactive", row="phone", cells={"who": "Bo"}),
    ),
    budgets=(PeriodBudget(period=1, person_days=300),),
    initiative_choices=(InitiativeChoice(initiative="d1", choice="excluded", reason="sold"),),
    capacities=(
        RoleCapacity(role="it", tasks=2, changes=(CapacityChange(on=date(2026, 5, 1), tasks=0),)),
    ),
    calendar_exceptions=(
        CalendarException(first=date(2026, 8, 3), last=date(2026, 8, 14), note="صيف"),
        CalendarException(
            scope="role", subject="it", first=date(2026, 8, 3), last=date(2026, 8, 3), works="half"
        ),
    ),
    plan_links=(PlanLink(before="a", after="b", kind="SS", lag="-2ed", at_most="50%"),),
    task_constraints=(TaskConstraint(task="a", kind="SNET", on=date(2026, 4, 1)),),
    task_estimates=(TaskEstimate(task="a", shortest=1, likely=3, longest=9),),
    task_progress=(
        TaskProgress(
            task="a", percent=50, started_on=date(2026, 4, 1), reported_on=date(2026, 4, 9)
        ),
    ),
    baseline=(
        BaselineTask(
            task="a",
            start=date(2026, 4, 1),
            finish=date(2026, 4, 9),
            duration_days=7,
            effort_days=12,
            approved_on=date(2026, 3, 1),
        ),
    ),
    risks=(ProjectRisk(id="r-1", title="No test data", percent=30, longest=20, tasks=("a",)),),
)
"""An engagement with at least one record of every kind that is no part of an assessment."""

NOON = datetime(2026, 3, 21, 12, 0, tzinfo=UTC)


def small_engagement() -> Engagement:
    """One framework, two people, no answers."""
    return Engagement(
        organisation=Organisation(name="شرکت آزمون", country="IR", weekend=(4,)),
        frameworks=(
            FrameworkUse(id="drcrm", version="1.0.0", profile="mid", held_on=date(2026, 3, 1)),
        ),
        respondents=(
            Respondent(id="anna", name="Anna", role="sales", group="manager"),
            Respondent(id="bo", name="波", group="executive"),
        ),
    )


def answer(item: str, level: int = 3, *, respondent: str = "anna") -> Response:
    """An answer to an item of the small engagement."""
    return Response(framework="drcrm", respondent=respondent, item=item, level=level)


words = st.text("ab7", min_size=1, max_size=3)
ids = st.lists(words, min_size=1, max_size=3).map("-".join) | st.builds(
    "{}.{}".format, words, words
)
# PostgreSQL knows no NUL in a text; it is the only character that both stores do not share.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
names = texts.filter(bool)
reasons = texts.filter(str.strip)
levels = st.integers(-1, 9)
counts = st.none() | st.integers(1, 2**63 - 1)
dates = st.dates()
one_to_five = st.integers(1, 5)

organisations = st.builds(
    Organisation,
    name=names,
    sector=texts,
    country=st.sampled_from(("", "IR", "CN", "DE")),
    staff=counts,
    users=counts,
    functions=counts,
    legacy=st.booleans(),
    weekend=st.lists(st.integers(0, 6), max_size=4).map(tuple),
)
settings_ = st.builds(
    Settings, consultant=texts, starts_on=st.none() | dates, status_on=st.none() | dates
)


def _answer_states(draw: st.DrawFn) -> dict[str, Any]:
    state = draw(
        st.sampled_from(("scored", "not-applicable", "unknown", "inherited", "out-of-control"))
    )
    level = levels if state == "scored" else st.none()
    if state in ("inherited", "out-of-control"):
        level = st.none() | levels
    return {"state": state, "level": draw(level), "reason": draw(reasons)}


@st.composite
def responses(draw: st.DrawFn, framework: st.SearchStrategy[str], person: Any) -> Response:
    """Any answer of these people about these frameworks."""
    layer = draw(st.sampled_from(("overall", "intention", "reality")))
    said = _answer_states(draw)
    if draw(st.booleans()):
        ratings = draw(st.dictionaries(ids, st.integers(0, 100), min_size=1))
        layer, said = "overall", {"ratings": ratings, "reason": draw(texts)}
    return Response(
        framework=draw(framework),
        respondent=draw(person),
        item=draw(ids),
        layer=layer,
        note=draw(texts),
        **said,
    )


@st.composite
def decisions(draw: st.DrawFn, framework: st.SearchStrategy[str]) -> Decision:
    """Any decision about these frameworks."""
    level = draw(st.none() | levels)
    return Decision(
        framework=draw(framework),
        item=draw(ids),
        state="unknown" if level is None else "scored",
        level=level,
        method=draw(st.sampled_from(("consensus", "majority", "expert"))),
        reason=draw(names),
        dissent=draw(texts),
        decided_by=draw(names),
        decided_on=draw(dates),
    )


def _listed(records: st.SearchStrategy[Any], *key: str) -> st.SearchStrategy[tuple[Any, ...]]:
    def key_of(record: Any) -> tuple[str, ...]:
        return tuple(getattr(record, name) for name in key)

    return st.lists(records, max_size=4, unique_by=key_of).map(tuple)


@st.composite
def engagements(draw: st.DrawFn) -> Engagement:
    """Any engagement whose records have keys of their own and refer to what is there."""
    uses = draw(_listed(st.builds(FrameworkUse, id=ids, version=texts, profile=ids), "id"))
    people = draw(_listed(st.builds(Respondent, id=ids, name=names, role=texts, group=ids), "id"))
    found: dict[str, Any] = {}
    if uses and people:
        found = draw(_about([use.id for use in uses], [person.id for person in people]))
    return Engagement(
        organisation=draw(organisations),
        settings=draw(settings_),
        frameworks=uses,
        respondents=people,
        factors=draw(_listed(st.builds(ChosenFactor, factor=ids, note=texts), "factor")),
        **found,
    )


@st.composite
def _about(draw: st.DrawFn, frameworks: list[str], people: list[str]) -> dict[str, Any]:
    framework = st.sampled_from(frameworks)
    of_it = {"framework": framework, "dimension": ids}
    exact = st.fractions(-10, 10, max_denominator=1000)
    evidence = st.builds(
        Evidence,
        id=ids,
        framework=framework,
        item=ids,
        title=names,
        reference=texts,
        supports=st.none() | levels,
        periods=st.integers(0, 20),
        noted_by=st.none() | ids,
    )
    answers = responses(framework, st.sampled_from(people))
    return {
        "responses": draw(_listed(answers, "framework", "respondent", "item", "layer")),
        "evidence": draw(_listed(evidence, "id")),
        "decisions": draw(_listed(decisions(framework), "framework", "item")),
        "targets": draw(_listed(st.builds(Target, level=exact, **of_it), "framework", "dimension")),
        "importances": draw(
            _listed(
                st.builds(Importance, importance=one_to_five, **of_it), "framework", "dimension"
            )
        ),
    }
