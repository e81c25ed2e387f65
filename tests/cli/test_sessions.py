"""Worksheets, requirements and packages from the keyboard."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.command_line import crmplan, done, stored


def test_a_need_is_added_and_changed_without_losing_the_rest(client: Path) -> None:
    done(
        "requirements", "add", client, "r1", "--shortage", "No log", "--reason", "Asked twice",
        "--obligation", "must", "--initiative", "case-management", "--entity", "entity.complaint",
    )  # fmt: skip
    done("requirements", "add", client, "r1", "--state", "agreed")

    engagement = stored(client)
    found = engagement.requirements[0]
    assert (found.shortage, found.obligation, found.state) == ("No log", "must", "agreed")
    assert found.initiatives == ("case-management",)
    assert [one.id for one in engagement.definitions] == ["crm-requirements"]


def test_a_new_need_must_say_what_is_missing_and_why(client: Path) -> None:
    outcome = crmplan("requirements", "add", client, "r1", "--shortage", "No log")

    assert outcome.status == 1
    assert "give --reason" in outcome.err
    assert stored(client).requirements == ()


@pytest.mark.parametrize(
    ("option", "word", "meant"),
    [
        ("--initiative", "case-managment", "case-management"),
        ("--task", "list-shortage", "list-shortages"),
        ("--dimension", "servise", "service"),
        ("--criterion", "system-modules.sale", "system-modules.sales"),
    ],
)
def test_an_unknown_id_is_answered_with_the_closest(
    client: Path, option: str, word: str, meant: str
) -> None:
    outcome = crmplan(
        "requirements", "add", client, "r1", "--shortage", "s", "--reason", "r", option, word
    )

    assert outcome.status == 1
    assert meant in outcome.err


def test_the_register_is_shown_with_what_has_no_answer(client: Path) -> None:
    done(
        "requirements", "add", client, "r1", "--shortage", "No log", "--reason", "Asked twice",
        "--obligation", "must", "--entity", "entity.order",
    )  # fmt: skip

    shown = done("requirements", "show", client)
    data = done("requirements", "show", client, "--json").data

    assert "Order" in shown.out
    assert "no answer in the plan: r1" in shown.out
    assert data["unanswered"] == ["r1"]


def test_the_questions_are_asked_in_the_language_of_the_client(client: Path) -> None:
    assert "接觸點" in done("requirements", "ask", client, "--language", "zh").out


def test_packages_are_scored_weighed_and_ranked(client: Path) -> None:
    for name in ("north", "south"):
        done("packages", "candidate", client, name, "--name", name.title())
    done("packages", "score", client, "north", "system-modules.sales", "4")
    done("packages", "score", client, "south", "system-modules.sales", "2")
    done("packages", "weight", client, "system-modules.sales", "2,5", "--minimum", "3")

    shown = done("packages", "show", client).out
    data = done("packages", "show", client, "--json").data["comparison"]

    assert "South is out: Sales-force automation 2 < 3" in shown
    assert [(one["candidate"]["id"], one["rank"]) for one in data["results"]] == [
        ("north", 1),
        ("south", None),
    ]
    assert stored(client).criterion_weights[0].weight == Fraction(5, 2)


def test_what_a_score_means_is_shown_before_it_is_given(client: Path) -> None:
    done("packages", "candidate", client, "north", "--name", "North")

    shown = done("packages", "score", client, "north", "system-modules.sales").out

    assert "  0: Not contained." in shown
    assert stored(client).package_scores == ()


@pytest.mark.parametrize(
    "command",
    [
        ("score", "nroth", "system-modules.sales", "3"),
        ("score", "north", "system-modules.sale", "3"),
        ("weight", "system-module", "3"),
        ("weight", "system-modules", "3", "--minimum", "2"),
        ("weight", "system-modules", "1e9"),
        ("candidate", "East", "--name", "East"),
    ],
)
def test_what_cannot_be_recorded_about_packages_is_refused(
    client: Path, command: tuple[str, ...]
) -> None:
    done("packages", "candidate", client, "north", "--name", "North")
    before = stored(client)

    outcome = crmplan("packages", command[0], client, *command[1:])

    assert outcome.status in (1, 2)
    assert stored(client) == before


def test_a_worksheet_takes_words_digits_and_calendars_of_its_readers(client: Path) -> None:
    done(
        "worksheet", "enter", client, "communication-channels", "proactive",
        "proactive.surveys", "used=پیوسته", "last=۱۴۰۵/۰۷/۱۳", "finding=slow",
    )  # fmt: skip
    done(
        "worksheet", "enter", client, "communication-channels", "reactive",
        "reactive.complaints", "volume=1,250.50",
    )  # fmt: skip

    first, second = stored(client).worksheet_entries
    assert first.cells == {
        "used": "used.regularly",
        "last": date(2026, 10, 5).isoformat(),
        "finding": "slow",
    }
    assert second.cells == {"volume": "1250.5"}


def test_a_cell_is_emptied_and_the_others_stay(client: Path) -> None:
    row = ("worksheet", "enter", client, "customer-segments", "pareto", "r1")
    done(*row, "name=Acme", "revenue=90")
    done(*row, "revenue=")

    assert stored(client).worksheet_entries[0].cells == {"name": "Acme"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pareto", "r1", "revenue=many"), "is no number"),
        (("pareto", "r1", "revenu=9"), "did you mean 'revenue'"),
        (("pareto", "r1", "revenue"), "names no column"),
        (("paretto", "r1", "revenue=9"), "did you mean 'pareto'"),
        (("by-use", "r1", "revenue=9"), "there is no row of by-use"),
    ],
)
def test_what_a_worksheet_has_no_place_for_is_refused(
    client: Path, arguments: tuple[str, ...], said: str
) -> None:
    outcome = crmplan("worksheet", "enter", client, "customer-segments", *arguments)

    assert outcome.status == 1
    assert said in outcome.err
    assert stored(client).worksheet_entries == ()


def test_rows_hand_on_factors_and_needs(client: Path) -> None:
    done(
        "worksheet", "enter", client, "customer-identification", "internal-customers", "r1",
        "name=Workshop", "shortage=No delivery dates", "reason=It waits",
    )  # fmt: skip
    done(
        "worksheet", "enter", client, "customer-identification", "stakeholders",
        "stakeholders.suppliers", "factor=easy-switching",
    )  # fmt: skip

    done(
        "worksheet", "enter", client, "service-strategy-analyses", "analyses",
        "analyses.positioning", "initiative=case-management",
    )  # fmt: skip

    offered = done("worksheet", "offers", client).out
    done("worksheet", "take", client)

    need = stored(client).requirements[0]
    assert "factor easy-switching" in offered
    assert "initiative case-management (service-strategy-analyses/analyses/" in offered
    assert need.id == "customer-identification.internal-customers.r1"
    assert (need.shortage, need.reason) == ("No delivery dates", "It waits")
    assert "need" not in done("worksheet", "offers", client).out


def test_worksheets_are_listed_with_their_filled_rows(client: Path) -> None:
    done("worksheet", "enter", client, "customer-segments", "pareto", "r1", "revenue=5")

    listed = {one["id"]: one["filled"] for one in done("worksheet", "list", client, "--json").data}
    shown = done("worksheet", "show", client, "customer-segments", "--language", "fa").out

    assert len(listed) == 8
    assert listed["customer-segments"] == "1"
    assert "بخش‌بندی مشتریان و پارتو" in shown


def test_where_nothing_is_offered_that_is_said(client: Path) -> None:
    for command in ("offers", "take"):
        outcome = done("worksheet", command, client)

        assert outcome.out == ""
        assert "no worksheet offers anything that is not there already" in outcome.err
    assert stored(client).definitions == ()


def test_an_unknown_worksheet_is_called_a_worksheet(client: Path) -> None:
    outcome = crmplan("worksheet", "show", client, "customer-segment")

    assert outcome.status == 1
    assert "there is no worksheet 'customer-segment'" in outcome.err
    assert "did you mean 'customer-segments'?" in outcome.err
