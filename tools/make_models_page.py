"""Write docs/guide/models.md from the definitions, so that it cannot fall behind them.

    python tools/make_models_page.py

A test compares the page with what this script would write.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crmplan.assessment.framework import Framework
from crmplan.definitions.kinds import module_of
from crmplan.definitions.library import definitions, load_any, load_crosswalk
from crmplan.definitions.showing import counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmplan.definitions.library import AnyDefinition

PAGE = Path(__file__).parents[1] / "docs" / "guide" / "models.md"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """Give the text of the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    found = [(entry, load_any(entry)) for entry in definitions().values() if not entry.is_own]
    yield "# The models that ship with crmplan"
    yield ""
    yield "<!-- Written by tools/make_models_page.py from frameworks/; do not edit by hand. -->"
    yield ""
    yield "All of them speak English, Persian and traditional Chinese. Show one with"
    yield "`crmplan framework show ID --language fa`."
    yield ""
    yield "| id | kind | holds | what to do with it |"
    yield "|---|---|---|---|"
    for entry, value in found:
        held = ", ".join(f"{number} {name}" for name, number in counts(entry.kind, value).items())
        use = module_of(entry.kind).USE
        yield f"| [`{entry.id}`](#{entry.id}) | {entry.kind} | {held} | {use} |"
    for entry, value in found:
        yield ""
        yield f"## {entry.id}"
        yield ""
        yield f"**{value.title}**, version {value.version}. {value.summary}"
        yield ""
        yield from _details(value, [other.id for other, _ in found])


def _details(value: AnyDefinition, known: list[str]) -> Iterator[str]:
    if not isinstance(value, Framework):
        yield f"Source: {value.source}."
        return
    yield value.interpretation
    yield ""
    yield f"Sources: {'; '.join(value.sources)}."
    yield ""
    yield f"Dimensions: {', '.join(one.title for one in value.dimensions)}."
    yield ""
    others = [
        other
        for other in known
        if other != value.id and _is_framework(other) and load_crosswalk(value.id, other)
    ]
    if others:
        seen = ", ".join(f"`{other}`" for other in others)
        yield f"Scores can also be seen through {seen}: `crmplan score FILE --as ID`."
        yield ""
    planner = value.plans_with
    yield f"Initiatives: those of `{planner}`." if planner else "Initiatives: its own."


def _is_framework(definition_id: str) -> bool:
    return definitions()[definition_id].kind == "framework"


if __name__ == "__main__":
    main()
