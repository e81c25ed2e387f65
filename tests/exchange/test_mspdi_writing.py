"""What our MS Project XML says, element by element."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest

from crmplan.assessment.plan_records import TaskConstraint
from crmplan.exchange.mspdi import to_mspdi
from crmplan.exchange.mspdi_roles import FULL, Roles, shares
from crmplan.exchange.mspdi_tasks import Predecessor, add_link, rows_of
from crmplan.exchange.plan_rows import plan_rows
from crmplan.localisation.locale import LANGUAGES, LanguageCode
from crmplan.planning.network.links import read_lag
from crmplan.planning.scheduling import schedule
from crmplan.planning.sizing import EffortRange
from crmplan.planning.workplan import Task
from crmplan.report import Report
from exchange.test_mspdi_plans import random_report, sample_report

NAMESPACE = "{http://schemas.microsoft.com/project}"

# Names in the order of Microsoft's schema mspdi_pj12.xsd (Project 2007), as the pages "XML Schema
# for the … Element" of MicrosoftDocs/office-developer-msproject-xml-docs show it (CC BY 4.0).
# NewTasksAreManual, Active and Manual stand where Project 2019 writes them.
ORDER = {
    "Project": """
        SaveVersion UID Name Title Subject Category Company Manager Author CreationDate Revision
        LastSaved ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit
        CurrencyDigits CurrencySymbol CurrencyCode CurrencySymbolPosition CalendarUID
        DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth
        DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate
        DurationFormat WorkFormat EditableActualCosts HonorConstraints EarnedValueMethod
        InsertedProjectsLikeSummary MultipleCriticalPaths NewTasksEffortDriven NewTasksEstimated
        SplitsInProgressTasks SpreadActualCost SpreadPercentComplete TaskUpdatesResource
        FiscalYearStart WeekStartDay MoveCompletedEndsBack MoveRemainingStartsBack
        MoveRemainingStartsForward MoveCompletedEndsForward BaselineForEarnedValue
        AutoAddNewResourcesAndTasks StatusDate CurrentDate MicrosoftProjectServerURL Autolink
        NewTaskStartDate NewTasksAreManual DefaultTaskEVMethod ProjectExternallyEdited
        ExtendedCreationDate ActualsInSync RemoveFileProperties AdminProject OutlineCodes WBSMasks
        ExtendedAttributes Calendars Tasks Resources Assignments
    """,
    "Calendar": """
        UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions WorkWeeks
    """,
    "WeekDay": """
        DayType DayWorking TimePeriod WorkingTimes
    """,
    "WorkingTime": """
        FromTime ToTime
    """,
    "TimePeriod": """
        FromDate ToDate
    """,
    "Exception": """
        EnteredByOccurrences TimePeriod Occurrences Name Type Period DaysOfWeek MonthItem
        MonthPosition Month MonthDay DayWorking WorkingTimes
    """,
    "Task": """
        UID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber
        OutlineLevel Priority Start Finish Duration DurationFormat Work Stop Resume ResumeValid
        EffortDriven Recurring OverAllocated Estimated Milestone Summary Critical IsSubproject
        IsSubprojectReadOnly SubprojectName ExternalTask ExternalTaskProject EarlyStart
        EarlyFinish LateStart LateFinish StartVariance FinishVariance WorkVariance FreeSlack
        TotalSlack FixedCost FixedCostAccrual PercentComplete PercentWorkComplete Cost
        OvertimeCost OvertimeWork ActualStart ActualFinish ActualDuration ActualCost
        ActualOvertimeCost ActualWork ActualOvertimeWork RegularWork RemainingDuration
        RemainingCost RemainingWork RemainingOvertimeCost RemainingOvertimeWork ACWP CV
        ConstraintType CalendarUID ConstraintDate Deadline LevelAssignments LevelingCanSplit
        LevelingDelay LevelingDelayFormat PreLeveledStart PreLeveledFinish Hyperlink
        HyperlinkAddress HyperlinkSubAddress IgnoreResourceCalendar Notes HideBar Rollup BCWS BCWP
        PhysicalPercentComplete EarnedValueMethod PredecessorLink ActualWorkProtected
        ActualOvertimeWorkProtected ExtendedAttribute Baseline OutlineCode IsPublished
        StatusManager CommitmentStart CommitmentFinish CommitmentType TimephasedData
    """,
    "PredecessorLink": """
        PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat
    """,
    "Resource": """
        UID ID Name Type IsNull Initials Phonetics NTAccount MaterialLabel Code Group WorkGroup
        EmailAddress Hyperlink HyperlinkAddress HyperlinkSubAddress MaxUnits PeakUnits
        OverAllocated AvailableFrom AvailableTo Start Finish CanLevel AccrueAt Work RegularWork
        OvertimeWork ActualWork RemainingWork ActualOvertimeWork RemainingOvertimeWork
        PercentWorkComplete StandardRate StandardRateFormat Cost OvertimeRate OvertimeRateFormat
        OvertimeCost CostPerUse ActualCost ActualOvertimeCost RemainingCost RemainingOvertimeCost
        WorkVariance CostVariance SV CV ACWP CalendarUID Notes BCWS BCWP IsGeneric IsInactive
        IsEnterprise BookingType ActualWorkProtected ActualOvertimeWorkProtected
        ActiveDirectoryGUID CreationDate ExtendedAttribute Baseline OutlineCode IsCostResource
        AssnOwner AssnOwnerGuid IsBudget AvailabilityPeriods Rates TimephasedData
    """,
    "Assignment": """
        UID TaskUID ResourceUID PercentWorkComplete ActualCost ActualFinish ActualOvertimeCost
        ActualOvertimeWork ActualStart ActualWork ACWP Confirmed Cost CostRateTable CostVariance
        CV Delay Finish FinishVariance Hyperlink HyperlinkAddress HyperlinkSubAddress WorkVariance
        HasFixedRateUnits FixedMaterial LevelingDelay LevelingDelayFormat LinkedFields Milestone
        Notes Overallocated OvertimeCost OvertimeWork PeakUnits RegularWork RemainingCost
        RemainingOvertimeCost RemainingOvertimeWork RemainingWork ResponsePending Start Stop
        Resume StartVariance Summary SV Units UpdateNeeded VAC Work WorkContour BCWS BCWP
        BookingType ActualWorkProtected ActualOvertimeWorkProtected CreationDate AssnOwner
        AssnOwnerGuid BudgetCost BudgetWork ExtendedAttribute Baseline TimephasedData
    """,
    "ExtendedAttribute": "FieldID FieldName Value Alias",
}


def tree(report: Report, **options: str) -> ET.Element:
    text = to_mspdi(report, **{"dates": "links", **options})  # type: ignore[arg-type]
    return ET.fromstring(text)


def name_of(element: ET.Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def value(element: ET.Element, name: str) -> str | None:
    return element.findtext(NAMESPACE + name)


def all_of(root: ET.Element, name: str) -> list[ET.Element]:
    return list(root.iter(NAMESPACE + name))


def task(root: ET.Element, task_id: str) -> ET.Element:
    """The row whose field Text1 holds the id."""
    (found,) = [
        one
        for one in all_of(root, "Task")
        for attribute in one.findall(f"{NAMESPACE}ExtendedAttribute")
        if value(attribute, "Value") == task_id
    ]
    return found


@pytest.mark.parametrize("dates", ["links", "constraints"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_elements_stand_in_the_order_of_the_schema(language: LanguageCode, dates: str) -> None:
    for element in tree(sample_report(language), dates=dates).iter():
        names = [name_of(one) for one in element]
        if name_of(element) in ORDER:
            order = ORDER[name_of(element)].split()
            places = [order.index(one) for one in names]
            assert places == sorted(places), names
        else:
            assert len(set(names)) <= 1, names  # a list of one kind


def test_what_the_schema_requires_is_there() -> None:
    root = tree(sample_report("en"))

    assert value(root, "SaveVersion") == "14"
    assert value(root, "CurrencyCode")
    for kind in ("Calendar", "Task", "Resource", "Assignment"):
        uids = [value(one, "UID") for one in all_of(root, kind)]
        assert len(set(uids)) == len(uids) > 0


def test_every_duration_has_hours_minutes_and_seconds() -> None:
    text = to_mspdi(sample_report("en"), dates="links")

    durations = re.findall(r"<(?:Duration|Work|Actual\w+|Remaining\w+)>([^<]*)<", text)

    assert len(durations) > 500
    assert all(re.fullmatch(r"PT\d+H\d+M\d+S", one) for one in durations)


def test_days_a_week_follow_the_weekend_of_the_organisation() -> None:
    # Iran rests on Thursday and Friday here: 5 days of 480 minutes, weeks begin on Saturday (6)
    root = tree(sample_report("fa"))

    assert [value(root, f"Minutes{one}") for one in ("PerDay", "PerWeek")] == ["480", "2400"]
    assert (value(root, "DaysPerMonth"), value(root, "WeekStartDay")) == ("20", "6")
    off = [
        value(one, "DayType") for one in all_of(root, "WeekDay") if value(one, "DayWorking") == "0"
    ]
    assert off == ["5", "6"]  # Sunday is 1


def test_six_days_are_worked_where_only_one_is_off() -> None:
    root = next(
        tree(made)
        for made in map(random_report, range(50))
        if made.plan.schedule.calendar.weekend == {4}
    )

    assert (value(root, "MinutesPerWeek"), value(root, "DaysPerMonth")) == ("2880", "24")


def test_holidays_are_days_off_and_weekends_are_not_told_twice() -> None:
    report = sample_report("fa")
    calendar = report.plan.schedule.calendar

    periods = all_of(tree(report), "TimePeriod")

    days = [datetime.fromisoformat(value(one, "FromDate") or "").date() for one in periods]
    assert date(2027, 3, 21) in days  # Nowruz 1406, a Sunday
    assert days == sorted(set(days))
    assert all(day.weekday() not in calendar.weekend for day in days)


def test_each_phase_is_a_row_above_its_tasks() -> None:
    report = sample_report("en")
    rows = all_of(tree(report), "Task")[1:]

    shown = [(value(one, "OutlineNumber"), value(one, "OutlineLevel")) for one in rows[:3]]
    phases = [value(one, "Name") for one in rows if value(one, "Summary") == "1"]

    assert shown == [("1", "1"), ("1.1", "2"), ("1.2", "2")]
    assert [value(one, "ID") for one in rows] == [str(number + 1) for number in range(len(rows))]
    assert phases == [one.title for one in report.definitions.phase_model.phases]
    assert len(rows) == len(plan_rows(report)) + len(phases)


def test_a_phase_without_tasks_has_no_row() -> None:
    report = sample_report("en")
    schedule = report.plan.schedule
    kept = tuple(one for one in schedule.tasks if one.task.phase != "design")
    plan = replace(report.plan, schedule=replace(schedule, tasks=kept))

    rows = rows_of(replace(report, plan=plan))

    assert [row.phase.id for row in rows if row.is_phase] == [
        *("planning", "analysis", "implementation", "maintenance")
    ]
    assert rows[-1].outline.startswith("4.")


def test_links_finish_to_start_without_lag() -> None:
    report = sample_report("en")
    links = all_of(tree(report), "PredecessorLink")

    written = {
        (value(one, "Type"), value(one, "LinkLag"), value(one, "LagFormat")) for one in links
    }

    assert len(links) == len(report.plan.workplan.links)
    assert written == {("1", "0", "7")}


@pytest.mark.parametrize(
    ("lag", "written"),
    [
        ("1d", ["7", "3", "4800", "7"]),  # 480 minutes are 4800 tenths of a minute
        ("-2ed", ["7", "3", "-28800", "8"]),  # two days of 24 hours
        ("50%", ["7", "3", "50", "19"]),
    ],
)
def test_other_kinds_of_links_and_lags_can_be_written(lag: str, written: list[str]) -> None:
    row = ET.Element("Task")
    add_link(row, Predecessor(7, "SS", read_lag(lag)))

    link = row[0]
    fields = [link.findtext(one) for one in ("PredecessorUID", "Type", "LinkLag", "LagFormat")]
    assert fields == written


def test_with_links_dates_are_free_and_with_constraints_they_are_held() -> None:
    report = sample_report("en")
    one = report.plan.schedule.by_id["core-platform"]

    free = task(tree(report), "core-platform")
    held = task(tree(report, dates="constraints"), "core-platform")

    assert (value(free, "ConstraintType"), value(free, "ConstraintDate")) == ("0", None)
    assert value(held, "ConstraintType") == "4"
    assert value(held, "ConstraintDate") == f"{one.start}T08:00:00"


def test_a_first_task_that_misses_its_end_is_held_at_the_first_day_of_the_plan() -> None:
    # it waits for nothing; a program would begin before the plan to be done on its second day
    made = sample_report("en")
    plan, work = made.plan.schedule, made.plan.workplan
    waiting = {link.after for link in work.links}
    first = next(t for t in work.tasks if t.id not in waiting and t.duration_days > 2)
    end = plan.calendar.day(plan.start, 1)
    constraint = TaskConstraint(task=first.id, kind="MFO", on=end)
    work = replace(work, constraints=(constraint,))
    dated = schedule(work, plan.calendar, start=plan.start)

    row = task(
        tree(replace(made, plan=replace(made.plan, workplan=work, schedule=dated))), first.id
    )

    held = [value(row, one) for one in ("ConstraintType", "ConstraintDate", "Deadline")]
    assert held == ["4", f"{plan.start}T08:00:00", f"{end}T17:00:00"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dates", ["links", "constraints"])
def test_the_comments_say_how_dates_are_held(language: LanguageCode, dates: str) -> None:
    project = all_of(tree(sample_report(language), dates=dates), "Task")[0]

    comments = value(project, "Notes") or ""

    assert value(project, "UID") == "0"
    assert comments.splitlines()[-1] == f"crmplan dates={dates}"
    assert len(comments.splitlines()[0]) > 20


def test_a_note_says_why_a_task_is_there_and_why_it_waits() -> None:
    report = sample_report("en")
    initiative = report.definitions.catalogue.by_id["core-platform"]

    note = (value(task(tree(report), "core-platform"), "Notes") or "").splitlines()

    assert note[0] == initiative.purpose
    assert any(line.startswith("closes the gap in ") for line in note)
    assert any(line.endswith(" person-days") for line in note)
    waits = [line for line in note if line.startswith("← ")]
    links = [link for link in report.plan.workplan.links if link.after == "core-platform"]
    assert len(waits) == len(links)
    assert any("rule " in line for line in waits)


def test_a_note_names_the_initiatives_that_carry_an_activity_out() -> None:
    report = sample_report("en")
    covered = next(one for one in report.plan.workplan.tasks if one.kind == "covered")
    codes = [report.plan.workplan.task[one].code for one in covered.covered_by]

    note = value(task(tree(report), covered.id), "Notes") or ""

    assert f"carried out by {', '.join(codes)}" in note.splitlines()


def test_decisions_and_points_in_time_are_milestones() -> None:
    report = sample_report("en")
    root = tree(report)

    marked = {
        one.id
        for one in report.plan.workplan.tasks
        if value(task(root, one.id), "Milestone") == "1"
    }

    tasks = report.plan.workplan.tasks
    assert marked == {one.id for one in tasks if one.is_milestone or one.kind == "gate"}


def test_a_gate_of_a_day_keeps_its_day() -> None:
    assert value(task(tree(sample_report("en")), "gate-scope"), "Duration") == "PT8H0M0S"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_text_is_kept_as_typed_but_for_what_xml_cannot_hold(seed: int) -> None:
    report = random_report(seed)
    root = tree(report)

    for row in plan_rows(report):
        shown = value(task(root, row.id), "Name")
        assert (
            shown
            == " ".join(
                re.split("[\t\n]+", re.sub("[\x0b\x01]", "", f"{row.code} {row.name}"))
            ).strip()
        )


def test_halves_of_characters_and_control_characters_are_left_out() -> None:
    report = sample_report("en")
    name = "A\x00c\ud800m\x1fe\ufffe\r & «شرکت» 公司 𠮷"
    organisation = report.assessment.organisation.model_copy(update={"name": name})
    assessment = report.assessment.model_copy(update={"organisation": organisation})

    text = to_mspdi(replace(report, assessment=assessment), dates="links")

    assert "<Company>Acme &amp; «شرکت» 公司 𠮷</Company>" in text
    text.encode("utf-8")


def test_a_name_is_cut_where_ms_project_would_refuse_it() -> None:
    report = sample_report("en")
    organisation = report.assessment.organisation.model_copy(update={"name": "x" * 400})
    assessment = report.assessment.model_copy(update={"organisation": organisation})

    root = tree(replace(report, assessment=assessment))

    assert len(value(root, "Title") or "") == 255


def test_the_same_report_gives_the_same_file() -> None:
    first, second = (to_mspdi(random_report(4), dates="links") for _ in range(2))

    assert first == second


def work(effort: int, days: int, *support: str) -> Task:
    return Task(
        id="work",
        code="W",
        kind="initiative",
        phase="planning",
        effort=EffortRange(effort, effort),
        duration_days=days,
        lead="sponsor",
        support=support,
    )


def test_effort_is_shared_by_lead_and_support() -> None:
    # 12 person-days in 10 days are 120 %, shared by two roles 60 % each
    assert shares(work(12, 10, "marketing")) == {"sponsor": 60, "marketing": 60}


def test_nobody_works_less_than_one_percent_or_more_than_ten_people() -> None:
    assert shares(work(1, 260)) == {"sponsor": 1}
    assert shares(work(500, 1)) == {"sponsor": 1000}


def test_a_point_in_time_is_nobodys_work() -> None:
    assert shares(work(5, 0)) == {}


def test_a_role_that_both_leads_and_supports_has_one_share() -> None:
    assert shares(work(10, 10, "sponsor")) == {"sponsor": 100}


@pytest.mark.parametrize("seed", range(6))
def test_no_role_is_overallocated_on_any_day(seed: int) -> None:
    report = random_report(seed)
    roles = Roles(report)
    used: dict[tuple[str, int], int] = {}
    for one in report.plan.schedule.tasks:
        for role, share in shares(one.task).items():
            for day in range(one.times.early_start, one.times.early_finish):
                used[role, day] = used.get((role, day), 0) + share

    assert all(share <= roles.peaks[role] * FULL for (role, _), share in used.items())


def test_work_of_a_task_is_that_of_its_assignments() -> None:
    report = sample_report("en")
    root = tree(report)
    hours: dict[str, float] = {}
    for one in all_of(root, "Assignment"):
        uid = value(one, "TaskUID") or ""
        hours[uid] = hours.get(uid, 0) + parsed_hours(value(one, "Work") or "")

    for one in all_of(root, "Task")[1:]:
        if value(one, "Summary") == "0":
            assert parsed_hours(value(one, "Work") or "") == pytest.approx(
                hours[value(one, "UID") or ""]
            )


def parsed_hours(text: str) -> float:
    parts = re.fullmatch(r"PT(\d+)H(\d+)M(\d+)S", text)
    assert parts
    hours, minutes, seconds = map(int, parts.groups())
    return hours + minutes / 60 + seconds / 3600


def test_each_role_has_a_calendar_that_rests_on_that_of_the_plan() -> None:
    root = tree(sample_report("zh"))
    calendars = {value(one, "UID"): one for one in all_of(root, "Calendar")}

    for resource in all_of(root, "Resource"):
        own = calendars[value(resource, "CalendarUID")]
        assert value(own, "Name") == value(resource, "Name")
        assert value(own, "BaseCalendarUID") == value(root, "CalendarUID") == "1"


def test_every_task_has_an_assignment_if_only_of_nobody() -> None:
    # without one MS Project shows the task with a duration of 0
    root = tree(sample_report("en"))
    assigned = {value(one, "TaskUID") for one in all_of(root, "Assignment")}

    rows = [one for one in all_of(root, "Task")[1:] if value(one, "Summary") == "0"]

    assert {value(one, "UID") for one in rows} == assigned
