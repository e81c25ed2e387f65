"""A framework of 2,000 items: how long its check takes, and its scores for 200 people."""

from __future__ import annotations

import tempfile
from pathlib import Path

from many_respondents import assessment
from measuring import median_seconds, peak_mb, show

from crmplan.assessment.framework import Dimension, Framework, Item
from crmplan.assessment.scoring import score
from crmplan.definitions.checking import check_definition
from crmplan.definitions.library import load_framework
from crmplan.exchange.framework_folder import bounds, framework_files, write_folder

DIMENSIONS, ITEMS, PEOPLE = 40, 50, 200
LIMIT = 2.0


def main() -> None:
    """Measure the check and the scores beside their limits."""
    framework = large_framework()
    given = assessment(framework, PEOPLE)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / framework.id
        write_folder(folder, framework_files(framework, (), (), cases=bounds(framework)))
        assert check_definition(folder).problems == ()
        taken = {
            "check": median_seconds(lambda: check_definition(folder), runs=3),
            "score": median_seconds(lambda: score(framework, given), runs=3),
        }
    show(
        f"{len(framework.items):,} items, {PEOPLE} respondents, {len(given.responses):,} answers",
        ("", "s", "at most"),
        [(what, f"{one:.2f}", f"{LIMIT:.1f}") for what, one in taken.items()],
        f"peak memory: {peak_mb():.0f} MB",
    )


def large_framework() -> Framework:
    """Make a framework out of copies of one dimension of DrCRM."""
    small = load_framework("drcrm")
    pattern = small.dimensions[0]
    kept = {"languages": ("en",), "layers": None, "readiness": (), "dependencies": (), "rules": ()}
    return small.model_copy(
        update={
            **kept,
            "id": "large",
            "feedback": (),
            "concepts": (),
            "groups": (),
            "profiles": (small.profiles[0].model_copy(update={"dimensions": {}}),),
            "dimensions": tuple(_dimension(pattern, number) for number in range(1, DIMENSIONS + 1)),
        }
    )


def _dimension(pattern: Dimension, number: int) -> Dimension:
    name = f"dimension-{number}"
    items = (
        _item(pattern.items[place % len(pattern.items)], f"{name}.item-{place}")
        for place in range(ITEMS)
    )
    changes = {"id": name, "number": number, "group": None, "items": tuple(items)}
    return pattern.model_copy(update=changes)


def _item(pattern: Item, item_id: str) -> Item:
    return pattern.model_copy(update={"id": item_id})


if __name__ == "__main__":
    main()
