"""A folder to begin an own framework with; it checks clean as it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from crmplan.data_files import data_folder
from crmplan.errors import DefinitionError

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
PLACEHOLDER = "FRAMEWORK-ID"


def new_framework(folder: Path) -> tuple[Path, ...]:
    """Write a framework with two dimensions to fill in; its id is the folder's name.

    The folder is made beside its place and moved there, so that it is whole or not there at all.

    Returns:
        The files that were written.

    Raises:
        DefinitionError: if the name is no id, or something is there already.
    """
    if not _ID.match(folder.name):
        raise DefinitionError(
            f"{folder.name!r} is no id for a framework",
            hint="lower-case letters and digits, words joined by hyphens: my-framework",
        )
    if folder.exists():
        raise DefinitionError(f"{folder} exists already", hint="choose another name")
    beside = folder.with_name(f".{folder.name}.part")
    try:
        shutil.copytree(data_folder("templates") / "framework", beside, dirs_exist_ok=False)
        head = beside / "framework.yaml"
        head.write_text(head.read_text("utf-8").replace(PLACEHOLDER, folder.name), "utf-8")
        beside.rename(folder)
    except OSError as error:
        raise DefinitionError(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(sorted(path for path in folder.rglob("*.yaml")))
