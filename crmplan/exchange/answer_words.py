"""Words and digits that people write where a level is asked, in the three languages."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.responses import State

_WRITTEN: Mapping[State, tuple[str, ...]] = {
    "not-applicable": (
        *("n/a", "na", "n.a.", "n. a", "not applicable", "does not apply", "-", "--"),
        *("نامرتبط", "نامربوط", "مربوط نیست", "مرتبط نیست", "مورد ندارد", "کاربرد ندارد"),
        *("不適用", "不适用", "無關", "无关"),
    ),
    "unknown": (
        *("don't know", "do not know", "I don't know", "unknown", "not sure", "?"),
        *("نمی‌دانم", "نمیدونم", "نامعلوم", "مطمئن نیستم", "اطلاع ندارم"),
        *("不清楚", "不知道", "不確定", "不确定"),
    ),
    "inherited": ("inherited", "done elsewhere", "بر عهده دیگران", "由他方辦理"),
    "out-of-control": (
        *("out of control", "out of our control", "beyond our control"),
        *("خارج از اختیار ما", "خارج از کنترل", "非我方可控"),
    ),
}

# Arabic letters for Persian ones, the Persian decimal mark, and dashes that look alike.
_ALIKE = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "٫": ".", "−": "-", "–": "-", "—": "-", "‑": "-", "‐": "-"}
)
_DROPPED = frozenset("'’‘`´\"“”«»「」")


def plain(text: str) -> str:
    """Reduce a text to what it says: no spaces, joiners, quotes or accents; small letters.

    Digits of every script become 0–9, full-width letters ordinary ones, Arabic yeh and kaf
    the Persian ones.
    """
    normal = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)
    return "".join(_digit(one) for one in normal if _says_something(one))


def known_words(of_form: Mapping[str, State]) -> dict[str, State]:
    """Give the state for each plain word: those known everywhere, and those of one form."""
    words = {plain(word): state for state, written in _WRITTEN.items() for word in written}
    return words | {plain(word): state for word, state in of_form.items()}


def _says_something(letter: str) -> bool:
    if letter.isspace() or letter in _DROPPED:
        return False
    return unicodedata.category(letter) not in ("Cf", "Cc", "Mn")


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter, letter))
