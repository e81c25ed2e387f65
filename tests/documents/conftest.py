"""Fixtures that several tests of documents share."""

from __future__ import annotations

import pytest


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which LibreOffice is not found."""
    monkeypatch.setenv("PATH", "")
