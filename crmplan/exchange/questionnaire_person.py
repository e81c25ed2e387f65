"""Who filled in a questionnaire, as its first sheet says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.form_fields import PERSON_GROUP, PERSON_NAME, PERSON_ROLE
from crmplan.exchange.typed_text import shown
from crmplan.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.exchange.questionnaire_marks import FormMarks
    from crmplan.exchange.workbook_cells import Rows


@dataclass(frozen=True, slots=True)
class FormPerson:
    """Who answers, as the first sheet says.

    Attributes:
        id: of the person the form was made out to, or None.
        group: id of the group; None if none was chosen, or one that does not exist.
        group_title: what was chosen.
    """

    id: str | None
    name: str
    role: str
    group: str | None
    group_title: str


def read_person(book: Mapping[str, Rows], marks: FormMarks) -> FormPerson:
    """Find name, role and group, wherever the first sheet was moved to."""
    group = _typed(book, PERSON_GROUP)
    return FormPerson(
        id=marks.respondent,
        name=_typed(book, PERSON_NAME),
        role=_typed(book, PERSON_ROLE),
        group=marks.groups.get(group),
        group_title=group,
    )


def person_problems(person: FormPerson, respondent: str | None, *, name: str) -> list[Problem]:
    """Tell what is missing to know whose answers these are.

    Args:
        person: what the form says.
        respondent: whose answers they are, or None if nobody knows.
        name: what the file is called.
    """
    found = []
    if respondent is None:
        signed = f"; it is signed {shown(person.name)}" if person.name else ""
        text = f"the form is made out to nobody{signed}"
        hint = "say whose answers these are, with --respondent ID"
        found.append(Problem(Location(name), "FORM-NO-RESPONDENT", text, hint))
    if person.id is None and person.group is None and person.group_title:
        text = f"{shown(person.group_title)} is no group of this framework"
        hint = "choose one of the groups in the list"
        found.append(Problem(Location(name), "FORM-GROUP-UNKNOWN", text, hint))
    return found


def _typed(book: Mapping[str, Rows], key: str) -> str:
    """Take what was typed beside a hidden key: the key, its title, and then the value."""
    for rows in book.values():
        for row in rows:
            if key in row:
                cells = [cell.strip() for cell in row[row.index(key) + 1 :] if cell.strip()]
                return cells[1] if len(cells) > 1 else ""
    return ""
