"""Every figure and table says what it means and where it comes from, and codes lead both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmplan.documents.making import DOCUMENTS
from crmplan.documents.settings import Language

from .demo_documents import LANGUAGES, demo, make_all
from .test_report_documents import Opened, W, text_of

ALL = [(name, language) for language in LANGUAGES for name in DOCUMENTS if name != "working-papers"]
each = pytest.mark.parametrize(("name", "language"), ALL)
Made = dict[tuple[str, Language], Opened]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path_factory.mktemp("empty")))
        return {
            (name, language): Opened(content)
            for language in LANGUAGES
            for name, content in make_all(demo(language), language).items()
        }


def captions(document: Opened) -> dict[str, str]:
    """Bookmark → caption of each figure and table."""
    found = {}
    for one in document.body.iter(f"{W}p"):
        style = one.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == "Caption":
            start = one.find(f"{W}bookmarkStart")
            found[start.get(f"{W}name")] = text_of(one)
    return found


@each
def test_every_figure_and_table_is_referred_to_with_a_number(
    made: Made, name: str, language: Language
) -> None:
    document = made[name, language]
    fields = " ".join(one.text or "" for one in document.body.iter(f"{W}instrText"))
    referred = set(re.findall(r"REF (\S+)", fields))

    found = captions(document)
    # A figure of a phase that takes several pages is referred to by its first part.
    missing = [
        text
        for bookmark, text in found.items()
        if bookmark not in referred and not re.search(r"_[2-9]_[0-9a-f]{8}$", bookmark)
    ]
    assert found
    assert missing == []


@each
def test_every_figure_and_table_names_its_source(made: Made, name: str, language: Language) -> None:
    document = made[name, language]
    word = {"en": "Source:", "fa": "مأخذ:", "zh": "資料來源："}[language]
    sources = [one for one in document.styled("Note") if word in one]

    assert len(sources) == len(captions(document))


@each
def test_every_link_has_its_place_and_every_code_that_is_a_place_is_led_to(
    made: Made, name: str, language: Language
) -> None:
    document = made[name, language]
    anchors = {one.get(f"{W}anchor") for one in document.body.iter(f"{W}hyperlink")}
    places = {one.get(f"{W}name") for one in document.body.iter(f"{W}bookmarkStart")}
    traced = {one for one in places if one.startswith("b_trace_")}

    assert anchors <= places
    assert name == "board-summary" or traced
    assert sorted(traced - anchors) == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("assessment-report", ["Q-1.1"]),
        ("gap-and-swot", ["G-1", "Q-"]),
        ("implementation-roadmap", ["G-1", "R-1.1"]),
    ],
)
def test_codes_are_the_same_in_every_language(made: Made, name: str, codes: list[str]) -> None:
    for language in LANGUAGES:
        text = "\n".join(made[name, language].paragraphs)
        assert [code for code in codes if code not in text] == []


def test_the_codes_are_explained() -> None:
    page = Path("docs/guide/first-roadmap.md").read_text("utf-8")

    assert all(code in page for code in ("Q-3.4", "G-3", "R-2.1"))
