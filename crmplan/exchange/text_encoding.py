"""In which encoding a text file of a stranger is written: found out beyond doubt, or asked for.

UTF-8 and UTF-16 prove themselves. Windows-1256 (Persian, Arabic) and Big5 (traditional Chinese)
are taken only if the letters that come out are of that script; nothing else is guessed.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmplan.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Mapping

ENCODINGS = ("utf-8", "utf-16", "cp1256", "big5")
"""What may be stated; big5 includes the signs that Windows adds."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SCRIPT_OF: Mapping[str, str] = {"cp1256": "ARABIC", "big5": "CJK"}
_CODEC = {"big5": "cp950"}
_PLAUSIBLE = 0.9
_ENOUGH = 200_000
"""Letters looked at to tell a script."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the encoding it was written in: as it stated itself, or as it was found."""

    text: str
    encoding: str


def decode(data: bytes, *, name: str, stated: str | None = None) -> Decoded:
    """Decode a file.

    Args:
        data: the file.
        name: what it is called, for messages.
        stated: one of ``ENCODINGS``, if somebody knows.

    Raises:
        ExchangeError: if it is not in the encoding stated, or none can be told.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, codec, name), codec.removesuffix("-sig"))
    if stated:
        return Decoded(_strictly(data, _little_endian(stated), name), stated)
    if unmarked := _unmarked_utf16(data):
        return Decoded(_strictly(data, unmarked, name), "utf-16")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _by_script(data, name)


def _little_endian(stated: str) -> str:
    return {"utf-16": "utf-16-le"}.get(stated, _CODEC.get(stated, stated))


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ExchangeError(
            f"{name}: row {line} is not in {codec}",
            hint=f"save the file as UTF-8, or state another: --encoding {'|'.join(ENCODINGS)}",
        ) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes: no other text holds one.

    Commas and ends of lines have theirs second, or first if the larger half comes first.
    """
    if b"\0" not in data:
        return None
    return "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"


def _by_script(data: bytes, name: str) -> Decoded:
    found = [
        Decoded(text, encoding)
        for encoding, script in _SCRIPT_OF.items()
        if (text := _decoded(data, _CODEC.get(encoding, encoding))) is not None
        and _is_written_in(text, script)
    ]
    if len(found) == 1:
        return found[0]
    raise ExchangeError(
        f"{name}: its encoding cannot be told",
        hint=f"save it as UTF-8, or state it: --encoding {'|'.join(ENCODINGS)}",
    )


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_written_in(text: str, script: str) -> bool:
    foreign = [one for one in text[:_ENOUGH] if one > "\x7f" and unicodedata.category(one) != "Cf"]
    own = sum(unicodedata.name(one, "").startswith(script) for one in foreign)
    return bool(foreign) and own >= _PLAUSIBLE * len(foreign)
