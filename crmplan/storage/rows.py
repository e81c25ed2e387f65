"""Records as rows and back; every row that is read is judged by its pydantic model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from crmplan.assessment.record_kinds import key_text
from crmplan.storage.tables import is_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.record import Record
    from crmplan.assessment.record_kinds import Kind

LARGEST_NUMBER = 2**63 - 1


class UnstorableError(ValueError):
    """A record holds a value that no database column takes."""


class DamagedRowError(ValueError):
    """A row is no record of its kind."""


def to_row(kind: Kind, record: Record) -> dict[str, Any]:
    """Give the column values of a record; an entry has its fields as JSON in one column.

    Raises:
        UnstorableError: if a whole number has more than 64 bits.
    """
    if is_entry(kind):
        content = record.model_dump_json()
        return {"kind": kind.name, "key": key_text(kind.key_of(record)), "content": content}
    # A field that is left out when it is empty must not keep what the row held before.
    row = dict.fromkeys(kind.model.model_fields) | record.model_dump(mode="json")
    for name, value in row.items():
        if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
            raise UnstorableError(f"{kind.name}: {name} is too large a number to be stored")
    return row


def from_row(kind: Kind, row: Mapping[str, Any]) -> Record:
    """Make the record of a row; columns that are no fields, such as ``position``, are left out.

    Raises:
        DamagedRowError: if the row does not validate, or an entry's key is not that of its content;
            it names table, key and field.
    """
    try:
        if is_entry(kind):
            record = kind.model.model_validate_json(row["content"])
        else:
            record = kind.model.model_validate(
                {name: row[name] for name in kind.model.model_fields}
            )
    except ValidationError as error:
        raise DamagedRowError(f"{_place(kind, row)}: {_fault(error)}") from error
    if is_entry(kind) and key_text(kind.key_of(record)) != row["key"]:
        raise DamagedRowError(f"{_place(kind, row)}: the content has another key")
    return record


def _fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(map(str, first["loc"])) or "record"
    return f"{field}: {first['msg']}"


def _place(kind: Kind, row: Mapping[str, Any]) -> str:
    # repr, because a stranger's key may hold characters that steer a terminal.
    if is_entry(kind):
        return f"table entries, {kind.name} {row['key']!r}"
    key = f"key {'/'.join(str(row[field]) for field in kind.key)!r}" if kind.key else "its row"
    return f"table {kind.field}, {key}"
