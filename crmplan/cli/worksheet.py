"""``crmplan worksheet``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast

import click

from crmplan.cli.client_definitions import definition_for, require_known, use_definition
from crmplan.cli.known_ids import known_ids
from crmplan.cli.options import (
    by_option,
    element_id,
    engagement_argument,
    json_option,
    language_option,
)
from crmplan.cli.output import say, tell, write_json, write_table
from crmplan.definitions.library import definitions, load_whole
from crmplan.errors import CrmplanError, ExchangeError, UnknownElementError
from crmplan.localisation.locale import LANGUAGES, Locale
from crmplan.problems import closest
from crmplan.storage import open_engagement
from crmplan.workspace import read_engagement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.worksheet import Worksheet
    from crmplan.assessment.worksheet_rows import FilledPart
    from crmplan.exchange.worksheet_cell import CellReader
    from crmplan.localisation.locale import LanguageCode

KIND: Final = "worksheet"
NOTHING = "no worksheet offers anything that is not there already"
NO_CELLS = "give cells as COLUMN=TEXT"


@click.group("worksheet", help="Fill in worksheets, and hand on what they find.")
def command() -> None:
    """Tables that are filled in together in a session."""


@command.command("list", help="List the worksheets there are, with the rows filled in.")
@engagement_argument
@language_option
@json_option
def list_(file: str, language: LanguageCode | None, as_json: bool) -> None:
    """List worksheets.

    Example: crmplan worksheet list client.crmplan
    """
    from crmplan.assessment.worksheet_rows import fill_in

    engagement = read_engagement(file)
    sheets = [
        fill_in(_sheet(engagement, one.id, language), engagement.worksheet_entries)
        for one in definitions().values()
        if one.kind == KIND
    ]
    rows = [
        (one.worksheet.id, str(one.filled), one.worksheet.title, one.worksheet.summary)
        for one in sheets
    ]
    if as_json:
        names = ("id", "filled", "title", "summary")
        write_json("worksheet list", [dict(zip(names, row, strict=True)) for row in rows])
        return
    write_table(("id", "rows filled", "worksheet", "what it is for"), rows)


def _sheet(engagement: Engagement, name: str, language: LanguageCode | None = None) -> Worksheet:
    return cast("Worksheet", definition_for(engagement, KIND, name, language=language))


@command.command("show", help="Show a worksheet with what was written into it.")
@engagement_argument
@click.argument("worksheet_id", metavar="WORKSHEET")
@language_option
@json_option
def show(file: str, worksheet_id: str, language: LanguageCode | None, as_json: bool) -> None:
    """Show a worksheet.

    Example: crmplan worksheet show client.crmplan customer-segments
    """
    from crmplan.assessment.worksheet_rows import fill_in

    engagement = read_engagement(file)
    sheet = _sheet(engagement, worksheet_id, language)
    filled = fill_in(sheet, engagement.worksheet_entries)
    if as_json:
        write_json("worksheet", filled)
        return
    locale = Locale(language or engagement.settings.language, engagement.settings.calendar)
    say(f"{sheet.title}. {sheet.summary}")
    for part in filled.parts:
        _show_part(sheet, part, locale)
    for place in filled.unplaced:
        say(f"not in {sheet.id} (any more): {place}")


def _show_part(sheet: Worksheet, part: FilledPart, locale: Locale) -> None:
    say()
    say(f"{part.part.title} [{part.part.id}]. {part.part.guidance}")
    columns = sheet.columns_of(part.part)
    write_table(
        ("row", "", *(f"{one.title} [{one.id}]" for one in columns)),
        [
            (
                row.id,
                row.prepared.title if row.prepared else "",
                *(_option_title(sheet, one.id, row.cells.get(one.id, "")) for one in columns),
            )
            for row in part.rows
        ],
    )
    if part.pareto:
        brings, fewest = part.pareto.fifth_brings, part.pareto.parts_for_most
        say(f"the largest fifth brings {locale.percent(brings)}")
        say(f"{fewest} of {len(part.pareto.lines)} make up four fifths")


def _option_title(sheet: Worksheet, column_id: str, cell: str) -> str:
    titles = {option.id: option.title for option in sheet.column[column_id].options}
    return titles.get(cell, cell)


@command.command("enter", help="Fill in a row; what is not given stays, COLUMN= empties a cell.")
@engagement_argument
@click.argument("worksheet_id", metavar="WORKSHEET")
@click.argument("part_id", metavar="PART")
@click.argument("row_id", metavar="ROW", type=element_id)
@click.argument("cells", metavar="COLUMN=TEXT…", nargs=-1, required=True)
@by_option
def enter(
    file: str, worksheet_id: str, part_id: str, row_id: str, cells: tuple[str, ...], by: str
) -> None:
    """Fill in a row; ROW is one of those prepared, or any new id where the part takes more.

    Example: crmplan worksheet enter client.crmplan customer-segments pareto r1 name=Acme revenue=90
    """
    from crmplan.assessment.client_records import WorksheetEntry

    now = datetime.now(UTC)
    with open_engagement(file) as store, store.transaction():
        engagement = store.read()
        sheet = _sheet(engagement, worksheet_id)
        require_known([part_id], sheet.part, f"part of {sheet.id}")
        part = sheet.part[part_id]
        if not part.takes_more_rows:
            require_known([row_id], part.row, f"row of {part_id}")
        written = _cells(cells, part.columns)
        old = next(
            (
                one.cells
                for one in engagement.worksheet_entries
                if (one.worksheet, one.part, one.row) == (sheet.id, part_id, row_id)
            ),
            {},
        )
        changed = old | _read(written, sheet, reader_for(engagement, sheet.id))
        kept = {name: cell for name, cell in changed.items() if cell}
        use_definition(store, sheet, KIND, by=by, at=now)
        record = WorksheetEntry(worksheet=sheet.id, part=part_id, row=row_id, cells=kept)
        store.save(record, by=by, at=now)
    say(f"{sheet.id}/{part_id}/{row_id}: {len(kept)}")


def _cells(given: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    found = {}
    for cell in given:
        name, equals, text = cell.partition("=")
        if not equals:
            raise CrmplanError(f"{cell!r} names no column", hint=NO_CELLS)
        require_known([name], columns, "column of this part")
        found[name] = text
    return found


def _read(written: dict[str, str], sheet: Worksheet, reader: CellReader) -> dict[str, str]:
    """Give the cells as they are stored.

    Raises:
        ExchangeError: at the first cell that is not understood.
    """
    found = {}
    for name, text in written.items():
        cell = reader.read(sheet.column[name], text)
        if not isinstance(cell, str):
            raise ExchangeError(f"{name}: {cell.message}", hint=cell.hint)
        found[name] = cell
    return found


def reader_for(engagement: Engagement, worksheet_id: str) -> CellReader:
    """Make a reader of the cells of a worksheet that knows its words in all languages."""
    from crmplan.exchange.worksheet_cell import cell_reader

    known = known_ids(engagement)
    sheets = [cast("Worksheet", load_whole(worksheet_id, KIND, one)) for one in LANGUAGES]
    return cell_reader(sheets, factors=known["external-factor"], initiatives=known["initiative"])


@command.command("offers", help="List what filled rows offer to SWOT, plan and register.")
@engagement_argument
@json_option
def offers(file: str, as_json: bool) -> None:
    """List offers: factors not chosen yet, initiatives named, needs not in the register yet.

    Example: crmplan worksheet offers client.crmplan
    """
    found = _offers(read_engagement(file))
    if as_json:
        write_json("worksheet offers", found)
        return
    if not any(found.values()):
        tell(NOTHING)
    for one in found["factors"]:
        say(f"factor {one.id} ({one.worksheet}/{one.part}/{one.row}): crmplan record factor")
    for one in found["initiatives"]:
        say(f"initiative {one.id} ({one.worksheet}/{one.part}/{one.row})")
    for need in found["needs"]:
        say(f"need {need.id}: {need.shortage} – crmplan worksheet take")


def _offers(engagement: Engagement) -> dict[str, list[Any]]:
    from crmplan.assessment.worksheet_rows import fill_in, needs_in, offered

    used = [one.id for one in engagement.definitions if one.kind == KIND]
    filled = [fill_in(_sheet(engagement, one), engagement.worksheet_entries) for one in used]
    chosen = {one.factor for one in engagement.factors}
    known = {one.id for one in engagement.requirements}
    factors = [one for sheet in filled for one in offered(sheet, "factor")]
    return {
        "factors": [one for one in factors if one.id not in chosen],
        "initiatives": [one for sheet in filled for one in offered(sheet, "initiative")],
        "needs": [one for sheet in filled for one in needs_in(sheet) if one.id not in known],
    }


@command.command("take", help="Take needs that rows offer into the register; all without NEED.")
@engagement_argument
@click.argument("need_ids", metavar="[NEED]…", nargs=-1)
@by_option
def take(file: str, need_ids: tuple[str, ...], by: str) -> None:
    """Take needs into the register of requirements.

    Example: crmplan worksheet take client.crmplan communication-channels.reactive.complaints
    """
    now = datetime.now(UTC)
    with open_engagement(file) as store, store.transaction():
        engagement = store.read()
        offered = {one.id: one for one in _offers(engagement)["needs"]}
        for name in need_ids:
            if name not in offered:
                suggestion = closest(name, offered)
                raise UnknownElementError(name, kind="offered need", suggestion=suggestion)
        taken = [offered[name] for name in need_ids or offered]
        if taken:
            guide = definition_for(engagement, "requirements-guide", None)
            use_definition(store, guide, "requirements-guide", by=by, at=now)
            store.save_all(taken, by=by, at=now)
    if not taken:
        tell(NOTHING)
    for one in taken:
        say(f"{one.id}: {one.shortage}")
