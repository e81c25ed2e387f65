"""The kinds of definition: one module each, named like the kind.

A folder is of the kind whose head file it holds: ``factor-library.yaml`` makes a factor library,
read by ``factor_library.py`` here. A new kind is a module with the names of ``KindModule`` and its
word in ``KINDS``; listing, showing, checking, schemas and the page of models then know it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic import BaseModel

    from crmplan.definitions.found import Found

KINDS = (
    "framework",
    "phase-model",
    "factor-library",
    "requirements-guide",
    "package-evaluation",
    "survey",
    "worksheet",
    "strategy-map",
    "process-catalogue",
    "phase-overlay",
)
"""All kinds, in the order in which the guide names them."""


class KindModule(Protocol):
    """What the module of a kind offers.

    Attributes:
        USE: what one does with such a definition, for the page of models.
    """

    USE: str

    @staticmethod
    def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[Any]:
        """Read a folder; with ``check`` look also for what does not hinder reading."""

    @staticmethod
    def counts(value: Any) -> dict[str, int]:
        """Count what a definition holds."""

    @staticmethod
    def outline(value: Any) -> Iterator[tuple[int, str]]:
        """Give the lines below title and summary, with their depth."""

    @staticmethod
    def schemas() -> Mapping[str, type[BaseModel]]:
        """Give the models of the files of this kind, by the name of the file's kind."""


def head_of(kind: str) -> str:
    """Name the file that makes a folder one of this kind."""
    return f"{kind}.yaml"


def module_of(kind: str) -> KindModule:
    """Import the module of a kind, which must be one of ``KINDS``."""
    name = kind.replace("-", "_")
    return cast("KindModule", import_module(f"crmplan.definitions.kinds.{name}"))
