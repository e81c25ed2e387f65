"""The method pages and the tests name one another rightly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs" / "method").glob("*.md"))
TESTS = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`(test_\w+)`", page.read_text("utf-8"))

    assert [name for name in named if f"def {name}(" not in TESTS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    files = re.findall(r"`((?:tests|crmplan|frameworks)/[\w./-]+)`", text)
    links = re.findall(r"\]\(([\w./-]+)\)", text)

    assert [name for name in files if not (ROOT / name).exists()] == []
    assert [name for name in links if not (page.parent / name).exists()] == []


def test_every_page_that_the_code_names_is_there() -> None:
    named = {
        name
        for path in (ROOT / "crmplan").rglob("*.py")
        for name in re.findall(r"docs/method/([\w-]+\.md)", path.read_text("utf-8"))
    }

    assert sorted(named - {page.name for page in PAGES}) == []
