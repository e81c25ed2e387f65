"""A report without the names of people: numbers in their place, and no roles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmplan.assessment.record import Record
    from crmplan.assessment.responses import Assessment
    from crmplan.documents.words import Words
    from crmplan.report import Report

Kept = TypeVar("Kept", bound="Record")


def without_names(words: Words) -> Report:
    """Give the report of a document with numbers for names.

    Names, roles and who decided something are replaced, full names also in what was written. The
    group stays, because levels are compared by it; so do nicknames and other hints in texts.
    """
    assessment = words.report.assessment
    numbered = {
        one.id: words("anonymous.person", number=words.locale.whole(number))
        for number, one in enumerate(assessment.respondents, start=1)
    }
    # The longest first: "Ann Lee" must not be found inside "Mary-Ann Lee".
    people = sorted(assessment.respondents, key=lambda one: -len(one.name))
    names = {one.name: numbered[one.id] for one in people}
    return replace(words.report, assessment=_anonymous(assessment, numbered, names, words))


def _anonymous(
    assessment: Assessment, numbered: Mapping[str, str], names: Mapping[str, str], words: Words
) -> Assessment:
    def masked(record: Kept, *fields: str, **given: str) -> Kept:
        texts = {name: _masked(getattr(record, name), names) for name in fields}
        return record.model_copy(update={**texts, **given})

    somebody = words("anonymous.somebody")
    return assessment.model_copy(
        update={
            "respondents": tuple(
                masked(one, name=numbered[one.id], role="") for one in assessment.respondents
            ),
            "responses": tuple(masked(one, "reason", "note") for one in assessment.responses),
            "evidence": tuple(masked(one, "title", "reference") for one in assessment.evidence),
            "decisions": tuple(
                masked(one, "reason", "dissent", decided_by=somebody)
                for one in assessment.decisions
            ),
            "factors": tuple(masked(one, "note") for one in assessment.factors),
        }
    )


def _masked(text: str, names: Mapping[str, str]) -> str:
    for name, number in names.items():
        text = text.replace(name, number)
    return text
