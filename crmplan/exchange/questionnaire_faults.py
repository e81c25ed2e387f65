"""What can be wrong in the row of a question, said with its cell and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import NOTE, REASON
from crmplan.exchange.answer_cell import Given, NotUnderstood
from crmplan.exchange.questionnaire_table import TableRow, closed_columns
from crmplan.exchange.typed_text import shown
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.framework import Framework
    from crmplan.assessment.responses import State

NEEDS_REASON: tuple[State, ...] = ("not-applicable", "inherited", "out-of-control")


@dataclass(frozen=True, slots=True)
class Form:
    """What is needed to understand a row.

    Attributes:
        name: of the file.
        respondent: id of the person who answers.
        words: state per plain word.
    """

    name: str
    framework: Framework
    respondent: str
    has_layers: bool
    words: Mapping[str, State]

    def problem(self, row: TableRow, key: str, code: str, text: str, hint: str) -> Problem:
        """Say what is wrong in a cell, and what to do."""
        place = Location(self.name, row.number + 1, row.places[key] + 1)
        return Problem(place, code, f"{row.cell(key)}: {text}", hint)


def misread(
    row: TableRow, read: Mapping[str, Given | NotUnderstood | None], form: Form
) -> list[Problem]:
    """Name the level cells that are no answer."""
    scale = form.framework.scale
    hint = f"write a whole number from {scale.lowest} to {scale.highest}, or n/a, or don't know"
    said = {
        "word": ("FORM-LEVEL-WORD", "{text} is no level"),
        "range": ("FORM-LEVEL-RANGE", f"{{text}} is outside {scale.lowest} to {scale.highest}"),
        "fraction": ("FORM-LEVEL-FRACTION", "{text} is no whole level"),
    }
    found = []
    for key, one in read.items():
        if isinstance(one, NotUnderstood):
            code, text = said[one.fault]
            found.append(form.problem(row, key, code, text.format(text=shown(one.text)), hint))
    return found


def mistakes(
    row: TableRow, columns: tuple[str, ...], given: Mapping[str, Given], form: Form
) -> list[Problem]:
    """Name what is understood and yet does not fit together."""
    states = {one.state for one in given.values()}
    found = [
        form.problem(
            row,
            key,
            "FORM-LEVEL-CLOSED",
            f"{row.item} has one level only, and this is not its cell",
            f"write the level into {row.cell(columns[-1])} and empty this cell",
        )
        for key in closed_columns(row, columns)
    ]
    if "not-applicable" in states and len(states) > 1:
        text = "the question is marked not applicable in one column and answered in the other"
        hint = "keep one of the two: n/a, or the level"
        found.append(form.problem(row, columns[0], "FORM-LEVEL-CONTRADICTION", text, hint))
    if states.intersection(NEEDS_REASON) and not row.cells[REASON]:
        hint = "write in one sentence why"
        text = f"the reason is missing: {_stated(states)}"
        found.append(form.problem(row, REASON, "FORM-REASON-MISSING", text, hint))
    if not any(row.cells[key] for key in columns) and (row.cells[REASON] or row.cells[NOTE]):
        text = "there is a reason or a note, but no level"
        hint = "choose a level, n/a or don't know"
        found.append(form.problem(row, columns[0], "FORM-LEVEL-MISSING", text, hint))
    return found


def _stated(states: set[State]) -> str:
    return next(state.replace("-", " ") for state in NEEDS_REASON if state in states)
