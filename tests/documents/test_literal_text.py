"""Any text that people type, anywhere in an engagement, appears as typed and harms nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmplan.assessment.engagement import Engagement
from crmplan.documents.check import check_document
from crmplan.documents.making import compose, documents_for
from crmplan.documents.rendering import render_document
from crmplan.documents.text import scrub
from crmplan.exchange.engagement_json import from_json
from crmplan.workspace import report_on

from .demo_documents import EXAMPLES
from .samples import W, firm_template, main_part, text_of

TRICKY = (
    "&<>\"'",
    "</w:t><w:p/>",
    "]]>",
    "<!--",
    "{{ 7*7 }}",
    "{%p for x in y %}",
    "{#",
    "{_{ x }_}",
    "\x00\x07\x0b\x0c\x1b",
    "\u202e\u2066\u2069\u200f\u200e",
    "\ud800\ufffe",
    "😀👨\u200d👩\u200d👧",
    "نرم‌افزار ارتباط با مشتری (CRM) ۱۲۳",
    "客戶關係管理,第一步",
    "=HYPERLINK(1)",
    "a\tb\r\nc",
    "\\1 %s ${x}",
)
SHORT = 60
LONG = st.integers(0, 2**32).map(
    lambda seed: "".join(random.Random(seed).choices("".join(TRICKY) + " abc", k=10_000))
)
typed = st.one_of(
    st.lists(st.one_of(st.sampled_from(TRICKY), st.text(max_size=12)), max_size=6).map("".join),
    LONG,
)


def tiny() -> Engagement:
    """The smallest engagement there is."""
    return from_json((EXAMPLES / "tiny" / "engagement.json").read_text("utf-8"))


def with_texts(engagement: Engagement, text: str) -> Engagement:
    """The engagement with a text in every place where people type freely.

    Each place has a mark of its own, since a text that is there already is not printed again.
    """
    return engagement.model_copy(
        update={
            "organisation": engagement.organisation.model_copy(
                update={"name": f"org {text}", "sector": f"sector {text}"}
            ),
            "settings": engagement.settings.model_copy(update={"consultant": f"firm {text}"}),
            "respondents": tuple(
                one.model_copy(update={"name": f"name {text}", "role": f"role {text}"})
                for one in engagement.respondents
            ),
            "responses": tuple(
                one.model_copy(update={"note": f"note {text}"}) for one in engagement.responses
            ),
            "evidence": tuple(
                one.model_copy(update={"title": f"title {text}", "reference": f"reference {text}"})
                for one in engagement.evidence
            ),
            "decisions": tuple(
                one.model_copy(update={"reason": f"reason {text}", "dissent": f"dissent {text}"})
                for one in engagement.decisions
            ),
        }
    )


def shown(text: str) -> str:
    """A text as a document shows it; direction marks and blanks at its ends aside."""
    return scrub(text).replace("\u200f", "").strip()


@pytest.mark.parametrize("template", [None, firm_template()], ids=["ours", "firm"])
@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=typed)
def test_typed_text_appears_as_typed_in_every_document(
    template: bytes | None, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRMPLAN_FRAMEWORKS", str(EXAMPLES / "tiny" / "frameworks"))
    engagement = with_texts(tiny(), text)
    report = report_on(engagement)
    printed = {}
    for name in documents_for(engagement):
        blocks, given_settings = compose(report, name, "en", "gregorian")
        document = render_document(blocks, settings=given_settings, template=template)
        assert check_document(document) == ()
        paragraphs = (text_of(p) for p in main_part(document).iter(f"{W}p"))
        printed[name] = shown("\n".join(paragraphs))

    places = ["org", "firm", "name", "role", "note"]
    places += ["title", "reference"] if engagement.evidence else []
    places += ["reason"] if engagement.decisions else []
    whole = printed["assessment-report"]
    assert [one for one in places if shown(f"{one} {text}") not in whole] == []
    # The two pages for a board have no room for a long name; they cut it and say so.
    uncut = [one for name, one in printed.items() if name != "board-summary" or len(text) < SHORT]
    assert all(shown(f"org {text}") in one for one in uncut)
