"""How people name a task: by its id, or by the code that screens and documents show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.cli.options import element_id

if TYPE_CHECKING:
    from crmplan.assessment.engagement import Engagement


def task_ids(file: str, *written: str) -> tuple[str, ...]:
    """Give the ids of tasks that are named by id or by code, such as D2-1 or A412.

    A well-formed id that nobody knows is given back as it is: the plan refuses it with its place.

    Raises:
        click.BadParameter: for a word that is neither a known code nor an id.
    """
    from crmplan.workspace import read_engagement

    codes = ids_of_codes(read_engagement(file))
    return tuple(codes.get(word.casefold()) or element_id(word) for word in written)


def ids_of_codes(engagement: Engagement) -> dict[str, str]:
    """Give the id behind each code, in small letters, of initiatives and activities."""
    from crmplan.workspace import load_definitions

    language = engagement.settings.language
    loaded = [load_definitions(use.id, language) for use in engagement.frameworks]
    initiatives = ((one.code, one.id) for each in loaded for one in each.catalogue.initiatives)
    activities = ((one.code, one.id) for each in loaded for one in each.phase_model.activities)
    return {code.casefold(): name for code, name in (*initiatives, *activities)}
