"""``crmplan sheet``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from crmplan.assessment.record_kinds import NAMED, key_text
from crmplan.cli.client_definitions import definition_for, use_definition
from crmplan.cli.known_ids import OWNING_KINDS, known_ids
from crmplan.cli.options import (
    by_option,
    engagement_argument,
    force_option,
    json_option,
    language_option,
)
from crmplan.cli.output import say, tell, write_json, write_table
from crmplan.cli.worksheet import KIND, reader_for
from crmplan.definitions.library import definitions
from crmplan.errors import FINDINGS, UnknownElementError
from crmplan.exchange.record_columns import SHEET_KINDS
from crmplan.exchange.record_sheet import SheetReading, read_records, write_records
from crmplan.exchange.table_reading import ReadTables, read_tables
from crmplan.exchange.worksheet_workbook import read_worksheet, write_worksheet
from crmplan.localisation.locale import Locale
from crmplan.problems import closest
from crmplan.storage import open_engagement
from crmplan.workspace import read_engagement, write_whole

if TYPE_CHECKING:
    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.worksheet import Worksheet
    from crmplan.localisation.locale import LanguageCode
    from crmplan.storage.store import EngagementStore


@click.group("sheet", help="Enter records in Excel: a row each, written out and read back.")
def command() -> None:
    """Registers and worksheets as Excel workbooks."""


@command.command("list", help="List the kinds of record and the worksheets that have a sheet.")
@json_option
def list_(as_json: bool) -> None:
    """List what can be entered in a sheet.

    Example: crmplan sheet list
    """
    rows = [(name, "record") for name in SHEET_KINDS]
    rows += [(one.id, KIND) for one in definitions().values() if one.kind == KIND]
    if as_json:
        write_json("sheet list", [{"name": name, "holds": holds} for name, holds in rows])
        return
    write_table(("name", "holds"), rows)


@command.command("write", help="Write a workbook with the rows there are, and room for more.")
@engagement_argument
@click.argument("kind_name", metavar="KIND|WORKSHEET")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@language_option
@force_option
def write(file: str, kind_name: str, out: Path, language: LanguageCode | None, force: bool) -> None:
    """Write a workbook.

    Example: crmplan sheet write client.crmplan requirement requirements.xlsx
    """
    engagement = read_engagement(file)
    spoken = language or engagement.settings.language
    given: dict[str, Any] = {
        "known": known_ids(engagement, spoken),
        "locale": Locale(spoken, engagement.settings.calendar),
        "made_on": engagement.assessment().use.held_on,
    }
    if _is_worksheet(kind_name):
        from crmplan.assessment.worksheet_rows import fill_in

        sheet = definition_for(engagement, KIND, kind_name, language=spoken)
        content = write_worksheet(fill_in(sheet, engagement.worksheet_entries), **given)
    else:
        records = getattr(engagement, SHEET_KINDS[kind_name].field)
        content = write_records(kind_name, records, **given)
    write_whole(out, content, overwrite=force)
    say(str(out))


def _is_worksheet(name: str) -> bool:
    """Tell whether a name is that of a worksheet.

    Raises:
        UnknownElementError: if it is that of nothing.
    """
    sheets = [one.id for one in definitions().values() if one.kind == KIND]
    if name not in (*SHEET_KINDS, *sheets):
        suggestion = closest(name, [*SHEET_KINDS, *sheets])
        raise UnknownElementError(name, kind="sheet", suggestion=suggestion)
    return name in sheets


@command.command("read", help="Read a workbook: all rows, or none and a list of what is wrong.")
@engagement_argument
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be read, and change nothing.")
@json_option
@by_option
def read(file: str, workbook: Path, dry_run: bool, as_json: bool, by: str) -> None:
    """Read a workbook.

    Example: crmplan sheet read client.crmplan requirements.xlsx --dry-run
    """
    tables = read_tables(workbook.read_bytes(), name=workbook.name)
    found = _understood(read_engagement(file), tables, workbook.name)
    if as_json:
        write_json("sheet read", found)
    for problem in found.problems if not as_json else ():
        say(str(problem))
    if found.problems:
        tell("nothing was imported: mend what is listed, then read again")
        sys.exit(FINDINGS)
    if not dry_run:
        with open_engagement(file) as store, store.transaction():
            _store(store, tables, found, by=by)
    done = "would be" if dry_run else "were"
    tell(f"{len(found.records)} rows {done} entered, {len(found.left)} {done} taken out")
    for key in found.left:
        tell(f"    {key_text(key)}")


def _understood(engagement: Engagement, tables: ReadTables, name: str) -> SheetReading:
    if worksheet_id := tables.marks.get("worksheet"):
        _is_worksheet(worksheet_id)
        written = {
            (one.part, one.row)
            for one in engagement.worksheet_entries
            if one.worksheet == worksheet_id
        }
        return read_worksheet(
            cast("Worksheet", definition_for(engagement, KIND, worksheet_id)),
            tables,
            name=name,
            reader=reader_for(engagement, worksheet_id),
            written=written,
        )
    kind_name = tables.marks.get("kind", "")
    if kind_name not in SHEET_KINDS:
        raise UnknownElementError(kind_name, kind="sheet", suggestion=None)
    kind = SHEET_KINDS[kind_name]
    taken = [key_text(kind.key_of(one)) for one in getattr(engagement, kind.field)]
    return read_records(kind_name, tables, known=known_ids(engagement), taken=taken)


def _store(store: EngagementStore, tables: ReadTables, found: SheetReading, *, by: str) -> None:
    """Take out what was left and enter all rows; definitions they belong to come into use."""
    now = datetime.now(UTC)
    kind = NAMED[tables.marks.get("kind", "worksheet-row")]
    for key in found.left:
        store.remove(kind, key, by=by, at=now)
    engagement = store.read()
    for owner, definition_kind in _owners(found, tables):
        definition = definition_for(engagement, definition_kind, owner)
        use_definition(store, definition, definition_kind, by=by, at=now)
    store.save_all(found.records, by=by, at=now)


def _owners(found: SheetReading, tables: ReadTables) -> set[tuple[str | None, Any]]:
    """Name the definitions that the records belong to; requirements come with their guide."""
    if tables.marks.get("kind") == "requirement":
        return {(None, "requirements-guide")}
    fields = dict(
        zip(("strategy_map", "catalogue", "evaluation", "survey"), OWNING_KINDS, strict=True)
    )
    fields["worksheet"] = KIND
    return {
        (getattr(record, field), kind)
        for record in found.records
        for field, kind in fields.items()
        if hasattr(record, field)
    }
