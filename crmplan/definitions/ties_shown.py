"""What an initiative or activity waits for, as a line of an outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from crmplan.data_files import data_folder
from crmplan.localisation.locale import Locale
from crmplan.localisation.messages import catalogue
from crmplan.localisation.network_words import NetworkWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmplan.localisation.locale import LanguageCode
    from crmplan.planning.ties import Tie


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


def ties_shown(
    ties: Sequence[Tie], known: Mapping[str, _Coded], language: str
) -> Iterator[tuple[int, str]]:
    """Give a line with the codes of what comes before, and how it is tied if not as usual.

    Args:
        ties: what one initiative or activity waits for; without any there is no line.
        known: what has a code, by id.
        language: of the words.
    """
    if not ties:
        return
    say = catalogue("common", cast("LanguageCode", language), data_folder("templates") / "prose")
    network = NetworkWords(Locale(cast("LanguageCode", language)))
    shown = []
    for tie in ties:
        code, how = known[tie.before].code, network.tie(tie)
        shown.append(say("parenthesis", text=code, extra=how) if how else code)
    yield 2, f"← {'; '.join(shown)}"
