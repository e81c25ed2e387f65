"""Sentences in several languages: id → text, in YAML catalogues.

A text has places for values in braces, ``{client}``; the values come in as text that is already
written in the language. A text that depends on a number has the forms ``one`` and ``other``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from crmplan.localisation.locale import LanguageCode

FOLDER = Path(__file__).parent / "messages"
Form = str | Mapping[str, str] | Sequence[str]


@dataclass(frozen=True, slots=True)
class Messages:
    """One catalogue in one language; call it with an id to get a text."""

    language: LanguageCode
    texts: Mapping[str, Form]

    def __call__(
        self,
        message_id: str,
        given: Mapping[str, str] = MappingProxyType({}),
        /,
        *,
        count: int | Fraction | None = None,
        **values: str,
    ) -> str:
        """Give a text with its values filled in.

        Args:
            message_id: the text.
            given: texts for the places in braces.
            count: chooses the form of a text that depends on a number.
            values: more of them.

        Raises:
            KeyError: if there is no such text, or a value is missing; both are our mistakes.
        """
        form = self.texts[message_id]
        if isinstance(form, Mapping):
            form = form["one" if count == 1 else "other"]
        if not isinstance(form, str):
            raise TypeError(f"{message_id} is a list of texts")
        return form.format_map({**given, **values})

    def listed(self, message_id: str, /, **values: str) -> tuple[str, ...]:
        """Give the texts of a list, each with its values filled in."""
        form = self.texts[message_id]
        if isinstance(form, str | Mapping):
            raise TypeError(f"{message_id} is not a list of texts")
        return tuple(text.format_map(values) for text in form)

    @property
    def plain(self) -> dict[str, str]:
        """All texts that depend on no number, by id."""
        return {name: form for name, form in self.texts.items() if isinstance(form, str)}

    def __contains__(self, message_id: str) -> bool:
        return message_id in self.texts


@cache
def catalogue(name: str, language: LanguageCode, folder: Path = FOLDER) -> Messages:
    """Read a catalogue: all files ``NAME.LANGUAGE.yaml`` of a folder."""
    path = folder / f"{name}.{language}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 both are safe
    return Messages(language, MappingProxyType(_flat(texts)))


def _flat(texts: Mapping[str, object], before: str = "") -> dict[str, Form]:
    """Name nested texts by their path: ``gaps.title``."""
    found: dict[str, Form] = {}
    for key, value in texts.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping) and not {"one", "other"} >= value.keys():
            found |= _flat(value, f"{name}.")
        else:
            found[name] = value  # type: ignore[assignment]
    return found
