"""TaskJuggler, an independent scheduler, reads our project files and finds the same dates.

``PLANS=200`` makes more plans.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from datetime import datetime, time
from pathlib import Path

import pytest

from crmplan.exchange.mspdi_calendar import moments
from crmplan.exchange.plan_rows import task_name
from crmplan.exchange.taskjuggler import to_taskjuggler
from crmplan.report import Report
from exchange.network_plans import network_report
from exchange.test_mspdi_networks import position
from exchange.test_mspdi_plans import random_report, sample_report

PLANS = int(os.environ.get("PLANS", "6"))
with_taskjuggler = pytest.mark.skipif(
    shutil.which("tj3") is None, reason="TaskJuggler is absent: apt-get install tj3"
)
CHECK = """
taskreport check "check" {
  formats csv
  columns id, name, start, end
  timeformat "%Y-%m-%dT%H:%M"
}
"""


def run(report: Report, folder: Path) -> list[dict[str, str]]:
    """Let TaskJuggler calculate a plan; gives a row for each phase and task."""
    (folder / "plan.tjp").write_text(to_taskjuggler(report) + CHECK, encoding="utf-8")
    outcome = subprocess.run(
        ["tj3", "--silent", "plan.tjp"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (outcome.returncode, outcome.stderr) == (0, "")
    with (folder / "check.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def day_number(report: Report, text: str) -> int:
    """Working days from the start of the plan to a moment, which is a morning or an evening."""
    moment, plan = datetime.fromisoformat(text), report.plan.schedule
    number = plan.calendar.number(plan.start, moment.date())
    assert moment.time() in (time(8), time(17))
    return number + (moment.time() == time(17))


def taskjuggler_id(report: Report, task_id: str) -> str:
    phase = report.plan.workplan.task[task_id].phase
    return f"phase_{phase}.task_{task_id.replace('-', '_')}"


@with_taskjuggler
@pytest.mark.parametrize("seed", range(PLANS))
def test_taskjuggler_finds_our_dates(seed: int, tmp_path: Path) -> None:
    report = random_report(seed)

    rows = {row["Id"]: row for row in run(report, tmp_path)}

    for one in report.plan.schedule.tasks:
        row = rows[taskjuggler_id(report, one.task.id)]
        assert day_number(report, row["Start"]) == one.times.early_start, one.task.id
        assert day_number(report, row["End"]) == one.times.early_finish, one.task.id
    ends = [day_number(report, row["End"]) for row in rows.values()]
    assert max(ends) >= report.plan.schedule.length_days


@with_taskjuggler
@pytest.mark.parametrize("seed", range(PLANS))
def test_taskjuggler_is_never_shorter_with_links_lags_dates_and_calendars(
    seed: int, tmp_path: Path
) -> None:
    report = network_report(seed)

    rows = {row["Id"]: row for row in run(report, tmp_path)}

    for one in report.plan.schedule.tasks:
        start, finish = (
            datetime.fromisoformat(rows[taskjuggler_id(report, one.task.id)][name])
            for name in ("Start", "End")
        )
        calendar, first = report.plan.schedule.calendar_of(one.task), report.plan.schedule.start
        at = moments(one)
        assert position(calendar, first, start) == position(calendar, first, at.start), one.task.id
        assert position(calendar, first, finish) == position(calendar, first, at.finish)


@with_taskjuggler
@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_names_are_kept(language: str, tmp_path: Path) -> None:
    report = sample_report(language)  # type: ignore[arg-type]

    names = {row["Id"]: row["Name"].strip() for row in run(report, tmp_path)}

    for task in report.plan.workplan.tasks:
        expected = f"{task.code} {task_name(report, task.id)}"
        assert names[taskjuggler_id(report, task.id)] == expected


def test_every_task_stands_in_its_phase_and_waits_by_full_name() -> None:
    report = sample_report("en")

    text = to_taskjuggler(report)

    workplan = report.plan.workplan
    assert len(re.findall(r"^  task task_", text, re.MULTILINE)) == len(workplan.tasks)
    waits = re.findall(r"^    depends (.*)$", text, re.MULTILINE)
    assert sum(len(one.split(", ")) for one in waits) == len(workplan.links)
    assert all(
        re.fullmatch(r"phase_\w+\.task_\w+", one) for row in waits for one in row.split(", ")
    )


def test_a_text_cannot_leave_its_quotation_marks() -> None:
    report = random_report(0)
    company = 'Ac"me\\ ${x} $(HOME)\n}\x00'
    organisation = report.assessment.organisation.model_copy(update={"name": company})
    assessment = report.assessment.model_copy(update={"organisation": organisation})
    from dataclasses import replace

    first = to_taskjuggler(replace(report, assessment=assessment)).splitlines()[0]

    assert first.startswith(r'project crmplan "Ac\"me\\ $ {x} $ (HOME) }" 20')
