"""Weekly limits: which weeks hold too many, and what is dropped."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.analytics.tables import parse_rows, read_rows
from schedsolve.analytics.weekly_limits import (
    WEEKLY_CAPS,
    LimitExcess,
    ScheduledSend,
    check_weekly_limits,
    open_types,
)
from schedsolve.errors import TableError

EXAMPLE = Path(__file__).parents[2] / "examples" / "week.csv"
MONDAY = date(2025, 1, 20)


def send(name: str, key: str = "vip_program", day: int = 0, **more: Any) -> ScheduledSend:
    return ScheduledSend(id=name, date=MONDAY + timedelta(days=day), send_type_key=key, **more)


def test_the_limits_are_those_of_the_catalog() -> None:
    assert dict(WEEKLY_CAPS) == {"tip_goal": 3, "vip_program": 1, "snapchat_bundle": 1}


@pytest.mark.parametrize(("key", "limit"), [("vip_program", 1), ("snapchat_bundle", 1), ("tip_goal", 3)])
def test_the_limit_is_allowed_and_one_more_is_an_excess(key: str, limit: int) -> None:
    full = [send(f"s{day}", key, day, priority=1) for day in range(limit)]
    assert check_weekly_limits(full).is_valid
    checked = check_weekly_limits([*full, send("more", key, 6, priority=2)])
    assert not checked.is_valid
    assert checked.dropped == ("more",)
    assert checked.warnings == (
        LimitExcess(
            week=MONDAY,
            send_type_key=key,
            actual=limit + 1,
            limit=limit,
            dropped=("more",),
            text=f"week of 2025-01-20: {limit + 1} {key}, {limit} allowed: drop more",
        ),
    )


def test_a_week_runs_from_monday_to_sunday() -> None:
    assert check_weekly_limits([send("sunday", day=6), send("monday", day=7)]).is_valid
    assert not check_weekly_limits([send("monday", day=0), send("sunday", day=6)]).is_valid


def test_types_without_a_limit_are_never_too_many() -> None:
    assert check_weekly_limits([send(str(n), "bump_normal") for n in range(100)]).is_valid
    assert check_weekly_limits([send(str(n), "ppv_message") for n in range(100)]).is_valid


def test_the_least_important_goes_first_then_the_later_then_the_higher_id() -> None:
    assert check_weekly_limits([send("a", priority=3), send("b", day=4, priority=1)]).dropped == ("a",)
    assert check_weekly_limits([send("a", priority=9), send("b", day=0)]).dropped == ("b",)
    assert check_weekly_limits([send("a", day=4, priority=1), send("b", priority=1)]).dropped == ("a",)
    assert check_weekly_limits([send("10", priority=1), send("9", priority=1)]).dropped == ("10",)


def test_what_is_planned_counts_and_is_never_dropped() -> None:
    planned = send("planned", day=5, priority=9, planned=True)
    assert check_weekly_limits([planned, send("new", priority=1)]).dropped == ("new",)
    checked = check_weekly_limits([planned, send("other", planned=True)])
    assert (checked.is_valid, checked.dropped) == (False, ())
    assert checked.warnings[0].text.endswith("all are planned already")


def test_a_type_at_its_limit_leaves_the_candidates() -> None:
    sends = [send("v"), send("t", "tip_goal"), send("s", "snapchat_bundle", day=7)]
    candidates = ("tip_goal", "vip_program", "bump_normal", "snapchat_bundle")
    assert open_types(candidates, sends, MONDAY + timedelta(days=6)) == ("tip_goal", "bump_normal", "snapchat_bundle")
    assert open_types(candidates, sends, MONDAY + timedelta(days=7)) == ("tip_goal", "vip_program", "bump_normal")


def test_other_limits_may_be_given() -> None:
    assert check_weekly_limits([send("a"), send("b")], {"vip_program": 2}).is_valid
    assert check_weekly_limits([send("a", "dm_farm")], {"dm_farm": 0}).dropped == ("a",)


def test_columns_may_be_called_as_in_a_plan() -> None:
    text = "slot_id,scheduled_date,send_type_key,priority\n2025-01-20_1,2025-01-20,vip_program,1\n"
    assert parse_rows(text, "plan.csv", ScheduledSend) == (send("2025-01-20_1", priority=1),)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,2025-01-20,vip,1", "send_type_key: found 'vip', expected one of ppv_unlock"),
        ("a,20.1.2025,vip_program,1", "date: found '20.1.2025', expected a date"),
        ("a,2025-01-20,vip_program,-1", "priority: found -1, must be at least 0"),
    ],
)
def test_impossible_cells_are_told(row: str, said: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_rows(f"id,date,send_type_key,priority\n{row}\n", "week.csv", ScheduledSend)
    assert said in str(caught.value)


def test_the_example_holds_one_vip_and_one_tip_goal_too_many() -> None:
    checked = check_weekly_limits(read_rows(EXAMPLE, ScheduledSend))
    assert [(one.send_type_key, one.actual, one.limit) for one in checked.warnings] == [
        ("tip_goal", 4, 3),
        ("vip_program", 2, 1),
    ]
    assert checked.dropped == ("2025-01-22_2", "2025-01-24_1")


schedules = st.lists(
    st.builds(
        send,
        st.integers(0, 10**9).map(str),
        st.sampled_from(["vip_program", "tip_goal", "dm_farm"]),
        st.integers(-10, 20),
        priority=st.none() | st.integers(1, 3),
        planned=st.booleans(),
    ),
    max_size=30,
    unique_by=lambda one: one.id,
)


@given(schedules, st.randoms())
def test_the_order_of_rows_is_irrelevant(sends: list[ScheduledSend], dice: Any) -> None:
    shuffled = [*sends]
    dice.shuffle(shuffled)
    assert check_weekly_limits(shuffled) == check_weekly_limits(sends)


@given(schedules)
def test_without_what_is_dropped_only_planned_sends_exceed_a_limit(sends: list[ScheduledSend]) -> None:
    gone = set(check_weekly_limits(sends).dropped)
    left = [one for one in sends if one.id not in gone]
    again = check_weekly_limits(left)
    assert again.dropped == ()
    planned = Counter((one.send_type_key, one.date.isocalendar()[:2]) for one in sends if one.planned)
    for excess in again.warnings:
        assert planned[excess.send_type_key, excess.week.isocalendar()[:2]] == excess.actual
