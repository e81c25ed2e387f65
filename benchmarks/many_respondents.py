"""Scoring the 72 items of DrCRM for a workshop of 200 people, beside the usual 12."""

from __future__ import annotations

from datetime import date

from measuring import median_seconds, peak_mb, show, times

from crmplan.assessment.framework import Framework
from crmplan.assessment.responses import (
    Assessment,
    FrameworkUse,
    Organisation,
    Respondent,
    Response,
)
from crmplan.assessment.scoring import score
from crmplan.definitions.library import load_framework

FEW, MANY = 12, 200


def main() -> None:
    """Measure both, and how the time grows with the answers."""
    framework = load_framework("drcrm")
    taken = {people: _seconds(framework, people) for people in (FEW, MANY)}
    show(
        f"Scoring: {len(framework.items)} items, median of 7",
        ("", "answers", "ms", "ratio", "answers' ratio"),
        [
            (
                f"{people} respondents",
                f"{people * len(framework.items):,}",
                f"{one * 1000:.0f}",
                times(one / taken[FEW]),
                times(people / FEW),
            )
            for people, one in taken.items()
        ],
        f"peak memory: {peak_mb():.0f} MB",
    )


def _seconds(framework: Framework, people: int) -> float:
    given = assessment(framework, people)
    return median_seconds(lambda: score(framework, given), runs=7)


def assessment(framework: Framework, people: int) -> Assessment:
    """Make an assessment in which everybody answers every item, and few agree."""
    groups = [audience.id for audience in framework.audiences]
    respondents = tuple(
        Respondent(id=f"p{number}", name=f"Person {number}", group=groups[number % len(groups)])
        for number in range(people)
    )
    levels = framework.scale.highest - framework.scale.lowest + 1
    responses = tuple(
        Response(
            framework=framework.id,
            respondent=person.id,
            item=item,
            level=framework.scale.lowest + (number * 7 + place * 3) % levels,
        )
        for number, person in enumerate(respondents)
        for place, item in enumerate(framework.items)
    )
    use = FrameworkUse(
        id=framework.id,
        version=framework.version,
        profile=framework.profiles[0].id,
        held_on=date(2026, 9, 14),
    )
    organisation = Organisation(name="Lantern & Sons")
    return Assessment(
        use=use, organisation=organisation, respondents=respondents, responses=responses
    )


if __name__ == "__main__":
    main()
