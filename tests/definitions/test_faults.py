"""Faults that need a file of their own, many at once, and reading without checking.

Single faults of every kind stand in ``test_broken_definitions.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from small_definitions import FILES, FRAMEWORK, place_of, spoilt

from crmplan.definitions.checking import accept_translations, check_definition
from crmplan.definitions.library import read_framework
from crmplan.definitions.yaml_source import DEEPEST
from crmplan.errors import DefinitionError, FrameworkFaultsError
from crmplan.problems import Problem

HEAD, SERVICE_FILE, RULES = "framework.yaml", "dimensions/service.yaml", "consistency.yaml"
INITIATIVES, FA = "initiatives/service.yaml", "locale/fa/all.yaml"


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(one.location.file, one.code) for one in check_definition(folder).problems]


def _place(problem: Problem) -> tuple[str, int, int]:
    return (problem.location.file, problem.location.line, problem.location.column)


def test_a_dimension_in_the_file_of_another(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, (SERVICE_FILE, "id: service\n", "id: servce\n"))

    found = [one for one in check_definition(folder).problems if one.code == "DEF-NAME"]

    assert [str(one).splitlines()[0] for one in found] == [
        f'care/{SERVICE_FILE}:1:5: DEF-NAME: the id is "servce", the file is called "service.yaml"'
    ]


def test_a_file_that_is_not_yaml(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, (SERVICE_FILE, "number: 1", "number: [1"))

    (syntax, *_) = check_definition(folder).problems

    assert (syntax.location.file, syntax.code) == (f"care/{SERVICE_FILE}", "DEF-SYNTAX")
    assert syntax.location.line in (2, 3)


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = spoilt(tmp_path)
    (folder / SERVICE_FILE).write_bytes(b'id: service\ntitle: "caf\xe9"\n')

    (encoding, *_) = check_definition(folder).problems

    assert str(encoding) == (
        f"care/{SERVICE_FILE}:2:1: DEF-ENCODING: is not UTF-8\n    save the file as UTF-8"
    )


def test_a_file_that_is_nested_too_deep(tmp_path: Path) -> None:
    deep = "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)
    folder = spoilt(tmp_path, (SERVICE_FILE, '"1.5"', deep))

    assert codes(folder)[0] == (f"care/{SERVICE_FILE}", "DEF-TOO-DEEP")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    folder = spoilt(tmp_path)
    (folder / SERVICE_FILE).write_text("#" * 2_000_001)

    assert codes(folder)[0] == (f"care/{SERVICE_FILE}", "DEF-TOO-LARGE")


def test_a_dimension_without_a_file(tmp_path: Path) -> None:
    folder = spoilt(tmp_path)
    (folder / SERVICE_FILE).unlink()

    assert codes(folder)[0] == (f"care/{SERVICE_FILE}", "DEF-UNREADABLE")


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "hello\n"])
@pytest.mark.parametrize("file", list(FILES))
def test_a_file_without_names_and_values(file: str, content: str, tmp_path: Path) -> None:
    folder = spoilt(tmp_path)
    (folder / file).write_text(content)

    assert (f"care/{file}", "DEF-EMPTY") in codes(folder)


def test_a_translation_whose_source_has_changed(tmp_path: Path) -> None:
    folder = spoilt(tmp_path)
    accept_translations(folder, "fa")
    (folder / HEAD).write_text(FRAMEWORK.replace("A small framework.", "A tiny framework."))

    (stale,) = check_definition(folder).problems

    assert stale.code == "DEF-TRANSLATION-STALE"
    assert stale.message == 'the source of "care.summary" has changed since it was translated'
    assert stale.hint == (
        f"look at the translation, then: crmplan framework accept {folder} --language fa"
    )


def test_an_initiative_that_requires_one_of_a_later_phase(tmp_path: Path) -> None:
    words = '{title: "ع", purpose: "ع", deliverables: ["ف"], kpis: ["ش"]}'
    folder = spoilt(
        tmp_path,
        (INITIATIVES, "requires: []", "requires: [habits]"),
        (INITIATIVES, "initiatives:\n", f"initiatives:\n{INITIATIVE_OF_A_LATER_PHASE}"),
        (FA, "promises:", f"habits: {words}\npromises:"),
    )

    (phase,) = check_definition(folder).problems

    line, column = place_of((folder / INITIATIVES).read_text(), "[habits]")
    assert _place(phase) == (f"care/{INITIATIVES}", line, column)
    assert phase.code == "DEF-PHASE"
    assert phase.message == '"promises" requires "habits" of a later phase'


INITIATIVE_OF_A_LATER_PHASE = """\
  - id: habits
    code: "I2"
    title: "T"
    purpose: "P"
    level: {from: 0, to: 1}
    phase: design
    effort_days: [2, 4]
    duration_weeks: [1, 2]
    lead: sponsor
    support: []
    deliverables: ["D"]
    kpis: ["K"]
    source: "own"
"""


# All at once


def test_all_faults_of_writing_are_told_at_once_in_order_of_their_places(tmp_path: Path) -> None:
    folder = spoilt(
        tmp_path,
        (HEAD, 'title: "Care"\n', 'title: "Care"\ntitle: "Cure"\n'),
        (HEAD, "summary:", "sumary:"),
        (HEAD, '"0.6"', "0.6"),
        (SERVICE_FILE, "kind: enabler", "kind: enabeler"),
        (SERVICE_FILE, '"Promise"\n', '" "\n'),
        ("dimensions/loyalty.yaml", "number: 2", "number: &two 2"),
        (RULES, "severity: advice", "severity: avdice"),
        (INITIATIVES, "id: promises", "id: Promises"),
    )

    assert [first_line(one) for one in check_definition(folder).problems] == [
        f"{RULES}:7:15: DEF-CHOICE: 'avdice': input should be 'warning' or 'advice'",
        "dimensions/loyalty.yaml:2:9: DEF-ALIAS: anchors and aliases are not read",
        f"{SERVICE_FILE}:6:7: DEF-CHOICE: 'enabeler': input should be 'enabler' or 'result'",
        f"{SERVICE_FILE}:15:12: DEF-VALUE: ' ': the text is empty",
        f'{HEAD}:1:1: DEF-MISSING-FIELD: "summary" is missing',
        f'{HEAD}:4:1: DEF-DUPLICATE-KEY: "title" stands here twice',
        f'{HEAD}:5:9: DEF-UNKNOWN-FIELD: "sumary" is not a field here',
        f'{HEAD}:11:37: DEF-DECIMAL: write 0.6 in quotes: "0.6"',
        f"{INITIATIVES}:3:9: DEF-PATTERN: 'Promises': {NO_MATCH}",
    ]


def first_line(problem: Problem) -> str:
    return str(problem).split("\n")[0].removeprefix("care/")


NO_MATCH = r"string should match pattern '^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$'"


def test_all_faults_between_files_are_told_at_once(tmp_path: Path) -> None:
    folder = spoilt(
        tmp_path,
        (HEAD, 'reality: "0.6"', 'reality: "0.7"'),
        (HEAD, "dimensions: {service: 1}", "dimensions: {servce: 1}"),
        (SERVICE_FILE, '  1: "Promises are kept."\n', ""),
        (SERVICE_FILE, "group: ways", "group: wayz"),
        ("dimensions/loyalty.yaml", "id: loyalty.promise", "id: loyal.promise"),
        ("dependencies.yaml", "to: loyalty", "to: loyalti"),
        (RULES, "[promises]", "[promisses]"),
        (INITIATIVES, "effort_days: [2, 4]", "effort_days: [4, 2]"),
        (FA, 'manager: {title: "م"}', "manager: {}"),
    )

    assert codes(folder) == [
        ("care/consistency.yaml", "DEF-UNKNOWN-ID"),
        ("care/dependencies.yaml", "DEF-UNKNOWN-ID"),
        ("care/dimensions/loyalty.yaml", "DEF-ITEM-ID"),
        ("care/dimensions/service.yaml", "DEF-UNKNOWN-ID"),
        ("care/dimensions/service.yaml", "DEF-LEVEL-MISSING"),
        ("care/framework.yaml", "DEF-LAYERS"),
        ("care/framework.yaml", "DEF-UNKNOWN-ID"),
        ("care/initiatives/service.yaml", "DEF-RANGE"),
        ("care/locale/fa", "DEF-TRANSLATION-MISSING"),
        ("care/locale/fa", "DEF-TRANSLATION-MISSING"),
        ("care/locale/fa", "DEF-TRANSLATION-MISSING"),
        ("care/locale/fa", "DEF-TRANSLATION-MISSING"),
        ("care/locale/fa/all.yaml", "DEF-TRANSLATION-MISSING"),
        ("care/locale/fa/all.yaml", "DEF-TRANSLATION-SHAPE"),
        ("care/locale/fa/all.yaml", "DEF-TRANSLATION-UNKNOWN"),
    ]


# Reading without checking


def test_a_framework_with_unknown_ids_is_not_read(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, (INITIATIVES, "requires: []", "requires: [promise]"))

    with pytest.raises(FrameworkFaultsError) as error:
        read_framework(folder)

    assert str(error.value) == f"{folder} has 1 problem"
    assert error.value.hint == f"run: crmplan framework check {folder}"


def test_a_missing_translation_does_not_hinder_reading(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, (FA, 'manager: {title: "م"}', "manager: {}"))

    found = read_framework(folder, "fa")

    assert found.audiences[0].title == "Managers"
    assert found.dimensions[0].title == "خ"


def test_a_translation_changes_words_only(tmp_path: Path) -> None:
    weighty = (FA, "service.promise: {", "service.promise: {weight: 9, source: other, ")

    found = read_framework(spoilt(tmp_path, weighty), "fa")

    assert found.items["service.promise"].weight == 1
    assert found.items["service.promise"].source == "own"
    assert found.items["service.promise"].topic == "ق"


def test_a_folder_without_a_head_is_no_definition(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="holds no definition") as error:
        check_definition(tmp_path)

    assert "framework.yaml" in (error.value.hint or "")


def test_translations_are_not_accepted_while_there_are_faults(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, (SERVICE_FILE, "kind: enabler", "kind: enabeler"))

    with pytest.raises(DefinitionError, match="has problems"):
        accept_translations(folder, "fa")
