"""What commands share that enter records beside the assessment."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from crmplan.assessment.client_records import DefinitionUse
from crmplan.definitions.library import definitions, find, load_whole
from crmplan.errors import CrmplanError, UnknownElementError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from crmplan.assessment.client_records import DefinitionUseKind
    from crmplan.assessment.definition import WholeDefinition
    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.record import Record
    from crmplan.storage.store import EngagementStore

DAY = click.DateTime(["%Y-%m-%d"])
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?(/[1-9][0-9]{0,19})?")


def now() -> datetime:
    """Tell the time at which something is recorded."""
    return datetime.now(UTC)


class ExactNumber(click.ParamType[Fraction]):
    """A number with any digits: 80, 80.5, 1/3, ۸۰٫۵."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Read a number exactly; a comma is refused, because it may part thousands or decimals."""
        if isinstance(value, Fraction):
            return value
        plain = "".join(map(_latin, str(value).strip()))
        if not _NUMBER.fullmatch(plain) or ("." in plain and "/" in plain):
            self.fail(f"{value!r} is no number: write 1250, 80.5 or 1/3", param, ctx)
        return Fraction(plain)


def _latin(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return {"٫": ".", "−": "-"}.get(sign, sign)


def require_known(words: Iterable[str], known: Collection[str], kind: str) -> None:
    """Refuse ids that nothing has.

    Raises:
        UnknownElementError: for the first of them, with the id that was perhaps meant.
    """
    for word in words:
        if word not in known:
            raise UnknownElementError(word, kind=kind, suggestion=closest(word, known))


def pick(engagement: Engagement, kind: DefinitionUseKind, wanted: str | None) -> WholeDefinition:
    """Find the definition that a command is about, in the language of the engagement.

    Args:
        engagement: it may use one of the kind already.
        kind: of the definition.
        wanted: the id that was named; None takes the one that is used, or the only one there is.

    Raises:
        CrmplanError: if it must be said which one is meant.
    """
    if wanted is None:
        used = [one.id for one in engagement.definitions if one.kind == kind]
        there_are = [one.id for one in definitions().values() if one.kind == kind]
        choice = used or there_are
        if len(choice) != 1:
            raise CrmplanError(
                f"which {kind.replace('-', ' ')} is meant?",
                hint=f"name one of {', '.join(choice)}",
            )
        wanted = choice[0]
    find(wanted, kind)
    return load_whole(wanted, kind, engagement.settings.language)


def use_of(kind: DefinitionUseKind, definition: WholeDefinition) -> DefinitionUse:
    """Pin a definition to its version."""
    return DefinitionUse(id=definition.id, kind=kind, version=definition.version)


def save_with(store: EngagementStore, use: DefinitionUse, record: Record, *, by: str) -> None:
    """Save a record, and before it that its definition is used, unless it is already."""
    used = {one.id for one in store.read().definitions}
    new = () if use.id in used else (use,)
    store.save_all((*new, record), by=by, at=now())
