"""XLSForm workbooks: groups become dimensions, select_one questions with ordered choices items."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from crmplan.exchange.framework_import.answer_scale import Answer
from crmplan.exchange.framework_import.draft import (
    Count,
    DimensionDraft,
    FrameworkDraft,
    ItemDraft,
)
from crmplan.exchange.framework_import.foreign_text import shortened, version_of
from crmplan.exchange.framework_import.outline_tree import branches
from crmplan.exchange.framework_import.xlsform_choices import graded_choices
from crmplan.exchange.framework_import.xlsform_workbook import label

if TYPE_CHECKING:
    from crmplan.exchange.framework_import.foreign_file import Entry

_BEGIN = re.compile(r"begin[ _](group|repeat|loop)\b.*", re.IGNORECASE)
_END = re.compile(r"end[ _](group|repeat|loop)\b.*", re.IGNORECASE)
_SELECT = re.compile(
    r"select([ _]one|1)( from)? (?P<list>\S+)(?P<other> or[ _]other)?", re.IGNORECASE
)
_READ = frozenset({"type", "name", "label"})
_CONDITIONS = frozenset(
    {"relevant", "constraint", "calculation", "choice_filter", "required", "repeat_count"}
)
_INTERPRETATION = (
    "Imported from an XLSForm. Questions and answers are the form's. That its answers are levels "
    "of maturity, equal weights and texts of levels are crmplan's reading"
)
_NO_LICENCE = "Not stated in the form; ask its author before passing it on"


@dataclass(slots=True)
class _Form:
    """The form while it is read."""

    lists: dict[str, tuple[Answer, ...]]
    title: str
    open_groups: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    items: dict[str, ItemDraft] = field(default_factory=dict)
    chains: dict[str, tuple[str, ...]] = field(default_factory=dict)


def xlsform_draft(form: Entry, name: str) -> FrameworkDraft:
    """Understand a form.

    Args:
        form: its sheets.
        name: the name of its file, for a form without a title.
    """
    settings = next(iter(form.entries("settings")), None)
    title = settings.text("form_title", 200) if settings else ""
    title = title or PurePath(name).stem
    read = _Form(_lists(form), title)
    for row in form.entries("survey"):
        _read_row(row, read)
    return FrameworkDraft(
        title=title,
        summary=f"Questions of the form {title}",
        version=version_of(settings.text("version", 40) if settings else ""),
        licence=_NO_LICENCE,
        sources=(f"XLSForm {title} ({PurePath(name).name})",),
        interpretation=_INTERPRETATION,
        dimensions=(dimensions := _dimensions(read)),
        counts=(
            Count("groups", "groups", len({one.group for one in dimensions if one.group})),
            Count("groups", "dimensions", len(dimensions)),
            Count("select_one questions", "items", len(read.items)),
            Count("lists of choices", "answers with levels", sum(map(bool, read.lists.values()))),
        ),
    )


def _lists(form: Entry) -> dict[str, tuple[Answer, ...]]:
    rows: defaultdict[str, list[Entry]] = defaultdict(list)
    for row in form.entries("choices"):
        rows[row.text("list_name", 200)].append(row)
    return {name: graded_choices(members) for name, members in rows.items() if name}


def _read_row(row: Entry, form: _Form) -> None:
    kind = " ".join(row.text("type", 300).split())
    if _END.fullmatch(kind):
        if form.open_groups:
            form.open_groups.pop()
        else:
            row.note("IMPORT-STRUCTURE", "a group ends here that did not begin")
    elif _BEGIN.fullmatch(kind):
        key = f"group {row.path[-1]}"
        form.titles[key] = label(row, limit=120) or row.text("name", 120) or "Group"
        form.open_groups.append(key)
        _lose(row)
        if "group" not in kind.lower():
            row.note("IMPORT-STRUCTURE", f'"{form.titles[key]}" is asked once, not repeatedly')
    elif found := _SELECT.fullmatch(kind):
        _read_question(row, found, form)
    elif kind:
        row.note("IMPORT-ANSWERS", f'a question of type "{shortened(kind, 60)}" has no levels')


def _read_question(row: Entry, select: re.Match[str], form: _Form) -> None:
    _lose(row)
    if select["other"]:
        row.note("IMPORT-ANSWERS", 'the answer "other" has no level')
    answers = form.lists.get(select["list"], ())
    if not answers:
        row.note(
            "IMPORT-ANSWERS",
            f'the choices of "{shortened(select["list"], 60)}" have no order that can be told',
            "name them by numbers from the worst to the best: 0, 1, 2",
        )
        return
    name, ask = row.text("name", 120), label(row)
    key = f"question {row.path[-1]}"
    form.items[key] = ItemDraft(
        key=key,
        name=name or ask,
        topic=shortened(ask or name or key, 80),
        ask=ask or name or key,
        answers=answers,
        source=f"published: {form.title}, question {name}",
        place=row.place,
    )
    form.chains[key] = tuple(form.open_groups)


def _lose(row: Entry) -> None:
    """Note the cells of a row that say more than type, name and label."""
    for column in row.value:
        kind = column.partition("::")[0]
        if kind not in _READ:
            row.lose(column, code="IMPORT-CONDITION" if kind in _CONDITIONS else "IMPORT-TEXT")
    languages = [one for one in row.value if one.startswith("label::")]
    if len(languages) > 1:
        row.note("IMPORT-LANGUAGE", f"{len(languages) - 1} translations of the label")


def _dimensions(form: _Form) -> tuple[DimensionDraft, ...]:
    placed = branches(form.chains)
    families: defaultdict[tuple[str, str], list[ItemDraft]] = defaultdict(list)
    for key, branch in placed.items():
        families[branch.group, branch.dimension].append(form.items[key])
    return tuple(
        DimensionDraft(
            key=f"{group} {dimension}",
            title=(title := form.titles.get(dimension, form.title)),
            purpose=f'What the form asks under "{title}".',
            items=tuple(items),
            source=f"published: {form.title}, {title}",
            group=form.titles.get(group, ""),
        )
        for (group, dimension), items in families.items()
    )
