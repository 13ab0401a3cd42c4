"""The creator's timing profile: every value that the specification states."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.rule_settings import FollowupWindowSettings
from schedsolve.model.scenario import Timing
from schedsolve.model.week import FollowupWindow
from schedsolve.pipeline.profile import (
    best_days,
    followup_window,
    half_day,
    hourly_weights,
    jitter_amplitude,
    late_policy,
    peak_hours,
)

RULE = FollowupWindowSettings()


def told(**settings: Any) -> Timing:
    return Timing.model_validate(settings)


@pytest.mark.parametrize(
    ("response", "earliest", "latest"),
    [
        (10, 15, 15),
        (20, 15, 30),
        (25, 15, 37),
        (28, 16, 42),
        (30, 18, 45),
        (50, 30, 45),
        (75, 45, 45),
        # the formula alone gives an empty window here: both ends are clamped
        (0, 15, 15),
        (5, 15, 15),
        (9, 15, 15),
        (76, 45, 45),
        (77, 45, 45),
        (100, 45, 45),
        (1440, 45, 45),
    ],
)
def test_the_average_response_narrows_the_followup_window(response: int, earliest: int, latest: int) -> None:
    assert followup_window(told(avg_response_minutes=response), RULE) == FollowupWindow(earliest, latest)


def test_without_data_the_followup_window_is_the_rules() -> None:
    assert followup_window(told(), RULE) == FollowupWindow(15, 45)
    assert followup_window(told(), FollowupWindowSettings(earliest=20, latest=60)) == FollowupWindow(20, 60)


@given(st.integers(0, 1440), st.integers(1, 720), st.integers(1, 720))
def test_the_window_is_never_empty_nor_wider_than_the_rule(response: int, one: int, other: int) -> None:
    rule = FollowupWindowSettings(earliest=min(one, other), latest=max(one, other))
    window = followup_window(told(avg_response_minutes=response), rule)
    assert rule.earliest <= window.earliest <= window.latest <= rule.latest


@given(st.integers(0, 1440))
def test_the_window_is_the_stated_formula_in_whole_minutes(response: int) -> None:
    window = followup_window(told(avg_response_minutes=response), RULE)
    early, late = max(15, (3 * response) // 5), min(45, (3 * response) // 2)
    assert window == FollowupWindow(min(early, 45), max(late, 15))


@pytest.mark.parametrize(
    ("variation", "base", "low", "high"),
    [
        ("low", 8, -4, 4),
        ("medium", 8, -7, 8),
        ("high", 8, -7, 8),
        ("low", 4, -2, 2),
        ("medium", 4, -4, 4),
        ("high", 4, -7, 8),
        ("low", 1, -1, 1),
        ("medium", 1, -1, 1),
        ("high", 1, -2, 2),
        ("low", 3, -1, 1),
        ("high", 3, -6, 6),
        ("medium", 7, -7, 7),
    ],
)
def test_the_jitter_amplitude_follows_the_activity_level(variation: str, base: int, low: int, high: int) -> None:
    assert jitter_amplitude(told(variation=variation, jitter_base=base)) == (low, high)


def test_without_data_jitter_is_minus_7_to_8() -> None:
    assert jitter_amplitude(told()) == (-7, 8)


@pytest.mark.parametrize(
    ("peaks", "hourly", "half"),
    [
        ([], {}, None),
        ([], {9: 1.0}, None),
        ([9], {}, "am"),
        ([11], {}, "am"),
        ([12], {}, "pm"),
        ([20, 21], {}, "pm"),
        ([9, 20], {9: 0.5, 20: 1.0}, "pm"),
        ([9, 20], {9: 1.0, 20: 0.5}, "am"),
        ([9, 20], {20: 0.1}, "pm"),
        ([20, 9], {}, "pm"),
    ],
)
def test_the_odd_one_goes_to_the_half_day_of_the_peak_hour(
    peaks: list[int], hourly: dict[int, float], half: str | None
) -> None:
    assert half_day(told(peak_hours=peaks, hourly_performance=hourly)) == half


@pytest.mark.parametrize(
    ("settings", "policy"),
    [
        ({}, "within_day"),
        ({"multi_zone_audience": True}, "cross_midnight"),
        ({"late_followups": "next_morning"}, "next_morning"),
        ({"late_followups": "within_day", "multi_zone_audience": True}, "within_day"),
    ],
)
def test_an_audience_in_several_zones_crosses_midnight_unless_a_policy_is_stated(
    settings: dict[str, Any], policy: str
) -> None:
    assert late_policy(told(**settings)) == policy


def test_peaks_are_sorted_once_each_and_19_to_22_without_data() -> None:
    assert peak_hours(told(peak_hours=[21, 20, 21])) == (20, 21)
    assert peak_hours(told()) == (19, 20, 21, 22)


def test_best_days_are_friday_to_sunday_unless_stated() -> None:
    assert best_days(told()) == {4, 5, 6}
    assert best_days(told(best_days=["monday"])) == {0}
    assert best_days(told(best_days=[])) == frozenset()


def test_stated_hours_weigh_as_stated_and_others_fall_off_from_the_peak() -> None:
    weights = hourly_weights(told(peak_hours=[20], hourly_performance={0: 0.3, 1: 0.2, 20: 0.9}))
    assert (weights[0], weights[1], weights[20]) == (0.3, 0.2, 0.9)
    assert weights[21] == weights[19] == pytest.approx(0.92)
    assert all(one >= other for one, other in zip(weights[10:20][::-1], weights[9:19][::-1], strict=True))


@given(st.sets(st.integers(0, 23), max_size=24), st.dictionaries(st.integers(0, 23), st.floats(0, 1)))
def test_every_hour_has_a_weight_between_0_and_1(peaks: set[int], hourly: dict[int, float]) -> None:
    weights = hourly_weights(told(peak_hours=sorted(peaks), hourly_performance=hourly))
    assert len(weights) == 24
    assert all(0 <= weight <= 1 for weight in weights)
    assert all(weights[hour] == 1 for hour in peaks - set(hourly))
