"""Guide, package criteria and worksheets hold what their sources list, and all of it."""

from __future__ import annotations

from collections import Counter
from typing import cast

import pytest

from crmplan.assessment.package_evaluation import PackageEvaluation
from crmplan.assessment.requirements import RequirementsGuide
from crmplan.assessment.worksheet import Worksheet
from crmplan.definitions.library import definitions, load_whole

GUIDE = cast("RequirementsGuide", load_whole("crm-requirements", "requirements-guide"))
PACKAGE = cast("PackageEvaluation", load_whole("crm-package", "package-evaluation"))
WORKSHEETS = [entry.id for entry in definitions().values() if entry.kind == "worksheet"]


def worksheet(name: str) -> Worksheet:
    return cast("Worksheet", load_whole(name, "worksheet"))


def test_the_guide_follows_the_rows_of_phase_two_and_the_contact_points() -> None:
    assert sorted(step.code for step in GUIDE.steps) == [
        "s1.1",
        *(f"s2.{row}" for row in range(1, 7)),
    ]


def test_seven_channels_are_reactive_and_nine_proactive() -> None:
    groups = Counter(channel.group for channel in GUIDE.channels)

    assert groups == {"direct": 5, "reactive": 7, "proactive": 9}


def test_every_field_of_a_requirement_is_asked_for() -> None:
    asked = {question.elicits for step in GUIDE.steps for question in step.questions}

    assert asked == {
        *("shortage", "reason", "obligation"),
        *("entity", "channel", "moment", "place", "manner"),
    }


@pytest.mark.parametrize(
    ("group", "number"),
    [("system-modules", 7), ("customer-modules", 8), ("crm-types", 3)],
)
def test_the_modules_and_types_are_those_of_the_sources(group: str, number: int) -> None:
    # rows s4.5, S75 and section 2-4-6 of the sources
    assert len(PACKAGE.group[group].criteria) == number


def test_every_criterion_says_what_nothing_the_middle_and_all_look_like() -> None:
    assert {tuple(one.levels) for one in PACKAGE.criterion.values()} == {(0, 3, 5)}


@pytest.mark.parametrize(
    ("name", "part", "rows"),
    [
        ("customer-identification", "stakeholders", 6),
        ("customer-identification", "remaining-customers", 6),
        ("customer-identification", "finding", 4),
        ("customer-segments", "by-use", 3),
        ("customer-segments", "by-feeling", 6),
        ("customer-segments", "by-loyalty", 4),
        ("communication-channels", "reactive", 7),
        ("communication-channels", "proactive", 9),
        ("service-strategy-analyses", "analyses", 5),
        ("loyalty-strategies", "strategies", 2),
        ("loyalty-strategies", "signs", 3),
        ("training-plan", "topics", 7),
        ("training-plan", "staffing", 4),
        ("training-plan", "organisation", 4),
        ("quoted-statistics", "claims", 11),
    ],
)
def test_a_worksheet_has_the_rows_of_its_source(name: str, part: str, rows: int) -> None:
    assert len(worksheet(name).part[part].rows) == rows


def test_seven_things_are_asked_about_external_customers() -> None:
    asked = set(worksheet("customer-identification").part["external-customers"].columns)

    assert len(asked - {"name", "payer"}) == 7


def test_there_are_five_segmentations_besides_loyalty_and_pareto() -> None:
    parts = [part.id for part in worksheet("customer-segments").parts]

    assert parts == [
        *("by-volume", "by-use", "by-geography", "by-length", "by-feeling"),
        *("by-loyalty", "pareto"),
    ]


def test_a_reactive_channel_reveals_one_of_three_things() -> None:
    assert len(worksheet("communication-channels").column["reveals"].options) == 3


def test_every_quoted_figure_comes_with_a_caveat() -> None:
    rows = worksheet("quoted-statistics").part["claims"].rows

    assert [row.id for row in rows] == [f"st{number}" for number in range(1, 12)]
    assert all(row.guidance for row in rows)


@pytest.mark.parametrize("name", WORKSHEETS)
def test_every_row_of_a_worksheet_says_where_it_comes_from(name: str) -> None:
    assert all(row.source for part in worksheet(name).parts for row in part.rows)
