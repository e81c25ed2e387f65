"""crmplan report, template and demo: which files appear, and what is refused before any does."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests.cli.command_line import crmplan, done, stored

pytestmark = pytest.mark.usefixtures("no_office")


def text_of(path: Path) -> str:
    """All text of a document: paragraphs and tables."""
    document = Document(str(path))
    return "\n".join(
        node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")
    )


def test_one_document_is_written_into_a_folder_that_is_made(tiny: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"

    outcome = done("report", tiny, "gap-and-swot", "--out", out)

    path = out / "gap-and-swot.en.docx"
    assert outcome.out == f"{path}\n"
    assert [one.name for one in out.iterdir()] == [path.name]
    assert "Lantern Yard Cycles" in text_of(path)


def test_without_libreoffice_it_says_what_is_missing(tiny: Path, tmp_path: Path) -> None:
    outcome = done("report", tiny, "gap-and-swot", "--out", tmp_path)

    assert "LibreOffice is not installed" in outcome.err


def test_without_libreoffice_a_pdf_is_refused_before_anything_is_made(
    tiny: Path, tmp_path: Path
) -> None:
    outcome = crmplan("report", tiny, "gap-and-swot", "--pdf", "--out", tmp_path / "out")

    assert outcome.status == 1
    assert "not installed" in outcome.err
    assert not (tmp_path / "out").exists()


def test_the_same_input_gives_the_same_bytes(tiny: Path, tmp_path: Path) -> None:
    done("report", tiny, "gap-and-swot", "--out", tmp_path / "a")
    done("report", tiny, "gap-and-swot", "--out", tmp_path / "b")

    first, second = (tmp_path / name / "gap-and-swot.en.docx" for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_a_document_is_never_overwritten_unasked(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "gap-and-swot.en.docx"
    path.write_text("mine")

    outcome = crmplan("report", tiny, "gap-and-swot", "--out", tmp_path)

    assert outcome.status == 1
    assert outcome.err.splitlines() == [
        f"crmplan: {path}: the file exists already",
        "    add --force to overwrite it, or choose another folder with --out",
    ]
    assert path.read_text() == "mine"


def test_force_overwrites_a_document(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "gap-and-swot.en.docx"
    path.write_text("mine")

    done("report", tiny, "gap-and-swot", "--out", tmp_path, "--force")

    assert zipfile.is_zipfile(path)


def test_nothing_is_written_if_one_of_several_documents_is_there(
    tiny: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "implementation-roadmap.en.docx").touch()

    outcome = crmplan("report", tiny, "--out", out)

    assert outcome.status == 1
    assert [one.name for one in out.iterdir()] == ["implementation-roadmap.en.docx"]


def test_without_answers_no_document_is_begun_when_a_roadmap_is_wanted(
    client: Path, tmp_path: Path
) -> None:
    outcome = crmplan("report", client, "--out", tmp_path / "out")

    assert outcome.status == 1
    assert "there is nothing to plan" in outcome.err
    assert not (tmp_path / "out").exists()


def test_without_answers_there_is_an_assessment_report_that_says_so(
    client: Path, tmp_path: Path
) -> None:
    done("report", client, "assessment-report", "--out", tmp_path)

    assert "Lantern & Sons" in text_of(tmp_path / "assessment-report.en.docx")


def test_what_was_edited_is_kept_and_the_earlier_file_too(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "gap-and-swot.en.docx"
    done("report", tiny, "gap-and-swot", "--out", tmp_path)
    _rewrite_summary(path)
    edited = path.read_bytes()

    outcome = done("report", tiny, "gap-and-swot", "--out", tmp_path, "--keep-edits")
    again = done("report", tiny, "gap-and-swot", "--out", tmp_path, "--keep-edits")

    assert "Our own words" in text_of(path)
    assert "    Summary: kept your text" in outcome.err.splitlines()
    assert "    Summary: kept your text" in again.err.splitlines()
    assert (tmp_path / "gap-and-swot.en.earlier.docx").read_bytes() == edited
    assert (tmp_path / "gap-and-swot.en.earlier-2.docx").exists()


def _rewrite_summary(path: Path) -> None:
    document = Document(str(path))
    first = next(p for p in document.element.body.iter() if p.tag.endswith("}sdtContent"))
    next(t for t in first.iter() if t.tag.endswith("}t")).text = "Our own words"
    document.save(str(path))


def test_keeping_edits_writes_documents_that_are_not_there_yet(tiny: Path, tmp_path: Path) -> None:
    outcome = done("report", tiny, "gap-and-swot", "--out", tmp_path, "--keep-edits")

    assert outcome.out == f"{tmp_path / 'gap-and-swot.en.docx'}\n"


def test_an_earlier_file_that_is_no_document_is_refused_and_stays(
    tiny: Path, tmp_path: Path
) -> None:
    path = tmp_path / "gap-and-swot.en.docx"
    path.write_text("mine")

    outcome = crmplan("report", tiny, "gap-and-swot", "--out", tmp_path, "--keep-edits")

    assert outcome.status == 1
    assert "its texts cannot be kept" in outcome.err
    assert path.read_text() == "mine"


def test_an_unknown_document_is_a_wrong_command_line(tiny: Path) -> None:
    outcome = crmplan("report", tiny, "raodmap")

    assert outcome.status == 2
    assert "'implementation-roadmap'" in outcome.err


def test_a_template_that_is_not_there_is_a_wrong_command_line(tiny: Path) -> None:
    outcome = crmplan("report", tiny, "gap-and-swot", "--template", "nowhere.docx")

    assert outcome.status == 2
    assert "nowhere.docx" in outcome.err


def _plain_text(path: Path) -> None:
    path.write_text("Dear client")


def _empty(path: Path) -> None:
    path.touch()


def _other_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no Word")


@pytest.mark.parametrize("make", [_plain_text, _empty, _other_archive])
def test_a_template_that_is_no_docx_is_refused(tiny: Path, tmp_path: Path, make: object) -> None:
    template = tmp_path / "firm.docx"
    assert callable(make)
    make(template)

    outcome = crmplan("report", tiny, "gap-and-swot", "--template", template, "--out", tmp_path)
    checked = crmplan("template", "check", template)

    assert outcome.status == 1
    assert "template" in outcome.err
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "gap-and-swot.en.docx").exists()
    assert checked.status == 3
    assert checked.out.startswith(f"{template}: ")


def test_a_template_of_ones_own_begins_with_ours(tiny: Path, tmp_path: Path) -> None:
    template = tmp_path / "firm.docx"

    done("template", "init", template)
    checked = done("template", "check", template)
    done("report", tiny, "gap-and-swot", "--template", template, "--out", tmp_path)

    assert checked.out == f"{template}: can be used\n"
    assert "Lantern Yard Cycles" in text_of(tmp_path / "gap-and-swot.en.docx")


def test_a_template_is_never_overwritten_unasked(tmp_path: Path) -> None:
    template = tmp_path / "firm.docx"
    template.write_text("mine")

    outcome = crmplan("template", "init", template)

    assert outcome.status == 1
    assert "--force" in outcome.err
    assert template.read_text() == "mine"


def test_what_stands_in_a_firms_template_stays(tiny: Path, tmp_path: Path) -> None:
    document = Document()
    for line in ("Aldermoor Lane Consulting", "{{ title }}", "{{p body }}"):
        document.add_paragraph(line)
    template = tmp_path / "firm.docx"
    document.save(str(template))

    done("report", tiny, "gap-and-swot", "--template", template, "--out", tmp_path)

    assert text_of(tmp_path / "gap-and-swot.en.docx").startswith("Aldermoor Lane Consulting")


@pytest.mark.skipif(os.name != "posix", reason="a file where a folder should be")
def test_a_folder_that_cannot_be_made_is_told(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    outcome = crmplan("report", tiny, "gap-and-swot", "--out", tmp_path / "taken" / "out")

    assert outcome.status == 1
    assert "choose another folder with --out" in outcome.err
    assert "Traceback" not in outcome.err


def test_the_demo_makes_a_file_and_every_document(tmp_path: Path) -> None:
    outcome = done("demo", "--language", "fa", "--out", tmp_path / "demo")

    assert sorted(one.name for one in (tmp_path / "demo").iterdir()) == [
        "assessment-report.fa.docx",
        "board-summary.fa.docx",
        "gap-and-swot.fa.docx",
        "home-appliances.fa.crmplan",
        "implementation-roadmap.fa.docx",
        "working-papers.fa.docx",
    ]
    assert len(outcome.out.splitlines()) == 6


def test_the_demo_overwrites_nothing_unasked(tmp_path: Path) -> None:
    file = tmp_path / "home-appliances.en.crmplan"
    file.write_text("mine")

    outcome = crmplan("demo", "--out", tmp_path)

    assert outcome.status == 1
    assert "--force" in outcome.err
    assert file.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [file]


def test_doctor_tells_that_libreoffice_is_missing_but_not_needed() -> None:
    outcome = done("doctor", "--json")

    found = {one["name"]: one["is_there"] for one in outcome.data}
    assert found == {
        "fonts": True, "frameworks": True, "templates": True, "examples": True,
        "LibreOffice": False,
    }  # fmt: skip


def test_sections_can_be_left_out(tiny: Path, tmp_path: Path) -> None:
    done("report", tiny, "assessment-report", "--without", "annex,method", "--out", tmp_path)

    assert "All answers" not in text_of(tmp_path / "assessment-report.en.docx")


def test_a_section_that_is_not_there_is_refused_before_anything_is_made(
    tiny: Path, tmp_path: Path
) -> None:
    outcome = crmplan("report", tiny, "--without", "anex", "--out", tmp_path / "out")

    assert outcome.status == 1
    assert "did you mean 'annex'?" in outcome.err
    assert not (tmp_path / "out").exists()


def test_people_can_stay_unnamed(tiny: Path, tmp_path: Path) -> None:
    people = [one.name for one in stored(tiny).respondents]

    done("report", tiny, "assessment-report", "--anonymous", "--out", tmp_path)

    text = text_of(tmp_path / "assessment-report.en.docx")
    assert people
    assert [name for name in people if name in text] == []
    assert "Person 1" in text


def test_two_languages_stand_in_one_document(tiny: Path, tmp_path: Path) -> None:
    outcome = done("report", tiny, "board-summary", "--bilingual", "zh", "--out", tmp_path)

    made = tmp_path / "board-summary.en-zh.docx"
    assert outcome.out.splitlines() == [str(made)]
    text = text_of(made)
    assert "CRM: summary for the board" in text
    assert "CRM：董事會摘要" in text


def test_a_second_language_must_be_another_one(tiny: Path, tmp_path: Path) -> None:
    outcome = crmplan("report", tiny, "--bilingual", "en", "--out", tmp_path / "out")

    assert outcome.status == 2
    assert "in en already" in outcome.err
    assert not (tmp_path / "out").exists()


def test_texts_are_kept_in_documents_of_one_language(tiny: Path, tmp_path: Path) -> None:
    outcome = crmplan("report", tiny, "--bilingual", "fa", "--keep-edits", "--out", tmp_path)

    assert outcome.status == 2
    assert "leave out --bilingual" in outcome.err
