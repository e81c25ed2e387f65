"""The base of all that an engagement stores."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """One thing that somebody entered: frozen, nothing unknown allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
