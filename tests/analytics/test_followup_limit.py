"""Followups: their priority, and the four a day that are kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.analytics.followup_limit import (
    DAILY_LIMIT,
    Followup,
    FollowupLimit,
    followup_priority,
    limit_followups,
)
from schedsolve.analytics.tables import parse_rows, read_rows
from schedsolve.errors import TableError

EXAMPLE = Path(__file__).parents[2] / "examples" / "followups.csv"
EVENING = datetime(2025, 1, 20, 20, 7)


def followup(name: str = "f", sent_at: datetime = EVENING, **parent: Any) -> Followup:
    return Followup(id=name, sent_at=sent_at, **parent)


def names(limited: FollowupLimit) -> tuple[list[str], list[str]]:
    return [one.id for one in limited.kept_items], [one.id for one in limited.removed_items]


def test_six_hundred_dollars_six_hours_and_twelve_percent_make_0_645() -> None:
    one = followup(parent_at=datetime(2025, 1, 20, 18, 0), parent_estimated_revenue=600.0, parent_engagement_rate=0.12)
    assert followup_priority(one) == Fraction("0.300") + Fraction("0.225") + Fraction("0.120")
    assert limit_followups([one]).kept_items[0].priority == 0.645


@pytest.mark.parametrize(
    ("parent", "priority"),
    [
        ({}, "0.15"),  # an unknown age counts half
        ({"parent_estimated_revenue": 1000.0}, "0.65"),
        ({"parent_estimated_revenue": 1e9}, "0.65"),
        ({"parent_estimated_revenue": 0.0}, "0.15"),
        ({"parent_engagement_rate": 0.2}, "0.35"),
        ({"parent_engagement_rate": 1.0}, "0.35"),
        ({"parent_at": datetime(2025, 1, 20, 0, 0)}, "0"),
        ({"parent_at": datetime(2025, 1, 19, 23, 50)}, "0"),
        ({"parent_at": datetime(2025, 1, 20, 12, 0)}, "0.15"),
        ({"parent_at": datetime(2025, 1, 21, 3, 0)}, "0.3"),
    ],
)
def test_each_part_is_clipped_and_has_a_value_when_missing(parent: dict[str, Any], priority: str) -> None:
    assert followup_priority(followup(**parent)) == Fraction(priority)


def test_the_hour_at_which_a_followup_is_sent_does_not_matter() -> None:
    parent = {"parent_at": datetime(2025, 1, 20, 7, 0), "parent_estimated_revenue": 100.0}
    early, late = datetime(2025, 1, 20, 7, 20), datetime(2025, 1, 20, 23, 20)
    assert followup_priority(followup(sent_at=early, **parent)) == followup_priority(followup(sent_at=late, **parent))


def test_four_or_fewer_are_unchanged() -> None:
    limited = limit_followups([followup(name) for name in "abcd"])
    assert (limited.modified, limited.followup_count, limited.removed_count) == (False, 4, 0)
    assert (limited.removed_items, limited.warnings) == ((), ())


def test_the_four_highest_are_kept_and_the_lowest_leaves_first() -> None:
    limited = limit_followups([followup(name, parent_estimated_revenue=100.0 * n) for n, name in enumerate("abcdef")])
    assert names(limited) == (["f", "e", "d", "c"], ["b", "a"])
    assert (limited.modified, limited.followup_count, limited.removed_count) == (True, 4, 2)
    assert [one.parent_estimated_revenue for one in limited.removed_items] == [100.0, 0.0]
    assert limited.warnings == (
        "2025-01-20 has 6 followups, 4 are allowed: b (parent $100.00), a (parent $0.00) removed",
    )


def test_ties_go_to_the_higher_revenue_then_the_later_parent_then_the_first_id() -> None:
    by_revenue = [followup(name, parent_estimated_revenue=1000.0 + n) for n, name in enumerate("abcde")]
    assert names(limit_followups(by_revenue))[1] == ["a"]
    day_before = [followup(name, parent_at=datetime(2025, 1, 19, 10 + n)) for n, name in enumerate("abcde")]
    assert names(limit_followups(day_before))[1] == ["a"]
    both_capped = [
        followup(name, parent_at=datetime(2025, 1, 19, 10 + n), parent_estimated_revenue=5000.0 - n)
        for n, name in enumerate("abcde")
    ]
    assert names(limit_followups(both_capped))[1] == ["e"]
    known = [followup(name, parent_at=datetime(2025, 1, 20, 12)) for name in "wxyz"]
    assert names(limit_followups([followup("a"), *known]))[1] == ["a"]
    by_id = [followup(name) for name in ("10", "9", "2", "1", "b")]
    assert names(limit_followups(by_id)) == (["1", "2", "9", "10"], ["b"])


def test_the_day_is_the_one_on_which_a_followup_is_actually_sent() -> None:
    monday = [followup(name) for name in "abcd"]
    moved = followup("m", datetime(2025, 1, 21, 8, 20), parent_at=datetime(2025, 1, 20, 23, 50))
    limited = limit_followups([*monday, moved])
    assert not limited.modified
    assert limited.kept_items[-1].date == date(2025, 1, 21)
    assert limit_followups([*monday, followup("m")]).modified


def test_another_limit_may_be_asked_for() -> None:
    assert DAILY_LIMIT == 4
    assert limit_followups([followup(name) for name in "abc"], most=0).followup_count == 0
    with pytest.raises(ValueError, match="must be at least 0"):
        limit_followups([], most=-1)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("-1,0.1,2025-01-20T20:07", "parent_estimated_revenue: found -1.0, must be at least 0"),
        ("1,12,2025-01-20T20:07", "parent_engagement_rate: found 12.0, must be at most 1"),
        ("1,0.1,2025-01-20T20:07Z", "sent_at: found 2025-01-20T20:07:00+00:00, expected the creator's local time"),
        ("1,0.1,2025-01-20", "sent_at: found '2025-01-20', expected a local time to the minute"),
        ("1,0.1,9999-12-31T10:00", "sent_at: found 9999-12-31T10:00:00, expected a time in the years"),
    ],
)
def test_impossible_cells_are_told(cells: str, said: str) -> None:
    header = "id,parent_estimated_revenue,parent_engagement_rate,sent_at\n"
    with pytest.raises(TableError, match=r"f\.csv:2: ") as caught:
        parse_rows(f"{header}a,{cells}\n", "f.csv", Followup)
    assert said in str(caught.value)


def test_the_example_loses_two_on_its_full_day() -> None:
    assert names(limit_followups(read_rows(EXAMPLE, Followup))) == (
        ["mon-6", "mon-3", "mon-4", "mon-1", "tue-2", "tue-3", "tue-1"],
        ["mon-5", "mon-2"],
    )


@st.composite
def days_of_followups(draw: st.DrawFn) -> list[Followup]:
    def one(number: int) -> Followup:
        sent = EVENING + timedelta(days=draw(st.integers(0, 2)))
        return followup(
            str(number),
            sent,
            parent_at=draw(st.none() | st.integers(0, 1000).map(lambda minutes: sent - timedelta(minutes=minutes))),
            parent_estimated_revenue=draw(st.sampled_from([None, 0.0, 500.0, 1000.0, 2000.0, 1e9])),
            parent_engagement_rate=draw(st.sampled_from([None, 0.0, 0.1, 0.2, 0.5])),
        )

    return [one(number) for number in range(draw(st.integers(0, 15)))]


@given(days_of_followups(), st.randoms())
def test_the_order_of_rows_is_irrelevant(followups: list[Followup], dice: Any) -> None:
    shuffled = [*followups]
    dice.shuffle(shuffled)
    assert limit_followups(shuffled) == limit_followups(followups)


@given(days_of_followups())
def test_every_followup_is_kept_or_removed_and_none_is_removed_for_a_lower_one(followups: list[Followup]) -> None:
    limited = limit_followups(followups)
    kept, removed = names(limited)
    assert sorted(kept + removed) == sorted(one.id for one in followups)
    assert (limited.followup_count, limited.removed_count) == (len(kept), len(removed))
    for day in {one.day for one in followups}:
        best = [one.priority for one in limited.kept_items if one.date == day]
        rest = [one.priority for one in limited.removed_items if one.date == day]
        assert len(best) == min(4, len(best) + len(rest))
        assert max(rest, default=0.0) <= min(best, default=0.0)
        assert all(0 <= priority <= 1 for priority in best)
