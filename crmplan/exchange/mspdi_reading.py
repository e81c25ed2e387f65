"""Read the plan that MS Project or another program wrote as MS Project XML.

Read: tasks, links, calendars, resources. Not read: assignments, costs and work. Left out and told:
baselines, recurring tasks, subprojects, links into other files, recurring exceptions. Not checked:
whether links run in a circle, and whether dates fit links and calendars.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from crmplan.exchange.mspdi_calendar import DAYS_OF_WEEK
from crmplan.exchange.mspdi_elements import CONSTRAINT_TYPES, LINK_TYPES, NO_UID, TEXT1
from crmplan.exchange.mspdi_fields import Fields
from crmplan.exchange.mspdi_parsing import parse
from crmplan.exchange.mspdi_values import (
    LagUnit,
    MspdiCalendar,
    MspdiException,
    MspdiLink,
    MspdiReading,
    MspdiResource,
    MspdiTask,
    WorkingTimes,
)

if TYPE_CHECKING:
    from crmplan.exchange.mspdi_parsing import Node

_KIND_OF_LINK = {number: kind for kind, number in LINK_TYPES.items()}
_KIND_OF_CONSTRAINT = {number: kind for kind, number in CONSTRAINT_TYPES.items()}
_KIND_OF_RESOURCE: Mapping[int, Literal["material", "work", "cost"]] = {
    0: "material",
    1: "work",
    2: "cost",
}
_PERCENT, _ELAPSED_PERCENT = 19, 20
_ELAPSED = frozenset({4, 6, 8, 10, 12})
_ESTIMATED = 32
"""Added to the number of a unit of time by an estimate, which is shown with a question mark."""

_TENTHS = 10
_WHOLE = 100
_DAILY = 1
_UNDATED = ("ASAP", "ALAP")
_FLAGS_TOLD = {
    "Recurring": "repeats itself; only its first row is read",
    "IsSubproject": "stands for another file, which is not read",
    "ExternalTask": "belongs to another file, which is not read",
}
_PARTS_TOLD = {
    "Baseline": "a baseline",
    "OutlineCode": "an outline code",
}


def from_mspdi(text: bytes | str, *, name: str = "plan.xml") -> MspdiReading:
    """Read a plan.

    Args:
        text: the file, of at most 64 MB.
        name: what the file is called, for messages.

    Raises:
        ExchangeError: if it is no MS Project XML, is damaged, has a document type, or is too large.
    """
    root = parse(text, name=name)
    fields = Fields(name)
    calendar_uid = fields.whole(root, "CalendarUID")
    nodes = _rows(root, fields)
    comments = nodes.pop(0, None)
    tasks = tuple(_task(fields, uid, node) for uid, node in nodes.items())
    links = tuple(_links(fields, nodes))
    _tell_what_is_left_out(fields, nodes)
    return MspdiReading(
        title=fields.text(root, "Title") or fields.text(root, "Name"),
        comments=fields.text(comments, "Notes") if comments else "",
        start=fields.moment(root, "StartDate"),
        finish=fields.moment(root, "FinishDate"),
        calendar_uid=calendar_uid,
        tasks=tasks,
        links=links,
        calendars=tuple(_calendars(fields, root)),
        resources=tuple(_resources(fields, root)),
        problems=tuple(sorted(fields.problems)),
    )


def _rows(root: Node, fields: Fields) -> dict[int, Node]:
    """Find the rows that are not blank, by UID."""
    found: dict[int, Node] = {}
    for node in root.all("Tasks", "Task"):
        if fields.flag(node, "IsNull"):
            continue
        uid = fields.whole(node, "UID")
        if uid is None:
            fields.report(node, "MSPDI-UID", "a task has no UID; left out")
        elif uid in found:
            fields.report(node, "MSPDI-UID", f"a second task has the UID {uid}; left out")
        else:
            found[uid] = node
    return found


def _task(fields: Fields, uid: int, node: Node) -> MspdiTask:
    constraint = fields.choice(node, "ConstraintType", _KIND_OF_CONSTRAINT, "ASAP")
    is_dated = constraint not in _UNDATED
    return MspdiTask(
        uid=uid,
        id=fields.whole(node, "ID"),
        name=fields.text(node, "Name"),
        text1=_text1(fields, node),
        outline_level=fields.whole(node, "OutlineLevel") or 1,
        outline_number=fields.text(node, "OutlineNumber"),
        start=fields.moment(node, "Start"),
        finish=fields.moment(node, "Finish"),
        duration_minutes=fields.minutes(node, "Duration"),
        is_elapsed=_unit(fields.whole(node, "DurationFormat")) == "elapsed-minutes",
        percent_complete=_percent(fields, node),
        actual_start=fields.moment(node, "ActualStart"),
        actual_finish=fields.moment(node, "ActualFinish"),
        constraint=constraint,
        constraint_date=fields.moment(node, "ConstraintDate") if is_dated else None,
        deadline=fields.moment(node, "Deadline"),
        calendar_uid=_own_calendar(fields, node),
        is_milestone=fields.flag(node, "Milestone"),
        is_summary=fields.flag(node, "Summary"),
        is_active=fields.flag(node, "Active", without=True),
        is_manual=fields.flag(node, "Manual"),
        notes=fields.text(node, "Notes"),
    )


def _own_calendar(fields: Fields, node: Node) -> int | None:
    uid = fields.whole(node, "CalendarUID")
    return None if uid == NO_UID else uid


def _text1(fields: Fields, node: Node) -> str:
    values = (
        fields.text(one, "Value")
        for one in node.all("ExtendedAttribute")
        if fields.text(one, "FieldID") == str(TEXT1)
    )
    return next(values, "")


def _percent(fields: Fields, node: Node) -> int:
    percent = fields.whole(node, "PercentComplete") or 0
    if 0 <= percent <= _WHOLE:
        return percent
    nearest = min(_WHOLE, max(0, percent))
    fields.report(node, "MSPDI-VALUE", f"{percent} percent complete is read as {nearest}")
    return nearest


def _unit(number: int | None) -> LagUnit:
    if number is not None and number > _ESTIMATED:
        number -= _ESTIMATED
    if number in _ELAPSED:
        return "elapsed-minutes"
    if number == _PERCENT:
        return "percent"
    return "elapsed-percent" if number == _ELAPSED_PERCENT else "working-minutes"


def _links(fields: Fields, nodes: Mapping[int, Node]) -> Iterator[MspdiLink]:
    for uid, node in nodes.items():
        for link in node.all("PredecessorLink"):
            before = fields.whole(link, "PredecessorUID")
            if fields.flag(link, "CrossProject") or fields.text(link, "CrossProjectName"):
                fields.report(link, "MSPDI-LINK", "a link leads to another file; left out")
            elif before is None or before not in nodes or before == uid:
                message = f"a link leads from task {uid} to {before}, which is no other task"
                fields.report(link, "MSPDI-LINK", f"{message}; left out")
            else:
                yield _link(fields, link, before, uid)
        if fields.flag(node, "Summary") and node.find("PredecessorLink"):
            message = f"{fields.text(node, 'Name')!r} sums up rows and waits for a task itself"
            fields.report(node, "MSPDI-SUMMARY-LINK", message, "link the tasks below it instead")


def _link(fields: Fields, node: Node, before: int, after: int) -> MspdiLink:
    unit = _unit(fields.whole(node, "LagFormat"))
    lag = Fraction(fields.whole(node, "LinkLag") or 0)
    return MspdiLink(
        before=before,
        after=after,
        kind=fields.choice(node, "Type", _KIND_OF_LINK, "FS"),
        lag=lag / _TENTHS if unit.endswith("minutes") else lag,
        unit=unit,
    )


def _tell_what_is_left_out(fields: Fields, nodes: Mapping[int, Node]) -> None:
    for node in nodes.values():
        name = fields.text(node, "Name")
        for flag, message in _FLAGS_TOLD.items():
            if fields.flag(node, flag):
                fields.report(node, "MSPDI-LEFT-OUT", f"{name!r} {message}")
    for part, words in _PARTS_TOLD.items():
        having = [node for node in nodes.values() if node.find(part)]
        if having:
            rows = "1 task has" if len(having) == 1 else f"{len(having)} tasks have"
            fields.report(having[0], "MSPDI-LEFT-OUT", f"{rows} {words}")


def _calendars(fields: Fields, root: Node) -> Iterator[MspdiCalendar]:
    for node in root.all("Calendars", "Calendar"):
        uid = fields.whole(node, "UID")
        if uid is None:
            fields.report(node, "MSPDI-UID", "a calendar has no UID; left out")
            continue
        base = fields.whole(node, "BaseCalendarUID")
        is_based = base is not None and base > 0 and not fields.flag(node, "IsBaseCalendar")
        if node.find("WorkWeeks"):
            name = fields.text(node, "Name")
            fields.report(node, "MSPDI-LEFT-OUT", f"calendar {name!r} has weeks of its own")
        yield MspdiCalendar(
            uid=uid,
            name=fields.text(node, "Name"),
            base_uid=base if is_based else None,
            week=_week(fields, node),
            exceptions=tuple(_exceptions(fields, node)),
        )


def _week(fields: Fields, calendar: Node) -> dict[int, WorkingTimes]:
    week: dict[int, WorkingTimes] = {}
    for day in calendar.all("WeekDays", "WeekDay"):
        number = fields.whole(day, "DayType")
        if number is not None and 1 <= number <= DAYS_OF_WEEK:
            is_worked = fields.flag(day, "DayWorking")
            week[(number - 2) % DAYS_OF_WEEK] = (
                _times(fields, day) if is_worked else ()
            )  # Sunday is 1
    return week


def _times(fields: Fields, node: Node) -> WorkingTimes:
    found = []
    for one in node.all("WorkingTimes", "WorkingTime"):
        begin, end = fields.clock(one, "FromTime"), fields.clock(one, "ToTime")
        if begin is not None and end is not None:
            found.append((begin, end))
    return tuple(found)


def _exceptions(fields: Fields, calendar: Node) -> Iterator[MspdiException]:
    """Give the days that are worked otherwise; files of Project 2003 hold them among weekdays."""
    new = list(calendar.all("Exceptions", "Exception"))
    old = [day for day in calendar.all("WeekDays", "WeekDay") if day.find("TimePeriod")]
    for node in new or old:
        name = fields.text(node, "Name")
        period = node.find("TimePeriod")
        first = fields.moment(period, "FromDate") if period else None
        last = fields.moment(period, "ToDate") if period else None
        if first is None or last is None:
            fields.report(node, "MSPDI-LEFT-OUT", f"exception {name!r} has no dates")
        elif (fields.whole(node, "Type") or _DAILY) != _DAILY or _has_gaps(fields, node):
            fields.report(node, "MSPDI-LEFT-OUT", f"exception {name!r} repeats itself")
        else:
            is_worked = fields.flag(node, "DayWorking")
            times = _times(fields, node) if is_worked else ()
            yield MspdiException(first.date(), last.date(), name, times)


def _has_gaps(fields: Fields, exception: Node) -> bool:
    return (fields.whole(exception, "Period") or 1) > 1


def _resources(fields: Fields, root: Node) -> Iterator[MspdiResource]:
    for node in root.all("Resources", "Resource"):
        uid = fields.whole(node, "UID")
        if uid is None:
            fields.report(node, "MSPDI-UID", "a resource has no UID; left out")
        elif uid != 0 and not fields.flag(node, "IsNull"):  # 0 is "not assigned"
            units = fields.number(node, "MaxUnits")
            yield MspdiResource(
                uid=uid,
                name=fields.text(node, "Name"),
                kind=fields.choice(node, "Type", _KIND_OF_RESOURCE, "work"),
                max_units=Fraction(1) if units is None else units,
                calendar_uid=fields.whole(node, "CalendarUID"),
            )
