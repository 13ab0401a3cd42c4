"""Quotas: splits, levels, distributions, and how confidence dampens revenue."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.errors import ScenarioError
from schedsolve.model.apportionment import largest_remainder
from schedsolve.model.calendar import Horizon
from schedsolve.model.scenario import Scenario
from schedsolve.model.week import Quota
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.volume.daily_quotas import VolumePlan, plan_volume

SPLITS = {
    (6, 5, 2): "10 5/4/1, 11 5/4/2, 12 5/5/2, 13 6/5/2, 14 7/5/2, 15 7/6/2, 16 7/6/3",
    (3, 3, 1): "6 3/2/1, 7 3/3/1, 8 4/3/1",
    (4, 4, 2): "9 4/3/2, 10 4/4/2, 11 5/4/2, 12 5/5/2",
    (8, 6, 3): "15 7/5/3, 16 7/6/3, 17 8/6/3, 18 9/6/3",
    (6, 5, 0): "10 5/5/0, 11 6/5/0, 12 7/5/0, 13 7/6/0",
}
VECTORS = [
    (ratio, int(text.split()[0]), tuple(map(int, text.split()[1].split("/"))))
    for ratio, texts in SPLITS.items()
    for text in texts.split(", ")
]
LEVELS = {"low": (3, 3, 1), "mid": (4, 4, 2), "high": (6, 5, 2), "ultra": (8, 6, 3)}


def scenario(
    volume: dict[str, Any], start: str = "2025-01-20", days: int = 7, page: str = "paid", fans: int | None = None
) -> Scenario:
    return Scenario.model_validate(
        {
            "schedsolve": 1,
            "kind": "creator-week",
            "week_start": start,
            "days": days,
            "creator": {"id": "alexia", "page_type": page, "timezone": "America/New_York", "fan_count": fans},
            "volume": volume,
        }
    )


def planned(volume: dict[str, Any], **more: Any) -> VolumePlan:
    made = scenario(volume, **more)
    return plan_volume(made, Horizon(made.week_start, made.days, "America/New_York"))


def stated(ratio: tuple[int, int, int], **more: Any) -> dict[str, Any]:
    names = ("revenue_per_day", "engagement_per_day", "retention_per_day")
    return {**dict(zip(names, ratio, strict=True)), "confidence_score": 0.9, **more}


def parts(plan: VolumePlan) -> list[tuple[int, int, int]]:
    return [(quota.revenue, quota.engagement, quota.retention) for quota in plan.quotas]


def codes(plan: VolumePlan) -> list[str]:
    return [notice.code for notice in plan.notices]


# --- splitting ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ratio", "total", "split"), VECTORS)
def test_totals_split_as_the_specification_lists(
    ratio: tuple[int, int, int], total: int, split: tuple[int, int, int]
) -> None:
    assert largest_remainder(total, ratio) == split
    page = "paid" if ratio[2] else "free"
    plan = planned(stated(ratio, weekly_distribution=[total] * 7), page=page)
    assert parts(plan) == [split] * 7


@given(st.integers(0, 500), st.lists(st.integers(0, 30), min_size=1, max_size=5))
def test_parts_sum_are_never_negative_and_miss_their_share_by_less_than_one(total: int, ratio: list[int]) -> None:
    split = largest_remainder(total, ratio)
    assert len(split) == len(ratio)
    if not sum(ratio):
        assert split == (0,) * len(ratio)
        return
    assert sum(split) == total
    for part, weight in zip(split, ratio, strict=True):
        assert part >= 0
        assert abs(part - Fraction(total * weight, sum(ratio))) < 1
        assert weight or not part


def test_ties_go_to_revenue_then_engagement_then_retention() -> None:
    assert largest_remainder(1, (1, 1, 1)) == (1, 0, 0)
    assert largest_remainder(2, (1, 1, 1)) == (1, 1, 0)
    assert largest_remainder(1, (0, 1, 1)) == (0, 1, 0)


# --- distributions --------------------------------------------------------------------------------


def test_the_worked_week_of_level_high() -> None:
    totals = [floor(13 * share + 0.5) for share in (0.95, 1, 1, 1, 1.1, 1, 1)]
    assert totals == [12, 13, 13, 13, 14, 13, 13]
    plan = planned({"level": "high", "weekly_distribution": totals, "confidence_score": 0.9})
    assert sum(quota.total for quota in plan.quotas) == 91
    assert parts(plan) == [(5, 5, 2), (6, 5, 2), (6, 5, 2), (6, 5, 2), (7, 5, 2), (6, 5, 2), (6, 5, 2)]


def test_a_mapping_goes_by_weekday_whatever_the_first_day() -> None:
    totals = {0: 10, 1: 11, 2: 12, 3: 13, 4: 14, 5: 15, 6: 16}
    plan = planned(stated((6, 5, 2), weekly_distribution=totals), start="2025-01-23", days=9)
    assert [quota.total for quota in plan.quotas] == [13, 14, 15, 16, 10, 11, 12, 13, 14]


def test_a_list_goes_by_day_of_the_plan() -> None:
    plan = planned(stated((6, 5, 2), weekly_distribution=[10, 16, 0]), start="2025-01-23", days=3)
    assert parts(plan) == [(5, 4, 1), (7, 6, 3), (0, 0, 0)]
    assert plan.notices == ()


@pytest.mark.parametrize("distribution", [[13] * 6, [13] * 8, [], {0: 13}, dict.fromkeys(range(6), 13), {}])
def test_a_malformed_distribution_gives_the_base_total_every_day_with_a_warning(distribution: Any) -> None:
    plan = planned(stated((6, 5, 2), weekly_distribution=distribution))
    assert parts(plan) == [(6, 5, 2)] * 7
    assert codes(plan) == ["distribution-malformed"]
    assert f"has {len(distribution)} entries" in plan.notices[0].message


def test_a_malformed_distribution_on_a_level_gives_the_levels_row() -> None:
    plan = planned({"level": "mid", "weekly_distribution": [1], "confidence_score": 0.9})
    assert parts(plan) == [(4, 4, 2)] * 7


def test_without_a_distribution_four_weekdays_change_the_base() -> None:
    plan = planned(stated((6, 5, 2)))
    assert parts(plan) == [(5, 5, 2), (6, 5, 2), (6, 5, 2), (6, 5, 2), (7, 5, 2), (6, 6, 2), (7, 5, 2)]
    assert plan.notices == ()


def test_weekday_changes_follow_the_calendar_not_the_plan() -> None:
    plan = planned(stated((6, 5, 2)), start="2025-01-24", days=4)
    assert parts(plan) == [(7, 5, 2), (6, 6, 2), (7, 5, 2), (5, 5, 2)]


def test_weekday_changes_leave_at_least_one_and_free_pages_without_retention() -> None:
    assert parts(planned(stated((1, 1, 1)), days=1)) == [(1, 1, 1)]
    plan = planned(stated((6, 5, 2)), page="free")
    assert parts(plan) == [(5, 5, 0), (6, 5, 0), (6, 5, 0), (6, 5, 0), (7, 5, 0), (6, 6, 0), (7, 5, 0)]


# --- where the figures come from ------------------------------------------------------------------


@pytest.mark.parametrize(("level", "row"), LEVELS.items())
def test_a_level_alone_is_its_row_every_day_trusted_at_06(level: str, row: tuple[int, int, int]) -> None:
    plan = planned({"level": level})
    assert plan.confidence == 0.6
    assert codes(plan) == ["volume-guessed"]
    assert parts(plan) == [row] * 7


@pytest.mark.parametrize(("level", "row"), LEVELS.items())
def test_a_level_on_a_free_page_has_no_retention(level: str, row: tuple[int, int, int]) -> None:
    assert parts(planned({"level": level, "confidence_score": 1}, page="free")) == [(*row[:2], 0)] * 7


@pytest.mark.parametrize(
    ("fans", "level"),
    [
        (0, "low"),
        (999, "low"),
        (1000, "mid"),
        (4999, "mid"),
        (5000, "high"),
        (14_999, "high"),
        (15_000, "ultra"),
        (10**9, "ultra"),
    ],
)
def test_fans_give_the_level_trusted_at_05(fans: int, level: str) -> None:
    plan = planned({}, start="2025-01-21", days=1, fans=fans)
    assert plan.confidence == 0.5
    assert f"level {level}" in plan.notices[0].message
    trusted = planned({"confidence_score": 1}, start="2025-01-21", days=3, fans=fans)
    assert parts(trusted) == [LEVELS[level]] * 3


def test_without_level_and_fans_there_are_331_trusted_at_03() -> None:
    plan = planned({}, start="2025-01-21", days=3)
    assert plan.confidence == 0.3
    assert parts(plan) == [(3, 3, 1)] * 3
    assert parts(planned({}, start="2025-01-21", days=3, page="free")) == [(3, 3, 0)] * 3


def test_stated_figures_without_a_score_are_trusted_at_07() -> None:
    volume = {"revenue_per_day": 6, "engagement_per_day": 5, "retention_per_day": 2}
    plan = planned(volume)
    assert plan.confidence == 0.7
    assert plan.notices == ()


def test_missing_figures_come_from_level_or_fans_and_are_named() -> None:
    plan = planned({"revenue_per_day": 7, "confidence_score": 1}, start="2025-01-21", days=1, fans=6000)
    assert parts(plan) == [(7, 5, 2)]
    (notice,) = plan.notices
    assert notice.code == "volume-guessed"
    assert notice.message == "engagement, retention per day taken from: 6,000 fans: level high"


def test_a_stated_score_wins_over_that_of_the_source() -> None:
    assert planned({"level": "high", "confidence_score": 0.85}).confidence == 0.85


def test_retention_stated_for_a_free_page_is_dropped_with_a_notice() -> None:
    assert codes(planned(stated((6, 5, 2)), page="free")) == ["free-page-retention"]
    assert codes(planned(stated((6, 5, 0)), page="free")) == []


# --- confidence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("confidence", "damped"),
    [
        # revenue quotas 1..10 -> dampened
        (1.0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (0.8, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (0.79, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (0.7, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        (0.6, [1, 2, 3, 4, 5, 6, 7, 8, 8, 9]),
        (0.59, [1, 2, 3, 4, 5, 6, 7, 8, 8, 9]),
        (0.5, [1, 2, 3, 4, 5, 6, 6, 7, 8, 9]),
        (0.4, [1, 2, 3, 4, 4, 5, 6, 6, 7, 8]),
        (0.3, [1, 2, 3, 4, 4, 5, 5, 6, 6, 7]),
        (0.0, [1, 2, 3, 3, 3, 3, 3, 3, 3, 3]),
    ],
)
def test_revenue_is_dampened_to_the_exact_value(confidence: float, damped: list[int]) -> None:
    held = [
        planned(stated((revenue, 5, 2), confidence_score=confidence), start="2025-01-21", days=1)
        for revenue in range(1, 11)
    ]
    assert [plan.quotas[0] for plan in held] == [Quota(revenue, 5, 2) for revenue in damped]
    assert {("low-confidence" in codes(plan)) for plan in held} == {confidence < 0.6}


@given(st.integers(0, 100), st.integers(1, 10))
def test_dampening_is_the_stated_blend_with_halves_up_and_never_above(percent: int, revenue: int) -> None:
    confidence = Fraction(percent, 100)
    if confidence >= Fraction(8, 10):
        weight = Fraction(0)
    elif confidence >= Fraction(6, 10):
        weight = Fraction(1, 10) * (Fraction(8, 10) - confidence) / Fraction(2, 10)
    else:
        weight = max(Fraction(1, 10), 1 - confidence / Fraction(6, 10))
    blend = revenue * (1 - weight) + 3 * weight
    plan = planned(stated((revenue, 5, 2), confidence_score=percent / 100), start="2025-01-21", days=1)
    assert plan.quotas[0] == Quota(min(revenue, floor(blend + Fraction(1, 2))), 5, 2)


def test_the_days_total_falls_along_with_its_revenue() -> None:
    plan = planned(stated((6, 5, 2), weekly_distribution=[13] * 7, confidence_score=0.4))
    assert [quota.total for quota in plan.quotas] == [12] * 7
    (notice,) = plan.notices
    assert "(91 -> 84 sends over the plan)" in notice.message


@given(
    st.tuples(st.integers(1, 10), st.integers(1, 8), st.integers(0, 4)),
    st.lists(st.integers(0, 20), min_size=7, max_size=7),
    st.sampled_from([0.8, 0.95, 1.0]),
    st.sampled_from(["paid", "free"]),
    st.dates(date(2025, 1, 1), date(2026, 1, 1)),
)
def test_trusted_days_sum_to_their_totals(
    ratio: tuple[int, int, int], totals: list[int], confidence: float, page: str, start: date
) -> None:
    volume = stated(ratio, weekly_distribution=totals, confidence_score=confidence)
    plan = planned(volume, page=page, start=start.isoformat())
    assert [quota.total for quota in plan.quotas] == totals
    assert all(part >= 0 for quota in parts(plan) for part in quota)
    assert page == "paid" or all(quota.retention == 0 for quota in plan.quotas)


@given(
    st.dictionaries(
        st.sampled_from(["revenue_per_day", "engagement_per_day", "retention_per_day"]), st.integers(1, 4), max_size=3
    ),
    st.sampled_from([None, "low", "mid", "high", "ultra"]),
    st.none() | st.integers(0, 50_000),
    st.floats(0, 1),
    st.integers(1, 28),
)
def test_whatever_is_known_every_day_gets_a_quota(
    volume: dict[str, int], level: str | None, fans: int | None, confidence: float, days: int
) -> None:
    plan = planned({**volume, "level": level, "confidence_score": confidence}, fans=fans, days=days)
    assert len(plan.quotas) == days
    assert all(min(quota) >= 1 for quota in parts(plan))


@pytest.mark.parametrize("confidence", [0.29, 0.0])
def test_a_week_below_03_is_refused(confidence: float) -> None:
    made = scenario(stated((6, 5, 2), confidence_score=confidence))
    with pytest.raises(ScenarioError, match=r"below 0\.3: the week is refused .*accept_low_confidence: true"):
        prepare(made)


@pytest.mark.parametrize(
    "volume", [{"confidence_score": 0.3}, {"confidence_score": 0.1, "accept_low_confidence": True}]
)
def test_a_week_at_03_or_accepted_all_the_same_is_planned(volume: dict[str, Any]) -> None:
    assert prepare(scenario(stated((6, 5, 2), **volume))).confidence == volume["confidence_score"]
