"""Perturb-and-MAP: where no rule interferes, the solver takes what was drawn, and the draws have their distribution."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from schedsolve import Plan, Scenario, solve
from schedsolve.constraints.preferences.strategy_choice import StrategyChoice
from schedsolve.model.catalog import CATALOG, FOLLOWUP, Category
from schedsolve.model.strategies import strategy_weights
from schedsolve.model.timing import Stretch, perches
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare

CHI_SQUARE_1_IN_1000 = {1: 10.83, 4: 18.47, 13: 34.53, 14: 36.12}
"""Critical values by degrees of freedom."""


def day(seed: int, saturation: float = 50, **changes: Any) -> Scenario:
    """One day on which nothing interferes: a single revenue and a single engagement send."""
    kept = {"ppv_unlock", "bump_normal", FOLLOWUP}
    return Scenario.model_validate(
        {
            "schedsolve": 1,
            "kind": "creator-week",
            "seed": seed,
            "week_start": "2025-01-20",
            "days": 1,
            "creator": {"id": "mia", "page_type": "free", "timezone": "America/New_York"},
            "volume": {"revenue_per_day": 1, "engagement_per_day": 1, "retention_per_day": 0,
                       "confidence_score": 0.9, "weekly_distribution": [2]},
            "performance": {"saturation": saturation},
            "send_types": {key: {"enabled": False} for key in CATALOG if key not in kept},
            **changes,
        }
    )  # fmt: skip


def chi_square(seen: Counter[Any], expected: dict[Any, float]) -> float:
    total = sum(seen.values())
    return sum((seen[key] - total * share) ** 2 / (total * share) for key, share in expected.items())


@pytest.mark.parametrize("saturation", [50, 80])
def test_the_best_strategy_of_a_day_is_drawn_by_the_weights(saturation: float) -> None:
    drawn: Counter[str] = Counter()
    for seed in range(2000):
        units = StrategyChoice.of(prepare(day(seed, saturation))).units[0]
        drawn[max(units, key=lambda key: units[key])] += 1
    weights = strategy_weights(saturation, 50)
    assert chi_square(drawn, weights) < CHI_SQUARE_1_IN_1000[4]


@pytest.fixture(scope="module")
def plans() -> list[tuple[Week, Plan]]:
    scenarios = [day(seed) for seed in range(24)]
    return [(prepare(scenario), solve(scenario, effort="quick")) for scenario in scenarios]


def test_the_solver_takes_the_drawn_strategy_where_no_rule_interferes(plans: list[tuple[Week, Plan]]) -> None:
    for week, plan in plans:
        units = StrategyChoice.of(week).units[0]
        assert plan.days[0].strategy == max(units, key=lambda key: units[key])
        assert plan.score["strategy-choice"] == 0


def test_the_solver_takes_the_drawn_minute_where_no_rule_interferes(plans: list[tuple[Week, Plan]]) -> None:
    for week, plan in plans:
        for item in plan.items:
            if item.is_follow_up:
                continue
            minute = week.horizon.minute_of_local(
                week.horizon.local(0).replace(tzinfo=None, hour=int(item.scheduled_time[:2]),
                                              minute=int(item.scheduled_time[3:5]))
            )  # fmt: skip
            block = minute // 240
            stretch = Stretch(0, block, block * 240, block * 240 + 240, 0)
            assert minute in {perch.target for perch in perches(week, item.category, stretch, 0)}
            assert not item.variation_metadata.time_adjusted


def test_the_solver_takes_the_drawn_delay_or_the_nearest_off_a_round_minute(plans: list[tuple[Week, Plan]]) -> None:
    followups = [item for _, plan in plans for item in plan.items if item.is_follow_up]
    assert len(followups) == len(plans)
    for item in followups:
        assert item.followup_delay_minutes is not None
        assert item.variation_metadata.drawn_offset is not None
        assert abs(item.followup_delay_minutes - item.variation_metadata.drawn_offset) <= 1


def test_jitter_is_even_over_the_allowed_offsets() -> None:
    seen: Counter[int] = Counter()
    stretch = Stretch(0, 5, 1200, 1440, 0)
    for seed in range(3000):
        perch = next(iter(perches(prepare(day(seed)), Category.REVENUE, stretch, 0)))
        seen[perch.jitter] += 1
    allowed = [offset for offset in range(-7, 9) if (perch.shift + offset) % 15]
    assert set(seen) == set(allowed)
    assert chi_square(seen, {offset: 1 / len(allowed) for offset in allowed}) < CHI_SQUARE_1_IN_1000[len(allowed) - 1]


def test_temperature_scales_the_noise_and_zero_takes_it_away() -> None:
    still = [prepare(day(seed, variation={"temperature": 0})) for seed in (1, 2)]
    stretch = Stretch(0, 5, 1200, 1440, 0)
    assert StrategyChoice.of(still[0]).units == StrategyChoice.of(still[1]).units
    wishes = [list(perches(week, Category.REVENUE, stretch, 0)) for week in still]
    assert wishes[0] == wishes[1]
