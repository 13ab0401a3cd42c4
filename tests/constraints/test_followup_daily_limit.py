from __future__ import annotations

from collections.abc import Iterable

from schedsolve.constraints.followup_daily_limit import FollowupDailyLimit

from .plans import broken, plan_of
from .weeks import week

RULE = FollowupDailyLimit(4)


def followups(day: str, hours: Iterable[int]) -> list[str]:
    return [f"{day} {hour:02d}:07 ppv_followup id={day}{hour}" for hour in hours]


def test_four_followups_a_day_pass() -> None:
    plan = plan_of(week(), *followups("Mon", range(10, 14)), *followups("Tue", range(10, 14)))
    assert broken(RULE, plan) == []


def test_a_fifth_followup_is_found() -> None:
    (violation,) = RULE.violations(plan_of(week(), *followups("Mon", range(10, 15))))
    assert (violation.subject, violation.amount, violation.severity) == ("2025-01-20", 1, "low")


def test_the_amount_is_the_excess() -> None:
    assert [v.amount for v in RULE.violations(plan_of(week(), *followups("Mon", range(10, 17))))] == [3]


def test_regular_sends_do_not_count() -> None:
    plan = plan_of(week(), *followups("Mon", range(10, 14)), "Mon 20:07 ppv_unlock")
    assert broken(RULE, plan) == []


def test_the_day_is_the_followups_own() -> None:
    four = followups("Mon", range(10, 14))
    late = plan_of(week(), *four, "Mon 23:29 ppv_unlock", "Tue 00:07 ppv_followup after Mon 23:29")
    assert broken(RULE, late) == []
    early = plan_of(week(), *four, "Mon 23:07 ppv_unlock", "Mon 23:59 ppv_followup after Mon 23:07")
    assert broken(RULE, early) == ["2025-01-20"]


def test_late_followups_of_history_count_on_their_day() -> None:
    handed = week(history=["2025-01-20T00:07 ppv_followup", "2025-01-19T23:07 ppv_followup"])
    assert broken(RULE, plan_of(handed, *followups("Mon", range(10, 13)))) == []
    assert broken(RULE, plan_of(handed, *followups("Mon", range(10, 14)))) == ["2025-01-20"]


def test_regular_history_does_not_count() -> None:
    handed = week(history=["2025-01-19T20:07 ppv_unlock"])
    assert broken(RULE, plan_of(handed, *followups("Sun-1", range(10, 14)))) == []


def test_history_is_not_held_against_itself() -> None:
    handed = week(history=[f"2025-01-20T00:{minute} ppv_followup" for minute in (11, 12, 13, 14, 16)])
    assert broken(RULE, plan_of(handed, "Mon 20:07 ppv_unlock")) == []
    (violation,) = RULE.violations(plan_of(handed, *followups("Mon", [10])))
    assert violation.amount == 1


def test_a_limit_of_0_allows_none() -> None:
    assert broken(FollowupDailyLimit(0), plan_of(week(), *followups("Mon", [10]))) == ["2025-01-20"]
    assert broken(FollowupDailyLimit(0), plan_of(week(), "Mon 20:07 ppv_unlock")) == []
