"""``crmplan report``."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.levelling import watched
from crmplan.cli.options import (
    LANGUAGE,
    Names,
    budget_option,
    engagement_argument,
    force_option,
    framework_option,
    language_option,
    out_option,
)
from crmplan.cli.output import progress, say, tell
from crmplan.documents.bilingual import make_bilingual
from crmplan.documents.edits import Earlier, outcome, read_earlier
from crmplan.documents.layout import require_office, to_pdf, to_read_aloud
from crmplan.documents.making import DOCUMENTS, documents_for, make_document
from crmplan.documents.sections.choosing import WHOLE, Extent, check_extent
from crmplan.errors import EarlierDocumentError, FileTakenError, UnsafeTemplateError
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
@click.option(
    "--keep-edits",
    is_flag=True,
    help="Keep the texts that you changed in the documents that are there.",
)
@click.option(
    "--bilingual",
    type=LANGUAGE,
    metavar="LANGUAGE",
    help="A second language after the first, in the same document.",
)
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
    keep_edits: bool,
    bilingual: LanguageCode | None,
    budgets: tuple[int, ...],
    out: Path,
    force: bool,
) -> None:
    """Write documents.

    Example: crmplan report client.crmplan implementation-roadmap --language fa --out documents
    """
    engagement = read_engagement(file)
    if bilingual is not None:
        _require_two_languages(bilingual, language or engagement.settings.language, keep_edits)
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
        keep_edits=keep_edits,
        bilingual=bilingual,
    )


def _require_two_languages(second: LanguageCode, first: LanguageCode, keep_edits: bool) -> None:
    if second == first:
        raise click.BadParameter(
            f"the document is in {first} already; name another language.",
            param_hint="'--bilingual'",
        )
    if keep_edits:
        raise click.UsageError(
            "--keep-edits keeps texts of documents in one language; leave out --bilingual."
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
    keep_edits: bool = False,
    bilingual: LanguageCode | None = None,
) -> None:
    """Make documents one after the other, each written whole before the next begins.

    Raises:
        FileTakenError: before anything is made, if a file is there and must not be overwritten.
        LayoutError: before anything is made, if a PDF is wanted and LibreOffice is not there.
        EarlierDocumentError: before anything is made, if an earlier document cannot be read.
        PlanningError: before anything is made, if no answer supports a roadmap that is wanted.
        DocumentError: before anything is made, if a section is wanted that no document has.
    """
    check_extent(extent, {name: DOCUMENTS[name] for name in names})
    spoken = language or engagement.settings.language
    languages = (spoken,) if bilingual is None else (spoken, bilingual)
    paths = {name: out / f"{name}.{'-'.join(languages)}.docx" for name in names}
    written = [*paths.values(), *(path.with_suffix(".pdf") for path in paths.values() if pdf)]
    if not keep_edits:
        _require_free(written, overwrite=overwrite)
    if pdf:
        require_office()
    earlier = {path: _earlier(path) for path in paths.values() if keep_edits and path.exists()}
    with watched("auto", seconds=None, seed=1) as solver:
        reports = {
            one: report_on(
                engagement, framework_id=framework_id, language=one, what_if=what_if, solver=solver
            )
            for one in languages
        }
    report = reports[spoken]
    if ROADMAP in names:
        require_scores(report)
    has_pages = True
    with progress() as bar:
        task = bar.add_task("documents", total=len(names))
        for name, path in paths.items():
            bar.update(task, description=name)
            made = (
                make_document(
                    report,
                    name,
                    language=spoken,
                    calendar=engagement.settings.calendar,
                    template=template,
                    extent=extent,
                    earlier=earlier.get(path),
                )
                if bilingual is None
                else make_bilingual(
                    reports,
                    name,
                    calendar=engagement.settings.calendar,
                    template=template,
                    extent=extent,
                )
            )
            if path in earlier:
                _tell_outcome(path, earlier[path], made.content)
            _write(path, made.content, spoken, overwrite=overwrite or keep_edits, pdf=pdf)
            has_pages = has_pages and made.has_page_numbers
            bar.advance(task)
    for path in written:
        say(str(path))
    if not has_pages:
        tell("LibreOffice is not installed: page numbers appear once Word has updated the contents")


def _require_free(paths: Sequence[Path], *, overwrite: bool) -> None:
    if taken := next((path for path in paths if path.exists() and not overwrite), None):
        raise FileTakenError(taken)


def _write(
    path: Path, content: bytes, language: LanguageCode, *, overwrite: bool, pdf: bool
) -> None:
    write_whole(path, content, overwrite=overwrite)
    if pdf:
        read_aloud = to_read_aloud(to_pdf(content), language)
        write_whole(path.with_suffix(".pdf"), read_aloud, overwrite=overwrite)


def _earlier(path: Path) -> Earlier:
    """Read what stands at the place of a document."""
    try:
        return read_earlier(path.read_bytes())
    except UnsafeTemplateError as error:
        raise EarlierDocumentError(path, error.place, error.reason) from error


def _tell_outcome(path: Path, earlier: Earlier, document: bytes) -> None:
    """Keep the earlier file beside the new one, and tell what became of the edited texts."""
    numbers = itertools.count(2)
    copy = path.with_name(f"{path.stem}.earlier.docx")
    while copy.exists():
        copy = path.with_name(f"{path.stem}.earlier-{next(numbers)}.docx")
    write_whole(copy, path.read_bytes())
    tell(f"{path}: the earlier version is {copy.name}")
    if not earlier.regions:
        tell("    it has no marked texts; nothing could be kept")
        return
    became = outcome(earlier, document)
    for words, titles in (
        ("kept your text", became.kept),
        ("the program would write something else here by now; compare", became.renewed),
        ("its section is gone; your text stands in the annex", became.annexed),
    ):
        for title in titles:
            tell(f"    {title}: {words}")
