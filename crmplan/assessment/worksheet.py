"""Worksheets: tables that are filled in together in a session."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from crmplan.assessment.definition import Definition, Element, Id, Source, Text, WholeDefinition
from crmplan.assessment.framework import Confidence

ColumnType = Literal["text", "choice", "number", "date", "factor", "initiative"]
"""What a cell holds; a factor or an initiative is written as its id."""

FROM_ROW = "row"
"""Stands for the title of a row where a column is named."""


class Option(Element):
    """One of the answers that a column offers."""

    title: Text


class Column(Element):
    """A column that parts of a worksheet share.

    Attributes:
        required: a row without it says nothing.
        options: for type ``choice`` and no other.
    """

    title: Text
    hint: Text = ""
    type: ColumnType = "text"
    required: bool = False
    options: tuple[Option, ...] = ()


class PreparedRow(Element):
    """A row that is there from the start: a group, a channel, a topic."""

    title: Text
    guidance: Text = ""
    source: Source
    confidence: Confidence | None = None


class RequirementColumns(Definition):
    """Which columns of a row a requirement is made of."""

    shortage: Id
    reason: Id
    channel: Id | None = None


class WorksheetPart(Element):
    """A table of the worksheet.

    Attributes:
        columns: ids of columns of the worksheet, in order.
        rows: those that are there from the start.
        takes_more_rows: whether people add rows of their own.
        pareto: the column of numbers whose concentration is computed; None for none.
        requirement: what a requirement is made of, if rows of this part can become one.
    """

    title: Text
    guidance: Text
    source: Source
    confidence: Confidence | None = None
    columns: tuple[Id, ...] = Field(min_length=1)
    rows: tuple[PreparedRow, ...] = ()
    takes_more_rows: bool = True
    pareto: Id | None = None
    requirement: RequirementColumns | None = None

    @cached_property
    def row(self) -> dict[str, PreparedRow]:
        """Find a prepared row by its id."""
        return {row.id: row for row in self.rows}


class Worksheet(WholeDefinition):
    """Parts to fill in, and the columns that they are made of."""

    columns: tuple[Column, ...] = Field(min_length=1)
    parts: tuple[WorksheetPart, ...] = Field(min_length=1)

    @cached_property
    def column(self) -> dict[str, Column]:
        """Find a column by its id."""
        return {column.id: column for column in self.columns}

    @cached_property
    def part(self) -> dict[str, WorksheetPart]:
        """Find a part by its id."""
        return {part.id: part for part in self.parts}

    def columns_of(self, part: WorksheetPart) -> tuple[Column, ...]:
        """Give the columns of a part, in its order."""
        return tuple(self.column[name] for name in part.columns)
