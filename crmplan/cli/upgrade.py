"""``crmplan upgrade``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import (
    by_option,
    engagement_argument,
    force_option,
    framework_option,
    json_option,
    out_option,
)
from crmplan.cli.output import plain, say, tell, write_json, write_table
from crmplan.storage import open_engagement
from crmplan.workspace import upgrade_engagement, write_whole

if TYPE_CHECKING:
    from crmplan.assessment.carrying import Carried, OfFramework
    from crmplan.assessment.upgrading import Upgrade


@click.command("upgrade", help="Carry an engagement over to the present version of its framework.")
@engagement_argument
@framework_option
@click.option("--dry-run", is_flag=True, help="Show what would become of it, and change nothing.")
@out_option(".")
@force_option
@by_option
@json_option
def command(
    file: str,
    framework_id: str | None,
    dry_run: bool,
    out: Path,
    force: bool,
    by: str,
    as_json: bool,
) -> None:
    """Carry an engagement over.

    Example: crmplan upgrade client.crmplan --dry-run
    """
    with open_engagement(file, read_only=dry_run) as store:
        if dry_run:
            done = upgrade_engagement(store.read(), framework_id)
        else:
            # The report is on the disk before anything is changed: what is dropped is in it.
            with store.transaction():
                done = upgrade_engagement(store.read(), framework_id)
                path = out / f"upgrade-{done.use.id}-{done.use.version}.json"
                content = json.dumps(plain(_report(done)), ensure_ascii=False, indent=2) + "\n"
                write_whole(path, content.encode(), overwrite=force)
                store.replace(done.engagement, by=by, at=datetime.now(UTC))
    if as_json:
        write_json("upgrade", _report(done))
    else:
        _show(done)
    versions = f"{done.use.id} {done.before.version} → {done.use.version}"
    tell(f"{versions}: nothing was changed" if dry_run else f"{versions}; report: {path}")


def _report(done: Upgrade) -> dict[str, object]:
    """Everything that became of the records, those that are gone in full."""
    return {
        "framework": done.use.id,
        "before": done.before,
        "after": done.use,
        "migrations": done.migrations,
        "counts": done.counts,
        "changed": [one for one in done.records if one.fate != "kept"],
    }


def _show(done: Upgrade) -> None:
    counts = done.counts
    fates = list(next(iter(counts.values()), {}))
    rows = [(field, *(str(number) for number in found.values())) for field, found in counts.items()]
    write_table(("", *fates), rows, numbers=len(fates))
    for one in done.records:
        if one.fate not in ("kept", "rescaled"):
            say(_line(one))


def _line(one: Carried) -> str:
    before = f"{one.field}: {_written(one.before)}"
    if one.fate == "dropped":
        return f"{before}: dropped ({one.reason}): {one.before.model_dump_json()}"
    return f"{before}: {one.fate}: {', '.join(_written(record) for record in one.after)}"


def _written(record: OfFramework) -> str:
    """Name a record by what identifies it inside its framework."""
    names = ("id", "respondent", "item", "dimension", "layer")
    return " ".join(str(getattr(record, name)) for name in names if hasattr(record, name))
