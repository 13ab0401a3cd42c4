from __future__ import annotations

from schedsolve.constraints.day_nonempty import DayNonempty

from .plans import broken, plan_of
from .weeks import week


def test_a_day_with_one_send_passes() -> None:
    plan = plan_of(week(days=2), "Mon 09:07 bump_normal", "Tue 23:29 bump_normal")
    assert broken(DayNonempty(), plan) == []


def test_each_day_without_a_send_is_found() -> None:
    plan = plan_of(week(days=3), "Tue 09:07 bump_normal")
    found = [(violation.subject, violation.amount) for violation in DayNonempty().violations(plan)]
    assert found == [("2025-01-20", 1), ("2025-01-22", 1)]


def test_a_followup_alone_does_not_fill_a_day() -> None:
    plan = plan_of(week(days=1), "Mon 09:07 ppv_followup")
    assert broken(DayNonempty(), plan) == ["2025-01-20"]


def test_a_day_that_wants_nothing_may_be_empty() -> None:
    assert broken(DayNonempty(), plan_of(week(days=1, quota=(0, 0, 0)))) == []


def test_a_day_that_wants_one_send_of_any_category_may_not_be_empty() -> None:
    plan = plan_of(week(days=2, quota=[(0, 1, 0), (0, 0, 1)]))
    assert broken(DayNonempty(), plan) == ["2025-01-20", "2025-01-21"]


def test_a_send_just_after_local_midnight_counts_on_its_own_day() -> None:
    plan = plan_of(week(days=2), "Mon 09:07 bump_normal", "Tue 00:01 bump_normal")
    assert broken(DayNonempty(), plan) == []
