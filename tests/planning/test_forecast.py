"""Expected scores phase by phase. The example is that of docs/method/forecast.md."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from crmplan.assessment.gaps import Gap, GapAnalysis
from crmplan.planning.forecast import Expectation, forecast, overall_expectation
from crmplan.planning.initiatives import Catalogue, Initiative
from crmplan.planning.scheduling import schedule
from crmplan.planning.selection import ChosenInitiative, Selection
from crmplan.planning.sizing import NO_EFFORT
from crmplan.planning.working_time import WorkCalendar
from crmplan.planning.workplan import Link, Task, WorkPlan


def initiative(name: str, levels: tuple[int, int], phase: str) -> Initiative:
    return Initiative.model_validate(
        {
            "id": name, "code": name, "title": name, "dimension": "service", "purpose": "p",
            "level": {"from": levels[0], "to": levels[1]}, "phase": phase, "effort_days": (1, 1),
            "duration_weeks": (1, 1), "lead": "pm", "support": (), "deliverables": ("d",),
            "kpis": ("k",), "source": "own",
        }
    )  # fmt: skip


def test_what_is_finished_counts_with_a_share_of_the_gain() -> None:
    # Score 1, target 3: "first" leads 0 → 2 (one level of the two), "second" 2 → 4 (the other).
    catalogue = Catalogue(
        framework_id="f",
        initiatives=(initiative("first", (0, 2), "one"), initiative("second", (2, 4), "two")),
    )
    one = Fraction(1)
    gap = Gap("service", one, Fraction(3), Fraction(2), one, one, one, Fraction(2), 1)
    tasks = tuple(
        Task(name, name, "initiative", phase, NO_EFFORT, 5, "pm", ())
        for name, phase in (("first", "one"), ("second", "two"))
    )
    work = WorkPlan(tasks, (Link("first", "second", "prerequisite"),))
    dated = schedule(work, WorkCalendar(frozenset({5, 6})), start=date(2026, 1, 5))
    chosen = tuple(ChosenInitiative(name, (), ()) for name in ("first", "second"))

    found = forecast(
        Selection(chosen, (), ()),
        GapAnalysis("profile", {"service": gap}),
        catalogue,
        dated,
        phases=["one", "two"],
    )

    assert found.ends == {"one": date(2026, 1, 9), "two": date(2026, 1, 16)}
    # Half of the gap of 2 is closed: 1 + 0.4 × 1, 1 + 0.7 × 1, 1 + 1; then all of it.
    assert found.expected["one"]["service"] == Expectation(
        Fraction(7, 5), Fraction(17, 10), Fraction(2)
    )
    assert found.expected["two"]["service"] == Expectation(
        Fraction(9, 5), Fraction(12, 5), Fraction(3)
    )


def test_a_dimension_without_a_score_is_left_out() -> None:
    gap = Gap("service", None, Fraction(3), None, Fraction(1), Fraction(1), Fraction(0), None, None)
    work = WorkPlan((Task("a", "a", "activity", "one", NO_EFFORT, 1, "pm", ()),), ())
    dated = schedule(work, WorkCalendar(frozenset()), start=date(2026, 1, 5))

    found = forecast(
        Selection((), (), ()),
        GapAnalysis("profile", {"service": gap}),
        Catalogue(framework_id="f", initiatives=()),
        dated,
        phases=["one"],
    )

    assert found.expected == {"one": {}}


def test_the_expected_overall_score_weighs_dimensions_as_the_present_one_does() -> None:
    # (1 × 2 + 3 × 4) / 4 = 3.5; low (1 + 12) / 4, high (3 + 12) / 4.
    expected = {
        "service": Expectation(Fraction(1), Fraction(2), Fraction(3)),
        "people": Expectation(Fraction(4), Fraction(4), Fraction(4)),
    }
    weights = {"service": Fraction(1), "people": Fraction(3), "unscored": Fraction(9)}

    found = overall_expectation(expected, weights)

    assert found == Expectation(Fraction(13, 4), Fraction(7, 2), Fraction(15, 4))


def test_without_expected_scores_there_is_no_expected_overall_score() -> None:
    assert overall_expectation({}, {"service": Fraction(1)}) is None
