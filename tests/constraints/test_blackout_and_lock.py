"""Rules `blackout` and `lock`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schedsolve.constraints.blackout import Blackout
from schedsolve.constraints.lock import Lock
from schedsolve.model.week import Span

from .plans import broken, plan_of
from .weeks import week

MORNING = ("2025-01-23T08:30", "2025-01-23T12:00")


@pytest.mark.parametrize("clock", ["08:29", "12:00", "12:01"])
def test_sends_around_a_blackout_pass(clock: str) -> None:
    assert broken(Blackout(), plan_of(week(blackouts=[MORNING]), f"Thu {clock} bump_normal")) == []


@pytest.mark.parametrize("clock", ["08:30", "10:07", "11:59"])
@pytest.mark.parametrize("key", ["bump_normal", "ppv_followup", "mystery"])
def test_sends_in_a_blackout_are_found(clock: str, key: str) -> None:
    (violation,) = Blackout().violations(plan_of(week(blackouts=[MORNING]), f"Thu {clock} {key} id=it"))
    assert (violation.subject, violation.amount, violation.severity) == ("it", 1, "high")


def test_a_send_in_two_blackouts_is_one_violation() -> None:
    twice = week(blackouts=[MORNING, ("2025-01-23T09:00", "2025-01-23T10:00")])
    assert broken(Blackout(), plan_of(twice, "Thu 09:07 bump_normal")) == ["2025-01-23_1"]


def test_a_later_blackout_counts_too() -> None:
    twice = week(blackouts=[MORNING, ("2025-01-24T09:00", "2025-01-24T10:00")])
    assert broken(Blackout(), plan_of(twice, "Fri 09:07 bump_normal")) == ["2025-01-24_1"]


def test_the_reason_of_a_blackout_is_told() -> None:
    away = week()
    away = replace(away, blackouts=(Span(0, 1440, "travel"),))
    (violation,) = Blackout().violations(plan_of(away, "Mon 09:07 bump_normal"))
    assert "travel" in violation.message


LOCKED = week(locks=["2025-01-22T20:07 ppv_unlock winner", "2025-01-23T09:07 bump_normal"])
KEPT = ("Wed 20:07 ppv_unlock winner", "Thu 09:07 bump_normal")


def test_a_plan_that_holds_every_lock_passes() -> None:
    assert broken(Lock(), plan_of(LOCKED, *KEPT, "Thu 11:07 link_drop")) == []


@pytest.mark.parametrize(
    ("line", "subjects"),
    [
        ("Wed 20:08 ppv_unlock winner", ["lock_0"]),
        ("Tue 20:07 ppv_unlock winner", ["lock_0"]),
        ("Wed 20:07 bundle", ["lock_0"]),
        ("Wed 20:07 ppv_unlock solo", ["lock_0"]),
        ("Wed 20:07 ppv_unlock", ["lock_0"]),
        ("Wed 20:07 ppv_unlock style=weird", ["lock_0"]),
        ("Wed 20:07 ppv_unlock winner followup", ["lock_0"]),
        ("Wed 20:07 mystery", ["lock_0"]),
    ],
    ids=[
        "a minute late",
        "a day early",
        "type",
        "style",
        "no style",
        "unknown style",
        "followup",
        "unknown type",
    ],
)
def test_a_lock_that_is_not_held_exactly_is_found(line: str, subjects: list[str]) -> None:
    assert broken(Lock(), plan_of(LOCKED, line, KEPT[1])) == subjects


def test_another_type_does_not_fill_a_lock_without_a_style() -> None:
    assert broken(Lock(), plan_of(LOCKED, KEPT[0], "Thu 09:07 link_drop")) == ["lock_1"]


def test_every_lock_counts() -> None:
    violations = list(Lock().violations(plan_of(LOCKED)))
    assert [(violation.subject, violation.amount) for violation in violations] == [("lock_0", 1), ("lock_1", 1)]
    assert {violation.severity for violation in violations} == {"high"}
    assert "ppv_unlock winner at 2025-01-22 20:07" in violations[0].message


@pytest.mark.parametrize("style", ["winner", "solo", ""])
def test_a_lock_without_a_style_takes_any(style: str) -> None:
    free = week(locks=["2025-01-22T20:07 ppv_unlock"])
    assert broken(Lock(), plan_of(free, f"Wed 20:07 ppv_unlock {style}")) == []


def test_a_bare_list_without_styles_cannot_miss_the_style() -> None:
    assert broken(Lock(), plan_of(LOCKED, "Wed 20:07 ppv_unlock", KEPT[1], bare=True)) == []
    assert broken(Lock(), plan_of(LOCKED, "Wed 20:07 ppv_unlock solo", KEPT[1], bare=True)) == ["lock_0"]
    assert broken(Lock(), plan_of(LOCKED, "Wed 20:07 ppv_unlock style=odd", KEPT[1], bare=True)) == ["lock_0"]
