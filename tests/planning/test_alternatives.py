"""Cheaper and faster sets, one more level, reasons under a budget; docs/method/budget.md."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from itertools import combinations

from builders import catalogue, gaps
from hypothesis import given, settings
from hypothesis import strategies as st
from phase_models import two_phases

from crmplan.planning.budget_outlook import BudgetReason, look_around
from crmplan.planning.budgeting import Candidate, choose_within_budget
from crmplan.planning.initiatives import Catalogue
from crmplan.planning.one_more_level import OneMoreLevel, one_more_level
from crmplan.planning.reaching import Surroundings, cheapest, fastest
from crmplan.planning.selection import select_initiatives
from crmplan.planning.sizing import Sizing

# Service stands at 1 and shall reach 3. One long initiative leads the whole way for 10 person-days
# in 12 weeks; two short ones do the same for 8 each, one after the other, in 2 weeks each.
ROWS = """
whole   service 1>3 effort=10-10 weeks=12-12
first   service 1>2 effort=8-8   weeks=2-2
second  service 2>3 effort=8-8   weeks=2-2 needs=first
club    loyalty 2>4 effort=5-5   weeks=1-1
"""
LEVELS = {"service": 1, "loyalty": 3}
MODEL = two_phases()


def around(rows: str = ROWS, target: object = 3) -> Surroundings:
    found, choose_from = gaps(LEVELS, target=target), catalogue(rows)
    return Surroundings(select_initiatives(found, choose_from), found, choose_from, MODEL, Sizing())


def test_the_cheapest_set_reaches_the_targets_with_the_least_work() -> None:
    given_ = around()
    assert given_.selection.ids == {"whole", "first", "second"}

    found = cheapest(given_)

    # 10 instead of 8 + 8; the standing activities are the same
    assert found.ids == {"whole"}
    assert found.is_proved
    assert found.effort == given_.plan_of({"whole"}).effort


def test_the_fastest_set_ends_first() -> None:
    # 4 weeks in a row instead of 12; club is not in, its dimension has no gap
    found = fastest(around())

    assert found.ids == {"first", "second"}
    # before: appoint 4 days, map 7, gate 1; analysis: 20 days of the initiatives beside 15 + 15
    assert found.length_days < cheapest(around()).length_days


def test_what_an_initiative_covers_must_be_done_without_it() -> None:
    # "cover" carries out "map", which costs 13 person-days by itself: 13 + 4 > 15
    rows = "cover service 1>3 effort=15-15 covers=map phase=planning\nplain service 1>3 effort=4-4"

    assert cheapest(around(rows)).ids == {"cover"}


def test_one_more_level_adds_what_leads_there() -> None:
    # loyalty has reached 3; the club leads to 4. Service at 4 has nobody who leads there.
    given_ = around()
    select = partial(select_initiatives, catalogue=given_.catalogue)

    found = one_more_level(given_, select, highest=5)

    by_dimension = {one.dimension: one for one in found}
    assert by_dimension["service"] == OneMoreLevel(
        "service", Fraction(4), (), False, Fraction(0), 0
    )
    assert by_dimension["loyalty"] == OneMoreLevel(
        "loyalty", Fraction(4), ("club",), True, Fraction(5), 0
    )


def test_the_top_of_the_scale_has_no_level_above() -> None:
    given_ = around(target=5)
    select = partial(select_initiatives, catalogue=given_.catalogue)

    assert one_more_level(given_, select, highest=5) == ()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(1, 30)), min_size=1, max_size=6
    )
)
def test_no_smaller_set_that_reaches_the_targets_takes_less_work(
    initiatives: list[tuple[int, int, int]],
) -> None:
    rows = "\n".join(
        f"i{number} service {low}>{min(5, low + more)} effort={days}-{days}"
        for number, (low, more, days) in enumerate(initiatives)
    )
    given_ = around(rows)

    found = cheapest(given_)

    least = min(
        given_.plan_of(ids).effort.middle
        for size in range(len(given_.selection.ids) + 1)
        for ids in combinations(sorted(given_.selection.ids), size)
        if _reach(given_.catalogue, given_.selection.ids) <= _reach(given_.catalogue, ids)
    )
    assert found.effort.middle == least


def _reach(known: Catalogue, ids: object) -> set[tuple[int, int]]:
    """The steps between 1 and 3 that some initiatives lead through."""
    return {
        (step, step + 1)
        for one in map(known.by_id.__getitem__, ids)  # type: ignore[call-overload]
        for step in range(max(1, one.level.from_), min(3, one.level.to))
    }


FOUR = (
    Candidate("a", 5, Fraction(5)),
    Candidate("b", 4, Fraction(6), requires=("a",)),
    Candidate("c", 6, Fraction(7)),
    Candidate("d", 30, Fraction(2)),
)


def test_each_initiative_has_a_reason_under_the_budget() -> None:
    # 9 days pay for a and b, worth 11. c would push both out: 11 - 7 = 4 of 11 lost.
    choice = choose_within_budget(FOUR, [9])

    found = look_around(FOUR, [9], choice)

    assert found.reasons == {
        "a": BudgetReason("worth", (), 5),
        "b": BudgetReason("worth", (), 4),
        "c": BudgetReason("worth-less", ("a", "b"), 6, Fraction(4, 11)),
        "d": BudgetReason("too-dear", (), 30),
    }


def test_what_is_only_needed_and_what_is_demanded_says_so() -> None:
    candidates = (
        Candidate("base", 2, Fraction(0)),
        Candidate("top", 2, Fraction(3), requires=("base",)),
        Candidate("law", 1, Fraction(0), is_mandatory=True),
    )

    found = look_around(candidates, [5], choose_within_budget(candidates, [5]))

    assert found.reasons["base"] == BudgetReason("needed", ("top",), 2)
    assert found.reasons["law"] == BudgetReason("demanded", (), 1)


def test_a_budget_that_only_just_pays_for_what_is_demanded_leaves_nothing_to_lose() -> None:
    candidates = (Candidate("law", 10, Fraction(1), is_mandatory=True),)

    found = look_around(candidates, [10], choose_within_budget(candidates, [10]))

    assert (found.leaving, found.coming) == (None, None)
