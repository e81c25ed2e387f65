"""``crmplan template``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import LANGUAGE, force_option, json_option, out_option
from crmplan.cli.output import say, say_json, tell, write_json
from crmplan.cli.report import write_documents
from crmplan.documents.firm_template import check_template, new_template, short_template
from crmplan.documents.making import DOCUMENTS, documents_for
from crmplan.documents.template_check import NOTE
from crmplan.documents.template_model import template_schema
from crmplan.errors import FINDINGS
from crmplan.workspace import report_on, sample_engagement, write_whole

if TYPE_CHECKING:
    from crmplan.localisation.locale import LanguageCode


@click.group("template", help="Make, check and try a Word template of your own.")
def command() -> None:
    """Word templates of a firm."""


@command.command("init", help="Write FILE, a Word template to change to your firm's look.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=LANGUAGE, default="en", show_default=True)
@click.option("--short", is_flag=True, help="One place for the whole text instead of all parts.")
@force_option
def init(file: Path, language: LanguageCode, short: bool, force: bool) -> None:
    """Make a template.

    Example: crmplan template init my-firm.docx --language fa
    """
    if short:
        content = short_template(language)
    else:
        content = new_template(language, report_on(sample_engagement(language)))
    write_whole(file, content, overwrite=force)
    say(str(file))


@command.command("check", help="Check a Word template. Leaves with status 3 if it cannot be used.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def check(file: Path, as_json: bool) -> None:
    """Check a template.

    Example: crmplan template check my-firm.docx
    """
    sample = sample_engagement("en")
    calendar = sample.settings.calendar
    faults = check_template(file.read_bytes(), report_on(sample), "en", calendar)
    hinders = any(fault.kind != NOTE for fault in faults)
    if as_json:
        write_json("template check", faults)
    else:
        for fault in faults:
            (tell if fault.kind == NOTE else say)(f"{file}: {fault}")
        if not hinders:
            say(f"{file}: can be used")
    if hinders:
        sys.exit(FINDINGS)


@command.command("preview", help="Fill a Word template with a sample client, to look at it.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...", type=click.Choice([*DOCUMENTS]))
@click.option("--language", type=LANGUAGE, default="en", show_default=True)
@out_option("crmplan-preview")
@force_option
def preview(
    file: Path, documents: tuple[str, ...], language: LanguageCode, out: Path, force: bool
) -> None:
    """Try a template.

    Example: crmplan template preview my-firm.docx gap-and-swot --language fa
    """
    sample = sample_engagement(language)
    write_documents(
        sample,
        documents or documents_for(sample),
        framework_id=None,
        language=language,
        template=file.read_bytes(),
        out=out,
        overwrite=force,
    )


@command.command("schema", help="Print the JSON Schema of everything that tags can print.")
def schema() -> None:
    """Print the schema.

    Example: crmplan template schema > template.schema.json
    """
    say_json(json.dumps(template_schema(), ensure_ascii=False, indent=2))
