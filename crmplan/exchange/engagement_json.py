"""A whole engagement as JSON that people can read, compare and keep; nothing is lost.

The history of changes is not part of it: this is what an engagement says, not how it came to be.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from crmplan.assessment.engagement import Engagement
from crmplan.assessment.record_kinds import LISTED
from crmplan.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.assessment.record_kinds import Key

FORMAT = "crmplan-engagement"
VERSION = 1
LARGEST_TEXT = 64 * 1024 * 1024
"""Characters that are read at most; a large engagement has a tenth."""

DEEPEST = 8
"""Brackets within brackets that are read at most; an engagement has four."""

# Possessive, and content with a string that never ends: any other way, hostile text costs n² steps.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)


def to_json(engagement: Engagement) -> str:
    """Write an engagement, keys in the order of the model, records in their own.

    Returns:
        Text with a newline at the end, to be encoded as UTF-8.
    """
    head = {"format": FORMAT, "version": VERSION}
    body = engagement.model_dump(mode="json")
    return json.dumps({**head, **body}, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Engagement:
    """Read what ``to_json`` wrote, or a person after that.

    Raises:
        ExchangeError: if it is no engagement, was written by a newer crmplan, is too large or too
            deep, or has faults; the message lists all of them, one to a line, each with its path.
    """
    body = _without_head(_parsed(text))
    try:
        engagement = Engagement.model_validate(body)
    except ValidationError as error:
        raise _faults(
            f"{_path(fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_url=False, include_input=False)
        ) from error
    if contradictions := tuple(_contradictions(engagement)):
        raise _faults(contradictions)
    return engagement


def _parsed(text: str) -> Any:
    if len(text) > LARGEST_TEXT:
        raise ExchangeError(
            f"the JSON has {len(text):,} characters", hint=f"at most {LARGEST_TEXT:,} are read"
        )
    if _depth(text) > DEEPEST:
        raise ExchangeError(f"the JSON is nested more than {DEEPEST} levels deep")
    try:
        # Some editors put a byte order mark before everything.
        return json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=_object, parse_constant=_no_constant
        )
    except ValueError as error:
        raise ExchangeError(f"this is no JSON: {error}") from error


def _depth(text: str) -> int:
    """Count before parsing, because the parser calls itself for every level."""
    depth = deepest = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        found = match[0]
        if found in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif found in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return made


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _without_head(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ExchangeError(
            "this is no engagement of crmplan",
            hint=f'its JSON begins with "format": "{FORMAT}"; crmplan export writes it',
        )
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise ExchangeError(f'"version" must be a whole number from 1 to {VERSION}')
    if version > VERSION:
        raise ExchangeError(
            f"written by a newer crmplan (version {version}, this program knows {VERSION})",
            hint="install the newer crmplan",
        )
    return {name: value for name, value in data.items() if name not in ("format", "version")}


def _contradictions(engagement: Engagement) -> Iterator[str]:
    """Find records that share their key, and ids that stand for nothing here."""
    for kind in LISTED:
        seen: dict[Key, int] = {}
        for number, record in enumerate(getattr(engagement, kind.field)):
            here = f"{kind.field}[{number}]"
            if (first := seen.setdefault(kind.key_of(record), number)) != number:
                yield f"{here}: stands for the same as {kind.field}[{first}]"
            for field, parent in kind.parents:
                wanted = getattr(record, field)
                if all(wanted != one.id for one in getattr(engagement, parent.field)):
                    yield f"{here}.{field}: {wanted!r} is not among the {parent.field}"


def _path(place: tuple[int | str, ...]) -> str:
    return "".join(map(_step, place)).removeprefix(".")


def _step(step: int | str) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    # A stranger's key may hold characters that steer a terminal.
    return f".{step}" if step.isprintable() else f".{step!r}"


def _faults(faults: Iterator[str] | tuple[str, ...]) -> ExchangeError:
    lines = tuple(faults)
    count = f"{len(lines)} {'fault' if len(lines) == 1 else 'faults'}"
    return ExchangeError("\n  ".join((f"the engagement has {count}:", *lines)))
