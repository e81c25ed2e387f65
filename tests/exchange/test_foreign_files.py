from __future__ import annotations

import io
import random
import re
import time
import zipfile
import zlib
from collections.abc import Mapping

import pytest

from crmplan.errors import ExchangeError
from crmplan.exchange.archive_guard import LARGEST_FILE
from exchange.forms import SPONSOR, filled, read, written

SHEET = "xl/worksheets/sheet2.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Exchange or add parts of a workbook."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return target.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_cell(reference: str) -> bytes:
    form = written()
    cell = f'<row r="9999"><c r="{reference}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return repacked(form, {SHEET: part(form, SHEET).replace(b"</sheetData>", cell.encode())})


def lying_about_sizes() -> bytes:
    """A form in which the second sheet says it is 10 bytes long, and those have the right sum."""
    form = written()
    content = part(form, SHEET)
    data = bytearray(repacked(form, {SHEET: content}))
    true, false = len(content).to_bytes(4, "little"), (10).to_bytes(4, "little")
    checksums = [zlib.crc32(some).to_bytes(4, "little") for some in (content, content[:10])]
    return bytes(data.replace(true, false).replace(*checksums))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"item,level\nleadership.sponsor,3\n", "a text file such as CSV"),
        ("سطح;۳\n".encode(), "a text file such as CSV"),
        (b"<html><table></table></html>", "a text file"),
        (b"%PDF-1.7", "no Excel workbook"),
        (OLE + b"\0" * 512, r"an old Excel file \(\.xls\)"),
        (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "no Excel workbook"),
        (written()[:5000], "damaged"),
        (b"PK\x03\x04" + b"0" * LARGEST_FILE, "more than 20 MB"),
        (zipped(**{f"p{n}": b"" for n in range(201)}), "it has 201 parts"),
    ],
    ids=range(12),
)
def test_what_is_no_workbook_is_refused_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(ExchangeError, match=message) as error:
        read(data)

    assert error.value.message.startswith("sara.xlsx: ")
    assert "\n" not in error.value.message
    assert error.value.hint


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (repacked(written(), {"xl/media/bomb": b"\0" * 60_000_000}), "times its size"),
        (zipped(**{f"p{n}": b"\0" * 70_000_000 for n in range(3)}), "unpacks to 200 MB"),
        (with_cell("XFD2"), "larger than any questionnaire"),
        (with_cell("A1048576"), "larger than any questionnaire"),
        (with_cell("A99999999999"), "larger than any questionnaire"),
        (repacked(written(), {SHEET: b"<worksheet><sheetData>"}), "damaged"),
        (
            repacked(
                written(),
                {SHEET: b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>'},
            ),
            "damaged",
        ),
        (repacked(written(), {"xl/workbook.xml": b"<workbook>"}), "damaged"),
        (lying_about_sizes(), "damaged"),
    ],
    ids=range(9),
)
def test_a_hostile_workbook_is_refused_at_once(data: bytes, message: str) -> None:
    started = time.process_time()

    with pytest.raises(ExchangeError, match=message):
        read(data)

    assert time.process_time() - started < 2


def test_a_part_that_is_there_twice_is_refused() -> None:
    data = repacked(written(), {"xl/Workbook.xml": b"<workbook/>"})

    with pytest.raises(ExchangeError, match="damaged"):
        read(data)


def test_one_long_text_shared_by_many_cells_is_refused() -> None:
    form = written()
    texts = part(form, "xl/sharedStrings.xml").replace(
        b"</sst>", b"<si><t>" + b"ab" * 1_000_000 + b"</t></si></sst>"
    )

    with pytest.raises(ExchangeError, match="larger than any questionnaire"):
        read(repacked(form, {"xl/sharedStrings.xml": texts}))


def test_a_false_dimension_hides_no_answers() -> None:
    form = filled(written(), {SPONSOR: {"level": 3}})
    sheet = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part(form, SHEET))

    assert len(read(repacked(form, {SHEET: sheet})).responses) == 1


def test_links_to_other_files_and_macros_are_not_looked_at() -> None:
    form = filled(written(), {SPONSOR: {"level": 3}})
    data = repacked(
        form, {"xl/externalLinks/externalLink1.xml": b"<not xml", "xl/vbaProject.bin": b"?"}
    )

    assert len(read(data).responses) == 1


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_form_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    form = written(layers=True)
    name = chance.choice(["xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml"])
    content = bytearray(part(form, name))
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.choice(b'<>"/&;0A=r\xff')

    try:
        reading = read(repacked(form, {name: bytes(content)}))
    except ExchangeError as error:
        assert error.hint  # noqa: PT017
    else:
        assert reading.responses == ()
