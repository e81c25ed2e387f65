"""Make the sample engagement of `crmplan demo`: one company, told in three languages.

    python tools/make_examples.py

Reads examples/home-appliances/: answers (`answers.csv`), ids and numbers (`facts.yaml`,
`evidence.yaml`, `working-papers.yaml`, `surveys.yaml`) and words (`texts.LANGUAGE.yaml`,
`working-papers.LANGUAGE.yaml`); writes `engagement.LANGUAGE.json` beside them.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from sample_papers import papers

from crmplan.assessment.engagement import Engagement
from crmplan.exchange.engagement_json import to_json
from crmplan.localisation.locale import LANGUAGES, LanguageCode, Locale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parents[1] / "examples" / "home-appliances"
STATES = {"na": "not-applicable", "?": "unknown"}


def main() -> None:
    """Write the engagement in every language."""
    for language in LANGUAGES:
        written = to_json(engagement(language))
        (FOLDER / f"engagement.{language}.json").write_text(written, encoding="utf-8")


def engagement(language: LanguageCode) -> Engagement:
    """Put answers, facts and the words of one language together."""
    facts, texts = _read("facts"), _read(f"texts.{language}")
    framework, held_on = facts["framework"], facts["held_on"]
    here = {"framework": framework["id"]}
    locale = Locale(language, texts["settings"]["calendar"])
    people = {column: person["name"] for column, person in texts["respondents"].items()}
    words = _read(f"working-papers.{language}")
    return Engagement.model_validate(
        {
            "organisation": facts["organisation"] | texts["organisation"],
            "settings": {"language": language} | texts["settings"],
            "frameworks": [framework | {"held_on": held_on}],
            "respondents": [
                person | texts["respondents"][column]
                for column, person in facts["respondents"].items()
            ],
            "responses": [here | one for one in _responses(facts["respondents"], texts)],
            "evidence": [here | one for one in _evidence(texts, locale)],
            "decisions": [
                here | one | texts["decisions"][one["item"]] | {"decided_on": held_on}
                for one in facts["decisions"]
            ],
            "targets": [
                here | {"dimension": one, "level": level} for one, level in facts["targets"].items()
            ],
            "importances": [
                here | {"dimension": one, "importance": importance}
                for one, importance in facts["importances"].items()
            ],
            "factors": [
                one | {"note": texts["factors"][one["factor"]]} for one in facts["factors"]
            ],
        }
        | papers(_read("working-papers"), words, _read("surveys"), people)
    )


def _responses(
    respondents: Mapping[str, Any], texts: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """Give the answers; with two layers, what a person said stands with the practice."""
    with (FOLDER / "answers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            item, layer = row["item"], row["layer"]
            for column, person in respondents.items():
                if not (cell := row[column]):
                    continue
                answer = {"respondent": person["id"], "item": item, "layer": layer}
                said = "" if layer == "intention" else texts["notes"].get(f"{item}@{column}", "")
                yield answer | {"note": said} | _answer(cell, item, column, texts["reasons"])


def _answer(cell: str, item: str, column: str, reasons: Mapping[str, str]) -> dict[str, Any]:
    """Give what a cell says; a person's own reason goes before the reason that all gave."""
    if cell not in STATES:
        return {"level": int(cell)}
    reason = reasons.get(f"{item}@{column}") or reasons.get(item, "")
    return {"state": STATES[cell], "reason": reason}


def _evidence(texts: Mapping[str, Any], locale: Locale) -> Iterator[dict[str, Any]]:
    """Give what was seen, its figures and dates written as the language writes them."""
    for one in _read("evidence"):
        figures = {name: locale.whole(figure) for name, figure in one.get("figures", {}).items()}
        reference = one["reference"]
        yield one["seen"] | {
            "id": one["id"],
            "item": one["item"],
            "title": texts["evidence"][one["id"]].format(**figures),
            "reference": texts["reference"].format(
                number=reference["number"], date=locale.date(date.fromisoformat(reference["date"]))
            ),
        }


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
