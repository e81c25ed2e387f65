"""The page of models says what the definitions say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import crmplan

ROOT = Path(crmplan.__file__).parents[1]


def test_the_page_of_models_is_what_the_definitions_give() -> None:
    spec = importlib.util.spec_from_file_location("make", ROOT / "tools" / "make_models_page.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)

    written = (ROOT / "docs" / "guide" / "models.md").read_text("utf-8")

    assert written == make.page(), "run: python tools/make_models_page.py"
