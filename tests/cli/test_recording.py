"""From a new file to everything a consultant notes beside the answers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.command_line import Outcome, crmplan, done, stored


def test_a_new_engagement_holds_what_was_said_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "client.crmplan"

    outcome = done(
        "new", file, "--organisation", "شرکت تابان", "--language", "fa", "--country", "ir",
        "--framework", "drcrm", "--framework", "qci", "--staff", "320", "--users", "80",
        "--functions", "3", "--legacy", "--held-on", "2026-09-14", "--start", "2026-10-05",
        "--consultant", "Aldermoor Lane", "--sector", "Appliances",
    )  # fmt: skip

    engagement = stored(file)
    assert outcome.out == f"{file}\n"
    assert engagement.organisation.name == "شرکت تابان"
    assert engagement.organisation.country == "IR"
    assert engagement.organisation.weekend == (3, 4)
    assert (engagement.organisation.staff, engagement.organisation.users) == (320, 80)
    assert engagement.organisation.legacy
    assert engagement.settings.language == "fa"
    assert engagement.settings.calendar == "jalali"
    assert engagement.settings.starts_on == date(2026, 10, 5)
    assert [use.id for use in engagement.frameworks] == ["drcrm", "qci"]
    assert engagement.frameworks[0].held_on == date(2026, 9, 14)


def test_a_weekend_is_named_by_days(tmp_path: Path) -> None:
    file = tmp_path / "client.crmplan"

    done("new", file, "--organisation", "A", "--weekend", "Friday, sat")

    assert stored(file).organisation.weekend == (4, 5)


def test_a_file_that_is_there_is_never_begun_again(client: Path) -> None:
    before = client.read_bytes()

    outcome = crmplan("new", client, "--organisation", "Other")

    assert outcome.status == 1
    assert "exists already" in outcome.err
    assert client.read_bytes() == before


def test_a_person_recorded_twice_is_changed(client: Path) -> None:
    done("record", "respondent", client, "md", "--name", "Ada King", "--group", "executive")

    assert [person.name for person in stored(client).respondents] == ["Ada King"]


def test_evidence_gets_an_id_and_keeps_its_grade_and_level(client: Path) -> None:
    done("record", "evidence", client, "service.complaints", "--title", "Complaint log")
    outcome = done(
        "record", "evidence", client, "service.complaints", "--title", "Survey", "--kind", "record",
        "--grade", "A", "--supports", "4", "--periods", "3", "--reference", "Shelf 2",
    )  # fmt: skip

    first, second = stored(client).evidence
    assert outcome.out == "e2: Survey\n"
    assert (first.id, first.kind, first.grade, first.supports) == ("e1", "document", "B", None)
    assert (second.grade, second.supports, second.periods) == ("A", 4, 3)


def test_a_decision_says_who_decided_when_how_and_against_whom(client: Path) -> None:
    done(
        "record", "decision", client, "leadership.culture", "--level", "2", "--reason", "Majority",
        "--method", "majority", "--dissent", "Sales", "--on", "2026-09-15", "--by", "Nora",
    )  # fmt: skip

    (decision,) = stored(client).decisions
    assert (decision.level, decision.method, decision.dissent) == (2, "majority", "Sales")
    assert (decision.decided_by, decision.decided_on) == ("Nora", date(2026, 9, 15))


def test_a_decision_may_say_that_an_item_does_not_apply(client: Path) -> None:
    done(
        "record", "decision", client, "leadership.culture", "--state", "not-applicable",
        "--reason", "One person",
    )  # fmt: skip

    assert stored(client).decisions[0].state == "not-applicable"


@pytest.mark.parametrize(
    ("written", "level"),
    [("3", 3), ("3.5", Fraction(7, 2)), ("3,5", Fraction(7, 2)), ("7/3", Fraction(7, 3)),
     ("۳٫۵", Fraction(7, 2))],
)  # fmt: skip
def test_a_target_is_kept_exactly(client: Path, written: str, level: Fraction) -> None:
    done("record", "target", client, "service", written)

    assert stored(client).targets[0].level == level


def test_importance_is_kept(client: Path) -> None:
    done("record", "importance", client, "service", "5")

    assert stored(client).importances[0].importance == 5


def test_an_external_factor_is_chosen_from_the_library(client: Path) -> None:
    listed = done("record", "factor", client).out
    factor_id = listed.splitlines()[1].split()[0]

    done("record", "factor", client, factor_id, "--probability", "4", "--impact", "5")

    (factor,) = stored(client).factors
    assert (factor.factor, factor.probability, factor.impact) == (factor_id, 4, 5)


def test_a_record_for_the_second_framework_names_it(tmp_path: Path) -> None:
    file = tmp_path / "client.crmplan"
    done("new", file, "--organisation", "A", "--framework", "drcrm", "--framework", "qci")

    done("record", "target", file, "competitors", "4", "--framework", "qci")

    assert stored(file).targets[0].framework == "qci"


REFUSED = [
    ("record respondent FILE x --name X --group exec", 1, "did you mean 'executive'?"),
    ("record respondent FILE Md --name X --group executive", 2, "lower-case letters"),
    ("record respondent FILE x --name= --group executive", 2, "it is empty"),
    ("record evidence FILE service.complaint --title X", 1, "did you mean 'service.complaints'?"),
    ("record evidence FILE service.complaints --title=", 2, "it is empty"),
    ("record evidence FILE service.complaints --title X --supports 9", 1, "go from 0 to 5"),
    ("record evidence FILE service.complaints --title X --grade E", 2, "'E' is not one of"),
    ("record decision FILE leadership.culture --level 6 --reason X", 1, "has no level 6"),
    ("record decision FILE leadership.culture --level 2 --reason=", 2, "it is empty"),
    ("record decision FILE leadership.culture --reason X", 1, "--state not-applicable"),
    ("record decision FILE leadership.culture --level 2 --reason X --on 2026-13-01", 2, "2026-13"),
    ("record target FILE service 5.5", 1, "go from 0 to 5"),
    ("record target FILE service high", 1, "'high' is no level"),
    ("record target FILE service nan", 1, "'nan' is no level"),
    ("record target FILE service 3/0", 1, "'3/0' is no level"),
    ("record target FILE service 1e999999999", 1, "is no level"),
    ("record target FILE servise 3", 1, "did you mean 'service'?"),
    ("record importance FILE service 6", 2, "1<=x<=5"),
    ("record importance FILE servise 3", 1, "did you mean 'service'?"),
    ("record factor FILE no-such-factor", 1, "there is no external factor 'no-such-factor'"),
    ("record target FILE service 3 --framework qci", 1, "'qci'"),
    ("record remove FILE target service", 1, "remove FILE target FRAMEWORK DIMENSION"),
    ("record remove FILE target drcrm service", 1, "there is no target 'drcrm service'"),
    ("record remove FILE framework drcrm", 2, "'framework' is not one of"),
]


@pytest.mark.parametrize(("line", "status", "message"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_does_not_fit_is_refused_and_changes_nothing(
    client: Path, line: str, status: int, message: str
) -> None:
    before = stored(client)

    outcome = _run(line, client)

    assert outcome.status == status
    assert message in outcome.err
    assert outcome.out == ""
    assert stored(client) == before


def test_what_was_recorded_by_mistake_is_taken_out(client: Path) -> None:
    before = stored(client)
    _run("record target FILE service 3", client)

    outcome = _run("record remove FILE target drcrm service", client)

    assert outcome.out == "target drcrm service\n"
    assert stored(client) == before


NOT_BEGUN = [
    ("new FILE --organisation=", 2, "it is empty"),
    ("new FILE --organisation A --country GBR", 1, "'GBR' is no country"),
    ("new FILE --organisation A --weekend xyz", 1, "'xyz' is no day of the week"),
    ("new FILE --organisation A --weekend mon,tue,wed,thu,fri,sat,sun", 1, "must be worked"),
    ("new FILE --organisation A --framework drcmr", 1, "did you mean 'drcrm'?"),
    ("new FILE --organisation A --framework drcrm --framework drcrm", 1, "two entries drcrm"),
    ("new FILE --organisation A --profile nobody", 1, "there is no target profile 'nobody'"),
    ("new FILE --organisation A --staff 0", 2, "x>=1"),
    ("new FILE --organisation A --held-on 14.9.2026", 2, "'14.9.2026' is no day"),
    ("new FILE --organisation A --language de", 2, "'de' is not one of"),
]


@pytest.mark.parametrize(
    ("line", "status", "message"), NOT_BEGUN, ids=[one[0] for one in NOT_BEGUN]
)
def test_nothing_is_begun_with_what_does_not_fit(
    tmp_path: Path, line: str, status: int, message: str
) -> None:
    outcome = _run(line, tmp_path / "client.crmplan")

    assert outcome.status == status
    assert message in outcome.err
    assert "Traceback" not in outcome.err
    assert not list(tmp_path.iterdir())


def _run(line: str, file: Path) -> Outcome:
    return crmplan(*(str(file) if word == "FILE" else word for word in line.split(" ")))


@pytest.mark.parametrize(
    "written", ["2026-10-12", "1405/07/20", "۱۴۰۵/۷/۲۰", "1405-07-20", "115/10/12"]
)
def test_a_day_may_be_written_in_the_calendar_of_its_writer(tmp_path: Path, written: str) -> None:
    file = tmp_path / "client.crmplan"

    done("new", file, "--organisation", "شرکت تابان", "--held-on", written)

    assert stored(file).frameworks[0].held_on == date(2026, 10, 12)


@pytest.mark.parametrize("written", ["05/07/20", "99-07-01", "20.10.2026", "1405/12/31", "soon"])
def test_a_day_that_could_be_another_is_refused_with_an_example(
    tmp_path: Path, written: str
) -> None:
    file = tmp_path / "client.crmplan"

    outcome = crmplan("new", file, "--organisation", "Acme", "--held-on", written)

    assert outcome.status == 2
    assert "write the whole year first, as 2026-10-12 or 1405/07/20" in " ".join(
        outcome.err.split()
    )
    assert not file.exists()
