"""Rules `jitter-range` and `variation-metadata`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from schedsolve.constraints.jitter_range import JitterRange
from schedsolve.constraints.variation_metadata import VariationMetadata
from schedsolve.model.timetable import Metadata, Timetable
from schedsolve.model.week import Week

from .plans import amounts, broken, plan_of, told, with_days
from .weeks import week

FIRST = "2025-01-20_1"


def telling(line: str = "Mon 20:07 bump_normal", week_of: Week | None = None, **changes: Any) -> Timetable:
    """A plan of one send whose metadata adds up, but for the changes."""
    plan = plan_of(week_of or week(), line)
    return replace(plan, sends=tuple(told(send, **changes) for send in plan.sends))


@pytest.mark.parametrize("jitter", [-7, -1, 0, 8])
def test_a_jitter_within_the_range_passes(jitter: int) -> None:
    assert broken(JitterRange(), telling(jitter=jitter)) == []


@pytest.mark.parametrize(("jitter", "off"), [(-8, 1), (9, 1), (-13, 6), (20, 12)])
def test_a_jitter_out_of_the_range_is_found(jitter: int, off: int) -> None:
    (violation,) = JitterRange().violations(telling(jitter=jitter))
    assert (violation.subject, violation.amount, violation.severity) == (FIRST, off, "high")


@pytest.mark.parametrize(("jitter", "subjects"), [(-4, []), (4, []), (-5, [FIRST]), (5, [FIRST])])
def test_a_creator_of_low_variation_has_half_the_amplitude(jitter: int, subjects: list[str]) -> None:
    calm = week(timing={"variation": "low"})
    assert broken(JitterRange(), telling(week_of=calm, jitter=jitter)) == subjects


@pytest.mark.parametrize(("jitter", "subjects"), [(-7, []), (8, []), (-8, [FIRST]), (9, [FIRST])])
def test_no_creator_has_more_than_the_range(jitter: int, subjects: list[str]) -> None:
    wild = replace(week(), jitter_low=-20, jitter_high=20)
    assert broken(JitterRange(), telling(week_of=wild, jitter=jitter)) == subjects


def test_sends_that_tell_nothing_have_no_jitter() -> None:
    assert broken(JitterRange(), plan_of(week(), "Mon 20:07 bump_normal")) == []


def test_metadata_that_adds_up_passes() -> None:
    for line in (
        "Mon 20:07 bump_normal",
        "Mon 20:22 ppv_unlock",
        "Mon 00:01 renew_on_post",
        "Mon 23:59 link_drop",
    ):
        assert broken(VariationMetadata(), telling(line)) == []


PLAIN: dict[str, Any] = {
    "base_minute": 0,
    "adjustment_minutes": 0,
    "daily_strategy": None,
    "prime_hours_used": (19, 20),
    "time_adjusted": False,
    "adjustment_reason": None,
    "fallback_used": False,
    "reason": None,
}


@pytest.mark.parametrize(
    ("clock", "base", "shift", "jitter"),
    [
        ("19:47", 20, -20, 7),
        ("20:23", 20, 20, 3),
        ("08:52", 9, -15, 7),
        ("09:22", 9, 15, 7),
        ("23:53", 0, 0, -7),
    ],
)
def test_the_examples_of_the_specification_add_up(clock: str, base: int, shift: int, jitter: int) -> None:
    parts = Metadata(base_hour=base, time_shift=shift, jitter=jitter, **PLAIN)
    plan = plan_of(week(), f"Mon {clock} ppv_unlock")
    right = replace(plan, sends=(replace(plan.sends[0], metadata=parts),))
    wrong = replace(plan, sends=(replace(plan.sends[0], metadata=replace(parts, jitter=jitter + 1)),))
    assert broken(VariationMetadata(), right) == []
    assert broken(VariationMetadata(), wrong) == [FIRST]


def test_a_regular_send_without_metadata_is_found() -> None:
    (violation,) = VariationMetadata().violations(plan_of(week(), "Mon 20:07 bump_normal"))
    assert (violation.subject, violation.amount, violation.severity) == (FIRST, 1, "medium")


@pytest.mark.parametrize("words", ["bump_normal locked", "ppv_followup"])
def test_locked_sends_and_followups_need_no_metadata(words: str) -> None:
    assert broken(VariationMetadata(), plan_of(week(), f"Mon 20:07 {words}")) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"base_hour": 19}, "does not make 20:07"),
        ({"base_hour": 44}, "no time of day"),
        ({"base_hour": 24, "time_shift": -20, "jitter": -213}, "no time of day"),
        ({"base_hour": -1, "time_shift": -20, "jitter": -153}, "no time of day"),
        ({"base_hour": -4}, "no time of day"),
        ({"base_minute": 60, "base_hour": 19, "fallback_used": True, "reason": "full"}, "no time of day"),
        ({"base_minute": -1, "jitter": 8, "fallback_used": True, "reason": "full"}, "no time of day"),
        ({"base_minute": 7, "jitter": 0}, "no fallback"),
        ({"time_shift": 10, "jitter": -3}, "none of"),
        (
            {"time_shift": -10, "jitter": 8, "base_minute": 9, "fallback_used": True, "reason": "full"},
            "none of",
        ),
        ({"jitter": 6}, "does not make"),
        ({"adjustment_minutes": 1, "jitter": 6}, "time_adjusted is False"),
        ({"time_adjusted": True, "adjustment_reason": "moved"}, "time_adjusted is True"),
        ({"adjustment_minutes": 1, "jitter": 6, "time_adjusted": True}, "adjustment_reason None"),
        ({"adjustment_reason": "moved"}, "adjustment_reason 'moved'"),
        ({"fallback_used": True}, "reason None"),
        ({"fallback_used": True, "reason": ""}, "reason ''"),
        ({"reason": "full"}, "reason 'full'"),
    ],
)
def test_metadata_that_cannot_be_is_found(changes: dict[str, Any], reason: str) -> None:
    (violation,) = VariationMetadata().violations(telling(**changes))
    assert (violation.subject, violation.amount) == (FIRST, 1)
    assert reason in violation.message


@pytest.mark.parametrize("shift", [-20, -15, 0, 15, 20])
def test_the_five_shifts_pass(shift: int) -> None:
    plan = telling(time_shift=shift, jitter=7 - shift)
    assert broken(VariationMetadata(), plan) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"base_minute": 7, "jitter": 0, "fallback_used": True, "reason": "no preferred hour had room"},
        {"base_minute": 59, "base_hour": 19, "jitter": 8, "fallback_used": True, "reason": "full"},
        {
            "base_hour": 23,
            "time_shift": 20,
            "jitter": 0,
            "adjustment_minutes": -193,
            "time_adjusted": True,
            "adjustment_reason": "moved",
        },
    ],
    ids=["fallback", "last base minute", "adjusted"],
)
def test_fallbacks_and_adjustments_that_tell_why_pass(changes: dict[str, Any]) -> None:
    assert broken(VariationMetadata(), telling(**changes)) == []


@pytest.mark.parametrize(("hours", "subjects"), [((20, 21), []), (None, [FIRST]), ((), [FIRST])])
def test_a_revenue_send_tells_the_prime_hours(hours: tuple[int, ...] | None, subjects: list[str]) -> None:
    assert broken(VariationMetadata(), telling("Mon 20:07 game_post", prime_hours_used=hours)) == subjects


def test_other_sends_need_no_prime_hours() -> None:
    assert broken(VariationMetadata(), telling("Mon 20:07 renew_on_post", prime_hours_used=None)) == []


@pytest.mark.parametrize(
    ("stated", "day", "subjects"),
    [
        ("storytelling", "storytelling", []),
        ("storytelling", "variety_max", [FIRST]),
        (None, "variety_max", []),
        ("storytelling", "-", []),
    ],
)
def test_the_strategy_told_is_the_days(stated: str | None, day: str, subjects: list[str]) -> None:
    plan = with_days(telling(daily_strategy=stated, week_of=week(days=1)), day)
    assert broken(VariationMetadata(), plan) == subjects


def test_faults_of_one_send_are_counted() -> None:
    (violation,) = VariationMetadata().violations(telling(base_hour=19, reason="full"))
    assert violation.amount == 2


def test_a_send_without_metadata_is_one_fault() -> None:
    assert amounts(VariationMetadata(), plan_of(week(), "Mon 20:07 bump_normal")) == [1]
