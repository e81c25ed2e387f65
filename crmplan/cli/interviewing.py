"""An interview in the terminal: one question after the other, each answer saved before the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import click

from crmplan.assessment.questionnaire import progress
from crmplan.assessment.record_kinds import RESPONSE
from crmplan.assessment.responses import Evidence, Layer, Respondent, Response
from crmplan.cli.output import tell

if TYPE_CHECKING:
    from crmplan.assessment.questionnaire import AskedItem, Questionnaire
    from crmplan.localisation.locale import Locale
    from crmplan.localisation.messages import Messages
    from crmplan.storage import EngagementStore

Move = Literal["next", "next-item", "back", "stay", "stop"]

_MOVES: dict[str, Move] = {"s": "next", "b": "back", "q": "stop"}
_TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", "0123456789" * 3)


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
        tell(self.messages("help", self._ends()))

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
            if (asked.item.id, layer) not in self.given
            and (asked.item.id, "overall") not in self.given
        )
        return next(open_steps, len(self.steps))

    def _after_item(self, position: int) -> int:
        """Find the first question of the next item."""
        asked = self.steps[position][0]
        while position < len(self.steps) and self.steps[position][0] is asked:
            position += 1
        return position

    def _ask(self, position: int) -> Move:
        asked, layer = self.steps[position]
        self._show(asked, layer, position)
        while True:
            typed = click.prompt(
                self.messages("prompt"), default="", show_default=False, err=True, type=str
            )
            move = self._take(typed.strip().translate(_TO_ASCII).lower(), asked, layer)
            if move != "stay":
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
        state: Literal["scored", "unknown", "not-applicable"] = "scored",
        reason: str = "",
    ) -> Move:
        if state != "not-applicable":
            self._apply_again(asked)
        before = self.given.get((asked.item.id, layer))
        answer = Response(
            framework=self.questionnaire.framework.id,
            respondent=self.person.id,
            item=asked.item.id,
            layer=layer,
            state=state,
            level=level,
            reason=reason,
            note=self.notes.pop((asked.item.id, layer), before.note if before else ""),
        )
        self._store(answer)
        return "next"

    def _apply_again(self, asked: AskedItem) -> None:
        """Take "not applicable" back from the other layer of an item that is answered now."""
        for layer in asked.layers:
            old = self.given.get((asked.item.id, layer))
            if old and old.state == "not-applicable":
                self.store.remove(RESPONSE, old.key, by=self.by, at=datetime.now(UTC))
                del self.given[asked.item.id, layer]

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
