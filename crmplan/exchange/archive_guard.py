"""Take the parts of a foreign workbook or document out of its archive, before any parser sees them.

Such a file is a zip file, and a zip file can lie: about sizes, with parts that overlap or appear
twice, or with 5 GB of nothing. Each part is therefore unpacked here within limits, and packed
again without what is not needed: links to other files, pictures, macros.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from crmplan.errors import ExchangeError

LARGEST_FILE = 20 * 1024 * 1024
MOST_PARTS = 200
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_DOCUMENT = 40 * 1024 * 1024
"""A booklet of 72 questions unpacks to 3 MB; its text is parsed as a whole."""
HIGHEST_RATIO = 150
"""Unpacked to packed size of the whole file; workbooks stay below 40, a bomb comes near 1,000."""

_RATIO_FROM = 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, NotImplementedError, ValueError),
)


@dataclass(frozen=True, slots=True)
class OfficeKind:
    """A kind of file that people send.

    Attributes:
        title: what it is called.
        old: what its old kind is called, which is no archive.
        main: the part that makes a file one of this kind.
        needed: names of the parts that are unpacked; no other one is.
        save_as: how to make such a file.
        largest: bytes that all parts together may unpack to.
    """

    title: str
    old: str
    main: str
    needed: re.Pattern[str]
    save_as: str
    largest: int = LARGEST_UNPACKED


_WORKBOOK = OfficeKind(
    title="Excel workbook (.xlsx)",
    old="Excel file (.xls)",
    main="xl/workbook.xml",
    needed=re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|xl/(worksheets/|_rels/)?[^/]+\.(xml|rels)"
    ),
    save_as="open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)",
)
_DOCUMENT = OfficeKind(
    title="Word document (.docx)",
    old="Word file (.doc)",
    main="word/document.xml",
    needed=re.compile(r"word/document\.xml|docProps/custom\.xml"),
    save_as="open it in Word and save it as a Word document (.docx)",
    largest=LARGEST_DOCUMENT,
)


def workbook_parts(data: bytes, *, name: str) -> dict[str, bytes]:
    """Unpack the parts of an .xlsx file that hold cells.

    Args:
        data: the file.
        name: what the file is called, for messages.

    Raises:
        ExchangeError: if the file is something else, locked by a password, damaged, or larger
            inside than a questionnaire can be.
    """
    return _parts(data, _WORKBOOK, name)


def document_parts(data: bytes, *, name: str) -> dict[str, bytes]:
    """Unpack the text of a .docx file, and its properties if it has any.

    Macros, links, pictures and embedded files stay packed.

    Args:
        data: the file.
        name: what the file is called, for messages.

    Raises:
        ExchangeError: if the file is something else, locked by a password, damaged, or larger
            inside than a questionnaire can be.
    """
    return _parts(data, _DOCUMENT, name)


def _parts(data: bytes, kind: OfficeKind, name: str) -> dict[str, bytes]:
    if len(data) > LARGEST_FILE:
        raise _too_large(name, f"it has more than {LARGEST_FILE // 2**20} MB")
    _refuse_other_kinds(data, kind, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, len(data), kind, name)
            parts = _unpack(archive, kind, name)
    except _DAMAGED as cause:
        raise _damaged(kind, name) from cause
    if kind.main not in parts:
        raise ExchangeError(f"{name}: this is no {kind.title}", hint=kind.save_as)
    return parts


def packed(parts: dict[str, bytes]) -> bytes:
    """Pack parts into an archive again, without compression."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return target.getvalue()


def _refuse_other_kinds(data: bytes, kind: OfficeKind, name: str) -> None:
    if not data:
        raise ExchangeError(f"{name}: the file is empty", hint="send or copy it again")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise _locked(kind, name)
    if data.startswith(_OLE):
        raise ExchangeError(f"{name}: this is an old {kind.old}", hint=kind.save_as)
    if not data.startswith(_ZIP):
        found = "a text file such as CSV" if _is_text(data[:4096]) else f"no {kind.title}"
        hint = f"use the form itself; {kind.save_as}"
        raise ExchangeError(f"{name}: this is {found}", hint=hint)


def _is_text(start: bytes) -> bool:
    return b"\0" not in start and not start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8"))


def _check_sizes(archive: zipfile.ZipFile, packed_size: int, kind: OfficeKind, name: str) -> None:
    members = archive.infolist()
    if len(members) > MOST_PARTS:
        raise _too_large(name, f"it has {len(members)} parts")
    if len({one.filename.casefold() for one in members}) < len(members):
        raise _damaged(kind, name)
    unpacked = sum(one.file_size for one in members)
    if unpacked > kind.largest:
        raise _too_large(name, f"it unpacks to {unpacked // 2**20} MB")
    if unpacked > _RATIO_FROM and unpacked > HIGHEST_RATIO * packed_size:
        raise _too_large(name, f"it unpacks to {unpacked // packed_size} times its size")


def _unpack(archive: zipfile.ZipFile, kind: OfficeKind, name: str) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        if not kind.needed.fullmatch(member.filename):
            continue
        if member.flag_bits & 1:
            raise _locked(kind, name)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged(kind, name)
        # Reads no more than the declared size, and fails if the checksum differs then.
        parts[member.filename] = archive.read(member)
    return parts


def _too_large(name: str, why: str) -> ExchangeError:
    return ExchangeError(
        f"{name}: this is no questionnaire: {why}", hint="use the form itself, without additions"
    )


def _locked(kind: OfficeKind, name: str) -> ExchangeError:
    return ExchangeError(
        f"{name}: the file is locked with a password",
        hint=f"open it in {kind.title.split()[0]}, remove the password and save it again",
    )


def _damaged(kind: OfficeKind, name: str) -> ExchangeError:
    return ExchangeError(
        f"{name}: the file is damaged", hint=f"ask for it again, or {kind.save_as}"
    )
