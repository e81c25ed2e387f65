"""Carry what was said with one version of a framework over to a later one.

Every record that names the framework goes through the steps of all migrations between the two
versions. Nothing disappears: what a step drops is listed with its words, and a record that no step
carries to something that the new version has is a loss that stops the upgrade.
Method and worked example: docs/method/versions.md.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.assessment.carrying import FATES, Carried, Fate, OfFramework, carry, level_of, name_of
from crmplan.assessment.migration import Rename, migrations_between, version_numbers
from crmplan.assessment.ratings import faults_of
from crmplan.assessment.responses import Evidence, FrameworkUse, Importance, Response, Target
from crmplan.errors import UpgradeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.migration import Migration

_THREE_NUMBERS = re.compile(r"\d+\.\d+\.\d+\Z")
FIELDS = ("responses", "evidence", "decisions", "targets", "importances")


@dataclass(frozen=True, slots=True)
class Upgrade:
    """An engagement with a later version of one of its frameworks, and what became of it all.

    Attributes:
        use: the framework as it is pinned now.
        records: every record of the framework, in the order of the engagement.
    """

    engagement: Engagement
    before: FrameworkUse
    use: FrameworkUse
    migrations: tuple[Migration, ...]
    records: tuple[Carried, ...]

    def of(self, fate: Fate) -> tuple[Carried, ...]:
        """Give the records that something happened to."""
        return tuple(one for one in self.records if one.fate == fate)

    @property
    def counts(self) -> dict[str, dict[Fate, int]]:
        """Count the records by field and fate; a field without records is left out."""
        found = {field: Counter(one.fate for one in self._of_field(field)) for field in FIELDS}
        return {
            field: {fate: number[fate] for fate in FATES}
            for field, number in found.items()
            if number
        }

    def _of_field(self, field: str) -> Iterator[Carried]:
        return (one for one in self.records if one.field == field)


def upgrade(
    engagement: Engagement, framework: Framework, migrations: Iterable[Migration]
) -> Upgrade:
    """Carry an engagement over to the present version of one of its frameworks.

    Args:
        engagement: with a use of the framework.
        framework: the version to go to.
        migrations: all that the framework brings along; those between the versions are taken.

    Raises:
        UpgradeError: if the engagement is on a later version, or something would be lost or
            doubled without a step that says so; it lists everything.
    """
    use = engagement.assessment(framework.id).use
    if not _THREE_NUMBERS.match(use.version):
        raise UpgradeError(
            f"the engagement is pinned to {use.id} {use.version!r}, which is no version",
            hint="export it, mend the version of its framework, and import it",
        )
    if version_numbers(use.version) > version_numbers(framework.version):
        raise UpgradeError(
            f"the engagement is on {use.id} {use.version}, here is {framework.version}",
            hint="upgrades go forward only; look for the later version of the framework",
        )
    taken = migrations_between(migrations, before=use.version, after=framework.version)
    records = tuple(
        carry(field, record, taken)
        for field in FIELDS
        for record in getattr(engagement, field)
        if record.framework == framework.id
    )
    now = _use(use, framework, taken)
    _refuse_losses(engagement, framework, now, records)
    return Upgrade(_changed(engagement, now, records), use, now, taken, records)


def _use(use: FrameworkUse, framework: Framework, path: Iterable[Migration]) -> FrameworkUse:
    profile = use.profile
    for migration in path:
        renamed = {
            one.old: one.to
            for one in migration.steps
            if isinstance(one, Rename) and one.part == "profile"
        }
        profile = renamed.get(profile, profile)
    return use.model_copy(update={"version": framework.version, "profile": profile})


def _changed(engagement: Engagement, use: FrameworkUse, records: Iterable[Carried]) -> Engagement:
    """Put the new records in the places of the old ones."""
    changes: dict[str, object] = {}
    for field in FIELDS:
        carried = (one.after for one in records if one.field == field)
        changes[field] = tuple(
            after
            for record in getattr(engagement, field)
            for after in (next(carried) if record.framework == use.id else (record,))
        )
    uses = tuple(use if one.id == use.id else one for one in engagement.frameworks)
    return engagement.model_copy(update={**changes, "frameworks": uses})


def _refuse_losses(
    engagement: Engagement, framework: Framework, use: FrameworkUse, records: Sequence[Carried]
) -> None:
    """Refuse what the new version cannot hold.

    Raises:
        UpgradeError: with every id that leads nowhere, level off the scale, or answer given twice.
    """
    faults = dict.fromkeys(
        fault for one in records for after in one.after for fault in _faults(framework, after)
    )
    if use.profile not in {profile.id for profile in framework.profiles}:
        faults[f"target profile {use.profile!r} is gone"] = None
    taken = Counter((one.field, _key(after)) for one in records for after in one.after)
    taken.update(
        ("evidence", (one.id,)) for one in engagement.evidence if one.framework != framework.id
    )
    for (field, key), count in taken.items():
        if count > 1:
            faults[f"{count} entries of {field} become the same: {' / '.join(key)}"] = None
    if faults:
        raise UpgradeError(
            f"{framework.id} {framework.version} has no place for what was recorded: "
            + "; ".join(sorted(faults)),
            hint="its author adds steps to migrations/*.yaml; the engagement was left as it is",
        )


def _faults(framework: Framework, record: OfFramework) -> Iterator[str]:
    name, scale, layers_of = name_of(record), framework.scale, framework.asks_for_layers
    if isinstance(record, Target | Importance):
        if name not in framework.dimension:
            yield f"dimension {name!r} is gone"
    elif name not in framework.items:
        yield f"item {name!r} is gone"
    elif isinstance(record, Response) and record.layer != "overall" and not layers_of(name):
        yield f"plan and practice of {name!r} are no longer asked apart"
    elif isinstance(record, Response) and record.ratings:
        scheme = framework.rating_scheme(name)
        if scheme is None or any(faults_of(scheme, record.ratings)):
            yield f"ratings of {name!r} do not fit"
    level = level_of(record)
    if level is not None and not scale.lowest <= level <= scale.highest:
        yield f"level {level} of {name!r} is off the scale"


def _key(record: OfFramework) -> tuple[str, ...]:
    if isinstance(record, Response):
        return record.respondent, record.item, record.layer
    return (record.id,) if isinstance(record, Evidence) else (name_of(record),)
