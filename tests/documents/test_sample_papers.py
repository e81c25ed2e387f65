"""The sample engagement holds everything that can be entered beside an assessment."""

from __future__ import annotations

import pytest

from crmplan.assessment import client_records
from crmplan.assessment.record_kinds import BESIDE_ASSESSMENT, Kind
from crmplan.documents.blocks import Block, Heading
from crmplan.documents.settings import Language
from crmplan.documents.working_papers import working_papers

from .demo_documents import LANGUAGES, demo, words_of

OF_THE_CLIENT = [
    kind for kind in BESIDE_ASSESSMENT if kind.model.__module__ == client_records.__name__
]
GOES_WITH = {"package": ("package_scores",)}
"""Records that cannot be without those of another kind."""

each_kind = pytest.mark.parametrize("kind", OF_THE_CLIENT, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def english() -> tuple[Block, ...]:
    return working_papers(words_of(demo("en"), "working-papers", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@each_kind
def test_the_sample_has_records_of_every_kind(kind: Kind, language: Language) -> None:
    assert getattr(demo(language), kind.field)


@each_kind
def test_what_is_entered_of_a_kind_shows_in_the_working_papers(
    kind: Kind, english: tuple[Block, ...]
) -> None:
    left_out = (kind.field, *GOES_WITH.get(kind.name, ()))
    without = demo("en").model_copy(update=dict.fromkeys(left_out, ()))

    assert working_papers(words_of(without, "working-papers", "en")) != english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_definition_in_use_has_its_heading(language: Language) -> None:
    words = words_of(demo(language), "working-papers", language)
    headings = " ".join(block.text for block in working_papers(words) if isinstance(block, Heading))

    papers = words.report.papers
    assert len(papers.used) == len(demo(language).definitions)
    for one in papers.used:
        if one is not papers.guide:  # its words stand in the register of requirements
            assert one.title in headings


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_with_letters_keeps_its_digits(language: Language) -> None:
    words = words_of(demo(language), "working-papers", language)

    assert "P5 " in repr(working_papers(words))


def test_a_row_that_was_added_is_headed_by_its_name(english: tuple[Block, ...]) -> None:
    assert "Row 1" not in repr(english)
