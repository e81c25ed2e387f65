"""``crmplan export``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import (
    budget_option,
    engagement_argument,
    force_option,
    framework_option,
    language_option,
)
from crmplan.cli.output import say, say_json
from crmplan.exchange.engagement_json import to_json
from crmplan.planning.plan_inputs import WhatIf
from crmplan.report import Report, require_scores
from crmplan.workspace import read_engagement, report_on, write_whole

if TYPE_CHECKING:
    from crmplan.localisation.locale import LanguageCode

PLAN_FORMATS: Mapping[str, tuple[str, str]] = {
    "mermaid": ("crmplan.exchange.mermaid", "to_mermaid"),
    "graphml": ("crmplan.exchange.graphml", "to_graphml"),
    "icalendar": ("crmplan.exchange.icalendar", "to_icalendar"),
    "csv": ("crmplan.exchange.plan_csv", "to_csv"),
    "mspdi": ("crmplan.exchange.mspdi", "to_mspdi"),
    "taskjuggler": ("crmplan.exchange.taskjuggler", "to_taskjuggler"),
}


@click.command(
    "export",
    help="Write the whole engagement as readable JSON, or its plan for another program.",
)
@engagement_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", *PLAN_FORMATS]),
    default="json",
    show_default=True,
    help="json is the engagement, and loses nothing; the others are the plan.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; standard output without.",
)
@click.option(
    "--dates",
    type=click.Choice(["links", "constraints"]),
    default="links",
    show_default=True,
    help="For mspdi: let MS Project compute the dates, or hold ours.",
)
@framework_option
@language_option
@budget_option
@force_option
def command(
    file: str,
    form: str,
    out: Path | None,
    dates: str,
    framework_id: str | None,
    language: LanguageCode | None,
    budgets: tuple[int, ...],
    force: bool,
) -> None:
    """Write the engagement or its plan.

    Example: crmplan export client.crmplan --format mermaid --out plan.mmd
    """
    engagement = read_engagement(file)
    if form == "json":
        text = to_json(engagement)
    else:
        report = report_on(
            engagement,
            framework_id=framework_id,
            language=language,
            what_if=WhatIf(budgets=budgets),
        )
        require_scores(report)
        text = _writer(form, dates)(report)
    if out is None:
        say_json(text.rstrip("\n"))
        return
    write_whole(out, text.encode(), overwrite=force)
    say(str(out))


def _writer(form: str, dates: str) -> Callable[[Report], str]:
    module, name = PLAN_FORMATS[form]
    writer: Callable[..., str] = getattr(import_module(module), name)
    return partial(writer, dates=dates) if form == "mspdi" else writer
