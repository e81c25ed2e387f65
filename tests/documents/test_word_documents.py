from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from lxml import etree

from crmplan.documents.blocks import (
    Gantt,
    GanttRow,
    Heading,
    Landscape,
    NumberedList,
    Paragraph,
    Picture,
    Portrait,
    Table,
)
from crmplan.documents.check import check_document
from crmplan.documents.colours import paint, text_paint
from crmplan.documents.package import unpack
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import Language
from crmplan.errors import BlockError

from .samples import LANGUAGES, W, every_block, main_part, png, settings_for, text_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_makes_a_document_without_findings(language: Language) -> None:
    document = render_document(every_block(language), settings=settings_for(language))

    assert check_document(document) == ()


def test_the_bytes_do_not_depend_on_the_run() -> None:
    program = (
        "import hashlib; from documents.samples import *;"
        "from crmplan.documents.rendering import render_document as r;"
        "print([hashlib.sha256(r(every_block(l), settings=settings_for(l))).hexdigest()"
        " for l in LANGUAGES])"
    )
    printed = []
    for seed in ("1", "77"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        run = subprocess.run(
            (sys.executable, "-c", program),
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        printed.append(run.stdout)

    assert printed[0] == printed[1]


def test_a_long_table_is_written_fast() -> None:
    rows = tuple(tuple(f"cell {row} {column}" for column in range(7)) for row in range(400))
    table = Table(tuple("abcdefg"), rows)
    render_document((table,), settings=settings_for("fa"))

    start = time.perf_counter()
    render_document((table,), settings=settings_for("fa"))

    # 0.15 s here; the cell interface of python-docx needs two minutes.
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_direction_is_said_by_every_run_of_a_persian_document_only(language: Language) -> None:
    root = main_part(render_document(every_block(language), settings=settings_for(language)))

    marked = [run.find(f"{W}rPr/{W}rtl") is not None for run in root.iter(f"{W}r")]
    mirrored = [table.find(f"{W}bidiVisual") is not None for table in root.iter(f"{W}tblPr")]

    if language == "fa":
        drawn = [r for r in root.iter(f"{W}r") if r.find(f"{W}drawing") is None]
        assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in drawn)
        assert all(mirrored)
    else:
        assert not any(marked)
        assert not any(mirrored)


def test_charts_stand_in_left_to_right_paragraphs() -> None:
    root = main_part(render_document(every_block("fa"), settings=settings_for("fa")))

    drawings = list(root.iter(f"{W}drawing"))

    assert drawings
    for drawing in drawings:
        paragraph = drawing.getparent().getparent()
        assert paragraph.find(f"{W}pPr/{W}bidi").get(f"{W}val") == "0"


def test_persian_documents_carry_their_fonts() -> None:
    names = unpack(render_document((), settings=settings_for("fa")))
    others = unpack(render_document((), settings=settings_for("en")))

    assert sum(name.endswith(".odttf") for name in names) == 4
    assert not any(name.endswith(".odttf") for name in others)


def test_a_landscape_part_has_its_own_section() -> None:
    blocks = (Paragraph("a"), Landscape(), Paragraph("b"), Portrait(), Paragraph("c"))

    root = main_part(render_document(blocks, settings=settings_for()))

    sizes = [(size.get(f"{W}orient"), size.get(f"{W}w")) for size in root.iter(f"{W}pgSz")]
    assert sizes == [("portrait", "11906"), ("landscape", "16838"), ("portrait", "11906")]
    assert [text_of(p) for p in root.iter(f"{W}p")] == ["a", "b", "c"]


def test_each_numbered_list_begins_at_one() -> None:
    document = render_document(
        (NumberedList(("a", "b")), NumberedList(("c",))), settings=settings_for()
    )

    ids = [e.get(f"{W}val") for e in main_part(document).iter(f"{W}numId")]
    numbering = etree.fromstring(unpack(document)["word/numbering.xml"])
    assert ids[0] == ids[1] != ids[2]
    assert len(list(numbering.iter(f"{W}startOverride"))) == 2


def test_a_bar_covers_its_columns_and_a_milestone_one() -> None:
    rows = (GanttRow("bar", 1, 3), GanttRow("stone", 0, 2, "milestone"))
    document = render_document((Gantt(("1", "2", "3", "4"), rows),), settings=settings_for())

    spans = []
    for row in list(main_part(document).iter(f"{W}tr"))[1:]:
        found = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
        spans.append([1 if e is None else int(e.get(f"{W}val", "")) for e in found])

    assert spans == [[1, 1, 3], [1, 1, 1, 1, 1]]


def test_pictures_are_made_to_fit_the_page() -> None:
    blocks = (Picture(png(10, 1000), 16), Picture(png(1000, 10), 99))

    root = main_part(render_document(blocks, settings=settings_for()))

    sizes = [(int(e.get("cx")), int(e.get("cy"))) for e in root.iter() if e.tag.endswith("}extent")]
    assert all(cx <= 16.01 * 360_000 and cy <= 25 * 360_000 for cx, cy in sizes)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Heading(5, "x"),
        lambda: Table(("a", "b"), (("c",),)),
        lambda: Table(("a",), (), widths=(1, 2)),
        lambda: Gantt(("1",) * 63, ()),
        lambda: Gantt(("1",), (GanttRow("x", 0, 1),)),
        lambda: Gantt(("1",), (), groups=(("a", 2),)),
        lambda: paint("blue-ish"),
        lambda: render_document((Picture(b"GIF89a", 5),), settings=settings_for()),
    ],
)
def test_a_block_that_contradicts_itself_is_refused(make: object) -> None:
    with pytest.raises(BlockError):
        make()  # type: ignore[operator]


def test_a_light_role_is_darkened_for_text() -> None:
    # E39A14 has a contrast of 2.4 on white.
    assert paint("target") == "E39A14"
    assert text_paint("target") < "A0"
    assert text_paint("ink") == paint("ink")
