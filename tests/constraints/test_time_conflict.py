from __future__ import annotations

import pytest

from schedsolve.constraints.time_conflict import TimeConflict

from .plans import broken, plan_of
from .weeks import week

RULE = TimeConflict()


def test_sends_a_minute_apart_pass() -> None:
    plan = plan_of(week(), "Mon 09:07 bump_normal", "Mon 09:08 link_drop", "Tue 09:07 bump_normal")
    assert broken(RULE, plan) == []


@pytest.mark.parametrize(
    "second", ["link_drop id=twin", "bump_normal id=twin", "ppv_followup id=twin", "mystery id=twin"]
)
def test_two_sends_at_one_minute_are_found(second: str) -> None:
    plan = plan_of(week(), "Mon 09:07 bump_normal id=first", f"Mon 09:07 {second}")
    (violation,) = RULE.violations(plan)
    assert (violation.subject, violation.amount, violation.severity) == ("twin", 1, "high")
    assert "first" in violation.message


def test_three_sends_at_one_minute_are_two_violations() -> None:
    plan = plan_of(week(), *(f"Mon 09:07 bump_normal id={name}" for name in "abc"))
    assert broken(RULE, plan) == ["b", "c"]


def test_two_followups_at_one_minute_are_found() -> None:
    plan = plan_of(week(), "Mon 09:07 ppv_followup id=a", "Mon 09:07 ppv_followup id=b")
    assert broken(RULE, plan) == ["b"]


def test_a_late_followup_of_history_takes_its_minute() -> None:
    late = week(history=["2025-01-20T00:07 ppv_followup", "2025-01-19T23:07 bump_normal"])
    assert broken(RULE, plan_of(late, "Mon 00:07 bump_normal")) == ["2025-01-20_1"]
    assert broken(RULE, plan_of(late, "Mon 00:08 bump_normal")) == []


def test_history_is_not_held_against_itself() -> None:
    crowded = week(history=["2025-01-19T20:07 bump_normal", "2025-01-19T20:07 link_drop"])
    assert broken(RULE, plan_of(crowded, "Mon 20:07 bump_normal")) == []


def test_a_repeated_local_time_is_two_minutes() -> None:
    autumn = week(start="2025-10-27")
    assert broken(RULE, plan_of(autumn, "Sun 01:31 bump_normal", "Sun 01:31 link_drop again")) == []
