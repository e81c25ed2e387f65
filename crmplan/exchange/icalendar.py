"""A plan as an iCalendar file (RFC 5545): gates and tasks as all-day events."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from crmplan.exchange.plan_rows import PlanRow, plan_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.report import Report

LONGEST_LINE = 75


def to_icalendar(report: Report) -> str:
    """Write the plan as events; the end of an all-day event is the day after its last."""
    stamp = datetime.combine(report.assessment.use.held_on, time(), UTC)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//crmplan//plan//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(report.assessment.organisation.name)}")
    for row in plan_rows(report):
        if row.kind != "covered":
            lines += _event(row, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(row: PlanRow, stamp: datetime) -> Iterator[str]:
    is_point = row.kind == "gate" or row.duration_days == 0
    start = row.finish if is_point else row.start
    yield "BEGIN:VEVENT"
    yield f"UID:{row.id}@crmplan"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{row.finish + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(f'{row.code} {row.name}')}"
    yield f"DESCRIPTION:{_escaped(f'{row.phase} · {row.lead}')}"
    yield f"CATEGORIES:{_escaped(row.phase)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(mark, written)
    return "".join(letter for letter in text if letter >= " ")


def _folded(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 bytes, never inside a character."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
