"""``crmplan record link`` and its neighbours, and what the plan makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import crmplan, done, stored


def test_a_link_is_stored_with_kind_and_lag(client: Path) -> None:
    done("record", "link", client, "appoint-sponsor", "gate-scope", "--kind", "SS", "--lag", "5d")

    (link,) = stored(client).plan_links
    assert (link.kind, link.lag, link.at_most) == ("SS", "5d", None)


def test_tasks_may_be_named_by_the_codes_that_the_plan_shows(client: Path) -> None:
    done("record", "link", client, "D2-2", "d6-2")
    done("record", "constraint", client, "A111", "deadline", "2028-03-31")
    done("record", "estimate", client, "A111", "1", "2", "4")
    done("record", "day-off", client, "2026-12-24", "--task", "A111")
    done("record", "risk", client, "Nobody comes", "--percent", "20", "--delay", "1", "2", "9",
         "--task", "A111")  # fmt: skip

    engagement = stored(client)
    (link,) = engagement.plan_links
    assert (link.before, link.after) == ("customer-segmentation", "voice-of-customer")
    assert [one.task for one in engagement.task_constraints] == ["gate-scope"]
    assert [one.task for one in engagement.task_estimates] == ["gate-scope"]
    assert [one.subject for one in engagement.calendar_exceptions] == ["gate-scope"]
    assert [one.tasks for one in engagement.risks] == [("gate-scope",)]


def test_a_link_that_closes_a_circle_is_refused_and_not_stored(client: Path) -> None:
    outcome = crmplan("record", "link", client, "gate-scope", "appoint-sponsor")

    assert outcome.status == 3
    assert "PLAN-CYCLE" in outcome.err
    assert stored(client).plan_links == ()


def test_days_off_and_holidays_are_stored(client: Path) -> None:
    done("record", "day-off", client, "2026-12-24", "2026-12-31", "--role", "sponsor")
    done("record", "holidays", client, "2027")

    own, *public = stored(client).calendar_exceptions
    assert (own.scope, own.subject, own.works) == ("role", "sponsor", "none")
    assert {one.source for one in public} == {"public"}


def test_a_missed_deadline_shows_in_the_plan(sample: Path) -> None:
    done("record", "constraint", sample, "gate-scope", "deadline", "2027-01-29")

    plan = crmplan("plan", sample, "--json").data
    shown = crmplan("plan", sample).out

    (missed,) = plan["missed"]
    assert missed["constraint"]["task"] == "gate-scope"
    assert plan["worst_chain"][-1] == "gate-scope"
    assert "Float is negative" in shown
    assert "deadline 29 January 2027" in shown


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("record link FILE a b --lag 3w", 2, "working days 3d"),
        ("record link FILE X9-9 gate-launch", 2, "'X9-9'"),
        ("record link FILE gate-scop gate-launch", 3, "did you mean"),
        ("record constraint FILE gate-scope deadline", 1, "names a day"),
        ("record constraint FILE gate-scope ALAP 2027-01-01", 1, "names no day"),
        ("record constraint FILE gate-scope deadline 2001-01-01", 3, "PLAN-PAST"),
        ("record estimate FILE appoint-sponsor 5 3 9", 1, "fall"),
        ("record day-off FILE 2027-01-02 2027-01-01", 1, "is before"),
        ("record day-off FILE 2027-01-02 --role a --task b", 1, "a role or a task"),
        ("record day-off FILE 2027-01-02 --role nobody", 3, "there is no role"),
    ],
)
def test_what_does_not_fit_is_refused(client: Path, line: str, status: int, said: str) -> None:
    words: list[str | Path] = [client if word == "FILE" else word for word in line.split()]

    outcome = crmplan(*words)

    assert outcome.status == status
    assert said in outcome.err
    assert stored(client).plan_links == ()
