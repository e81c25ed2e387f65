"""Engagements that the tests of commands begin with, each a real file of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command_line import EXAMPLES, TINY_FRAMEWORKS, done


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Give a new engagement in English with one person, the managing director ``md``."""
    file = tmp_path / "client.crmplan"
    done("new", file, "--organisation", "Lantern & Sons", "--country", "GB", "--start", "2026-10-05")
    done("record", "respondent", file, "md", "--name", "Ada Lee", "--group", "executive")
    return file


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "sample.crmplan"
    done("import", file, EXAMPLES / "home-appliances" / "engagement.en.json")
    return file


@pytest.fixture
def sample(_sample: Path, tmp_path: Path) -> Path:
    """Give the sample engagement of ``crmplan demo``: 12 people, 72 items, six of them open."""
    return Path(shutil.copy(_sample, tmp_path / "sample.crmplan"))


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the engagement of examples/tiny, and its own framework in CRMPLAN_FRAMEWORKS."""
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(TINY_FRAMEWORKS))
    file = tmp_path / "tiny.crmplan"
    done("import", file, EXAMPLES / "tiny" / "engagement.json")
    return file


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide LibreOffice, so that documents are made without page numbers, and sooner."""
    monkeypatch.setenv("PATH", "")
