"""A filled worksheet keeps every entry, computes the Pareto share, and offers what it found."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.client_records import WorksheetEntry
from crmplan.assessment.pareto import concentration
from crmplan.assessment.worksheet import (
    Column,
    Option,
    PreparedRow,
    RequirementColumns,
    Worksheet,
    WorksheetPart,
)
from crmplan.assessment.worksheet_rows import fill_in, needs_in, offered

SHEET = Worksheet(
    id="sheet",
    version="1.0.0",
    title="Sheet",
    summary="?",
    licence="MIT",
    source="own",
    languages=("en",),
    columns=(
        Column(id="missing", title="What is missing"),
        Column(id="why", title="Why"),
        Column(id="revenue", title="Revenue", type="number"),
        Column(id="outside", title="Factor", type="factor"),
        Column(id="work", title="Initiative", type="initiative"),
        Column(id="use", title="Used", type="choice", options=(Option(id="use.yes", title="y"),)),
    ),
    parts=(
        WorksheetPart(
            id="channels",
            title="Channels",
            guidance="?",
            source="own",
            columns=("missing", "why", "outside", "work"),
            rows=(PreparedRow(id="channels.telephone", title="Telephone", source="own"),),
            requirement=RequirementColumns(shortage="missing", reason="why", channel="row"),
        ),
        WorksheetPart(
            id="customers",
            title="Customers",
            guidance="?",
            source="own",
            columns=("revenue",),
            pareto="revenue",
        ),
        WorksheetPart(
            id="fixed",
            title="Fixed",
            guidance="?",
            source="own",
            columns=("use",),
            rows=(PreparedRow(id="fixed.one", title="One", source="own"),),
            takes_more_rows=False,
        ),
    ),
)


def entry(part: str, row: str, **cells: str) -> WorksheetEntry:
    return WorksheetEntry(worksheet="sheet", part=part, row=row, cells=cells)


def test_prepared_rows_stand_first_and_added_ones_follow() -> None:
    filled = fill_in(SHEET, [entry("channels", "r1", missing="x")])

    assert [row.id for row in filled.parts[0].rows] == ["channels.telephone", "r1"]
    assert [row.is_filled for row in filled.parts[0].rows] == [False, True]
    assert filled.filled == 1


def test_what_has_no_place_any_more_is_told_and_not_lost() -> None:
    filled = fill_in(
        SHEET,
        [entry("gone", "r1"), entry("fixed", "r1"), entry("fixed", "fixed.one", colour="red")],
    )

    assert filled.unplaced == ("gone/r1", "fixed/r1", "fixed/fixed.one/colour")


def test_a_row_with_shortage_and_reason_is_a_need() -> None:
    filled = fill_in(
        SHEET,
        [
            entry(
                "channels", "channels.telephone", missing="no record", why="asked twice", work="i"
            ),
            entry("channels", "r1", missing="no reason given"),
            entry("channels", "r2", missing="m", why="w"),
        ],
    )
    telephone, added = needs_in(filled)

    assert (telephone.id, telephone.shortage, telephone.reason) == (
        "sheet.channels.telephone",
        "no record",
        "asked twice",
    )
    assert (telephone.channel, telephone.initiatives) == ("Telephone", ("i",))
    assert (added.id, added.channel) == ("sheet.channels.r2", "")


def test_factors_and_initiatives_that_rows_name_are_offered() -> None:
    filled = fill_in(SHEET, [entry("channels", "r1", outside="easy-switching", work="case")])

    assert [one.id for one in offered(filled, "factor")] == ["easy-switching"]
    assert [(one.part, one.row, one.id) for one in offered(filled, "initiative")] == [
        ("channels", "r1", "case")
    ]


def numbers(*values: int | None) -> list[tuple[str, Fraction | None]]:
    return [
        (f"c{place}", None if value is None else Fraction(value))
        for place, value in enumerate(values, start=1)
    ]


def test_the_largest_fifth_of_ten_customers() -> None:
    # 50 and 20 of 100; the first three bring 80.
    found = concentration(numbers(5, 50, 2, 20, 10, 3, 4, 2, 2, 2))

    assert found is not None
    assert found.fifth_brings == Fraction(7, 10)
    assert found.parts_for_most == 3
    assert [line.row for line in found.lines[:3]] == ["c2", "c4", "c5"]


def test_a_fifth_that_ends_inside_a_part_counts_it_in_proportion() -> None:
    # A fifth of 7 is 7/5: the first, and 2/5 of the second.
    found = concentration(numbers(60, 20, 10, 4, 3, 2, 1))

    assert found is not None
    assert found.fifth_brings == Fraction(60, 100) + Fraction(2, 5) * Fraction(20, 100)


def test_rows_without_a_number_or_below_zero_are_left_out_and_told() -> None:
    found = concentration(numbers(3, None, -1, 1))

    assert found is not None
    assert found.left_out == ("c2", "c3")
    assert found.total == 4


def test_without_a_total_there_is_no_share() -> None:
    assert concentration(numbers(0, 0)) is None
    assert concentration([]) is None


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60).filter(any))
def test_the_largest_fifth_brings_at_least_a_fifth_and_at_most_all(values: list[int]) -> None:
    found = concentration(numbers(*values))

    assert found is not None
    assert Fraction(1, 5) <= found.fifth_brings <= 1
    assert found.lines[-1].cumulated == 1


def test_the_worksheets_pareto_reads_the_numbers_of_its_rows() -> None:
    filled = fill_in(SHEET, [entry("customers", f"r{n}", revenue=str(n)) for n in (1, 2, 3, 4, 10)])

    pareto = filled.parts[1].pareto
    assert pareto is not None
    assert pareto.fifth_brings == Fraction(10, 20)
