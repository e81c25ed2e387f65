"""Which processes matter most."""

from __future__ import annotations

from fractions import Fraction

import pytest
from client_definitions import process_catalogue
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.client_records import ProcessRating
from crmplan.assessment.process_catalogue import ProcessCatalogue
from crmplan.assessment.process_ranking import ProcessFinding, ProcessRanking, rank_processes

BODY = """\
classes:
  - {id: core, title: "Core", signs: ["S"], source: "own"}
criteria:
  - {id: strategy, title: "S", question: "Q", levels: {5: "L"}, source: "own"}
  - {id: benefit, title: "B", question: "Q", levels: {5: "L"}, source: "own"}
  - {id: skill, title: "K", question: "Q", levels: {5: "L"}, source: "own"}
categories:
  - {id: front, number: 1, title: "Front", process_class: core, source: "own"}
  - {id: back, number: 2, title: "Back", process_class: support, source: "own"}
processes:
  - {id: orders, code: "1.1", category: front, title: "Orders", dimensions: [service],
     secondary: [software], source: "own"}
  - {id: complaints, code: "1.2", category: front, title: "Complaints", source: "own"}
  - {id: payroll, code: "2.1", category: back, title: "Payroll", source: "own"}
"""
GAPS = {"service": Fraction(2), "software": Fraction(1), "loyalty": None}
LEVELS = st.fixed_dictionaries(
    {}, optional={name: st.integers(1, 5) for name in ("strategy", "benefit", "skill")}
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> ProcessCatalogue:
    return process_catalogue(tmp_path_factory.mktemp("catalogues") / "shop", BODY)


def rating(process: str, *levels: int, **more: object) -> ProcessRating:
    criteria = dict(zip(("strategy", "benefit", "skill"), levels, strict=False))
    return ProcessRating.model_validate(
        {"catalogue": "shop", "process": process, "criteria": criteria, **more}
    )


def ranking(
    shop: ProcessCatalogue, *ratings: ProcessRating, planned: frozenset[str] = frozenset()
) -> ProcessRanking:
    return rank_processes(shop, ratings, gaps=GAPS, scale_length=5, planned=planned)


def test_ranking_by_hand(shop: ProcessCatalogue) -> None:
    # complaints: (5 + 5 + 3) / 3 = 13/3; gap of service 2: 13/3 · (1 + 2/5) = 91/15
    # orders: (5 + 4) / 2; gap (1 · 2 + 0.4 · 1) / 1.4 = 12/7: 9/2 · (1 + 12/35) = 423/70
    # payroll: (2 + 2 + 1) / 3 = 5/3, no dimension
    found = ranking(
        shop,
        rating("payroll", 2, 2, 1),
        rating("orders", 5, 4, owner="Ada"),
        rating("complaints", 5, 5, 3, dimensions=["service"], initiatives=["board"], owner="Lee"),
        planned=frozenset({"board"}),
    )

    assert [(one.process.id, one.rank, one.priority, one.is_key) for one in found.processes] == [
        ("complaints", 1, Fraction(91, 15), True),
        ("orders", 2, Fraction(423, 70), True),
        ("payroll", 3, Fraction(5, 3), False),
    ]
    assert [one.gap for one in found.processes] == [2, Fraction(12, 7), None]
    assert found.findings == (
        ProcessFinding("not-rated", "orders"),
        ProcessFinding("untouched", "orders"),
    )


def test_the_class_is_the_clients_or_that_of_the_category(shop: ProcessCatalogue) -> None:
    found = ranking(shop, rating("orders"), rating("payroll", process_class="management"))

    assert {one.process.id: one.process_class for one in found.processes} == {
        "orders": "core",
        "payroll": "management",
    }


def test_a_key_process_wants_a_planned_initiative_and_an_owner(shop: ProcessCatalogue) -> None:
    found = ranking(shop, rating("orders", 5, 5, 5, initiatives=["portal"]))

    assert found.findings == (
        ProcessFinding("not-planned", "orders"),
        ProcessFinding("no-owner", "orders"),
    )


def test_no_initiative_is_called_left_out_if_the_plan_has_others(shop: ProcessCatalogue) -> None:
    orders = rating("orders", 5, 5, 5, initiatives=["portal"], owner="Ada")

    found = rank_processes(shop, [orders], gaps=GAPS, scale_length=5, planned=None)

    assert found.findings == ()


def test_a_process_without_rating_stands_last_and_has_no_rank(shop: ProcessCatalogue) -> None:
    found = ranking(shop, rating("orders"), rating("payroll", 1, 1, 1))

    assert [(one.process.id, one.rank) for one in found.processes] == [
        ("payroll", 1),
        ("orders", None),
    ]


def test_a_process_that_the_catalogue_lost_is_told(shop: ProcessCatalogue) -> None:
    found = ranking(shop, rating("gone", 5))

    assert found.processes == ()
    assert found.findings == (ProcessFinding("unknown-process", "gone"),)


@given(orders=LEVELS, payroll=LEVELS, data=st.data())
def test_a_higher_level_never_lowers_the_rank(
    shop: ProcessCatalogue, orders: dict[str, int], payroll: dict[str, int], data: st.DataObject
) -> None:
    def rank_of_orders(levels: dict[str, int]) -> int:
        found = ranking(
            shop,
            rating("orders").model_copy(update={"criteria": levels}),
            rating("payroll").model_copy(update={"criteria": payroll}),
        )
        return next(i for i, one in enumerate(found.processes) if one.process.id == "orders")

    raised = {name: data.draw(st.integers(level, 5)) for name, level in orders.items()}

    assert rank_of_orders(raised) <= rank_of_orders(orders)
