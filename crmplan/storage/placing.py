"""Putting a finished file in its place: complete, durable, and never over another one."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from crmplan.errors import EngagementError, EngagementExistsError
from crmplan.storage.faults import told_of_files

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPANIONS = ("-wal", "-shm", "-journal")


@contextlib.contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a path to write a new file to; it appears under its own name when the block succeeds.

    The draft lies in a folder of its own beside the file, hence on the same disk, so that the name
    changes in one step; after an exception nothing is left.

    Raises:
        EngagementExistsError: if there is a file of that name, at the start or by then.
        EngagementError: if remains of another database lie there, or it cannot be written.
    """
    with told_of_files(path):
        _refuse_taken(path)
        folder = Path(tempfile.mkdtemp(prefix=".crmplan-", dir=path.absolute().parent))
    try:
        draft = folder / "draft"
        yield draft
        with told_of_files(path):
            _flush(draft)
            _give_name(draft, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_taken(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise EngagementExistsError(path)
    for ending in _COMPANIONS:
        # SQLite would take it for the journal of the new file and play it back into it.
        if (remains := path.with_name(path.name + ending)).exists():
            raise EngagementError(
                path,
                f"{remains.name} of an earlier file lies beside it",
                hint="move it away, or choose another name",
            )


def _give_name(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename, this fails if somebody was faster
    except FileExistsError as error:
        raise EngagementExistsError(path) from error
    except OSError:
        # Some disks (FAT, network shares) know no second name for a file.
        _refuse_taken(path)
        draft.rename(path)
    if os.name == "posix":  # Windows cannot open a folder, and needs no flush of it
        _flush(path.absolute().parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
