"""Worksheets: tables to fill in together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.worksheet import FROM_ROW, Worksheet
from crmplan.definitions.found import read_head
from crmplan.definitions.kinds import head_of
from crmplan.definitions.references import repeated_ids
from crmplan.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.assessment.worksheet import WorksheetPart
    from crmplan.definitions.found import Found
    from crmplan.definitions.yaml_source import Path_, YamlFile

USE = "fill it in together: `crmplan worksheet`"


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[Worksheet]:
    """Read a worksheet's folder; see ``read_whole``."""
    head = head_of("worksheet")
    return read_head(folder, head, Worksheet, _check, language=language, check=check)


def _check(sheet: Worksheet, whole: YamlFile) -> tuple[Problem, ...]:
    options = [option.id for column in sheet.columns for option in column.options]
    rows = [row.id for part in sheet.parts for row in part.rows]
    names = [*(column.id for column in sheet.columns), *(part.id for part in sheet.parts)]
    return (
        *repeated_ids((*names, *options, *rows), whole),
        *_choices(sheet, whole),
        *(
            problem
            for place, part in enumerate(sheet.parts)
            for problem in _part_problems(sheet, part, place, whole)
        ),
    )


def _choices(sheet: Worksheet, whole: YamlFile) -> Iterator[Problem]:
    for index, column in enumerate(sheet.columns):
        if (column.type == "choice") != bool(column.options):
            message = f'"{column.id}": a choice has options, and nothing else has'
            yield Problem(whole.place(("columns", index)), "DEF-COLUMN", message)


def _part_problems(
    sheet: Worksheet, part: WorksheetPart, place: int, whole: YamlFile
) -> Iterator[Problem]:
    here: Path_ = ("parts", place)
    for index, name in enumerate(part.columns):
        if name not in sheet.column:
            path, hint = (*here, "columns", index), did_you_mean(name, sheet.column)
            yield Problem(whole.place(path), "DEF-UNKNOWN-ID", f'"{name}" is no column', hint)
    named = part.requirement.model_dump() if part.requirement else {}
    for field, name in {**named, "pareto": part.pareto}.items():
        if name not in (None, *part.columns) and (field, name) != ("channel", FROM_ROW):
            message = f'"{name}" is no column of this part'
            yield Problem(whole.place(here), "DEF-UNKNOWN-ID", message)
    if part.pareto in sheet.column and sheet.column[part.pareto].type != "number":
        message = f'"{part.pareto}" holds no numbers to compute with'
        yield Problem(whole.place((*here, "pareto")), "DEF-COLUMN", message)
    if not part.rows and not part.takes_more_rows:
        message = f'"{part.id}" has no rows and takes none'
        yield Problem(whole.place(here), "DEF-EMPTY", message)


def counts(sheet: Worksheet) -> dict[str, int]:
    """Count parts, columns and prepared rows."""
    return {
        "parts": len(sheet.parts),
        "columns": len(sheet.columns),
        "prepared rows": sum(len(part.rows) for part in sheet.parts),
    }


def outline(sheet: Worksheet) -> Iterator[tuple[int, str]]:
    """Give the parts with their columns and prepared rows."""
    for part in sheet.parts:
        yield 0, ""
        yield 0, f"{part.title} [{part.id}]"
        yield 1, part.guidance
        for column in sheet.columns_of(part):
            yield 1, f"· {column.title} [{column.id}, {column.type}]"
        for row in part.rows:
            yield 2, f"{row.title} [{row.id}]"


def schemas() -> dict[str, type[Worksheet]]:
    """Give the model of the head file."""
    return {"worksheet": Worksheet}
