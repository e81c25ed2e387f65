"""The interview in the terminal: what each key does, and what is in the file afterwards.

The managing director is asked 36 items of DrCRM, the 26 enablers among them for plan and practice:
62 questions.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import Outcome, answers, crmplan, done, levels, stored

SPONSOR_PLAN = ("leadership.sponsor", "intention")
SPONSOR_PRACTICE = ("leadership.sponsor", "reality")
VISION_PLAN = ("leadership.customer-vision", "intention")


def interview(file: Path, *typed: str, options: str = "") -> Outcome:
    """Type lines into the interview with the managing director; the last one is always q."""
    lines = "".join(f"{line}\n" for line in (*typed, "q"))
    return done("interview", file, "--respondent", "md", *options.split(), typed=lines)


def test_a_level_is_saved_for_plan_and_for_practice(client: Path) -> None:
    interview(client, "3", "2")

    assert levels(client) == {SPONSOR_PLAN: 3, SPONSOR_PRACTICE: 2}


def test_without_layers_an_item_is_asked_once(client: Path) -> None:
    interview(client, "3", options="--no-layers")

    assert levels(client) == {("leadership.sponsor", "overall"): 3}


def test_nothing_is_written_to_standard_output(client: Path) -> None:
    outcome = interview(client, "3", "n", "no branches", "u", "e", "Letter", "t", "Note", "l", "?")

    assert outcome.out == ""
    assert "1 of 62" in outcome.err
    assert "Plan: how far is this planned" in outcome.err


def test_the_question_shows_dimension_topic_and_what_to_ask_to_see(client: Path) -> None:
    err = interview(client).err

    assert "Ada Lee, DrCRM" in err
    assert "0 of 36 questions answered" in err
    assert "Leadership and customer-centricity · Sponsor" in err
    assert "Ask to see: Appointment letter" in err


def test_not_applicable_is_saved_with_its_reason(client: Path) -> None:
    interview(client, "n", "  One branch only ")

    answer = answers(client)[SPONSOR_PLAN]
    assert (answer.state, answer.level, answer.reason) == (
        "not-applicable",
        None,
        "One branch only",
    )


def test_not_applicable_without_a_reason_goes_back_to_the_question(client: Path) -> None:
    outcome = interview(client, "n", "", "4")

    assert "A reason is needed" in outcome.err
    assert levels(client) == {SPONSOR_PLAN: 4}


def test_unknown_is_an_answer_without_a_level(client: Path) -> None:
    interview(client, "u")

    answer = answers(client)[SPONSOR_PLAN]
    assert (answer.state, answer.level) == ("unknown", None)


def test_evidence_is_saved_at_once_and_the_question_stays(client: Path) -> None:
    interview(client, "e", "Letter of 3 May", "e", "Budget", "e", "", "3")

    assert [(one.id, one.item, one.title) for one in stored(client).evidence] == [
        ("e1", "leadership.sponsor", "Letter of 3 May"),
        ("e2", "leadership.sponsor", "Budget"),
    ]
    assert levels(client) == {SPONSOR_PLAN: 3}


def test_a_note_is_saved_with_the_answer(client: Path) -> None:
    interview(client, "t", "She is <often> & always away", "2")

    assert answers(client)[SPONSOR_PLAN].note == "She is <often> & always away"


def test_a_note_on_an_answer_that_is_there_is_saved_at_once(client: Path) -> None:
    interview(client, "2", "b", "t", "Said later")

    answer = answers(client)[SPONSOR_PLAN]
    assert (answer.level, answer.note) == (2, "Said later")


def test_an_answer_that_is_changed_keeps_its_note(client: Path) -> None:
    interview(client, "t", "Note", "2", "b", "4")

    answer = answers(client)[SPONSOR_PLAN]
    assert (answer.level, answer.note) == (4, "Note")


def test_back_shows_the_answer_so_far(client: Path) -> None:
    outcome = interview(client, "2", "b")

    assert "so far: 2" in outcome.err


def test_back_from_the_first_question_says_so(client: Path) -> None:
    assert "This is the first question." in interview(client, "b").err


def test_skip_leaves_a_question_open_for_the_next_time(client: Path) -> None:
    interview(client, "s", "3")
    again = interview(client, "1")

    assert levels(client) == {SPONSOR_PRACTICE: 3, SPONSOR_PLAN: 1}
    assert "Plan: how far" in again.err


def test_l_tells_what_the_levels_of_the_question_look_like(client: Path) -> None:
    err = interview(client, "l").err

    assert err.count("\nlevel: 1: ") + err.count("\n3: ") + err.count("\n5: ") >= 2


def test_a_question_mark_explains_the_keys_again(client: Path) -> None:
    assert interview(client, "?").err.count("q stop") == 2


@pytest.mark.parametrize("typed", ["6", "-1", "3.5", "yes", "", "٣٣", "²", "\ufeff", "N/A"])
def test_what_is_no_answer_is_asked_again(client: Path, typed: str) -> None:
    outcome = interview(client, typed)

    assert "is not understood" in outcome.err
    assert answers(client) == {}


def test_keys_may_be_capital_letters(client: Path) -> None:
    interview(client, "U")

    assert answers(client)[SPONSOR_PLAN].state == "unknown"


def test_persian_arabic_and_wide_digits_are_levels(client: Path) -> None:
    interview(client, "۳", "٤", "2")

    assert list(levels(client).values()) == [3, 4, 2]


def test_it_goes_on_where_it_stopped(client: Path) -> None:
    first = interview(client, "3", "2", "1")
    second = interview(client, "4")

    assert "1 of 36 answered; go on with the same command" in first.err
    assert "1 of 36 questions answered" in second.err
    assert levels(client)[VISION_PLAN] == 1
    assert levels(client)["leadership.customer-vision", "reality"] == 4


def test_the_end_of_the_input_leaves_with_130_and_keeps_the_answers(client: Path) -> None:
    outcome = crmplan("interview", client, "--respondent", "md", typed="3\n2\n")

    assert outcome.status == 130
    assert outcome.out == ""
    assert "nothing that was saved is lost" in outcome.err
    assert levels(client) == {SPONSOR_PLAN: 3, SPONSOR_PRACTICE: 2}


def test_who_has_answered_everything_is_thanked_and_asked_nothing(client: Path) -> None:
    everything = "3\n" * 36
    options = ("--respondent", "md", "--no-layers")

    first = done("interview", client, *options, typed=everything)
    second = done("interview", client, *options)

    assert len(answers(client)) == 36
    assert "All questions are answered" in first.err
    assert "36 of 36" in second.err


def test_the_short_form_asks_the_first_three_of_each_dimension(client: Path) -> None:
    options = ("--respondent", "md", "--no-layers", "--short", "--all")

    outcome = done("interview", client, *options, typed="3\n" * 30)

    assert "All questions are answered" in outcome.err
    assert len(answers(client)) == 30


def test_all_asks_what_concerns_other_groups_too(client: Path) -> None:
    done("interview", client, "--respondent", "md", "--no-layers", "--all", typed="3\n" * 72)

    assert len(answers(client)) == 72


def test_a_persian_interview_speaks_persian_and_takes_persian_digits(client: Path) -> None:
    outcome = interview(
        client, "۳", "n", "شعبه نداریم", "t", "یادداشت", "۵", options="--language fa"
    )

    assert "۰ پرسش از ۳۶ پاسخ داده شده است" in outcome.err
    assert "برنامه: این کار تا چه اندازه" in outcome.err
    assert answers(client)[SPONSOR_PRACTICE].reason == "شعبه نداریم"
    assert (levels(client)[VISION_PLAN], answers(client)[VISION_PLAN].note) == (5, "یادداشت")


def test_an_item_that_does_not_apply_does_so_for_plan_and_practice(client: Path) -> None:
    interview(client, "3", "n", "no branches")

    states = [answers(client)[layer].state for layer in (SPONSOR_PLAN, SPONSOR_PRACTICE)]
    assert states == ["not-applicable", "not-applicable"]


def test_a_level_for_an_item_that_did_not_apply_makes_it_apply_again(client: Path) -> None:
    interview(client, "n", "no branches", "b", "4")

    # Back from the second item leads to the practice of the first; its plan is open again.
    assert levels(client) == {SPONSOR_PRACTICE: 4}


def test_without_a_name_it_asks_who_answers(client: Path) -> None:
    outcome = done("interview", client, typed="nobody\nmd\n3\nq\n")

    assert "md: Ada Lee" in outcome.err
    assert outcome.out == ""
    assert levels(client) == {SPONSOR_PLAN: 3}


def test_an_unknown_person_is_refused_with_a_suggestion(client: Path) -> None:
    done("record", "respondent", client, "sales-manager", "--name", "B", "--group", "manager")

    outcome = crmplan("interview", client, "--respondent", "sales-manger")

    assert outcome.status == 1
    assert "did you mean 'sales-manager'?" in outcome.err


def test_without_people_it_says_how_to_add_them(tmp_path: Path) -> None:
    file = tmp_path / "client.crmplan"
    done("new", file, "--organisation", "A")

    outcome = crmplan("interview", file)

    assert outcome.status == 1
    assert "crmplan record respondent" in outcome.err


def test_the_history_says_who_sat_at_the_keyboard(client: Path) -> None:
    from crmplan.storage import open_engagement

    interview(client, "3", options="--by nora")

    with open_engagement(client, read_only=True) as store:
        assert "nora" in {entry.by for entry in store.history()}
