"""What changed between two versions of a framework, and which number of the version that moves."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from builders import catalogue, framework

from crmplan.assessment.definition import changed
from crmplan.assessment.framework import Framework
from crmplan.assessment.framework_changes import Change, compare
from crmplan.assessment.migration import Migration

OLD = framework({"service": {"promise": 1, "speed": 1}}, highest=3)


def later(number: str, items: Mapping[str, object] | None = None, **options: object) -> Framework:
    options = {"highest": 3, **options}
    made = framework({"service": items or {"promise": 1, "speed": 1}}, **options)  # type: ignore[arg-type]
    return changed(made, version=number)


def migration(*steps: Mapping[str, object]) -> Migration:
    return Migration.model_validate({"to": "2.0.0", "steps": steps})


def test_the_same_framework_has_no_changes() -> None:
    found = compare(OLD, OLD)

    assert found.changes == ()
    assert found.needed == "1.0.0"


def test_an_item_that_is_gone_moves_the_first_number_and_wants_a_step() -> None:
    found = compare(OLD, later("2.0.0", {"promise": 1}))

    assert found.changes == (Change("major", "items", "service.speed", "gone", (), False),)
    assert found.needed == "2.0.0"
    assert not found.is_honest


@pytest.mark.parametrize(
    ("step", "how", "details"),
    [
        ({"kind": "rename", "to": "service.promise"}, "renamed", ("service.promise",)),
        ({"kind": "split", "to": ["service.a", "service.b"]}, "split", ("service.a", "service.b")),
        ({"kind": "drop", "reason": "nobody asks"}, "dropped", ("nobody asks",)),
    ],
)
def test_a_step_says_what_became_of_it(
    step: Mapping[str, object], how: str, details: tuple[str, ...]
) -> None:
    steps = migration({"item": "service.speed", **step})

    found = compare(OLD, later("2.0.0", {"promise": 1}), migrations=[steps])

    assert found.changes == (Change("major", "items", "service.speed", how, details),)
    assert found.is_honest


def test_another_scale_moves_the_first_number() -> None:
    rescale = migration({"kind": "rescale", "levels": {0: 0, 1: 1, 2: 3, 3: 5}})
    new = later("2.0.0", highest=5)

    (first, *_) = compare(OLD, new).changes
    explained = compare(OLD, new, migrations=[rescale])

    assert first == Change("major", "scale", "", "changed", ("0–3", "0–5"), False)
    assert explained.is_honest


def test_a_new_item_and_another_weight_move_the_second_number() -> None:
    found = compare(OLD, later("1.1.0", {"promise": 2, "speed": 1, "care": 1}))

    assert [(one.moves, one.id, one.how, one.details) for one in found.changes] == [
        ("minor", "service.care", "new", ()),
        ("minor", "service.promise", "changed", ("weight",)),
    ]
    assert found.needed == "1.1.0"
    assert found.is_honest


def test_other_words_move_the_third_number() -> None:
    found = compare(OLD, changed(OLD, version="1.0.1", title="Other", summary="Other"))

    assert [(one.moves, one.what) for one in found.changes] == [
        ("patch", "title"),
        ("patch", "summary"),
    ]
    assert found.needed == "1.0.1"


def test_a_version_that_says_too_little_is_not_honest() -> None:
    found = compare(OLD, later("1.0.1", {"promise": 1, "speed": 1, "care": 1}))

    assert found.needed == "1.1.0"
    assert not found.is_honest


def test_initiatives_are_compared_too() -> None:
    before = catalogue("audit service 0>2").initiatives
    after = catalogue("audit service 0>3\nsurvey service 1>2").initiatives

    found = compare(OLD, changed(OLD, version="1.1.0"), initiatives=(before, after))

    assert [(one.id, one.how, one.details) for one in found.changes] == [
        ("survey", "new", ()),
        ("audit", "changed", ("level",)),
    ]


RATED = """\
rating_schemes:
  - {id: assessor, title: "A", kind: enabler, step: 25, source: "own", elements: [
     {id: approach, title: "A", attributes: [
       {id: sound, title: "S", ask: "S?", anchors: {0: "N", 100: "F"}}]}]}
"""


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [
        ('ask: "S?"', 'ask: "Is it?"', "patch"),
        ("step: 25,", "step: 25, cap: approach,", "minor"),
        ("step: 25,", "step: 20,", "major"),
        ("id: sound", "id: founded", "major"),
    ],
    ids=["other words", "a cap", "other steps", "another attribute"],
)
def test_a_rating_scheme_moves_the_version_by_what_becomes_of_ratings(
    old: str, new: str, moves: str
) -> None:
    before = later("1.0.0", extra=RATED)

    (change,) = compare(before, later("2.0.0", extra=RATED.replace(old, new))).changes

    assert (change.what, change.id, change.moves) == ("rating_schemes", "enabler", moves)


def test_a_rating_scheme_that_is_gone_moves_the_first_number() -> None:
    rated = later("1.0.0", extra=RATED)

    assert [one.moves for one in compare(rated, later("2.0.0")).changes] == ["major"]
    assert [one.moves for one in compare(OLD, rated).changes] == ["minor"]
