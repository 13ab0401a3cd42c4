from __future__ import annotations

import pytest

from schedsolve.constraints.followup_window import FollowupWindow

from .plans import broken, plan_of
from .weeks import week

RULE = FollowupWindow(15, 45)
PARENT = "Mon 20:07 ppv_unlock"


def after(clock: str, words: str = "") -> str:
    return f"{clock if ' ' in clock else 'Mon ' + clock} ppv_followup after Mon 20:07 id=it {words}"


@pytest.mark.parametrize("clock", ["20:22", "20:35", "20:52"])
def test_both_ends_of_the_window_pass(clock: str) -> None:
    assert broken(RULE, plan_of(week(), PARENT, after(clock))) == []


@pytest.mark.parametrize(("clock", "off"), [("20:21", 1), ("20:53", 1), ("20:08", 14), ("21:07", 15), ("20:06", 16)])
def test_a_minute_outside_the_window_is_found(clock: str, off: int) -> None:
    (violation,) = RULE.violations(plan_of(week(), PARENT, after(clock)))
    assert (violation.subject, violation.amount, violation.severity) == ("it", off, "high")


@pytest.mark.parametrize(("stated", "off"), [(20, 0), (19, 1), (25, 5)])
def test_the_stated_delay_is_the_real_one(stated: int, off: int) -> None:
    plan = plan_of(week(), PARENT, after("20:27", f"delay={stated}"))
    assert [violation.amount for violation in RULE.violations(plan)] == ([off] if off else [])


def test_a_wrong_delay_outside_the_window_is_two_faults() -> None:
    assert broken(RULE, plan_of(week(), PARENT, after("20:08", "delay=20"))) == ["it", "it"]


def test_an_orphan_has_no_window() -> None:
    assert broken(RULE, plan_of(week(), "Mon 20:08 ppv_followup parent=ghost delay=3")) == []


def test_a_parent_in_history_opens_the_window() -> None:
    handed = week(history=["2025-01-19T23:29 ppv_unlock awaits"])
    assert broken(RULE, plan_of(handed, "Mon 00:14 ppv_followup after Sun-1 23:29 delay=45")) == []
    assert broken(RULE, plan_of(handed, "Mon 00:15 ppv_followup after Sun-1 23:29 id=it")) == ["it"]


@pytest.mark.parametrize(
    ("response", "earliest", "latest"),
    [
        (None, 15, 45),
        (10, 15, 15),
        (20, 15, 30),
        (25, 15, 37),
        (28, 16, 42),
        (30, 18, 45),
        (50, 30, 45),
        (75, 45, 45),
    ],
)
def test_the_creators_window_is_taken(response: int | None, earliest: int, latest: int) -> None:
    timing = {} if response is None else {"avg_response_minutes": response}
    assert FollowupWindow.of(week(timing=timing)) == FollowupWindow(earliest, latest)


def test_the_scenarios_window_is_taken() -> None:
    rules = {"followup-window": {"earliest": 20, "latest": 90}}
    assert FollowupWindow.of(week(rules=rules)) == FollowupWindow(20, 90)


def test_the_next_morning_waives_the_window() -> None:
    morning = week(timing={"late_followups": "next_morning"})
    assert broken(RULE, plan_of(morning, PARENT, after("Tue 08:31", "adjusted delay=744"))) == []
    assert broken(RULE, plan_of(morning, PARENT, after("Tue 08:31", "adjusted delay=20"))) == ["it"]


@pytest.mark.parametrize(
    ("policy", "clock", "words"),
    [
        ("next_morning", "Tue 08:31", ""),
        ("next_morning", "Mon 22:31", "adjusted"),
        ("next_morning", "Wed 08:31", "adjusted"),
        ("within_day", "Tue 08:31", "adjusted"),
        ("cross_midnight", "Tue 08:31", "adjusted"),
    ],
    ids=["not flagged", "same day", "two days on", "within_day", "cross_midnight"],
)
def test_nothing_else_waives_the_window(policy: str, clock: str, words: str) -> None:
    other = week(timing={"late_followups": policy})
    assert broken(RULE, plan_of(other, PARENT, after(clock, words))) == ["it"]


def test_the_delay_is_real_time_where_the_clock_jumps() -> None:
    spring = week(start="2025-03-03")
    lines = ["Sun 01:51 ppv_unlock", "Sun 03:11 ppv_followup after Sun 01:51 delay=20"]
    assert broken(RULE, plan_of(spring, *lines)) == []
    autumn = week(start="2025-10-27")
    lines = ["Sun 01:51 ppv_unlock", "Sun 01:11 ppv_followup after Sun 01:51 delay=20 again"]
    assert broken(RULE, plan_of(autumn, *lines)) == []
    late = ["Sun 00:51 ppv_unlock", "Sun 01:11 ppv_followup after Sun 00:51 id=it again"]
    assert broken(RULE, plan_of(autumn, *late)) == ["it"]
