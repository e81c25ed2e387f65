"""Records of one kind as a workbook, and back: all of them, or none and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from crmplan.assessment.record_kinds import key_of_text, key_text
from crmplan.errors import ExchangeError
from crmplan.exchange.record_cells import RecordReader, cell_of, option_word, words_of
from crmplan.exchange.record_columns import SHEET_KINDS, columns_of
from crmplan.exchange.table_workbook import (
    IdList,
    TableColumn,
    TableRow,
    WorkbookTable,
    write_tables,
)
from crmplan.exchange.worksheet_cell import CellFault
from crmplan.localisation.locale import LANGUAGES
from crmplan.localisation.messages import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from crmplan.assessment.record import Record
    from crmplan.assessment.record_kinds import Kind
    from crmplan.exchange.record_columns import RecordColumn
    from crmplan.exchange.table_reading import ReadRow, ReadTables
    from crmplan.localisation.locale import Locale
    from crmplan.localisation.messages import Messages
    from crmplan.problems import Problem

FORMAT = "1"
WIDTHS: Mapping[str, float] = {"text": 22, "ids": 28, "pairs": 30, "steps": 22, "choice": 16}


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a sheet says.

    Attributes:
        records: all of them, in the order of the rows; empty if there is any problem.
        left: keys of records whose rows have another key now, or are empty.
        problems: everything that is wrong, in the order of the places.
    """

    records: tuple[Record, ...]
    left: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...]


def write_records(
    kind_name: str,
    records: Sequence[Record],
    *,
    known: Mapping[str, Mapping[str, str]],
    locale: Locale,
    made_on: date,
) -> bytes:
    """Make a workbook with a row a record and room for more.

    Args:
        kind_name: one of ``SHEET_KINDS``.
        records: those there are, of that kind.
        known: ids with what they are called, by what they stand for; listed on a sheet of theirs.
        locale: language of the words, and calendar of the days.
        made_on: the date that the file carries.
    """
    messages = catalogue("sheet", locale.language)
    kind, columns = SHEET_KINDS[kind_name], columns_of(kind_name)
    rows = [
        TableRow(
            key_text(kind.key_of(one)),
            {
                column.field: cell_of(
                    column, getattr(one, column.field), locale=locale, messages=messages
                )
                for column in columns
            },
        )
        for one in records
    ]
    title = messages(f"kinds.{kind_name}")
    shown = [_table_column(kind, one, messages, known) for one in columns]
    named = dict.fromkeys(one.names for one in columns if one.names and one.names in known)
    return write_tables(
        [WorkbookTable(kind_name, title, tuple(shown), tuple(rows))],
        marks={"format": FORMAT, "kind": kind_name, "language": locale.language},
        id_sheet=messages("ids"),
        ids=[IdList(messages(f"names.{name}"), known[name]) for name in named],
        language=locale.language,
        made_on=made_on,
    )


def _table_column(
    kind: Kind, column: RecordColumn, messages: Messages, known: Mapping[str, Mapping[str, str]]
) -> TableColumn:
    title = field_title(messages, kind, column.field)
    choices = tuple(option_word(messages, value) for value in column.options)
    if column.type == "text" and column.names and column.names in known:
        choices = tuple(known[column.names])
    return TableColumn(
        column.field,
        f"{title} *" if column.is_required else title,
        hint=messages(f"hints.{column.type}"),
        width=WIDTHS.get(column.type, 13),
        choices=choices,
    )


def field_title(messages: Messages, kind: Kind, field: str) -> str:
    """Name a field: in the words of its kind if it has some, else in those all kinds share."""
    own = f"fields.{kind.name}.{field}"
    return messages(own if own in messages else f"fields.{field}")


def read_records(
    kind_name: str,
    read: ReadTables,
    *,
    known: Mapping[str, Iterable[str]],
    taken: Iterable[str] = (),
) -> SheetReading:
    """Make records of the rows of a workbook.

    A row without its own id gets a new one; a definition that is not named is the only one in use.

    Args:
        kind_name: one of ``SHEET_KINDS``.
        read: the workbook.
        known: ids by what they stand for.
        taken: keys of records that there are, for new ids.

    Raises:
        ExchangeError: if the sheet or one of its columns is missing.
    """
    kind, columns = SHEET_KINDS[kind_name], columns_of(kind_name)
    every = _rows(kind_name, read, columns)
    rows = [row for row in every if any(row.cells.values())]
    options = [value for column in columns for value in column.options]
    words = words_of(options, [catalogue("sheet", one) for one in LANGUAGES])
    reader = RecordReader(words, known)
    ids = _new_ids(kind, rows, taken)
    made = [(row, _record(kind, columns, row, reader, ids)) for row in rows]
    problems = [one for _, found in made if isinstance(found, list) for one in found]
    records = [(row, found) for row, found in made if not isinstance(found, list)]
    problems += _repeated(kind, records)
    if problems:
        return SheetReading((), (), tuple(sorted(problems, key=lambda one: one.location)))
    keys = {key_text(kind.key_of(record)) for _, record in records}
    left = dict.fromkeys(row.key for row in every if row.key and row.key not in keys)
    return SheetReading(tuple(record for _, record in records), tuple(map(key_of_text, left)), ())


def _rows(kind_name: str, read: ReadTables, columns: Iterable[RecordColumn]) -> tuple[ReadRow, ...]:
    if kind_name not in read.tables:
        raise ExchangeError(
            f"the sheet with the rows of {kind_name} is missing",
            hint="write the workbook again with: crmplan sheet write",
        )
    rows = read.tables[kind_name]
    lost = [one.field for one in columns if rows and one.field not in rows[0].places]
    if lost:
        raise ExchangeError(
            f"{rows[0].file}: columns are missing: {', '.join(lost)}",
            hint="write the workbook again with: crmplan sheet write",
        )
    return rows


def _new_ids(kind: Kind, rows: Iterable[ReadRow], taken: Iterable[str]) -> Iterator[str]:
    """Give ids that neither a record nor a row has: such as requirement-1."""
    used = {*(key.rpartition("/")[2] for key in taken), *(row.cells.get("id") for row in rows)}
    return (name for number in count(1) if (name := f"{kind.name}-{number}") not in used)


def _record(
    kind: Kind,
    columns: Iterable[RecordColumn],
    row: ReadRow,
    reader: RecordReader,
    ids: Iterator[str],
) -> Record | list[Problem]:
    values: dict[str, Any] = {}
    problems = []
    for column in columns:
        value = reader.read(column, row.cells.get(column.field, ""))
        if isinstance(value, CellFault):
            problems.append(row.problem(column.field, value.code, value.message, value.hint))
        elif value is None and (filled := _default(column, reader, ids)):
            values[column.field] = filled
        elif value is not None:
            values[column.field] = value
        elif column.is_required:
            hint = "fill it in, or empty the whole row"
            problems.append(row.problem(column.field, "SHEET-MISSING", "the cell is empty", hint))
    if problems:
        return problems
    try:
        return kind.model.model_validate(values)
    except ValidationError as error:
        return [_refused(row, one) for one in error.errors(include_url=False)]


def _default(column: RecordColumn, reader: RecordReader, ids: Iterator[str]) -> str | None:
    if column.field == "id":
        return next(ids)
    if column.is_required and column.names in (
        "package-evaluation",
        "strategy-map",
        "process-catalogue",
        "survey",
    ):
        used = list(reader.known.get(column.names, ()))
        return used[0] if len(used) == 1 else None
    return None


def _refused(row: ReadRow, detail: Any) -> Problem:
    """Say in its cell what the record refuses; rules over several fields name theirs first."""
    message = detail["msg"].removeprefix("Value error, ")
    field = str(detail["loc"][0]) if detail["loc"] else message.partition(":")[0]
    return row.problem(field, "SHEET-VALUE", message[:1].lower() + message[1:])


def _repeated(kind: Kind, records: Iterable[tuple[ReadRow, Record]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for row, record in records:
        key = key_text(kind.key_of(record))
        if key in seen:
            message = f"{key} stands in row {seen[key]} already"
            yield row.problem(
                kind.key[-1], "SHEET-ROW-TWICE", message, "delete one of the two rows"
            )
        seen.setdefault(key, row.number + 1)
