from __future__ import annotations

from collections.abc import Sequence

import pytest

from schedsolve.constraints.type_diversity import TypeDiversity
from schedsolve.model.timetable import Timetable
from schedsolve.model.week import Week

from .plans import broken, plan_of
from .weeks import week

REVENUE = ("ppv_unlock", "game_post", "bundle", "flash_bundle", "first_to_tip", "tip_goal", "vip_program")
ENGAGEMENT = (
    "bump_normal",
    "link_drop",
    "dm_farm",
    "bump_flyer",
    "live_promo",
    "like_farm",
    "bump_text_only",
)
WEEK = "2025-01-20..2025-01-26"
WORDS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def spread(week: Week, revenue: Sequence[str], engagement: Sequence[str], count: int = 7) -> Timetable:
    """`count` sends of each category, one a day, that go round the given types."""
    lines = []
    for n in range(count):
        lines.append(f"{WORDS[n % 7]} {10 + n // 7}:07 {revenue[n % len(revenue)]}")
        lines.append(f"{WORDS[n % 7]} {15 + n // 7}:07 {engagement[n % len(engagement)]}")
    return plan_of(week, *lines)


def test_ten_types_five_and_five_pass() -> None:
    assert broken(TypeDiversity(10, 5, 5), spread(week(), REVENUE[:5], ENGAGEMENT[:5])) == []


@pytest.mark.parametrize(("revenue", "engagement", "missing"), [(5, 4, [1, 1]), (4, 5, [1, 1]), (4, 6, [1])])
def test_one_type_too_few_is_found(revenue: int, engagement: int, missing: list[int]) -> None:
    plan = spread(week(), REVENUE[:revenue], ENGAGEMENT[:engagement])
    violations = list(TypeDiversity(10, 5, 5).violations(plan))
    assert [violation.amount for violation in violations] == missing
    assert {violation.subject for violation in violations} == {WEEK}
    assert {violation.severity for violation in violations} == {"high"}


def test_a_week_of_two_types_fails_in_every_kind() -> None:
    plan = spread(week(), ["ppv_unlock"], ["bump_normal"])
    assert [v.amount for v in TypeDiversity(10, 5, 5).violations(plan)] == [8, 4, 4]


def test_retention_types_count_among_all() -> None:
    sends = spread(week(), REVENUE[:5], ENGAGEMENT[:4]).sends
    assert len(broken(TypeDiversity(10, 4, 4), Timetable(week(), sends))) == 1
    with_retention = (*sends, plan_of(week(), "Sun 20:07 renew_on_post").sends[0])
    assert broken(TypeDiversity(10, 4, 4), Timetable(week(), with_retention)) == []


def test_followups_do_not_count() -> None:
    sends = spread(week(), REVENUE[:5], ENGAGEMENT[:4]).sends
    extra = plan_of(week(), "Sun 20:07 ppv_followup", "Sun 21:07 ppv_followup regular", "Sun 22:07 mystery").sends
    assert len(broken(TypeDiversity(10, 4, 4), Timetable(week(), (*sends, *extra)))) == 1


def test_a_stated_0_asks_for_nothing() -> None:
    assert broken(TypeDiversity(0, 0, 0), spread(week(), ["ppv_unlock"], ["bump_normal"])) == []


def test_the_floor_falls_to_the_types_on_offer() -> None:
    off = {key: {"enabled": False} for key in ENGAGEMENT[:7]}
    few = week(send_types=off)
    left = [key for key in few.types if few.types[key].category == "engagement"]
    assert len(left) == 2
    assert broken(TypeDiversity(7, 5, 5), spread(few, REVENUE[:5], left)) == []
    assert [v.amount for v in TypeDiversity(0, 0, 5).violations(spread(few, REVENUE[:5], left[:1]))] == [1]


def test_the_floor_falls_to_the_quota_of_the_week() -> None:
    small = week(quota=[(1, 1, 0)] * 3 + [(0, 0, 0)] * 4)
    plan = spread(small, REVENUE[:3], ENGAGEMENT[:3])
    assert broken(TypeDiversity(10, 5, 5), plan) == []
    assert len(broken(TypeDiversity(10, 5, 5), spread(small, REVENUE[:2], ENGAGEMENT[:4]))) == 1


def test_the_floor_falls_to_the_sends_placed() -> None:
    assert broken(TypeDiversity(10, 5, 5), spread(week(), REVENUE, ENGAGEMENT, count=4)) == []
    assert broken(TypeDiversity(10, 5, 5), plan_of(week())) == []


@pytest.mark.parametrize(
    ("days", "needed"),
    [(1, 1), (2, 2), (3, 4), (6, 8), (7, 10)],
)
def test_a_short_plan_scales_the_floor_down(days: int, needed: int) -> None:
    short = week(days=days, quota=(15, 0, 0))
    keys = list(short.types)
    rule = TypeDiversity(10, 0, 0)
    enough = [f"Mon {8 + n:02d}:07 {key}" for n, key in enumerate(keys[:needed])]
    padding = [f"Mon 20:{n + 1:02d} {keys[0]}" for n in range(12)]
    assert broken(rule, plan_of(short, *enough, *padding)) == []
    if needed > 1:
        assert len(broken(rule, plan_of(short, *enough[:-1], *padding))) == 1


def test_a_scaled_floor_is_at_least_one_type_of_the_kind() -> None:
    short = week(days=1)
    assert broken(TypeDiversity(1, 1, 1), plan_of(short, "Mon 10:07 ppv_unlock", "Mon 11:07 link_drop")) == []


def test_every_plan_week_counts_for_itself() -> None:
    long = week(days=10)
    first = [f"{word} 10:07 {REVENUE[n]}" for n, word in enumerate(WORDS)]
    second = ["Mon+1 10:07 bundle", "Tue+1 10:07 bundle", "Wed+1 10:07 bundle"]
    assert broken(TypeDiversity(7, 7, 0), plan_of(long, *first, *second)) == ["2025-01-27..2025-01-29"] * 2
