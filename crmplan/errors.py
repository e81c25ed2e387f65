"""Every exception of the program.

CrmplanError
├── DefinitionError            a framework folder cannot be used
│   ├── FrameworkFaultsError   it has faults; all of them are listed
│   └── UnknownFrameworkError  there is no framework of that name
├── AssessmentError            answers do not fit the framework
│   ├── UnknownElementError    an id that the framework does not have
│   ├── StillNeededError       a record that others refer to
│   ├── LevelOutsideScaleError a level that the framework's scale does not have
│   ├── RatingsError           ratings that do not fit the framework's scheme
│   └── UpgradeError           a later version of a framework has no place for what was recorded
├── PlanningError              no plan can be made of these values
│   ├── DependencyCycleError   tasks wait for one another in a circle
│   ├── PlanProblemsError      links, constraints or calendars do not fit; all are listed
│   ├── ResourceProblemError   tasks cannot be scheduled with the roles there are
│   ├── NoScheduleFoundError   a search found no schedule, and nothing proves that there is none
│   └── InfeasiblePlanError    links, dates and roles contradict one another; it names which
├── EngagementError            an engagement file cannot be used
│   ├── EngagementMissingError
│   ├── EngagementExistsError
│   ├── NotAnEngagementError
│   ├── EngagementNewerError
│   ├── EngagementDamagedError
│   └── EngagementLockedError
├── ExchangeError              a foreign file cannot be read
│   └── FormTakenError         a survey form would be replaced
├── DocumentError              a document cannot be made
│   ├── UnknownBookmarkError
│   ├── DuplicateBookmarkError
│   ├── BlockError
│   ├── TemplateError
│   │   ├── UnsafeTemplateError
│   │   ├── TemplateTagError
│   │   └── TemplateLimitError
│   ├── EarlierDocumentError
│   ├── FontMissingError
│   └── LayoutError
├── OutputError                a file cannot be written
│   ├── FileTakenError
│   └── FileNotWrittenError
└── MissingExtraError          an optional package is not installed

Each class is one situation, with the facts as attributes, a ``code`` for the guide, and a ``hint``
that says what to do. ``exit_status`` is what the command line answers with.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DONE = 0
FAILED = 1
WRONG_COMMAND_LINE = 2
FINDINGS = 3
LOCKED_OR_NEWER = 4
INTERRUPTED = 130


class CrmplanError(Exception):
    """Something that the program cannot go on with, told to a person in one sentence."""

    code = "CRMPLAN"
    exit_status = FAILED

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class DefinitionError(CrmplanError):
    """A definition folder cannot be used."""

    code = "DEF"


class FrameworkFaultsError(DefinitionError):
    """A definition folder has faults; ``problems`` holds every one of them."""

    code = "DEF-FAULTS"
    exit_status = FINDINGS

    def __init__(self, folder: Path, problems: Iterable[object]) -> None:
        self.folder = folder
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(
            f"{folder} has {count} {'problem' if count == 1 else 'problems'}",
            hint=f"run: crmplan framework check {folder}",
        )


class UnknownFrameworkError(DefinitionError):
    """No bundled or own definition has this id."""

    code = "DEF-UNKNOWN-FRAMEWORK"

    def __init__(
        self,
        framework_id: str,
        *,
        known: Iterable[str],
        suggestion: str | None,
        kind: str = "definition",
    ) -> None:
        self.framework_id = framework_id
        self.known = tuple(known)
        hint = f"did you mean {suggestion!r}? " if suggestion else ""
        super().__init__(
            f"there is no {kind} {framework_id!r}",
            hint=f"{hint}known: {', '.join(self.known)}; list them with: crmplan framework list",
        )


class AssessmentError(CrmplanError):
    """Answers do not fit the framework they are given for."""

    code = "ASSESS"


class UnknownElementError(AssessmentError):
    """An id that stands for nothing here."""

    code = "ASSESS-UNKNOWN-ID"

    def __init__(self, element_id: str, *, kind: str, suggestion: str | None = None) -> None:
        self.element_id = element_id
        self.kind = kind
        super().__init__(
            f"there is no {kind} {element_id!r}",
            hint=f"did you mean {suggestion!r}?" if suggestion else None,
        )


class StillNeededError(AssessmentError):
    """A record that cannot be taken out, because another one refers to it."""

    code = "ASSESS-STILL-NEEDED"

    def __init__(self, record: str, needed_by: str) -> None:
        super().__init__(f"{record} is needed by {needed_by}", hint="take that out first")
        self.record = record
        self.needed_by = needed_by


class LevelOutsideScaleError(AssessmentError):
    """A level that the scale of the framework does not have."""

    code = "ASSESS-LEVEL"

    def __init__(self, item_id: str, level: int, *, lowest: int, highest: int) -> None:
        super().__init__(
            f"level {level} of {item_id!r} is not on the scale",
            hint=f"levels run from {lowest} to {highest}",
        )
        self.item_id = item_id
        self.level = level


class RatingsError(AssessmentError):
    """Ratings of an item that do not fit the rating scheme of its framework."""

    code = "ASSESS-RATINGS"

    def __init__(self, item_id: str, respondent: str, faults: tuple[str, ...]) -> None:
        super().__init__(
            f"the ratings of {item_id!r} by {respondent!r} cannot be used: {'; '.join(faults)}",
            hint="rate it again in the interview, or give a level",
        )
        self.item_id = item_id
        self.respondent = respondent
        self.faults = faults


class UpgradeError(AssessmentError):
    """An engagement cannot be carried over to a later version of its framework."""

    code = "ASSESS-UPGRADE"


class PlanningError(CrmplanError):
    """No plan can be made of these values."""

    code = "PLAN"


class DependencyCycleError(PlanningError):
    """Tasks wait for one another in a circle.

    Attributes:
        cycle: ids of the tasks, the first one again at the end.
        places: records or parts of definitions that the links come from.
    """

    code = "PLAN-CYCLE"

    def __init__(
        self, cycle: tuple[str, ...], links: str = "", places: tuple[str, ...] = ()
    ) -> None:
        super().__init__(
            f"tasks wait for one another in a circle: {links or ' → '.join(cycle)}",
            hint=f"take out one of: {', '.join(places)}" if places else "take out one of the links",
        )
        self.cycle = cycle
        self.places = places


class PlanProblemsError(PlanningError):
    """What was entered about the plan does not fit; ``problems`` holds every one of them."""

    code = "PLAN-PROBLEMS"
    exit_status = FINDINGS

    def __init__(self, problems: Iterable[object]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(
            f"the plan has {count} {'problem' if count == 1 else 'problems'}",
            hint="change or take out what is named: crmplan record …, crmplan record remove …",
        )


class ResourceProblemError(PlanningError):
    """A problem that cannot be scheduled; ``faults`` holds every reason, one sentence each."""

    code = "PLAN-RESOURCES"

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(
            "these tasks cannot be scheduled with these roles: " + "; ".join(faults),
            hint="change the tasks, their links or the capacities named here",
        )
        self.faults = faults


class NoScheduleFoundError(PlanningError):
    """The search found no schedule; there may be one all the same."""

    code = "PLAN-NOT-FOUND"

    def __init__(self, schedules: int) -> None:
        super().__init__(
            f"no schedule was found in {schedules} attempts that keeps every longest distance, "
            "latest date and limit of a role",
            hint="ask the solver, which finds one or names what contradicts: "
            "crmplan plan FILE --solver optimal",
        )
        self.schedules = schedules


class InfeasiblePlanError(PlanningError):
    """No schedule can keep all of these; leaving any one of ``binding`` out, the others can."""

    code = "PLAN-INFEASIBLE"

    def __init__(self, binding: tuple[str, ...]) -> None:
        super().__init__(
            "these cannot hold together: " + "; ".join(binding),
            hint="loosen one of them: a longer distance, a later date, more of a role, a shorter "
            "task; the others can then hold together",
        )
        self.binding = binding


class EngagementError(CrmplanError):
    """An engagement file cannot be used."""

    code = "FILE"

    def __init__(self, path: Path, message: str, *, hint: str | None = None) -> None:
        super().__init__(f"{path}: {message}", hint=hint)
        self.path = path


class EngagementMissingError(EngagementError):
    """The file is not there."""

    code = "FILE-MISSING"

    def __init__(self, path: Path) -> None:
        super().__init__(path, "no such file", hint=f"make one with: crmplan new {path}")


class EngagementExistsError(EngagementError):
    """A file would be overwritten."""

    code = "FILE-EXISTS"

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, "the file exists already", hint="choose another name, or move it away first"
        )


class NotAnEngagementError(EngagementError):
    """The file is something else."""

    code = "FILE-NOT-AN-ENGAGEMENT"

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "this is no crmplan engagement",
            hint="an engagement is made with crmplan new, or with crmplan import from its JSON",
        )


class EngagementNewerError(EngagementError):
    """The file was written by a newer version of the program."""

    code = "FILE-NEWER"
    exit_status = LOCKED_OR_NEWER

    def __init__(self, path: Path, *, found: int, known: int) -> None:
        super().__init__(
            path,
            f"written by a newer crmplan (file format {found}, this program knows {known})",
            hint="install the newer crmplan; the file was left as it is",
        )
        self.found = found
        self.known = known


class EngagementDamagedError(EngagementError):
    """The file is cut off or its contents contradict themselves."""

    code = "FILE-DAMAGED"

    def __init__(self, path: Path, *, detail: str) -> None:
        super().__init__(
            path,
            f"the file is damaged ({detail})",
            hint="go back to a copy, or to the JSON of crmplan export; the file was left as it is",
        )
        self.detail = detail


class EngagementLockedError(EngagementError):
    """Another program is writing to the file."""

    code = "FILE-LOCKED"
    exit_status = LOCKED_OR_NEWER

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "another program is writing to this file",
            hint="close the other crmplan and try again; nothing was changed",
        )


class ExchangeError(CrmplanError):
    """A foreign file cannot be read or written."""

    code = "EXCHANGE"


class FormTakenError(ExchangeError):
    """Survey forms are stored already, with other answers."""

    code = "EXCHANGE-TAKEN"

    def __init__(self, forms: tuple[str, ...]) -> None:
        named = ", ".join(forms[:5]) + (" …" if len(forms) > 5 else "")
        super().__init__(
            f"{len(forms)} forms were read before with other answers: {named}",
            hint="add --replace if the new ones are right, or give the forms other numbers",
        )
        self.forms = forms


class DocumentError(CrmplanError):
    """A document cannot be made."""

    code = "DOC"


class UnknownBookmarkError(DocumentError):
    """A cross reference or link points at bookmarks that no block carries."""

    code = "DOC-UNKNOWN-BOOKMARK"

    def __init__(self, bookmarks: tuple[str, ...]) -> None:
        super().__init__(f"no block of the document carries the bookmark {', '.join(bookmarks)}")
        self.bookmarks = bookmarks


class DuplicateBookmarkError(DocumentError):
    """Two blocks carry the same bookmark."""

    code = "DOC-DUPLICATE-BOOKMARK"

    def __init__(self, bookmark: str) -> None:
        super().__init__(f"two blocks of the document carry the bookmark {bookmark}")
        self.bookmark = bookmark


class BlockError(DocumentError):
    """The values of one block contradict one another."""

    code = "DOC-BLOCK"

    def __init__(self, block: str, reason: str) -> None:
        super().__init__(f"{block}: {reason}")
        self.block = block
        self.reason = reason


class TemplateError(DocumentError):
    """A Word template cannot be used."""

    code = "DOC-TEMPLATE"


class UnsafeTemplateError(TemplateError):
    """A firm's template holds something that could run, load or overflow."""

    code = "DOC-TEMPLATE-UNSAFE"

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"the template is refused: {place}: {reason}",
            hint="save it as a plain .docx in Word, without macros and links to other files",
        )
        self.place = place
        self.reason = reason


class TemplateTagError(TemplateError):
    """A tag of a firm's template cannot be filled."""

    code = "DOC-TEMPLATE-TAG"

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(
            f"the template cannot be filled: {reason}" + (f" (near {place})" if place else ""),
            hint="the tags there are stand in docs/guide/own-template.md",
        )
        self.reason = reason
        self.place = place


class TemplateLimitError(TemplateError):
    """A firm's template takes more time or memory than any template needs."""

    code = "DOC-TEMPLATE-LIMIT"

    def __init__(self, limit: str) -> None:
        super().__init__(
            f"the template is refused: filling it takes more than {limit}",
            hint="look for a loop inside a loop, and for very large pictures",
        )
        self.limit = limit


class EarlierDocumentError(DocumentError):
    """An earlier document, whose edited texts are to be kept, cannot be read."""

    code = "DOC-EARLIER"

    def __init__(self, path: Path, place: str, reason: str) -> None:
        super().__init__(
            f"{path}: its texts cannot be kept: {place}: {reason}",
            hint="save it as a plain .docx in Word, or leave out --keep-edits and choose "
            "another folder with --out",
        )
        self.path = path
        self.place = place
        self.reason = reason


class FontMissingError(DocumentError):
    """A font file that ships with the program is not there."""

    code = "DOC-FONT"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"the font file {path} is missing", hint="install crmplan again: the fonts ship with it"
        )
        self.path = path


class LayoutError(DocumentError):
    """LibreOffice did not turn a document into pages."""

    code = "DOC-LAYOUT"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"LibreOffice could not lay the document out: {reason}",
            hint="without LibreOffice documents are made without page numbers and PDF",
        )
        self.reason = reason


class OutputError(CrmplanError):
    """A file cannot be written."""

    code = "OUT"


class FileTakenError(OutputError):
    """A file would be overwritten."""

    code = "OUT-TAKEN"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: the file exists already",
            hint="add --force to overwrite it, or choose another folder with --out",
        )
        self.path = path


class FileNotWrittenError(OutputError):
    """The file system refuses a file."""

    code = "OUT-NOT-WRITTEN"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: cannot be written: {reason}", hint="choose another folder with --out"
        )
        self.path = path


class MissingExtraError(CrmplanError):
    """An optional package is not installed."""

    code = "EXTRA"

    def __init__(self, package: str, *, extra: str) -> None:
        super().__init__(
            f"this needs the package {package}", hint=f"pip install 'crmplan[{extra}]'"
        )
        self.package = package
        self.extra = extra
