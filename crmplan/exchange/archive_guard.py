"""Take the parts of a foreign workbook out of its archive, before any parser sees them.

A workbook is a zip file, and a zip file can lie: about sizes, with parts that overlap or appear
twice, or with 5 GB of nothing. Each part is therefore unpacked here within limits, and packed
again without what is not needed: links to other files, pictures, macros.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from crmplan.errors import ExchangeError

LARGEST_FILE = 20 * 1024 * 1024
MOST_PARTS = 200
LARGEST_UNPACKED = 200 * 1024 * 1024
HIGHEST_RATIO = 150
"""Unpacked to packed size of the whole file; workbooks stay below 40, a bomb comes near 1,000."""

_RATIO_FROM = 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(worksheets/|_rels/)?[^/]+\.(xml|rels)"
)
_WORKBOOK = "xl/workbook.xml"
_SAVE_AS = "open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)"
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, NotImplementedError, ValueError),
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
    if len(data) > LARGEST_FILE:
        raise _too_large(name, f"it has more than {LARGEST_FILE // 2**20} MB")
    _refuse_other_kinds(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, len(data), name)
            parts = _unpack(archive, name)
    except _DAMAGED as cause:
        raise _damaged(name) from cause
    if _WORKBOOK not in parts:
        raise ExchangeError(f"{name}: this is no Excel workbook (.xlsx)", hint=_SAVE_AS)
    return parts


def packed(parts: dict[str, bytes]) -> bytes:
    """Pack parts into an archive again, without compression."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return target.getvalue()


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if not data:
        raise ExchangeError(f"{name}: the file is empty", hint="send or copy it again")
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise _locked(name)
    if data.startswith(_OLE):
        raise ExchangeError(f"{name}: this is an old Excel file (.xls)", hint=_SAVE_AS)
    if not data.startswith(_ZIP):
        kind = "a text file such as CSV" if _is_text(data[:4096]) else "no Excel workbook (.xlsx)"
        raise ExchangeError(f"{name}: this is {kind}", hint=f"use the form itself; {_SAVE_AS}")


def _is_text(start: bytes) -> bool:
    return b"\0" not in start and not start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8"))


def _check_sizes(archive: zipfile.ZipFile, packed_size: int, name: str) -> None:
    members = archive.infolist()
    if len(members) > MOST_PARTS:
        raise _too_large(name, f"it has {len(members)} parts")
    if len({one.filename.casefold() for one in members}) < len(members):
        raise _damaged(name)
    unpacked = sum(one.file_size for one in members)
    if unpacked > LARGEST_UNPACKED:
        raise _too_large(name, f"it unpacks to {unpacked // 2**20} MB")
    if unpacked > _RATIO_FROM and unpacked > HIGHEST_RATIO * packed_size:
        raise _too_large(name, f"it unpacks to {unpacked // packed_size} times its size")


def _unpack(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        if not _NEEDED.fullmatch(member.filename):
            continue
        if member.flag_bits & 1:
            raise _locked(name)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged(name)
        # Reads no more than the declared size, and fails if the checksum differs then.
        parts[member.filename] = archive.read(member)
    return parts


def _too_large(name: str, why: str) -> ExchangeError:
    return ExchangeError(
        f"{name}: this is no questionnaire: {why}", hint="use the form itself, without additions"
    )


def _locked(name: str) -> ExchangeError:
    return ExchangeError(
        f"{name}: the file is locked with a password",
        hint="open it in Excel, remove the password and save it again",
    )


def _damaged(name: str) -> ExchangeError:
    return ExchangeError(f"{name}: the file is damaged", hint=f"ask for it again, or {_SAVE_AS}")
