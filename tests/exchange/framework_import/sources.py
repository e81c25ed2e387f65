"""Small frameworks of our own, written in the formats that others publish in."""

from __future__ import annotations

import io
import json
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from crmplan.exchange.framework_import import Form, ImportReport, import_framework

Sheets = Mapping[str, Sequence[Sequence[object]]]


def imported(source: Path, tmp_path: Path, **options: Any) -> ImportReport:
    """Import a source into ``frameworks`` beside it."""
    return import_framework(source, form=None, out=tmp_path / "frameworks", **options)


def write(path: Path, text: str) -> Path:
    """Write a file, indented as it stands in the test."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


_SAMM = {
    "functions/Growing": "{type: Function, id: f1, name: Growing, order: 1, description: Plants}",
    "practices/Watering": (
        "{type: Practice, id: p1, function: f1, name: Watering, shortName: W, order: 1,\n"
        " shortDescription: Plants get water., longDescription: Long story}"
    ),
    "practices/Pruning": (
        "{type: Practice, id: p2, function: f1, name: Pruning, shortName: P, order: 2,\n"
        " shortDescription: Plants are cut.}"
    ),
    "levels/1": "{type: MaturityLevel, id: m1, number: 1}",
    "levels/2": "{type: MaturityLevel, id: m2, number: 2}",
    "streams/W-A": "{type: Stream, id: s1, practice: p1, name: Rain, letter: A, order: 1}",
    "streams/P-A": "{type: Stream, id: s2, practice: p2, name: Knife, letter: A, order: 1}",
    "answers/A": (
        "{type: AnswerSet, id: a1, values: [{text: No, value: 0}, {text: Some, value: 0.25},\n"
        " {text: Half, value: 0.5}, {text: Most, value: 1}]}"
    ),
}


def samm(folder: Path, extra: Mapping[str, str] | None = None) -> Path:
    """A model of two practices with two levels each, one question a level."""
    files = dict(_SAMM)
    for practice, stream in (("p1", "s1"), ("p2", "s2")):
        for level in (1, 2):
            name = f"{practice}l{level}"
            files[f"practice_levels/{name}"] = (
                f"{{type: PracticeLevel, id: {name}, practice: {practice}, "
                f"maturityLevel: m{level}, objective: Reach {name}}}"
            )
            files[f"activities/{name}"] = (
                f"{{type: Activity, id: act-{name}, stream: {stream}, level: {name}, "
                f"title: Do {name}, benefit: Green}}"
            )
            files[f"questions/{name}"] = (
                f"{{type: Question, id: q-{name}, activity: act-{name}, answerSet: a1, order: 1, "
                f"text: Is {name} done?, quality: [Daily, With care]}}"
            )
    for name, text in (files | dict(extra or {})).items():
        write(folder / f"{name}.yml", text)
    return folder


def lens(path: Path, *, rules: Sequence[tuple[str, str]] | None = None, **fields: Any) -> Path:
    """A lens of one pillar with one question and two good practices."""
    given = rules or [("a && b", "NO_RISK"), ("!a", "HIGH_RISK"), ("default", "MEDIUM_RISK")]
    question = {
        "id": "q1",
        "title": "How do you keep plants alive?",
        "choices": [
            {"id": "a", "title": "Water them", "improvementPlan": {"displayText": "Buy a can"}},
            {"id": "b", "title": "Give them light"},
            {"id": "q1_no", "title": "None of these"},
        ],
        "riskRules": [{"condition": condition, "risk": risk} for condition, risk in given],
    }
    pillar = {"id": "care", "name": "Care", "questions": [question]}
    value = {"schemaVersion": "2021-11-01", "name": "Garden lens", "description": "Of plants"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**value, "pillars": [pillar], **fields}, indent=1), "utf-8")
    return path


DSOMM = """
    ---
    meta: {version: 4.1.2}
    ---
    Garden:
      Soil:
        Turn the soil:
          uuid: 11
          level: 1
          measure: Turn it every spring
          risk: Roots find no air
          assessment: Show the spade
          difficultyOfImplementation: {knowledge: 1, time: 1, resources: 2}
          usefulness: 3
        Feed the soil:
          uuid: 12
          level: 3
          measure: Add compost
          difficultyOfImplementation: {time: 3, resources: 2}
          dependsOn: [11]
      Seeds:
        Choose seeds:
          uuid: 21
          level: 2
          measure: Choose what grows here
          dependsOn: [12]
    """


def dsomm(path: Path, text: str = DSOMM) -> Path:
    """A model of two sub-dimensions and three activities in a row."""
    return write(path, text)


_LIBRARY = """\
urn: urn:own:risk:library:NAME
locale: en
ref_id: NAME
name: Library of NAME
copyright: CC0-1.0, for tests
version: 3
provider: crmplan
packager: tests
objects:
  framework:
    urn: urn:own:risk:framework:NAME
    ref_id: NAME
    name: Rules of the NAME
    description: What a NAME needs
SCORES
    requirement_nodes:
    - {urn: "urn:NAME:1", assessable: false, depth: 1, ref_id: "1", name: Water}
    - {urn: "urn:NAME:1.1", parent_urn: "urn:NAME:1", assessable: true, depth: 2,
       ref_id: "1.1", description: Plants get water, typical_evidence: A can, weight: 2}
    - {urn: "urn:NAME:1.2", parent_urn: "urn:NAME:1", assessable: true, depth: 2,
       ref_id: "1.2", name: Rain is collected}
"""


def library(name: str = "garden", *, scores: str = "", nodes: str = "") -> str:
    """The text of a library with a framework of one branch and two requirements."""
    text = _LIBRARY.replace("NAME", name).replace("SCORES", textwrap.indent(scores, "    "))
    return text + textwrap.indent(textwrap.dedent(nodes), "    ")


def mapping(source: str = "garden", target: str = "park", *, links: str = "") -> str:
    """The text of a library with a mapping set."""
    head = textwrap.dedent(f"""\
        urn: urn:own:risk:library:mapping
        objects:
          requirement_mapping_sets:
          - source_framework_urn: urn:own:risk:framework:{source}
            target_framework_urn: urn:own:risk:framework:{target}
            requirement_mappings:
        """)
    return head + textwrap.indent(textwrap.dedent(links), "    ")


FORM: Sheets = {
    "survey": [
        ["type", "name", "label::English (en)", "label::Deutsch (de)", "relevant"],
        ["begin_group", "g1", "Water", "Wasser", ""],
        ["select_one often", "can", "Do plants get water?", "Wasser?", ""],
        ["select_one yes_no", "rain", "Is rain collected?", "Regen?", "${can} > 1"],
        ["end_group"],
        ["text", "remark", "Anything else?"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)"],
        ["often", "1", "Never"],
        ["often", "2", "Sometimes"],
        ["often", "3", "Always"],
        ["often", "na", "Not applicable"],
        ["yes_no", "yes", "Yes"],
        ["yes_no", "no", "No"],
    ],
    "settings": [["form_title", "version"], ["Garden form", "2.1"]],
}


def xlsform(path: Path, sheets: Sheets = FORM) -> Path:
    """A form of one group with two graded questions."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, str(cell))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(target.getvalue())
    return path


def small(form: Form, folder: Path) -> Path:
    """A small source of a format."""
    match form:
        case "samm":
            return samm(folder / "samm")
        case "aws-lens":
            return lens(folder / "lens.json")
        case "dsomm":
            return dsomm(folder / "model.yaml")
        case "ciso-assistant":
            return write(folder / "library.yaml", library())
        case "xlsform":
            return xlsform(folder / "form.xlsx")
