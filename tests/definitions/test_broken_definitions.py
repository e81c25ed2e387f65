"""Broken definitions with one fault each: every one is told once, with its code, at its place.

A row reads: in this file, this text becomes that one; ``»`` marks where the fault is told. A fault
of a whole file has no mark. Faults in words of other languages are spoilt in the folder with
Persian texts, all others in the same folder in English only, so that no translation goes missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import write
from small_definitions import ENGLISH, FILES, place_of

from crmplan.definitions.checking import check_definition

HEAD, SERVICE, RULES = "framework.yaml", "dimensions/service.yaml", "consistency.yaml"
LINKS, INITIATIVES = "dependencies.yaml", "initiatives/service.yaml"
CROSSWALK, CASES, FA = "crosswalks/drcrm.yaml", "tests/levels.yaml", "locale/fa/all.yaml"

ITEMS = FILES[SERVICE].partition("items:\n")[2]
WHEN = "when: {kind: levels, all: [{dimension: service, at_most: 0}]}"
EFFECT = "effect: {kind: prefer, initiatives: [promises]}"
SECOND_RULE = """\
  - {id: too, code: »G1, title: "T", message: "M", advice: "A", severity: advice,
     when: {kind: unconfirmed, at_least: 1}, effect: {kind: none}, source: "own"}
"""


@dataclass(frozen=True)
class Broken:
    """What is broken, and what is told of it."""

    name: str
    file: str
    old: str
    new: str
    code: str
    hint: str = ""


WRITING = (
    Broken("a list that is not closed", SERVICE, "number: 1\ntitle", "number: [1\ntitle»",
           "DEF-SYNTAX"),
    Broken("a name that stands twice", HEAD, 'title: "Care"\n', 'title: "Care"\n»title: "Cure"\n',
           "DEF-DUPLICATE-KEY"),
    Broken("an anchor", HEAD, "[service, ", "»&same [service, ", "DEF-ALIAS",
           "write the value out"),
    Broken("a decimal without quotes", SERVICE, '"1.5"', "»1.5", "DEF-DECIMAL"),
    Broken("a sign that turns the direction of text", HEAD, '"Care"',
           '»"Ca\N{RIGHT-TO-LEFT OVERRIDE}re"', "DEF-CHARACTER"),
    Broken("lists in lists without end", SERVICE, '"1.5"', "[" * 19 + "»[]" + "]" * 19,
           "DEF-TOO-DEEP"),
)  # fmt: skip

FIELDS = (
    Broken("a field that does not exist", SERVICE, "number: 1\n", "number: 1\ncolour: »red\n",
           "DEF-UNKNOWN-FIELD"),
    Broken("a field that is misspelt", SERVICE, "observe:\n      1", "obsrve:\n      »1",
           "DEF-UNKNOWN-FIELD", 'did you mean "observe"?'),
    Broken("a name that the rule file does not have", RULES, "rules:\n  -",
           "rules: []\nrulez:\n  »-", "DEF-UNKNOWN-FIELD", 'did you mean "rules"?'),
    Broken("a field that is missing", SERVICE, 'id: service\nnumber: 1\n', "»id: service\n",
           "DEF-MISSING-FIELD"),
    Broken("a rule of no kind", RULES, WHEN, "when: »{at_most: 0}", "DEF-MISSING-FIELD"),
    Broken("a rule of an unknown kind", RULES, WHEN, "when: »{kind: level}", "DEF-CHOICE"),
    Broken("a word that is no choice", SERVICE, "enabler", "»enabeler", "DEF-CHOICE",
           'did you mean "enabler"?'),
    Broken("a language that nobody speaks here", HEAD, "[en]", "[en, »de]", "DEF-CHOICE"),
    Broken("a folder without English", HEAD, "[en]", "»[]", "DEF-CHOICE"),
    Broken("an id with a capital", INITIATIVES, "id: promises", "id: »Promise", "DEF-PATTERN"),
    Broken("a version of two numbers", HEAD, '"1.0.0"', '»"1.0"', "DEF-PATTERN"),
    Broken("a source that does not say whose", SERVICE, 'source: "own"', 'source: »"book"',
           "DEF-PATTERN"),
    Broken("an empty text", SERVICE, '"Promise"', '»" "', "DEF-VALUE"),
    Broken("a text that is still to be written", SERVICE, '"Promise"', '»"TODO"', "DEF-VALUE"),
    Broken("no licence", HEAD, '"CC0-1.0"', '»""', "DEF-VALUE"),
    Broken("a weight of nothing", SERVICE, '"1.5"', "»0", "DEF-VALUE"),
    Broken("a number that is none", SERVICE, '"1.5"', '»"much"', "DEF-VALUE"),
    Broken("a scale with a gap", HEAD, "levels:\n    - {id: level-0, level: 0",
           "levels:\n    »- {id: level-0, level: 3", "DEF-VALUE"),
    Broken("a dimension without items", SERVICE, f"items:\n{ITEMS}", "items: »[]\n",
           "DEF-VALUE"),
    Broken("an item that asks nobody", SERVICE, "[manager]", "»[]", "DEF-VALUE"),
)  # fmt: skip

IDS = (
    Broken("a link to no dimension", LINKS, "to: loyalty", "to: »loyalti", "DEF-UNKNOWN-ID",
           'did you mean "loyalty"?'),
    Broken("an audience that nobody is", SERVICE, "[manager]", "[manager, »manger]",
           "DEF-UNKNOWN-ID", 'did you mean "manager"?'),
    Broken("a group that is not there", SERVICE, "group: ways", "group: »wayz", "DEF-UNKNOWN-ID",
           'did you mean "ways"?'),
    Broken("a target for no dimension", HEAD, "{service: 1}", "{servce: »1}", "DEF-UNKNOWN-ID",
           'did you mean "service"?'),
    Broken("readiness of no dimension", HEAD, "readiness: [", "readiness: [»servce, ",
           "DEF-UNKNOWN-ID", 'did you mean "service"?'),
    Broken("a concept of no dimension", HEAD, "readiness:",
           'concepts:\n  - {id: trust, title: "T", text: "T", dimensions: [»trust], source: "own"}'
           "\nreadiness:", "DEF-UNKNOWN-ID"),
    Broken("a required initiative that is not there", INITIATIVES, "requires: []",
           "requires: [»promise]", "DEF-UNKNOWN-ID", 'did you mean "promises"?'),
    Broken("a phase that is not there", INITIATIVES, "phase: planning", "phase: »planing",
           "DEF-UNKNOWN-ID", 'did you mean "planning"?'),
    Broken("a role that is not there", INITIATIVES, "[marketing]", "[»marketting]",
           "DEF-UNKNOWN-ID", 'did you mean "marketing"?'),
    Broken("a rule about no dimension", RULES, "dimension: service", "dimension: »servce",
           "DEF-UNKNOWN-ID", 'did you mean "service"?'),
    Broken("a rule for no initiative", RULES, "[promises]", "[»promisses]", "DEF-UNKNOWN-ID",
           'did you mean "promises"?'),
    Broken("a rule that waits for no activity", RULES, EFFECT,
           "effect: {kind: hold, initiative: promises, until: »contrct}", "DEF-UNKNOWN-ID",
           'did you mean "contract"?'),
    Broken("a framework to plan with, without a crosswalk", HEAD, "readiness:",
           "plans_with: »qci\nreadiness:", "DEF-UNKNOWN-ID", "write crosswalks/qci.yaml"),
    Broken("an id that two things have", RULES, "id: careless", "id: »service",
           "DEF-DUPLICATE-ID"),
    Broken("a number that two dimensions have", "dimensions/loyalty.yaml", "number: 2",
           "number: »1", "DEF-DUPLICATE-ID"),
    Broken("a code that two rules have", RULES, 'source: "own"\n',
           f'source: "own"\n{SECOND_RULE}', "DEF-DUPLICATE-ID"),
    Broken("an item named after another dimension", SERVICE, "id: service.promise",
           "id: »servce.promise", "DEF-ITEM-ID"),
    Broken("dimensions that rest on one another", LINKS, "dependencies:\n",
           "dependencies:\n  »- {id: back, from: loyalty, to: service, strength: strong, "
           'reason: "R", source: "own"}\n', "DEF-CYCLE"),
    Broken("an initiative that requires itself", INITIATIVES, "requires: []",
           "requires: [»promises]", "DEF-CYCLE"),
)  # fmt: skip

LEVELS = (
    Broken("a level that is not described", SERVICE, '  0: "Nobody promises anything."\n  1',
           "  »1", "DEF-LEVEL-MISSING"),
    Broken("a level described that the scale does not have", SERVICE, 'kept."\nitems',
           'kept."\n  2: »"Promises are fun."\nitems', "DEF-LEVEL"),
    Broken("a level seen that the scale does not have", SERVICE, '1: "A list of',
           '7: »"A list of', "DEF-LEVEL"),
    Broken("a target above the scale", HEAD, "default: 1", "default: »2", "DEF-LEVEL"),
    Broken("a target of a dimension below the scale", HEAD, "{service: 1}", "{service: »-1}",
           "DEF-LEVEL"),
    Broken("a cap above the scale", HEAD, "confirmed_from: 1",
           "confirmed_from: 1, trend: {periods: 3, cap: »4}", "DEF-LEVEL"),
    Broken("evidence wanted above the scale", HEAD, "confirmed_from: 1", "confirmed_from: »2",
           "DEF-LEVEL"),
    Broken("an initiative that leads nowhere", INITIATIVES, "{from: 0, to: 1}",
           "»{from: 1, to: 1}", "DEF-LEVEL"),
    Broken("an initiative that leads off the scale", INITIATIVES, "to: 1", "to: »4", "DEF-LEVEL"),
    Broken("an estimate that falls", INITIATIVES, "[2, 4]", "»[4, 2]", "DEF-RANGE"),
    Broken("a share of more than all", HEAD, "confirmed_from: 1",
           "confirmed_from: 1, minimum_coverage: »2", "DEF-RANGE"),
    Broken("a contest of no levels", HEAD, "confirmed_from: 1",
           "confirmed_from: 1, contested_spread: »0", "DEF-RANGE"),
    Broken("largely is more than fully", HEAD, "confirmed_from: 1",
           'confirmed_from: 1, largely: »"9/10"', "DEF-RANGE"),
    Broken("layers that are not a whole", HEAD, 'layers: {intention: "0.4", reality: "0.6"}',
           'layers: »{intention: "0.4", reality: "0.7"}', "DEF-LAYERS"),
)  # fmt: skip

RATINGS = """\
rating_schemes:
  - id: assessor
    title: "A"
    kind: enabler
    step: 25
    cap: approach
    source: "own"
    elements:
      - id: approach
        title: "A"
        attributes: [{id: sound, title: "S", ask: "S?", anchors: {0: "N", 100: "F"}}]
"""
LAYERS = 'layers: {intention: "0.4", reality: "0.6"}\n'
OF_RESULTS = """\
  - {id: other, title: "O", kind: »enabler, source: "own", elements: [{id: use, title: "U",
     attributes: [{id: used, title: "U", ask: "U?", anchors: {0: "N", 100: "F"}}]}]}
"""


def broken_scheme(name: str, old: str, new: str, code: str, hint: str = "") -> Broken:
    return Broken(name, HEAD, LAYERS, LAYERS + RATINGS.replace(old, new), code, hint)


RATING_SCHEMES = (
    broken_scheme("a cap that is no element", "cap: approach", "cap: »aproach", "DEF-UNKNOWN-ID",
                  'did you mean "approach"?'),
    broken_scheme("steps that never come to 100", "step: 25", "step: »30", "DEF-RATING"),
    broken_scheme("words for a rating off the steps", '100: "F"', '30: »"M", 100: "F"',
                  "DEF-RATING"),
    broken_scheme("no words for the full rating", '{0: "N", 100: "F"}', '»{0: "N", 50: "F"}',
                  "DEF-RATING"),
    broken_scheme("an attribute called like its element", "{id: sound", "{id: »approach",
                  "DEF-DUPLICATE-ID"),
    Broken("two schemes for the same items", HEAD, LAYERS, LAYERS + RATINGS + OF_RESULTS,
           "DEF-RATING"),
)  # fmt: skip

RULES_AND_CASES = (
    Broken("a level of a rule that is no number", RULES, "at_most: 0", "at_most: »low",
           "DEF-VALUE"),
    Broken("a rule for a level that is not there", RULES, "{dimension: service, at_most: 0}",
           "»{dimension: service, at_least: 2}", "DEF-RULE"),
    Broken("a rule that asks for two levels at once", RULES, "{dimension: service, at_most: 0}",
           "»{dimension: service, at_least: 1, at_most: 0}", "DEF-RULE"),
    Broken("a rule without a condition", RULES, WHEN, "when: »{kind: levels}", "DEF-RULE"),
    Broken("a rule for weak links where none is moderate", RULES, WHEN,
           "when: {kind: edge-difference, strength: »moderate, at_least: 1}", "DEF-RULE"),
    Broken("a rule for targets that nobody can have", RULES, WHEN,
           "when: {kind: target, dimension: service, above: »1}", "DEF-RULE"),
    Broken("a cap that is told and not done", RULES, EFFECT, "effect: »{kind: cap, level: 1}",
           "DEF-RULE"),
    Broken("a case that does not hold", CASES, "overall: 1", "overall: »0", "DEF-TEST"),
    Broken("a case about no item", CASES, "{all: 1}", "{all: 1, service.promis: »1}",
           "DEF-UNKNOWN-ID", 'did you mean "service.promise"?'),
    Broken("a case that expects no score", CASES, "overall: 1", "overal: »1", "DEF-UNKNOWN-ID",
           'did you mean "overall"?'),
    Broken("a case with an answer off the scale", CASES, "{all: 1}", "{all: »5}", "DEF-LEVEL"),
)  # fmt: skip

NAMES = (
    Broken("a folder of another name", HEAD, "id: care", "id: »cure", "DEF-NAME"),
    Broken("a dimension that the head does not name", "dimensions/love.yaml", "", "id: love\n",
           "DEF-UNUSED", "name it under dimensions"),
    Broken("a file that nobody reads", "consistancy.yaml", "", "rules: []\n", "DEF-UNUSED",
           'did you mean "consistency.yaml"?'),
    Broken("texts in a language that the head does not name", "locale/zh/all.yaml", "",
           'manager: {title: "主管"}\n', "DEF-UNUSED", "add zh to languages"),
    Broken("an audience that nobody asks", HEAD, 'title: "Managers"}\n',
           'title: "Managers"}\n  - »{id: clerk, title: "Clerks"}\n', "DEF-UNUSED"),
    Broken("a group without dimensions", HEAD, 'title: "Ways"}\n',
           'title: "Ways"}\n  - »{id: ends, title: "Ends"}\n', "DEF-UNUSED"),
    Broken("a crosswalk from an item that is not there", CROSSWALK, "service.promise",
           "»service.promis", "DEF-UNKNOWN-ID", 'did you mean "service.promise"?'),
    Broken("a crosswalk to a framework that is not there", CROSSWALK, "to: drcrm", "to: »drcmr",
           "DEF-UNKNOWN-ID"),
    Broken("a crosswalk that begins elsewhere", CROSSWALK, "from: care", "from: »qci", "DEF-NAME"),
    Broken("a link stronger than equal", CROSSWALK, "strength: 1", "strength: »2", "DEF-RANGE"),
    Broken("a link that stands twice", CROSSWALK, 'reason: "R"}\n',
           'reason: "R"}\n  - »{from: service.promise, to: service.standards, relation: equal, '
           'strength: 1, reason: "R"}\n', "DEF-DUPLICATE-ID"),
)  # fmt: skip

MIGRATIONS = (
    Broken("a migration to another version than its file", "migrations/1.0.0.yaml", "",
           'to: »"0.9.0"\n', "DEF-NAME", 'call it "0.9.0.yaml"'),
    Broken("a migration to a version that is not there yet", "migrations/2.0.0.yaml", "",
           'to: »"2.0.0"\n', "DEF-MIGRATION", "raise its version"),
    Broken("steps to a version that keeps all meanings", "migrations/0.9.0.yaml", "",
           'to: "0.9.0"\nsteps:\n  »- {kind: drop, item: service.fax, reason: "R"}\n',
           "DEF-MIGRATION", "make it version 1.0.0"),
    Broken("a step to an item that is not there", "migrations/1.0.0.yaml", "",
           'to: "1.0.0"\nsteps:\n  - {kind: rename, item: service.vow, to: »service.promis}\n',
           "DEF-UNKNOWN-ID", 'did you mean "service.promise"?'),
    Broken("a step about nothing", "migrations/1.0.0.yaml", "",
           'to: "1.0.0"\nsteps:\n  - »{kind: drop, reason: "R"}\n', "DEF-VALUE"),
    Broken("two steps about one item", "migrations/1.0.0.yaml", "",
           'to: "1.0.0"\nsteps:\n  - {kind: drop, item: service.fax, reason: "R"}\n'
           '  - »{kind: drop, item: service.fax, reason: "R"}\n', "DEF-MIGRATION"),
    Broken("two items that become one", "migrations/1.0.0.yaml", "",
           'to: "1.0.0"\nsteps:\n  »- {kind: rename, item: service.a, to: service.promise}\n'
           '  - {kind: rename, item: service.b, to: service.promise}\n', "DEF-MIGRATION"),
    Broken("a scale that falls", "migrations/1.0.0.yaml", "",
           'to: "1.0.0"\nsteps:\n  - »{kind: rescale, levels: {0: 1, 1: 0}}\n', "DEF-VALUE"),
    Broken("a level of a scale that is no more", "migrations/1.0.0.yaml", "",
           'to: "1.0.0"\nsteps:\n  - {kind: rescale, levels: {0: 0, 1: »5}}\n', "DEF-LEVEL"),
)  # fmt: skip

TRANSLATIONS = (
    Broken("a text that is not translated", FA, 'manager: {title: "م"}', "manager: »{}",
           "DEF-TRANSLATION-MISSING"),
    Broken("a translation of nothing", FA, "careless: {", 'carelesss: »{title: "ب"}\ncareless: {',
           "DEF-TRANSLATION-UNKNOWN", 'did you mean "careless"?'),
    Broken("a translation of what holds no words", FA, "service.promise: {",
           "service.promise: »{weight: 9, ", "DEF-TRANSLATION-UNKNOWN"),
    Broken("a translation with another number of entries", FA, 'service.promise: {topic: "ق", ask: '
           '"ق؟", evidence: ["ف"]', 'service.promise: »{topic: "ق", ask: "ق؟", evidence: '
           '["ف", "ف"]', "DEF-TRANSLATION-SHAPE", "a list of 1 texts is expected"),
    Broken("a translation of other levels", FA, 'service: {title: "خ", short: "خ", purpose: "خ", '
           'levels: {0: "ن", 1', 'service: »{title: "خ", short: "خ", purpose: "خ", '
           'levels: {0: "ن", 2', "DEF-TRANSLATION-SHAPE",
           "texts for the levels 0, 1 are expected"),
    Broken("a translation of an id that stood before", FA, "careless: {", "»service: {x: y}\n"
           "careless: {", "DEF-DUPLICATE-KEY"),
)  # fmt: skip

ALL = (*WRITING, *FIELDS, *IDS, *LEVELS, *RATING_SCHEMES, *RULES_AND_CASES, *NAMES, *MIGRATIONS,
       *TRANSLATIONS)  # fmt: skip


def test_the_folders_that_are_spoilt_have_no_faults(tmp_path: Path) -> None:
    for number, files in enumerate((FILES, ENGLISH)):
        assert check_definition(write(tmp_path / str(number) / "care", files)).problems == ()


@pytest.mark.parametrize("broken", ALL, ids=lambda one: one.name)
def test_one_fault_is_told_once_with_its_code_at_its_place(broken: Broken, tmp_path: Path) -> None:
    files = dict(FILES if broken.file == FA else ENGLISH)
    before = files.get(broken.file, "")
    assert broken.old in before, f"{broken.file} holds no {broken.old!r}"
    marked = before.replace(broken.old, broken.new, 1)
    line, column = place_of(marked, "»") if "»" in marked else (0, 0)
    folder = write(tmp_path / "care", {**files, broken.file: marked.replace("»", "")})

    found = check_definition(folder).problems

    told = [(str(one.location), one.code) for one in found]
    place = f"care/{broken.file}:{line}:{column}" if line else f"care/{broken.file}"
    assert told == [(place, broken.code)], "\n".join(map(str, found))
    assert (found[0].hint or "").startswith(broken.hint)
