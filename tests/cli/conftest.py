"""Engagements that the tests of commands begin with, each a real file of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeAlias

import pytest

from crmplan.assessment.record_kinds import BESIDE_ASSESSMENT
from crmplan.exchange.engagement_json import from_json, to_json
from tests.cli.command_line import EXAMPLES, TINY_FRAMEWORKS, crmplan, done

ClosedFolder: TypeAlias = AbstractContextManager[Path]
NOBODY = 65534


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """Give a new engagement in English with one person, the managing director ``md``."""
    file = tmp_path / "client.crmplan"
    done(
        "new", file, "--organisation", "Lantern & Sons", "--country", "GB", "--start", "2026-10-05"
    )
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
def assessed(sample: Path, tmp_path: Path) -> Path:
    """Give the sample as it was after the assessment, before anything was entered beside it."""
    engagement = from_json(done("export", sample).out)
    nothing = {kind.field: () for kind in BESIDE_ASSESSMENT}
    alone = tmp_path / "assessed.json"
    alone.write_text(to_json(engagement.model_copy(update=nothing)), "utf-8")
    done("import", tmp_path / "assessed.crmplan", alone)
    return tmp_path / "assessed.crmplan"


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


@pytest.fixture
def closed_folder(client: Path) -> Iterator[ClosedFolder]:
    """Give a folder with ``client.crmplan`` that nobody may write to while it is entered.

    The superuser may write everywhere, so such a test acts as nobody then; commands run once before
    that, because nobody may not read the packages either where they stand in a home folder.
    """
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    folder = Path(tempfile.mkdtemp(prefix="crmplan-test-"))
    shutil.copy(client, folder / "client.crmplan").chmod(0o444)
    crmplan("gaps", client)
    crmplan("export", client)

    @contextlib.contextmanager
    def closed() -> Iterator[Path]:
        superuser = os.geteuid() == 0
        folder.chmod(0o555)
        if superuser:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if superuser:
                os.seteuid(0)
            folder.chmod(0o755)

    yield closed()
    shutil.rmtree(folder)
