"""Every kind of fault in a definition folder: told with its place, its code and what to do."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Fault:
    """A spoilt text: in ``file``, ``old`` becomes ``new``; the problem is told at ``mark``."""

    file: str
    old: str
    new: str
    mark: str
    code: str
    hint: str | None = None


FAULTS = {
    "a key stands twice": Fault(
        HEAD, 'title: "Care"\n', 'title: "Care"\ntitle: "Cure"\n', 'title: "Cure"',
        "DEF-DUPLICATE-KEY",
    ),
    "an anchor and its alias": Fault(
        HEAD, "[service]\n", "&same [service]\n", "&same", "DEF-ALIAS", "write the value out"
    ),
    "a decimal without quotes": Fault(
        SERVICE_FILE, 'weight: "1.5"', "weight: 1.5", "1.5", "DEF-DECIMAL"
    ),
    "a field that does not exist": Fault(
        SERVICE_FILE, "number: 1\n", "number: 1\ncolour: red\n", "red", "DEF-UNKNOWN-FIELD"
    ),
    "a field that is misspelt": Fault(
        SERVICE_FILE, "    observe:\n", "    obsrve:\n", '  1: "A list of',
        "DEF-UNKNOWN-FIELD", 'did you mean "observe"?',
    ),
    "a field that is missing": Fault(
        SERVICE_FILE, 'purpose: "Whether promises are kept."\n', "", "id: service",
        "DEF-MISSING-FIELD",
    ),
    "a word that is no choice": Fault(
        SERVICE_FILE, "kind: enabler", "kind: enabeler", "enabeler", "DEF-CHOICE",
        'did you mean "enabler"?',
    ),
    "an id with a capital": Fault(
        INITIATIVES, "id: promises", "id: Promises", "Promises", "DEF-PATTERN"
    ),
    "a text that is empty": Fault(
        SERVICE_FILE, '"Promise"\n', '" "\n', '" "', "DEF-VALUE"
    ),
    "a weight of nothing": Fault(
        SERVICE_FILE, 'weight: "1.5"', "weight: 0", "0\nsource", "DEF-VALUE"
    ),
    "a scale with a gap": Fault(
        HEAD, "level-1, level: 1", "level-1, level: 2", "- {id: level-0", "DEF-VALUE"
    ),
    "a dimension that nobody has": Fault(
        "dependencies.yaml", "to: loyalty", "to: loyalti", "loyalti", "DEF-UNKNOWN-ID",
        'did you mean "loyalty"?',
    ),
    "an audience that nobody has": Fault(
        SERVICE_FILE, "[manager]", "[manger]", "manger", "DEF-UNKNOWN-ID",
        'did you mean "manager"?',
    ),
    "a group that nobody has": Fault(
        SERVICE_FILE, "group: ways", "group: wayz", "wayz", "DEF-UNKNOWN-ID", 'did you mean "ways"?'
    ),
    "a readiness that nobody has": Fault(
        HEAD, "readiness: [service]", "readiness: [servce]", "servce", "DEF-UNKNOWN-ID",
        'did you mean "service"?',
    ),
    "an initiative that nobody has": Fault(
        INITIATIVES, "requires: []", "requires: [promise]", "promise]", "DEF-UNKNOWN-ID",
        'did you mean "promises"?',
    ),
    "a rule about a dimension that nobody has": Fault(
        RULES, "dimension: service", "dimension: servce", "servce", "DEF-UNKNOWN-ID",
        'did you mean "service"?',
    ),
    "a rule that asks for an initiative that nobody has": Fault(
        RULES, "[promises]", "[promisses]", "promisses", "DEF-UNKNOWN-ID",
        'did you mean "promises"?',
    ),
    "a rule file that begins with the wrong word": Fault(
        RULES, "rules:\n", "rulez:\n", "  - id: careless", "DEF-UNKNOWN-FIELD",
        'did you mean "rules"?',
    ),
    "dimensions that rest on one another": Fault(
        "dependencies.yaml", "dependencies:\n",
        "dependencies:\n  - {id: back, from: loyalty, to: service, strength: strong, "
        'reason: "R", source: "own"}\n',
        "  - {id: back", "DEF-CYCLE",
    ),
    "an initiative that requires itself": Fault(
        INITIATIVES, "requires: []", "requires: [promises]", "[promises]", "DEF-CYCLE"
    ),
    "an id that stands twice": Fault(
        INITIATIVES, "id: promises", "id: service.promise", "service.promise", "DEF-DUPLICATE-ID"
    ),
    "a level without a description": Fault(
        SERVICE_FILE, '  1: "Promises are kept."\n', "", '  0: "Nobody', "DEF-LEVEL-MISSING"
    ),
    "an item named after another dimension": Fault(
        SERVICE_FILE, "id: service.promise", "id: servce.promise", "servce.promise", "DEF-ITEM-ID"
    ),
    "a level that the scale does not have": Fault(
        SERVICE_FILE, '1: "A list of', '7: "A list of', '"A list of promises', "DEF-LEVEL"
    ),
    "an initiative that leads nowhere": Fault(
        INITIATIVES, "{from: 0, to: 1}", "{from: 1, to: 1}", "{from: 1", "DEF-LEVEL"
    ),
    "an estimate that falls": Fault(
        INITIATIVES, "effort_days: [2, 4]", "effort_days: [4, 2]", "[4, 2]", "DEF-RANGE"
    ),
    "layers that are not a whole": Fault(
        HEAD, 'reality: "0.6"', 'reality: "0.7"', "{intention", "DEF-LAYERS"
    ),
    "a phase that nobody has": Fault(
        INITIATIVES, "phase: planning", "phase: planing", "planing", "DEF-UNKNOWN-ID",
        'did you mean "planning"?',
    ),
    "a role that nobody has": Fault(
        INITIATIVES, "support: [marketing]", "support: [marketting]", "marketting",
        "DEF-UNKNOWN-ID", 'did you mean "marketing"?',
    ),
    "a crosswalk to an item that nobody has": Fault(
        "crosswalks/drcrm.yaml", "service.standards", "service.standard", "service.standard",
        "DEF-UNKNOWN-ID", 'did you mean "service.standards"?',
    ),
    "a crosswalk to a framework that nobody has": Fault(
        "crosswalks/drcrm.yaml", "to: drcrm", "to: drcmr", "drcmr", "DEF-UNKNOWN-ID",
        "did you mean 'drcrm'?",
    ),
    "a text that is not translated": Fault(
        FA, 'manager: {title: "م"}', "manager: {}", "{}", "DEF-TRANSLATION-MISSING"
    ),
    "a translation of nothing": Fault(
        FA, "manager:", "managers:", '{title: "م"}', "DEF-TRANSLATION-UNKNOWN",
        'did you mean "manager"?',
    ),
    "a translation of a field without words": Fault(
        FA, "service.promise: {", "service.promise: {weight: 9, ", "{weight: 9",
        "DEF-TRANSLATION-UNKNOWN",
    ),
    "a translation of another shape": Fault(
        FA, 'evidence: ["ف"]', 'evidence: ["ف", "ف"]', '{topic: "ق"', "DEF-TRANSLATION-SHAPE",
        "a list of 1 texts is expected",
    ),
    "a translation of other levels": Fault(
        FA, '{0: "ن", 1: "ب"}', '{0: "ن", 2: "ب"}', '{title: "خ", short', "DEF-TRANSLATION-SHAPE",
        "texts for the levels 0, 1 are expected",
    ),
    "a translation without fields": Fault(
        FA, 'manager: {title: "م"}', 'manager: "م"', '"م"', "DEF-TRANSLATION-SHAPE"
    ),
}  # fmt: skip


def test_the_folder_that_is_spoilt_below_has_no_faults(tmp_path: Path) -> None:
    assert check_definition(spoilt(tmp_path)).problems == ()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_place_code_and_hint(fault: Fault, tmp_path: Path) -> None:
    folder = spoilt(tmp_path, (fault.file, fault.old, fault.new))
    text = (folder / fault.file).read_text("utf-8")
    indent = len(fault.mark) - len(fault.mark.lstrip())
    line, column = place_of(text, fault.mark)

    found = check_definition(folder).problems

    place = (f"care/{fault.file}", line, column + indent)
    at_place = [one for one in found if _place(one) == place and one.code == fault.code]
    assert at_place, "\n".join(map(str, found))
    hint = at_place[0].hint
    assert hint is None if fault.hint is None else (hint or "").startswith(fault.hint)


def _place(problem: Problem) -> tuple[str, int, int]:
    return (problem.location.file, problem.location.line, problem.location.column)


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(one.location.file, one.code) for one in check_definition(folder).problems]


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
        f'{HEAD}:10:37: DEF-DECIMAL: write 0.6 in quotes: "0.6"',
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
