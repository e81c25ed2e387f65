"""An interview in the terminal: one question after the other, each answer saved before the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import click

from crmplan.assessment.questionnaire import progress
from crmplan.assessment.ratings import rating_of
from crmplan.assessment.record_kinds import RESPONSE
from crmplan.assessment.responses import Evidence, Layer, Respondent, Response
from crmplan.cli.output import tell
from crmplan.cli.rating_dialogue import TO_ASCII, Move, RatingDialogue, outcome, steps_of

if TYPE_CHECKING:
    from crmplan.assessment.questionnaire import AskedItem, Questionnaire
    from crmplan.assessment.rating_schemes import RatingScheme
    from crmplan.localisation.locale import Locale
    from crmplan.localisation.messages import Messages
    from crmplan.storage import EngagementStore

_MOVES: dict[str, Move] = {"s": "next", "b": "back", "q": "stop"}


@dataclass(slots=True)
class Interview:
    """One person being asked."""

    store: EngagementStore
    questionnaire: Questionnaire
    person: Respondent
    messages: Messages
    locale: Locale
    by: str
    given: dict[tuple[str, Layer], Response] = field(init=False)
    steps: list[tuple[AskedItem, Layer]] = field(init=False)
    notes: dict[tuple[str, Layer], str] = field(default_factory=dict)
    ratings: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look at what this person has answered before."""
        framework_id = self.questionnaire.framework.id
        self.given = {
            (one.item, one.layer): one
            for one in self.store.read().responses
            if one.respondent == self.person.id and one.framework == framework_id
        }
        self.steps = [
            (asked, layer) for asked in self.questionnaire.items for layer in asked.layers
        ]

    def run(self) -> None:
        """Ask from the first open question on, until the last one or until the person stops."""
        self._welcome()
        position = self._first_open()
        while position < len(self.steps):
            move = self._ask(position)
            if move == "stop":
                return
            if move == "next":
                position += 1
            elif move == "next-item":
                position = self._after_item(position)
            elif move == "back":
                if position == 0:
                    tell(self.messages("first"))
                position = max(0, position - 1)

    def _welcome(self) -> None:
        state = progress(self.questionnaire, self.given.values())
        tell(
            self.messages(
                "welcome",
                name=self.person.name,
                framework=self.questionnaire.framework.title,
                answered=self.locale.whole(state.answered),
                total=self.locale.whole(state.total),
            )
        )
        self._help()

    def _help(self) -> None:
        scheme = next((asked.scheme for asked, _ in self.steps if asked.scheme), None)
        if scheme is None or any(asked.scheme is None for asked, _ in self.steps):
            tell(self.messages("help", self._ends()))
        if scheme is not None:
            tell(self.messages("help_scheme"))
            tell(self.messages("help_ratings", steps_of(scheme, self.locale)))

    def _ends(self) -> dict[str, str]:
        scale = self.questionnaire.framework.scale
        return {
            "lowest": self.locale.whole(scale.lowest),
            "highest": self.locale.whole(scale.highest),
        }

    def _first_open(self) -> int:
        open_steps = (
            index
            for index, (asked, layer) in enumerate(self.steps)
            if not self._is_answered(asked.item.id, layer)
        )
        return next(open_steps, len(self.steps))

    def _is_answered(self, item_id: str, layer: Layer) -> bool:
        layers = {one for item, one in self.given if item == item_id}
        return layer in layers or "overall" in layers or {"intention", "reality"} <= layers

    def _after_item(self, position: int) -> int:
        """Find the first question of the next item."""
        asked = self.steps[position][0]
        while position < len(self.steps) and self.steps[position][0] is asked:
            position += 1
        return position

    def _ask(self, position: int) -> Move:
        asked, layer = self.steps[position]
        self._show(asked, layer, position)
        if asked.scheme is not None:
            return self._rate(asked, asked.scheme)
        while True:
            typed = click.prompt(
                self.messages("prompt"), default="", show_default=False, err=True, type=str
            )
            move = self._take(typed.strip().translate(TO_ASCII).lower(), asked, layer)
            if move != "stay":
                return move

    def _rate(self, asked: AskedItem, scheme: RatingScheme) -> Move:
        """Ask for the attributes; the answer is saved when all of them are rated."""
        before = self.given.get((asked.item.id, "overall"))
        ratings = self.ratings.setdefault(asked.item.id, dict(before.ratings) if before else {})
        dialogue = RatingDialogue(
            scheme,
            ratings,
            self.messages,
            self.locale,
            lambda typed: self._take(typed, asked, "overall"),
        )
        move = dialogue.run()
        if move == "next" and len(ratings) == len(scheme.attributes):
            return self._save(asked, "overall", ratings=dict(ratings))
        if move == "stop" and ratings and not (before and before.ratings == ratings):
            tell(self.messages("ratings_lost", topic=asked.item.topic))
        return move

    def _show(self, asked: AskedItem, layer: Layer, position: int) -> None:
        framework = self.questionnaire.framework
        tell("")
        tell(
            self.messages(
                "question",
                position=self.locale.whole(position + 1),
                total=self.locale.whole(len(self.steps)),
                dimension=framework.dimension_of[asked.item.id].title,
                topic=asked.item.topic,
            )
        )
        tell(asked.item.ask)
        if words := self.messages(f"layer.{layer}"):
            tell(words)
        tell(self.messages("ask_evidence", evidence=self.locale.listed(asked.item.evidence)))
        if before := self.given.get((asked.item.id, layer)):
            tell(self.messages("before", answer=self._written(before)))

    def _written(self, answer: Response) -> str:
        if answer.level is not None:
            return self.locale.whole(answer.level)
        rating = rating_of(self.questionnaire.framework, answer)
        scheme = self.questionnaire.framework.rating_scheme(answer.item)
        if rating and scheme:
            return outcome(rating, scheme, messages=self.messages, locale=self.locale)
        return self.messages("unknown" if answer.state == "unknown" else "not_applicable")

    def _take(self, typed: str, asked: AskedItem, layer: Layer) -> Move:
        """Do what was typed; ``stay`` asks again."""
        scale = self.questionnaire.framework.scale
        if typed.isdecimal() and scale.lowest <= int(typed) <= scale.highest:
            return self._save(asked, layer, level=int(typed))
        if typed in _MOVES:
            return _MOVES[typed]
        match typed:
            case "n":
                return self._not_applicable(asked, layer)
            case "u":
                return self._save(asked, layer, state="unknown")
            case "e":
                self._evidence(asked)
            case "t":
                self._note(asked, layer)
            case "l":
                self._levels(asked)
            case "?":
                self._help()
            case _:
                tell(self.messages("unclear", self._ends(), given=typed))
        return "stay"

    def _not_applicable(self, asked: AskedItem, layer: Layer) -> Move:
        reason = click.prompt(self.messages("reason"), default="", show_default=False, err=True)
        if not reason.strip():
            tell(self.messages("reason_needed"))
            return "stay"
        # An item applies or not as a whole: plan and practice cannot differ in that.
        for one in (layer, *(other for other in asked.layers if other != layer)):
            self._save(asked, one, state="not-applicable", reason=reason.strip())
        return "next-item"

    def _save(
        self,
        asked: AskedItem,
        layer: Layer,
        *,
        level: int | None = None,
        ratings: dict[str, int] | None = None,
        state: Literal["scored", "unknown", "not-applicable"] = "scored",
        reason: str = "",
    ) -> Move:
        if state != "not-applicable":
            self._apply_again(asked)
        if asked.scheme is not None:
            self._leave_layers(asked)
        before = self.given.get((asked.item.id, layer))
        answer = Response(
            framework=self.questionnaire.framework.id,
            respondent=self.person.id,
            item=asked.item.id,
            layer=layer,
            state=state,
            level=level,
            ratings=ratings or {},
            reason=reason,
            note=self.notes.pop((asked.item.id, layer), before.note if before else ""),
        )
        self._store(answer)
        if answer.ratings:
            tell(self._written(answer))
        return "next"

    def _apply_again(self, asked: AskedItem) -> None:
        """Take "not applicable" back from the other layer of an item that is answered now."""
        for layer in asked.layers:
            old = self.given.get((asked.item.id, layer))
            if old and old.state == "not-applicable":
                self.store.remove(RESPONSE, old.key, by=self.by, at=datetime.now(UTC))
                del self.given[asked.item.id, layer]

    def _leave_layers(self, asked: AskedItem) -> None:
        """Take plan and practice back, which would go before an answer as a whole."""
        layers: tuple[Layer, ...] = ("intention", "reality")
        old = [one for layer in layers if (one := self.given.pop((asked.item.id, layer), None))]
        for one in old:
            self.store.remove(RESPONSE, one.key, by=self.by, at=datetime.now(UTC))
        if old:
            tell(self.messages("layers_left"))

    def _store(self, answer: Response) -> None:
        self.store.save(answer, by=self.by, at=datetime.now(UTC))
        self.given[answer.item, answer.layer] = answer
        tell(self.messages("saved"))

    def _note(self, asked: AskedItem, layer: Layer) -> None:
        """Keep a note for the answer; a question that is answered already gets it at once."""
        text = click.prompt(self.messages("note"), default="", show_default=False, err=True)
        if not text.strip():
            return
        if before := self.given.get((asked.item.id, layer)):
            self._store(before.model_copy(update={"note": text.strip()}))
        else:
            self.notes[asked.item.id, layer] = text.strip()
            tell(self.messages("note_kept"))

    def _evidence(self, asked: AskedItem) -> None:
        title = click.prompt(self.messages("evidence"), default="", show_default=False, err=True)
        if not title.strip():
            return
        record = Evidence(
            id=next(self.store.read().free_evidence_ids()),
            framework=self.questionnaire.framework.id,
            item=asked.item.id,
            kind="interview",
            title=title.strip(),
            noted_by=self.person.id,
        )
        self.store.save(record, by=self.by, at=datetime.now(UTC))
        tell(self.messages("evidence_saved", title=record.title))

    def _levels(self, asked: AskedItem) -> None:
        """Tell what the levels of this question look like, or else those of its dimension."""
        dimension = self.questionnaire.framework.dimension_of[asked.item.id]
        for level, text in (asked.item.observe or dimension.levels).items():
            tell(self.messages("level", level=self.locale.whole(level), text=text))
