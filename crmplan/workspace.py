"""Opens things and wires them together; the only place that does.

Commands and web views ask here for definitions, reports and documents, and get values.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crmplan.assessment.crosswalk import view_through
from crmplan.data_files import data_folder
from crmplan.definitions.library import (
    load_catalogue,
    load_crosswalk,
    load_factors,
    load_framework,
    load_phase_model,
)
from crmplan.errors import DefinitionError, FileNotWrittenError, FileTakenError, UnknownElementError
from crmplan.problems import closest
from crmplan.report import NO_LIMITS, Definitions, Report, build_report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from crmplan.assessment.crosswalk import View
    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.responses import FrameworkUse
    from crmplan.localisation.locale import LanguageCode


def load_definitions(framework_id: str, language: LanguageCode) -> Definitions:
    """Load all that an assessment with a framework needs, in one language.

    Raises:
        DefinitionError: if a definition is missing or has faults, or the framework has neither
            initiatives nor a crosswalk to a framework that has.
    """
    framework = load_framework(framework_id, language)
    planning_id = framework.plans_with or framework.id
    catalogue = load_catalogue(planning_id, language)
    crosswalk = load_crosswalk(framework.id, planning_id) if framework.plans_with else None
    if catalogue is None:
        raise DefinitionError(
            f"framework {framework.id!r} has no initiatives to plan with",
            hint="give it initiatives/*.yaml, or plans_with and a crosswalk to one that has",
        )
    if framework.plans_with and crosswalk is None:
        raise DefinitionError(
            f"framework {framework.id!r} has no crosswalk to {planning_id!r}",
            hint=f"write crosswalks/{planning_id}.yaml",
        )
    return Definitions(
        framework=framework,
        planning_framework=load_framework(planning_id, language),
        crosswalk=crosswalk,
        catalogue=catalogue,
        phase_model=load_phase_model(language),
        factors=load_factors(language),
    )


def report_on(
    engagement: Engagement,
    *,
    framework_id: str | None = None,
    language: LanguageCode | None = None,
    starts_on: date | None = None,
    budgets: Sequence[int] = (),
    capacity: Mapping[str, int] = NO_LIMITS,
) -> Report:
    """Make the report on an engagement.

    Args:
        engagement: everything stored about the client.
        framework_id: which of its frameworks; None takes the first.
        language: of the texts; None takes the engagement's.
        starts_on: first day of the plan; None takes the engagement's.
        budgets: person-days of each period; empty takes all that answers a gap.
        capacity: how many tasks a role can lead at once; a role that is not named has no limit.
    """
    use = engagement.assessment(framework_id).use
    definitions = load_definitions(use.id, language or engagement.settings.language)
    _require_same_major(use, definitions.framework)
    _require_roles(capacity, definitions)
    return build_report(
        engagement, definitions, starts_on=starts_on, budgets=budgets, capacity=capacity
    )


def _require_roles(capacity: Mapping[str, int], definitions: Definitions) -> None:
    """Refuse a capacity for a role that there is not.

    Raises:
        UnknownElementError: with the role that was perhaps meant.
    """
    known = definitions.phase_model.role
    for role in capacity:
        if role not in known:
            raise UnknownElementError(role, kind="role", suggestion=closest(role, known))


def _require_same_major(use: FrameworkUse, framework: Framework) -> None:
    """Refuse to score answers with a framework whose questions may mean something else.

    Raises:
        DefinitionError: if the first numbers of the two versions differ.
    """
    if use.version.split(".")[0] != framework.version.split(".")[0]:
        raise DefinitionError(
            f"the engagement was made with {use.id} {use.version}, here is {framework.version}",
            hint="put the folder of the older version into a folder named by CRMPLAN_FRAMEWORKS",
        )


def read_engagement(place: str) -> Engagement:
    """Read an engagement without changing it.

    Raises:
        EngagementError: the class says why it cannot be read.
    """
    from crmplan.storage import open_engagement

    with open_engagement(place, read_only=True) as store:
        return store.read()


def view_as(report: Report, framework_id: str) -> tuple[Framework, View]:
    """See the scores of a report through another framework.

    Raises:
        DefinitionError: if there is no such framework, or no crosswalk to it in either direction.
    """
    language = report.definitions.framework.language
    source = report.definitions.framework
    own = source.id
    target = load_framework(framework_id, language)
    crosswalk = load_crosswalk(own, framework_id)
    if crosswalk is None:
        raise DefinitionError(
            f"there is no crosswalk between {own!r} and {framework_id!r}",
            hint=f"write frameworks/{own}/crosswalks/{framework_id}.yaml, or the other way round",
        )
    scorecard = report.findings.scorecard
    return target, view_through(crosswalk, scorecard, source=source, framework=target)


def report_of(
    place: str,
    *,
    framework_id: str | None = None,
    language: LanguageCode | None = None,
    starts_on: date | None = None,
    budgets: Sequence[int] = (),
    capacity: Mapping[str, int] = NO_LIMITS,
) -> Report:
    """Read an engagement and make the report on it; see ``report_on``."""
    return report_on(
        read_engagement(place),
        framework_id=framework_id,
        language=language,
        starts_on=starts_on,
        budgets=budgets,
        capacity=capacity,
    )


def write_whole(path: Path, content: bytes, *, overwrite: bool = False) -> None:
    """Write a file beside its place and move it there, so that it is never half written.

    Raises:
        FileTakenError: if the file is there and must not be overwritten.
        FileNotWrittenError: if it cannot be written.
    """
    if path.exists() and not overwrite:
        raise FileTakenError(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        raise FileNotWrittenError(path, error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


FONTS = 6


@dataclass(frozen=True, slots=True)
class Examined:
    """Something the program uses: whether it is there, and what happens without it."""

    name: str
    is_there: bool
    is_needed: bool
    found: str
    meaning: str


def examine_installation() -> tuple[Examined, ...]:
    """Look for everything that the program uses and that may be missing on a machine."""
    from crmplan.documents.layout import office_program
    from crmplan.figures.fonts import FONT_FOLDER

    office = office_program()
    fonts = len(tuple(FONT_FOLDER.glob("*.ttf")))
    folders = {name: data_folder(name) for name in ("frameworks", "templates", "examples")}
    return (
        Examined("fonts", fonts >= FONTS, True, f"{fonts} of {FONTS}", "no figures can be drawn"),
        *(
            Examined(name, path.is_dir(), True, str(path), "install crmplan again")
            for name, path in folders.items()
        ),
        Examined(
            "LibreOffice",
            office is not None,
            False,
            office or "not installed",
            "the contents of documents have no page numbers until Word updates them",
        ),
    )
