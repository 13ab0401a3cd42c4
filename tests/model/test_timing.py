"""Prime hours, shifts, jitter, and the perches they make."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model import timing
from schedsolve.model.calendar import Horizon
from schedsolve.model.catalog import Category
from schedsolve.model.scenario import Creator, Scenario, Timing
from schedsolve.model.timing import Perch, Stretch, perches, preferred_hours, time_shift
from schedsolve.model.week import Week
from schedsolve.pipeline.profile import prime_hours

from ..constraints.weeks import week

R, E, T = Category
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The specification's example with base 20, 21, 22: first prime hour of each day, three weeks long.
FIRST_HOURS = [19, 20, 21, 19, 20, 21, 19, 20, 21, 19, 20, 21, 19, 20, 21, 19, 20, 21, 19, 20, 21]


def primes(hours: tuple[int, ...], first: str = "2025-01-20", days: int = 7, **more: Any) -> list[tuple[int, ...]]:
    told = Timing(peak_hours=hours, **more)
    return list(prime_hours(told, Horizon(date.fromisoformat(first), days, "America/New_York")))


def of_creator(made: Week, creator: str) -> Week:
    scenario = made.scenario
    kept = Creator(id=creator, page_type=scenario.creator.page_type, timezone=scenario.creator.timezone)
    return replace(made, scenario=scenario.model_copy(update={"creator": kept}))


def varied(made: Week, temperature: float) -> Week:
    variation = made.scenario.variation.model_copy(update={"temperature": temperature})
    return replace(made, scenario=made.scenario.model_copy(update={"variation": variation}))


def whole_day(made: Week, day: int) -> Stretch:
    start = made.horizon.day_start(day)
    return Stretch(day, 0, start, start + 1440, start)


def wishes(made: Week, category: Category, day: int = 0, position: int = 0) -> list[Perch]:
    return list(perches(made, category, whole_day(made, day), position))


def preferred(made: Week, category: Category, day: int = 0, position: int = 0) -> list[Perch]:
    return [perch for perch in wishes(made, category, day, position) if not perch.fallback]


def jitters(made: Week, clock: int, creator: str = "alexia", count: int = 40) -> list[int]:
    named = of_creator(made, creator)
    day = whole_day(named, 0)
    return [timing._jitter(named, clock, "test", day, number, clock // 60) for number in range(count)]


# --- prime hours ----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", range(21), ids=[f"{NAMES[day % 7]} {day // 7}" for day in range(21)])
def test_prime_hours_rotate_by_minus_one_zero_and_one_across_weeks(day: int) -> None:
    first = FIRST_HOURS[day]
    assert primes((20, 21, 22), days=21)[day] == (first, first + 1, first + 2)


def test_the_same_weekday_gets_all_three_offsets_in_three_weeks() -> None:
    hours = primes((20,), days=21)
    assert all({hours[day], hours[day + 7], hours[day + 14]} == {(19,), (20,), (21,)} for day in range(7))


def test_a_plan_that_starts_midweek_or_before_the_anchor_joins_the_same_rotation() -> None:
    assert primes((20,), "2025-01-22", 3) == [(21,), (19,), (20,)]
    assert primes((20,), "2025-01-17", 4) == [(19,), (20,), (21,), (19,)]


def test_the_anchor_is_a_parameter() -> None:
    assert primes((20,), days=3, prime_anchor=date(2025, 1, 21)) == [(21,), (19,), (20,)]


@pytest.mark.parametrize(
    ("base", "days"),
    [
        ((8, 9), [(8,), (8, 9), (9, 10)]),
        ((22, 23), [(21, 22), (22, 23), (23,)]),
        ((23,), [(22,), (23,), (23,)]),
        ((8,), [(8,), (8,), (9,)]),
        ((2, 3), [(2, 3), (2, 3), (2, 3)]),
        ((7, 20), [(19,), (20,), (8, 21)]),
        ((22, 20, 22), [(19, 21), (20, 22), (21, 23)]),
    ],
)
def test_hours_outside_8_to_23_are_dropped_and_if_none_is_left_the_base_holds(
    base: tuple[int, ...], days: list[tuple[int, ...]]
) -> None:
    assert primes(base, days=3) == days


def test_without_data_the_peak_is_19_to_22() -> None:
    assert primes((), days=2) == [(18, 19, 20, 21), (19, 20, 21, 22)]


@given(st.sets(st.integers(0, 23), min_size=1), st.dates(date(1990, 1, 1), date(2099, 1, 1)))
def test_prime_hours_are_never_empty_and_move_by_one_hour_at_most(base: set[int], first: date) -> None:
    for hours in primes(tuple(base), first.isoformat(), 7):
        assert hours == tuple(sorted(set(hours)))
        assert hours
        assert all({hour - 1, hour, hour + 1} & base for hour in hours)
        assert set(hours) == base or all(8 <= hour <= 23 for hour in hours)


# --- shifts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", range(7), ids=NAMES)
def test_even_days_shift_mornings_early_and_evenings_late_odd_days_the_other_way(day: int) -> None:
    made = week()
    odd = NAMES[day] in ("Tuesday", "Thursday", "Saturday")
    assert time_shift(made, day, E) == (15 if odd else -15)
    assert time_shift(made, day, R) == (-20 if odd else 20)
    assert time_shift(made, day, T) == 0


def test_shifts_go_by_weekday_not_by_day_of_the_plan() -> None:
    made = week(start="2025-01-21")
    assert [time_shift(made, day, R) for day in range(7)] == [-20, 20, -20, 20, -20, 20, 20]


def test_each_category_prefers_its_hours() -> None:
    made = week(timing={"peak_hours": [20, 21, 22]})
    assert preferred_hours(made, 0, R) == (19, 20, 21)
    assert preferred_hours(made, 1, R) == (20, 21, 22)
    assert preferred_hours(made, 0, E) == (9, 10, 11, 14, 15, 16)
    assert preferred_hours(made, 0, T) == (16, 17, 18)


# --- jitter ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("creator", ["alexia", "bella", "cora", "dora", "ella"])
@pytest.mark.parametrize("hour", range(24))
def test_jitter_at_half_past_is_never_round(creator: str, hour: int) -> None:
    drawn = jitters(week(), hour * 60 + 30, creator)
    assert all(-7 <= offset <= 8 and (30 + offset) % 15 for offset in drawn)
    assert 0 not in drawn


def test_jitter_of_a_hundred_creators_stays_inside_and_reaches_both_ends() -> None:
    made = week()
    drawn = {offset for number in range(100) for offset in jitters(made, 20 * 60 + 20, f"creator{number}", 5)}
    assert drawn == set(range(-7, 9)) - {-5}


@pytest.mark.parametrize("minute", range(60))
def test_fifteen_offsets_are_allowed_fourteen_where_two_would_be_round(minute: int) -> None:
    drawn = set(jitters(week(), 20 * 60 + minute, count=300))
    assert drawn == {offset for offset in range(-7, 9) if (minute + offset) % 15}
    assert len(drawn) == (14 if minute in (7, 22, 37, 52) else 15)


def test_jitter_may_cross_the_hour_both_ways() -> None:
    assert min(jitters(week(), 20 * 60, count=200)) == -7
    assert max(jitters(week(), 20 * 60 + 59, count=200)) == 8
    assert 1 not in jitters(week(), 20 * 60 + 59, count=200)
    assert 0 not in jitters(week(), 20 * 60, count=200)


def test_every_allowed_offset_is_equally_likely() -> None:
    counts = Counter(jitters(week(), 20 * 60 + 20, count=3000))
    assert len(counts) == 15
    assert sum((count - 200) ** 2 / 200 for count in counts.values()) < 36.12  # chi-square, 14 degrees, 0.999


@pytest.mark.parametrize(
    ("variation", "base", "low", "high"),
    [("low", 8, -4, 4), ("medium", 8, -7, 8), ("high", 8, -7, 8), ("low", 4, -2, 2), ("high", 4, -7, 8)],
)
def test_jitter_keeps_the_creators_amplitude(variation: str, base: int, low: int, high: int) -> None:
    made = week(timing={"variation": variation, "jitter_base": base})
    drawn = set(jitters(made, 20 * 60 + 20, count=300))
    assert drawn == {offset for offset in range(low, high + 1) if (20 + offset) % 15}


def test_equal_input_gives_equal_jitter_and_any_part_of_the_key_changes_it() -> None:
    made = week()
    assert jitters(made, 1220) == jitters(week(), 1220)
    assert jitters(made, 1220) != jitters(made, 1220, "bella")
    assert jitters(made, 1220) != jitters(made, 1280)
    assert [jitters(made, 1220)[n] for n in range(9)] != [jitters(made, 1220)[0]] * 9


def test_without_temperature_the_least_allowed_jitter_is_taken() -> None:
    made = varied(week(), 0)
    assert set(jitters(made, 20 * 60 + 20)) == {0}
    assert {abs(offset) for offset in jitters(made, 20 * 60)} == {1}


def test_without_the_round_minute_rule_every_offset_is_allowed() -> None:
    made = week(rules={"round-minute": {"enabled": False}})
    assert set(jitters(made, 20 * 60, count=300)) == set(range(-7, 9))


# --- perches --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "day", "base", "shift", "jitter", "clock"),
    [
        (R, 1, 20, -20, 7, "19:47"),
        (R, 0, 20, 20, 3, "20:23"),
        (E, 0, 9, -15, 7, "08:52"),
        (E, 1, 9, 15, 7, "09:22"),
    ],
)
def test_the_stated_examples_of_base_shift_and_jitter(
    category: Category, day: int, base: int, shift: int, jitter: int, clock: str
) -> None:
    made = week(timing={"peak_hours": [20, 21]})
    found = [
        perch
        for position in range(300)
        for perch in preferred(made, category, day, position)
        if (perch.base_hour, perch.jitter) == (base, jitter)
    ]
    assert found
    assert {(perch.base_minute, perch.shift) for perch in found} == {(0, shift)}
    assert {f"{made.horizon.local(perch.target):%H:%M}" for perch in found} == {clock}


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("day", range(7), ids=NAMES)
def test_preferred_perches_stand_at_base_plus_shift_plus_jitter_off_round_minutes(category: Category, day: int) -> None:
    made = week(timing={"peak_hours": [20, 21]})
    found = preferred(made, category, day)
    assert [perch.base_hour for perch in found] == list(preferred_hours(made, day, category))
    start = made.horizon.day_start(day)
    for perch in found:
        clock = perch.target - start
        assert clock == perch.base_hour * 60 + perch.shift + perch.jitter
        assert clock % 15
        assert perch.shift == time_shift(made, day, category)
        assert perch.low <= perch.target <= perch.high


@pytest.mark.parametrize("day", range(7), ids=NAMES)
def test_fallback_perches_are_quarters_of_every_hour_and_never_leave_it(day: int) -> None:
    made = week()
    found = [perch for position in range(10) for perch in wishes(made, R, day, position) if perch.fallback]
    start = made.horizon.day_start(day)
    assert {perch.base_hour for perch in found} == set(range(24))
    assert {perch.base_minute for perch in found} == {0, 15, 30, 45}
    for perch in found:
        clock = perch.target - start
        assert clock == perch.base_hour * 60 + perch.base_minute + perch.jitter
        assert clock // 60 == perch.base_hour
        assert clock % 15
        assert -7 <= perch.jitter <= 8
        assert perch.shift == 0


def test_a_preferred_hour_outweighs_any_fallback_of_the_same_hour() -> None:
    made = week(timing={"peak_hours": [20], "hourly_performance": {20: 1.0, 19: 0.4}})
    both = wishes(made, R, 1)
    weights = {(perch.base_hour, perch.fallback): perch.weight for perch in both}
    assert weights[20, False] - weights[20, True] == timing.PREFERRED_WEIGHT
    assert weights[20, True] > weights[19, True]
    assert max(weights.values()) <= 1000
    assert min(weights.values()) >= 0


@pytest.mark.parametrize(
    ("hour", "day", "edge"),
    [(8, 0, None), (23, 0, 23 * 60 + 29), (8, 1, 8 * 60 + 1), (23, 2, None)],
)
def test_a_shifted_time_outside_the_window_moves_to_its_nearest_usable_minute(
    hour: int, day: int, edge: int | None
) -> None:
    # anchor chosen so that the prime hour is the base itself on the tested day
    anchor = date(2025, 1, 20 + day - 1).isoformat()
    made = week(timing={"peak_hours": [hour], "prime_anchor": anchor})
    for position in range(30):
        (perch,) = preferred(made, R, day, position)
        clock = perch.target - made.horizon.day_start(day)
        wished = hour * 60 + perch.shift + perch.jitter
        assert clock == min(max(wished, 8 * 60 + 1), 23 * 60 + 29)
        assert perch.low <= perch.target <= perch.high
        if edge is not None and not 8 * 60 < wished < 23 * 60 + 30:
            assert clock == edge


def test_a_perch_belongs_to_the_stretch_that_holds_its_target() -> None:
    made = week(timing={"peak_hours": [20]})
    start = made.horizon.day_start(1)
    evening = Stretch(1, 5, start + 20 * 60, start + 24 * 60, start)  # the shifted 19:40 lies before it
    found = [perch for number in range(50) for perch in perches(made, R, evening, number)]
    assert {perch.fallback for perch in found} == {True}
    assert all(evening.start <= perch.target < evening.end for perch in found)
    assert all(evening.start <= perch.low <= perch.high < evening.end for perch in found)


def test_without_temperature_perches_do_not_depend_on_the_seed() -> None:
    def told(seed: int) -> list[Perch]:
        made = varied(week(), 0)
        scenario: Scenario = made.scenario.model_copy(update={"seed": seed})
        noisy = replace(made, scenario=scenario, noise=replace(made.noise, seed=seed))
        return [perch for category in Category for day in range(7) for perch in wishes(noisy, category, day, 3)]

    assert told(1) == told(2)
    assert {perch.base_minute for perch in told(1) if perch.fallback} == {30}


def test_perches_repeat_for_the_same_seed_and_vary_with_seed_day_and_position() -> None:
    made = week()
    assert wishes(made, R) == wishes(week(), R)
    other = replace(made, noise=replace(made.noise, seed=99))
    assert [p.jitter for p in wishes(made, R)] != [p.jitter for p in wishes(other, R)]
    assert [p.jitter for p in wishes(made, R)] != [p.jitter for p in wishes(made, R, 0, 1)]
    assert [p.jitter for p in wishes(made, R)] != [p.jitter for p in wishes(made, R, 2)]


def test_on_the_day_the_clock_changes_perches_keep_local_time() -> None:
    made = week(start="2025-03-03", timing={"peak_hours": [20]})
    sunday = made.horizon.day_start(6)
    *_, piece = made.horizon.pieces(sunday, made.horizon.length)
    stretch = Stretch(6, 5, piece.start, piece.end, piece.midnight)
    for perch in perches(made, R, stretch, 0):
        local = made.horizon.local(perch.target)
        wished = perch.base_hour * 60 + perch.base_minute + perch.shift + perch.jitter
        assert local.hour * 60 + local.minute == wished
