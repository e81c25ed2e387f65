"""A plan as a Mermaid Gantt chart, for wikis and repositories.

Dates are written out: Mermaid's own arithmetic with ``after`` and ``excludes`` does not know the
organisation's calendar.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from crmplan.exchange.plan_rows import PlanRow, plan_rows

if TYPE_CHECKING:
    from crmplan.report import Report

_MARKS = re.compile(r"[:;#\n\r{}]+")
"""Characters that Mermaid would read as its own."""


def to_mermaid(report: Report) -> str:
    """Write the plan as a Gantt chart: a section a phase, gates as milestones."""
    lines = [
        "gantt",
        f"    title {_plain(report.assessment.organisation.name)}",
        "    dateFormat YYYY-MM-DD",
    ]
    for phase, rows in groupby(plan_rows(report), key=lambda row: row.phase):
        lines.append(f"    section {_plain(phase)}")
        lines += [_line(row) for row in rows if row.kind != "covered"]
    return "\n".join(lines) + "\n"


def _line(row: PlanRow) -> str:
    tags = [
        tag for tag, holds in (("crit", row.is_critical), ("milestone", _is_point(row))) if holds
    ]
    # The end of a bar is exclusive in Mermaid.
    end = row.finish if _is_point(row) else row.finish + timedelta(days=1)
    start = row.finish if _is_point(row) else row.start
    fields = [*tags, f"t{row.number}", start.isoformat(), end.isoformat()]
    return f"    {_plain(f'{row.code} {row.name}')} :{', '.join(fields)}"


def _is_point(row: PlanRow) -> bool:
    return row.kind == "gate" or row.duration_days == 0


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split())
