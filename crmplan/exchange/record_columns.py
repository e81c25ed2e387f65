"""The columns of a sheet for a kind of record, from the fields of its pydantic model."""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from crmplan.assessment.record_kinds import BESIDE_ASSESSMENT, DEFINITION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from crmplan.assessment.record_kinds import Kind

FieldType = Literal["text", "whole", "exact", "day", "choice", "ids", "pairs", "steps"]
"""``ids`` are joined by commas; ``pairs`` are "id: value" lines; ``steps`` "day: number" lines."""

NOT_IN_SHEETS = (DEFINITION.name, "worksheet-row")
SHEET_KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in BESIDE_ASSESSMENT if kind.name not in NOT_IN_SHEETS
}
"""Kinds of record that are entered in a sheet; worksheets have sheets of their own."""

STANDS_FOR: Mapping[str, str] = {
    "initiative": "initiative",
    "initiatives": "initiative",
    "task": "task",
    "tasks": "task",
    "before": "task",
    "after": "task",
    "role": "role",
    "dimensions": "dimension",
    "criterion": "weighable",
    "criteria": "criterion",
    "candidate": "candidate",
    "measure": "measure",
    "process": "process",
    "evaluation": "package-evaluation",
    "strategy_map": "strategy-map",
    "catalogue": "process-catalogue",
    "survey": "survey",
}
"""What the ids in a field stand for; ids of fields that are not named here are not checked."""


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A field of a record.

    Attributes:
        options: the values of a choice.
        is_required: whether a record cannot be without it.
        names: what the ids in it stand for; None if they are the record's own, or no ids.
    """

    field: str
    type: FieldType
    options: tuple[str, ...] = ()
    is_required: bool = False
    names: str | None = None


@cache
def columns_of(kind_name: str) -> tuple[RecordColumn, ...]:
    """List the columns of a kind, in the order of its fields."""
    kind = SHEET_KINDS[kind_name]
    return tuple(_column(kind, name, field) for name, field in kind.model.model_fields.items())


def _column(kind: Kind, name: str, field: FieldInfo) -> RecordColumn:
    field_type, options = _type_of(field.annotation)
    named = STANDS_FOR.get(name) if field_type in ("text", "ids") else None
    if kind.name == "package-score" and name == "criterion":
        named = "criterion"
    return RecordColumn(name, field_type, options, field.is_required(), named)


def _type_of(annotation: Any) -> tuple[FieldType, tuple[str, ...]]:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "choice", tuple(map(str, parts))
    if origin in (Union, types.UnionType):
        return _type_of(parts[0])
    if origin is tuple:
        is_steps = isinstance(parts[0], type) and issubclass(parts[0], BaseModel)
        return ("steps" if is_steps else "ids"), ()
    if origin is dict:
        return "pairs", ()
    if hasattr(annotation, "__metadata__"):
        return _type_of(parts[0])
    simple: dict[Any, FieldType] = {int: "whole", Fraction: "exact", date: "day"}
    return simple.get(annotation, "text"), ()
