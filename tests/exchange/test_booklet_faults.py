"""What is wrong in a booklet is told with its question, and nothing of it is imported."""

from __future__ import annotations

import random

import pytest
from lxml import etree

from crmplan.errors import ExchangeError

from .booklets import (
    MAIN,
    SPONSOR,
    VISION,
    W,
    booklet,
    changed,
    choose,
    codes,
    control,
    entries,
    fill,
    packed,
    parts_of,
    read,
    tag,
)

CUSTOM = "docProps/custom.xml"


@pytest.mark.parametrize(
    ("filled", "code"),
    [
        ({tag(SPONSOR): "fairly"}, "FORM-LEVEL-WORD"),
        ({tag(SPONSOR): "7"}, "FORM-LEVEL-RANGE"),
        ({tag(SPONSOR): "9 – Perfect"}, "FORM-LEVEL-RANGE"),
        ({tag(SPONSOR): "2.5"}, "FORM-LEVEL-FRACTION"),
        ({tag(SPONSOR): "n/a"}, "FORM-REASON-MISSING"),
        ({tag(SPONSOR, "note"): "ask finance"}, "FORM-LEVEL-MISSING"),
    ],
)
def test_a_fault_is_named_with_its_question(filled: dict[str, str], code: str) -> None:
    reading = read(fill(booklet(), filled))

    assert codes(reading) == [code]
    assert reading.problems[0].message.startswith("question 1.1, ")
    assert reading.responses == ()


def test_one_fault_keeps_all_answers_out_and_all_faults_are_listed() -> None:
    filled = choose(booklet(), {tag(SPONSOR): "3"})
    filled = fill(filled, {tag(VISION): "8", tag("strategy.segmentation"): "good"})

    reading = read(filled)

    assert codes(reading) == ["FORM-LEVEL-RANGE", "FORM-LEVEL-WORD"]
    assert reading.responses == ()


def test_plan_not_applicable_and_practice_answered_contradict_one_another() -> None:
    data = booklet(layers=True)
    declined = list(entries(data, tag(SPONSOR, "level.intention")).values())[6]
    filled = fill(data, {tag(SPONSOR, "level.intention"): declined})
    filled = choose(filled, {tag(SPONSOR, "level.reality"): "3"})

    assert "FORM-LEVEL-CONTRADICTION" in codes(read(filled))


def row_of(root: etree._Element, name: str) -> etree._Element:
    return next(one for one in control(root, name).iterancestors(f"{W}tr"))


def test_a_deleted_question_is_missed() -> None:
    def change(root: etree._Element) -> None:
        row = row_of(root, tag(SPONSOR))
        row.getparent().remove(row)

    assert codes(read(changed(booklet(), change))) == ["FORM-ROW-MISSING"]


def test_a_copied_question_is_named() -> None:
    def change(root: etree._Element) -> None:
        row = row_of(root, tag(SPONSOR))
        row.addnext(etree.fromstring(etree.tostring(row)))

    assert codes(read(changed(booklet(), change))) == ["FORM-ROW-TWICE"]


def test_a_deleted_field_is_missed() -> None:
    def change(root: etree._Element) -> None:
        field = control(root, tag(SPONSOR, "note"))
        start, end = field.getprevious(), field.getnext()
        for one in (start, field, end):
            one.getparent().remove(one)

    reading = read(changed(booklet(), change))

    assert codes(reading) == ["FORM-FIELD-MISSING"]
    assert reading.problems[0].message == "question 1.1, note: the field was deleted"


def test_a_field_of_another_question_is_named() -> None:
    def change(root: etree._Element) -> None:
        row = row_of(root, tag(SPONSOR))
        for one in row.iter(f"{W}tag"):
            one.set(f"{W}val", one.get(f"{W}val").replace(SPONSOR, "leadership.sponsr"))

    assert "FORM-ROW-UNKNOWN" in codes(read(changed(booklet(), change)))


def test_a_form_of_another_framework_is_refused() -> None:
    parts = parts_of(booklet())
    parts[CUSTOM] = parts[CUSTOM].replace(b">drcrm<", b">qci<")

    with pytest.raises(ExchangeError, match="asks about"):
        read(packed(parts))


def test_a_document_that_is_no_form_is_refused() -> None:
    parts = {name: part for name, part in parts_of(booklet()).items() if name != CUSTOM}

    with pytest.raises(ExchangeError, match="no crmplan questionnaire"):
        read(packed(parts))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word file"),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        read(data)


def test_a_workbook_in_place_of_a_document_is_refused() -> None:
    with pytest.raises(ExchangeError, match="no Word document"):
        read(packed({"xl/workbook.xml": b"<a/>"}))


def test_a_document_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    parts = parts_of(booklet())

    with pytest.raises(ExchangeError, match="times its size"):
        read(packed({**parts, "word/media/nothing.bin": b"\0" * 30_000_000}))


def test_a_text_larger_than_any_booklet_is_refused() -> None:
    # A megabyte that does not shrink keeps the ratio below that of a bomb.
    text = random.Random(1).randbytes(2**20) + b" " * 40 * 2**20

    with pytest.raises(ExchangeError, match="unpacks to 41 MB"):
        read(packed({MAIN: text}))


def test_a_document_type_and_its_entities_are_refused() -> None:
    parts = parts_of(booklet())
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
    parts[MAIN] = bomb + parts[MAIN].split(b"?>", 1)[1]

    with pytest.raises(ExchangeError, match="document type"):
        read(packed(parts))


def test_macros_and_outer_links_are_not_looked_at() -> None:
    parts = parts_of(choose(booklet(), {tag(SPONSOR): "3"}))
    parts["word/vbaProject.bin"] = b"macro"
    rels = "word/_rels/document.xml.rels"
    link = (
        b'<Relationship Id="rIdX" TargetMode="External" Target="http://example.invalid/x" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")

    assert len(read(packed(parts)).responses) == 1


def test_a_damaged_text_is_refused() -> None:
    parts = parts_of(booklet())

    with pytest.raises(ExchangeError, match="damaged"):
        read(packed({**parts, MAIN: parts[MAIN][:-40]}))
