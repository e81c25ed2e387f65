from __future__ import annotations

from pathlib import Path

import pytest

from crmplan.localisation.messages import Messages, catalogue


@pytest.fixture
def words(tmp_path: Path) -> Messages:
    (tmp_path / "words.en.yaml").write_text(
        """
        gaps:
          title: "Gaps of {client}"
          found: {one: "one gap", other: "{number} gaps"}
          points: ["first {client}", "second"]
        """
    )
    return catalogue("words", "en", tmp_path)


def test_a_text_is_named_by_its_path_and_takes_its_values(words: Messages) -> None:
    assert words("gaps.title", client="Alborz") == "Gaps of Alborz"
    assert words("gaps.title", {"client": "Alborz"}) == "Gaps of Alborz"


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "one gap"), (0, "0 gaps"), (2, "2 gaps"), (None, "None gaps")]
)
def test_a_number_chooses_the_form(words: Messages, count: int | None, expected: str) -> None:
    assert words("gaps.found", count=count, number=str(count)) == expected


def test_a_list_of_texts_takes_values_in_each(words: Messages) -> None:
    assert words.listed("gaps.points", client="Alborz") == ("first Alborz", "second")


def test_a_list_is_no_text_and_a_text_no_list(words: Messages) -> None:
    with pytest.raises(TypeError, match=r"gaps\.points is a list"):
        words("gaps.points")
    with pytest.raises(TypeError, match=r"gaps\.title is not a list"):
        words.listed("gaps.title")


def test_a_missing_text_or_value_is_our_mistake(words: Messages) -> None:
    with pytest.raises(KeyError):
        words("gaps.nothing")
    with pytest.raises(KeyError):
        words("gaps.title")


def test_what_a_value_holds_is_not_read_as_a_place(words: Messages) -> None:
    assert words("gaps.title", client="{client}") == "Gaps of {client}"


def test_a_catalogue_knows_its_texts(words: Messages) -> None:
    assert "gaps.title" in words
    assert "gaps" not in words
    assert words.plain == {"gaps.title": "Gaps of {client}"}
