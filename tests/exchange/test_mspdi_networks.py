"""MPXJ reads and calculates plans with all kinds of links, lags, dates and calendars.

``PLANS=240`` makes more plans. What we write is always read in full. What MPXJ calculates from
it, with every computed field taken out, is the same but for these policies, each of one family of
plans:

- same instant: 17:00 of a day and 8:00 of the next working day are one moment of work.
- elapsed: MPXJ counts lags on the clock as working time when it computes late dates; early dates
  are compared, late dates are not.
- missed: MPXJ lets dates override links, we show negative float; a date that the plan misses is
  written so that it overrides nothing, which its late dates do not know.
- calendars: where half-days and calendars of roles meet, MPXJ's late dates differ by parts of
  days; early dates are compared, late dates are not.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crmplan.exchange.mspdi import from_mspdi, to_mspdi
from crmplan.exchange.mspdi_calendar import MINUTES_A_DAY, moments
from crmplan.exchange.mspdi_elements import one_line
from crmplan.exchange.mspdi_tasks import rows_of, uids_of
from crmplan.exchange.plan_rows import task_name
from crmplan.planning.network.links import read_lag
from crmplan.planning.working_time import WorkCalendar
from crmplan.report import Report
from exchange import test_mspdi_mpxj as mpxj_tests
from exchange.network_plans import FAMILIES, family_of, network_report

pytestmark = mpxj_tests.pytestmark

SEEDS = range(int(os.environ.get("PLANS", "36")))
LATE_DATES = frozenset({"lags", "leads", "dates"})
"""Families whose late dates, floats and critical flags are compared as well."""

MPXJ_KINDS = {
    "FS": "FINISH_START",
    "SS": "START_START",
    "FF": "FINISH_FINISH",
    "SF": "START_FINISH",
}
MPXJ_UNITS = {"working": "d", "elapsed": "ed", "percent": "%"}
report = cache(network_report)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("networks")
    for seed in SEEDS:
        links = to_mspdi(report(seed), dates="links")
        held = to_mspdi(report(seed), dates="constraints")
        bare = mpxj_tests.without_computed_fields(links)
        (folder / f"{seed:03}.links.xml").write_text(links, encoding="utf-8")
        (folder / f"{seed:03}.bare.xml").write_text(bare, encoding="utf-8")
        (folder / f"{seed:03}.held.xml").write_text(
            mpxj_tests.without_links(held), encoding="utf-8"
        )
    return folder


@pytest.fixture(scope="module")
def read(files: Path) -> dict[str, Any]:
    outcome = subprocess.run(
        [sys.executable, mpxj_tests.__file__, str(files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr[-3000:]
    result: dict[str, Any] = json.loads((files / "result.json").read_text("utf-8"))
    return result


def position(calendar: WorkCalendar, start: date, moment: datetime) -> int:
    """Count the half-days of work before a moment; the policy "same instant"."""
    day = moment.date()
    if day < start:
        return 0
    worked = (calendar.halves(day) >= 1, calendar.halves(day) == 2)
    done = (moment.time() >= time(12), moment.time() >= time(17))
    return int(calendar.number(start, day) * 2) + sum(map(min, worked, done))


def ours(made: Report, task: str) -> list[object]:
    plan = made.plan.schedule
    one = plan.by_id[task]
    calendar, at = plan.calendar_of(one.task), moments(one)
    dates = (at.start, at.finish, at.late_start, at.late_finish)
    return [
        *(position(calendar, plan.start, moment) for moment in dates),
        float(one.times.total_float * MINUTES_A_DAY),
        one.is_critical,
    ]


def theirs(made: Report, task: str, row: list[Any]) -> list[object]:
    plan = made.plan.schedule
    calendar = plan.calendar_of(plan.by_id[task].task)
    dates = (datetime.fromisoformat(text) for text in row[:4])
    return [*(position(calendar, plan.start, moment) for moment in dates), *row[4:6]]


def test_every_family_has_plans() -> None:
    assert {family_of(seed) for seed in SEEDS} == set(FAMILIES)


def test_all_tasks_are_read_with_their_names(read: dict[str, Any]) -> None:
    for seed in SEEDS:
        made, tasks = report(seed), read[f"{seed:03}.links"]["tasks"]
        for task, uid in uids_of(rows_of(made)).items():
            code = made.plan.workplan.task[task].code
            assert tasks[str(uid)]["name"] == one_line(f"{code} {task_name(made, task)}")


def test_all_links_are_read_with_kind_and_lag(read: dict[str, Any]) -> None:
    for seed in SEEDS:
        made = report(seed)
        uid = uids_of(rows_of(made))
        expected = []
        for link in made.plan.workplan.links:
            lag = read_lag(link.lag)
            tie = [MPXJ_KINDS[link.kind], float(lag.number), MPXJ_UNITS[lag.unit]]
            expected.append([uid[link.before], uid[link.after], *tie])

        assert read[f"{seed:03}.links"]["lags"] == sorted(expected)


def test_all_calendars_are_read(read: dict[str, Any]) -> None:
    for seed in SEEDS:
        plan = report(seed).plan.schedule
        found = read[f"{seed:03}.links"]
        uid = uids_of(rows_of(report(seed)))
        for one in plan.tasks:
            calendar = plan.calendar_of(one.task)
            name = found["holds"][str(uid[one.task.id])][3] or "crmplan"
            days = {
                str(day): calendar.halves(day)
                for day in calendar.holidays | calendar.half_days | calendar.extra_days
                if day >= plan.start
                and calendar.halves(day) != (0 if day.weekday() in calendar.weekend else 2)
            }
            assert found["calendars"][name] == days


def test_microsofts_rules_give_the_same_dates(read: dict[str, Any]) -> None:
    for seed in SEEDS:
        made = report(seed)
        compared = 6 if family_of(seed) in LATE_DATES else 2
        rows = read[f"{seed:03}.bare"]
        for task, uid in uids_of(rows_of(made)).items():
            expected = ours(made, task)[:compared]
            assert theirs(made, task, rows[str(uid)])[:compared] == expected, (seed, task)


def test_constraints_alone_keep_all_dates(read: dict[str, Any]) -> None:
    for seed in SEEDS:
        made, rows = report(seed), read[f"{seed:03}.held"]
        for task, uid in uids_of(rows_of(made)).items():
            assert theirs(made, task, rows[str(uid)])[:2] == ours(made, task)[:2], (seed, task)


def test_what_we_write_we_read_back() -> None:
    for seed in SEEDS:
        made = report(seed)
        reading = from_mspdi(to_mspdi(made, dates="links"))
        uid = uids_of(rows_of(made))
        for one, link in zip(_by_task(reading.links), _ours_by_task(made, uid), strict=True):
            assert (one.before, one.after, one.kind) == (
                uid[link.before],
                uid[link.after],
                link.kind,
            )
        deadlines = {row.text1: row.deadline for row in reading.tasks if row.deadline}
        ends = {one.task for one in made.plan.workplan.constraints if one.kind == "deadline"}
        assert ends <= deadlines.keys()
        assert not [one for one in reading.problems if one.code == "MSPDI-LEFT-OUT"]


def _by_task(links: Any) -> list[Any]:
    return sorted(links, key=lambda one: (one.after, one.before, one.kind, one.lag))


def _ours_by_task(made: Report, uid: dict[str, int]) -> list[Any]:
    return sorted(
        made.plan.workplan.links,
        key=lambda one: (uid[one.after], uid[one.before], one.kind, read_lag(one.lag).number),
    )


def test_the_same_plan_gives_the_same_bytes() -> None:
    for seed in SEEDS[:6]:
        first, second = (to_mspdi(network_report(seed), dates="links") for _ in range(2))

        assert first == second
        assert not re.search("[\x00-\x08]", first)
