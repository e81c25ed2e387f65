"""What may happen to the plan: the recorded risks, and those that the findings suggest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.documents.blocks import Block, BulletList, Heading, Paragraph, Table
from crmplan.localisation.locale import NO_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.documents.words import Words
    from crmplan.planning.risk_register import RegisterLine

CATALOGUE = "risks"
TABLE = "risk-register"
COLUMNS = ("id", "risk", "owner", "percent", "delay", "tasks", "exposure")
_POINTS = ("shortest", "likely", "longest")


def risk_register(words: Words) -> tuple[Block, ...]:
    """Show the register; nothing if no risk is recorded and none suggested."""
    found = words.report.plan.risks
    if not (found.lines or found.suggested):
        return ()
    own = words.within(CATALOGUE)
    return (
        Heading(1, own("risks.title")),
        Paragraph(summary(own), "lead"),
        *((_table(own),) if found.lines else ()),
        *(_suggested(own) if found.suggested else ()),
    )


def summary(words: Words) -> str:
    """Say how many risks are recorded, and how many of them delay the simulated dates."""
    found = words.report.plan.risks
    if not found.lines:
        return words("risks.lead_none")
    simulated = words.locale.whole(len(found.simulated))
    return words("risks.lead", count=len(found.lines), simulated=simulated)


def header(words: Words) -> tuple[str, ...]:
    """Name the columns of the table."""
    return tuple(words(f"risks.columns.{name}") for name in COLUMNS)


def rows(words: Words) -> Iterator[tuple[str, ...]]:
    """Give the cells of the table, a row for each recorded risk."""
    locale, tasks = words.locale, words.report.plan.workplan.task
    for line in words.report.plan.risks.lines:
        risk = line.risk
        yield (
            risk.id.upper(),
            _text(words, line),
            risk.owner or NO_VALUE,
            locale.percent_of(risk.percent / 100),
            _delay(words, line),
            words.join(tasks[one].code for one in line.tasks) or NO_VALUE,
            locale.number(line.exposure) if risk.longest else NO_VALUE,
        )


def _text(words: Words, line: RegisterLine) -> str:
    risk = line.risk
    if not risk.response:
        return risk.title
    return f"{risk.title}\n{words('risks.response', response=risk.response)}"


def _delay(words: Words, line: RegisterLine) -> str:
    if not line.risk.longest:
        return NO_VALUE
    days = {name: words.locale.whole(getattr(line.risk, name)) for name in _POINTS}
    return words("risks.delay", days)


def _table(words: Words) -> Block:
    return Table(
        header=header(words),
        rows=tuple(rows(words)),
        widths=(1.2, 6, 2.4, 1.8, 2.2, 2.2, 1.8),
        alignments=("start", "start", "start", "end", "end", "start", "end"),
        caption=words("risks.caption"),
        bookmark=TABLE,
        note=words("risks.note"),
    )


def _suggested(words: Words) -> tuple[Block, ...]:
    listed = tuple(
        words(
            "risks.suggested",
            factor=words.factor(one.factor_id),
            weight=words.locale.whole(one.weight),
        )
        for one in words.report.plan.risks.suggested
    )
    return (
        Heading(2, words("risks.suggested_title"), numbered=False),
        Paragraph(words("risks.suggested_lead")),
        BulletList(listed),
    )
