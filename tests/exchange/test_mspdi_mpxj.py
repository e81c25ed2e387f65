"""Another program reads our files and calculates them: MPXJ, which many tools read MSPDI with.

MPXJ is a Java library. It runs once for all tests of this module, in a process of its own, because
a Java machine cannot be started twice in one. ``PLANS=200`` makes more plans.

What counts as the same date, and nothing else does:

- same instant: 17:00 of a day and 8:00 of the next working day are one moment of work; Microsoft's
  rules put a point in time on either.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

PLANS = int(os.environ.get("PLANS", "50"))
COMPUTED = re.compile(r"<(Start|Finish|Critical|FreeSlack|TotalSlack|Early\w+|Late\w+)>[^<]*</\1>")
UNITS = (3, 4, 5, 6, 7, 8, 9, 10, 19, 20)
UNITS_OF_MPXJ = {
    "m": (1, "working-minutes"),
    "h": (60, "working-minutes"),
    "d": (480, "working-minutes"),
    "w": (2400, "working-minutes"),
    "em": (1, "elapsed-minutes"),
    "eh": (60, "elapsed-minutes"),
    "ed": (1440, "elapsed-minutes"),
    "ew": (10080, "elapsed-minutes"),
    "%": (1, "percent"),
    "e%": (1, "elapsed-percent"),
}
KINDS_OF_MPXJ = {
    "FINISH_FINISH": "FF",
    "FINISH_START": "FS",
    "START_FINISH": "SF",
    "START_START": "SS",
}
LINK = re.compile(r"<PredecessorLink>.*?</PredecessorLink>", re.DOTALL)


def worker(folder: Path) -> None:
    """Run inside the process with Java: read and calculate every file of a folder."""
    import jpype
    import jpype.imports
    import mpxj  # noqa: F401

    jpype.startJVM("-Xmx1g")
    from org.mpxj.cpm import MicrosoftScheduler
    from org.mpxj.mspdi import MSPDIWriter
    from org.mpxj.reader import UniversalProjectReader

    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.xml")):
        project = UniversalProjectReader().read(str(path))
        if path.stem == "kinds":
            found[path.stem] = _lags(project)
        elif path.stem.endswith(".links"):
            found[path.stem] = _described(project)
            MSPDIWriter().write(project, str(path.with_suffix(".mpxj")))
        else:
            MicrosoftScheduler().schedule(project, project.getProjectProperties().getStartDate())
            found[path.stem] = _dates(project)
    (folder / "result.json").write_text(json.dumps(found), encoding="utf-8")


def _described(project: Any) -> dict[str, Any]:
    calendar = project.getDefaultCalendar()
    rows = list(project.getTasks())
    return {
        "tasks": {int(one.getUniqueID()): _task(one) for one in rows},
        "dates": _dates(project),
        "links": sorted(
            [
                int(link.getPredecessorTask().getUniqueID()),
                int(one.getUniqueID()),
                str(link.getType().name()),
                _minutes(link.getLag()),
            ]
            for one in rows
            for link in one.getPredecessors()
        ),
        "lags": sorted(
            [
                int(link.getPredecessorTask().getUniqueID()),
                int(one.getUniqueID()),
                str(link.getType().name()),
                float(link.getLag().getDuration()),
                str(link.getLag().getUnits()),
            ]
            for one in rows
            for link in one.getPredecessors()
        ),
        "holds": {
            int(one.getUniqueID()): [
                str(one.getConstraintType()),
                str(one.getConstraintDate()),
                str(one.getDeadline()),
                str(one.getCalendar().getName()) if one.getCalendar() else None,
            ]
            for one in rows
        },
        "calendars": {
            str(one.getName()): {
                str(day.getFromDate()): len(list(day)) for day in one.getCalendarExceptions()
            }
            for one in project.getCalendars()
        },
        "holidays": sorted(
            f"{one.getFromDate()} {one.getToDate()}" for one in calendar.getCalendarExceptions()
        ),
        "worked": _worked(calendar),
        "resources": [str(one.getName()) for one in project.getResources() if one.getName()],
        "assignments": sorted(
            [
                int(one.getTask().getUniqueID()),
                int(one.getResource().getUniqueID()),
                round(float(one.getUnits().doubleValue())),
                round(100 * _minutes(one.getWork())),
            ]
            for one in project.getResourceAssignments()
            if one.getResource() is not None
        ),
    }


def _task(one: Any) -> dict[str, Any]:
    return {
        "name": str(one.getName()),
        "text1": str(one.getText(1)),
        "notes": str(one.getNotes()),
        "level": int(one.getOutlineLevel()),
        "outline": str(one.getOutlineNumber()),
        "minutes": _minutes(one.getDuration()),
        "summary": bool(one.getSummary()),
    }


def _dates(project: Any) -> dict[int, list[Any]]:
    """Start, finish, late start, late finish, total float and whether critical, of every row."""
    return {
        int(one.getUniqueID()): [
            str(one.getStart()),
            str(one.getFinish()),
            str(one.getLateStart()),
            str(one.getLateFinish()),
            _minutes(one.getTotalSlack()),
            bool(one.getCritical()),
        ]
        for one in project.getTasks()
    }


def _lags(project: Any) -> dict[int, list[Any]]:
    """Kind of link, lag and its unit, by the row that waits."""
    return {
        int(one.getUniqueID()): [
            str(link.getType().name()),
            float(link.getLag().getDuration()),
            str(link.getLag().getUnits()),
        ]
        for one in project.getTasks()
        for link in one.getPredecessors()
    }


def _minutes(length: Any) -> float:
    """Working minutes of a length; all our files have days of 8 hours."""
    if length is None:
        return -1
    minutes = {"m": 1, "h": 60, "d": 480, "ed": 1440}
    return float(length.getDuration()) * minutes.get(str(length.getUnits()), 0)


def _worked(calendar: Any) -> list[bool]:
    """Tell of Monday to Sunday which are worked."""
    from java.time import DayOfWeek

    return [bool(calendar.isWorkingDay(DayOfWeek.of(number))) for number in range(1, 8)]


# Above the imports of crmplan: the process with Java needs none of them, and starts sooner.
if __name__ == "__main__":
    worker(Path(sys.argv[1]))
    sys.exit()


from crmplan.exchange.mspdi import from_mspdi, progress_of, to_mspdi  # noqa: E402
from crmplan.exchange.mspdi_calendar import MINUTES_A_DAY, moments  # noqa: E402
from crmplan.exchange.mspdi_elements import one_line  # noqa: E402
from crmplan.exchange.mspdi_roles import Roles, shares  # noqa: E402
from crmplan.exchange.mspdi_tasks import rows_of, uids_of  # noqa: E402
from crmplan.exchange.plan_rows import task_name  # noqa: E402
from crmplan.report import Report  # noqa: E402
from exchange.test_mspdi_plans import random_report  # noqa: E402

report = cache(random_report)
SEEDS = range(PLANS)


@cache
def _java_version() -> int:
    """The main number of the Java on this machine; 0 if there is none."""
    java = shutil.which("java")
    if java is None:
        return 0
    shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    number = shown.partition('version "')[2].partition(".")[0].strip('"\n')
    return int(number) if number.isdecimal() else 0


pytestmark = [
    pytest.mark.skipif(
        not (find_spec("mpxj") and find_spec("jpype")), reason="MPXJ is absent: pip install mpxj"
    ),
    pytest.mark.skipif(_java_version() < 11, reason="MPXJ needs Java 11 or later"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mspdi")
    for seed in SEEDS:
        links = to_mspdi(report(seed), dates="links")
        held = to_mspdi(report(seed), dates="constraints")
        (folder / f"{seed:03}.links.xml").write_text(links, encoding="utf-8")
        (folder / f"{seed:03}.bare.xml").write_text(
            without_computed_fields(links), encoding="utf-8"
        )
        (folder / f"{seed:03}.held.xml").write_text(without_links(held), encoding="utf-8")
    (folder / "kinds.xml").write_text(links_of_all_kinds(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def mpxj(files: Path) -> dict[str, Any]:
    outcome = subprocess.run(
        [sys.executable, __file__, str(files)], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr[-3000:]
    result: dict[str, Any] = json.loads((files / "result.json").read_text("utf-8"))
    return result


def links_of_all_kinds() -> str:
    """Rows that wait for the first by every kind of link, with lags and leads in every unit."""
    rows = "".join(
        f"<Task><UID>{10 + number}</UID><ID>{number}</ID><Name>T</Name><PredecessorLink>"
        f"<PredecessorUID>1</PredecessorUID><Type>{kind}</Type><LinkLag>{lag}</LinkLag>"
        f"<LagFormat>{unit}</LagFormat></PredecessorLink></Task>"
        for number, (kind, unit, lag) in enumerate(
            ((kind, unit, lag) for kind in range(4) for unit in UNITS for lag in (5, 7200, -14400)),
            start=2,
        )
    )
    return (
        '<Project xmlns="http://schemas.microsoft.com/project"><MinutesPerDay>480</MinutesPerDay>'
        "<MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth>"
        f"<Tasks><Task><UID>1</UID><ID>1</ID><Name>T</Name></Task>{rows}</Tasks></Project>"
    )


def without_computed_fields(text: str) -> str:
    """Leave nothing for MPXJ to copy: no date, float or critical flag of ours."""
    return COMPUTED.sub("", text)


def without_links(text: str) -> str:
    """Leave nothing but constraints to hold the dates."""
    return LINK.sub("", without_computed_fields(text))


def instant(made: Report, moment: datetime) -> int:
    """Working minutes from the start of the plan; the policy "same instant" of this module."""
    plan = made.plan.schedule
    morning, hour = datetime.combine(moment, time(8)), moment.hour + moment.minute / 60
    assert plan.calendar.is_worked(moment.date()), moment
    assert hour in (8, 17), moment
    days = plan.calendar.number(plan.start, moment.date())
    return days * MINUTES_A_DAY + (MINUTES_A_DAY if moment > morning else 0)


def when(made: Report, text: str) -> int:
    return instant(made, datetime.fromisoformat(text))


def test_all_rows_are_read_with_their_names_and_places(mpxj: dict[str, Any]) -> None:
    for seed in SEEDS:
        made = report(seed)
        tasks = mpxj[f"{seed:03}.links"]["tasks"]
        for row in rows_of(made):
            found = tasks[str(row.uid)]
            assert (found["outline"], found["summary"]) == (row.outline, row.is_phase)
            if row.is_phase:
                assert found["name"] == row.phase.title
                continue
            task = row.tasks[0].task
            assert found["name"] == one_line(f"{task.code} {task_name(made, task.id)}")
            assert found["text1"] == task.id
            assert found["minutes"] == task.duration_days * MINUTES_A_DAY
            assert found["level"] == 2
        assert len(tasks) == len(rows_of(made)) + 1
        assert "crmplan dates=links" in tasks["0"]["notes"]


def test_all_links_are_read(mpxj: dict[str, Any]) -> None:
    for seed in SEEDS:
        made = report(seed)
        uid = uids_of(rows_of(made))
        links = {(uid[one.before], uid[one.after]) for one in made.plan.workplan.links}

        found = mpxj[f"{seed:03}.links"]["links"]

        assert found == [[before, after, "FINISH_START", 0.0] for before, after in sorted(links)]


def test_weekend_and_holidays_are_read(mpxj: dict[str, Any]) -> None:
    for seed in SEEDS:
        plan = report(seed).plan.schedule
        found = mpxj[f"{seed:03}.links"]

        days = [date.fromisoformat(one[:10]) for one in found["holidays"]]

        assert found["worked"] == [day not in plan.calendar.weekend for day in range(7)]
        assert days == sorted(
            day
            for day in plan.calendar.holidays | plan.calendar.extra_days
            if day >= plan.start
            and plan.calendar.is_worked(day) == (day.weekday() in plan.calendar.weekend)
        )


def test_roles_are_read_as_resources_with_their_work(mpxj: dict[str, Any]) -> None:
    for seed in SEEDS:
        made = report(seed)
        roles, uid = Roles(made), uids_of(rows_of(made))
        found = mpxj[f"{seed:03}.links"]
        number = {role: place for place, role in enumerate(roles.ids, start=1)}

        assert found["resources"] == list(roles.names)
        assert found["assignments"] == sorted(
            [uid[task.id], number[role], share, task.duration_days * MINUTES_A_DAY * share]
            for task in made.plan.workplan.tasks
            for role, share in shares(task).items()
        )


def dates(made: Report, found: dict[str, list[Any]]) -> dict[str, tuple[object, ...]]:
    """What MPXJ says of every task, dates as working minutes from the start."""
    uid = uids_of(rows_of(made))
    rows = {one: found[str(number)] for one, number in uid.items()}
    return {one: (*(when(made, text) for text in row[:4]), *row[4:]) for one, row in rows.items()}


def our_dates(made: Report) -> dict[str, tuple[object, ...]]:
    """What we say, in the same form."""
    return {
        one.task.id: (
            one.times.early_start * MINUTES_A_DAY,
            one.times.early_finish * MINUTES_A_DAY,
            one.times.late_start * MINUTES_A_DAY,
            one.times.late_finish * MINUTES_A_DAY,
            one.times.total_float * MINUTES_A_DAY,
            one.is_critical,
        )
        for one in made.plan.schedule.tasks
    }


def test_links_of_all_kinds_are_read_as_mpxj_reads_them(mpxj: dict[str, Any]) -> None:
    reading = from_mspdi(links_of_all_kinds())

    assert reading.problems == ()
    assert len(reading.links) == len(mpxj["kinds"]) == 4 * len(UNITS) * 3
    for link in reading.links:
        kind, lag, unit = mpxj["kinds"][str(link.after)]
        minutes, our_unit = UNITS_OF_MPXJ[unit]
        assert KINDS_OF_MPXJ[kind] == link.kind
        assert (float(link.lag), link.unit) == (pytest.approx(lag * minutes), our_unit)


def test_our_dates_are_read(mpxj: dict[str, Any]) -> None:
    for seed in SEEDS:
        made = report(seed)
        found = mpxj[f"{seed:03}.links"]["dates"]
        uid = uids_of(rows_of(made))

        assert dates(made, found) == our_dates(made)
        for one in made.plan.schedule.tasks:
            start, finish = map(datetime.fromisoformat, found[str(uid[one.task.id])][:2])
            assert (start, finish) == (moments(one).start, moments(one).finish)


def test_microsofts_rules_give_the_same_dates_floats_and_critical_tasks(
    mpxj: dict[str, Any],
) -> None:
    for seed in SEEDS:
        assert dates(report(seed), mpxj[f"{seed:03}.bare"]) == our_dates(report(seed)), seed


def test_constraints_alone_keep_all_dates(mpxj: dict[str, Any]) -> None:
    for seed in SEEDS:
        found = dates(report(seed), mpxj[f"{seed:03}.held"])
        ours = our_dates(report(seed))

        assert {one: row[:2] for one, row in found.items()} == {
            one: row[:2] for one, row in ours.items()
        }


def test_a_file_that_mpxj_wrote_is_read_back(files: Path, mpxj: dict[str, Any]) -> None:
    assert mpxj
    for seed in SEEDS[::5]:
        made = report(seed)
        reading = from_mspdi((files / f"{seed:03}.links.mpxj").read_bytes())
        progress = progress_of(reading, made)

        assert reading.problems == ()
        assert len(reading.links) == len(made.plan.workplan.links)
        assert (progress.missing, progress.added) == ((), ())
        for one in made.plan.schedule.tasks:
            found = progress.by_id[one.task.id]
            assert (found.start, found.finish) == (moments(one).start.date(), one.finish)
