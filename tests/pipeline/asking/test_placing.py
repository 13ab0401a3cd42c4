"""Placements as people write them, and what forbids one by arithmetic alone."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve.pipeline.asking.placing import (
    conflict_of,
    forbidden,
    lock_of,
    minute_of,
    nearby,
    placement_of,
    with_lock,
)
from schedsolve.pipeline.prepare import prepare

from .small_weeks import short


@pytest.mark.parametrize(
    "text",
    [
        "Tue 18:01",
        "tuesday 18:01",
        "TUES 18:01",
        "Tue, 18:01",
        "Tue. 18:01",
        " Tue 18:01 ",
        "2025-01-21 18:01",
        "2025-01-21T18:01:00",
    ],
)
def test_a_time_is_read_by_weekday_or_date(text: str) -> None:
    lock = lock_of(short(), text, "bundle")
    assert f"{lock.at:%Y-%m-%d %H:%M}" == "2025-01-21 18:01"


def test_a_weekday_means_its_first_day_in_the_plan() -> None:
    assert lock_of(short(days=14), "Mon 18:01", "bundle").at.day == 20


@pytest.mark.parametrize(
    ("at", "key", "style", "says"),
    [
        ("18:01", "bundle", None, "expected a time such as"),
        ("Tue 25:01", "bundle", None, "hour must be in"),
        ("Xyz 18:01", "bundle", None, "Xyz is no weekday"),
        ("Wed 18:01", "bundle", None, "has no Wed"),
        ("2025-01-22 18:01", "bundle", None, "outside the plan"),
        ("2025-02-30 18:01", "bundle", None, "day"),
        ("Tue 18:01", "bundel", None, "expected one of"),
        ("Tue 18:01", "ppv_followup", None, "ask about the parent"),
        ("Tue 18:01", "bundle", "solo", "does not go with bundle"),
        ("Tue 18:01", "ppv_unlock", "sol", "solo"),
    ],
)
def test_nonsense_is_refused_with_what_is_allowed(at: str, key: str, style: str | None, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        lock_of(short(), at, key, style)


def test_a_skipped_time_is_refused() -> None:
    spring = short(days=1, week_start="2025-03-09")
    with pytest.raises(ValueError, match="the clock skips it"):
        lock_of(spring, "2025-03-09 02:31", "bundle")


BLACKOUT = {"blackouts": [{"from": "2025-01-21T17:00", "to": "2025-01-21T19:00", "reason": "travel"}]}
LOCKED = {"locks": [{"at": "2025-01-21T18:11", "send_type_key": "dm_farm"}]}
PAST = {"history": {"sends": [{"at": "2025-01-19T22:31", "send_type_key": "renew_on_message"}]}}


@pytest.mark.parametrize(
    ("at", "key", "changes", "rules"),
    [
        ("Tue 18:01", "bundle", {}, []),
        ("Tue 18:00", "bundle", {}, ["round-minute"]),
        ("Tue 05:01", "bundle", {}, ["active-window", "avoid-hours"]),
        ("Tue 18:01", "ppv_wall", {}, ["page-type"]),
        ("Tue 18:01", "bundle", {"send_types": {"bundle": {"enabled": False}}}, ["known-type"]),
        ("Tue 18:01", "bundle", BLACKOUT, ["blackout"]),
        ("Tue 18:01", "bundle", LOCKED, ["min-spacing"]),
        ("Mon 21:01", "renew_on_message", PAST, ["same-type-gap"]),
        ("Tue 21:01", "bundle", {"send_types": {"bundle": {"weekly_cap": 0}}}, ["weekly-cap"]),
    ],
)
def test_what_forbids_a_placement_is_told_by_rule(at: str, key: str, changes: dict[str, Any], rules: list[str]) -> None:
    scenario = short(**changes)
    found = forbidden(scenario, lock_of(scenario, at, key))
    assert [rule for conflict in found for rule in conflict.rules] == rules
    assert all("lock_" not in conflict.message for conflict in found)


def test_a_conflict_that_arithmetic_does_not_see_comes_from_the_solver() -> None:
    full = short(locks=[{"at": "2025-01-21T10:11", "send_type_key": "renew_on_post"}])
    lock = lock_of(full, "Tue 18:01", "renew_on_message")
    assert forbidden(full, lock) == ()
    (conflict,) = conflict_of(full, lock)
    assert "daily-quota" in conflict.rules
    assert "the lock of renew_on_message at Tue 21 Jan 18:01" in conflict.message


def test_minutes_nearby_come_nearest_first_and_are_all_allowed() -> None:
    scenario = short()
    found = [away for away, _ in nearby(scenario, lock_of(scenario, "Tue 18:00", "bundle"), 3)]
    assert found == [1, -1, 2, -2, 3, -3]
    late = [away for away, _ in nearby(scenario, lock_of(scenario, "Tue 23:31", "bundle"), 3)]
    assert late == [-2, -3]  # the window closes at 23:30, a round minute


def test_a_repeated_hour_keeps_its_second_turn() -> None:
    autumn = short(days=1, week_start="2025-11-02")
    week = prepare(autumn)
    first = lock_of(autumn, "2025-11-02 01:59", "bundle")
    moved = dict(nearby(short(days=1, week_start="2025-11-02", **OPEN), first, 2))
    assert minute_of(week, moved[1]) == minute_of(week, first) + 1
    assert f"{moved[1].at:%H:%M %z}" == "01:00 -0500"
    assert placement_of(week, moved[1]).scheduled_time == "01:00:00"


OPEN = {
    "rules": {
        "active-window": {"enabled": False},
        "avoid-hours": {"enabled": False},
        "round-minute": {"enabled": False},
    }
}


def test_a_lock_is_added_to_those_there_are() -> None:
    scenario = short(**LOCKED)
    assert len(with_lock(scenario, lock_of(scenario, "Mon 18:01", "bundle")).locks) == 2
