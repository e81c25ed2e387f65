from __future__ import annotations

from pathlib import Path

import pytest

from crmplan.definitions.yaml_source import parse_yaml, read_yaml


def value(text: str) -> object:
    found = parse_yaml(text, "a.yaml")
    assert found.problems == ()
    return found.value


@pytest.mark.parametrize("word", ["No", "no", "Yes", "on", "Off", "NO", "y", "~", "Null", "1:30"])
def test_words_that_yaml_likes_to_change_stay_texts(word: str) -> None:
    assert value(f"answer: {word}") == {"answer": word}


@pytest.mark.parametrize("written", ['"1.10"', "'12'", '"true"', '"null"'])
def test_what_stands_in_quotes_is_a_text(written: str) -> None:
    assert value(f"answer: {written}") == {"answer": written[1:-1]}


def test_whole_numbers_and_true_and_false_are_read() -> None:
    assert value("a: 3\nb: -2\nc: true\nd: false\ne: null\nf:") == {
        "a": 3,
        "b": -2,
        "c": True,
        "d": False,
        "e": None,
        "f": None,
    }


def test_dates_and_times_stay_texts() -> None:
    assert value("day: 2026-03-02") == {"day": "2026-03-02"}


def test_folded_texts_are_texts() -> None:
    assert value("ask: >-\n  12\n  13\n") == {"ask": "12 13"}


def test_numbers_can_be_names() -> None:
    assert value('levels:\n  0: "None"\n  1: "Some"') == {"levels": {0: "None", 1: "Some"}}


@pytest.mark.parametrize("number", ["1.5", ".5", "-2.", "1.0e3"])
def test_a_decimal_has_to_stand_in_quotes(number: str) -> None:
    (problem,) = parse_yaml(f"weight: {number}", "a.yaml").problems

    assert str(problem) == f'a.yaml:1:9: DEF-DECIMAL: write {number} in quotes: "{number}"'


def test_every_value_knows_its_place() -> None:
    found = parse_yaml("a:\n  - b: 1\n    c: 2\n", "a.yaml")

    assert str(found.place(("a", 0, "c"))) == "a.yaml:3:8"


def test_what_is_not_there_has_the_place_of_what_contains_it() -> None:
    found = parse_yaml("a:\n  - b: 1\n", "a.yaml")

    assert str(found.place(("a", 0, "missing"))) == "a.yaml:2:5"


def test_several_faults_of_a_file_are_told() -> None:
    found = parse_yaml("a: 1\na: 2\nb: 1.5\nb: 3\n", "a.yaml")

    assert [(one.location.line, one.code) for one in found.problems] == [
        (2, "DEF-DUPLICATE-KEY"),
        (3, "DEF-DECIMAL"),
        (4, "DEF-DUPLICATE-KEY"),
    ]


def test_a_bomb_of_aliases_is_not_built() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

    assert [one.code for one in parse_yaml(bomb, "a.yaml").problems] == ["DEF-ALIAS"]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: care\n")

    assert read_yaml(path, "a.yaml").value == {"id": "care"}


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (problem,) = read_yaml(tmp_path / "nothing.yaml", "nothing.yaml").problems

    assert str(problem) == "nothing.yaml: DEF-UNREADABLE: cannot be read: No such file or directory"


def test_a_tag_makes_nothing_run() -> None:
    assert value("a: !!python/object/apply:os.getcwd []") == {"a": []}
