"""How commands write: results to standard output, everything else to standard error."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import click
from pydantic import BaseModel

from crmplan import __version__

if TYPE_CHECKING:
    from rich.progress import Progress

Justify = Literal["left", "right"]

_STEERING = {code: "?" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def write_json(command: str, data: object) -> None:
    """Write a result in the envelope of all commands: program, version, command, data."""
    envelope = {"program": "crmplan", "version": __version__, "command": command}
    say_json(json.dumps({**envelope, "data": plain(data)}, ensure_ascii=False, indent=2))


def plain(value: object) -> Any:
    """Turn a value into what JSON can carry; an exact number keeps its exact form beside it."""
    if isinstance(value, Fraction):
        return {"exact": str(value), "number": round(float(value), 6)}
    if isinstance(value, date):  # a moment is one, too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, str | int | float | bool | None):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [one.name for one in dataclasses.fields(value) if one.name[0] != "_"]
        return {name: plain(getattr(value, name)) for name in fields}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Iterable):
        ordered = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(one) for one in ordered]
    raise TypeError(f"{type(value).__name__} has no JSON form")


def write_table(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", numbers: int = 0
) -> None:
    """Write a table; the last ``numbers`` columns are aligned to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for position, name in enumerate(header):
        is_number = position >= len(header) - numbers
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(_harmless, row))
    # Without a terminal nothing may be cut: the reader is another program.
    width = None if sys.stdout.isatty() else 200
    Console(width=width, highlight=False, markup=False, emoji=False).print(table)


def say_json(text: str) -> None:
    """Write JSON: always UTF-8 (RFC 8259), whatever the terminal shows, so that nothing is lost."""
    click.echo(text.encode())


def say(text: str = "") -> None:
    """Write a line of the result."""
    click.echo(_harmless(text))


def tell(text: str) -> None:
    """Tell the person at the keyboard something that is not the result."""
    click.echo(_harmless(text), err=True)


def _harmless(text: str) -> str:
    """Show signs that steer a terminal as "?": a text may come from a stranger's file."""
    return text.translate(_STEERING)


def without_password(place: str) -> str:
    """Write an engagement's place as anybody may see it: an address without its password."""
    return re.sub(r"(://[^:/@]+):[^@/]+@", r"\1:***@", place)


def progress() -> Progress:
    """Show how far long work has come, on standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=console,
        # Without a terminal nobody watches, and spinners would fill a log file.
        disable=not console.is_terminal,
    )
