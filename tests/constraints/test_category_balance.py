from __future__ import annotations

import pytest

from schedsolve.constraints.category_balance import CategoryBalance, shares
from schedsolve.model.catalog import Category
from schedsolve.model.timetable import Missing, Timetable

from .plans import broken, plan_of
from .weeks import week

RULE = CategoryBalance(0.30, 0.25, 0.20)
KEYS = {"R": "ppv_unlock", "E": "bump_normal", "T": "renew_on_post"}
DAY = "2025-01-20..2025-01-20"


def mix(letters: str, quota: tuple[int, int, int] = (20, 20, 20), **said: object) -> Timetable:
    """One day with a send per letter, against a quota it misses."""
    lines = [f"Mon {1 + n // 3:02d}:{1 + 20 * (n % 3):02d} {KEYS[letter]}" for n, letter in enumerate(letters)]
    shortfalls = [Missing(0, Category.ENGAGEMENT, 1, ("block-limit",))] if said.get("short") else []
    return plan_of(week(days=1, quota=quota), *lines, shortfalls=shortfalls)


@pytest.mark.parametrize(
    "letters",
    [
        "RRR" + "E" * 7,
        "E" * 5 + "R" * 15,
        "TT" + "RRRR" + "EEEE",
        "RRREEET",
    ],
)
def test_shares_at_their_bounds_pass(letters: str) -> None:
    assert broken(RULE, mix(letters)) == []


@pytest.mark.parametrize(
    ("letters", "category"),
    [
        ("RR" + "E" * 5, "revenue"),
        ("E" + "R" * 4, "engagement"),
        ("T" + "RR" + "E", "retention"),
    ],
)
def test_a_share_off_its_bound_is_found(letters: str, category: str) -> None:
    (violation,) = RULE.violations(mix(letters))
    assert violation.subject == DAY
    assert category in violation.message
    assert violation.severity == "medium"


def test_the_amount_is_the_distance_to_the_bound() -> None:
    (violation,) = RULE.violations(mix("T" + "RR" + "E"))
    assert violation.amount == pytest.approx(0.05)


def test_a_week_that_keeps_its_quotas_is_free() -> None:
    assert broken(RULE, mix("EEEEE", quota=(0, 5, 0))) == []
    assert broken(RULE, mix("EEEEE", quota=(0, 4, 0))) == [DAY]


def test_a_declared_shortfall_keeps_the_quota() -> None:
    assert broken(RULE, mix("EEEE", quota=(0, 5, 0), short=True)) == []
    assert broken(RULE, mix("EEEE", quota=(0, 5, 0))) == [DAY]
    assert broken(RULE, mix("EEEE", quota=(0, 4, 0), short=True)) == [DAY]


def test_one_day_off_its_quota_puts_the_whole_week_to_the_test() -> None:
    odd = week(days=2, quota=[(0, 1, 0), (0, 1, 0)])
    kept = ["Mon 09:07 bump_normal", "Tue 09:07 bump_normal"]
    assert broken(RULE, plan_of(odd, *kept)) == []
    assert broken(RULE, plan_of(odd, *kept, "Tue 11:07 bump_normal")) == ["2025-01-20..2025-01-21"]


def test_followups_and_unknown_types_do_not_count() -> None:
    lines = ["Mon 09:07 ppv_unlock", "Mon 11:07 bump_normal"]
    extra = ["Mon 09:27 ppv_followup after Mon 09:07", "Mon 15:07 mystery", "Mon 16:07 mystery"]
    plan = plan_of(week(days=1), *lines, *extra)
    assert shares(plan, range(1)) == (0.5, 0.5, 0.0)
    assert broken(RULE, plan) == []


def test_an_empty_week_has_no_shares() -> None:
    plan = plan_of(week(days=1))
    assert shares(plan, range(1)) == (0.0, 0.0, 0.0)
    assert broken(RULE, plan) == []


def test_shares_are_of_the_days_asked_for() -> None:
    plan = plan_of(week(days=2), "Mon 09:07 ppv_unlock", "Tue 09:07 bump_normal", "Tue 11:07 renew_on_post")
    assert shares(plan, range(1)) == (1.0, 0.0, 0.0)
    assert shares(plan, range(1, 2)) == (0.0, 0.5, 0.5)
