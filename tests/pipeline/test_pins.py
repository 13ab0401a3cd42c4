"""Pins: at most five, at most 72 hours, the dearest stay."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.catalog import CATALOG
from schedsolve.model.week import OldPin
from schedsolve.pipeline.pins import HeldPin, Pinnable, plan_pins, to_remove

HOURS = 72
FULL = HOURS * 60

sends_of = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(0, 9), st.none() | st.integers(1, 6000)), max_size=25
).map(
    lambda rows: [
        Pinnable(f"s{n}", "ppv_wall", minute, value, None if lasts is None else minute + lasts)
        for n, (minute, value, lasts) in enumerate(rows)
    ]
)
old_of = st.lists(st.tuples(st.integers(-500, 5000), st.integers(0, 9)), max_size=5).map(
    lambda rows: [OldPin("ppv_wall", end, value) for end, value in rows]
)


def send(item: str, minute: int, priority: float, expires: int | None = None) -> Pinnable:
    return Pinnable(item, "ppv_wall", minute, priority, expires)


def planned(*sends: Pinnable, old: Sequence[OldPin] = (), most: int = 5) -> list[HeldPin]:
    return list(plan_pins(sends, old, most, HOURS))


def spans(pins: Sequence[HeldPin]) -> dict[str, tuple[int, int]]:
    return {pin.item: (pin.start, pin.end) for pin in pins}


def five(priority: float = 10) -> list[Pinnable]:
    return [send(f"s{n}", n, priority + n) for n in range(5)]


def test_a_pin_starts_with_its_send_and_lasts_72_hours() -> None:
    assert planned(send("a", 100, 3)) == [HeldPin("a", "ppv_wall", 100, 100 + 4320, 3)]


def test_a_pin_ends_with_its_sends_expiry() -> None:
    game = CATALOG["game_post"]
    assert game.expiry_hours == 24
    assert spans(planned(send("game", 100, 3, 100 + 1440))) == {"game": (100, 1540)}
    assert spans(planned(send("late", 100, 3, 100 + 9999))) == {"late": (100, 4420)}


def test_five_pins_fit_and_an_equal_sixth_stays_unpinned() -> None:
    assert len(planned(*five())) == 5
    assert "new" not in spans(planned(*five(), send("new", 50, 10)))
    assert "new" not in spans(planned(*five(), send("new", 50, 9.5)))


def test_a_dearer_newcomer_replaces_the_least_pin_which_ends_at_its_start() -> None:
    pins = {pin.item: pin for pin in planned(*five(), send("new", 50, 10.01))}
    assert (pins["s0"].start, pins["s0"].end, pins["s0"].replaced_by) == (0, 50, "new")
    assert (pins["new"].start, pins["new"].end, pins["new"].replaced_by) == (50, 50 + FULL, None)
    assert all(pins[f"s{n}"].replaced_by is None for n in range(1, 5))


def test_of_equal_least_pins_the_one_that_ends_first_goes() -> None:
    sends = [send(f"s{n}", n, 10, 1000 - n) for n in range(5)]
    pins = {pin.item: pin for pin in planned(*sends, send("new", 50, 11))}
    assert [item for item, pin in pins.items() if pin.replaced_by] == ["s4"]


def test_a_pin_just_ended_leaves_its_place() -> None:
    early = send("early", 0, 99, 50)
    others = [send(f"s{n}", n + 1, 99) for n in range(4)]
    assert spans(planned(early, *others, send("new", 50, 1)))["new"] == (50, 50 + FULL)
    assert "new" not in spans(planned(early, *others, send("new", 49, 1)))


@pytest.mark.parametrize("most", [3, 4, 5])
def test_a_scenario_may_set_three_to_five(most: int) -> None:
    assert len(planned(*[send(f"s{n}", n, 1) for n in range(8)], most=most)) == most


def test_old_pins_come_first_count_and_may_be_replaced() -> None:
    old = [OldPin("game_post", 1000 + n, n) for n in range(5)]
    pins = {pin.item: pin for pin in planned(send("new", 100, 0.5), old=old)}
    assert (pins["history_pin_0"].end, pins["history_pin_0"].replaced_by) == (100, "new")
    assert pins["history_pin_4"] == HeldPin("history_pin_4", "game_post", 0, 1004, 4)
    assert "new" in pins


def test_old_pins_that_ended_before_the_plan_are_forgotten() -> None:
    assert planned(old=[OldPin("game_post", 0, 9), OldPin("game_post", -5, 9)]) == []
    assert spans(planned(old=[OldPin("game_post", 0, 9), OldPin("game_post", 1, 9)])) == {"history_pin_1": (0, 1)}


def test_more_old_pins_than_allowed_let_nobody_in_until_they_end() -> None:
    old = [OldPin("game_post", 200, 0)] * 6
    assert "new" not in spans(planned(send("new", 100, 99), old=old))
    assert "new" in spans(planned(send("new", 200, 0), old=old))


def test_pins_to_remove_are_those_whose_time_is_up() -> None:
    pins = planned(send("a", 0, 1, 100), send("b", 0, 1, 101), send("c", 0, 1))
    assert [pin.item for pin in to_remove(pins, 99)] == []
    assert [pin.item for pin in to_remove(pins, 100)] == ["a"]
    assert [pin.item for pin in to_remove(pins, 4320)] == ["a", "b", "c"]


@given(sends_of, old_of, st.integers(3, 5))
def test_never_more_than_the_limit_none_too_long_and_none_before_its_send(
    sends: list[Pinnable], old: list[OldPin], most: int
) -> None:
    pins = plan_pins(sends, old, most, HOURS) if len(old) <= most else ()
    by_item = {one.item: one for one in sends}
    for pin in pins:
        assert sum(other.start <= pin.start < other.end for other in pins) <= most
        assert pin.start <= pin.end
        if pin.item in by_item:
            origin = by_item[pin.item]
            assert pin.start == origin.minute
            assert pin.end <= pin.start + FULL
            assert origin.expires is None or pin.end <= origin.expires


@given(sends_of, st.integers(3, 5))
def test_a_replaced_pin_was_cheaper_and_an_unpinned_send_found_a_full_wall(sends: list[Pinnable], most: int) -> None:
    pins = {pin.item: pin for pin in plan_pins(sends, (), most, HOURS)}
    for pin in pins.values():
        if pin.replaced_by is not None:
            assert pins[pin.replaced_by].priority > pin.priority
            assert pins[pin.replaced_by].start == pin.end
    for one in sends:
        if one.item not in pins:
            there = [
                pin
                for pin in pins.values()
                if (pin.start, pin.item) < (one.minute, one.item) and one.minute < _planned_end(pin, sends)
            ]
            assert sum(pin.priority >= one.priority for pin in there) >= most


def _planned_end(pin: HeldPin, sends: list[Pinnable]) -> int:
    origin = next(one for one in sends if one.item == pin.item)
    return min(origin.minute + FULL, origin.expires or origin.minute + FULL)


@given(sends_of, old_of)
def test_the_order_in_which_sends_are_named_does_not_matter(sends: list[Pinnable], old: list[OldPin]) -> None:
    assert plan_pins(sends, old, 5, HOURS) == plan_pins(sends[::-1], old, 5, HOURS)
