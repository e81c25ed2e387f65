"""From a row of a filled-in questionnaire to answers, or to what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from crmplan.assessment.form_fields import EVIDENCE, INTENTION, LEVEL, NOTE, REALITY, REASON
from crmplan.assessment.responses import Response
from crmplan.exchange.answer_cell import Given, read_level
from crmplan.exchange.questionnaire_faults import NEEDS_REASON, Form, misread, mistakes
from crmplan.exchange.questionnaire_table import level_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.responses import Layer
    from crmplan.exchange.questionnaire_table import TableRow
    from crmplan.problems import Problem

Understood = Literal["answered", "na", "unknown", "partial", "empty", "problem"]

_SEPARATOR = re.compile(r"[\n\r;؛；]+")
_BULLETS = " \t•·*-–"


@dataclass(frozen=True, slots=True)
class SeenEvidence:
    """Something that the respondent names as evidence for an item."""

    item: str
    title: str


@dataclass(frozen=True, slots=True)
class RowReport:
    """What was understood of a row.

    Attributes:
        row: number of the row, from 1.
        item: what stands in the hidden id column; empty if nothing does.
        understood: ``answered``; ``na``, not applicable; ``unknown``, don't know; ``partial``, one
            of two levels; ``empty``; or ``problem``.
        levels: the levels, in the order of the columns; None where there is no level.
    """

    row: int
    item: str
    understood: Understood
    levels: tuple[int | None, ...] = ()


@dataclass(slots=True)
class RowAnswers:
    """What a row holds; ``responses`` is empty if there is a problem."""

    report: RowReport
    responses: list[Response] = field(default_factory=list)
    evidence: list[SeenEvidence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_row(row: TableRow, form: Form) -> RowAnswers:
    """Understand the row of an item that the framework has."""
    is_layered = form.framework.asks_for_layers(row.item)
    columns = level_columns(has_layers=form.has_layers, is_layered=is_layered)
    read = {
        key: read_level(row.cells[key], scale=form.framework.scale, words=form.words)
        for key in columns
    }
    given = {key: one for key, one in read.items() if isinstance(one, Given)}
    if any(one.state == "not-applicable" for one in given.values()) and len(given) == 1:
        # A question applies or not: one word is enough for both columns.
        given = {key: next(iter(given.values())) for key in columns}
    problems = [*misread(row, read, form), *mistakes(row, columns, given, form)]
    levels = tuple(given[key].level if key in given else None for key in columns)
    understood = "problem" if problems else _understood(given, columns)
    report = RowReport(row.number + 1, row.item, understood, levels)
    if problems:
        return RowAnswers(report, problems=problems)
    return RowAnswers(report, _responses(row, given, form), _evidence(row))


def _understood(given: Mapping[str, Given], columns: tuple[str, ...]) -> Understood:
    states = {one.state for one in given.values()}
    if not given:
        return "empty"
    if len(given) < len(columns):
        return "partial"
    if states == {"not-applicable"}:
        return "na"
    return "unknown" if states == {"unknown"} else "answered"


def _responses(row: TableRow, given: Mapping[str, Given], form: Form) -> list[Response]:
    """Make the answers; reason and note stand once, with the first, unless a state needs them."""
    layers: Mapping[str, Layer] = {LEVEL: "overall", INTENTION: "intention", REALITY: "reality"}
    needed = any(one.state in NEEDS_REASON for one in given.values())
    return [
        Response(
            framework=form.framework.id,
            respondent=form.respondent,
            item=row.item,
            layer=layers[key] if form.framework.asks_for_layers(row.item) else "overall",
            state=one.state,
            level=one.level,
            reason=row.cells[REASON] if _takes_reason(one, place, needed=needed) else "",
            note=row.cells[NOTE] if place == 0 else "",
        )
        for place, (key, one) in enumerate(given.items())
    ]


def _takes_reason(given: Given, place: int, *, needed: bool) -> bool:
    return given.state in NEEDS_REASON if needed else place == 0


def _evidence(row: TableRow) -> list[SeenEvidence]:
    titles = (one.strip(_BULLETS) for one in _SEPARATOR.split(row.cells[EVIDENCE]))
    return [SeenEvidence(row.item, title) for title in dict.fromkeys(titles) if title]
