"""Where the data that ships with the program stands: definitions, templates, examples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Find ``frameworks``, ``templates`` or ``examples``.

    A checkout has them beside the package; an installed program carries them inside.
    """
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
