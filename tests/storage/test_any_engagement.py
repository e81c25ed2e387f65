"""Properties: whatever an engagement holds, storing or exporting it loses nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from crmplan.assessment.engagement import Engagement
from crmplan.assessment.record_kinds import BESIDE_ASSESSMENT
from crmplan.assessment.responses import Response
from crmplan.exchange.engagement_json import from_json, to_json
from crmplan.storage import create_engagement, open_engagement

from .engagements import NOON, ONE_OF_EACH, engagements, responses, small_engagement

ANSWERS = st.lists(responses(st.just("drcrm"), st.sampled_from(("anna", "bo"))), max_size=8)


@settings(max_examples=40, deadline=None)
@given(engagement=engagements())
def test_what_is_stored_is_read_again(engagement: Engagement) -> None:
    with tempfile.TemporaryDirectory() as folder:
        create_engagement(Path(folder, "any.crmplan"), engagement).close()
        with open_engagement(Path(folder, "any.crmplan"), read_only=True) as store:
            assert store.read() == engagement


@settings(max_examples=100, deadline=None)
@given(engagement=engagements())
def test_what_is_written_as_json_is_read_again(engagement: Engagement) -> None:
    text = to_json(engagement)

    assert from_json(text.encode().decode()) == engagement
    assert to_json(from_json(text)) == text


def test_a_record_of_every_kind_is_stored_exported_and_read_again(tmp_path: Path) -> None:
    assert all(getattr(ONE_OF_EACH, kind.field) for kind in BESIDE_ASSESSMENT)

    create_engagement(tmp_path / "a.crmplan", ONE_OF_EACH).close()

    with open_engagement(tmp_path / "a.crmplan") as store:
        assert store.read() == ONE_OF_EACH
    assert from_json(to_json(ONE_OF_EACH)) == ONE_OF_EACH


@settings(max_examples=20, deadline=None)
@given(answers=ANSWERS)
def test_saving_answers_one_by_one_gives_the_last_of_each_in_order(
    answers: list[Response],
) -> None:
    expected = {one.key: one for one in answers}  # a dict keeps the place of the first entry
    with (
        tempfile.TemporaryDirectory() as folder,
        create_engagement(Path(folder, "any.crmplan"), small_engagement()) as store,
    ):
        for one in answers:
            store.save(one, by="Anna", at=NOON)

        assert store.read().responses == tuple(expected.values())
