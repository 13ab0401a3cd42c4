from __future__ import annotations

import pytest

from schedsolve.constraints.daily_quota import DailyQuota
from schedsolve.model.catalog import Category
from schedsolve.model.timetable import Missing

from .plans import broken, plan_of
from .weeks import week

R, E, T = Category.REVENUE, Category.ENGAGEMENT, Category.RETENTION
DAY = ("Mon 09:07 bump_normal", "Mon 11:07 link_drop", "Mon 13:07 game_post", "Mon 17:07 renew_on_post")
TWO_ONE_ONE = (1, 2, 1)
BOUND = ("block-limit",)


def test_a_day_that_equals_its_quota_passes() -> None:
    assert broken(DailyQuota(), plan_of(week(days=1, quota=TWO_ONE_ONE), *DAY)) == []


def test_followups_come_on_top() -> None:
    sends = (*DAY, "Mon 13:27 ppv_followup after Mon 13:07")
    assert broken(DailyQuota(), plan_of(week(days=1, quota=TWO_ONE_ONE), *sends)) == []


@pytest.mark.parametrize(
    ("extra", "category"),
    [
        ("Mon 19:07 bundle", "revenue"),
        ("Mon 19:07 dm_farm", "engagement"),
        ("Mon 19:07 expired_winback", "retention"),
    ],
)
def test_one_send_more_than_the_quota_is_found(extra: str, category: str) -> None:
    (violation,) = DailyQuota().violations(plan_of(week(days=1, quota=TWO_ONE_ONE), *DAY, extra))
    assert (violation.subject, violation.amount) == (f"2025-01-20 {category}", 1)
    assert violation.severity == "high"
    assert "exceed" in violation.message


def test_one_send_less_without_a_word_is_found() -> None:
    (violation,) = DailyQuota().violations(plan_of(week(days=1, quota=(1, 3, 1)), *DAY))
    assert (violation.subject, violation.amount) == ("2025-01-20 engagement", 1)


def test_a_declared_shortfall_with_a_binding_rule_explains_the_gap() -> None:
    plan = plan_of(week(days=1, quota=(1, 4, 1)), *DAY, shortfalls=[Missing(0, E, 2, BOUND)])
    assert broken(DailyQuota(), plan) == []


def test_two_declarations_of_one_category_add_up() -> None:
    declared = [Missing(0, E, 1, BOUND), Missing(0, E, 1, ("same-type-gap",))]
    assert broken(DailyQuota(), plan_of(week(days=1, quota=(1, 4, 1)), *DAY, shortfalls=declared)) == []


@pytest.mark.parametrize("declared", [1, 3])
def test_a_shortfall_that_declares_too_few_or_too_many_is_found(declared: int) -> None:
    plan = plan_of(week(days=1, quota=(1, 4, 1)), *DAY, shortfalls=[Missing(0, E, declared, BOUND)])
    (violation,) = DailyQuota().violations(plan)
    assert (violation.subject, violation.amount) == ("2025-01-20 engagement", 1)


def test_a_shortfall_declared_in_another_category_explains_nothing() -> None:
    plan = plan_of(week(days=1, quota=(1, 3, 1)), *DAY, shortfalls=[Missing(0, R, 1, BOUND)])
    assert broken(DailyQuota(), plan) == ["2025-01-20 revenue", "2025-01-20 engagement"]


@pytest.mark.parametrize("binding", [(), ("bad luck",)])
def test_a_shortfall_that_names_no_rule_is_found(binding: tuple[str, ...]) -> None:
    plan = plan_of(week(days=1, quota=(1, 3, 1)), *DAY, shortfalls=[Missing(0, E, 1, binding)])
    (violation,) = DailyQuota().violations(plan)
    assert (violation.subject, violation.amount) == ("2025-01-20 engagement", 1)
    assert "names no rule" in violation.message


def test_one_known_rule_among_others_is_enough() -> None:
    plan = plan_of(week(days=1, quota=(1, 3, 1)), *DAY, shortfalls=[Missing(0, E, 1, ("bad luck", "block-limit"))])
    assert broken(DailyQuota(), plan) == []


@pytest.mark.parametrize(("day", "count"), [(0, 0), (1, 1), (-1, 1)])
def test_a_shortfall_of_nothing_or_of_a_foreign_day_is_found(day: int, count: int) -> None:
    plan = plan_of(week(days=1, quota=TWO_ONE_ONE), *DAY, shortfalls=[Missing(day, E, count, BOUND)])
    (violation,) = DailyQuota().violations(plan)
    assert violation.subject.endswith(" engagement")
    assert violation.amount == 1
    assert "at least 1 on a day of the plan" in violation.message


@pytest.mark.parametrize("line", ["Sun-1 20:07 bump_normal", "Tue 09:07 bump_normal"])
def test_a_regular_send_off_the_days_of_the_plan_is_found(line: str) -> None:
    plan = plan_of(week(days=1, quota=TWO_ONE_ONE), *DAY, f"{line} id=stray")
    (violation,) = DailyQuota().violations(plan)
    assert (violation.subject, violation.amount) == ("stray", 1)


def test_a_followup_after_the_last_midnight_is_not_off_the_plan() -> None:
    plan = plan_of(week(days=1, quota=TWO_ONE_ONE), *DAY, "Tue 00:07 ppv_followup")
    assert broken(DailyQuota(), plan) == []


def test_an_unknown_type_fills_no_quota() -> None:
    plan = plan_of(week(days=1, quota=(1, 3, 1)), *DAY, "Mon 19:07 mystery")
    assert broken(DailyQuota(), plan) == ["2025-01-20 engagement"]


def test_a_send_counts_on_its_local_day() -> None:
    quotas = [(0, 1, 0), (0, 1, 0)]
    plan = plan_of(week(days=2, quota=quotas), "Mon 23:29 bump_normal", "Tue 00:31 bump_normal")
    assert broken(DailyQuota(), plan) == []
