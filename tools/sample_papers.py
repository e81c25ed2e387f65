"""Records of the sample that stand beside the assessment: measures, processes, requirements, more.

Reads `working-papers.yaml`, `working-papers.LANGUAGE.yaml` and `surveys.yaml`. Words of one thing
stand under the same id as its numbers; an owner is one of the people of the assessment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sample_replies import replies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Facts = dict[str, Any]
VERSION = "1.0.0"


def papers(
    facts: Facts, texts: Facts, surveys: Facts, people: Mapping[str, str]
) -> dict[str, list[Facts]]:
    """Give the records by field of the engagement.

    Args:
        facts: ids and numbers.
        texts: words of one language.
        surveys: how customers replied, in short.
        people: name of each person, by the column of the answers.
    """
    packages = facts["packages"]
    of_packages = {"evaluation": packages["evaluation"]}
    return {
        "definitions": [
            {"id": name, "kind": kind, "version": VERSION}
            for name, kind in facts["definitions"].items()
        ],
        "measure_targets": list(_targets(facts["measures"], people)),
        "measure_readings": list(_readings(facts["measures"], texts["readings"])),
        "process_ratings": list(_processes(facts, texts["processes"], people)),
        "requirements": [
            {
                "id": name,
                **one,
                **texts["requirements"][name],
                "raised_by": people[one["raised_by"]],
            }
            for name, one in facts["requirements"].items()
        ],
        "package_candidates": [
            of_packages | {"id": name} | texts["packages"][name] for name in packages["candidates"]
        ],
        "package_scores": [of_packages | one for one in _scores(packages, texts["scores"])],
        "criterion_weights": [
            of_packages | {"criterion": name} | dict(zip(("weight", "minimum"), set_, strict=False))
            for name, set_ in packages["weights"].items()
        ],
        "survey_replies": list(replies(surveys, texts)),
        "worksheet_entries": list(_entries(facts["worksheets"], texts["worksheets"], people)),
    }


def _targets(measures: Facts, people: Mapping[str, str]) -> Iterator[Facts]:
    for name, target in measures["targets"].items():
        owner = people[target["owner"]] if "owner" in target else ""
        yield {"strategy_map": measures["strategy_map"], "measure": name, **target, "owner": owner}


def _readings(measures: Facts, notes: Mapping[str, str]) -> Iterator[Facts]:
    """Give the readings; what is known of a measure is noted with its first."""
    for name, values in measures["readings"].items():
        for number, (day, value) in enumerate(values.items()):
            reading = {"strategy_map": measures["strategy_map"], "measure": name}
            note = "" if number else notes.get(name, "")
            yield reading | {"on": day, "value": value, "note": note}


def _processes(
    facts: Facts, notes: Mapping[str, str], people: Mapping[str, str]
) -> Iterator[Facts]:
    for catalogue, processes in facts["processes"].items():
        for name, one in processes.items():
            yield {
                "catalogue": catalogue,
                "process": name,
                "process_class": one["class"],
                "criteria": dict(zip(facts["criteria"], one["levels"], strict=True)),
                "dimensions": one["dimensions"],
                "initiatives": one.get("initiatives", []),
                "owner": people[one["owner"]] if "owner" in one else "",
                "note": notes.get(name, ""),
            }


def _scores(packages: Facts, notes: Mapping[str, str]) -> Iterator[Facts]:
    for criterion, scores in packages["scores"].items():
        for candidate, score in zip(packages["candidates"], scores, strict=True):
            note = notes.get(f"{criterion}@{candidate}", "")
            yield {"candidate": candidate, "criterion": criterion, "score": score, "note": note}


def _entries(worksheets: Facts, texts: Facts, people: Mapping[str, str]) -> Iterator[Facts]:
    for worksheet, parts in worksheets.items():
        for part, rows in parts.items():
            words = texts[worksheet].get(part, {})
            for row, cells in rows.items():
                written = {name: str(cell) for name, cell in cells.items()} | words.get(row, {})
                if "owner" in written:
                    written["owner"] = people[written["owner"]]
                yield {"worksheet": worksheet, "part": part, "row": row, "cells": written}
