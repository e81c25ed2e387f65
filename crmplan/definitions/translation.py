"""Texts in other languages: ``locale/<language>/`` mirrors the files and maps id → words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from crmplan.assessment.definition import changed, text_fields
from crmplan.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Model = TypeVar("Model", bound=BaseModel)
Words = str | tuple[str, ...] | dict[int, str]
HASHES = "source-hashes.txt"
TextsOf = dict[str, dict[str, Words]]


def source_texts(value: BaseModel) -> TextsOf:
    """Collect every translatable text below a value: element id → field → words.

    An optional text that is empty needs no translation and is left out.
    """
    return {
        element.id: {name: getattr(element, name) for name in fields}
        for element in _elements(value)
        if (fields := [name for name in text_fields(type(element)) if getattr(element, name)])
    }


def _elements(value: object) -> Iterator[Any]:
    if isinstance(value, BaseModel):
        if hasattr(value, "id"):
            yield value
        for name in type(value).model_fields:
            yield from _elements(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _elements(part)


def translate(value: Model, texts: Mapping[str, Mapping[str, Any]]) -> Model:
    """Give the same value with other words; a text that is missing stays as it is.

    Args:
        value: any definition.
        texts: words by element id and field, as in the files of ``locale/``.
    """
    changes: dict[str, Any] = {}
    own = texts.get(getattr(value, "id", ""), {})
    translatable = text_fields(type(value))
    for name in type(value).model_fields:
        old = getattr(value, name)
        is_given = name in own and name in translatable
        new = _words(own[name]) if is_given else _translate_parts(old, texts)
        if new is not old:
            changes[name] = new
    return changed(value, **changes) if changes else value


def _translate_parts(value: Any, texts: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, BaseModel):
        return translate(value, texts)
    if isinstance(value, tuple) and any(isinstance(part, BaseModel) for part in value):
        return tuple(_translate_parts(part, texts) for part in value)
    return value


def _words(written: Any) -> Any:
    return tuple(written) if isinstance(written, list) else written


def text_hash(words: Words) -> str:
    """Fingerprint a source text, so that a translation made of an older text shows."""
    return hashlib.sha256(repr(words).encode()).hexdigest()[:8]


def source_hashes(texts: TextsOf) -> dict[str, str]:
    """Fingerprint every text of a definition, by ``id.field``."""
    return {
        f"{element_id}.{name}": text_hash(words)
        for element_id, fields in texts.items()
        for name, words in fields.items()
    }


def check_translation(
    source: TextsOf,
    translated: Mapping[str, Mapping[str, Any]],
    places: Mapping[str, Location],
    *,
    language: str,
    folder: Location,
) -> tuple[Problem, ...]:
    """Compare a translation with its source.

    Args:
        source: the texts of the definition, from ``source_texts``.
        translated: the texts of the translation.
        places: where each translated element stands.
        language: the language, for messages.
        folder: the place named for elements that are missing altogether.

    Returns:
        Missing and unknown elements and fields, lists of another length, other level keys.
    """
    problems = [
        Problem(
            places.get(element_id, folder),
            "DEF-TRANSLATION-UNKNOWN",
            f'"{element_id}" has no text in this definition',
            did_you_mean(element_id, source),
        )
        for element_id in translated
        if element_id not in source
    ]
    for element_id, fields in source.items():
        place = places.get(element_id, folder)
        given = translated.get(element_id, {})
        problems += _field_problems(element_id, fields, given, place, language)
    return tuple(problems)


def _field_problems(
    element_id: str,
    fields: Mapping[str, Words],
    given: Mapping[str, Any],
    place: Location,
    language: str,
) -> Iterator[Problem]:
    for name in sorted(given.keys() - fields.keys()):
        yield Problem(place, "DEF-TRANSLATION-UNKNOWN", f'"{element_id}" has no text "{name}"')
    for name, words in fields.items():
        if name not in given:
            message = f'"{element_id}.{name}" is not translated into {language}'
            yield Problem(place, "DEF-TRANSLATION-MISSING", message)
        elif not _same_shape(words, given[name]):
            message = f'"{element_id}.{name}" has another shape than its source'
            yield Problem(place, "DEF-TRANSLATION-SHAPE", message, _shape_hint(words))


def _same_shape(words: Words, given: Any) -> bool:
    if isinstance(words, str):
        return isinstance(given, str) and bool(given.strip())
    if isinstance(words, tuple):
        return isinstance(given, list) and len(given) == len(words) and all(given)
    return isinstance(given, dict) and given.keys() == words.keys() and all(given.values())


def _shape_hint(words: Words) -> str:
    if isinstance(words, str):
        return "one text is expected"
    if isinstance(words, tuple):
        return f"a list of {len(words)} texts is expected"
    return f"texts for the levels {', '.join(map(str, words))} are expected"


def read_hashes(folder: Path, language: str) -> dict[str, str]:
    """Read the noted fingerprints of source texts; empty if none are noted."""
    path = folder / "locale" / language / HASHES
    if not path.is_file():
        return {}
    lines = path.read_text("utf-8").splitlines()
    pairs = (line.split(": ", 1) for line in lines if ": " in line and not line.startswith("#"))
    return {key: value.strip() for key, value in pairs}


def hash_problems(
    present: Mapping[str, str], noted: Mapping[str, str], folder: Path, language: str
) -> Iterator[Problem]:
    """Find texts whose source has changed since it was translated.

    A text without a noted fingerprint is taken as fresh: its author may not have noted any yet.
    """
    place = Location(f"{folder.name}/locale/{language}")
    accept = f"crmplan framework accept {folder} --language {language}"
    hint = f"look at the translation, then: {accept}"
    for key, value in present.items():
        if noted.get(key, value) != value:
            message = f'the source of "{key}" has changed since it was translated'
            yield Problem(place, "DEF-TRANSLATION-STALE", message, hint)
