"""The rotation state machine and how patterns follow each other."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby, pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.errors import InvalidTransitionError
from schedsolve.model.catalog import Style
from schedsolve.model.noise import Noise
from schedsolve.model.rotation import (
    STANDARD_PATTERNS,
    Pattern,
    Rotation,
    RotationState,
    first_rotation,
    parse_pattern,
    rotations,
)

S = RotationState
MONDAY = date(2025, 1, 20)
NOISE = Noise(7)
A, B, C, D = STANDARD_PATTERNS
LISTED = {
    S.INITIALIZING: {S.PATTERN_ACTIVE, S.ERROR},
    S.PATTERN_ACTIVE: {S.ROTATION_PENDING, S.ERROR},
    S.ROTATION_PENDING: {S.ROTATING, S.PATTERN_ACTIVE},
    S.ROTATING: {S.PATTERN_ACTIVE, S.PATTERN_EXHAUSTED, S.ERROR},
    S.PATTERN_EXHAUSTED: {S.PATTERN_ACTIVE},
    S.ERROR: {S.INITIALIZING},
}
ROTATED = (S.PATTERN_ACTIVE, S.ROTATION_PENDING, S.ROTATING, S.PATTERN_ACTIVE)
EXHAUSTED = (S.PATTERN_ACTIVE, S.ROTATION_PENDING, S.ROTATING, S.PATTERN_EXHAUSTED, S.PATTERN_ACTIVE)
CREATORS = [f"creator{number}" for number in range(300)]


def rotation(
    creator: str = "alexia",
    state: RotationState = S.PATTERN_ACTIVE,
    pattern: Pattern = A,
    started: date = MONDAY,
    recent: tuple[Pattern, ...] = (),
) -> Rotation:
    return Rotation(creator, state, pattern, started, recent)


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def path(held: Rotation) -> tuple[RotationState, ...]:
    return (*held.trail, held.state)


def flips_to_rotate(creator: str, started: date = MONDAY) -> bool:
    return int(sha256(f"{creator}:{started.isoformat()}".encode()).hexdigest()[:8], 16) % 2 == 0


def changed(method: str) -> list[tuple[Rotation, Rotation]]:
    """Many creators' rotations on day 4 that used the method, before and after."""
    before = [rotation(creator, pattern=pattern) for creator in CREATORS for pattern in (A, B)]
    pairs = [(one, one.on(after(4), NOISE)) for one in before]
    return [(one, other) for one, other in pairs if other.method == method]


def test_the_standard_patterns_are_the_four_stated_and_mirror_each_other() -> None:
    letters = {"s": Style.SOLO, "b": Style.BUNDLE, "w": Style.WINNER, "x": Style.SEXTAPE}
    stated = ("sbwx", "wsxb", "bxsw", "xwbs")
    assert tuple(tuple(letters[letter] for letter in text) for text in stated) == STANDARD_PATTERNS
    assert A[::-1] == D
    assert B[::-1] == C


@pytest.mark.parametrize("following", S)
@pytest.mark.parametrize("state", S)
def test_exactly_the_listed_changes_pass_and_others_leave_the_state_untouched(
    state: RotationState, following: RotationState
) -> None:
    held = rotation(state=state)
    if following in LISTED[state]:
        moved = held.to(following)
        assert path(moved) == (state, following)
        assert replace(moved, state=state) == held
    else:
        with pytest.raises(InvalidTransitionError) as caught:
            held.to(following)
        said = str(caught.value)
        assert f"from {state} to {following}" in said
        assert all(allowed in said.split("allowed: ")[1] for allowed in LISTED[state])
    assert held == rotation(state=state)
    assert held.trail == ()


@pytest.mark.parametrize("days", [0, 1, 2])
@pytest.mark.parametrize("creator", CREATORS[:20])
def test_the_first_three_days_keep_the_pattern(creator: str, days: int) -> None:
    held = rotation(creator).on(after(days), NOISE)
    assert held == rotation(creator)
    assert path(held) == (S.PATTERN_ACTIVE,)


@pytest.mark.parametrize("creator", CREATORS[:40])
def test_on_day_3_the_hash_of_creator_and_start_decides(creator: str) -> None:
    held = rotation(creator).on(after(3), NOISE)
    if flips_to_rotate(creator):
        assert held.started == after(3)
        assert held.pattern != A
        assert path(held) == ROTATED
    else:
        assert held == rotation(creator)
        assert path(held) == (S.PATTERN_ACTIVE, S.ROTATION_PENDING, S.PATTERN_ACTIVE)


def test_the_coin_of_day_3_is_fair_and_does_not_hang_on_the_seed() -> None:
    heads = [creator for creator in CREATORS if rotation(creator).on(after(3), NOISE).pattern != A]
    assert 110 <= len(heads) <= 190
    assert heads == [creator for creator in CREATORS if rotation(creator).on(after(3), Noise(99)).pattern != A]


@pytest.mark.parametrize("creator", CREATORS[:40])
def test_day_4_must_rotate_by_way_of_pending(creator: str) -> None:
    held = rotation(creator).on(after(4), NOISE)
    assert held.started == after(4)
    assert held.pattern != A
    assert held.recent == (A,)
    assert path(held) in (ROTATED, EXHAUSTED)


@pytest.mark.parametrize("age", [4, 5, 12, 365])
def test_a_pattern_already_older_rotates_on_the_first_day(age: int) -> None:
    old = rotation(started=after(-age))
    first, second = rotations(old, MONDAY, 2, NOISE, 3, 4)
    assert first.pattern != A
    assert (first.started, first.state) == (MONDAY, S.PATTERN_ACTIVE)
    assert path(first) == ROTATED
    assert second == first


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("age", range(6))
def test_any_state_that_history_hands_over_leads_to_an_active_pattern_by_listed_changes(
    state: RotationState, age: int
) -> None:
    held = rotation(state=state, started=after(-age)).on(MONDAY, NOISE)
    assert held.state is S.PATTERN_ACTIVE
    assert path(held)[0] is state
    assert all(second in LISTED[first] for first, second in pairwise(path(held)))
    assert (held.pattern == A) is (age < 3 or (age == 3 and not flips_to_rotate("alexia", after(-3))))


@pytest.mark.parametrize("creator", CREATORS[:60])
def test_patterns_are_kept_3_or_4_days_over_four_weeks(creator: str) -> None:
    held = rotations(first_rotation(creator, MONDAY, NOISE), MONDAY, 28, NOISE, 3, 4)
    runs = [len(list(days)) for _, days in groupby(held, key=lambda one: one.started)]
    assert set(runs[:-1]) <= {3, 4}
    assert runs[-1] <= 4
    assert all(one.pattern != other.pattern for one, other in pairwise(held) if one.started != other.started)
    assert all(sorted(one.pattern) == sorted(Style) for one in held)
    assert all(first in LISTED[before] for one in held for before, first in pairwise(path(one)))
    assert all(path(other)[0] is one.state for one, other in pairwise(held))


@pytest.mark.parametrize(("shortest", "longest"), [(1, 1), (2, 5), (1, 7), (5, 5)])
def test_other_spans_are_kept(shortest: int, longest: int) -> None:
    for creator in CREATORS[:30]:
        start = first_rotation(creator, MONDAY, NOISE)
        held = rotations(start, MONDAY, 28, NOISE, shortest, longest)
        runs = [len(list(days)) for _, days in groupby(held, key=lambda one: one.started)]
        assert all(shortest <= run <= longest for run in runs[:-1])


def test_fourteen_days_from_a_fresh_start_hold_3_or_4_changes() -> None:
    seen: Counter[int] = Counter()
    for creator in CREATORS:
        held = rotations(first_rotation(creator, MONDAY, NOISE), MONDAY, 14, NOISE, 3, 4)
        seen[len({one.started for one in held}) - 1] += 1
    assert set(seen) == {3, 4}


def test_the_three_methods_are_equally_likely() -> None:
    counts = Counter(rotation(creator).on(after(4), NOISE).method for creator in CREATORS)
    assert set(counts) == {"reverse", "shuffle", "new"}
    assert all(70 <= count <= 130 for count in counts.values())


def test_reverse_turns_the_order_round() -> None:
    pairs = changed("reverse")
    assert pairs
    assert all(other.pattern == one.pattern[::-1] for one, other in pairs)


def test_shuffle_reaches_every_order_but_the_same() -> None:
    pairs = changed("shuffle")
    assert all(one.pattern != other.pattern for one, other in pairs)
    drawn = {other.pattern for one, other in pairs if one.pattern == A}
    drawn |= {
        held.pattern
        for number in range(600)
        if (held := rotation(f"another{number}").on(after(4), NOISE)).method == "shuffle"
    }
    assert drawn == set(permutations(Style)) - {A}


def test_new_takes_another_standard_pattern_each_equally_likely() -> None:
    counts = Counter(other.pattern for one, other in changed("new") if one.pattern == A)
    assert set(counts) == {B, C, D}
    assert min(counts.values()) >= sum(counts.values()) / 5


@pytest.mark.parametrize(
    ("recent", "expected"),
    [
        ((), {B, C, D}),
        ((B,), {C, D}),
        ((B, C), {D}),
        ((C, A, C), {B, D}),
        ((B, C, D), {B}),
        ((D, C, B), {D}),
        ((C, D, B), {C}),
        ((B, C, D, B), {C}),
        ((B, C, D, A[1:] + A[:1]), {B}),
        ((B, C, D, A, A, A), {B, C, D}),
    ],
)
def test_new_avoids_the_last_three_and_when_exhausted_takes_the_least_recently_used(
    recent: tuple[Pattern, ...], expected: set[Pattern]
) -> None:
    held = [rotation(creator, recent=recent).on(after(4), NOISE) for creator in CREATORS]
    new = [one for one in held if one.method == "new"]
    assert {one.pattern for one in new} == expected
    exhausted = {B, C, D} <= set(recent[-3:])
    assert {path(one) for one in new} == {EXHAUSTED if exhausted else ROTATED}
    assert all(one.recent == (*recent, A)[-3:] for one in new)


def test_a_new_creator_starts_with_a_random_standard_pattern() -> None:
    starts = [first_rotation(creator, MONDAY, NOISE) for creator in CREATORS]
    counts = Counter(start.pattern for start in starts)
    assert set(counts) == set(STANDARD_PATTERNS)
    assert all(45 <= count <= 105 for count in counts.values())
    assert {(start.started, path(start)) for start in starts} == {(MONDAY, (S.INITIALIZING, S.PATTERN_ACTIVE))}


@given(st.integers(0, 2**63 - 1), st.text(min_size=1, max_size=20), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_equal_input_gives_equal_rotations(seed: int, creator: str, first: date) -> None:
    one, other = (
        rotations(first_rotation(creator, first, Noise(seed)), first, 28, Noise(seed), 3, 4) for _ in range(2)
    )
    assert one == other


def test_a_plan_may_be_computed_day_by_day_or_week_by_week() -> None:
    start = first_rotation("alexia", MONDAY, NOISE)
    whole = rotations(start, MONDAY, 28, NOISE, 3, 4)
    first = rotations(start, MONDAY, 14, NOISE, 3, 4)
    assert whole[14:] == rotations(first[-1], after(14), 14, NOISE, 3, 4)


def test_a_hundred_threads_get_valid_and_equal_results() -> None:
    start = first_rotation("alexia", MONDAY, NOISE)
    with ThreadPoolExecutor(100) as pool:
        jobs = [pool.submit(rotations, start, MONDAY, 14, NOISE, 3, 4) for _ in range(100)]
        results = [job.result() for job in jobs]
    assert all(sorted(one.pattern) == sorted(Style) for one in results[0])
    assert all(result == results[0] for result in results)


def test_a_rotation_step_takes_less_than_ten_milliseconds() -> None:
    old = rotation()
    begun = time.perf_counter()
    for number in range(100):
        replace(old, creator=f"creator{number}").on(after(4), NOISE)
    assert (time.perf_counter() - begun) / 100 < 0.01


@pytest.mark.parametrize("value", [list(B), tuple(B), [str(style) for style in B]])
def test_four_styles_in_any_order_are_a_pattern(value: object) -> None:
    assert parse_pattern(value) == B


@pytest.mark.parametrize(
    "value",
    [
        None,
        "solo",
        4,
        {},
        [],
        ["solo"],
        ["solo"] * 4,
        [*A, "solo"],
        ["solo", "bundle", "winner", "weird"],
        [1, 2, 3, 4],
    ],
)
def test_anything_else_is_no_pattern(value: object) -> None:
    with pytest.raises(ValueError, match="expected the four styles solo, bundle, winner, sextape in some order"):
        parse_pattern(value)
