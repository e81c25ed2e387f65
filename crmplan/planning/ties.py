"""What a definition says of a link: what comes before, and how the two are tied.

In a file an entry of ``requires`` or ``after`` is an id, or ``{id: …, kind: SS, lag: 5d}``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from pydantic import Field, model_serializer, model_validator

from crmplan.assessment.definition import Definition, Id
from crmplan.assessment.plan_records import Lag, LinkKind
from crmplan.planning.network.links import NO_LAG, read_lag

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class Tie(Definition):
    """A link of a definition, seen from the task after.

    Attributes:
        before: the initiative or activity that it waits for; ``id`` in a file.
        kind: which ends are tied, such as SS: the start of the one and the start of the other.
        lag: least time between the two ends, as ``network.links.read_lag`` reads it.
        at_most: longest time between the two ends; None for any.
    """

    before: Id = Field(alias="id")
    kind: LinkKind = "FS"
    lag: Lag = NO_LAG
    at_most: Lag | None = None

    @property
    def is_plain(self) -> bool:
        """Tell whether an id alone says all of it."""
        return (self.kind, self.lag, self.at_most) == ("FS", NO_LAG, None)

    @model_validator(mode="before")
    @classmethod
    def _of_an_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _leaves_time(self) -> Self:
        if self.at_most is None:
            return self
        least, most = read_lag(self.lag), read_lag(self.at_most)
        if least.unit == most.unit and most.number < least.number:
            raise ValueError(f"at_most: {self.at_most} is shorter than the lag {self.lag}")
        return self

    @model_serializer
    def _as_written(self) -> str | dict[str, str]:
        if self.is_plain:
            return self.before
        given = {"kind": self.kind, "lag": self.lag, "at_most": self.at_most or ""}
        plain = {"kind": "FS", "lag": NO_LAG, "at_most": ""}
        return {"id": self.before} | {
            name: value for name, value in given.items() if value != plain[name]
        }

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Let editors know both ways to write it."""
        whole = handler.resolve_ref_schema(handler(core_schema))
        if "properties" not in whole:
            return whole  # asked for what is written, not for what is read
        return {"anyOf": [dict(whole["properties"]["id"]), whole]}


def ids_before(ties: Iterable[Tie]) -> tuple[str, ...]:
    """Give what comes before, each once, in the order written."""
    return tuple(dict.fromkeys(tie.before for tie in ties))
