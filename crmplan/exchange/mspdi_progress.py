"""Find the tasks of a report in a file that came back, and how far they are.

A task is found by its id in the custom field Text1. Where a row lost the field, the code at the
beginning of its name tells it. A row that was copied in MS Project has the id of its original;
the one whose name begins with the code is taken, else the upper one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmplan.exchange.mspdi_values import MspdiReading, MspdiTask
    from crmplan.report import Report

_DONE = 100


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far a task is.

    Attributes:
        percent_complete: of its duration, 0 to 100.
        start, finish: what the file plans or knows; None if it does not say.
        actual_start: first day of work; None if it has not begun.
        actual_finish: last day of work; None if it is not finished.
    """

    task_id: str
    uid: int
    percent_complete: int
    start: date | None
    finish: date | None
    actual_start: date | None
    actual_finish: date | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A file beside a plan.

    Attributes:
        by_id: progress by the id of our task, in the order of the plan.
        missing: tasks of the plan that the file does not have.
        added: rows of the file that are no task of the plan: new ones, copies, inactive ones.
    """

    by_id: Mapping[str, TaskProgress]
    missing: tuple[str, ...]
    added: tuple[MspdiTask, ...]


def progress_of(reading: MspdiReading, report: Report) -> Progress:
    """Compare a file with the plan of a report, task by task.

    Where a program says how far a task is and not since when, the task is taken to have begun and
    ended as the file plans it; MS Project does the same. A row that sums up others is no task, but
    an active row whose field Text1 names a task counts, even if somebody put rows below it.
    """
    codes = {task.id: task.code for task in report.plan.workplan.tasks}
    rows: dict[str, list[MspdiTask]] = {}
    for row in reading.tasks:
        if row.is_active and (found := _task_id(row, codes)):
            rows.setdefault(found, []).append(row)
    chosen = {one: _original(rows[one], codes[one]) for one in codes if one in rows}
    taken = {row.uid for row in chosen.values()}
    return Progress(
        by_id={one: _progress(one, row) for one, row in chosen.items()},
        missing=tuple(one for one in codes if one not in chosen),
        added=tuple(row for row in reading.tasks if row.uid not in taken and not row.is_summary),
    )


def _task_id(row: MspdiTask, codes: Mapping[str, str]) -> str | None:
    if row.text1 in codes:
        return row.text1
    if row.is_summary:
        return None
    named = [one for one, code in codes.items() if _bears(row, code)]
    return max(named, key=lambda one: len(codes[one]), default=None)


def _bears(row: MspdiTask, code: str) -> bool:
    """Tell whether a name begins with a code: ``D1-1 …`` does not begin with ``D1``."""
    rest = row.name.removeprefix(code)
    return len(rest) < len(row.name) and not rest[:1].isalnum() and not rest.startswith(("-", "."))


def _original(rows: Iterable[MspdiTask], code: str) -> MspdiTask:
    return min(rows, key=lambda row: not _bears(row, code))


def _progress(task_id: str, row: MspdiTask) -> TaskProgress:
    begun = row.actual_start or (row.start if row.percent_complete else None)
    ended = row.actual_finish or (row.finish if row.percent_complete == _DONE else None)
    return TaskProgress(
        task_id=task_id,
        uid=row.uid,
        percent_complete=row.percent_complete,
        start=_day(row.start),
        finish=_last_day(row, row.finish),
        actual_start=_day(begun),
        actual_finish=_last_day(row, ended),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _last_day(row: MspdiTask, moment: datetime | None) -> date | None:
    """Give the last day of work: midnight ends the day before, as some programs write it."""
    if moment and moment.time() == time() and moment != row.start:
        moment -= timedelta(days=1)
    return _day(moment)
