"""Every sentence exists in three languages, with the same places for values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest

from crmplan.data_files import data_folder
from crmplan.definitions.yaml_source import parse_yaml
from crmplan.localisation.locale import LANGUAGES
from crmplan.localisation.messages import FOLDER, Form, catalogue

PROSE = data_folder("templates") / "prose"
CATALOGUES = [
    (folder, name)
    for folder in (FOLDER, PROSE)
    for name in sorted({path.name.split(".")[0] for path in folder.glob("*.yaml")})
]
IDS = [name for _, name in CATALOGUES]
TRANSLATIONS = [language for language in LANGUAGES if language != "en"]


def texts(form: Form) -> list[str]:
    """All the texts of a message: its forms, its list, or itself."""
    if isinstance(form, str):
        return [form]
    return list(form.values() if isinstance(form, Mapping) else form)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def places_of(form: Form) -> list[set[str]]:
    """The places for values: of each entry of a list, or of all forms together."""
    if isinstance(form, str | Mapping):
        return [set().union(*map(places, texts(form)))]
    return [places(text) for text in form]


def test_there_are_catalogues() -> None:
    assert {"interview", "questionnaire", "common", "implementation-roadmap"} <= set(IDS)


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize(("folder", "name"), CATALOGUES, ids=IDS)
def test_a_translation_has_the_same_texts(folder: Path, name: str, language: str) -> None:
    source, other = catalogue(name, "en", folder), catalogue(name, language, folder)  # type: ignore[arg-type]

    assert sorted(source.texts.keys() - other.texts.keys()) == [], "not translated"
    assert sorted(other.texts.keys() - source.texts.keys()) == [], "translated, but not there"


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize(("folder", "name"), CATALOGUES, ids=IDS)
def test_a_translation_has_the_same_places_and_lists_of_the_same_length(
    folder: Path, name: str, language: str
) -> None:
    source, other = catalogue(name, "en", folder), catalogue(name, language, folder)  # type: ignore[arg-type]

    different = {
        key: (places_of(form), places_of(other.texts[key]))
        for key, form in source.texts.items()
        if key in other.texts and places_of(form) != places_of(other.texts[key])
    }
    assert different == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("folder", "name"), CATALOGUES, ids=IDS)
def test_a_catalogue_holds_texts_only(folder: Path, name: str, language: str) -> None:
    for key, form in catalogue(name, language, folder).texts.items():  # type: ignore[arg-type]
        assert all(isinstance(text, str) for text in texts(form)), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("folder", "name"), CATALOGUES, ids=IDS)
def test_no_text_stands_in_a_catalogue_twice(folder: Path, name: str, language: str) -> None:
    path = folder / f"{name}.{language}.yaml"

    found = parse_yaml(path.read_text("utf-8"), path.name)

    assert [str(problem) for problem in found.problems] == []
