from __future__ import annotations

import pytest

from schedsolve.constraints.weekly_cap import WeeklyCap

from .plans import broken, plan_of
from .weeks import week

MONDAY_WEEK = "2025-01-20..2025-01-26"


@pytest.mark.parametrize(
    "lines",
    [
        ("Mon 20:07 vip_program", "Mon 21:07 mystery", "Mon 22:07 mystery"),
        ("Mon 20:07 snapchat_bundle", "Tue 20:08 vip_program"),
        ("Mon 20:07 tip_goal", "Mon 12:07 tip_goal", "Sun 20:07 tip_goal"),
        tuple(f"{day} 20:07 ppv_unlock" for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
    ],
)
def test_the_cap_itself_passes_and_other_types_have_none(lines: tuple[str, ...]) -> None:
    assert broken(WeeklyCap(), plan_of(week(), *lines)) == []


@pytest.mark.parametrize(
    ("lines", "amount"),
    [
        (("Mon 20:07 vip_program", "Sun 20:07 vip_program"), 1),
        (("Mon 20:07 snapchat_bundle", "Wed 20:07 snapchat_bundle", "Fri 20:07 snapchat_bundle"), 2),
        (tuple(f"{day} 20:07 tip_goal" for day in ("Mon", "Tue", "Wed", "Thu")), 1),
    ],
)
def test_a_week_that_is_both_calendar_and_plan_week_is_reported_once(lines: tuple[str, ...], amount: int) -> None:
    (violation,) = WeeklyCap().violations(plan_of(week(), *lines))
    assert (violation.subject, violation.amount, violation.severity) == (MONDAY_WEEK, amount, "medium")


def test_two_types_over_their_caps_are_two_violations() -> None:
    lines = [
        f"{day} {clock} {key}"
        for day in ("Mon", "Wed")
        for clock, key in (("19:07", "vip_program"), ("21:07", "snapchat_bundle"))
    ]
    assert broken(WeeklyCap(), plan_of(week(), *lines)) == [MONDAY_WEEK, MONDAY_WEEK]


def test_the_cap_starts_anew_on_monday() -> None:
    plan = plan_of(week(days=14), "Sun 20:07 vip_program", "Mon+1 20:08 vip_program")
    assert broken(WeeklyCap(), plan) == []


def test_a_plan_week_across_monday_has_its_own_cap() -> None:
    midweek = week(start="2025-01-22")
    plan = plan_of(midweek, "Sun 20:07 vip_program", "Mon 20:08 vip_program")
    assert broken(WeeklyCap(), plan) == ["2025-01-22..2025-01-28"]


def test_sends_excessive_in_both_kinds_of_week_are_counted_once() -> None:
    midweek = week(start="2025-01-22")
    plan = plan_of(midweek, "Wed 20:07 vip_program", "Fri 20:07 vip_program", "Mon 20:08 vip_program")
    assert [(v.subject, v.amount) for v in WeeklyCap().violations(plan)] == [
        ("2025-01-20..2025-01-26", 1),
        ("2025-01-22..2025-01-28", 1),
    ]


def test_history_counts_in_its_calendar_week() -> None:
    midweek = week(start="2025-01-22", history=["2025-01-20T20:07 vip_program"])
    assert broken(WeeklyCap(), plan_of(midweek, "Sun 20:07 vip_program")) == [MONDAY_WEEK]
    assert broken(WeeklyCap(), plan_of(midweek, "Mon 20:07 vip_program")) == []


def test_history_of_the_week_before_does_not_count() -> None:
    monday = week(history=["2025-01-19T20:07 vip_program"])
    assert broken(WeeklyCap(), plan_of(monday, "Mon 20:08 vip_program")) == []


def test_history_over_the_cap_is_not_the_plans_fault() -> None:
    midweek = week(start="2025-01-22", history=["2025-01-20T20:07 vip_program", "2025-01-21T20:08 vip_program"])
    assert broken(WeeklyCap(), plan_of(midweek, "Wed 20:09 bump_normal")) == []
    (violation,) = WeeklyCap().violations(plan_of(midweek, "Thu 20:09 vip_program"))
    assert violation.amount == 1


def test_an_overridden_cap_holds() -> None:
    capped = week(send_types={"bump_flyer": {"weekly_cap": 1}, "tip_goal": {"weekly_cap": 4}})
    lines = ["Mon 09:07 bump_flyer", "Tue 09:07 bump_flyer"]
    lines += [f"{day} 20:07 tip_goal" for day in ("Mon", "Tue", "Wed", "Thu")]
    (violation,) = WeeklyCap().violations(plan_of(capped, *lines))
    assert "bump_flyer" in violation.message


def test_a_cap_of_0_forbids_the_type() -> None:
    capped = week(send_types={"bump_flyer": {"weekly_cap": 0}})
    assert broken(WeeklyCap(), plan_of(capped, "Mon 09:07 bump_flyer")) == [MONDAY_WEEK]


@pytest.mark.parametrize("monday", ["2025-03-03", "2025-10-27"])
def test_weeks_are_local_where_the_clock_changes(monday: str) -> None:
    changing = week(start=monday, days=8)
    assert broken(WeeklyCap(), plan_of(changing, "Sun 23:29 vip_program", "Mon+1 00:01 vip_program")) == []
    (violation,) = WeeklyCap().violations(plan_of(changing, "Mon 00:01 vip_program", "Sun 23:29 vip_program"))
    assert violation.subject.startswith(monday)
