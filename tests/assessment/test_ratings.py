"""From ratings in percent to a level; worked examples of docs/method/radar.md."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from builders import HELD_ON, one_item
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from crmplan.assessment.explanation import explain
from crmplan.assessment.rating_schemes import RatingScheme
from crmplan.assessment.ratings import Rating, rate
from crmplan.assessment.responses import (
    Assessment,
    Evidence,
    FrameworkUse,
    Organisation,
    Respondent,
    Response,
)
from crmplan.assessment.scoring import Scorecard, score
from crmplan.definitions.library import load_framework
from crmplan.errors import RatingsError

EFQM = load_framework("efqm-2010")
ENABLERS, RESULTS = EFQM.rating_schemes
MISSION, PERCEPTIONS = "leadership.mission", "customer-results.perceptions"

MISSION_RATED = {
    "approach.sound": 40,
    "approach.integrated": 40,
    "deployment.implemented": 80,
    "deployment.systematic": 60,
    "assessment-refinement.measurement": 80,
    "assessment-refinement.learning": 90,
    "assessment-refinement.improvement": 70,
}
PERCEPTIONS_RATED = {
    "relevance-usability.scope": 70,
    "relevance-usability.integrity": 50,
    "relevance-usability.segmentation": 60,
    "performance.trends": 50,
    "performance.targets": 40,
    "performance.comparisons": 30,
    "performance.causes": 40,
}


def rated(item: str, ratings: Mapping[str, int], who: str = "ada") -> Response:
    return Response(framework="efqm-2010", respondent=who, item=item, ratings=dict(ratings))


def plain(item: str, level: int, who: str = "ada") -> Response:
    return Response(framework="efqm-2010", respondent=who, item=item, level=level)


def scored(*responses: Response, evidence: tuple[Evidence, ...] = ()) -> Scorecard:
    people = dict.fromkeys(one.respondent for one in responses)
    return score(
        EFQM,
        Assessment(
            use=FrameworkUse(
                id="efqm-2010", version=EFQM.version, profile="foundation", held_on=HELD_ON
            ),
            organisation=Organisation(name="Alborz"),
            respondents=tuple(Respondent(id=who, name=who, group="manager") for who in people),
            responses=responses,
            evidence=evidence,
        ),
    )


def combined(scheme: RatingScheme, ratings: Mapping[str, int]) -> Rating:
    return rate(scheme, ratings, EFQM.scale)


def test_an_element_is_the_mean_of_its_attributes() -> None:
    rating = combined(ENABLERS, MISSION_RATED)

    assert rating.elements == {
        "approach": 40,
        "deployment": 70,  # (80 + 60) / 2
        "assessment-refinement": 80,  # (80 + 90 + 70) / 3
    }


def test_the_total_of_an_enabler_is_never_above_its_approach() -> None:
    rating = combined(ENABLERS, MISSION_RATED)

    assert rating.mean == Fraction(190, 3)  # (40 + 70 + 80) / 3
    assert (rating.total, rating.capped_by) == (40, "approach")
    assert rating.level == 2  # 40 % of 0 to 5


def test_a_total_below_the_cap_is_the_mean_of_the_elements() -> None:
    rating = combined(RESULTS, PERCEPTIONS_RATED)

    assert rating.elements == {"relevance-usability": 60, "performance": 40}
    assert (rating.total, rating.capped_by) == (50, None)
    assert rating.level == Fraction(5, 2)


def test_a_result_is_never_above_its_relevance() -> None:
    relevance = dict.fromkeys(
        (name for name in RESULTS.attributes if name.startswith("relevance")), 20
    )
    performance = dict.fromkeys(
        (name for name in RESULTS.attributes if name.startswith("performance")), 100
    )

    rating = combined(RESULTS, {**relevance, **performance})

    assert (rating.mean, rating.total) == (60, 20)


def test_a_scheme_without_a_cap_gives_the_mean() -> None:
    free = ENABLERS.model_copy(update={"cap": None})

    assert combined(free, MISSION_RATED).total == Fraction(190, 3)


def test_a_derived_level_enters_the_score_exactly() -> None:
    ratings = {**MISSION_RATED, "approach.sound": 85, "approach.integrated": 70}

    item = scored(rated(MISSION, ratings)).items[MISSION]

    # Approach 77.5, so the mean (77.5 + 70 + 80) / 3 = 75 5/6 % stands, which is level 3 19/24.
    assert item.value == Fraction(91, 24)


def test_people_may_rate_or_give_a_level_for_the_same_question() -> None:
    item = scored(rated(MISSION, MISSION_RATED), plain(MISSION, 3, who="bo")).items[MISSION]

    assert item.levels == {"ada": 2, "bo": 3}
    assert item.value == Fraction(5, 2)
    assert [*item.ratings] == ["ada"]


def test_an_explanation_goes_down_to_the_attributes_and_names_the_cap() -> None:
    (answer,) = explain(scored(rated(MISSION, MISSION_RATED)), MISSION).parts

    assert (answer.rule, answer.value, answer.capped_by) == ("ratings-capped", 2, "approach")
    assert [(one.id, one.value, one.unit) for one in answer.parts] == [
        ("approach", 40, "percent"),
        ("deployment", 70, "percent"),
        ("assessment-refinement", 80, "percent"),
    ]
    assert [(one.id, one.value) for one in answer.parts[1].parts] == [
        ("deployment.implemented", 80),
        ("deployment.systematic", 60),
    ]


def test_ratings_that_do_not_fit_the_scheme_are_refused_with_all_faults() -> None:
    faulty = {**MISSION_RATED, "approach.sound": 42, "approach.sond": 40}
    del faulty["deployment.systematic"]

    with pytest.raises(RatingsError) as refused:
        scored(rated(MISSION, faulty))

    assert refused.value.faults == (
        "without a rating: deployment.systematic",
        "approach.sound is rated 42, which is no multiple of 5 up to 100",
        "radar-enablers has no attribute 'approach.sond'",
    )


def test_ratings_for_a_framework_without_a_scheme_are_refused() -> None:
    response = Response(
        framework="care", respondent="ada", item="service.promise", ratings={"sound": 40}
    )
    framework = one_item()
    assessment = Assessment(
        use=FrameworkUse(id="care", version="1.0.0", profile="usual", held_on=HELD_ON),
        organisation=Organisation(name="Alborz"),
        respondents=(Respondent(id="ada", name="Ada", group="manager"),),
        responses=(response,),
    )

    with pytest.raises(RatingsError, match="does not rate this question by attributes"):
        score(framework, assessment)


@pytest.mark.parametrize(
    "fields",
    [
        {"level": 2},
        {"layer": "intention"},
        {"state": "unknown"},
        {"state": "not-applicable", "reason": "R"},
    ],
    ids=["with a level", "for the plan", "unknown", "not applicable"],
)
def test_ratings_stand_alone(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Response.model_validate(
            {"framework": "f", "respondent": "r", "item": "i", "ratings": {"a": 5}, **fields}
        )


def test_points_follow_the_shares_of_the_parts() -> None:
    series = Evidence(
        id="e1", framework="efqm-2010", item=PERCEPTIONS, kind="record", title="S", periods=3
    )
    scorecard = scored(
        plain(PERCEPTIONS, 4), plain("customer-results.indicators", 0), evidence=(series,)
    )

    # 6a counts 75 % and 6b 25 %: level 3 of 5, so 60 % of 150 points.
    assert scorecard.dimensions["customer-results"].score == 3
    points = scorecard.points["customer-results"]
    assert (points.reached, points.possible) == (90, 150)


def test_a_sum_of_points_needs_all_its_parts() -> None:
    some = scored(*(plain(item, 2) for item in EFQM.items if not item.startswith("key-results")))
    every = scored(*(plain(item, 2) for item in EFQM.items))

    assert some.points["enablers"].reached == 200  # 40 % of 500
    assert some.points["results"].reached is None
    assert some.points["overall"].reached is None
    assert (every.points["overall"].reached, every.points["overall"].possible) == (400, 1000)


def test_a_framework_without_points_has_none() -> None:
    assert load_framework("drcrm").points is None


SCHEMES = st.sampled_from((ENABLERS, RESULTS))


@st.composite
def ratings_of_a_scheme(draw: st.DrawFn) -> tuple[RatingScheme, dict[str, int]]:
    scheme = draw(SCHEMES)
    steps = st.sampled_from([percent for percent in range(101) if scheme.allows(percent)])
    return scheme, {name: draw(steps) for name in scheme.attributes}


@given(ratings_of_a_scheme(), st.data())
def test_raising_an_attribute_never_lowers_the_level(
    rating: tuple[RatingScheme, dict[str, int]], data: st.DataObject
) -> None:
    scheme, before = rating
    name = data.draw(st.sampled_from(sorted(before)))
    higher = [percent for percent in range(before[name], 101) if scheme.allows(percent)]

    after = {**before, name: data.draw(st.sampled_from(higher))}

    assert combined(scheme, after).level >= combined(scheme, before).level


@given(ratings_of_a_scheme())
def test_the_total_lies_below_the_cap_and_the_level_on_the_scale(
    rating: tuple[RatingScheme, dict[str, int]],
) -> None:
    scheme, ratings = rating

    found = combined(scheme, ratings)

    assert scheme.cap is not None
    assert found.total <= found.elements[scheme.cap]
    assert min(ratings.values()) <= found.total <= max(ratings.values())
    assert (found.capped_by is None) == (found.total == found.mean)
    assert EFQM.scale.lowest <= found.level <= EFQM.scale.highest


@given(SCHEMES)
def test_all_full_is_the_top_and_all_nothing_the_bottom(scheme: RatingScheme) -> None:
    assert combined(scheme, dict.fromkeys(scheme.attributes, 100)).level == EFQM.scale.highest
    assert combined(scheme, dict.fromkeys(scheme.attributes, 0)).level == EFQM.scale.lowest
