"""What every store keeps its word about, on both databases."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from crmplan.assessment.client_records import DefinitionUse, SurveyReply
from crmplan.assessment.engagement import Settings
from crmplan.assessment.plan_records import PeriodBudget
from crmplan.assessment.record_kinds import DEFINITION, NAMED, RESPONDENT, RESPONSE
from crmplan.assessment.responses import (
    ChosenFactor,
    Decision,
    Evidence,
    Importance,
    Organisation,
    Respondent,
    Target,
)
from crmplan.errors import (
    EngagementError,
    EngagementExistsError,
    StillNeededError,
    UnknownElementError,
)
from crmplan.storage import create_engagement, open_engagement

from .engagements import NOON, answer, small_engagement

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_created_is_read(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        assert store.read() == small_engagement()


def test_an_engagement_is_never_created_over_another(place: Path | str) -> None:
    create_engagement(place, small_engagement()).close()
    other = small_engagement().model_copy(update={"respondents": ()})

    with pytest.raises(EngagementExistsError):
        create_engagement(place, other)

    with open_engagement(place) as store:
        assert store.read() == small_engagement()


def test_a_whole_engagement_takes_the_place_of_another(place: Path | str) -> None:
    begun, other = small_engagement(), small_engagement()
    begun = begun.model_copy(update={"responses": (answer("a"), answer("b"))})
    use = other.frameworks[0].model_copy(update={"version": "2.0.0"})
    other = other.model_copy(
        update={"frameworks": (use,), "responses": (answer("b", 4), answer("c"))}
    )

    with create_engagement(place, begun) as store:
        store.replace(other, by="Anna", at=NOON)
        found, history = store.read(), store.history()

    assert found == other
    assert [
        (one.kind, one.key[-1] if one.kind == "framework" else one.key[2]) for one in history
    ] == [
        ("response", "c"),
        ("response", "b"),
        ("framework", "drcrm"),
        ("response", "a"),
    ]
    assert [one.new is None for one in history] == [False, False, False, True]


def test_an_engagement_that_contradicts_itself_takes_no_place(place: Path | str) -> None:
    stranger = small_engagement().model_copy(
        update={"responses": (answer("a", respondent="nobody"),)}
    )

    with create_engagement(place, small_engagement()) as store:
        with pytest.raises(UnknownElementError):
            store.replace(stranger, by="Anna", at=NOON)
        assert store.read() == small_engagement()


def test_every_kind_of_record_is_saved(place: Path | str) -> None:
    evidence = Evidence(id="e1", framework="drcrm", item="a", kind="record", title="Export")
    decision = Decision(
        framework="drcrm", item="a", level=2, method="majority", reason="vote",
        decided_by="Bo", decided_on=date(2026, 3, 2),
    )  # fmt: skip
    target = Target(framework="drcrm", dimension="people", level=Fraction(7, 3))
    importance = Importance(framework="drcrm", dimension="people", importance=5)
    factor = ChosenFactor(factor="sanctions", probability=4, impact=5)
    person = Respondent(id="cem", name="Cem", group="staff")
    settings = Settings(language="fa", calendar="jalali", starts_on=date(2026, 4, 1))
    organisation = Organisation(name="New name", staff=40, legacy=True, weekend=(3, 4))

    with create_engagement(place, small_engagement()) as store:
        store.save(answer("a"), by="Anna", at=NOON)
        store.save(evidence, by="Anna", at=NOON)
        store.save(decision, by="Anna", at=NOON)
        store.save(target, by="Anna", at=NOON)
        store.save(importance, by="Anna", at=NOON)
        store.save(factor, by="Anna", at=NOON)
        store.save(person, by="Anna", at=NOON)
        store.save(settings, by="Anna", at=NOON)
        store.save(organisation, by="Anna", at=NOON)
    with open_engagement(place, read_only=True) as store:
        found = store.read()

    assert found.responses == (answer("a"),)
    assert found.evidence == (evidence,)
    assert found.decisions == (decision,)
    assert found.targets == (target,)
    assert found.importances == (importance,)
    assert found.factors == (factor,)
    assert found.respondents[-1] == person
    assert (found.settings, found.organisation) == (settings, organisation)


def test_a_second_answer_replaces_the_first_in_its_place(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        store.save_all([answer("a", 1), answer("b", 2)], by="Anna", at=NOON)
        store.save(answer("a", 4), by="Anna", at=NOON)

        assert store.read().responses == (answer("a", 4), answer("b", 2))


def test_the_history_tells_who_changed_what_when_newest_first(place: Path | str) -> None:
    tehran = timezone(timedelta(hours=3, minutes=30))
    with create_engagement(place, small_engagement()) as store:
        store.save(answer("a", 1), by="Anna", at=NOON)
        store.save(answer("a", 4), by="مریم", at=datetime(2026, 4, 1, 3, tzinfo=tehran))
        last, first = store.history()

    assert (last.by, last.kind, last.key) == ("مریم", "response", answer("a").key)
    assert last.at == datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    assert json.loads(last.old or "")["level"] == 1
    assert json.loads(last.new or "")["level"] == 4
    assert (first.old, first.at) == (None, NOON)


def test_the_same_answer_again_changes_nothing(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        for _ in range(3):
            store.save(answer("a"), by="Anna", at=NOON)

        assert len(store.history()) == 1


def test_an_answer_can_be_taken_back_once(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        store.save(answer("a"), by="Anna", at=NOON)

        assert store.remove(RESPONSE, answer("a").key, by="Bo", at=NOON)
        assert not store.remove(RESPONSE, answer("a").key, by="Bo", at=NOON)
        assert store.read().responses == ()
        assert [(entry.by, entry.new is None) for entry in store.history()] == [
            ("Bo", True),
            ("Anna", False),
        ]


def test_the_history_gives_no_more_than_asked_for(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        store.save_all([answer(f"i{n}") for n in range(5)], by="Anna", at=NOON)

        assert [entry.key[2] for entry in store.history(limit=2)] == ["i4", "i3"]


def test_an_answer_of_a_stranger_is_refused_with_a_suggestion(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        with pytest.raises(UnknownElementError) as caught:
            store.save(answer("a", respondent="ana"), by="Anna", at=NOON)

        assert caught.value.hint == "did you mean 'anna'?"
        assert (store.read().responses, store.history()) == ((), ())


def test_of_many_answers_all_are_saved_or_none(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        with pytest.raises(UnknownElementError):
            store.save_all([answer("a"), answer("b", respondent="nobody")], by="Anna", at=NOON)

        assert (store.read().responses, store.history()) == ((), ())


def test_changes_of_one_transaction_are_made_together_or_not_at_all(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        with suppress(ZeroDivisionError), store.transaction():
            store.save(answer("a"), by="Anna", at=NOON)
            raise ZeroDivisionError
        with store.transaction():
            store.save(answer("b"), by="Anna", at=NOON)
            store.save(answer("b", respondent="bo"), by="Bo", at=NOON)

        assert [entry.by for entry in store.history()] == ["Bo", "Anna"]


def test_a_refused_change_does_no_harm_to_the_others_of_its_transaction(
    place: Path | str,
) -> None:
    with create_engagement(place, small_engagement()) as store:
        with store.transaction():
            store.save(answer("a"), by="Anna", at=NOON)
            with pytest.raises(UnknownElementError):
                store.save_all([answer("b"), answer("b", respondent="nobody")], by="Bo", at=NOON)
            store.save(answer("c"), by="Anna", at=NOON)

        assert store.read().responses == (answer("a"), answer("c"))


def test_a_number_that_no_database_takes_is_refused(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        with pytest.raises(EngagementError, match="staff is too large"):
            store.save(Organisation(name="x", staff=10**30), by="A", at=NOON)

        assert store.read() == small_engagement()


def test_a_moment_without_time_zone_is_refused(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        with pytest.raises(ValueError, match="time zone"):
            store.save(answer("a"), by="Anna", at=NOON.replace(tzinfo=None))

        assert store.read().responses == ()


def test_opened_to_read_it_cannot_be_changed(place: Path | str) -> None:
    create_engagement(place, small_engagement()).close()

    with open_engagement(place, read_only=True) as store:
        with pytest.raises(EngagementError):
            store.save(answer("a"), by="Anna", at=NOON)
        assert store.read() == small_engagement()


def test_threads_and_stores_at_once_lose_no_change(place: Path | str) -> None:
    create_engagement(place, small_engagement()).close()

    def write(name: str) -> None:
        with open_engagement(place, wait_seconds=20) as store:
            for level in range(10):
                store.save(answer("shared", level), by=name, at=NOON)
                store.save(answer(f"{name}-{level}"), by=name, at=NOON)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with open_engagement(place) as store:
        assert len(store.read().responses) == 3 * 10 + 1
        shared = [one for one in reversed(store.history(1000)) if one.key[2] == "shared"]
    for before, after in pairwise(shared):
        assert after.old == before.new


def test_closing_twice_is_closing_once(place: Path | str) -> None:
    store = create_engagement(place, small_engagement())
    store.close()
    store.close()


@pytest.mark.parametrize("field", ["responses", "respondents"])
def test_two_records_with_one_key_are_not_created(place: Path | str, field: str) -> None:
    good = small_engagement().model_copy(update={"responses": (answer("a"),)})
    twice = good.model_copy(update={field: getattr(good, field) * 2})

    with pytest.raises(EngagementError, match="two entries"):
        create_engagement(place, twice)


def test_an_engagement_that_refers_to_nobody_is_not_created(place: Path | str) -> None:
    wrong = small_engagement().model_copy(update={"respondents": (), "responses": (answer("a"),)})

    with pytest.raises(UnknownElementError):
        create_engagement(place, wrong)


def test_a_record_without_a_table_of_its_own_is_entered_replaced_and_taken_out(
    place: Path | str,
) -> None:
    first = PeriodBudget(period=1, person_days=300)
    with create_engagement(place, small_engagement()) as store:
        store.save(first, by="Anna", at=NOON)
        store.save(PeriodBudget(period=1, person_days=250), by="Bo", at=NOON)
        assert store.read().budgets == (PeriodBudget(period=1, person_days=250),)

        assert store.remove(NAMED["budget"], ("1",), by="Bo", at=NOON)

        assert store.read().budgets == ()
        assert [(one.kind, one.key, one.by) for one in store.history()] == [
            ("budget", ("1",), "Bo"),
            ("budget", ("1",), "Bo"),
            ("budget", ("1",), "Anna"),
        ]


def test_what_others_refer_to_is_not_taken_out(place: Path | str) -> None:
    with create_engagement(place, small_engagement()) as store:
        store.save(DefinitionUse(id="kano", kind="survey", version="1.0.0"), by="A", at=NOON)
        store.save(SurveyReply(survey="kano", form="1"), by="A", at=NOON)
        store.save(answer("a"), by="A", at=NOON)

        with pytest.raises(StillNeededError) as caught:
            store.remove(DEFINITION, ("kano",), by="A", at=NOON)
        with pytest.raises(StillNeededError):
            store.remove(RESPONDENT, ("anna",), by="A", at=NOON)

        assert caught.value.needed_by == "survey-reply kano/1"
        assert store.remove(RESPONDENT, ("bo",), by="A", at=NOON)


def test_an_entry_names_a_definition_that_the_engagement_uses(place: Path | str) -> None:
    with (
        create_engagement(place, small_engagement()) as store,
        pytest.raises(UnknownElementError),
    ):
        store.save(SurveyReply(survey="kano", form="1"), by="A", at=NOON)
