"""A firm's template is opened and filled in a process of its own, with limits.

A template is a program written by somebody else, in a file written by somebody else. What it can
break is a process that holds nothing but the template and the values it may print. That process
may use so much memory (where the system can limit it) and so much time, and no more.
Reason and measurements: docs/decisions/0018-templates-are-filled-in-a-child-process.md.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import docx
from docx.document import Document

from crmplan.documents.filling import Filling, fill_template
from crmplan.documents.inspection import inspect_template
from crmplan.documents.template_check import Fault, check_opened
from crmplan.errors import TemplateLimitError, TemplateTagError, UnsafeTemplateError

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process of a template may use.

    Attributes:
        seconds: from its start to its answer.
        memory_mb: address space; 0 sets no limit, as on Windows, which has no such limit.
    """

    seconds: float = 30
    memory_mb: int = 1024


LIMITS = Limits()


def fill_confined(template: bytes, filling: Filling, limits: Limits = LIMITS) -> Document:
    """The firm's template, looked through and with its tags filled.

    Raises:
        UnsafeTemplateError: if it holds something that could do harm.
        TemplateTagError: if a tag cannot be filled.
        TemplateLimitError: if it takes more time or memory than a template needs.
    """
    answer = _ask("fill", template, json.dumps(asdict(filling), ensure_ascii=False), limits)
    return docx.Document(io.BytesIO(answer))


def check_confined(
    template: bytes, blocks: tuple[str, ...], limits: Limits = LIMITS
) -> tuple[Fault, ...]:
    """All faults of a firm's template, each with its place.

    Args:
        template: the file.
        blocks: the names that ``block()`` may have in any document.
        limits: what the process may use.

    Raises:
        TemplateLimitError: if it takes more time or memory than a template needs.
    """
    filling = Filling({}, blocks)
    answer = _ask("check", template, json.dumps(asdict(filling), ensure_ascii=False), limits)
    return tuple(Fault(**fault) for fault in json.loads(answer))


# A document is laid out in two passes that fill the same template with the same values.
@lru_cache(maxsize=4)
def _ask(task: str, template: bytes, filling: str, limits: Limits) -> bytes:
    """Let a process do a task; answers with what it made."""
    request = {"task": task, "filling": filling, "memory_mb": limits.memory_mb}
    ran = _run(json.dumps(request).encode() + b"\n" + template, limits)
    head, found, made = ran.stdout.partition(b"\n")
    if not found:
        # The process could not even say that its memory is full, or was killed for it.
        raise TemplateLimitError(f"{limits.memory_mb} MB of memory")
    _raise_refusal(json.loads(head), limits)
    return made


def _run(request: bytes, limits: Limits) -> subprocess.CompletedProcess[bytes]:
    # The same modules must be found as here, also where a test or an editor added a path.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = (sys.executable, "-P", "-m", "crmplan.documents.confinement")
    try:
        return subprocess.run(  # noqa: S603  our own interpreter and module
            command,
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateLimitError(f"{limits.seconds:g} seconds") from error


def _raise_refusal(answer: Mapping[str, str], limits: Limits) -> None:
    match answer["outcome"]:
        case "unsafe":
            raise UnsafeTemplateError(answer["place"], answer["reason"])
        case "tag":
            raise TemplateTagError(answer["reason"], answer["place"])
        case "memory":
            raise TemplateLimitError(f"{limits.memory_mb} MB of memory")
        case "unreadable":
            raise UnsafeTemplateError("the file", answer["reason"])


def main() -> None:
    """Be the process: a line of JSON and the template in, a line and a result out."""
    head, _, template = sys.stdin.buffer.read().partition(b"\n")
    request = json.loads(head)
    _limit_memory(request["memory_mb"])
    given = json.loads(request["filling"])
    filling = Filling(given["values"], tuple(given["blocks"]), given["digits"])
    answer, made = _answered(request["task"], template, filling)
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)


def _answered(task: str, template: bytes, filling: Filling) -> tuple[dict[str, str], bytes]:
    try:
        return {"outcome": "done"}, _TASKS[task](template, filling)
    except UnsafeTemplateError as error:
        return {"outcome": "unsafe", "place": error.place, "reason": error.reason}, b""
    except TemplateTagError as error:
        return {"outcome": "tag", "place": error.place, "reason": error.reason}, b""
    except (MemoryError, RecursionError):
        return {"outcome": "memory"}, b""
    except Exception as error:  # noqa: BLE001  a broken package fails in any part of the libraries
        reason = f"it cannot be read ({type(error).__name__}: {error})"
        return {"outcome": "unreadable", "reason": reason}, b""


def _fill(template: bytes, filling: Filling) -> bytes:
    inspect_template(template)
    out = io.BytesIO()
    fill_template(template, filling).save(out)
    return out.getvalue()


def _check(template: bytes, filling: Filling) -> bytes:
    faults = check_opened(template, filling.blocks)
    return json.dumps([asdict(fault) for fault in faults]).encode()


_TASKS: Mapping[str, Any] = {"fill": _fill, "check": _check}


def _limit_memory(megabytes: int) -> None:
    try:
        import resource  # not on Windows, where the time limit alone holds
    except ImportError:
        return
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))


if __name__ == "__main__":
    main()
