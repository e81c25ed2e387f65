"""Replies to the surveys of the sample: forms that fit a small table, the same each time.

Reads `surveys.yaml`. Every person leans a little up or down in all answers, and answers differ a
little besides, so that means come near the table and no two forms are alike.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KANO = {
    "M": ((2, 5), (3, 5), (2, 5)),
    "O": ((1, 5),),
    "A": ((1, 3), (1, 4), (1, 2)),
    "I": ((3, 3), (2, 3), (3, 4), (2, 2)),
    "R": ((5, 3), (4, 1), (5, 2)),
    "Q": ((1, 1),),
}
"""Answers, with and without, that give a letter; see docs/method/kano.md."""
WORKING_WEEK = 5
Answers = dict[str, str]


def replies(surveys: Mapping[str, Any], texts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the filled forms of all surveys, with the words of one language.

    Args:
        surveys: what stands in `surveys.yaml`.
        texts: names of ``groups``, and ``comments`` per survey and question.
    """
    for survey, facts in surveys.items():
        groups = [group for group, size in facts["groups"].items() for _ in range(size)]
        comments = texts["comments"].get(survey, {})
        begin = date.fromisoformat(facts["first_day"])
        for number, answers in enumerate(_all_answers(survey, facts)):
            yield {
                "survey": survey,
                "form": f"{number + 1:03}",
                "group": texts["groups"][groups[number]],
                "answered_on": begin + timedelta(days=number % WORKING_WEEK),
                "answers": answers | _comment(comments, number, len(groups)),
            }


def _all_answers(survey: str, facts: Mapping[str, Any]) -> Iterator[Answers]:
    chance = Random(survey)
    for place, size in enumerate(facts["groups"].values()):
        if "letters" in facts:
            yield from _in_pairs(facts["letters"], place, size, chance)
        else:
            yield from (_by_means(facts, place, number, chance) for number in range(size))


def _by_means(facts: Mapping[str, Any], place: int, number: int, chance: Random) -> Answers:
    steps = facts["steps"]
    lean = _swing(chance)
    answers = {}
    for question, means in facts["means"].items():
        is_blank = chance.random() * 100 < facts.get("blank", {}).get(question, 0)
        for name, mean in zip(_names(question, means[place], facts), means[place], strict=True):
            value = round(mean + steps["spread"] * (lean + _swing(chance)))
            if not is_blank:
                answers[name] = str(min(max(value, steps["lowest"]), steps["highest"]))
    for question, amounts in facts.get("amounts", {}).items():
        answers[question] = str(amounts[number % len(amounts)])
    return answers


def _names(question: str, means: Sequence[float], facts: Mapping[str, Any]) -> list[str]:
    """Name the answers to a question: by its id, and by its prompts where it has several."""
    if len(means) == 1:
        return [question]
    return [f"{question}.{prompt}" for prompt in facts["prompts"]]


def _swing(chance: Random) -> float:
    """Give a number from -1.5 to 1.5, mostly near 0."""
    return sum(chance.random() for _ in range(3)) - 1.5


def _in_pairs(
    letters: Mapping[str, Sequence[str]], place: int, size: int, chance: Random
) -> Iterator[Answers]:
    forms: list[Answers] = [{} for _ in range(size)]
    for question, counts in letters.items():
        drawn = [one[0] for one in counts[place].split() for _ in range(int(one[1:]))]
        chance.shuffle(drawn)
        for form, letter in zip(forms, drawn, strict=True):
            with_it, without_it = chance.choice(KANO[letter])
            form |= {f"{question}.with": str(with_it), f"{question}.without": str(without_it)}
    yield from forms


def _comment(comments: Mapping[str, Sequence[str]], number: int, people: int) -> Answers:
    """Give what a person wrote; the comments lie evenly among the forms."""
    return {
        question: said[number * len(said) // people]
        for question, said in comments.items()
        if number == 0 or number * len(said) // people != (number - 1) * len(said) // people
    }
