"""``crmplan interview``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crmplan.assessment.questionnaire import progress, questionnaire
from crmplan.cli.interviewing import Interview
from crmplan.cli.options import by_option, engagement_argument, framework_option, language_option
from crmplan.cli.output import tell
from crmplan.definitions.library import load_framework
from crmplan.errors import CrmplanError, UnknownElementError
from crmplan.localisation.locale import Locale
from crmplan.localisation.messages import Messages, catalogue
from crmplan.problems import closest
from crmplan.storage import open_engagement
from crmplan.workspace import answered_elsewhere

if TYPE_CHECKING:
    from crmplan.assessment.engagement import Engagement
    from crmplan.assessment.responses import Respondent
    from crmplan.localisation.locale import LanguageCode


@click.command(
    "interview", help="Ask the questions; every answer is saved at once. Goes on where it stopped."
)
@engagement_argument
@click.option("--respondent", "respondent_id", metavar="ID", help="Who answers; asked without.")
@framework_option
@language_option
@click.option(
    "--all", "ask_all", is_flag=True, help="Every question, not only those for the group."
)
@click.option(
    "--short",
    is_flag=True,
    help="Three questions of each dimension; too few for the score of one group alone.",
)
@click.option(
    "--layers/--no-layers", default=True, show_default=True, help="Plan and practice apart."
)
@click.option(
    "--ratings/--no-ratings",
    default=True,
    show_default=True,
    help="Rate attribute by attribute where the framework can (RADAR); else ask for levels.",
)
@by_option
def command(
    file: str,
    respondent_id: str | None,
    framework_id: str | None,
    language: LanguageCode | None,
    ask_all: bool,
    short: bool,
    layers: bool,
    ratings: bool,
    by: str,
) -> None:
    """Ask the questions.

    Example: crmplan interview client.crmplan --respondent managing-director
    """
    with open_engagement(file) as store:
        engagement = store.read()
        spoken = language or engagement.settings.language
        messages = catalogue("interview", spoken)
        person = _person(engagement, respondent_id, messages)
        use = engagement.assessment(framework_id).use
        framework = load_framework(use.id, spoken, version=use.version)
        shared = answered_elsewhere(engagement, framework, person.id)
        asked = questionnaire(
            framework,
            audience=None if ask_all else person.group,
            short=short,
            layers=layers,
            rated=ratings,
            without=shared,
        )
        if shared:
            number = Locale(spoken, engagement.settings.calendar).whole(len(shared))
            tell(messages("shared", number=number))
        interview = Interview(
            store, asked, person, messages, Locale(spoken, engagement.settings.calendar), by
        )
        interview.run()
        given = [one for one in store.read().responses if one.respondent == person.id]
        state = progress(asked, given)
        locale = interview.locale
        tell(
            messages("done")
            if state.is_complete
            else messages(
                "stopped", answered=locale.whole(state.answered), total=locale.whole(state.total)
            )
        )


def _person(engagement: Engagement, respondent_id: str | None, messages: Messages) -> Respondent:
    people = {person.id: person for person in engagement.respondents}
    if not people:
        raise CrmplanError(messages("nobody"))
    if respondent_id is None:
        for person in people.values():
            tell(f"  {person.id}: {person.name}, {person.role}")
        respondent_id = click.prompt(messages("who"), type=click.Choice([*people]), err=True)
    if respondent_id not in people:
        raise UnknownElementError(
            respondent_id, kind="respondent", suggestion=closest(respondent_id, people)
        )
    return people[respondent_id]
