"""Rules `pin-limit`, `pin-duration` and `pin-type`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schedsolve.constraints import Rule
from schedsolve.constraints.pin_duration import PinDuration
from schedsolve.constraints.pin_limit import PinLimit
from schedsolve.constraints.pin_type import PinType
from schedsolve.model.timetable import PinRecord, Timetable

from .plans import amounts, broken, minute_at, plan_of
from .weeks import week


def wall(*spans: tuple[str, int, int]) -> Timetable:
    """A plan with nothing but pins: item, start, end."""
    return plan_of(week(), pins=[PinRecord(item, "game_post", start, end, 22.0) for item, start, end in spans])


FIVE = [(f"p{n}", 10 * n, 1000) for n in range(5)]


def test_five_pins_at_once_pass() -> None:
    assert broken(PinLimit(5), wall(*FIVE)) == []


def test_a_sixth_pin_is_found_where_it_starts() -> None:
    (violation,) = PinLimit(5).violations(wall(*FIVE, ("p5", 999, 2000)))
    assert (violation.subject, violation.amount, violation.severity) == ("p5", 1, "medium")


def test_a_pin_that_ends_makes_room_at_that_minute() -> None:
    assert broken(PinLimit(5), wall(*FIVE, ("p5", 1000, 2000))) == []


def test_the_limit_of_the_scenario_holds() -> None:
    assert broken(PinLimit(3), wall(*FIVE[:3])) == []
    assert broken(PinLimit(3), wall(*FIVE[:4])) == ["p3"]
    assert [violation.amount for violation in PinLimit(3).violations(wall(*FIVE))] == [1, 2]


def test_pins_of_history_count() -> None:
    old = [(f"history_pin_{n}", -100, 500) for n in range(4)]
    assert broken(PinLimit(5), wall(*old, ("a", 100, 900))) == []
    assert broken(PinLimit(5), wall(*old, ("a", 100, 900), ("b", 499, 900))) == ["b"]
    assert broken(PinLimit(5), wall(*old, ("a", 100, 900), ("b", 500, 900))) == []


def test_pins_of_history_are_not_held_against_themselves() -> None:
    old = [(f"history_pin_{n}", 0, 500) for n in range(7)]
    assert broken(PinLimit(5), wall(*old, ("a", 500, 900))) == []


def test_a_pin_of_no_length_is_never_active() -> None:
    assert broken(PinLimit(5), wall(*FIVE, ("p5", 500, 500))) == []
    assert broken(PinLimit(5), wall(*FIVE[:4], ("zero", 500, 500), ("p5", 500, 600))) == []
    assert broken(PinLimit(5), wall(*FIVE, ("p5", 50, 1000), ("zero", 500, 500))) == ["p5"]


def pinned(line: str, start: int = 0, length: int = 4320, item: str = "it") -> Timetable:
    """A plan of one send, pinned `start` minutes after it for `length` minutes."""
    made = week(page="free")
    plan = plan_of(made, f"{line} id=it")
    day, clock, key, *_ = line.split()
    at = minute_at(made, day, clock) + start
    return replace(plan, pins=(PinRecord(item, key, at, at + length, 20.0),))


@pytest.mark.parametrize("length", [4320, 4319, 1, 0])
def test_a_pin_of_up_to_72_hours_passes(length: int) -> None:
    assert broken(PinDuration(72), pinned("Mon 20:07 ppv_wall", length=length)) == []


@pytest.mark.parametrize(("length", "off"), [(4321, 1), (5000, 680), (-1, 1)])
def test_a_pin_that_is_too_long_or_negative_is_found(length: int, off: int) -> None:
    (violation,) = PinDuration(72).violations(pinned("Mon 20:07 ppv_wall", length=length))
    assert (violation.subject, violation.amount, violation.severity) == ("it", off, "medium")


@pytest.mark.parametrize("start", [-1, 1, 30])
def test_a_pin_that_does_not_start_with_its_post_is_found(start: int) -> None:
    (violation,) = PinDuration(72).violations(pinned("Mon 20:07 ppv_wall", start=start))
    assert violation.amount == abs(start)


@pytest.mark.parametrize(("length", "off"), [(1440, []), (1441, [1]), (4320, [2880])])
def test_a_pin_ends_no_later_than_its_post(length: int, off: list[int]) -> None:
    assert amounts(PinDuration(72), pinned("Mon 20:07 game_post", length=length)) == off


def test_a_shorter_limit_holds() -> None:
    assert broken(PinDuration(1), pinned("Mon 20:07 ppv_wall", length=60)) == []
    assert broken(PinDuration(1), pinned("Mon 20:07 ppv_wall", length=61)) == ["it"]


def test_a_pin_of_no_send_is_found() -> None:
    (violation,) = PinDuration(72).violations(pinned("Mon 20:07 ppv_wall", item="ghost"))
    assert (violation.subject, violation.amount) == ("ghost", 1)


def test_pins_of_history_keep_their_end() -> None:
    assert broken(PinDuration(72), pinned("Mon 20:07 ppv_wall", length=9000, item="history_pin_0")) == []


@pytest.mark.parametrize("key", ["ppv_wall", "game_post"])
def test_wall_sales_and_games_may_be_pinned(key: str) -> None:
    assert broken(PinType(), pinned(f"Mon 20:07 {key}")) == []


@pytest.mark.parametrize("key", ["ppv_unlock", "wall_link_drop", "tip_goal", "ppv_followup", "mystery"])
def test_a_pin_of_another_type_is_found(key: str) -> None:
    (violation,) = PinType().violations(pinned(f"Mon 20:07 {key}"))
    assert (violation.subject, violation.amount, violation.severity) == ("it", 1, "medium")
    assert key in violation.message


@pytest.mark.parametrize(("key", "subjects"), [("game_post", []), ("bundle", ["ghost"]), ("mystery", ["ghost"])])
def test_a_pin_of_no_send_is_judged_by_the_type_it_states(key: str, subjects: list[str]) -> None:
    plan = replace(pinned("Mon 20:07 ppv_wall"), pins=(PinRecord("ghost", key, 0, 60, 1.0),))
    assert broken(PinType(), plan) == subjects


def test_the_send_decides_over_the_type_its_pin_states() -> None:
    plan = pinned("Mon 20:07 bundle")
    lying = replace(plan, pins=(PinRecord("it", "game_post", 1207, 1300, 1.0),))
    assert broken(PinType(), lying) == ["it"]


def test_pins_of_history_are_not_judged() -> None:
    assert broken(PinType(), pinned("Mon 20:07 bundle", item="history_pin_0")) == []


@pytest.mark.parametrize("rule", [PinLimit(5), PinDuration(72), PinType()], ids=lambda rule: rule.id)
def test_a_plan_that_tells_no_pins_breaks_no_rule_of_pins(rule: Rule) -> None:
    assert broken(rule, plan_of(week(), "Mon 20:07 bundle")) == []
