"""``crmplan demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crmplan.cli.options import LANGUAGE, force_option, out_option
from crmplan.cli.output import say, tell
from crmplan.cli.report import write_documents
from crmplan.documents.making import documents_for
from crmplan.errors import FileTakenError
from crmplan.storage import create_engagement
from crmplan.workspace import SAMPLE, sample_engagement

if TYPE_CHECKING:
    from crmplan.localisation.locale import LanguageCode


@click.command("demo", help="Make a sample engagement and its Word documents; works offline.")
@click.option("--language", type=LANGUAGE, default="en", show_default=True)
@out_option("crmplan-demo")
@force_option
def command(language: LanguageCode, out: Path, force: bool) -> None:
    """Make the sample.

    Example: crmplan demo --language fa --out demo
    """
    engagement = sample_engagement(language)
    names = documents_for(engagement)
    file = out / f"{SAMPLE}.{language}.crmplan"
    documents = [out / f"{name}.{language}.docx" for name in names]
    if taken := next((path for path in (file, *documents) if path.exists() and not force), None):
        raise FileTakenError(taken)
    out.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with create_engagement(file, engagement):
        pass
    people, answers = len(engagement.respondents), len(engagement.responses)
    tell(f"{engagement.organisation.name}: {people} people, {answers} answers")
    say(str(file))
    write_documents(
        engagement,
        names,
        framework_id=None,
        language=language,
        template=None,
        out=out,
        overwrite=force,
    )
    tell(f"look at the answers: crmplan score {file}; ask yourself: crmplan interview {file}")
