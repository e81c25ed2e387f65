"""Run crmplan as a person at the keyboard would, and look at what is in a file afterwards."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from crmplan.assessment.engagement import Engagement
from crmplan.assessment.responses import Response
from crmplan.cli import main
from crmplan.workspace import read_engagement

PROJECT = Path(__file__).parents[2]
EXAMPLES = PROJECT / "examples"
TINY_FRAMEWORKS = EXAMPLES / "tiny" / "frameworks"


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)["data"]


def crmplan(*arguments: str | Path, typed: str = "") -> Outcome:
    """Run a command within this process; ``typed`` comes in on standard input."""
    status, out, err = at_terminal("utf-8", *arguments, typed=typed.encode())
    return Outcome(status, out.decode(), err.decode())


def at_terminal(
    encoding: str, *arguments: str | Path, typed: bytes = b""
) -> tuple[int, bytes, bytes]:
    """Run a command within this process at a terminal of some encoding; give what it writes."""
    stdin = io.TextIOWrapper(io.BytesIO(typed), encoding=encoding)
    out, err = io.BytesIO(), io.BytesIO()
    status = 0
    with (
        patch.object(sys, "stdin", stdin),
        contextlib.redirect_stdout(io.TextIOWrapper(out, encoding, write_through=True)),
        contextlib.redirect_stderr(io.TextIOWrapper(err, encoding, write_through=True)),
    ):
        try:
            main([str(one) for one in arguments])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return status, out.getvalue(), err.getvalue()


def done(*arguments: str | Path, typed: str = "") -> Outcome:
    """Run a command that must succeed."""
    outcome = crmplan(*arguments, typed=typed)
    assert outcome.status == 0, outcome.err
    return outcome


def command(*arguments: str | Path) -> list[str]:
    """The command line of crmplan as a process of its own."""
    return [sys.executable, "-m", "crmplan", *map(str, arguments)]


def surroundings(**changes: str) -> dict[str, str]:
    """The environment of a process."""
    return {**os.environ, "PYTHONPATH": str(PROJECT), **changes}


def in_process(*arguments: str | Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process; ``changes`` are changes of its environment."""
    return subprocess.run(
        command(*arguments),
        env=surroundings(**changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


def answers(file: Path) -> dict[tuple[str, str], Response]:
    """The answers in a file, by item and layer."""
    return {(one.item, one.layer): one for one in stored(file).responses}


def levels(file: Path) -> dict[tuple[str, str], int | None]:
    return {key: one.level for key, one in answers(file).items()}


def stored(file: Path) -> Engagement:
    return read_engagement(str(file))


def write_engagement(folder: Path, changes: Mapping[str, object]) -> Path:
    """Import an engagement in JSON that differs from a small one."""
    source = folder / "engagement.json"
    source.write_text(json.dumps({**SMALL, **changes}), encoding="utf-8")
    file = folder / "client.crmplan"
    done("import", file, source)
    return file


def all_levels(framework: str, items: Sequence[str], level: int) -> list[dict[str, object]]:
    """One answer of the managing director to each item."""
    return [
        {"framework": framework, "respondent": "md", "item": item, "level": level} for item in items
    ]


SMALL: Mapping[str, object] = {
    "format": "crmplan-engagement",
    "version": 1,
    "organisation": {"name": "Lantern & Sons", "country": "GB"},
    "settings": {"starts_on": "2026-10-05"},
    "frameworks": [
        {"id": "drcrm", "version": "1.0.0", "profile": "foundation", "held_on": "2026-09-14"}
    ],
    "respondents": [{"id": "md", "name": "Ada Lee", "role": "MD", "group": "executive"}],
}
