"""Read the files of a source within limits; links are not followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.foreign_yaml import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmplan.exchange.framework_import.foreign_file import ForeignFile

LARGEST_FILE = 8_000_000
LARGEST_FOLDER = 32_000_000
MOST_DOCUMENTS = 2_000
_YAML = frozenset({".yml", ".yaml"})


def read_bytes(path: Path, name: str) -> bytes:
    """Read a file.

    Raises:
        ExchangeError: if it cannot be read, or is larger than any framework.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ExchangeError(f"{name}: cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_FILE:
        raise ExchangeError(f"{name}: larger than {LARGEST_FILE:,} bytes")
    return data


def read_text(path: Path, name: str) -> str:
    """Read a file as UTF-8; raises as ``read_bytes`` does."""
    data = read_bytes(path, name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ExchangeError(f"{name}:{line}: is not UTF-8", hint="save it as UTF-8") from error


def read_documents(source: Path) -> tuple[ForeignFile, ...]:
    """Read the YAML documents of a file, or of all YAML files below a folder in order of names.

    Raises:
        ExchangeError: if one cannot be read, there is none, or there is too much.
    """
    if source.is_file():
        return parse_yaml(read_text(source, source.name), source.name)
    documents: list[ForeignFile] = []
    read = 0
    for path in _yaml_files(source):
        name = path.relative_to(source).as_posix()
        text = read_text(path, name)
        read += len(text)
        documents += parse_yaml(text, name)
        if len(documents) > MOST_DOCUMENTS or read > LARGEST_FOLDER:
            raise ExchangeError(
                f"{source}: over {MOST_DOCUMENTS:,} documents or {LARGEST_FOLDER:,} characters",
                hint="name the folder that holds the framework alone",
            )
    if not documents:
        raise ExchangeError(f"{source}: no YAML file is in this folder")
    return tuple(documents)


def _yaml_files(folder: Path) -> Iterator[Path]:
    """Find files of the folder itself: nothing hidden, and nothing that a link leads to."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in inside.parts)
        is_linked = any((folder / one).is_symlink() for one in (inside, *inside.parents[:-1]))
        if path.suffix.lower() in _YAML and not is_hidden and not is_linked and path.is_file():
            yield path


_LICENCES = (
    ("attribution-sharealike 4.0", "CC-BY-SA-4.0"),
    ("attribution 4.0 international", "CC-BY-4.0"),
    ("mit no attribution", "MIT-0"),
    ("mit license", "MIT"),
    ("apache license", "Apache-2.0"),
    ("gnu general public license version 3", "GPL-3.0"),
)


def licence_of(source: Path) -> str:
    """Tell the licence that a source folder holds, by the beginning of its text; empty if none.

    Only the folder itself is looked at: a file in somebody's downloads lies beside strangers.
    """
    if not source.is_dir():
        return ""
    for path in sorted(source.iterdir()):
        if path.is_file() and path.stem.lower() in ("license", "licence", "copying"):
            start = " ".join(read_text(path, path.name)[:400].split()).lower()
            return next((known for words, known in _LICENCES if words in start), "")
    return ""
