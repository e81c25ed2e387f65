"""The text parts of our Word base and charts, and how they are filled."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from crmplan.data_files import data_folder


def folder() -> Path:
    """The folder of the Word text parts."""
    return data_folder("templates") / "word"


def read_source(name: str) -> str:
    """The text of a part that is used as it is."""
    return (folder() / name).read_text(encoding="utf-8")


def fill_base(name: str, **values: object) -> str:
    """Fill a part of the base; the values are ours and already XML."""
    return _environment(escape=False).get_template(f"base/{name}").render(values)


def fill_chart(name: str, **values: object) -> str:
    """Fill a chart part; every value is escaped."""
    return _environment(escape=True).get_template(f"charts/{name}").render(values)


@cache
def _environment(*, escape: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder()),
        autoescape=escape,  # noqa: S701  the base is filled with our own XML only
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
