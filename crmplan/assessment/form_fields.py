"""How the fields of a questionnaire are named, and what a form says about itself.

A workbook finds its columns by these keys, a Word booklet its controls by tags made of them; both
carry the same marks, so that one way of reading serves both.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.questionnaire import AskedItem, Questionnaire
    from crmplan.assessment.responses import Layer, State

FORMAT = "1"

LEVEL = "level"
INTENTION = "level.intention"
REALITY = "level.reality"
LEVELS = (LEVEL, INTENTION, REALITY)
REASON = "reason"
EVIDENCE = "evidence"
NOTE = "note"

PERSON_NAME = "crmplan:name"
PERSON_ROLE = "crmplan:role"
PERSON_GROUP = "crmplan:group"

STATES: tuple[State, ...] = ("not-applicable", "unknown", "inherited", "out-of-control")
CHOSEN_STATES: tuple[State, ...] = ("not-applicable", "unknown")
"""What people choose from the list; the other two are set by the assessor."""

_LONGEST_TAG = 64
"""Characters that Word accepts in the tag of a control."""


def level_key(asked: AskedItem, layer: Layer, *, has_layers: bool) -> str:
    """Name the field that holds the answer in a layer.

    In a form with two levels, an item that is answered as a whole stands in the second one: a
    result is what really happens.
    """
    if not has_layers:
        return LEVEL
    return INTENTION if layer == "intention" and len(asked.layers) > 1 else REALITY


def field_tag(framework_id: str, item_id: str, key: str) -> str:
    """Name the control of a field: framework, item and key, at most 64 characters.

    Longer names are told apart by a digest of the item in its place.
    """
    tag = f"{framework_id}/{item_id}/{key}"
    if len(tag) <= _LONGEST_TAG:
        return tag
    return f"{framework_id[:30]}/{_digest(item_id)}/{key}"


def field_bookmark(tag: str) -> str:
    """Name the bookmark around a control, which stays when a program drops the tag."""
    return f"crmplan_{_digest(tag)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def form_marks(
    questionnaire: Questionnaire,
    *,
    respondent_id: str | None,
    language: str,
    words: Mapping[State, str],
) -> tuple[tuple[str, str], ...]:
    """List what a form must say to be read back: keys and values, ``item`` once for each item.

    Args:
        questionnaire: what is asked.
        respondent_id: whom the form is made out to, or None.
        language: of the words that the form shows.
        words: the word of this form for each answer that is no level.
    """
    framework = questionnaire.framework
    return (
        ("format", FORMAT),
        ("framework", framework.id),
        ("version", framework.version),
        ("language", language),
        ("audience", questionnaire.audience or ""),
        ("respondent", respondent_id or ""),
        *((f"word.{state}", words[state]) for state in STATES),
        *((f"group.{group.id}", group.title) for group in framework.audiences),
        *(("item", asked.item.id) for asked in questionnaire.items),
    )
