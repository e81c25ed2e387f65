"""Records as rows and back; every row that is read is judged by its pydantic model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.record import Record
    from crmplan.storage.kinds import Kind

LARGEST_NUMBER = 2**63 - 1

# What str(Fraction) writes. Anything else was not written by this program. A plain Fraction of
# "1e999999999" would take hours to make; pydantic 2.14 refuses it, but promises that nowhere.
_EXACT = re.compile(r"-?[0-9]{1,100}(/[0-9]{1,100})?")


class UnstorableError(ValueError):
    """A record holds a value that no database column takes."""


class DamagedRowError(ValueError):
    """A row is no record of its kind."""


def to_row(kind: Kind, record: Record) -> dict[str, Any]:
    """Give the column values of a record.

    Raises:
        UnstorableError: if a whole number has more than 64 bits.
    """
    row = record.model_dump(mode="json")
    for name, value in row.items():
        if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise UnstorableError(f"{kind.name}: {name} is too large a number to be stored")
        if kind.field == "targets" and name == "level" and not _EXACT.fullmatch(value):
            raise UnstorableError(f"{kind.name}: {name} has too many digits to be stored")
    return row


def from_row(kind: Kind, row: Mapping[str, Any]) -> Record:
    """Make the record of a row; columns that are no fields, such as ``position``, are left out.

    Raises:
        DamagedRowError: if the row does not validate; it names table, key and field.
    """
    values = {field: row[field] for field in kind.model.model_fields}
    if kind.field == "targets" and not _EXACT.fullmatch(values["level"]):
        raise DamagedRowError(f"table {kind.field}, {_place(kind, row)}: level is no exact number")
    try:
        return kind.model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"])) or "record"
        raise DamagedRowError(
            f"table {kind.field}, {_place(kind, row)}: {field}: {first['msg']}"
        ) from error


def _place(kind: Kind, row: Mapping[str, Any]) -> str:
    # repr, because a stranger's key may hold characters that steer a terminal.
    return f"key {'/'.join(str(row[field]) for field in kind.key)!r}" if kind.key else "its row"
