"""Opens things and wires them together; the only place that does.

Commands and web views ask here for definitions, reports and documents, and get values.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crmplan.assessment.crosswalk import view_through
from crmplan.assessment.sharing import AnswerSource, with_shared_answers
from crmplan.data_files import data_folder
from crmplan.definitions.library import (
    find,
    load_catalogue,
    load_crosswalk,
    load_factors,
    load_framework,
    load_migrations,
    load_phase_model,
    load_whole,
    read_framework_parts,
)
from crmplan.errors import DefinitionError, FileNotWrittenError, FileTakenError
from crmplan.planning.initiatives import Catalogue
from crmplan.planning.plan_inputs import AS_STORED
from crmplan.report import Definitions, Report, build_report

if TYPE_CHECKING:
    from crmplan.assessment.client_records import DefinitionUse
    from crmplan.assessment.crosswalk import View
    from crmplan.assessment.definition import WholeDefinition
    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.framework_changes import FrameworkDifference
    from crmplan.assessment.migration import Migration
    from crmplan.assessment.upgrading import Upgrade
    from crmplan.localisation.locale import LanguageCode
    from crmplan.planning.initiatives import Initiative
    from crmplan.planning.plan_inputs import WhatIf
    from crmplan.planning.resources.levelling import Solver

SAMPLE = "home-appliances"


def load_definitions(
    framework_id: str, language: LanguageCode, *, version: str | None = None
) -> Definitions:
    """Load all that an assessment with a framework needs, in one language.

    Args:
        framework_id: the framework of the assessment.
        language: of the texts.
        version: what the engagement is pinned to; None takes the present version.

    Raises:
        DefinitionError: if a definition is missing or has faults, or a rule names initiatives
            and the framework has neither any nor a crosswalk to a framework that has.
    """
    framework = load_framework(framework_id, language, version=version)
    own = framework.plans_with is None
    planning_id = framework.plans_with or framework.id
    catalogue = load_catalogue(planning_id, language, version=version if own else None)
    crosswalk = None if own else load_crosswalk(framework.id, planning_id, version=version)
    planning = framework if own else load_framework(planning_id, language)
    if catalogue is None and any(rule.names_initiatives for rule in planning.rules):
        raise DefinitionError(
            f"the rules of {planning.id!r} name initiatives, but it has none",
            hint="give it initiatives/*.yaml, or plans_with and a crosswalk to one that has",
        )
    if framework.plans_with and crosswalk is None:
        raise DefinitionError(
            f"framework {framework.id!r} has no crosswalk to {planning_id!r}",
            hint=f"write crosswalks/{planning_id}.yaml",
        )
    return Definitions(
        framework=framework,
        planning_framework=planning,
        crosswalk=crosswalk,
        catalogue=catalogue or Catalogue(framework_id=planning_id, initiatives=()),
        phase_model=load_phase_model(language),
        factors=load_factors(language),
    )


def report_on(
    engagement: Engagement,
    *,
    framework_id: str | None = None,
    language: LanguageCode | None = None,
    what_if: WhatIf = AS_STORED,
    solver: Solver | None = None,
) -> Report:
    """Make the report on an engagement.

    Args:
        engagement: everything stored about the client.
        framework_id: which of its frameworks; None takes the first.
        language: of the texts; None takes the engagement's.
        what_if: what is tried in place of what is stored about the plan.
        solver: what finds a schedule if roles are limited; None searches, then asks the solver
            CP-SAT if it is installed.
    """
    from crmplan.planning.resources.engines import engine

    spoken = language or engagement.settings.language
    use = engagement.assessment(framework_id).use
    definitions = load_definitions(use.id, spoken, version=use.version)
    used = tuple(map(partial(_load_used, language=spoken), engagement.definitions))
    sources = answer_sources(engagement, use.id, spoken)
    definitions = replace(definitions, used=used, sources=sources)
    return build_report(engagement, definitions, what_if=what_if, solver=solver or engine("auto"))


def answer_sources(
    engagement: Engagement, framework_id: str, language: LanguageCode
) -> tuple[AnswerSource, ...]:
    """Load the other frameworks of an engagement that ask some of the same questions.

    Raises:
        DefinitionError: if another framework of the engagement cannot be read.
    """
    found = []
    for use in engagement.frameworks:
        if use.id == framework_id:
            continue
        framework = load_framework(use.id, language, version=use.version)
        crosswalk = load_crosswalk(use.id, framework_id, version=use.version)
        if crosswalk and any(link.relation == "equal" for link in crosswalk.links):
            found.append(AnswerSource(framework, crosswalk))
    return tuple(found)


def answered_elsewhere(
    engagement: Engagement, framework: Framework, respondent: str
) -> tuple[str, ...]:
    """Name the items that a person has answered for another framework of the engagement."""
    sources = answer_sources(engagement, framework.id, engagement.settings.language)
    assessment = with_shared_answers(engagement, framework, sources)
    return tuple(one.item for one in assessment.shared if one.respondent == respondent)


def _load_used(use: DefinitionUse, *, language: LanguageCode) -> WholeDefinition:
    definition = load_whole(use.id, use.kind, language)
    _require_same_major(use, definition.version)
    return definition


def sample_engagement(language: LanguageCode) -> Engagement:
    """Read the sample client that comes with the program."""
    from crmplan.exchange.engagement_json import from_json  # only samples are read from JSON here

    source = data_folder("examples") / SAMPLE / f"engagement.{language}.json"
    return from_json(source.read_text("utf-8"))


def _require_same_major(use: DefinitionUse, version: str) -> None:
    """Refuse to read records with a definition whose elements may mean something else.

    Raises:
        DefinitionError: if the first numbers of the two versions differ.
    """
    if use.version.split(".")[0] != version.split(".", maxsplit=1)[0]:
        raise DefinitionError(
            f"the engagement was made with {use.id} {use.version}, here is {version}",
            hint="put the folder of the older version into a folder named by CRMPLAN_FRAMEWORKS",
        )


def upgrade_engagement(engagement: Engagement, framework_id: str | None = None) -> Upgrade:
    """Carry an engagement over to the present version of one of its frameworks; nothing is stored.

    Raises:
        UpgradeError: if something would be lost.
        DefinitionError: if the framework cannot be read.
    """
    from crmplan.assessment.upgrading import upgrade

    framework = load_framework(engagement.assessment(framework_id).use.id)
    return upgrade(engagement, framework, load_migrations(framework.id))


def compare_frameworks(old: str, new: str) -> FrameworkDifference:
    """Compare two versions of a framework, each a folder or the id of the present version.

    Raises:
        DefinitionError: if one of them cannot be read.
    """
    from crmplan.assessment.framework_changes import compare

    before, after = _read_version(old), _read_version(new)
    return compare(before[0], after[0], migrations=after[2], initiatives=(before[1], after[1]))


def _read_version(
    name: str,
) -> tuple[Framework, tuple[Initiative, ...], tuple[Migration, ...]]:
    folder = Path(name)
    if not folder.is_dir():
        folder = find(name, "framework").folder
    framework, catalogue, _, migrations = read_framework_parts(folder)
    return framework, catalogue.initiatives if catalogue else (), migrations


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
    crosswalk = load_crosswalk(own, framework_id, version=source.version)
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
    what_if: WhatIf = AS_STORED,
    solver: Solver | None = None,
) -> Report:
    """Read an engagement and make the report on it; see ``report_on``."""
    return report_on(
        read_engagement(place),
        framework_id=framework_id,
        language=language,
        what_if=what_if,
        solver=solver,
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
