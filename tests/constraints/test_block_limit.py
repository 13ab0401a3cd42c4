from __future__ import annotations

import pytest

from schedsolve.constraints.block_limit import BlockLimit

from .plans import broken, plan_of
from .weeks import week

FIXED = BlockLimit(3, 4, "fixed")
ROLLING = BlockLimit(3, 4, "rolling")


def sends(*clocks: str) -> list[str]:
    return [f"{clock if ' ' in clock else 'Mon ' + clock} bump_normal" for clock in clocks]


@pytest.mark.parametrize(
    "clocks",
    [
        ("08:01", "09:00", "11:59"),
        ("08:01", "09:00", "11:59", "12:00", "13:00", "15:59"),
        ("20:00", "21:00", "23:59", "Tue 00:00", "Tue 01:00", "Tue 03:59"),
    ],
)
def test_three_sends_a_fixed_block_pass(clocks: tuple[str, ...]) -> None:
    assert broken(FIXED, plan_of(week(), *sends(*clocks))) == []


@pytest.mark.parametrize(
    ("clocks", "subject"),
    [
        (("08:00", "09:00", "10:00", "11:59"), "2025-01-20 08-12"),
        (("20:00", "21:00", "22:00", "23:59"), "2025-01-20 20-24"),
        (("Tue 00:00", "Tue 01:00", "Tue 02:00", "Tue 03:59"), "2025-01-21 00-04"),
    ],
)
def test_a_fourth_send_in_a_fixed_block_is_found(clocks: tuple[str, ...], subject: str) -> None:
    (violation,) = FIXED.violations(plan_of(week(), *sends(*clocks)))
    assert (violation.subject, violation.amount, violation.severity) == (subject, 1, "medium")


def test_the_amount_is_the_excess() -> None:
    (violation,) = FIXED.violations(plan_of(week(), *sends("08:00", "08:50", "09:40", "10:30", "11:20")))
    assert violation.amount == 2


@pytest.mark.parametrize("rule", [FIXED, ROLLING])
def test_followups_do_not_count(rule: BlockLimit) -> None:
    plan = plan_of(week(), *sends("08:01", "09:01", "11:01"), "Mon 09:31 ppv_followup")
    assert broken(rule, plan) == []


def test_blocks_of_another_length_and_limit() -> None:
    plan = plan_of(week(), *sends("08:01", "09:01", "10:01"))
    assert broken(BlockLimit(2, 6, "fixed"), plan) == ["2025-01-20 06-12"]
    assert broken(BlockLimit(2, 2, "fixed"), plan) == []
    assert broken(BlockLimit(1, 2, "fixed"), plan) == ["2025-01-20 08-10"]
    assert broken(BlockLimit(2, 24, "fixed"), plan) == ["2025-01-20 00-24"]


def test_a_rolling_window_is_half_open() -> None:
    assert broken(ROLLING, plan_of(week(), *sends("10:07", "11:07", "12:07", "14:07"))) == []
    plan = plan_of(week(), *sends("10:07", "11:07", "12:07", "14:06"))
    assert broken(ROLLING, plan) == ["2025-01-20_4"]
    assert broken(FIXED, plan) == []


def test_a_rolling_window_crosses_midnight() -> None:
    plan = plan_of(week(), *sends("22:07", "23:07", "Tue 00:07", "Tue 02:06"))
    assert broken(ROLLING, plan) == ["2025-01-21_2"]


def test_every_send_too_many_is_found_by_the_rolling_window() -> None:
    plan = plan_of(week(), *sends("10:01", "11:01", "12:01", "13:01", "13:59", "17:01"))
    assert broken(ROLLING, plan) == ["2025-01-20_4", "2025-01-20_5"]


def test_history_counts_in_a_rolling_window_only() -> None:
    handed = week(history=["2025-01-19T22:07 bump_normal", "2025-01-19T23:07 link_drop"])
    plan = plan_of(handed, *sends("00:07", "02:06"))
    assert broken(ROLLING, plan) == ["2025-01-20_2"]
    assert broken(FIXED, plan) == []
    assert broken(ROLLING, plan_of(handed, *sends("00:07", "02:07"))) == []


def test_followups_of_history_do_not_count() -> None:
    handed = week(history=["2025-01-19T22:07 bump_normal", "2025-01-19T23:07 ppv_followup"])
    assert broken(ROLLING, plan_of(handed, *sends("00:07", "02:06"))) == []


def test_history_is_not_held_against_itself() -> None:
    crowded = week(history=[f"2025-01-19T{hour}:07 bump_normal" for hour in (20, 21, 22, 23)])
    assert broken(ROLLING, plan_of(crowded, *sends("09:07"))) == []


def test_a_repeated_hour_is_one_hour_of_its_block() -> None:
    autumn = week(start="2025-10-27")
    hours = ["Sun 00:31 bump_normal", "Sun 01:31 bump_normal", "Sun 01:31 bump_normal again"]
    assert broken(FIXED, plan_of(autumn, *hours, "Sun 04:00 bump_normal")) == []
    assert broken(FIXED, plan_of(autumn, *hours, "Sun 03:59 bump_normal")) == ["2025-11-02 00-04"]
    assert broken(ROLLING, plan_of(autumn, *hours, "Sun 03:31 bump_normal")) == []
    assert broken(ROLLING, plan_of(autumn, *hours, "Sun 03:30 bump_normal")) == ["2025-11-02_4"]


def test_a_skipped_hour_shortens_the_block_but_not_the_window() -> None:
    spring = week(start="2025-03-03")
    hours = ["Sun 00:31 bump_normal", "Sun 01:31 bump_normal", "Sun 03:31 bump_normal"]
    assert broken(FIXED, plan_of(spring, *hours, "Sun 04:01 bump_normal")) == []
    assert broken(ROLLING, plan_of(spring, *hours, "Sun 05:30 bump_normal")) == ["2025-03-09_4"]
    assert broken(ROLLING, plan_of(spring, *hours, "Sun 05:31 bump_normal")) == []


def test_a_send_before_the_history_it_crowds_is_named_itself() -> None:
    handed = week(history=[f"2025-01-19T{hour}:07 bump_normal" for hour in (20, 21, 22)])
    (violation,) = ROLLING.violations(plan_of(handed, "Sun-1 19:07 link_drop id=early"))
    assert (violation.subject, violation.amount) == ("early", 1)
