"""``crmplan new``."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from crmplan.assessment.engagement import Engagement, Settings
from crmplan.assessment.gaps import find_profile
from crmplan.assessment.responses import FrameworkUse, Organisation
from crmplan.cli.options import DAY, LANGUAGE, text
from crmplan.cli.output import say, tell, without_password
from crmplan.definitions.library import load_framework
from crmplan.errors import CrmplanError
from crmplan.storage import create_engagement

if TYPE_CHECKING:
    from crmplan.localisation.locale import Calendar, LanguageCode

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.command("new", help="Begin an engagement: a FILE for one client.")
@click.argument("file", type=str)
@click.option("--organisation", type=text, required=True, help="Name of the client.")
@click.option(
    "--framework", "frameworks", multiple=True, default=["drcrm"], metavar="ID", show_default=True,
    help="Framework to assess with; may be given several times.",
)  # fmt: skip
@click.option("--profile", metavar="ID", help="Target profile; the framework's first without.")
@click.option("--language", type=LANGUAGE, default="en", show_default=True)
@click.option(
    "--calendar",
    type=click.Choice(["gregorian", "jalali"]),
    help="How dates are written; Jalali for Persian without.",
)
@click.option("--consultant", default="", help="Your firm, as author of the documents.")
@click.option("--sector", default="")
@click.option("--country", default="", help="Two letters; its public holidays are observed.")
@click.option("--staff", type=click.IntRange(1), help="People employed.")
@click.option("--users", type=click.IntRange(1), help="Future users of the CRM system.")
@click.option("--functions", type=click.IntRange(1), help="Business functions in scope.")
@click.option("--legacy", is_flag=True, help="Many old systems must be connected.")
@click.option(
    "--weekend",
    help="Days without work, such as thu,fri. Without: sat,sun, or thu,fri in IR.",
)
@click.option("--held-on", type=DAY, help="Day of the assessment; today without.")
@click.option("--start", type=DAY, help="First day of the plan.")
def command(
    file: str,
    frameworks: tuple[str, ...],
    profile: str | None,
    held_on: datetime | None,
    **given: Any,
) -> None:
    """Begin an engagement.

    Example: crmplan new client.crmplan --organisation "Acme" --country GB --users 80
    """
    day = held_on.date() if held_on else date.today()  # noqa: DTZ011 the consultant's own day
    uses = tuple(_use(framework_id, profile, day) for framework_id in frameworks)
    engagement = Engagement(
        organisation=_organisation(given), settings=_settings(given), frameworks=uses
    )
    with create_engagement(file, engagement):
        say(without_password(file))
    place = without_password(file)
    tell(f"next: crmplan record respondent {place} …, then crmplan interview {place}")


def _use(framework_id: str, profile: str | None, day: date) -> FrameworkUse:
    framework = load_framework(framework_id)
    chosen = find_profile(framework, profile) if profile else framework.profiles[0]
    return FrameworkUse(id=framework.id, version=framework.version, profile=chosen.id, held_on=day)


def _organisation(given: dict[str, Any]) -> Organisation:
    country = _country(given["country"])
    default = "thu,fri" if country == "IR" else "sat,sun"
    return Organisation(
        name=given["organisation"],
        sector=given["sector"],
        country=country,
        staff=given["staff"],
        users=given["users"],
        functions=given["functions"],
        legacy=given["legacy"],
        weekend=_weekend(given["weekend"] or default),
    )


def _country(written: str) -> str:
    country = written.strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise CrmplanError(
            f"{written!r} is no country", hint="two letters (ISO 3166), such as GB, IR or TW"
        )
    return country


def _weekend(written: str) -> tuple[int, ...]:
    names = [name.strip().lower()[:3] for name in written.split(",") if name.strip()]
    if unknown := [name for name in names if name not in DAYS]:
        raise CrmplanError(f"{unknown[0]!r} is no day of the week", hint=f"days: {', '.join(DAYS)}")
    if set(names) == set(DAYS):
        raise CrmplanError("some day must be worked", hint="leave a day out of --weekend")
    return tuple(sorted({DAYS.index(name) for name in names}))


def _settings(given: dict[str, Any]) -> Settings:
    language: LanguageCode = given["language"]
    calendar: Calendar = given["calendar"] or ("jalali" if language == "fa" else "gregorian")
    return Settings(
        language=language,
        calendar=calendar,
        consultant=given["consultant"],
        starts_on=given["start"].date() if given["start"] else None,
    )
