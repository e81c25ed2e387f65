"""Dates of tasks: every kind of link, lags, calendars and constraints; numbers worked by hand.

Monday 2 March 2026 is the first day of all plans here.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from builders import network
from planning.network.plans import dated, off, plan, spans

from crmplan.errors import DependencyCycleError, PlanProblemsError
from crmplan.planning.critical_path import find_times
from crmplan.planning.working_time import WorkCalendar

# SAS/OR User's Guide, Project Management, CPM procedure: data set WIDGLAG2. Worked by hand:
# Prototype 15-30, so Materials and Facility 24-34; Init. Prod. two days after Facility 36-46; Test
# Market 46-61; Changes must end 3 days after it, so 59-64, later than 6 days after Evaluate began
# (52); so the project takes 64 days.
WIDGET = plan(
    """approve 5; drawings 10; study 5; specs 5; prototype 15; strategy 10; materials 10
    facility 10; initial 10; evaluate 10; test 15; changes 5; production 0; marketing 0""",
    """approve FS drawings; approve FS study; approve FS specs; drawings FS prototype
    study FS strategy; specs FS prototype; prototype SS+9d materials; prototype SS+9d facility
    strategy FS test; strategy FS marketing; materials FS initial; facility FS+2d initial
    initial FS test; initial FS marketing; initial FS evaluate; evaluate SS+6d changes
    test FF+3d changes; changes FS production""",
)


def test_the_widget_project_with_lags_takes_64_days() -> None:
    times = find_times(WIDGET)
    early = {one: (found.early_start, found.early_finish) for one, found in times.items()}

    assert early["materials"] == early["facility"] == (24, 34)
    assert early["initial"] == (36, 46)
    assert early["test"] == (46, 61)
    assert early["changes"] == (59, 64)
    assert early["production"] == (64, 64)


def test_the_widget_project_has_its_floats() -> None:
    # Materials may end when Facility's two days are over: 2. Evaluate: Changes may start at 59, six
    # days after 53: 7. Marketing may come at the end: 18. Study and strategy must end by 46: 26.
    times = find_times(WIDGET)
    floats = {one: found.total_float for one, found in times.items() if found.total_float}

    assert floats == {
        "study": 26,
        "specs": 5,
        "strategy": 26,
        "materials": 2,
        "evaluate": 7,
        "marketing": 18,
    }


def test_the_widget_project_ends_after_its_holidays() -> None:
    # 1 December 2003 to 3 March 2004: 20 days in December without 24 to 26, 21 in January without
    # New Year, 20 in February, 3 in March.
    days = ("2003-12-24", "2003-12-25", "2003-12-26", "2004-01-01")
    calendar = WorkCalendar(frozenset({5, 6}), frozenset(map(date.fromisoformat, days)))

    made = dated(WIDGET, start=date(2003, 12, 1), calendar=calendar)

    assert made.finish == date(2004, 3, 3)


def test_a_published_project_has_the_published_length_and_critical_tasks() -> None:
    # Vanhoucke (2014), Integrated project management and control, project 2, p. 9: 25 days.
    made = find_times(
        network(
            """1 1
            2 1 1
            3 3 2
            4 2 3
            5 2 4
            6 2 3
            7 2 6
            8 1 5,7
            9 4 8
            10 5 8
            11 3 8
            12 3 8
            13 4 8
            14 5 9,10,11,12,13
            15 1 13
            16 5 14,15
            17 2 14,15"""
        )
    )

    assert max(one.early_finish for one in made.values()) == 25
    assert [one for one, found in made.items() if found.is_critical] == [
        *("1", "2", "3", "4", "5", "6", "7", "8", "10", "14", "16")
    ]


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ("FS", "03-09 03-11"),  # a ends on Friday 6 March
        ("SS", "03-02 03-04"),
        ("SS+2d", "03-04 03-06"),
        ("SS+8d", "03-12 03-16"),  # a lag longer than the task before it
        ("FF", "03-04 03-06"),
        ("FF+2d", "03-06 03-10"),
        ("SF", "03-02 03-04"),  # it would have to end before the plan begins
        ("SF+4d", "03-03 03-05"),
        ("FS+3d", "03-12 03-16"),
        ("FS-2d", "03-05 03-09"),
        ("FS-9d", "03-02 03-04"),  # nothing starts before the plan
        ("FS+40%", "03-11 03-13"),  # two of five days
        ("FS-50%", "03-04 03-09"),  # at noon of Wednesday, until noon of Monday
        ("FS+2ed", "03-09 03-11"),  # Friday evening and two days are Sunday evening
        ("FS+4ed", "03-11 03-13"),  # Tuesday evening
        ("FF+1ed", "03-04 03-06"),  # Saturday evening: nothing can be done after Friday
        ("SS-3ed", "03-02 03-04"),
    ],
)
def test_b_of_three_days_after_a_of_five(tie: str, expected: str) -> None:
    assert spans(dated(plan("a 5; b 3", f"a {tie} b")))["b"] == expected


def test_a_finish_link_moves_a_longer_task_by_no_more_than_it_needs() -> None:
    # b of 8 days must end after a (5): it ends there anyway, with its own 8 days
    times = find_times(plan("a 5; b 8", "a FF b"))

    assert (times["b"].early_start, times["b"].early_finish) == (0, 8)


def test_both_links_of_a_ladder_count() -> None:
    # b starts 2 days after a and ends 3 days after it: 10 + 3 = 13
    times = find_times(plan("a 10; b 4", "a SS+2d b; a FF+3d b"))

    assert times["b"].early_start == 9
    assert [link.kind for link in times["b"].driving_links] == ["FF"]


def test_only_the_start_of_a_task_matters_to_what_waits_for_its_start() -> None:
    # c must end by 6. a must start by 0 for b; but it may take longer: until the end of the plan.
    times = find_times(plan("a 2; b 6", "a SS b"))

    assert times["a"].total_float == times["a"].start_float == 0
    assert times["a"].finish_float == 4


def test_a_longest_time_pulls_the_task_before_towards_the_one_after() -> None:
    # b waits for c until 10; a must not end more than 2 days before it: so it starts at 5
    times = find_times(plan("a 3; b 1; c 10", "a FS b within 2d; c FS b"))

    assert (times["a"].early_start, times["a"].early_finish) == (5, 8)
    assert times["b"].early_start == 10


def test_a_longest_time_holds_the_latest_dates_too() -> None:
    # the plan ends at 10 (c); b may end then, but must start by 2 days after a, which ends by 9
    times = find_times(plan("a 3; b 1; c 10; d 6", "a FS b within 2d; a FS d"))

    assert times["a"].late_start == 1
    assert times["b"].late_start == 6


def test_a_pair_without_room_between_moves_as_one() -> None:
    times = find_times(plan("a 3; b 2; c 7", "a FS b within 0d; c FS b"))

    assert (times["a"].early_start, times["b"].early_start) == (4, 7)


def test_a_longest_time_that_other_links_break_is_refused_with_its_place() -> None:
    work = plan("a 3; x 5; b 1", "a FS b within 2d; a FS x; x FS b")

    with pytest.raises(PlanProblemsError) as error:
        find_times(work)

    assert str(error.value.problems[0]) == (
        "link a b FS: PLAN-AT-MOST: a –FS→ b within 2d cannot be kept by other links and dates\n"
        "    name a longer time, or change what holds the tasks apart"
    )


def test_a_circle_is_refused() -> None:
    with pytest.raises(DependencyCycleError) as error:
        find_times(plan("a 1; b 1; c 1; d 1", "a FS b; b SS c; c FF a; c FS d"))

    assert error.value.cycle == ("a", "b", "c", "a")


def test_a_role_that_is_away_does_not_work() -> None:
    # the analyst is away from Wednesday to Friday: two days, then Monday and Tuesday
    made = dated(
        plan("a 4; b 1", "a FS b", a="analyst"), off("2026-03-04", "2026-03-06", role="analyst")
    )

    assert spans(made) == {"a": "03-02 03-10", "b": "03-11 03-11"}


def test_a_role_may_work_on_a_day_of_the_weekend() -> None:
    # b is led by the team, which works on Saturday 7 March
    made = dated(plan("a 5; b 2", "a FS b", b="team"), off("2026-03-07", works="full", role="team"))

    assert spans(made)["b"] == "03-07 03-09"


def test_the_exception_of_a_task_counts_before_that_of_its_role() -> None:
    made = dated(
        plan("a 2", a="team"),
        off("2026-03-02", "2026-03-03", role="team"),
        off("2026-03-03", works="full", task="a"),
    )

    assert spans(made)["a"] == "03-03 03-04"


def test_work_goes_on_in_the_afternoon_after_half_a_day() -> None:
    # on Tuesday only the morning is worked, so w ends at noon of Wednesday
    made = dated(plan("w 2; a 1; b 1", "w FS a; a FS b"), off("2026-03-03", works="half"))

    assert spans(made) == {"w": "03-02 03-04", "a": "03-04 03-05", "b": "03-05 03-06"}
    assert made.by_id["w"].parts[:2] == ("morning", "midday")
    assert made.by_id["a"].parts[:2] == ("afternoon", "midday")
    assert made.by_id["b"].parts[:2] == ("afternoon", "midday")


def test_days_of_a_plan_may_end_in_a_half() -> None:
    made = dated(plan("a 3; b 1", "a FS-50% b"))

    assert made.by_id["b"].times.early_start == Fraction(3, 2)
    assert made.by_id["a"].times.total_float == 0


def test_a_working_saturday_is_worked() -> None:
    # 7 March 2026 is a Saturday
    made = dated(plan("a 6"), off("2026-03-07", works="full"))

    assert spans(made)["a"] == "03-02 03-07"


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("plan", "03-12 03-12"),  # Monday, Tuesday; then b is away for a day
        ("before", "03-09 03-09"),  # a works on Saturday and Sunday
        ("after", "03-13 03-13"),  # b works on Monday and Thursday
    ],
)
def test_a_lag_counts_the_days_of_the_calendar_that_it_names(owner: str, expected: str) -> None:
    made = dated(
        plan("a 5; b 1", f"a FS+2d:{owner} b", a="team", b="boss"),
        off("2026-03-07", "2026-03-08", "full", role="team"),
        off("2026-03-10", "2026-03-11", role="boss"),
    )

    assert spans(made)["b"] == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("a ASAP", "03-02 03-04"),
        ("a SNET 2026-03-11", "03-11 03-13"),
        ("a SNET 2026-03-14", "03-16 03-18"),  # a Saturday: the Monday after
        ("a SNET 2026-02-02", "03-02 03-04"),
        ("a FNET 2026-03-11", "03-09 03-11"),
        ("a FNET 2026-03-14", "03-11 03-13"),  # a Saturday: the Friday before
        ("a MSO 2026-03-11", "03-11 03-13"),
        ("a MFO 2026-03-11", "03-09 03-11"),
        ("a SNLT 2026-03-11", "03-02 03-04"),
        ("a FNLT 2026-03-11", "03-02 03-04"),
        ("a deadline 2026-03-11", "03-02 03-04"),
        ("a ALAP", "03-11 03-13"),
    ],
)
def test_a_date_holds_a_task_of_three_days_in_a_plan_of_ten(dates: str, expected: str) -> None:
    assert spans(dated(plan("a 3; c 10", "", dates)))["a"] == expected


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ("a SNLT 2026-03-05", 3),
        ("a FNLT 2026-03-05", 1),
        ("a deadline 2026-03-05", 1),
        ("a MSO 2026-03-05", 0),
        ("a MFO 2026-03-05", 0),
        ("a SNLT 2026-03-07", 5),  # a Saturday: the start of Monday
        ("a deadline 2026-03-08", 2),  # a Sunday: the end of Friday
        ("b deadline 2026-03-09", 0),
        ("b deadline 2026-03-05", -2),
        ("b SNLT 2026-03-03", -2),
        ("b MSO 2026-03-03", -2),
        ("b MFO 2026-03-04", -3),
    ],
)
def test_a_date_bounds_the_float_of_what_leads_to_it(dates: str, days: int) -> None:
    # a takes 3 days, b starts on Thursday 5 March and ends on Monday 9 March; the plan takes 20
    made = dated(plan("a 3; b 3; c 20", "a FS b", dates))

    assert made.by_id["a"].times.total_float == days


def test_links_hold_even_against_a_date_and_the_float_says_so() -> None:
    made = dated(plan("a 5; b 2", "a FS b", "b MSO 2026-03-04"))

    assert spans(made)["b"] == "03-09 03-10"
    assert [one.task.id for one in made.worst_chain] == ["a", "b"]
    (missed,) = made.missed
    assert (missed.planned, missed.days) == (date(2026, 3, 9), 3)


def test_the_worst_chain_leads_to_the_date_that_is_missed_by_most() -> None:
    # b misses its deadline by 3 days, d by one; c has no date
    made = dated(
        plan("a 5; b 5; c 9; d 1", "a FS b; c FS d", "b deadline 2026-03-10; d deadline 2026-03-12")
    )

    assert [one.task.id for one in made.worst_chain] == ["a", "b"]
    assert [one.times.total_float for one in made.worst_chain] == [-3, -3]
    assert [(one.constraint.task, one.days) for one in made.missed] == [("b", 3), ("d", 1)]


def test_a_task_as_late_as_possible_moves_nothing_else() -> None:
    # a has 6 days of room before b, which waits for c; a2 before a follows it
    made = dated(plan("a2 1; a 2; c 8; b 2", "a2 FS a; a FS b; c FS b", "a ALAP; a2 ALAP"))

    assert spans(made) == {
        "a2": "03-09 03-09",
        "a": "03-10 03-11",
        "c": "03-02 03-11",
        "b": "03-12 03-13",
    }
    assert made.by_id["a"].times.free_float == 0


@pytest.mark.parametrize(
    ("links", "dates", "day"),
    [
        ("a FS m", "", "03-06"),  # where what it waits for ends
        ("a SS m", "", "03-02"),
        ("a FS m", "m SNET 2026-03-09", "03-09"),  # the Monday after, not the Friday before
        ("a FS m", "m FNET 2026-03-06", "03-06"),
        ("a FS+1d m", "", "03-09"),
        ("w FS s; s SS m", "", "03-09"),  # with a start on Monday
        ("w FS s; s SS n; n FS m", "", "03-09"),  # through another milestone
    ],
)
def test_a_milestone_lies_where_what_holds_it_lies(links: str, dates: str, day: str) -> None:
    made = dated(plan("a 5; w 5; s 2; n 0; m 0", links, dates))

    assert spans(made)["m"] == f"{day} {day}"


def test_a_milestone_between_calendars_passes_the_evening_on() -> None:
    # the gate is reached on Friday evening; the team works on Saturday and starts then
    made = dated(
        plan("a 5; gate 0; b 1", "a FS gate; gate FS b", b="team"),
        off("2026-03-07", works="full", role="team"),
    )

    assert spans(made) == {"a": "03-02 03-06", "gate": "03-06 03-06", "b": "03-07 03-07"}


def test_a_plan_of_one_milestone_has_a_critical_path() -> None:
    made = dated(plan("m 0"))

    assert [one.task.id for one in made.critical] == ["m"]
    assert made.by_id["m"].times.is_on_longest_path


def test_the_longest_path_is_told_apart_from_tasks_without_float() -> None:
    # a misses its deadline and is critical, but b alone decides about the end
    made = dated(plan("a 5; b 20", "", "a deadline 2026-03-04"))

    assert [one.task.id for one in made.critical] == ["a", "b"]
    assert [one.task.id for one in made.tasks if one.times.is_on_longest_path] == ["b"]


def test_tasks_with_a_working_week_of_float_or_less_are_nearly_critical() -> None:
    made = dated(plan("a 10; b 6; c 5; d 4"))

    assert [one.task.id for one in made.near_critical()] == ["b", "c"]
    assert [one.task.id for one in made.near_critical(6)] == ["b", "c", "d"]


def test_a_role_without_any_working_day_is_named() -> None:
    years = range(2020, 2310, 10)
    never = [off(f"{year}-01-01", f"{year + 9}-12-31", role="team") for year in years]
    work = plan("a 1; b 2; c 1", "a FS b; b FS c", b="team")

    with pytest.raises(PlanProblemsError) as error:
        dated(work, *never)

    assert [str(one).splitlines()[0] for one in error.value.problems] == [
        "calendar of b: PLAN-CALENDAR: b, led by team, finds no working time for 2 days"
    ]


def test_a_plan_beyond_all_dates_is_refused() -> None:
    # twelve times 9,000 working days are more than 400 years
    names = "abcdefghijkl"
    links = "; ".join(f"{one} FS {then}" for one, then in pairwise(names))

    with pytest.raises(PlanProblemsError) as error:
        dated(plan("; ".join(f"{one} 9000" for one in names), links))

    assert error.value.problems[0].code == "PLAN-HORIZON"


def test_the_length_counts_the_days_of_the_organisation() -> None:
    made = dated(plan("a 3", a="team"), off("2026-03-03", role="team"))

    assert made.by_id["a"].times.early_finish == 3
    assert made.length_days == 4


def test_a_calendar_of_seven_days_counts_every_day() -> None:
    made = dated(plan("a 5; b 3", "a FS+2ed b"), calendar=WorkCalendar(frozenset()))

    assert spans(made)["b"] == "03-09 03-11"
