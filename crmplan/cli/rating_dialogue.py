"""One question of an interview, rated attribute by attribute."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import click

from crmplan.assessment.rating_schemes import FULL
from crmplan.cli.output import tell

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmplan.assessment.rating_schemes import RatedAttribute, RatingScheme
    from crmplan.assessment.ratings import Rating
    from crmplan.localisation.locale import Locale
    from crmplan.localisation.messages import Messages

Move = Literal["next", "next-item", "back", "stay", "stop"]

TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩０１２３４５６７８９", "0123456789" * 3)


@dataclass(slots=True)
class RatingDialogue:
    """The attributes of one item, one after the other.

    Attributes:
        ratings: percent by attribute; what is given is entered here.
        take: what to do with keys that are no ratings, the same as for a level.
    """

    scheme: RatingScheme
    ratings: dict[str, int]
    messages: Messages
    locale: Locale
    take: Callable[[str], Move]

    def run(self) -> Move:
        """Ask until all attributes are rated, which is ``next``, or until another move."""
        names = tuple(self.scheme.attributes)
        place = 0
        while place < len(names):
            self._show(names[place], place)
            move = self._ask(self.scheme.attributes[names[place]])
            if move == "back" and place > 0:
                place -= 1
            elif move == "next":
                place += 1
            else:
                return "next-item" if move == "skip" else move
        return "next"

    def _show(self, name: str, place: int) -> None:
        element = next(
            one for one in self.scheme.elements if name in {part.id for part in one.attributes}
        )
        attribute = self.scheme.attributes[name]
        place_of = {"position": place + 1, "total": len(self.scheme.attributes)}
        titles = {"element": element.title, "attribute": attribute.title}
        numbers = {word: self.locale.whole(number) for word, number in place_of.items()}
        tell("")
        tell(self.messages("attribute", {**titles, **numbers}))
        tell(attribute.ask)
        if name in self.ratings:
            tell(self.messages("before_rating", percent=self._percent(self.ratings[name])))

    def _ask(self, attribute: RatedAttribute) -> Move | Literal["skip"]:
        while True:
            given = click.prompt(
                self.messages("prompt_rating"), default="", show_default=False, err=True, type=str
            )
            typed = given.strip().translate(TO_ASCII).lower().rstrip("%٪％").strip()
            move = self._understand(typed, attribute)
            if move != "stay":
                return move

    def _understand(self, typed: str, attribute: RatedAttribute) -> Move | Literal["skip"]:
        if typed.isdecimal() and self.scheme.allows(int(typed)):
            self.ratings[attribute.id] = int(typed)
            return "next"
        if not typed and attribute.id in self.ratings:
            return "next"
        match typed:
            case "l":
                for percent, text in attribute.anchors.items():
                    tell(self.messages("level", level=self._percent(percent), text=text))
            case "?":
                tell(self.messages("help_ratings", steps_of(self.scheme, self.locale)))
            case "s" | "b" | "q" | "n" | "u" | "e" | "t":
                move = self.take(typed)
                # What goes on to the next question leaves the attributes that are open.
                return "skip" if move == "next" else move
            case _:
                steps = steps_of(self.scheme, self.locale)
                tell(self.messages("unclear_rating", steps, given=typed))
        return "stay"

    def _percent(self, percent: int) -> str:
        return self.locale.percent(Fraction(percent, FULL))


def steps_of(scheme: RatingScheme, locale: Locale) -> dict[str, str]:
    """Write the steps of ratings and the highest one."""
    return {"step": locale.whole(scheme.step), "full": locale.whole(FULL)}


def outcome(rating: Rating, scheme: RatingScheme, *, messages: Messages, locale: Locale) -> str:
    """Say what ratings come to, and which element capped them."""
    values = {
        "total": locale.percent(rating.total / FULL, 1),
        "mean": locale.percent(rating.mean / FULL, 1),
        "level": locale.number(rating.level, 2),
    }
    if rating.capped_by is None:
        return messages("rated", values)
    title = next(one.title for one in scheme.elements if one.id == rating.capped_by)
    return messages("rated_capped", values, element=title)
