"""Random plans for the tests of exchange: gaps → selection → work plan → dates, as a report does.

Every plan differs in its levels and targets, weekend, holidays, first day, size of the
organisation, and language; names hold marks that a format could trip over.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from builders import gaps_of, scores

from crmplan.assessment.consistency import find_inconsistencies
from crmplan.assessment.gaps import GapAnalysis
from crmplan.data_files import data_folder
from crmplan.exchange.engagement_json import from_json
from crmplan.localisation.locale import LANGUAGES, LanguageCode
from crmplan.planning.public_holidays import work_calendar
from crmplan.planning.scheduling import schedule
from crmplan.planning.selection import Selection, select_initiatives
from crmplan.planning.sizing import Sizing
from crmplan.planning.workplan import expand
from crmplan.report import Definitions, Report
from crmplan.workspace import report_on

LEVELS = (0, 1, 2, 3, 4, 5, "-")
WEEKENDS = ((5, 6), (4,), (3, 4), (4, 5), (6,))
COUNTRIES = ("", "GB", "IR", "TW", "CN")
FIRST_DAY = date(2026, 1, 1)
MARKS = (
    "",
    ' & <b>"quoted"</b>',
    " 'it' &amp; ]]> <!-- x -->",
    " \u200f«تحلیل نیازها»\u200c",
    "（需求分析＆𠮷）",
    " tab\there\nnew line \x0b\x01",
    " ${macro} $(HOME) 100% \\ #{1}",
)


@cache
def sample_report(language: LanguageCode) -> Report:
    """The report on the bundled sample."""
    path = data_folder("examples") / "home-appliances" / f"engagement.{language}.json"
    return report_on(from_json(path.read_text("utf-8")), language=language)


def random_report(seed: int) -> Report:
    """A report with another plan than the sample's."""
    dice = random.Random(seed)
    base = sample_report(LANGUAGES[seed % len(LANGUAGES)])
    definitions = _renamed(base.definitions, dice)
    gaps, selection = _selection(definitions, dice)
    sizing = Sizing(
        size=dice.choice([Fraction(1, 2), Fraction(1), Fraction(9, 5), Fraction(5, 2)]),
        complexity=dice.choice([Fraction(4, 5), Fraction(1), Fraction(13, 10)]),
        pace=dice.choice([Fraction(1, 2), Fraction(1), Fraction(7, 5), Fraction(2)]),
    )
    workplan = expand(selection, definitions.catalogue, definitions.phase_model, sizing)
    start = FIRST_DAY + timedelta(days=dice.randrange(700))
    calendar = work_calendar(dice.choice(COUNTRIES), dice.choice(WEEKENDS), start=start, years=12)
    plan = replace(
        base.plan,
        selection=selection,
        sizing=sizing,
        workplan=workplan,
        schedule=schedule(workplan, calendar, start=start),
    )
    findings = replace(base.findings, planning_gaps=gaps)
    return replace(base, definitions=definitions, findings=findings, plan=plan)


def _renamed(definitions: Definitions, dice: random.Random) -> Definitions:
    model, catalogue = definitions.phase_model, definitions.catalogue
    activities = tuple(_marked(one, dice) for one in model.activities)
    initiatives = tuple(_marked(one, dice) for one in catalogue.initiatives)
    return replace(
        definitions,
        phase_model=_rebuilt(model, activities=activities),
        catalogue=_rebuilt(catalogue, initiatives=initiatives),
    )


def _marked(one: Any, dice: random.Random) -> Any:
    return one.model_copy(update={"title": one.title + dice.choice(MARKS)})


def _rebuilt(one: Any, **changes: object) -> Any:
    """Make a definition anew; a copy would keep what its properties remember."""
    return type(one)(**{name: getattr(one, name) for name in type(one).model_fields} | changes)


def _selection(definitions: Definitions, dice: random.Random) -> tuple[GapAnalysis, Selection]:
    framework = definitions.planning_framework
    levels = {name: dice.choice(LEVELS) for name in framework.dimension}
    targets = {name: dice.randint(0, 5) for name in framework.dimension}
    card = scores(framework, levels)
    gaps = gaps_of(framework, card, targets)
    wanted = select_initiatives(gaps, definitions.catalogue).ids
    exact = {name: Fraction(level) for name, level in targets.items()}
    return gaps, select_initiatives(
        gaps,
        definitions.catalogue,
        findings=find_inconsistencies(framework, card, exact, wanted=wanted),
        framework_rules=framework.rules,
    )


def test_random_plans_differ_and_stay_as_they_are() -> None:
    plans = [random_report(seed).plan for seed in range(6)]

    assert len({len(plan.workplan.tasks) for plan in plans}) > 3
    assert len({plan.schedule.start for plan in plans}) == len(plans)
    assert random_report(3).plan.workplan == plans[3].workplan
