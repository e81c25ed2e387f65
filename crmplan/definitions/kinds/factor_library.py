"""Libraries of external factors: opportunities and threats to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.assessment.swot_rules import FactorLibrary
from crmplan.definitions.found import read_head
from crmplan.definitions.kinds import head_of
from crmplan.definitions.references import check_factors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.definitions.found import Found

USE = "choose opportunities and threats from it: `crmplan record factor`"


def read(folder: Path, language: str = "en", *, check: bool = False) -> Found[FactorLibrary]:
    """Read a factor library's folder; see ``read_whole``."""
    head = head_of("factor-library")
    return read_head(folder, head, FactorLibrary, check_factors, language=language, check=check)


def counts(library: FactorLibrary) -> dict[str, int]:
    """Count opportunities and threats."""
    kinds = [factor.kind for factor in library.factors]
    return {kind: kinds.count(kind) for kind in ("opportunity", "threat")}


def outline(library: FactorLibrary) -> Iterator[tuple[int, str]]:
    """Give a line per factor."""
    for factor in library.factors:
        yield 1, f"{factor.text} [{factor.id}, {factor.kind}, {factor.area}]"


def schemas() -> dict[str, type[FactorLibrary]]:
    """Give the model of the head file."""
    return {"factor-library": FactorLibrary}
