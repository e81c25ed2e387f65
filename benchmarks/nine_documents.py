"""How long all documents of the demo take in one process, and where the time goes."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from measuring import Stopwatch, peak_mb, show

from crmplan.data_files import data_folder
from crmplan.documents import layout, making
from crmplan.documents.making import documents_for, make_document
from crmplan.documents.sections import dependencies
from crmplan.exchange.engagement_json import from_json
from crmplan.localisation.locale import LANGUAGES, LanguageCode
from crmplan.report import Report
from crmplan.workspace import load_definitions, report_on

PARTS = ("blocks", "figures", "render", "LibreOffice")


def main() -> None:
    """Make all documents and print a line for each, and one for all."""
    rows: list[tuple[str, ...]] = []
    total = Stopwatch()
    for language in LANGUAGES:
        report = _report(language, total)
        for name in documents_for(report.engagement):
            watch = _made(report, name, language)
            rows.append(_row(f"{name}.{language}", watch.seconds))
            for part, taken in watch.seconds.items():
                total.seconds[part] = total.seconds.get(part, 0) + taken
    before = f"{total.seconds['definitions']:.2f}", f"{total.seconds['report']:.2f}"
    rows.append(_row("all", total.seconds))
    show(
        "All documents in one process: seconds",
        ("", *PARTS, "sum"),
        rows,
        f"before that, for three languages: definitions {before[0]}, reports {before[1]}",
        f"peak memory: {peak_mb():.0f} MB, LibreOffice {peak_mb(resource.RUSAGE_CHILDREN):.0f} MB",
        *(() if layout.office_program() else ("LibreOffice is not installed: no page numbers",)),
    )


def _report(language: LanguageCode, total: Stopwatch) -> Report:
    source = data_folder("examples") / "home-appliances" / f"engagement.{language}.json"
    engagement = from_json(source.read_text("utf-8"))
    with total.measure("definitions"):
        load_definitions(engagement.frameworks[0].id, language)
    with total.measure("report"):
        return report_on(engagement, language=language)


def _made(report: Report, name: str, language: LanguageCode) -> Stopwatch:
    watch = Stopwatch()
    with _watched(watch), watch.measure("document"):
        make_document(report, name, language=language, calendar=report.engagement.settings.calendar)
    return watch


@contextmanager
def _watched(watch: Stopwatch) -> Iterator[None]:
    """Measure the parts of making a document; blocks are what is left over."""
    with ExitStack() as stack:
        for module, function, part in (
            (dependencies, "raster", "figures"),
            (layout, "render_document", "render"),
            (making, "render_document", "render"),
            (layout, "measure_pages", "LibreOffice"),
        ):
            measured = watch.measured(part, getattr(module, function))
            stack.enter_context(patch.object(module, function, measured))
        yield


def _row(name: str, taken: dict[str, float]) -> tuple[str, ...]:
    others = sum(taken.get(part, 0) for part in PARTS[1:])
    shown = {**taken, "blocks": taken["document"] - others}
    figures = (f"{shown.get(part, 0):.2f}" for part in PARTS)
    return (name, *figures, f"{taken['document']:.2f}")


if __name__ == "__main__":
    main()
