"""The one document of these tests that LibreOffice lays out; the others do without, for speed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from crmplan.documents.layout import office_program
from tests.cli.command_line import done


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_with_libreoffice_nothing_is_missing(tiny: Path, tmp_path: Path) -> None:
    outcome = done("report", tiny, "gap-and-swot", "--pdf", "--out", tmp_path)

    content = zipfile.ZipFile(tmp_path / "gap-and-swot.en.docx").read("word/document.xml")
    assert "LibreOffice" not in outcome.err
    assert b"PAGEREF" in content
    assert (tmp_path / "gap-and-swot.en.pdf").read_bytes().startswith(b"%PDF")
    assert outcome.out.splitlines() == [
        str(tmp_path / "gap-and-swot.en.docx"),
        str(tmp_path / "gap-and-swot.en.pdf"),
    ]
