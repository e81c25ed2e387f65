"""Which definition a command about a client's papers means, and that the engagement uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmplan.assessment.client_records import DefinitionUse
from crmplan.definitions.library import definitions, load_whole
from crmplan.errors import CrmplanError, UnknownElementError
from crmplan.problems import closest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from crmplan.assessment.client_records import DefinitionUseKind
    from crmplan.assessment.definition import WholeDefinition
    from crmplan.assessment.engagement import Engagement
    from crmplan.storage.store import EngagementStore


def definition_for(
    engagement: Engagement,
    kind: DefinitionUseKind,
    wanted: str | None,
    *,
    language: str | None = None,
) -> Any:
    """Load the definition that is named, or else the only one in use, or else the only one.

    Raises:
        CrmplanError: if none is named and there are several.
        UnknownFrameworkError: if there is none of this id and kind.
    """
    spoken = language or engagement.settings.language
    if wanted is None:
        used = [one.id for one in engagement.definitions if one.kind == kind]
        known = [one.id for one in definitions().values() if one.kind == kind]
        choices = used or known
        if len(choices) != 1:
            raise CrmplanError(
                f"there are {len(choices)} definitions of the kind {kind}",
                hint=f"name one: {', '.join(choices)}",
            )
        wanted = choices[0]
    return load_whole(wanted, kind, spoken)


def use_definition(
    store: EngagementStore,
    definition: WholeDefinition,
    kind: DefinitionUseKind,
    *,
    by: str,
    at: datetime,
) -> None:
    """Note that the engagement works with a definition of this version, if it does not already."""
    if definition.id not in {one.id for one in store.read().definitions}:
        use = DefinitionUse(id=definition.id, kind=kind, version=definition.version)
        store.save(use, by=by, at=at)


def require_known(words: Iterable[str], known: Iterable[str], kind: str) -> None:
    """Refuse the first id that stands for nothing.

    Raises:
        UnknownElementError: with the one that was perhaps meant.
    """
    known = list(known)
    for word in words:
        if word not in known:
            raise UnknownElementError(word, kind=kind, suggestion=closest(word, known))
