"""A small survey, and replies to it, as tests need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crmplan.assessment.client_records import SurveyReply
from crmplan.assessment.survey import Survey

TEXTS = {"title": "Title", "meaning": "Meaning", "source": "own"}
STEPS = {"id": "steps", "kind": "steps", "lowest": 1, "highest": 7, "source": "own"}


def survey(*results: Mapping[str, Any], shown_from: int = 1, claims_from: int = 2) -> Survey:
    """A survey: two things expected and got, a likelihood, two amounts, a feature, a comment."""
    prompts = {
        "expected": "steps",
        "got": "steps",
        "likely": "tenths",
        "number": "amount",
        "with": "feeling",
        "without": "feeling",
        "said": "words",
    }
    questions = {
        "speed": ["expected", "got"],
        "care": ["expected", "got"],
        "recommend": ["likely"],
        "days": ["number"],
        "orders": ["number"],
        "lift": ["with", "without"],
        "remark": ["said"],
    }
    return Survey.model_validate(
        {
            "id": "small",
            "version": "1.0.0",
            "title": "Small",
            "summary": "A small survey.",
            "licence": "CC0-1.0",
            "source": "own",
            "languages": ["en"],
            "asked_of": "Customers.",
            "introduction": "Dear customer of {organisation}",
            "reporting": {"shown_from": shown_from, "claims_from": claims_from},
            "scales": [
                {**STEPS, "labels": {1: "Poor", 7: "Excellent"}},
                {
                    **STEPS,
                    "id": "tenths",
                    "lowest": 0,
                    "highest": 10,
                    "labels": {0: "No", 10: "Yes"},
                },
                {**STEPS, "id": "feeling", "highest": 5, "labels": {1: "Like", 5: "Dislike"}},
                {"id": "amount", "kind": "amount", "unit": "number", "lowest": 0, "source": "own"},
                {"id": "words", "kind": "comment", "source": "own"},
            ],
            "prompts": [
                {"id": name, "ask": name.title(), "scale": scale, "source": "own"}
                for name, scale in prompts.items()
            ],
            "zones": [
                {**zone, "title": "Zone", "meaning": "M", "behaviour": "B", "source": "own"}
                for zone in (
                    {"id": "rejection"},
                    {"id": "indifference", "at_least": 3},
                    {"id": "preference", "at_least": 5},
                )
            ],
            "sections": [
                {
                    "id": "all",
                    "title": "All",
                    "source": "own",
                    "questions": [
                        {"id": name, "text": name.title(), "prompts": asked, "source": "own"}
                        for name, asked in questions.items()
                    ],
                }
            ],
            "results": [{**TEXTS, **result} for result in results],
        }
    )


def replies(
    *answers: Mapping[str, object], groups: Sequence[str] = (), days: Sequence[date] = ()
) -> tuple[SurveyReply, ...]:
    """Replies with forms 1, 2, 3 and so on."""
    return tuple(
        SurveyReply(
            survey="small",
            form=str(number + 1),
            group=groups[number] if groups else "",
            answered_on=days[number] if days else None,
            answers={key: str(value) for key, value in given.items()},
        )
        for number, given in enumerate(answers)
    )
