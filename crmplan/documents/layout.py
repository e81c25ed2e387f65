"""Pages, as LibreOffice lays them out: a PDF of a document, and the page of each bookmark.

Word counts pages only when it opens a document; for contents that are right from the first
moment the document is laid out here once and written again with the page numbers found.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from crmplan.documents.blocks import Block
from crmplan.documents.edits import Earlier
from crmplan.documents.fonts import FONT_FOLDER
from crmplan.documents.package import unpack
from crmplan.documents.rendering import render_document
from crmplan.documents.settings import DocumentSettings, Language
from crmplan.documents.typography import typography
from crmplan.errors import LayoutError

_PROGRAMS = ("soffice", "libreoffice")
# Outline, destinations for the page numbers, and tags, without which a reader who cannot see gets
# no order, no table and no description of a chart.
_OPTIONS = (
    "ExportBookmarks",
    "ExportBookmarksToPDFDestination",
    "UseTaggedPDF",
    "PDFUACompliance",
)
_EXPORT = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": "boolean", "value": "true"} for name in _OPTIONS}
)
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <alias binding="same">
    <family>Microsoft JhengHei</family><accept><family>Noto Sans TC</family></accept>
  </alias>
</fontconfig>
"""
_CATALOGUE_LANGUAGE = re.compile(rb"/Type/Catalog(?:(?!endobj).)*?/Lang\(([^)]*)\)", re.DOTALL)
_BOOKMARK = re.compile(r'<w:bookmarkStart\b[^>]*\bw:name="([A-Za-z0-9_]+)"')


def office_program() -> str | None:
    """The path of LibreOffice, or None where it is not installed."""
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


def require_office() -> str:
    """The path of LibreOffice.

    Raises:
        LayoutError: if it is not installed.
    """
    if (program := office_program()) is None:
        raise LayoutError("it is not installed (the program soffice is not found)")
    return program


def render_with_pages(
    blocks: Sequence[Block],
    *,
    settings: DocumentSettings,
    template: bytes | None = None,
    earlier: Earlier | None = None,
    timeout_seconds: float = 120,
) -> bytes:
    """A document whose contents have page numbers, where LibreOffice is installed.

    Without it the contents stand without page numbers. Two passes: filled page numbers change
    no line, since every entry has its line already.

    Raises:
        LayoutError: if LibreOffice is installed but fails.
    """
    render = partial(render_document, blocks, settings=settings, template=template, earlier=earlier)
    first = render()
    if office_program() is None:
        return first
    pages = measure_pages(first, timeout_seconds=timeout_seconds)
    return render(pages=pages)


def measure_pages(document: bytes, *, timeout_seconds: float = 120) -> dict[str, int]:
    """The page of each bookmark of a document, counted from 1.

    Raises:
        LayoutError: if LibreOffice is missing, takes too long or makes no PDF.
    """
    text = unpack(document)["word/document.xml"].decode()
    pages = _destinations(to_pdf(document, timeout_seconds=timeout_seconds))
    # LibreOffice writes the underscores of a bookmark as their code.
    exported = {name: name.replace("_", "5F") for name in _BOOKMARK.findall(text)}
    return {name: pages[code] for name, code in exported.items() if code in pages}


def to_pdf(document: bytes, *, timeout_seconds: float = 120) -> bytes:
    """The document as tagged PDF with an outline, made by LibreOffice with a profile of its own.

    Raises:
        LayoutError: if LibreOffice is missing, takes too long or makes no PDF.
    """
    program = require_office()
    with tempfile.TemporaryDirectory(prefix="crmplan-") as name:
        folder = Path(name)
        (folder / "document.docx").write_bytes(document)
        _run(_command(program, folder), _with_our_fonts(folder), timeout_seconds)
        result = folder / "document.pdf"
        if not result.is_file():
            raise LayoutError("it made no PDF")
        return result.read_bytes()


def to_read_aloud(pdf: bytes, language: Language) -> bytes:
    """The PDF with the document's language in its catalogue, for voices that read it.

    LibreOffice writes the language of Latin letters there, which a Persian document also has.
    The tags of languages have equal lengths, so no offset in the file changes.

    Raises:
        LayoutError: if the catalogue of the PDF says no language.
    """
    found = _CATALOGUE_LANGUAGE.search(pdf)
    tag = typography(language).tag.encode()
    if found is None or len(found[1]) != len(tag):
        raise LayoutError("its PDF does not say its language")
    return pdf[: found.start(1)] + tag + pdf[found.end(1) :]


def _command(program: str, folder: Path) -> tuple[str, ...]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ("--headless", "--norestore", "--convert-to", _EXPORT, "--outdir", str(folder))
    return (program, profile, *convert, str(folder / "document.docx"))


def _with_our_fonts(folder: Path) -> dict[str, str]:
    """An environment in which fontconfig also finds our fonts, where it is used at all.

    A machine without Microsoft JhengHei would show Chinese in Japanese shapes.
    """
    configuration = folder / "fonts.conf"
    configuration.write_text(_FONTCONFIG.format(folder=FONT_FOLDER), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(configuration)}


def _run(command: tuple[str, ...], environment: Mapping[str, str], timeout_seconds: float) -> None:
    quiet = subprocess.DEVNULL
    # A session of its own: soffice starts children that must end with it.
    with subprocess.Popen(  # noqa: S603  a program of the machine, a file of ours
        command,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout_seconds)
        except subprocess.TimeoutExpired as error:
            raise LayoutError(f"it took longer than {timeout_seconds:g} seconds") from error
        finally:
            _end_group(process.pid)


def _end_group(group: int) -> None:
    if hasattr(os, "killpg"):
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            return


def _destinations(pdf: bytes) -> Mapping[str, int]:
    """The named destinations of a PDF with their pages, counted from 1."""
    import pypdfium2  # heavy and seldom needed

    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = {}
    for position in range(raw.FPDF_CountNamedDests(document.raw)):
        length = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(document.raw, position, None, length)
        name = ctypes.create_string_buffer(length.value)
        place = raw.FPDF_GetNamedDest(document.raw, position, name, length)
        key = name.raw[: length.value].decode("utf-16-le").rstrip("\0")
        pages[key] = raw.FPDFDest_GetDestPageIndex(document.raw, place) + 1
    document.close()
    return pages
