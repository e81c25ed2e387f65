"""MS Project XML of other programs: what is read, what is told, and what is refused."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date, datetime
from datetime import time as clock
from fractions import Fraction

import pytest

from crmplan.errors import ExchangeError
from crmplan.exchange.mspdi import from_mspdi, progress_of, to_mspdi
from crmplan.exchange.mspdi_calendar import MINUTES_A_DAY, moments
from crmplan.exchange.mspdi_parsing import LARGEST_FILE
from crmplan.exchange.mspdi_roles import Roles
from crmplan.exchange.mspdi_tasks import rows_of, uids_of
from crmplan.exchange.mspdi_values import MspdiReading, MspdiTask
from crmplan.report import Report
from exchange.test_mspdi_plans import random_report, sample_report

XMLNS = "http://schemas.microsoft.com/project"
DAY = "<WorkingTimes><WorkingTime><FromTime>{}</FromTime><ToTime>{}</ToTime></WorkingTime>"


def project(tasks: str = "", rest: str = "") -> str:
    """A file with some rows and what comes before them."""
    return f'<Project xmlns="{XMLNS}">{rest}<Tasks>{tasks}</Tasks></Project>'


def row(uid: int, fields: str = "", name: str = "Task") -> str:
    return f"<Task><UID>{uid}</UID><Name>{name}</Name>{fields}</Task>"


def link(before: int, fields: str = "") -> str:
    return f"<PredecessorLink><PredecessorUID>{before}</PredecessorUID>{fields}</PredecessorLink>"


moment = datetime.fromisoformat


def only(fields: str) -> MspdiTask:
    """The only row of a file."""
    (task,) = from_mspdi(project(row(1, fields))).tasks
    return task


def told(reading: MspdiReading) -> list[str]:
    return [f"{one.code}: {one.message}" for one in reading.problems]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("dates", ["links", "constraints"])
def test_what_we_write_we_read(seed: int, dates: str) -> None:
    report = random_report(seed)
    uid = uids_of(rows_of(report))

    reading = from_mspdi(to_mspdi(report, dates=dates))  # type: ignore[arg-type]

    assert reading.problems == ()
    found = {one.text1: one for one in reading.tasks if one.text1}
    assert list(found) == [row.tasks[0].task.id for row in rows_of(report) if not row.is_phase]
    for one in report.plan.schedule.tasks:
        task, at = found[one.task.id], moments(one)
        assert (task.start, task.finish) == (at.start, at.finish)
        assert task.duration_minutes == one.task.duration_days * MINUTES_A_DAY
        assert task.constraint == ("SNET" if dates == "constraints" else "ASAP")
        assert task.constraint_date == (at.start if dates == "constraints" else None)
        assert (task.is_manual, task.is_elapsed, task.is_summary) == (False, False, False)
        assert task.percent_complete == 0
    links = {(one.before, one.after, one.kind, one.lag) for one in reading.links}
    ours = {(uid[one.before], uid[one.after], "FS", 0) for one in report.plan.workplan.links}
    assert (links, len(reading.links)) == (ours, len(ours))
    assert [one.name for one in reading.resources] == list(Roles(report).names)
    assert f"dates={dates}" in reading.comments


def test_the_calendar_is_read_with_its_holidays() -> None:
    report = sample_report("fa")
    calendar = report.plan.schedule.calendar

    base, *roles = from_mspdi(to_mspdi(report, dates="links")).calendars

    assert {day for day, times in base.week.items() if not times} == calendar.weekend
    assert base.week[0] == ((clock(8), clock(12)), (clock(13), clock(17)))
    off = {one.first for one in base.exceptions if one.first == one.last and not one.times}
    assert off == {
        day
        for day in calendar.holidays
        if day >= report.plan.schedule.start and day.weekday() not in calendar.weekend
    }
    assert {one.base_uid for one in roles} == {base.uid}


def test_fields_are_read_as_project_2019_writes_them() -> None:
    task = only(
        "<ID>7</ID><Active>0</Active><Manual>1</Manual><OutlineNumber>2.3</OutlineNumber>"
        "<OutlineLevel>2</OutlineLevel><Start>2026-03-02T08:00:00</Start>"
        "<Finish>2026-03-03T12:00:00</Finish><Duration>PT12H30M0S</Duration>"
        "<DurationFormat>53</DurationFormat><Milestone>0</Milestone><Summary>0</Summary>"
        "<PercentComplete>40</PercentComplete><ActualStart>2026-03-02T08:00:00</ActualStart>"
        "<ConstraintType>7</ConstraintType><ConstraintDate>2026-03-09T17:00:00</ConstraintDate>"
        "<Notes>a\n b</Notes>"
    )

    assert (task.id, task.outline_number, task.outline_level) == (7, "2.3", 2)
    assert task.duration_minutes == 12 * 60 + 30
    assert (task.is_active, task.is_manual, task.percent_complete) == (False, True, 40)
    assert (task.actual_start, task.actual_finish) == (moment("2026-03-02T08:00"), None)
    assert (task.constraint, task.constraint_date) == ("FNLT", moment("2026-03-09T17:00"))
    assert task.notes == "a\n b"


def test_what_a_file_does_not_say_is_read_as_ms_project_takes_it() -> None:
    task = only("")

    assert (task.outline_level, task.percent_complete, task.constraint) == (1, 0, "ASAP")
    assert (task.start, task.duration_minutes, task.is_active) == (None, None, True)


@pytest.mark.parametrize("number", [8, 40])  # elapsed days; 32 more is an estimate
def test_elapsed_durations_are_marked(number: int) -> None:
    assert only(
        f"<Duration>PT72H0M0S</Duration><DurationFormat>{number}</DurationFormat>"
    ).is_elapsed


@pytest.mark.parametrize(
    ("fields", "kind", "lag", "unit"),
    [
        ("<Type>1</Type><LinkLag>48000</LinkLag><LagFormat>7</LagFormat>", "FS", 4800, "working"),
        ("<Type>0</Type><LinkLag>-2400</LinkLag><LagFormat>5</LagFormat>", "FF", -240, "working"),
        ("<Type>3</Type><LinkLag>43200</LinkLag><LagFormat>8</LagFormat>", "SS", 4320, "elapsed"),
        ("<Type>2</Type><LinkLag>50</LinkLag><LagFormat>19</LagFormat>", "SF", 50, "percent"),
        ("<Type>1</Type><LinkLag>50</LinkLag><LagFormat>52</LagFormat>", "FS", 50, "elapsed-p"),
        ("<LinkLag>5</LinkLag>", "FS", Fraction(1, 2), "working"),
        ("", "FS", 0, "working"),
    ],
    ids=range(7),
)
def test_links_keep_kind_and_lag(fields: str, kind: str, lag: Fraction, unit: str) -> None:
    (found,) = from_mspdi(project(row(1) + row(2, link(1, fields)))).links

    assert (found.before, found.after, found.kind, found.lag) == (1, 2, kind, lag)
    assert found.unit.startswith(unit)


def test_two_links_between_the_same_tasks_are_both_kept() -> None:
    ladder = link(1, "<Type>3</Type>") + link(1, "<Type>0</Type>")

    found = from_mspdi(project(row(1) + row(2, ladder))).links

    assert [one.kind for one in found] == ["SS", "FF"]


def test_links_that_lead_nowhere_are_told() -> None:
    foreign = link(1, "<CrossProject>1</CrossProject>")

    reading = from_mspdi(project(row(1) + row(2, link(9) + link(2) + foreign + link(1))))

    assert len(reading.links) == 1
    assert told(reading) == [
        "MSPDI-LINK: a link leads from task 2 to 9, which is no other task; left out",
        "MSPDI-LINK: a link leads from task 2 to 2, which is no other task; left out",
        "MSPDI-LINK: a link leads to another file; left out",
    ]


def test_a_link_of_a_summary_row_is_kept_and_told() -> None:
    reading = from_mspdi(project(row(1) + row(2, f"<Summary>1</Summary>{link(1)}", name="Phase")))

    assert len(reading.links) == 1
    assert told(reading) == ["MSPDI-SUMMARY-LINK: 'Phase' sums up rows and waits for a task itself"]


def test_blank_rows_and_the_row_of_the_project_are_no_tasks() -> None:
    notes = "<Notes>crmplan dates=links</Notes>"
    reading = from_mspdi(project(row(0, notes) + row(1, "<IsNull>1</IsNull>") + row(2)))

    assert [one.uid for one in reading.tasks] == [2]
    assert (reading.comments, told(reading)) == ("crmplan dates=links", [])


def test_rows_without_a_uid_of_their_own_are_left_out_and_told() -> None:
    reading = from_mspdi(project("<Task><Name>A</Name></Task>" + row(1) + row(1)))

    assert len(reading.tasks) == 1
    assert told(reading) == [
        "MSPDI-UID: a task has no UID; left out",
        "MSPDI-UID: a second task has the UID 1; left out",
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("<Start>soon</Start>", "Start: 'soon' is not a date such as 2026-03-21T08:00:00"),
        ("<Finish>2026-02-30T17:00:00</Finish>", "a day and a time that exist"),
        ("<Start>2026-03-21T08:00:00+03:30</Start>", "is not a date"),
        ("<Duration>8 hours</Duration>", "is not a length such as PT8H0M0S"),
        ("<Duration>PT</Duration>", "is not a length"),
        ("<Duration>P1D</Duration>", "is not a length"),
        ("<PercentComplete>130</PercentComplete>", "130 percent complete is read as 100"),
        ("<PercentComplete>half</PercentComplete>", "'half' is not a whole number"),
        ("<ConstraintType>8</ConstraintType>", "is not one of 0, 1, 2, 3, 4, 5, 6, 7"),
        ("<Milestone>perhaps</Milestone>", "is not 0 or 1"),
        (f"<ID>{'9' * 5000}</ID>", "is not a whole number"),
        (link(1, "<Type>7</Type>"), "is not one of 0, 1, 2, 3"),
    ],
    ids=range(12),
)
def test_a_value_that_is_not_understood_is_told_with_its_place(fields: str, message: str) -> None:
    reading = from_mspdi(project("\n" + row(1) + "\n" + row(2, fields)), name="client.xml")

    (problem,) = reading.problems
    assert (problem.location.file, problem.location.line) == ("client.xml", 3)
    assert problem.code == "MSPDI-VALUE"
    assert message in problem.message
    assert len(problem.message) < 200


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("<Recurring>1</Recurring>", "'Task' repeats itself; only its first row is read"),
        ("<IsSubproject>1</IsSubproject>", "'Task' stands for another file, which is not read"),
        ("<ExternalTask>1</ExternalTask>", "'Task' belongs to another file, which is not read"),
        ("<Baseline><Number>0</Number></Baseline>", "1 task has a baseline"),
    ],
)
def test_what_is_left_out_is_told(fields: str, message: str) -> None:
    reading = from_mspdi(project(row(1, fields), "<CalendarUID>1</CalendarUID>"))

    assert told(reading) == [f"MSPDI-LEFT-OUT: {message}"]


def test_the_deadline_and_the_calendar_of_a_task_are_read() -> None:
    fields = "<CalendarUID>3</CalendarUID><Deadline>2026-03-21T17:00:00</Deadline>"

    reading = from_mspdi(project(row(1, fields) + row(2, "<CalendarUID>-1</CalendarUID>")))

    assert told(reading) == []
    deadline = reading.task[1].deadline
    assert deadline is not None
    assert deadline.isoformat() == "2026-03-21T17:00:00"
    assert (reading.task[1].calendar_uid, reading.task[2].calendar_uid) == (3, None)


def test_calendars_of_project_2003_hold_holidays_among_weekdays() -> None:
    day = DAY.format("09:00:00", "13:30:00")
    period = (
        "<TimePeriod><FromDate>{0}T00:00:00</FromDate><ToDate>{1}T23:59:00</ToDate></TimePeriod>"
    )
    week = (
        f"<WeekDay><DayType>7</DayType><DayWorking>1</DayWorking>{day}"
        "</WorkingTimes></WeekDay><WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>"
        f"{period.format('2026-03-20', '2026-03-24')}</WeekDay>"
    )
    calendar = f"<Calendar><UID>4</UID><Name>Office</Name><WeekDays>{week}</WeekDays></Calendar>"

    (found,) = from_mspdi(project(rest=f"<Calendars>{calendar}</Calendars>")).calendars

    assert found.week == {5: ((clock(9), clock(13, 30)),)}  # 7 is Saturday
    (days,) = found.exceptions
    assert (days.first, days.last, days.times) == (date(2026, 3, 20), date(2026, 3, 24), ())


def test_exceptions_that_repeat_themselves_are_told() -> None:
    exception = (
        "<Exception><TimePeriod><FromDate>2026-01-01T00:00:00</FromDate>"
        "<ToDate>2030-01-01T23:59:00</ToDate></TimePeriod><Name>New Year</Name><Type>2</Type>"
        "</Exception>"
    )
    calendar = f"<Calendar><UID>1</UID><Exceptions>{exception}</Exceptions></Calendar>"

    reading = from_mspdi(project(rest=f"<Calendars>{calendar}</Calendars>"))

    assert reading.calendars[0].exceptions == ()
    assert told(reading) == ["MSPDI-LEFT-OUT: exception 'New Year' repeats itself"]


def test_the_resource_that_stands_for_nobody_is_none() -> None:
    resources = (
        "<Resources><Resource><UID>0</UID></Resource><Resource><UID>5</UID><Name>Sara</Name>"
        "<Type>1</Type><MaxUnits>0.50</MaxUnits><CalendarUID>3</CalendarUID></Resource></Resources>"
    )

    (sara,) = from_mspdi(project(rest=resources)).resources

    assert (sara.name, sara.kind, sara.max_units, sara.calendar_uid) == (
        *("Sara", "work", Fraction(1, 2), 3),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_files_in_other_encodings_are_read(encoding: str) -> None:
    name = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    head = f'<?xml version="1.0" encoding="{name}"?>'

    reading = from_mspdi((head + project(row(1, name="Bücher"))).encode(encoding))

    assert reading.tasks[0].name == "Bücher"


def test_a_text_is_read_whatever_encoding_its_head_names() -> None:
    head = '<?xml version="1.0" encoding="UTF-16"?>'

    assert from_mspdi(head + project(row(1, name="تحلیل"))).tasks[0].name == "تحلیل"


def test_files_without_a_namespace_are_read() -> None:
    assert len(from_mspdi(project(row(1)).replace(f' xmlns="{XMLNS}"', "")).tasks) == 1


BOMB = (
    '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB + project(row(1, name="&c;")), "document type"),
        (OUTSIDE + project(row(1, name="&a;")), "document type"),
        ((OUTSIDE + project()).encode("utf-16"), "document type"),
        ('<!DOCTYPE p SYSTEM "http://example.com/p.dtd">' + project(), "document type"),
        (project(row(1, name="&a;")), "damaged"),
        ("", "damaged"),
        ("no xml", "damaged"),
        (project()[:-5], "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b'<?xml version="1.0" encoding="klingon"?><Project/>', "damaged"),
        ('<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"/>', "no MS Project"),
        ("<html><body/></html>", "no MS Project"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), r"an MS Project file \(\.mpp\)"),
        (b"PK\x03\x04" + bytes(64), "an archive or an Office file"),
        (b" " * (LARGEST_FILE + 1), "larger than any plan"),
        (project("<a>" * 30 + "</a>" * 30), "larger than any plan"),
    ],
    ids=range(16),
)
def test_what_is_no_plan_is_refused_in_one_sentence(data: str | bytes, message: str) -> None:
    started = time.process_time()

    with pytest.raises(ExchangeError, match=message) as error:
        from_mspdi(data, name="client.xml")

    assert error.value.message.startswith("client.xml: ")
    assert "\n" not in error.value.message
    assert error.value.hint
    assert time.process_time() - started < 10


def test_more_elements_than_any_plan_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmplan.exchange.mspdi_parsing.MOST_ELEMENTS", 1_000)

    with pytest.raises(ExchangeError, match="larger than any plan"):
        from_mspdi(project("<Task/>" * 1_000))


def test_what_is_not_kept_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmplan.exchange.mspdi_parsing.MOST_ELEMENTS", 1_000)
    hours = "<TimephasedData><Value>PT8H0M0S</Value></TimephasedData>"

    assert len(from_mspdi(project(row(1, hours * 1_000))).tasks) == 1


def test_a_text_in_many_pieces_takes_no_longer_than_its_length() -> None:
    started = time.process_time()

    (task,) = from_mspdi(project(row(1, f"<Notes>{'&amp;x' * 2_000_000}</Notes>"))).tasks

    assert len(task.notes) == 4_000_000
    assert time.process_time() - started < 10


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(to_mspdi(sample_report("fa"), dates="links").encode())
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] = chance.choice(b'<>"/&;0A=r\xff')

    try:
        reading = from_mspdi(bytes(content))
    except ExchangeError as error:
        assert error.hint  # noqa: PT017
    else:
        assert len(reading.tasks) > 50


def returned(report: Report, **changes: str) -> MspdiReading:
    """The file of a report after somebody changed rows in MS Project: id → fields put in."""
    text = to_mspdi(report, dates="links")
    uids = uids_of(rows_of(report))
    for task_id, fields in changes.items():
        head = f"<UID>{uids[task_id.replace('_', '-')]}</UID>"
        place = text.index(head, text.index("<Tasks>")) + len(head)
        text = text[:place] + fields + text[place:]
    return from_mspdi(text)


def test_progress_is_found_by_our_id() -> None:
    report = sample_report("en")
    begun = "<PercentComplete>30</PercentComplete><ActualStart>2026-10-06T08:00:00</ActualStart>"
    done = (
        "<PercentComplete>100</PercentComplete><ActualStart>2026-10-05T08:00:00</ActualStart>"
        "<ActualFinish>2026-10-08T17:00:00</ActualFinish>"
    )

    progress = progress_of(returned(report, customer_vision=begun, appoint_sponsor=done), report)

    vision, sponsor = (progress.by_id[one] for one in ("customer-vision", "appoint-sponsor"))
    assert (vision.percent_complete, vision.actual_start) == (30, date(2026, 10, 6))
    assert vision.actual_finish is None
    assert (sponsor.actual_start, sponsor.actual_finish) == (date(2026, 10, 5), date(2026, 10, 8))
    assert list(progress.by_id) == [task.id for task in report.plan.workplan.tasks]
    assert (progress.missing, progress.added) == ((), ())


def test_a_task_that_has_not_begun_has_no_actual_dates() -> None:
    report = sample_report("en")

    progress = progress_of(returned(report), report)

    assert {one.actual_start for one in progress.by_id.values()} == {None}
    assert {one.percent_complete for one in progress.by_id.values()} == {0}


def test_progress_without_actual_dates_takes_the_planned_ones() -> None:
    report = sample_report("en")
    done = "<PercentComplete>100</PercentComplete>"
    planned = report.plan.schedule.by_id["appoint-sponsor"]

    found = progress_of(returned(report, appoint_sponsor=done), report).by_id["appoint-sponsor"]

    assert (found.actual_start, found.actual_finish) == (planned.start, planned.finish)


def changed(reading: MspdiReading, task_id: str, **fields: object) -> MspdiReading:
    tasks = tuple(
        replace(one, **fields) if one.text1 == task_id else one  # type: ignore[arg-type]
        for one in reading.tasks
    )
    return replace(reading, tasks=tasks)


def test_a_row_that_lost_our_id_is_found_by_the_code_in_its_name() -> None:
    report = sample_report("en")
    reading = changed(
        returned(report), "customer-vision", text1="", name="D1-2: Vision", percent_complete=10
    )

    assert progress_of(reading, report).by_id["customer-vision"].percent_complete == 10


@pytest.mark.parametrize("name", ["D1-20 Other", "D1-2-a Other", "D1-2.1 Other", "XD1-2", "Vision"])
def test_a_code_that_only_looks_alike_is_not_taken(name: str) -> None:
    report = sample_report("en")
    reading = changed(returned(report), "customer-vision", text1="", name=name)

    progress = progress_of(reading, report)

    assert progress.missing == ("customer-vision",)
    assert [one.name for one in progress.added] == [name]


def test_a_renamed_row_is_found_by_our_id() -> None:
    report = sample_report("en")
    reading = changed(returned(report), "customer-vision", name="D1-1 Something else")

    assert progress_of(reading, report).missing == ()


def test_of_a_row_and_its_copy_the_one_with_the_code_is_taken() -> None:
    report = sample_report("en")
    reading = returned(report)
    original = next(one for one in reading.tasks if one.text1 == "customer-vision")
    copy = replace(original, uid=999, name="Second workshop", percent_complete=50)

    progress = progress_of(replace(reading, tasks=(copy, *reading.tasks)), report)

    assert progress.by_id["customer-vision"].uid == original.uid
    assert progress.added == (copy,)


def test_a_deleted_or_inactive_row_is_missing_and_a_new_one_is_told() -> None:
    report = sample_report("en")
    reading = changed(returned(report), "customer-vision", is_active=False)
    new = replace(reading.tasks[-1], uid=999, text1="", name="Buy cake")
    kept = tuple(one for one in reading.tasks if one.text1 != "appoint-sponsor")

    progress = progress_of(replace(reading, tasks=(*kept, new)), report)

    assert progress.missing == ("appoint-sponsor", "customer-vision")
    assert [one.name for one in progress.added][-1] == "Buy cake"


def test_midnight_ends_the_day_before() -> None:
    # GanttProject ends a day at 0:00 of the next
    report = sample_report("en")
    reading = changed(
        returned(report),
        "appoint-sponsor",
        percent_complete=100,
        actual_finish=moment("2026-10-10T00:00"),
    )

    found = progress_of(reading, report).by_id["appoint-sponsor"]

    assert found.actual_finish == date(2026, 10, 9)
