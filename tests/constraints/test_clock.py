"""Rules on local clock times: round-minute, clock-repeat, active-window, avoid-hours."""

from __future__ import annotations

import pytest

from schedsolve.constraints.active_window import ActiveWindow
from schedsolve.constraints.avoid_hours import AvoidHours
from schedsolve.constraints.clock_repeat import ClockRepeat
from schedsolve.constraints.round_minute import RoundMinute

from .plans import broken, plan_of
from .weeks import week

FIRST = "2025-01-20_1"
WINDOW = ActiveWindow("08:00", "23:30")
NIGHT = AvoidHours((3, 4, 5, 6))


@pytest.mark.parametrize("minute", range(60))
def test_a_quarter_hour_has_one_round_minute(minute: int) -> None:
    plan = plan_of(week(), f"Mon 20:{minute:02d} bump_normal")
    assert broken(RoundMinute(15), plan) == ([FIRST] if minute in (0, 15, 30, 45) else [])


def test_a_round_minute_is_of_high_severity() -> None:
    (violation,) = RoundMinute(15).violations(plan_of(week(), "Mon 20:30 bump_normal"))
    assert (violation.amount, violation.severity) == (1, "high")
    assert "Mon 20:30" in violation.message


@pytest.mark.parametrize(("minute", "subjects"), [("30", ["it"]), ("31", [])])
def test_a_followup_never_lands_on_a_round_minute(minute: str, subjects: list[str]) -> None:
    assert broken(RoundMinute(15), plan_of(week(), f"Mon 20:{minute} ppv_followup id=it")) == subjects


def test_another_step_is_counted_from_the_full_hour() -> None:
    plan = plan_of(week(), "Mon 20:14 bump_normal", "Mon 21:15 bump_normal", "Mon 22:00 bump_normal")
    assert broken(RoundMinute(7), plan) == ["2025-01-20_1", "2025-01-20_3"]
    assert broken(RoundMinute(60), plan) == ["2025-01-20_3"]


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_round_is_what_the_local_clock_shows(zone: str) -> None:
    there = week(zone=zone)
    assert broken(RoundMinute(15), plan_of(there, "Mon 20:30 bump_normal")) == [FIRST]
    assert broken(RoundMinute(15), plan_of(there, "Mon 20:31 bump_normal")) == []


def test_round_minutes_follow_a_change_of_half_an_hour() -> None:
    change = week(zone="Australia/Lord_Howe", start="2025-04-06", days=1)
    plan = plan_of(change, "Sun 20:30 bump_normal", "Sun 20:31 link_drop")
    assert broken(RoundMinute(15), plan) == ["2025-04-06_1"]
    assert broken(RoundMinute(60), plan) == []


def test_one_local_time_twice_a_week_passes() -> None:
    plan = plan_of(week(), "Mon 20:07 bump_normal", "Sun 20:07 bump_normal", "Tue 20:08 bump_normal")
    assert broken(ClockRepeat(2), plan) == []


def test_one_local_time_three_times_a_week_is_found() -> None:
    plan = plan_of(week(), *(f"{day} 20:07 bump_normal" for day in ("Mon", "Wed", "Sun")))
    (violation,) = ClockRepeat(2).violations(plan)
    assert violation.subject == "2025-01-20..2025-01-26 20:07"
    assert (violation.amount, violation.severity) == (1, "low")


def test_followups_count_among_equal_local_times() -> None:
    lines = ["Mon 20:07 bump_normal", "Tue 20:07 bump_normal", "Wed 20:07 ppv_followup"]
    assert len(broken(ClockRepeat(2), plan_of(week(), *lines))) == 1
    assert broken(ClockRepeat(3), plan_of(week(), *lines)) == []


def test_the_excess_of_equal_local_times_is_counted() -> None:
    plan = plan_of(week(), *(f"{day} 20:07 bump_normal" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")))
    assert [violation.amount for violation in ClockRepeat(2).violations(plan)] == [3]
    assert [violation.amount for violation in ClockRepeat(1).violations(plan)] == [4]


def test_equal_local_times_are_counted_by_plan_week() -> None:
    two_weeks = week(start="2025-01-22", days=14)
    apart = [f"{day} 20:07 bump_normal" for day in ("Sun", "Tue", "Wed+1", "Sun+1")]
    assert broken(ClockRepeat(2), plan_of(two_weeks, *apart)) == []
    together = [f"{day} 20:07 bump_normal" for day in ("Wed", "Sun", "Tue")]
    assert broken(ClockRepeat(2), plan_of(two_weeks, *together)) == ["2025-01-22..2025-01-28 20:07"]


def test_history_does_not_use_up_local_times() -> None:
    handed = week(history=["2025-01-18T20:07 bump_normal", "2025-01-19T20:07 bump_normal"])
    assert broken(ClockRepeat(2), plan_of(handed, "Mon 20:07 bump_normal", "Tue 20:07 bump_normal")) == []


def test_a_repeated_hour_shows_the_same_local_time_twice() -> None:
    autumn = week(start="2025-10-27")
    plan = plan_of(autumn, "Sun 01:31 bump_normal", "Sun 01:31 bump_normal again")
    assert len(broken(ClockRepeat(1), plan)) == 1
    assert broken(ClockRepeat(2), plan) == []


@pytest.mark.parametrize("clock", ["08:00", "08:01", "12:00", "23:29", "23:30"])
def test_both_ends_of_the_active_window_pass(clock: str) -> None:
    assert broken(WINDOW, plan_of(week(), f"Mon {clock} bump_normal")) == []


@pytest.mark.parametrize(("clock", "off"), [("07:59", 1), ("00:00", 480), ("23:31", 1), ("23:59", 29), ("03:00", 300)])
def test_a_minute_outside_the_active_window_is_found(clock: str, off: int) -> None:
    (violation,) = WINDOW.violations(plan_of(week(), f"Mon {clock} bump_normal"))
    assert (violation.subject, violation.amount, violation.severity) == (FIRST, off, "medium")


def test_a_wider_window_holds_to_the_minute() -> None:
    wide = ActiveWindow("06:05", "23:59")
    assert broken(wide, plan_of(week(), "Mon 06:05 bump_normal", "Mon 23:59 link_drop")) == []
    assert broken(wide, plan_of(week(), "Mon 06:04 bump_normal", "Tue 00:00 link_drop")) == [
        "2025-01-20_1",
        "2025-01-21_1",
    ]


@pytest.mark.parametrize("monday", ["2025-03-03", "2025-10-27"])
def test_the_window_is_local_on_days_when_the_clock_changes(monday: str) -> None:
    changing = week(start=monday)
    assert broken(WINDOW, plan_of(changing, "Sun 08:00 bump_normal", "Sun 23:30 link_drop")) == []
    assert len(broken(WINDOW, plan_of(changing, "Sun 07:59 bump_normal", "Sun 23:31 link_drop"))) == 2


LATE = ("Mon 23:29 ppv_unlock", "Tue 00:14 ppv_followup after Mon 23:29")


def test_a_followup_may_cross_midnight_under_its_policy() -> None:
    crossing = week(timing={"late_followups": "cross_midnight"})
    assert broken(WINDOW, plan_of(crossing, *LATE)) == []
    before = ("Mon 23:07 ppv_unlock", "Mon 23:47 ppv_followup after Mon 23:07")
    assert broken(WINDOW, plan_of(crossing, *before)) == []


@pytest.mark.parametrize("policy", ["within_day", "next_morning"])
def test_a_followup_may_not_cross_midnight_under_another_policy(policy: str) -> None:
    staying = week(timing={"late_followups": policy})
    assert broken(WINDOW, plan_of(staying, *LATE)) == ["2025-01-20_1_followup"]


def test_a_parent_in_history_lets_its_followup_cross_midnight() -> None:
    crossing = week(timing={"late_followups": "cross_midnight"}, history=["2025-01-19T23:29 ppv_unlock awaits"])
    assert broken(WINDOW, plan_of(crossing, "Mon 00:14 ppv_followup after Sun-1 23:29")) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Mon 23:47 ppv_followup parent=ghost id=it",),
        ("Tue 00:14 ppv_followup parent=ghost id=it",),
        ("Tue 00:14 ppv_followup id=it",),
        ("Mon 23:29 ppv_unlock", "Wed 00:14 ppv_followup after Mon 23:29 id=it"),
        ("Mon 23:29 ppv_unlock", "Tue 00:14 bump_normal id=it"),
        ("Mon 23:29 ppv_unlock", "Tue 00:14 bump_normal after Mon 23:29 id=it"),
    ],
    ids=[
        "before midnight, parent unknown",
        "parent unknown",
        "no parent",
        "a day later",
        "a regular send",
        "with a parent",
    ],
)
def test_only_a_followup_of_a_known_parent_is_free_and_for_one_night(lines: tuple[str, ...]) -> None:
    crossing = week(timing={"late_followups": "cross_midnight"})
    assert broken(WINDOW, plan_of(crossing, *lines)) == ["it"]


@pytest.mark.parametrize("clock", ["02:59", "07:00", "12:00"])
def test_sends_around_the_avoided_hours_pass(clock: str) -> None:
    assert broken(NIGHT, plan_of(week(), f"Mon {clock} bump_normal")) == []


@pytest.mark.parametrize("clock", ["03:00", "04:31", "06:59"])
@pytest.mark.parametrize("key", ["bump_normal id=it", "ppv_followup id=it"])
def test_sends_and_followups_in_the_avoided_hours_are_found(clock: str, key: str) -> None:
    (violation,) = NIGHT.violations(plan_of(week(), f"Mon {clock} {key}"))
    assert (violation.subject, violation.amount, violation.severity) == ("it", 1, "medium")


def test_the_creators_hours_add_to_the_rules_and_do_not_replace_them() -> None:
    napping = week(timing={"avoid_hours": [13]})
    lines = ["Mon 12:59 link_drop", "Mon 13:00 bump_normal", "Mon 14:00 dm_farm", "Tue 03:00 bump_normal"]
    assert broken(NIGHT, plan_of(napping, *lines)) == ["2025-01-20_2", "2025-01-21_1"]


def test_no_hours_avoid_nothing() -> None:
    assert broken(AvoidHours(()), plan_of(week(), "Mon 03:00 bump_normal")) == []


def test_a_followup_across_midnight_still_avoids_hours() -> None:
    crossing = week(timing={"late_followups": "cross_midnight", "avoid_hours": [0]})
    assert broken(NIGHT, plan_of(crossing, *LATE)) == ["2025-01-20_1_followup"]


def test_avoided_hours_are_local_where_the_clock_jumps() -> None:
    spring = week(start="2025-03-03")
    plan = plan_of(spring, "Sun 01:59 bump_normal", "Sun 03:00 link_drop", "Sun 07:00 dm_farm")
    assert broken(NIGHT, plan) == ["2025-03-09_2"]
