"""Keep the verticals of links apart that would lie on top of each other.

Where several links change columns among themselves in one channel, no order of tracks keeps all
their verticals apart; one of them has to move a little along its box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import permutations
from typing import TYPE_CHECKING

from crmplan.figures.channels import TOO_NEAR

if TYPE_CHECKING:
    from crmplan.figures.channels import Channel
    from crmplan.figures.layers import Layers

Ends = tuple[float, float]

_BEND_SHIFT = 2.5


def separate_ends(
    layers: Layers, ends: Sequence[Ends], channels: Sequence[Channel], shift: float
) -> list[Ends]:
    """Move ports of links that meet another link in these tracks.

    Args:
        layers: the links.
        ends: x of each link at its upper and at its lower end.
        channels: the tracks that were found for these ends.
        shift: how far a port moves; it must stay on its box.

    Returns:
        The new ends; equal to the old ones if nothing meets.
    """
    moved = list(ends)
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, link in enumerate(layers.links):
        if ends[number][0] != ends[number][1]:
            numbers[layers.row_of[link.upper]].append(number)
    for row, in_channel in numbers.items():
        track_of = channels[row].track_of
        for above, below in permutations(in_channel, 2):
            first, second = layers.links[above].bundle, layers.links[below].bundle
            meets = abs(moved[above][1] - moved[below][0]) < TOO_NEAR
            if first != second and meets and track_of[first] < track_of[second]:
                _part(layers, moved, above, below, shift)
    return moved


def _part(layers: Layers, ends: list[Ends], above: int, below: int, shift: float) -> None:
    if layers.is_task(layers.links[above].lower):
        _move(layers, ends, above, end=1, shift=shift)
    elif layers.is_task(layers.links[below].upper):
        _move(layers, ends, below, end=0, shift=shift)
    else:
        _move_bend(layers, ends, layers.links[above].lower)


def _move(layers: Layers, ends: list[Ends], number: int, *, end: int, shift: float) -> None:
    """Move one port, and with it every link of the bundle that uses it."""
    moving = layers.links[number]
    task = moving.lower if end else moving.upper
    for other, link in enumerate(layers.links):
        if link.bundle == moving.bundle and task == (link.lower if end else link.upper):
            top, bottom = ends[other]
            ends[other] = (top, bottom + shift) if end else (top + shift, bottom)


def _move_bend(layers: Layers, ends: list[Ends], bend: int) -> None:
    """Move a whole vertical a little; less than the gap to the next one, so that none is hit."""
    for number, link in enumerate(layers.links):
        top, bottom = ends[number]
        if link.upper == bend:
            ends[number] = (top + _BEND_SHIFT, bottom)
        elif link.lower == bend:
            ends[number] = (top, bottom + _BEND_SHIFT)
