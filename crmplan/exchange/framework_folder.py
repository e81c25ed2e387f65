"""Write a framework as a folder of definition files; what is read back has the same values."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel

from crmplan.errors import ExchangeError
from crmplan.planning.ties import Tie

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmplan.assessment.crosswalk import Crosswalk
    from crmplan.assessment.framework import Framework
    from crmplan.assessment.migration import Migration
    from crmplan.planning.initiatives import Initiative

# A word that YAML and our own reader both take as a text, whatever version of YAML.
_PLAIN = re.compile(r"[a-z][a-z0-9]*([-._][a-z0-9]+)*")
_NO_TEXTS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_WIDTH = 90
"""Columns from which on a line is broken at the next space."""

Words = str | tuple[str, ...] | dict[int, str]
TextsOf = Mapping[str, Mapping[str, Words]]
NO_TRANSLATIONS: Mapping[str, TextsOf] = MappingProxyType({})
_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]
    """Writes ids plain, texts in quotes, long texts folded; no aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 the base class gives it
        return True


def _text(dumper: Any, text: str) -> Any:
    if _PLAIN.fullmatch(text) and text not in _NO_TEXTS:
        style = None
    elif len(text) > _WIDTH - 10 and " " in text.strip() and "\n" not in text:
        style = ">"
    else:
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def framework_files(
    framework: Framework,
    initiatives: Iterable[Initiative],
    crosswalks: Iterable[Crosswalk],
    *,
    migrations: Iterable[Migration] = (),
    texts: Mapping[str, TextsOf] = NO_TRANSLATIONS,
    cases: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """Write all files of a framework's folder.

    Args:
        framework: with its texts in English.
        initiatives: its initiatives, in English.
        crosswalks: those that begin at it.
        migrations: what became of the parts of earlier versions.
        texts: per other language, words by element id and field.
        cases: the content of ``tests/bounds.yaml``; none without.

    Returns:
        The text of each file by its name in the folder.
    """
    head = _plain(framework)
    dimensions = head.pop("dimensions")
    concepts = head.pop("concepts", None)
    head["dimensions"] = [one["id"] for one in dimensions]
    if concepts:
        head["concepts"] = concepts
    files = {"framework.yaml": head}
    files |= {f"dimensions/{one['id']}.yaml": one for one in dimensions}
    for one in initiatives:
        name = f"initiatives/{one.dimension}.yaml"
        files.setdefault(name, {"dimension": one.dimension, "initiatives": []})
        entry = _plain(one)
        del entry["dimension"]
        files[name]["initiatives"].append(entry)
    files |= {f"crosswalks/{one.to}.yaml": _plain(one) for one in crosswalks}
    files |= {f"migrations/{one.to}.yaml": _plain(one) for one in migrations}
    files |= {f"locale/{language}/all.yaml": _simple(words) for language, words in texts.items()}
    if cases:
        files["tests/bounds.yaml"] = dict(cases)
    return {name: _yaml(value) for name, value in files.items()}


def bounds(framework: Framework) -> dict[str, Any]:
    """Cases that hold for every framework; ``crmplan framework check`` runs them."""
    lowest, highest = framework.scale.lowest, framework.scale.highest
    cases: tuple[tuple[str, object, object], ...] = (
        ("all best gives the top", highest, highest),
        ("all worst gives the bottom", lowest, lowest),
        ("where nothing applies there is no score", "not-applicable", "none"),
    )
    return {
        "tests": [
            {"name": name, "answers": {"all": answer}, "expect": {"scores": {"overall": score}}}
            for name, answer, score in cases
        ]
    }


def _plain(value: BaseModel) -> dict[str, Any]:
    """Give the fields of a value that differ from their defaults, by the names in files."""
    return {
        field.alias or name: _simple(getattr(value, name))
        for name, field in type(value).model_fields.items()
        if field.is_required()
        or getattr(value, name) != field.get_default(call_default_factory=True)
    }


def _simple(value: Any) -> Any:
    if isinstance(value, Tie):
        return value.model_dump()
    if isinstance(value, BaseModel):
        return _plain(value)
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if isinstance(value, dict):
        return {key: _simple(one) for key, one in value.items()}
    return [_simple(one) for one in value] if isinstance(value, tuple) else value


def _yaml(value: Mapping[str, Any]) -> str:
    return str(
        yaml.dump(
            value,
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=_WIDTH,
            default_flow_style=False,
        )
    )


def write_folder(folder: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    """Write files into a new folder, made beside its place and moved there when it is whole.

    Raises:
        ExchangeError: if something is there already, or the disk refuses; nothing is left then.
    """
    made = _make_parents(folder.parent)
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
            whole = Path(beside) / folder.name
            for name, text in files.items():
                path = whole / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            refuse_existing(folder)
            whole.rename(folder)
    except OSError as error:
        _remove(made)
        raise ExchangeError(f"{folder}: cannot be written: {error.strerror}") from error
    except ExchangeError:
        _remove(made)
        raise
    return tuple(sorted(folder / name for name in files))


def refuse_existing(folder: Path) -> None:
    """Stop if something of this name is there.

    Raises:
        ExchangeError: then.
    """
    if folder.exists() or folder.is_symlink():
        raise ExchangeError(
            f"{folder} exists already", hint="choose another id, or move the folder away"
        )


def _make_parents(parent: Path) -> Path | None:
    """Make the parents of a folder; give the topmost one that was made."""
    missing = [one for one in (parent, *parent.parents) if not one.exists()]
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExchangeError(f"{parent}: cannot be written: {error.strerror}") from error
    return missing[-1] if missing else None


def _remove(made: Path | None) -> None:
    if made is not None:
        shutil.rmtree(made, ignore_errors=True)
