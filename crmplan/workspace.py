"""Opens things and wires them together; the only place that does.

Commands and web views ask here for definitions, reports and documents, and get values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.definitions.library import (
    load_catalogue,
    load_crosswalk,
    load_factors,
    load_framework,
    load_phase_model,
)
from crmplan.errors import DefinitionError
from crmplan.report import Definitions, Report, build_report

if TYPE_CHECKING:
    from datetime import date

    from crmplan.assessment.engagement import Engagement
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
) -> Report:
    """Make the report on an engagement.

    Args:
        engagement: everything stored about the client.
        framework_id: which of its frameworks; None takes the first.
        language: of the texts; None takes the engagement's.
        starts_on: first day of the plan; None takes the engagement's.
    """
    wanted = framework_id or engagement.frameworks[0].id
    definitions = load_definitions(wanted, language or engagement.settings.language)
    return build_report(engagement, definitions, starts_on=starts_on)
