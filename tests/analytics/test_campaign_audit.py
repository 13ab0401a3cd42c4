"""The audit of campaigns: distances by calendar dates, projections over the true length, and what is advised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.analytics.campaign_audit import CampaignRow, audit_campaigns
from schedsolve.model.campaign_families import CADENCES, OVERALL, Family, Range, needed, projected

FIRST = date(2025, 1, 20)
DESCRIPTIVE, SPIN, BUNDLE, OTHER = Family


def row(day: int, family: Family | None = None) -> CampaignRow:
    return CampaignRow(date=FIRST + timedelta(day), campaign_type=family)


def rows(family: Family, *days: int) -> list[CampaignRow]:
    return [row(day, family) for day in days]


def distances(planned: Sequence[CampaignRow], history: Sequence[CampaignRow] = ()) -> list[tuple[str, str]]:
    told = audit_campaigns(planned, 28, history).warnings
    return [(warning.finding, warning.severity) for warning in told if warning.on is not None]


def short(planned: Sequence[CampaignRow], days: int | None) -> list[tuple[str, Family | None, int]]:
    told = audit_campaigns(planned, days).warnings
    return [(warning.finding, warning.family, warning.shortfall) for warning in told if warning.on is None]


def test_the_table_of_families_is_the_specified_one() -> None:
    assert {family.value: (c.nearest, c.farthest, c.monthly) for family, c in CADENCES.items()} == {
        "descriptive_wall_campaign": (2, 3, Range(10, 15)),
        "spin_the_wheel_game": (7, 7, Range(4, 5)),
        "bundle_wall_campaign": (5, 7, Range(4, 6)),
        "game_other": (7, 14, Range(2, 4)),
    }
    assert (OVERALL.least, OVERALL.most) == (14, 20)
    assert sum(cadence.monthly.least for cadence in CADENCES.values()) == OVERALL.most
    assert sum(cadence.monthly.most for cadence in CADENCES.values()) == 30


@pytest.mark.parametrize(
    ("family", "gap", "found"),
    [
        (DESCRIPTIVE, 0, ("same_day", "critical")),
        (DESCRIPTIVE, 1, ("too_close", "high")),
        (DESCRIPTIVE, 2, None),
        (DESCRIPTIVE, 3, None),
        (DESCRIPTIVE, 4, ("too_wide", "medium")),
        (SPIN, 6, ("too_close", "high")),
        (SPIN, 7, None),
        (SPIN, 8, ("too_wide", "medium")),
        (BUNDLE, 4, ("too_close", "high")),
        (BUNDLE, 5, None),
        (BUNDLE, 7, None),
        (BUNDLE, 8, ("too_wide", "medium")),
        (OTHER, 6, ("too_close", "high")),
        (OTHER, 7, None),
        (OTHER, 14, None),
        (OTHER, 15, ("too_wide", "medium")),
    ],
)
def test_a_distance_is_too_short_or_too_long_by_the_familys_own_limits(
    family: Family, gap: int, found: tuple[str, str] | None
) -> None:
    assert distances(rows(family, 3, 3 + gap)) == ([found] if found else [])


def test_families_do_not_see_each_other() -> None:
    assert distances([row(0, family) for family in Family]) == []


def test_a_finding_carries_its_figures() -> None:
    warning = audit_campaigns(rows(BUNDLE, 0, 3), 28).warnings[0]
    assert (warning.family, warning.on, warning.found, warning.allowed) == (
        BUNDLE,
        FIRST + timedelta(3),
        3,
        Range(5, 7),
    )
    assert warning.message == "bundle_wall_campaign: 2025-01-23 comes 3 days after 2025-01-20; at least 5 are needed"


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ([-1], [("too_close", "high")]),
        ([-2], []),
        ([-3], []),
        ([-4], [("too_wide", "medium")]),
        ([-30], [("too_wide", "medium")]),
        ([-31], []),
        ([-9, -2], []),
        ([0], [("same_day", "critical")]),
        ([], []),
    ],
)
def test_campaigns_of_the_last_thirty_days_count_for_the_distance_to_the_first(
    before: list[int], found: list[tuple[str, str]]
) -> None:
    assert distances(rows(DESCRIPTIVE, 0, 2), rows(DESCRIPTIVE, *before)) == found


def test_history_is_not_projected() -> None:
    planned, history = rows(DESCRIPTIVE, 0, 2), rows(DESCRIPTIVE, -2, -4, -6)
    assert audit_campaigns(planned, 30, history).total_monthly_projection == 2


@pytest.mark.parametrize(("planned", "projection", "valid"), [(3, Fraction(90, 7), False), (4, Fraction(120, 7), True)])
def test_three_campaigns_in_a_week_are_too_few_and_four_are_enough(
    planned: int, projection: Fraction, valid: bool
) -> None:
    some = [row(0, DESCRIPTIVE), row(2, DESCRIPTIVE), row(3, SPIN), row(4, BUNDLE)][:planned]
    found = audit_campaigns(some, 7)
    assert found.total_monthly_projection == projection
    assert round(float(projection), 1) == {3: 12.9, 4: 17.1}[planned]
    assert found.is_valid is valid
    assert [warning.severity for warning in found.warnings if warning.finding == "overall_low"] == (
        [] if valid else ["critical"]
    )


@pytest.mark.parametrize("days", [5, 7, 14, 30])
def test_family_and_overall_figures_are_reached_exactly_where_the_projection_reaches_them(days: int) -> None:
    for family, cadence in CADENCES.items():
        least = needed(cadence.monthly.least, days)
        for count in range(least + 2):
            told = [entry for entry in short([row(0, family)] * count, days) if entry[1] is family]
            enough = Fraction(count * 30, days) >= cadence.monthly.least
            assert told == ([] if enough else [("under_target", family, least - count)])
    least = needed(OVERALL.least, days)
    assert least == ceil(Fraction(14 * days, 30))
    for count in (least - 1, least):
        told = [entry for entry in short([row(0, DESCRIPTIVE)] * count, days) if entry[1] is None]
        assert told == ([("overall_low", None, 1)] if count < least else [])


def test_more_than_twenty_a_month_are_no_fault() -> None:
    everything = [row(day, family) for day in range(7) for family in Family]
    assert not short(everything, 7)


@pytest.mark.parametrize(
    ("planned", "days", "length"),
    [
        ([], None, 7),
        ([], 14, 14),
        (rows(SPIN, 3), None, 1),
        ([row(0), row(9, SPIN), row(13)], None, 14),
        ([row(0), row(13)], 28, 28),
    ],
)
def test_the_length_is_the_horizon_or_that_of_all_timed_items_or_a_week(
    planned: list[CampaignRow], days: int | None, length: int
) -> None:
    assert audit_campaigns(planned, days).days == length


def test_a_family_of_which_nothing_is_planned_is_recommended_with_its_range() -> None:
    found = audit_campaigns([row(0, DESCRIPTIVE), row(7, OTHER)], 14)
    assert [(told.family, told.monthly) for told in found.recommendations] == [
        (SPIN, Range(4, 5)),
        (BUNDLE, Range(4, 6)),
    ]
    assert found.recommendations[0].message == ("spin_the_wheel_game: none is planned; run 4-5 a month, 7 days apart")


def test_a_schedule_of_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 day, found 0"):
        audit_campaigns([], 0)


@given(
    st.lists(st.tuples(st.integers(0, 27), st.sampled_from([*Family, None])), max_size=12).flatmap(
        lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn))
    ),
    st.lists(st.tuples(st.integers(-40, -1), st.sampled_from(list(Family))), max_size=6),
)
def test_the_order_of_rows_does_not_matter(
    drawn: tuple[list[tuple[int, Family | None]], list[tuple[int, Family | None]]],
    history: list[tuple[int, Family]],
) -> None:
    one, other = ([row(day, family) for day, family in order] for order in drawn)
    before = [row(day, family) for day, family in history]
    assert audit_campaigns(one, history=before) == audit_campaigns(other, history=before[::-1])


@given(st.lists(st.sampled_from(list(Family)), max_size=30), st.integers(1, 10**9))
def test_projections_add_up_to_the_total(families: list[Family], days: int) -> None:
    found = audit_campaigns([row(0, family) for family in families], days)
    assert sum(found.projections.values()) == found.total_monthly_projection
    assert sum(found.counts.values()) == len(families)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_what_is_needed_is_the_least_count_that_projects_high_enough(monthly: int, days: int) -> None:
    least = needed(monthly, days)
    assert projected(least, days) >= monthly
    assert least == 0 or projected(least - 1, days) < monthly
