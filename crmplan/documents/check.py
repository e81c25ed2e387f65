"""Checks a finished document against the file format; for development and tests."""

from __future__ import annotations

import tempfile
from pathlib import Path


def check_document(document: bytes) -> tuple[str, ...]:
    """What openxml-audit finds wrong in a document, one line a finding; empty is right.

    The package openxml-audit is a development dependency and only imported here.
    """
    from openxml_audit import OpenXmlValidator

    with tempfile.TemporaryDirectory(prefix="crmplan-") as name:
        path = Path(name) / "document.docx"
        path.write_bytes(document)
        result = OpenXmlValidator(max_errors=100).validate(str(path))
    return tuple(f"{error.part_uri} {error.path}: {error.description}" for error in result.errors)
