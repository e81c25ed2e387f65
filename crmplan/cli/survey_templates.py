"""Survey templates as commands need them: in one language, or with the words of all."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from crmplan.definitions.library import definitions, load_whole
from crmplan.exchange.survey_labels import survey_labels
from crmplan.exchange.survey_replies import Template
from crmplan.localisation.locale import LANGUAGES
from crmplan.localisation.messages import catalogue

if TYPE_CHECKING:
    from crmplan.assessment.survey import Survey
    from crmplan.localisation.locale import LanguageCode


def load_survey(survey_id: str, language: LanguageCode = "en") -> Survey:
    """Find and read a survey template; raises as ``load_framework`` does."""
    return cast("Survey", load_whole(survey_id, "survey", language))


@cache
def load_template(survey_id: str) -> Template:
    """Find and read a survey in all languages, so that replies in any of them are understood."""
    return Template(
        surveys=tuple(load_survey(survey_id, language) for language in LANGUAGES),
        about=tuple(survey_labels(catalogue("survey", one).plain).about for one in LANGUAGES),
    )


def survey_ids() -> tuple[str, ...]:
    """Name all survey templates there are."""
    return tuple(one.id for one in definitions().values() if one.kind == "survey")
