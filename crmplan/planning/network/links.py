"""What ties tasks to one another and to dates: kinds of links, lags, and kinds of constraints.

Method and worked example: docs/method/critical-path.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal

from crmplan.errors import PlanningError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.plan_records import ConstraintKind, LinkKind
    from crmplan.planning.workplan import Link

LagUnit = Literal["working", "elapsed", "percent"]
NO_LAG = "0d"
HALF_DAYS = 2
"""The unit of time of the network: a working day has two halves, and so has a day on the clock."""

NO_EARLIER: Mapping[ConstraintKind, bool] = {
    "SNET": False,
    "MSO": False,
    "FNET": True,
    "MFO": True,
}
"""Constraints that hold a task from starting or ending too early, and whether they name its end."""

NO_LATER: Mapping[ConstraintKind, bool] = {
    "SNLT": False,
    "MSO": False,
    "FNLT": True,
    "MFO": True,
    "deadline": True,
}
"""Constraints that a task can miss, and whether they name its end."""

_LAG = re.compile(r"(?P<number>-?[0-9]{1,4})(?P<unit>d|ed|%)")
_UNITS: dict[str, LagUnit] = {"d": "working", "ed": "elapsed", "%": "percent"}
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Lag:
    """Time between the two ends that a link ties; negative for a lead.

    Attributes:
        number: working days, days on the clock, or percent of the duration of the task before.
    """

    number: int
    unit: LagUnit

    def half_days(self, duration_days: int) -> int:
        """Give the lag in half-days, of work or of the clock as its unit says.

        Args:
            duration_days: that of the task before, for a share of it. A share that falls between
                half-days is rounded to the nearest, away from zero in the middle.
        """
        if self.unit != "percent":
            return self.number * HALF_DAYS
        exact = Fraction(self.number * duration_days * HALF_DAYS, _HUNDRED)
        size = int(abs(exact) + Fraction(1, 2))
        return size if exact >= 0 else -size


@cache
def read_lag(text: str) -> Lag:
    """Read a lag such as ``3d``, ``-2ed`` or ``50%``.

    Raises:
        PlanningError: if it is written in another way.
    """
    found = _LAG.fullmatch(text)
    if found is None:
        raise PlanningError(
            f"{text!r} is no lag", hint="working days 3d, days on the clock 2ed, or a share 50%"
        )
    return Lag(int(found["number"]), _UNITS[found["unit"]])


def leaves_from_finish(kind: LinkKind) -> bool:
    """Tell whether a link waits for the finish of the task before; else for its start."""
    return kind[0] == "F"


def leads_to_finish(kind: LinkKind) -> bool:
    """Tell whether a link holds the finish of the task after; else its start."""
    return kind[1] == "F"


def tie_text(link: Link) -> str:
    """Write kind and lag of a link as planners do, such as ``SS+2d``."""
    number = read_lag(link.lag).number
    return link.kind + (f"{'+' if number > 0 else ''}{link.lag}" if number else "")
