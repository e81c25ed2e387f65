from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_definitions import spoilt

from crmplan.definitions.library import (
    OWN_FOLDERS,
    definitions,
    find,
    find_any,
    kind_of,
    load_catalogue,
    load_crosswalk,
    load_framework,
)
from crmplan.errors import UnknownFrameworkError

BUNDLED = {"drcrm", "qci", "buttle-value-chain", "five-phases", "external-factors"}


def test_the_bundled_definitions_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OWN_FOLDERS, raising=False)

    assert set(definitions()) >= BUNDLED
    assert not any(entry.is_own for entry in definitions().values())


def test_own_definitions_are_found_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt(tmp_path)
    monkeypatch.setenv(OWN_FOLDERS, str(tmp_path))

    assert definitions()["care"].is_own
    assert load_framework("care").title == "Care"
    assert set(definitions()) >= BUNDLED


def test_an_own_definition_goes_before_a_bundled_one_of_the_same_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt(tmp_path).rename(tmp_path / "drcrm")
    monkeypatch.setenv(OWN_FOLDERS, str(tmp_path))

    assert find("drcrm", "framework").folder == tmp_path / "drcrm"


def test_several_own_folders_are_searched_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = spoilt(tmp_path / "first"), spoilt(tmp_path / "second")
    monkeypatch.setenv(OWN_FOLDERS, os.pathsep.join((str(first.parent), str(second.parent))))

    assert find_any("care").folder == first


def test_a_folder_that_is_not_there_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OWN_FOLDERS, str(tmp_path / "nothing"))

    assert set(definitions()) >= BUNDLED


def test_an_unknown_framework_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownFrameworkError) as error:
        load_framework("drcmr")

    assert (error.value.hint or "").startswith("did you mean 'drcrm'?")


def test_a_phase_model_is_no_framework() -> None:
    with pytest.raises(UnknownFrameworkError, match="no framework 'five-phases'"):
        load_framework("five-phases")


def test_a_folder_without_a_head_defines_nothing(tmp_path: Path) -> None:
    assert kind_of(tmp_path) is None


def test_initiatives_and_crosswalks_that_nobody_wrote_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = spoilt(tmp_path, ("consistency.yaml", "[promises]", "[]"))
    (folder / "initiatives" / "service.yaml").unlink()
    monkeypatch.setenv(OWN_FOLDERS, str(tmp_path))

    assert load_catalogue("care") is None
    assert load_crosswalk("care", "drcrm") is not None
    assert load_crosswalk("care", "qci") is None


@pytest.mark.parametrize("language", ["fa", "zh"])
def test_a_definition_in_another_language_differs_in_words_only(language: str) -> None:
    english, other = load_framework("drcrm"), load_framework("drcrm", language)

    assert other.language == language
    assert other.dimensions[0].title != english.dimensions[0].title
    assert list(other.items) == list(english.items)
    assert [one.weight for one in other.dimensions] == [one.weight for one in english.dimensions]
    assert other.items["leadership.sponsor"].ask == other.dimensions[0].items[0].ask
