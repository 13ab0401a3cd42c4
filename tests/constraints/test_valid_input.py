from __future__ import annotations

from dataclasses import replace

import pytest

from schedsolve.constraints.valid_input import ValidInput
from schedsolve.model.scenario import Performance
from schedsolve.model.week import Week

from .plans import amounts, broken, plan_of
from .weeks import week


def scored(**scores: float) -> Week:
    """A week with scores that the reader of scenarios would not let through."""
    made = week()
    performance = Performance.model_construct(**(made.scenario.performance.model_dump() | scores))
    return replace(made, scenario=made.scenario.model_copy(update={"performance": performance}))


def trusting(accept: bool, confidence: float) -> Week:
    made = week()
    volume = made.scenario.volume.model_copy(update={"accept_low_confidence": accept})
    scenario = made.scenario.model_copy(update={"volume": volume})
    return replace(made, scenario=scenario, confidence=confidence)


@pytest.mark.parametrize("confidence", [0.3, 0.5, 1.0])
def test_a_confidence_from_the_limit_to_one_passes(confidence: float) -> None:
    assert broken(ValidInput(), plan_of(trusting(False, confidence))) == []


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan"), 0.29, 0.0])
def test_a_confidence_out_of_range_or_too_low_is_found(confidence: float) -> None:
    assert broken(ValidInput(), plan_of(trusting(False, confidence))) == ["scenario"]


def test_the_amount_says_how_far_off_an_input_is() -> None:
    assert amounts(ValidInput(), plan_of(trusting(False, 0.2))) == pytest.approx([0.1])
    assert amounts(ValidInput(), plan_of(trusting(False, 1.5))) == [1]
    assert amounts(ValidInput(), plan_of(scored(saturation=500))) == [1]
    assert amounts(ValidInput(), plan_of(week(days=1, quota=(3, -2, 1)))) == [2]
    assert amounts(ValidInput(), plan_of(week(page="free", days=1, quota=(3, 3, 2)))) == [2]


@pytest.mark.parametrize("confidence", [0.29, 0.0])
def test_low_confidence_passes_when_the_scenario_accepts_it(confidence: float) -> None:
    assert broken(ValidInput(), plan_of(trusting(True, confidence))) == []


def test_accepting_low_confidence_does_not_accept_nonsense() -> None:
    assert broken(ValidInput(), plan_of(trusting(True, -0.01))) == ["scenario"]


@pytest.mark.parametrize("name", ["saturation", "opportunity", "caption_freshness"])
@pytest.mark.parametrize(("score", "subjects"), [(0, []), (100, []), (-0.5, ["scenario"]), (100.5, ["scenario"])])
def test_scores_run_from_0_to_100(name: str, score: float, subjects: list[str]) -> None:
    assert broken(ValidInput(), plan_of(scored(**{name: score}))) == subjects


def test_a_quota_may_be_0_but_not_negative() -> None:
    plan = plan_of(week(days=2, quota=[(0, 0, 0), (3, -1, 1)]))
    assert broken(ValidInput(), plan) == ["2025-01-21 engagement"]


def test_a_free_page_has_no_retention_quota() -> None:
    assert broken(ValidInput(), plan_of(week(page="free", days=2, quota=[(3, 3, 0), (3, 3, 1)]))) == [
        "2025-01-21 retention"
    ]


def test_a_paid_page_has_a_retention_quota() -> None:
    assert broken(ValidInput(), plan_of(week(page="paid", days=1, quota=(3, 3, 1)))) == []
