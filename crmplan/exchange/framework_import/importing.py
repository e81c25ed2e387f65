"""Import a framework that somebody else published: from their file to a folder of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_folder import (
    bounds,
    framework_files,
    refuse_existing,
    write_folder,
)
from crmplan.exchange.framework_import.assembling import assemble
from crmplan.exchange.framework_import.element_ids import slug
from crmplan.exchange.framework_import.foreign_file import Notes
from crmplan.exchange.framework_import.foreign_text import clean
from crmplan.exchange.framework_import.forms import Form, Understood, open_source
from crmplan.exchange.framework_import.initiatives import initiatives_for

if TYPE_CHECKING:
    from pathlib import Path

    from crmplan.exchange.framework_import.draft import Count
    from crmplan.problems import Location, Problem

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 100
NO_INITIATIVES = """\
# The source names no initiatives. Write yours here, one file per dimension; until then a plan has
# the standing activities of the phases only.
dimension: "{dimension}"
initiatives: []
"""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        form: the format of the source, given or detected.
        framework_id: the id of the new framework, and the name of its folder.
        folder: the new folder.
        files: its files.
        counts: what became what.
        lost: what could not be carried over, by its place in the source.
    """

    form: Form
    framework_id: str
    folder: Path
    files: tuple[Path, ...]
    counts: tuple[Count, ...]
    lost: tuple[Problem, ...]


def import_framework(
    source: Path,
    *,
    form: Form | None,
    out: Path,
    framework_id: str | None = None,
    licence: str | None = None,
) -> ImportReport:
    """Turn a published framework into a folder that ``crmplan framework check`` accepts.

    The folder is made beside its place and moved there when it is whole; after an error there is
    nothing. Texts are English, or in the language of a source without English.

    Args:
        source: a file, or for ``samm``, ``dsomm`` and ``ciso-assistant`` also a folder.
        form: the format; None finds out.
        out: the folder in which the new folder is made; itself made if need be.
        framework_id: the id; None makes one of the title. Of several frameworks it chooses one.
        licence: under which the source was published; None takes what it says itself.

    Raises:
        ExchangeError: if the source cannot be read or understood, the id cannot be one, or a
            folder of this name exists.
    """
    if framework_id is not None:
        _check_id(framework_id)
        refuse_existing(out / framework_id)
    notes = Notes()
    understood = open_source(source, form, framework_id, notes)
    own_id = framework_id or slug(understood.wanted_id) or "framework"
    refuse_existing(folder := out / own_id)
    files = _files(understood, own_id, clean(licence or ""), notes)
    return ImportReport(
        form=understood.form,
        framework_id=own_id,
        folder=folder,
        files=write_folder(folder, files),
        counts=tuple(one for one in understood.draft.counts if one.number),
        lost=tuple(sorted(set(notes.problems), key=_by_place)),
    )


def _files(understood: Understood, framework_id: str, licence: str, notes: Notes) -> dict[str, str]:
    draft = understood.draft
    draft = replace(draft, licence=licence or draft.licence)
    assembled = assemble(draft, framework_id, notes)
    initiatives = initiatives_for(draft, assembled)
    framework = assembled.framework
    files = framework_files(
        framework, initiatives, understood.crosswalks(assembled), cases=bounds(framework)
    )
    if not initiatives:
        first = framework.dimensions[0].id
        files[f"initiatives/{first}.yaml"] = NO_INITIATIVES.format(dimension=first)
    return files


def _by_place(problem: Problem) -> tuple[Location, str, str]:
    return problem.location, problem.code, problem.message


def _check_id(framework_id: str) -> None:
    if not _ID.fullmatch(framework_id) or len(framework_id) > LONGEST_ID:
        raise ExchangeError(
            f"{framework_id[:120]!r} is no id for a framework",
            hint="lower-case letters and digits, words joined by hyphens: my-framework",
        )
