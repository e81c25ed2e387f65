"""What people said, saw and decided: the only thing that an engagement stores of an assessment."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_serializer, model_validator

from crmplan.assessment.definition import Exact, Id
from crmplan.assessment.record import Record

if TYPE_CHECKING:
    from pydantic import SerializerFunctionWrapHandler

Percent = Annotated[int, Field(ge=0, le=100)]
State = Literal["scored", "not-applicable", "unknown", "inherited", "out-of-control"]
Layer = Literal["overall", "intention", "reality"]
EvidenceKind = Literal["document", "record", "observation", "interview"]
Grade = Literal["A", "B", "C", "D"]
DecisionMethod = Literal["consensus", "majority", "expert"]


class Organisation(Record):
    """The client, as far as plan and documents need to know it.

    Attributes:
        country: two-letter code (ISO 3166), whose public holidays the plan observes.
        staff: people employed.
        users: people who will work with the CRM system.
        functions: business functions in scope, such as marketing, sales, service.
        legacy: whether many old systems must be connected.
        weekend: weekdays without work, Monday is 0.
    """

    name: str = Field(min_length=1)
    sector: str = ""
    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    staff: int | None = Field(default=None, ge=1)
    users: int | None = Field(default=None, ge=1)
    functions: int | None = Field(default=None, ge=1)
    legacy: bool = False
    weekend: tuple[int, ...] = (5, 6)

    @model_validator(mode="after")
    def _some_day_is_worked(self) -> Self:
        if not set(self.weekend) < set(range(7)):
            raise ValueError("weekend: numbers from 0 (Monday) to 6 (Sunday), not all of them")
        return self


class Respondent(Record):
    """A person who answers; ``group`` is an audience of the framework."""

    id: Id
    name: str = Field(min_length=1)
    role: str = ""
    group: Id


class Response(Record):
    """One answer of one person to one item, in one layer.

    ``level`` stands with ``scored``, and may stand with ``inherited`` (somebody else does it for
    us) and ``out-of-control`` (we cannot change it): those are scored and marked.
    ``not-applicable`` and ``unknown`` never carry a level. Every state but ``scored`` and
    ``unknown`` gives a reason. Ratings, in percent by attribute, stand in the place of the level
    where the framework has a rating scheme; the level is derived from them.
    """

    framework: Id
    respondent: Id
    item: Id
    layer: Layer = "overall"
    state: State = "scored"
    level: int | None = None
    ratings: dict[Id, Percent] = Field(default_factory=dict)
    reason: str = ""
    note: str = ""

    def __hash__(self) -> int:
        """Hash what there is one answer for; ratings are a mapping and have no hash."""
        return hash(self.key)

    @model_serializer(mode="wrap")
    def _without_empty_ratings(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave ratings out where there are none: most frameworks do not know them."""
        written: dict[str, Any] = write(self)
        if not self.ratings:
            del written["ratings"]
        return written

    @model_validator(mode="after")
    def _ratings_stand_for_the_level(self) -> Self:
        if self.ratings and (self.state != "scored" or self.layer != "overall"):
            raise ValueError("ratings stand with an answer that is scored as a whole")
        if self.ratings and self.level is not None:
            raise ValueError("an answer has a level or ratings, not both")
        return self

    @model_validator(mode="after")
    def _level_fits_state(self) -> Self:
        if self.state == "scored" and self.level is None and not self.ratings:
            raise ValueError("an answer that is scored needs a level or ratings")
        if self.state in ("not-applicable", "unknown") and self.level is not None:
            raise ValueError(f"an answer that is {self.state} has no level")
        if self.state not in ("scored", "unknown") and not self.reason.strip():
            raise ValueError(f"an answer that is {self.state} needs a reason")
        return self

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What there is one answer for: framework, respondent, item and layer."""
        return (self.framework, self.respondent, self.item, self.layer)


class Evidence(Record):
    """Something that was seen, and the level it supports.

    Attributes:
        grade: A record of a system, B approved document, C working paper, D hearsay.
        supports: highest level it supports; None supports whatever was claimed.
        periods: number of periods of a series that it shows; 0 for none.
    """

    id: Id
    framework: Id
    item: Id
    kind: EvidenceKind
    title: str = Field(min_length=1)
    reference: str = ""
    grade: Grade = "B"
    supports: int | None = None
    periods: int = Field(default=0, ge=0)
    noted_by: Id | None = None


class Decision(Record):
    """What was agreed about a contested item, by whom, how, and against which dissent."""

    framework: Id
    item: Id
    state: State = "scored"
    level: int | None = None
    method: DecisionMethod
    reason: str = Field(min_length=1)
    dissent: str = ""
    decided_by: str = Field(min_length=1)
    decided_on: date

    @model_validator(mode="after")
    def _level_fits_state(self) -> Self:
        if (self.state == "scored") != (self.level is not None):
            raise ValueError("a decision has a level if, and only if, it is scored")
        return self


class Target(Record):
    """The level a dimension shall reach."""

    framework: Id
    dimension: Id
    level: Exact


class Importance(Record):
    """How much a dimension matters to this client, 1 (little) to 5 (decides about success)."""

    framework: Id
    dimension: Id
    importance: int = Field(ge=1, le=5)


class ChosenFactor(Record):
    """An external factor that people chose, with probability and impact from 1 to 5."""

    factor: Id
    probability: int = Field(ge=1, le=5)
    impact: int = Field(ge=1, le=5)
    note: str = ""


class FrameworkUse(Record):
    """A framework that an engagement assesses with, pinned to its version."""

    id: Id
    version: str
    profile: Id
    held_on: date


class SharedAnswer(Record):
    """An answer that a person gave to an equal item of another framework.

    Attributes:
        item: the item that it counts for.
        framework, origin: the framework and the item that it was given for.
    """

    respondent: Id
    item: Id
    framework: Id
    origin: Id


class Assessment(Record):
    """All that is known for scoring one framework in one organisation.

    Attributes:
        shared: which of the responses were given for equal items of other frameworks.
    """

    use: FrameworkUse
    organisation: Organisation
    respondents: tuple[Respondent, ...] = ()
    responses: tuple[Response, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    targets: tuple[Target, ...] = ()
    importances: tuple[Importance, ...] = ()
    factors: tuple[ChosenFactor, ...] = ()
    shared: tuple[SharedAnswer, ...] = ()

    def with_response(self, response: Response) -> Assessment:
        """Give the assessment with one more answer; it replaces one with the same key."""
        others = tuple(old for old in self.responses if old.key != response.key)
        return self.model_copy(update={"responses": (*others, response)})

    @property
    def target_levels(self) -> dict[str, Fraction]:
        """Targets that were agreed for this client, by dimension."""
        return {target.dimension: target.level for target in self.targets}

    @property
    def stated_importances(self) -> dict[str, Fraction]:
        """How much dimensions matter to this client, 1 to 5; those not named matter as usual."""
        return {one.dimension: Fraction(one.importance) for one in self.importances}
