"""``crmplan report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.levelling import watched
from crmplan.cli.options import (
    Names,
    budget_option,
    engagement_argument,
    force_option,
    framework_option,
    language_option,
    out_option,
)
from crmplan.cli.output import progress, say, tell
from crmplan.documents.layout import require_office, to_pdf, to_read_aloud
from crmplan.documents.making import DOCUMENTS, documents_for, make_document
from crmplan.documents.sections.choosing import WHOLE, Extent, check_extent
from crmplan.errors import FileTakenError
from crmplan.planning.plan_inputs import AS_STORED, WhatIf
from crmplan.report import require_scores
from crmplan.workspace import read_engagement, report_on, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmplan.assessment.engagement import Engagement
    from crmplan.localisation.locale import LanguageCode

ROADMAP = "implementation-roadmap"


@click.command("report", help=f"Write Word documents: {', '.join(DOCUMENTS)}. All without a name.")
@engagement_argument
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...", type=click.Choice([*DOCUMENTS]))
@framework_option
@language_option
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your firm's own Word template.",
)
@click.option(
    "--only",
    type=Names(),
    default=(),
    metavar="SECTION[,SECTION…]",
    help="Only these sections of a document.",
)
@click.option(
    "--without",
    type=Names(),
    default=(),
    metavar="SECTION[,SECTION…]",
    help="All sections but these, such as annex,method.",
)
@click.option(
    "--anonymous", is_flag=True, help="People by number and group, without name and role."
)
@click.option("--pdf", is_flag=True, help="A PDF beside each document; needs LibreOffice.")
@budget_option
@out_option(".")
@force_option
def command(
    file: str,
    documents: tuple[str, ...],
    framework_id: str | None,
    language: LanguageCode | None,
    template: Path | None,
    only: tuple[str, ...],
    without: tuple[str, ...],
    anonymous: bool,
    pdf: bool,
    budgets: tuple[int, ...],
    out: Path,
    force: bool,
) -> None:
    """Write documents.

    Example: crmplan report client.crmplan implementation-roadmap --language fa --out documents
    """
    engagement = read_engagement(file)
    write_documents(
        engagement,
        documents or documents_for(engagement),
        framework_id=framework_id,
        language=language,
        template=template.read_bytes() if template else None,
        out=out,
        overwrite=force,
        what_if=WhatIf(budgets=budgets),
        extent=Extent(only, without, anonymous),
        pdf=pdf,
    )


def write_documents(
    engagement: Engagement,
    names: Sequence[str],
    *,
    framework_id: str | None,
    language: LanguageCode | None,
    template: bytes | None,
    out: Path,
    overwrite: bool,
    what_if: WhatIf = AS_STORED,
    extent: Extent = WHOLE,
    pdf: bool = False,
) -> None:
    """Make documents one after the other, each written whole before the next begins.

    Raises:
        FileTakenError: before anything is made, if a file is there and must not be overwritten.
        LayoutError: before anything is made, if a PDF is wanted and LibreOffice is not there.
        PlanningError: before anything is made, if no answer supports a roadmap that is wanted.
        DocumentError: before anything is made, if a section is wanted that no document has.
    """
    check_extent(extent, {name: DOCUMENTS[name] for name in names})
    spoken = language or engagement.settings.language
    paths = {name: out / f"{name}.{spoken}.docx" for name in names}
    written = [*paths.values(), *(path.with_suffix(".pdf") for path in paths.values() if pdf)]
    if taken := next((path for path in written if path.exists() and not overwrite), None):
        raise FileTakenError(taken)
    if pdf:
        require_office()
    with watched("auto", seconds=None, seed=1) as solver:
        report = report_on(
            engagement, framework_id=framework_id, language=spoken, what_if=what_if, solver=solver
        )
    if ROADMAP in names:
        require_scores(report)
    has_pages = True
    with progress() as bar:
        task = bar.add_task("documents", total=len(names))
        for name, path in paths.items():
            bar.update(task, description=name)
            made = make_document(
                report,
                name,
                language=spoken,
                calendar=engagement.settings.calendar,
                template=template,
                extent=extent,
            )
            write_whole(path, made.content, overwrite=overwrite)
            if pdf:
                read_aloud = to_read_aloud(to_pdf(made.content), spoken)
                write_whole(path.with_suffix(".pdf"), read_aloud, overwrite=overwrite)
            has_pages = has_pages and made.has_page_numbers
            bar.advance(task)
    for path in written:
        say(str(path))
    if not has_pages:
        tell("LibreOffice is not installed: page numbers appear once Word has updated the contents")
