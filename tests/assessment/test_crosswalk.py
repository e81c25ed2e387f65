from __future__ import annotations

from fractions import Fraction

from builders import assessment, decided, framework, seen

from crmplan.assessment.crosswalk import Crosswalk, View, view_through
from crmplan.assessment.responses import Decision, Evidence
from crmplan.assessment.scoring import score
from crmplan.definitions.library import load_crosswalk, load_framework

SOURCE = framework({"planning": {"value": 1, "segments": 1, "rivals": 1}})
TARGET = framework(
    {"strategy": {"portfolio": 1, "competitors": 1}, "loyalty": {"reasons": 1, "routine": 1}}
)


def link(begin: str, end: str, strength: object = 1) -> dict[str, object]:
    return {"from": begin, "to": end, "relation": "subset", "strength": strength, "reason": "R"}


def view(
    table: str,
    *links: dict[str, object],
    evidence: tuple[Evidence, ...] = (),
    decisions: tuple[Decision, ...] = (),
) -> View:
    crosswalk = Crosswalk.model_validate({"from": "care", "to": "care", "links": links})
    measured = score(SOURCE, assessment(SOURCE, table, evidence=evidence, decisions=decisions))
    return view_through(crosswalk, measured, source=SOURCE, framework=TARGET)


BOTH_TO_PORTFOLIO = (
    link("planning.value", "strategy.portfolio"),
    link("planning.segments", "strategy.portfolio", "0.4"),
)


def test_a_derived_level_is_the_mean_by_strength() -> None:
    # (1 · 4 + 0.4 · 0.5) / 1.4 = 4.2 / 1.4 = 3
    found = view("ann ben\nplanning.value 4 4\nplanning.segments 0 1", *BOTH_TO_PORTFOLIO)

    portfolio = found.scorecard.items["strategy.portfolio"]
    assert (portfolio.state, portfolio.value) == ("scored", 3)


def test_what_was_not_answered_there_counts_in_the_bounds_only() -> None:
    # (1 · 4 + 0.4 · 0) / 1.4 = 20/7 to (1 · 4 + 0.4 · 5) / 1.4 = 30/7
    portfolio = view("sara\nplanning.value 4", *BOTH_TO_PORTFOLIO).scorecard.items[
        "strategy.portfolio"
    ]

    assert portfolio.value == 4
    assert (portfolio.low, portfolio.high) == (Fraction(20, 7), Fraction(30, 7))


def test_an_item_that_nothing_leads_to_is_unanswered() -> None:
    competitors = view("sara\nplanning.value 4", *BOTH_TO_PORTFOLIO).scorecard.items[
        "strategy.competitors"
    ]

    assert (competitors.state, competitors.value) == ("unanswered", None)
    assert (competitors.low, competitors.high) == (0, 5)


def test_coverage_tells_how_much_of_the_other_framework_was_reached() -> None:
    # one of two items of strategy, none of loyalty; one of four in all
    found = view("sara\nplanning.value 4", *BOTH_TO_PORTFOLIO)

    assert (found.reached, found.items) == (1, 4)
    assert found.scorecard.dimensions["strategy"].coverage == Fraction(1, 2)
    assert found.scorecard.dimensions["loyalty"].score is None
    assert found.scorecard.dimensions["loyalty"].coverage == 0


def test_what_does_not_apply_there_does_not_apply_here() -> None:
    found = view("sara\nplanning.value n/a\nplanning.segments n/a", *BOTH_TO_PORTFOLIO)

    assert found.scorecard.items["strategy.portfolio"].state == "not-applicable"


def test_evidence_is_carried_over() -> None:
    # claimed 4 and 4; seen 4 and 2: (4 + 0.4 · 2) / 1.4 = 24/7
    portfolio = view(
        "sara\nplanning.value 4\nplanning.segments 4",
        *BOTH_TO_PORTFOLIO,
        evidence=(seen("planning.value"),),
    ).scorecard.items["strategy.portfolio"]

    assert portfolio.value == 4
    assert portfolio.evidenced == Fraction(24, 7)
    assert not portfolio.is_confirmed
    assert [record.item for record in portfolio.evidence] == ["planning.value"]


def test_levels_are_carried_to_the_scale_of_the_other_framework() -> None:
    # From 1–4 to 0–5: level 2 is 1/3 of the way, 1/3 · 5 = 5/3; what is not answered keeps all.
    short = framework({"planning": {"value": 1, "segments": 1}}, lowest=1, highest=4)
    links = [
        link("planning.value", "strategy.portfolio"),
        link("planning.segments", "strategy.competitors"),
    ]
    crosswalk = Crosswalk.model_validate({"from": "care", "to": "care", "links": links})
    measured = score(short, assessment(short, "sara\nplanning.value 2\nplanning.segments -"))

    found = view_through(crosswalk, measured, source=short, framework=TARGET).scorecard.items

    portfolio, competitors = found["strategy.portfolio"], found["strategy.competitors"]
    assert (portfolio.value, portfolio.low, portfolio.high) == (Fraction(5, 3),) * 3
    assert (competitors.value, competitors.low, competitors.high) == (None, 0, 5)


def test_an_open_item_stays_open_on_the_other_side() -> None:
    contested = "ann ben\nplanning.value 1 4\nplanning.segments 2 2"

    open_there = view(contested, *BOTH_TO_PORTFOLIO)
    settled = view(contested, *BOTH_TO_PORTFOLIO, decisions=(decided("planning.value", 2),))

    assert open_there.scorecard.dimensions["strategy"].open_items == ("strategy.portfolio",)
    assert settled.scorecard.dimensions["strategy"].open_items == ()


def test_the_people_are_those_who_were_asked() -> None:
    assert view("ann ben\nplanning.value 4 4", *BOTH_TO_PORTFOLIO).scorecard.respondents == 2


def test_the_bundled_crosswalks_carry_the_top_to_the_top() -> None:
    target = load_framework("drcrm")
    for name in ("qci", "buttle-value-chain"):
        asked = load_framework(name)
        crosswalk = load_crosswalk(name, "drcrm")
        assert crosswalk is not None
        table = "sara\n" + "\n".join(f"{item} 5" for item in asked.items)
        measured = score(asked, assessment(asked, table))

        found = view_through(crosswalk, measured, source=asked, framework=target)

        linked = {one.to for one in crosswalk.links}
        assert found.reached == len(linked)
        assert {found.scorecard.items[item].value for item in linked} == {5}


def test_a_crosswalk_turned_round_twice_is_the_same() -> None:
    from crmplan.assessment.crosswalk import inverse
    from crmplan.definitions.library import load_crosswalk

    written = load_crosswalk("qci", "drcrm")
    assert written is not None

    back = inverse(written)

    assert back.from_ == "drcrm"
    assert {link.relation for link in back.links} <= {"equal", "subset", "superset", "intersects"}
    assert inverse(back) == written
