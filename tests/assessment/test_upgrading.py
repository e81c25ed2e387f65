"""What was said with one version of a framework, carried over to a later one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from builders import HELD_ON, framework
from hypothesis import given
from hypothesis import strategies as st

from crmplan.assessment.definition import changed
from crmplan.assessment.engagement import Engagement
from crmplan.assessment.framework import Framework
from crmplan.assessment.migration import Migration, Rescale, migrations_between
from crmplan.assessment.responses import (
    Decision,
    Evidence,
    FrameworkUse,
    Importance,
    Organisation,
    Respondent,
    Response,
    Target,
)
from crmplan.assessment.upgrading import upgrade
from crmplan.errors import UpgradeError


def version(number: str, items: Mapping[str, object], **options: object) -> Framework:
    """A framework of one dimension, service, in some version."""
    made = framework({"service": items}, **options)  # type: ignore[arg-type]
    return changed(made, version=number)


def migration(to: str, *steps: Mapping[str, object]) -> Migration:
    return Migration.model_validate({"to": to, "steps": steps})


def response(item: str, level: int, *, who: str = "ada", layer: str = "overall") -> Response:
    return Response.model_validate(
        {"framework": "care", "respondent": who, "item": item, "level": level, "layer": layer}
    )


def engagement(*records: object, on: str = "1.0.0", profile: str = "usual") -> Engagement:
    """An engagement with some records of the framework ``care``."""
    fields: dict[type, str] = {
        Response: "responses",
        Evidence: "evidence",
        Decision: "decisions",
        Target: "targets",
        Importance: "importances",
    }
    made = Engagement(
        organisation=Organisation(name="Alborz"),
        frameworks=(FrameworkUse(id="care", version=on, profile=profile, held_on=HELD_ON),),
        respondents=(Respondent(id="ada", name="Ada", group="manager"),),
    )
    for kind, field in fields.items():
        found = tuple(one for one in records if isinstance(one, kind))
        made = made.model_copy(update={field: found})
    return made


def test_every_kind_of_step_by_hand() -> None:
    decision = Decision(
        framework="care", item="service.speed", level=3, method="majority", reason="R",
        decided_by="B", decided_on=HELD_ON,
    )  # fmt: skip
    seen = Evidence(
        id="e1", framework="care", item="service.speed", kind="document", title="T", supports=2
    )
    old = engagement(
        response("service.promise", 2),
        response("service.speed", 1),
        response("service.fax", 3),
        decision,
        seen,
        Target(framework="care", dimension="service", level=Fraction(3, 2)),
        Importance(framework="care", dimension="service", importance=5),
    )
    steps = migration(
        "2.0.0",
        {"kind": "rename", "item": "service.promise", "to": "service.vow"},
        {"kind": "split", "item": "service.speed", "to": ["service.reply", "service.delivery"]},
        {"kind": "drop", "item": "service.fax", "reason": "nobody has one"},
        {"kind": "rescale", "levels": {0: 0, 1: 2, 2: 3, 3: 5}},
    )
    new = version("2.0.0", {"vow": 1, "reply": 1, "delivery": 1})

    done = upgrade(old, new, [steps])

    now = done.engagement
    assert [(one.item, one.level) for one in now.responses] == [
        ("service.vow", 3),
        ("service.reply", 2),
        ("service.delivery", 2),
    ]
    assert [(one.item, one.level) for one in now.decisions] == [
        ("service.reply", 5),
        ("service.delivery", 5),
    ]
    assert [(one.id, one.item, one.supports) for one in now.evidence] == [
        ("e1", "service.reply", 3),
        ("e1-2", "service.delivery", 3),
    ]
    assert [one.level for one in now.targets] == [Fraction(5, 2)]
    assert now.importances == old.importances
    assert now.frameworks[0].version == "2.0.0"
    fates = [one.fate for one in done.records]
    assert fates == ["renamed", "split", "dropped", "split", "split", "rescaled", "kept"]
    (dropped,) = done.of("dropped")
    assert (dropped.before, dropped.reason) == (response("service.fax", 3), "nobody has one")


def test_what_other_frameworks_hold_stays_as_it_is() -> None:
    other = Response(framework="other", respondent="ada", item="service.promise", level=1)
    steps = migration("2.0.0", {"kind": "rename", "item": "service.promise", "to": "service.vow"})

    done = upgrade(engagement(other), version("2.0.0", {"vow": 1}), [steps])

    assert done.engagement.responses == (other,)
    assert done.records == ()


def test_items_go_with_their_dimension_unless_a_step_is_about_them() -> None:
    old = engagement(
        response("service.promise", 2),
        response("service.speed", 1),
        Target(framework="care", dimension="service", level=Fraction(2)),
    )
    steps = migration(
        "2.0.0",
        {"kind": "rename", "dimension": "service", "to": "help"},
        {"kind": "rename", "item": "service.speed", "to": "help.pace"},
    )
    new = changed(framework({"help": {"promise": 1, "pace": 1}}), version="2.0.0")

    now = upgrade(old, new, [steps]).engagement

    assert [one.item for one in now.responses] == ["help.promise", "help.pace"]
    assert [one.dimension for one in now.targets] == ["help"]


def test_two_items_can_exchange_their_ids() -> None:
    old = engagement(response("service.promise", 1), response("service.speed", 2))
    steps = migration(
        "2.0.0",
        {"kind": "rename", "item": "service.promise", "to": "service.speed"},
        {"kind": "rename", "item": "service.speed", "to": "service.promise"},
    )

    now = upgrade(old, version("2.0.0", {"promise": 1, "speed": 1}), [steps]).engagement

    assert {one.item: one.level for one in now.responses} == {
        "service.speed": 1,
        "service.promise": 2,
    }


def test_migrations_of_all_versions_between_are_taken_in_their_order() -> None:
    second = migration("2.0.0", {"kind": "rename", "item": "service.a", "to": "service.b"})
    tenth = migration("10.0.0", {"kind": "rename", "item": "service.b", "to": "service.c"})
    old = engagement(response("service.a", 2))

    now = upgrade(old, version("10.0.0", {"c": 1}), [tenth, second]).engagement

    assert [one.item for one in now.responses] == ["service.c"]
    assert migrations_between([tenth, second], before="2.0.0", after="9.9.9") == ()


def test_a_later_minor_version_keeps_every_answer() -> None:
    old = engagement(response("service.promise", 2))

    done = upgrade(old, version("1.1.0", {"promise": 1, "speed": 1}), [])

    assert done.engagement.responses == old.responses
    assert done.use.version == "1.1.0"


def test_a_target_profile_that_has_another_name_is_found() -> None:
    steps = migration("2.0.0", {"kind": "rename", "profile": "mid", "to": "usual"})

    done = upgrade(engagement(profile="mid"), version("2.0.0", {"promise": 1}), [steps])

    assert done.use.profile == "usual"


def test_of_plan_and_practice_one_can_become_the_answer() -> None:
    old = engagement(
        response("service.promise", 4, layer="intention"),
        response("service.promise", 2, layer="reality"),
    )
    steps = migration("2.0.0", {"kind": "one-layer", "take": "reality"})

    done = upgrade(old, version("2.0.0", {"promise": 1}), [steps])

    assert [(one.layer, one.level) for one in done.engagement.responses] == [("overall", 2)]
    assert [one.before.level for one in done.of("dropped") if isinstance(one.before, Response)] == [
        4
    ]


def test_nothing_is_carried_where_the_new_version_has_no_place_for_it() -> None:
    old = engagement(
        response("service.promise", 2),
        response("service.speed", 5),
        Target(framework="care", dimension="loyalty", level=Fraction(2)),
        profile="mid",
    )

    with pytest.raises(UpgradeError) as error:
        upgrade(old, version("2.0.0", {"speed": 1}, highest=3), [])

    assert error.value.message == (
        "care 2.0.0 has no place for what was recorded: dimension 'loyalty' is gone; "
        "item 'service.promise' is gone; level 5 of 'service.speed' is off the scale; "
        "target profile 'mid' is gone"
    )
    assert "migrations" in (error.value.hint or "")


def test_answers_that_would_meet_are_refused() -> None:
    old = engagement(response("service.a", 2), response("service.b", 3))
    steps = migration("2.0.0", {"kind": "rename", "item": "service.a", "to": "service.b"})

    with pytest.raises(UpgradeError, match="2 entries of responses become the same"):
        upgrade(old, version("2.0.0", {"b": 1}), [steps])


def test_there_is_no_way_back() -> None:
    with pytest.raises(UpgradeError, match=r"on care 2\.0\.0, here is 1\.9\.0"):
        upgrade(engagement(on="2.0.0"), version("1.9.0", {"a": 1}), [])


def test_a_version_that_is_none_is_told() -> None:
    with pytest.raises(UpgradeError, match="which is no version"):
        upgrade(engagement(on="first"), version("1.9.0", {"a": 1}), [])


@given(
    levels=st.lists(st.integers(0, 9), min_size=2, max_size=6).map(sorted),
    one=st.fractions(0, 5),
    other=st.fractions(0, 5),
)
def test_a_higher_level_never_becomes_a_lower_one(
    levels: list[int], one: Fraction, other: Fraction
) -> None:
    rescale = Rescale(kind="rescale", levels=dict(enumerate(levels)))

    low, high = sorted((one, other))

    assert rescale.level(low) <= rescale.level(high)
    assert [rescale.level(Fraction(old)) for old in range(len(levels))] == levels


def test_ratings_that_the_new_version_has_no_scheme_for_stop_the_upgrade() -> None:
    rated = Response(
        framework="care", respondent="ada", item="service.promise", ratings={"sound": 50}
    )

    with pytest.raises(UpgradeError, match=r"ratings of 'service\.promise' do not fit"):
        upgrade(engagement(rated), version("2.0.0", {"promise": 1}), [migration("2.0.0")])
