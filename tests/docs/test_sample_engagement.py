"""The sample engagement is what its tables of facts and words give."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import crmplan
from crmplan.exchange.engagement_json import to_json
from crmplan.localisation.locale import LANGUAGES, LanguageCode

ROOT = Path(crmplan.__file__).parents[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_is_what_its_tables_give(
    language: LanguageCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "tools")
    spec = importlib.util.spec_from_file_location("make", ROOT / "tools" / "make_examples.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)

    stored = ROOT / "examples" / "home-appliances" / f"engagement.{language}.json"

    assert stored.read_text("utf-8") == to_json(make.engagement(language)), (
        "run: python tools/make_examples.py"
    )
