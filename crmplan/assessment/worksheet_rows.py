"""A worksheet with what was written into it, and what that offers to SWOT, register and plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from crmplan.assessment.client_records import Requirement
from crmplan.assessment.pareto import Pareto, concentration
from crmplan.assessment.worksheet import FROM_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crmplan.assessment.client_records import WorksheetEntry
    from crmplan.assessment.worksheet import ColumnType, PreparedRow, Worksheet, WorksheetPart


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a part.

    Attributes:
        prepared: what the worksheet says about the row; None for one that people added.
        cells: what was written, per column; empty cells are absent.
    """

    id: str
    prepared: PreparedRow | None
    cells: Mapping[str, str]

    @property
    def is_filled(self) -> bool:
        """Tell whether anything was written."""
        return any(self.cells.values())


@dataclass(frozen=True, slots=True)
class FilledPart:
    """A part with all its rows: the prepared ones first, then those added, in order of entry.

    Attributes:
        pareto: concentration of the numbers; None where none is computed or there is no total.
    """

    part: WorksheetPart
    rows: tuple[FilledRow, ...]
    pareto: Pareto | None


@dataclass(frozen=True, slots=True)
class FilledWorksheet:
    """A worksheet with its entries.

    Attributes:
        unplaced: entries of parts, rows or columns that the worksheet does not have (any more), as
            ``part/row`` or ``part/row/column``.
    """

    worksheet: Worksheet
    parts: tuple[FilledPart, ...]
    unplaced: tuple[str, ...]

    @property
    def filled(self) -> int:
        """How many rows say something."""
        return sum(row.is_filled for part in self.parts for row in part.rows)


@dataclass(frozen=True, slots=True)
class WorksheetOffer:
    """What a row hands on: the id of a factor or initiative, or a need for the register."""

    worksheet: str
    part: str
    row: str
    id: str


def fill_in(worksheet: Worksheet, entries: Iterable[WorksheetEntry]) -> FilledWorksheet:
    """Put entries into a worksheet; those of other worksheets are left out."""
    own = [one for one in entries if one.worksheet == worksheet.id]
    return FilledWorksheet(
        worksheet,
        tuple(
            _filled(part, [one for one in own if one.part == part.id]) for part in worksheet.parts
        ),
        tuple(_unplaced(worksheet, own)),
    )


def _filled(part: WorksheetPart, entries: list[WorksheetEntry]) -> FilledPart:
    written = {one.row: one.cells for one in entries}
    rows = [FilledRow(row.id, row, written.get(row.id, {})) for row in part.rows]
    if part.takes_more_rows:
        rows += [FilledRow(one.row, None, one.cells) for one in entries if one.row not in part.row]
    numbers = ((row.id, number_in(row.cells.get(part.pareto or "", ""))) for row in rows)
    return FilledPart(part, tuple(rows), concentration(numbers) if part.pareto else None)


def _unplaced(worksheet: Worksheet, entries: Iterable[WorksheetEntry]) -> Iterator[str]:
    for one in entries:
        part = worksheet.part.get(one.part)
        if part is None or (one.row not in part.row and not part.takes_more_rows):
            yield f"{one.part}/{one.row}"
        else:
            for name in one.cells:
                if name not in part.columns:
                    yield f"{one.part}/{one.row}/{name}"


def number_in(cell: str) -> Fraction | None:
    """Read the number that a cell of a number column holds; None if it holds none."""
    try:
        return Fraction(cell) if cell else None
    except (ValueError, ZeroDivisionError):
        return None


def offered(filled: FilledWorksheet, kind: ColumnType) -> tuple[WorksheetOffer, ...]:
    """List the factors, or the initiatives, that rows name, in the order of the worksheet."""
    return tuple(
        WorksheetOffer(filled.worksheet.id, part.part.id, row.id, row.cells[column.id])
        for part in filled.parts
        for column in filled.worksheet.columns_of(part.part)
        if column.type == kind
        for row in part.rows
        if row.cells.get(column.id)
    )


def needs_in(filled: FilledWorksheet) -> tuple[Requirement, ...]:
    """Make a requirement of each row that names what is missing and why it matters.

    Each has the id ``WORKSHEET.ROW``, so that taking it over twice enters it once; an added row is
    named with its part. The initiatives are those that the row names.
    """
    return tuple(
        need
        for part in filled.parts
        if part.part.requirement
        for row in part.rows
        if (need := _need(filled.worksheet, part.part, row))
    )


def _need(worksheet: Worksheet, part: WorksheetPart, row: FilledRow) -> Requirement | None:
    named = part.requirement
    if not named or not row.cells.get(named.shortage) or not row.cells.get(named.reason):
        return None
    initiatives = (one.id for one in worksheet.columns_of(part) if one.type == "initiative")
    title = row.prepared.title if row.prepared else ""
    return Requirement(
        id=f"{worksheet.id}.{row.id if row.prepared else f'{part.id}.{row.id}'}",
        shortage=row.cells[named.shortage],
        reason=row.cells[named.reason],
        channel=title if named.channel == FROM_ROW else row.cells.get(named.channel or "", ""),
        initiatives=tuple(row.cells[one] for one in initiatives if row.cells.get(one)),
    )
