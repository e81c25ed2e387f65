"""Where a question of a deeper tree belongs: its group and its dimension.

A framework of crmplan has groups, dimensions and items. Of a deeper tree the two topmost branches
are kept; a trunk that all questions share is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Branch:
    """The branches that became group and dimension of a question, by key; empty for none.

    Attributes:
        lost: the branches below the dimension.
    """

    group: str
    dimension: str
    lost: tuple[str, ...]


def branches(chains: Mapping[str, Sequence[str]]) -> dict[str, Branch]:
    """Place questions.

    Args:
        chains: of each question the branches above it, the topmost first.
    """
    trunk = _trunk(list(chains.values()))
    return {key: _branch(chain[trunk:]) for key, chain in chains.items()}


def _trunk(chains: Sequence[Sequence[str]]) -> int:
    """Count the topmost branches that all questions share, so that a dimension is left to each."""
    shared = 0
    while (
        all(len(chain) > shared + 1 for chain in chains)
        and len({chain[shared] for chain in chains}) == 1
    ):
        shared += 1
    return shared


def _branch(chain: Sequence[str]) -> Branch:
    if len(chain) > 1:
        return Branch(chain[0], chain[1], tuple(chain[2:]))
    return Branch("", chain[0] if chain else "", ())
