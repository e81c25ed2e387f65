"""Booklets that are written, filled in as Word does, saved again by LibreOffice, and read back."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from lxml import etree

from crmplan.assessment.form_fields import field_tag
from crmplan.assessment.framework import Framework
from crmplan.assessment.questionnaire import questionnaire
from crmplan.assessment.responses import Respondent, Response
from crmplan.definitions.library import load_framework
from crmplan.documents.layout import office_program
from crmplan.documents.questionnaire_booklet import BookletPurpose, make_booklet
from crmplan.exchange.booklet_reading import read_booklet
from crmplan.exchange.questionnaire_reading import QuestionnaireReading
from crmplan.localisation.locale import LanguageCode, Locale

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"
SARA = Respondent(id="sara", name="Sara Amini", role="Head of sales", group="manager")
SPONSOR, VISION = "leadership.sponsor", "leadership.customer-vision"
PURPOSE = BookletPurpose("Lantern & Sons", "Consultants", date(2026, 11, 21))


@cache
def drcrm(language: LanguageCode = "en") -> Framework:
    return load_framework("drcrm", language)


@cache
def booklet(
    language: LanguageCode = "en",
    *,
    layers: bool = False,
    audience: str | None = None,
    respondent: Respondent | None = SARA,
    responses: tuple[Response, ...] = (),
) -> bytes:
    """A short form: three questions of each dimension."""
    asked = questionnaire(drcrm(language), audience=audience, short=True, layers=layers)
    calendar = "jalali" if language == "fa" else "gregorian"
    return make_booklet(
        asked,
        respondent=respondent,
        responses=responses,
        purpose=PURPOSE,
        locale=Locale(language, calendar),  # type: ignore[arg-type]
    )


def read(data: bytes, *, respondent: str | None = None) -> QuestionnaireReading:
    return read_booklet(data, framework=drcrm(), name="answers.docx", respondent=respondent)


def tag(item: str, key: str = "level") -> str:
    return field_tag("drcrm", item, key)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, change: Callable[[etree._Element], None]) -> bytes:
    """The document with a change of its main part."""
    parts = parts_of(data)
    root = etree.fromstring(parts[MAIN])
    change(root)
    return packed({**parts, MAIN: etree.tostring(root)})


def control(root: etree._Element, name: str) -> etree._Element:
    """The control with a tag."""
    return next(
        one
        for one in root.iter(f"{W}sdt")
        if one.find(f"{W}sdtPr/{W}tag") is not None
        and one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == name
    )


def entries(data: bytes, name: str) -> dict[str, str]:
    """The list of a control: value → shown text."""
    root = etree.fromstring(parts_of(data)[MAIN])
    items = control(root, name).iter(f"{W}listItem")
    return {one.get(f"{W}value"): one.get(f"{W}displayText") for one in items}


def fill(data: bytes, answers: Mapping[str, str]) -> bytes:
    """Fill fields as Word does: the prompt goes, the text of the entry comes, lines as breaks."""

    def change(root: etree._Element) -> None:
        for name, text in answers.items():
            found = control(root, name)
            prompt = found.find(f"{W}sdtPr/{W}showingPlcHdr")
            if prompt is not None:
                prompt.getparent().remove(prompt)
            content = found.find(f"{W}sdtContent")
            for child in list(content):
                content.remove(child)
            lines = "<w:br/>".join(
                f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in text.split("\n")
            )
            run = f'<w:r xmlns:w="{W[1:-1]}"><w:rPr><w:b/></w:rPr>{lines}</w:r>'
            content.append(etree.fromstring(run))

    return changed(data, change)


def choose(data: bytes, answers: Mapping[str, str]) -> bytes:
    """Choose entries of lists by their value."""
    return fill(data, {name: entries(data, name)[value] for name, value in answers.items()})


def saved_by_libreoffice(data: bytes) -> bytes:
    """The document as LibreOffice writes it after opening it."""
    program = office_program()
    assert program is not None
    with tempfile.TemporaryDirectory(prefix="crmplan-") as name:
        folder = Path(name)
        (folder / "form.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        convert = ("--headless", "--convert-to", "docx:MS Word 2007 XML")
        command = (program, profile, *convert, "--outdir", str(folder / "out"))
        subprocess.run(
            (*command, str(folder / "form.docx")), check=True, capture_output=True, timeout=120
        )
        return (folder / "out" / "form.docx").read_bytes()


def codes(reading: QuestionnaireReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def text_in(data: bytes) -> str:
    """Everything that the document shows."""
    return re.sub("<[^>]+>", "", parts_of(data)[MAIN].decode())
