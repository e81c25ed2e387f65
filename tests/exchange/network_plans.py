"""Random plans with everything a network can have, for programs that read our files.

Every family of seeds adds one thing, so that a difference can be told from the others.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

from crmplan.assessment.plan_records import CalendarException, TaskConstraint
from crmplan.planning.network.calendars import calendars_of
from crmplan.planning.scheduling import Schedule, schedule
from crmplan.planning.workplan import Link, WorkPlan
from crmplan.report import Report
from exchange.test_mspdi_plans import random_report

Family = Literal["lags", "leads", "elapsed", "dates", "missed", "calendars"]
FAMILIES: tuple[Family, ...] = ("lags", "leads", "elapsed", "dates", "missed", "calendars")
KINDS = ("FS", "SS", "FF", "SF")
LAGS: dict[Family, tuple[str, ...]] = {
    "lags": ("0d", "1d", "2d", "5d", "12d", "50%", "100%"),
    "leads": ("0d", "-1d", "-3d", "-8d", "2d", "-50%"),
    "elapsed": ("0d", "1ed", "3ed", "7ed", "2d"),
    "dates": ("0d", "2d"),
    "missed": ("0d", "2d"),
    "calendars": ("0d", "0d", "2d"),
}
CONSTRAINTS = ("SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "deadline")


def family_of(seed: int) -> Family:
    """The family of a seed."""
    return FAMILIES[seed % len(FAMILIES)]


def network_report(seed: int) -> Report:
    """A report whose plan has links of all kinds, and what its family adds."""
    dice = random.Random(1_000 + seed)
    base = random_report(seed)
    family, before = family_of(seed), base.plan.schedule
    work = replace(base.plan.workplan, links=tuple(_links(base.plan.workplan, family, dice)))
    calendars = calendars_of(before.calendar)
    if family == "calendars":
        calendars = calendars_of(before.calendar, _exceptions(work, before, dice))
    made = schedule(work, calendars, start=before.start)
    if family in ("dates", "missed"):
        work = replace(work, constraints=tuple(_constraints(made, family, dice)))
        made = schedule(work, calendars, start=before.start)
    return replace(base, plan=replace(base.plan, workplan=work, schedule=made))


def _links(work: WorkPlan, family: Family, dice: random.Random) -> list[Link]:
    """Change the kinds and lags of the links, and add a second one to some pairs."""
    found = []
    for link in work.links:
        kind = dice.choice(KINDS) if dice.random() < 0.6 else "FS"
        found.append(_tied(link, family, kind, dice))
        if dice.random() < 0.1:
            second = _tied(link, family, dice.choice(KINDS), dice)
            if second.kind != found[-1].kind:
                found.append(replace(second, reason="record"))
    return found


def _tied(link: Link, family: Family, kind: Any, dice: random.Random) -> Link:
    """Lags count in the calendar of the task after, as other programs count them."""
    if family == "calendars" and kind[1] == "F":
        kind = "SS" if kind == "SF" else "FS"
    lags = LAGS["dates"] if family == "elapsed" and kind != "FS" else LAGS[family]
    owner: Any = "after" if family == "calendars" else "plan"
    return replace(link, kind=kind, lag=dice.choice(lags), lag_calendar=owner)


def _exceptions(work: WorkPlan, before: Schedule, dice: random.Random) -> list[CalendarException]:
    """Half-days and working weekends of the organisation, days off of roles, odd days of tasks."""
    roles = sorted({task.lead for task in work.tasks})
    tasks = [task.id for task in work.tasks]

    def one(scope: str, subject: str, works: str, length: int) -> CalendarException:
        first = before.start + timedelta(days=dice.randrange(300))
        last = first + timedelta(days=dice.randrange(length))
        given = {"scope": scope, "subject": subject, "first": first, "last": last, "works": works}
        return CalendarException.model_validate(given)

    found = [one("organisation", "", dice.choice(("half", "full")), 2) for _ in range(8)]
    for role in dice.sample(roles, min(3, len(roles))):
        found += [one("role", role, works, 15) for works in ("none", "none", "half", "full")]
    for task in dice.sample(tasks, 3):
        found.append(one("task", task, "full", 20))
    return found


def _constraints(made: Schedule, family: Family, dice: random.Random) -> list[TaskConstraint]:
    """Give dates to a quarter of the tasks; in the family of dates all are kept, and move none."""
    found = []
    for one in dice.sample(made.tasks, len(made.tasks) // 4):
        kind = dice.choice(CONSTRAINTS)
        move = 0
        if family == "missed":
            move = dice.choice((-9, 0, 3, 20))
        elif kind in ("SNLT", "FNLT", "deadline"):
            move = dice.choice((0, 3, 20))
        day = (one.start if kind in ("SNET", "SNLT", "MSO") else one.finish) + timedelta(days=move)
        day = made.calendar.first_worked(max(day, made.start))
        found.append(TaskConstraint.model_validate({"task": one.task.id, "kind": kind, "on": day}))
    return found
