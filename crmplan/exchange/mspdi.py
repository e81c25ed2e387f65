"""A plan as MS Project XML (MSPDI), and such a file read back.

MS Project, ProjectLibre, GanttProject and others open it. Elements stand in the order of
Microsoft's schema. What other programs wrote is read by ``from_mspdi``; ``progress_of`` finds our
tasks in it. Page: docs/guide/exchange.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, indent, tostring

from crmplan.exchange.mspdi_calendar import (
    EVENING,
    MINUTES_A_DAY,
    MORNING,
    PLAN_CALENDAR,
    end_of,
    first_day_of_week,
    start_of,
    working_days_a_week,
)
from crmplan.exchange.mspdi_calendars import add_calendars
from crmplan.exchange.mspdi_elements import (
    FIXED_DURATION,
    IN_DAYS,
    NAMESPACE,
    TEXT1,
    add,
    fill,
    one_line,
)
from crmplan.exchange.mspdi_notes import DatesMode, Notes
from crmplan.exchange.mspdi_progress import Progress, TaskProgress, progress_of
from crmplan.exchange.mspdi_reading import from_mspdi
from crmplan.exchange.mspdi_roles import Roles, add_assignments, add_resources
from crmplan.exchange.mspdi_tasks import add_tasks, rows_of, title_of, uids_of
from crmplan.exchange.mspdi_values import MspdiReading

if TYPE_CHECKING:
    from crmplan.report import Report

__all__ = [
    "DatesMode",
    "MspdiReading",
    "Progress",
    "TaskProgress",
    "from_mspdi",
    "progress_of",
    "to_mspdi",
]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROJECT_2010 = 14
_WEEKS_A_MONTH = 4
_WORK_IN_DAYS = 3


def to_mspdi(report: Report, *, dates: DatesMode) -> str:
    """Write the plan of a report.

    Args:
        report: its plan; texts are in its language.
        dates: ``links`` lets the other program calculate dates from the links; ``constraints``
            also holds every task to start no earlier than planned, so that the dates stay.

    Returns:
        XML, to be encoded as UTF-8; the same report gives the same text.
    """
    project = Element("Project", xmlns=NAMESPACE)
    notes, roles, rows = Notes(report), Roles(report), rows_of(report)
    _add_head(project, report)
    attributes = add(project, "ExtendedAttributes")
    add(attributes, "ExtendedAttribute", FieldID=TEXT1, FieldName="Text1", Alias="crmplan id")
    task_calendars = add_calendars(project, report, words=notes.calendar_words, roles=roles)
    add_tasks(project, report, rows, dates=dates, notes=notes, task_calendars=task_calendars)
    add_resources(project, roles)
    add_assignments(project, roles, uids_of(rows))
    indent(project)
    return _HEAD + tostring(project, encoding="unicode") + "\n"


def _add_head(project: Element, report: Report) -> None:
    schedule = report.plan.schedule
    days = working_days_a_week(schedule.calendar)
    fill(
        project,
        SaveVersion=_PROJECT_2010,
        Name="crmplan.xml",
        Title=one_line(title_of(report)),
        Company=report.assessment.organisation.name,
        ScheduleFromStart=True,
        StartDate=start_of(schedule.start),
        FinishDate=end_of(schedule.finish, schedule.length_days),
        FYStartDate=1,
        CriticalSlackLimit=0,
        CurrencyDigits=2,
        CurrencySymbol="$",
        CurrencyCode="USD",  # required, although the plan has no costs
        CalendarUID=PLAN_CALENDAR,
        DefaultStartTime=MORNING,
        DefaultFinishTime=EVENING,
        # Other numbers than the calendar's would show durations in other days than ours.
        MinutesPerDay=MINUTES_A_DAY,
        MinutesPerWeek=MINUTES_A_DAY * days,
        DaysPerMonth=days * _WEEKS_A_MONTH,
        DefaultTaskType=FIXED_DURATION,
        DurationFormat=IN_DAYS,
        WorkFormat=_WORK_IN_DAYS,
        NewTasksEffortDriven=False,
        NewTasksEstimated=False,
        WeekStartDay=first_day_of_week(schedule.calendar),
        NewTasksAreManual=False,
    )
