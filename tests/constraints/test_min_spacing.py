from __future__ import annotations

import pytest

from schedsolve.constraints.min_spacing import MinSpacing

from .plans import broken, plan_of
from .weeks import week

RULE = MinSpacing(45)


@pytest.mark.parametrize(
    "lines",
    [
        ("Mon 09:07 bump_normal", "Mon 09:52 link_drop"),
        ("Mon 23:29 bump_normal", "Tue 00:14 link_drop"),
        ("Mon 20:07 ppv_unlock", "Mon 20:27 ppv_followup after Mon 20:07", "Mon 20:52 bump_normal"),
        ("Mon 20:07 ppv_followup", "Mon 20:09 ppv_followup id=other"),
    ],
    ids=["exactly 45", "over midnight", "a followup between", "followups"],
)
def test_sends_45_minutes_apart_pass_and_followups_are_free(lines: tuple[str, ...]) -> None:
    assert broken(RULE, plan_of(week(), *lines)) == []


@pytest.mark.parametrize(
    ("lines", "subject", "missing"),
    [
        (("Mon 09:07 bump_normal", "Mon 09:51 link_drop"), "2025-01-20_2", 1),
        (("Mon 09:07 bump_normal", "Mon 09:07 link_drop id=twin"), "twin", 45),
        (("Mon 23:29 bump_normal", "Tue 00:13 link_drop"), "2025-01-21_1", 1),
        (("Mon 20:07 ppv_unlock", "Mon 20:27 ppv_followup", "Mon 20:47 bump_normal"), "2025-01-20_2", 5),
    ],
)
def test_sends_closer_than_45_minutes_are_found(lines: tuple[str, ...], subject: str, missing: int) -> None:
    (violation,) = RULE.violations(plan_of(week(), *lines))
    assert (violation.subject, violation.amount, violation.severity) == (subject, missing, "medium")


def test_the_message_tells_times_and_figures() -> None:
    plan = plan_of(week(), "Wed 19:36 bump_normal", "Wed 20:07 ppv_unlock")
    (violation,) = RULE.violations(plan)
    assert violation.message == "2025-01-22_2 at Wed 20:07 is 31 min after 2025-01-22_1; 45 are needed"


def test_lines_in_any_order_are_compared_in_time_order() -> None:
    plan = plan_of(week(), "Mon 12:07 link_drop", "Mon 09:07 bump_normal", "Mon 09:47 dm_farm")
    assert broken(RULE, plan) == ["2025-01-20_2"]


def test_the_last_send_of_history_keeps_its_distance() -> None:
    late = week(history=["2025-01-19T23:29 bump_normal"])
    assert broken(RULE, plan_of(late, "Mon 00:13 link_drop")) == ["2025-01-20_1"]
    assert broken(RULE, plan_of(late, "Mon 00:14 link_drop")) == []


def test_a_followup_of_history_is_free() -> None:
    late = week(history=["2025-01-19T23:29 ppv_followup"])
    assert broken(RULE, plan_of(late, "Mon 00:07 link_drop")) == []


def test_history_is_not_held_against_itself() -> None:
    crowded = week(history=["2025-01-19T20:07 bump_normal", "2025-01-19T20:09 link_drop"])
    assert broken(RULE, plan_of(crowded, "Mon 09:07 bump_normal")) == []


def test_a_send_before_history_is_named_itself() -> None:
    late = week(history=["2025-01-19T23:29 bump_normal"])
    plan = plan_of(late, "Sun-1 23:01 link_drop id=early")
    (violation,) = RULE.violations(plan)
    assert (violation.subject, violation.amount) == ("early", 17)


def test_distance_is_real_time_where_the_clock_jumps() -> None:
    spring = week(start="2025-03-03")
    assert broken(RULE, plan_of(spring, "Sun 01:31 bump_normal", "Sun 03:16 link_drop")) == []
    assert broken(RULE, plan_of(spring, "Sun 01:31 bump_normal", "Sun 03:15 link_drop")) == ["2025-03-09_2"]
    autumn = week(start="2025-10-27")
    assert broken(RULE, plan_of(autumn, "Sun 01:31 bump_normal", "Sun 01:16 link_drop again")) == []
    assert broken(RULE, plan_of(autumn, "Sun 01:31 bump_normal", "Sun 01:15 link_drop again")) == ["2025-11-02_2"]


def test_a_step_of_the_ladder_asks_for_less() -> None:
    plan = plan_of(week(), "Mon 09:07 bump_normal", "Mon 09:37 link_drop")
    assert broken(MinSpacing(30), plan) == []
    assert broken(MinSpacing(31), plan) == ["2025-01-20_2"]
