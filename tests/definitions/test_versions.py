"""Several versions of a framework beside one another."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import write
from small_definitions import ENGLISH

from crmplan.definitions.checking import check_definition
from crmplan.definitions.library import (
    OWN_FOLDERS,
    definitions,
    find_version,
    load_framework,
    load_migrations,
)
from crmplan.errors import DefinitionError


def care(folder: Path, version: str, title: str, **more: str) -> None:
    head = ENGLISH["framework.yaml"].replace('"1.0.0"', f'"{version}"')
    files = {**ENGLISH, **more, "framework.yaml": head.replace('"Care"', f'"{title}"')}
    write(folder, files)


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with care 2.1.0, and care 1.3.0 kept beside it."""
    steps = 'to: "2.0.0"\nsteps:\n  - {kind: drop, item: service.fax, reason: "gone"}\n'
    care(tmp_path / "care", "2.1.0", "Present", **{"migrations/2.0.0.yaml": steps})
    care(tmp_path / "care@1.3.0", "1.3.0", "Kept")
    monkeypatch.setenv(OWN_FOLDERS, str(tmp_path))
    return tmp_path


def test_without_a_version_the_present_one_is_taken(versions: Path) -> None:
    assert load_framework("care").title == "Present"
    assert definitions()["care"].folder == versions / "care"


@pytest.mark.parametrize(
    ("pinned", "title"), [("2.0.0", "Present"), ("2.4.0", "Present"), ("1.0.0", "Kept")]
)
def test_an_engagement_is_scored_with_a_version_of_the_same_first_number(
    versions: Path, pinned: str, title: str
) -> None:
    assert load_framework("care", version=pinned).title == title


def test_a_version_that_nobody_kept_is_refused(versions: Path) -> None:
    with pytest.raises(DefinitionError) as error:
        find_version("care", "3.0.0")

    assert error.value.message == "the engagement was made with care 3.0.0, here is 2.1.0, 1.3.0"
    assert "crmplan upgrade" in (error.value.hint or "")


def test_both_versions_check_clean(versions: Path) -> None:
    for name in ("care", "care@1.3.0"):
        assert check_definition(versions / name).problems == ()


def test_migrations_are_read_with_the_present_version(versions: Path) -> None:
    (one,) = load_migrations("care")

    assert (one.to, len(one.steps)) == ("2.0.0", 1)
