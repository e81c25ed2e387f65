"""The columns of a table of replies: found by question id, or by their text in any language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.survey import Steps
from crmplan.exchange.answer_words import plain
from crmplan.exchange.typed_text import shown
from crmplan.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmplan.assessment.survey import Amount, Asked, Comment, Survey

FORM, GROUP, ANSWERED_ON = "form", "group", "answered-on"
ABOUT = (FORM, GROUP, ANSWERED_ON)
"""Columns that say something about the form, not answers."""

# What survey tools add to their exports; nothing of it is kept, so that people stay anonymous.
_OF_TOOLS = frozenset(
    {
        *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber"),
        *("username", "email", "audit", "instanceid", "instancename", "submissiondate"),
        *("formversion", "formdefversion", "reviewstate", "edits", "submitterid", "submittername"),
        *("attachmentspresent", "attachmentsexpected", "status", "devicetype"),
    }
)
_FORM_NUMBERS = ("key", "_uuid", "_id", "instanceid", "responseid", "id")
"""Columns of survey tools that name a form, the best first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table are.

    Attributes:
        keys: what each column holds, by place: the key of an answer or one of ``ABOUT``.
        left_out: titles of columns of a survey tool that are not read.
        missing: keys of answers that no column holds.
    """

    keys: Mapping[int, str]
    left_out: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def answers(self) -> int:
        """How many columns hold answers."""
        return sum(key not in ABOUT for key in self.keys.values())


def column_title(asked: Asked) -> str:
    """Name an answer in words: the question, with its prompt where it is asked more than once."""
    if len(asked.question.prompts) == 1:
        return asked.question.text
    return f"{asked.question.text} – {asked.prompt.ask}"


def step_label(scale: Steps | Amount | Comment, step: int) -> str:
    """Name a step as it is offered: its number, with its words where it has any."""
    label = scale.labels.get(step, "") if isinstance(scale, Steps) else ""
    return f"{step} – {label}" if label else str(step)


def known_titles(surveys: Iterable[Survey], about: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Give the key for every plain title of a column.

    Args:
        surveys: the same survey in each language.
        about: titles of the columns in ``ABOUT``, in each language.
    """
    titles: dict[str, str] = {key: key for key in ABOUT}
    for words in about:
        titles |= {plain(title): key for key, title in words.items()}
    for survey in surveys:
        titles |= {plain(column_title(asked)): key for key, asked in survey.asked.items()}
        titles |= {plain(key): key for key in survey.asked}
    return titles


def find_columns(
    header: Sequence[str], titles: Mapping[str, str], asked: Iterable[str], *, name: str
) -> tuple[Columns, tuple[Problem, ...]]:
    """Understand the first row of a table.

    Args:
        header: the titles of the columns.
        titles: key per plain title, see ``known_titles``.
        asked: keys of all answers of the survey.
        name: what the file is called, for messages.

    Returns:
        The columns, and what is wrong with them: unknown or repeated ones.
    """
    keys: dict[int, str] = {}
    left_out: list[str] = []
    problems: list[Problem] = []
    for place, title in enumerate(header):
        key = _key(title, titles)
        location = Location(name, 1, place + 1)
        if key in keys.values():
            message = f"{shown(title)} is a second column for {key}"
            problems.append(Problem(location, "SURVEY-COLUMN", message, "leave one of them out"))
        elif key:
            keys[place] = key
        elif _is_of_tool(title):
            left_out.append(title)
        else:
            message = f"{shown(title)} is no question of this survey"
            hint = did_you_mean(title.strip(), asked) or "take the column out, or use the id"
            problems.append(Problem(location, "SURVEY-COLUMN", message, hint))
    if FORM not in keys.values():
        _take_number_of_tool(header, keys)
    missing = tuple(key for key in asked if key not in keys.values())
    return Columns(keys, tuple(left_out), missing), tuple(problems)


def _key(title: str, titles: Mapping[str, str]) -> str | None:
    """Find the key of a title; survey tools put the names of groups before that of a question."""
    said = plain(title)
    for cut in (said, said.rpartition("/")[2], said.rpartition(":")[2]):
        if found := titles.get(cut):
            return found
    # Some tools join group and question by a hyphen: sections.question, section-question.
    for place, sign in enumerate(said):
        if sign == "-" and (found := titles.get(said[place + 1 :])):
            return found
    return None


def _is_of_tool(title: str) -> bool:
    said = plain(title)
    last = said.rpartition("/")[2]
    return not said or said.startswith(("_", "meta")) or last in _OF_TOOLS or last in _FORM_NUMBERS


def _take_number_of_tool(header: Sequence[str], keys: dict[int, str]) -> None:
    said = [plain(title).rpartition("/")[2] for title in header]
    for number in _FORM_NUMBERS:
        if number in said and said.index(number) not in keys:
            keys[said.index(number)] = FORM
            return
