"""Which format a source has, and what its importer makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crmplan.errors import ExchangeError
from crmplan.exchange.framework_import.aws_lens import aws_lens_draft
from crmplan.exchange.framework_import.ciso_assistant import CisoDraft, ciso_draft
from crmplan.exchange.framework_import.ciso_crosswalks import crosswalks_for
from crmplan.exchange.framework_import.ciso_library import (
    CisoFramework,
    CisoLibraries,
    read_libraries,
)
from crmplan.exchange.framework_import.draft import FrameworkDraft
from crmplan.exchange.framework_import.dsomm import dsomm_draft
from crmplan.exchange.framework_import.foreign_json import parse_json
from crmplan.exchange.framework_import.samm import samm_draft
from crmplan.exchange.framework_import.samm_graph import KINDS
from crmplan.exchange.framework_import.source_files import (
    licence_of,
    read_bytes,
    read_documents,
    read_text,
)
from crmplan.exchange.framework_import.xlsform import xlsform_draft
from crmplan.exchange.framework_import.xlsform_workbook import read_xlsform

if TYPE_CHECKING:
    from pathlib import Path

    from crmplan.assessment.crosswalk import Crosswalk
    from crmplan.exchange.framework_import.assembling import Assembled
    from crmplan.exchange.framework_import.foreign_file import ForeignFile, Notes

Form = Literal["samm", "aws-lens", "ciso-assistant", "dsomm", "xlsform"]
FORMS: tuple[Form, ...] = ("samm", "aws-lens", "ciso-assistant", "dsomm", "xlsform")


@dataclass(frozen=True, slots=True)
class Understood:
    """A source as its importer understood it; ``libraries`` only for CISO Assistant."""

    form: Form
    wanted_id: str
    draft: FrameworkDraft
    libraries: tuple[CisoLibraries, CisoFramework, CisoDraft] | None = None

    def crosswalks(self, assembled: Assembled) -> tuple[Crosswalk, ...]:
        """Make the crosswalks that the source holds."""
        return crosswalks_for(*self.libraries, assembled) if self.libraries else ()


def open_source(
    source: Path, form: Form | None, framework_id: str | None, notes: Notes
) -> Understood:
    """Read a source.

    Raises:
        ExchangeError: if it cannot be read, or is of no format that is known.
    """
    if not source.exists():
        raise ExchangeError(f"{source}: there is nothing of this name")
    if form == "xlsform" or (form is None and source.suffix.lower() in (".xlsx", ".xlsm", ".xls")):
        _refuse_folder(source, "an XLSForm")
        entry = read_xlsform(read_bytes(source, source.name), source.name, notes)
        draft = xlsform_draft(entry, source.name)
        return Understood("xlsform", draft.title, draft)
    if form == "aws-lens" or (form is None and source.suffix.lower() == ".json"):
        _refuse_folder(source, "a custom lens")
        document = parse_json(read_text(source, source.name), source.name)
        draft = aws_lens_draft(document, notes)
        return Understood("aws-lens", draft.title, draft)
    documents = read_documents(source)
    return _of_yaml(source, form or _detected(source, documents), documents, framework_id, notes)


def _of_yaml(
    source: Path,
    form: Form,
    documents: Sequence[ForeignFile],
    framework_id: str | None,
    notes: Notes,
) -> Understood:
    if form == "ciso-assistant":
        libraries = read_libraries(documents, notes)
        chosen = libraries.choose(framework_id)
        read = ciso_draft(chosen)
        return Understood(form, chosen.id, read.draft, (libraries, chosen, read))
    reader = samm_draft if form == "samm" else dsomm_draft
    draft = reader(documents, notes, licence=licence_of(source))
    return Understood(form, "owasp-samm" if form == "samm" else "owasp-dsomm", draft)


def _refuse_folder(source: Path, what: str) -> None:
    if source.is_dir():
        raise ExchangeError(f"{source}: this is a folder", hint=f"name the file of {what}")


def _detected(source: Path, documents: Sequence[ForeignFile]) -> Form:
    """Tell a format by what stands at the top of its documents.

    Raises:
        ExchangeError: if nothing is known.
    """
    tops = [one.value for one in documents if isinstance(one.value, dict)]
    if any(isinstance(top.get("objects"), dict) and "urn" in top for top in tops):
        return "ciso-assistant"
    if any(top.get("type") in KINDS and "id" in top for top in tops):
        return "samm"
    if any(_has_activities(top) for top in tops):
        return "dsomm"
    raise ExchangeError(
        f"{source}: of no format that is known", hint=f"one of these is: {', '.join(FORMS)}"
    )


def _has_activities(top: dict[str, object]) -> bool:
    families = (f for one in top.values() if isinstance(one, dict) for f in one.values())
    activities = (a for one in families if isinstance(one, dict) for a in one.values())
    return any(isinstance(one, dict) and "level" in one for one in activities)
