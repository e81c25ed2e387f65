"""Arguments and options that several commands share."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmplan.assessment.plan_records import RoleCapacity

Command = TypeVar("Command", bound="Callable[..., Any]")

LANGUAGE = click.Choice(["en", "fa", "zh"])


def text(value: str) -> str:
    """Take a text that says something; for ``type=`` of an option."""
    if not value.strip():
        raise click.BadParameter("it is empty.")
    return value.strip()


def exact_number(value: str) -> Fraction:
    """Take a number of 0 or more such as 3, 2.5 or 1/3; for ``type=`` of an argument."""
    plain = value.strip().replace(",", ".").replace("٫", ".")
    try:
        # With 1e9999999 the computer would be busy for hours.
        return Fraction(plain if re.fullmatch(r"\d{1,6}([./]\d{1,6})?", plain) else "")
    except (ValueError, ZeroDivisionError) as error:
        raise click.BadParameter(f"{value!r} is no number such as 3, 2.5 or 1/3.") from error


class Day(click.ParamType[datetime]):
    """A day in the calendar of its writer, year first: 2026-10-12, ۱۴۰۵/۰۷/۲۰, 115/10/12."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read a day; two figures are refused as a year, because each calendar has one of them."""
        from crmplan.exchange.typed_values import typed_day

        if isinstance(value, datetime):
            return value
        written = str(value).strip()
        day = None if _SHORT_YEAR.match(written) else typed_day(written)
        if day is None:
            self.fail(
                f"{value!r} is no day: write the whole year first, as 2026-10-12 or 1405/07/20",
                param,
                ctx,
            )
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001 a day has no zone


DAY = Day()
_SHORT_YEAR = re.compile(r"\d{1,2}\D")
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?(/[1-9][0-9]{0,19})?")


class ExactNumber(click.ParamType[Fraction]):
    """A number with any digits: 80, 80.5, 1/3, ۸۰٫۵."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Read a number exactly; a comma is refused, because it may part thousands or decimals."""
        if isinstance(value, Fraction):
            return value
        plain = "".join(map(_latin, str(value).strip()))
        if not _NUMBER.fullmatch(plain) or ("." in plain and "/" in plain):
            self.fail(f"{value!r} is no number: write 1250, 80.5 or 1/3", param, ctx)
        return Fraction(plain)


def _latin(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return {"٫": ".", "−": "-"}.get(sign, sign)


def element_id(value: str) -> str:
    """Take an id as records write it; for ``type=`` of an argument."""
    from pydantic import TypeAdapter, ValidationError

    from crmplan.assessment.definition import Id

    try:
        TypeAdapter(Id).validate_python(value)
    except ValidationError as error:
        raise click.BadParameter(
            f"{value!r}: lower-case letters a-z and digits, joined by hyphens or dots, such as "
            "sales-manager."
        ) from error
    return value


def engagement_argument(function: Command) -> Command:
    """The engagement: a file, or the address of a PostgreSQL database."""
    return click.argument("file", type=str)(function)


def framework_option(function: Command) -> Command:
    """Which framework of the engagement."""
    return click.option(
        "--framework", "framework_id", metavar="ID", help="Which framework; the first without."
    )(function)


def language_option(function: Command) -> Command:
    """In which language."""
    return click.option(
        "--language", type=LANGUAGE, help="Language of the texts; the engagement's without."
    )(function)


def json_option(function: Command) -> Command:
    """As JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for other programs.")(
        function
    )


def out_option(default: str) -> Callable[[Command], Command]:
    """Into which folder."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(default),
        show_default=True,
        help="Folder to write into; it is made if need be.",
    )


class Budgets(click.ParamType[tuple[int, ...]]):
    """Person-days of one period, or of several joined by commas."""

    name = "days"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Read 600 or 300,300,200."""
        if isinstance(value, tuple):
            return value
        parts = [part.strip() for part in str(value).split(",")]
        if not all(part.isascii() and part.isdecimal() for part in parts):
            self.fail(f"{value!r} is no budget: person-days such as 600, or 300,300", param, ctx)
        return tuple(map(int, parts))


def budget_option(function: Command) -> Command:
    """How much work the plan may cost."""
    return click.option(
        "--budget",
        "budgets",
        type=Budgets(),
        default=(),
        metavar="DAYS[,DAYS…]",
        help="Person-days for initiatives, of each period; what is left over is carried on.",
    )(function)


class Capacities(click.ParamType["tuple[RoleCapacity, ...]"]):
    """How many tasks roles can lead at once: role=number, joined by commas."""

    name = "roles"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[RoleCapacity, ...]:
        """Read project-manager=2,it-manager=1; of a role named twice, the last number counts."""
        from crmplan.assessment.plan_records import MOST_TASKS, RoleCapacity

        if isinstance(value, tuple):
            return value
        found: dict[str, RoleCapacity] = {}
        for part in str(value).split(","):
            role, _, number = part.strip().partition("=")
            if not (number.isascii() and number.isdecimal() and int(number) <= MOST_TASKS):
                self.fail(f"{part!r} is no capacity: write project-manager=1", param, ctx)
            found[role] = RoleCapacity(role=element_id(role), tasks=int(number))
        return tuple(found.values())


class Names(click.ParamType[tuple[str, ...]]):
    """Names joined by commas."""

    name = "names"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Read annex,method."""
        if isinstance(value, tuple):
            return value
        names = tuple(part.strip() for part in str(value).split(","))
        if not all(names):
            self.fail(f"{value!r}: write names joined by commas, such as annex,method", param, ctx)
        return names


def capacity_option(function: Command) -> Command:
    """How many tasks each role can lead at once."""
    return click.option(
        "--capacity",
        "capacities",
        type=Capacities(),
        default=(),
        metavar="ROLE=N[,ROLE=N…]",
        help="How many tasks a role can lead at once; a role that is not named has no limit.",
    )(function)


def force_option(function: Command) -> Command:
    """Whether files may be overwritten."""
    return click.option("--force", is_flag=True, help="Overwrite files that are there already.")(
        function
    )


def by_option(function: Command) -> Command:
    """Who is at the keyboard."""
    return click.option(
        "--by",
        type=text,
        envvar=["CRMPLAN_BY", "USER", "USERNAME"],
        default="consultant",
        show_default="your login",
        help="Who records this; kept in the history.",
    )(function)
