"""Matching texts to a week's openings: the optimum is that of trying everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedsolve.solver.matching import Candidate, Matching, Occasion, Opening, Pool, match

VARIETY = (50, 30, 10, 0)
KINDS = ("a", "b")
Goal = tuple[int, int, int, int]


def opening(
    day: str = "mon", order: int = 0, demand: int = 0, variety: Sequence[int] = VARIETY, **fits: int
) -> Opening:
    return Opening(day, order, demand, fits or {"a": 0}, tuple(variety))


def worth(
    openings: Sequence[Opening],
    chosen: Sequence[tuple[str, Candidate] | None],
    occasions: Sequence[Occasion],
    buckets: dict[int, int],
) -> Goal:
    """What a choice comes to, best greatest: openings left, levels, merits, and values with true numbers of repeats."""
    value, marks = 0, [(place.day, place.order, place.kind) for place in occasions]
    filled = [(place, pick) for place, pick in zip(openings, chosen, strict=True) if pick is not None]
    marks += [(place.day, place.order, kind) for place, (kind, _) in filled]
    for place, (kind, candidate) in filled:
        earlier = sum(day == place.day and other == kind and order < place.order for day, order, other in marks)
        value += candidate.value + place.fits[kind] + place.variety[min(earlier, len(place.variety) - 1)]
    picks = [candidate for _, (_, candidate) in filled]
    merit = sum(candidate.merit for candidate in picks if candidate.bucket is None)
    merit += sum(min(room, sum(pick.bucket == bucket for pick in picks)) for bucket, room in buckets.items())
    return len(filled) - len(openings), -sum(pick.level for pick in picks), merit, value


def every_choice(
    openings: Sequence[Opening], pools: dict[Pool, list[Candidate]]
) -> Iterator[tuple[tuple[str, Candidate] | None, ...]]:
    options = [
        [None, *((kind, one) for kind in place.fits for one in pools.get((place.demand, kind), []))]
        for place in openings
    ]
    for chosen in product(*options):
        keys = [pick[1].key for pick in chosen if pick is not None]
        if len(keys) == len(set(keys)):
            yield chosen


def dealt(
    openings: Sequence[Opening], pools: dict[Pool, list[Candidate]], found: Matching
) -> list[tuple[str, Candidate] | None]:
    waiting = {pool: list(keys) for pool, keys in found.taken.items()}
    chosen: list[tuple[str, Candidate] | None] = []
    for place, kind in zip(openings, found.kinds, strict=True):
        if kind is None:
            chosen.append(None)
        else:
            key = waiting[place.demand, kind].pop(0)
            chosen.append((kind, next(one for one in pools[place.demand, kind] if one.key == key)))
    assert not any(waiting.values())
    return chosen


@st.composite
def problems(
    draw: st.DrawFn,
) -> tuple[list[Opening], dict[Pool, list[Candidate]], list[Occasion], dict[int, int]]:
    """Up to four openings on two days, two demands, two kinds, five texts."""
    orders, days = draw(st.permutations(range(6))), st.sampled_from(["mon", "mon", "mon", "tue"])
    varieties = draw(st.lists(st.sampled_from([VARIETY, (100, 60, 20, 0), (5, 0)]), min_size=1, max_size=2))
    openings = [
        Opening(
            draw(days),
            orders[place],
            draw(st.integers(0, 1)),
            draw(st.dictionaries(st.sampled_from(KINDS), st.integers(0, 60), min_size=1)),
            draw(st.sampled_from(varieties)),
        )
        for place in range(draw(st.integers(1, 4)))
    ]
    occasions = [
        Occasion(draw(days), orders[4 + place], draw(st.sampled_from(KINDS)))
        for place in range(draw(st.integers(0, 2)))
    ]
    buckets = draw(st.dictionaries(st.integers(1, 2), st.integers(0, 2)))
    pools: dict[Pool, list[Candidate]] = {}
    for key in range(draw(st.integers(0, 5))):
        kind, level = draw(st.sampled_from(KINDS)), draw(st.integers(0, 2))
        for demand in draw(st.sets(st.integers(0, 1), min_size=1)):
            bucket = draw(st.sampled_from([None, *buckets]))
            merit = draw(st.integers(0, 2)) if bucket is None else 1
            one = Candidate(key, key, level, draw(st.integers(0, 80)), merit, bucket)
            pools.setdefault((demand, kind), []).append(one)
    return openings, pools, occasions, buckets


@settings(max_examples=120)
@given(problems())
def test_the_choice_is_as_good_as_the_best_of_all(
    problem: tuple[list[Opening], dict[Pool, list[Candidate]], list[Occasion], dict[int, int]],
) -> None:
    openings, pools, occasions, buckets = problem
    found = match(openings, pools, occasions, buckets, 10)
    best = max(worth(openings, chosen, occasions, buckets) for chosen in every_choice(openings, pools))
    assert found.proven
    assert worth(openings, dealt(openings, pools, found), occasions, buckets) == best


def test_a_place_without_any_candidate_is_left() -> None:
    assert match([opening()], {}, [], {}, 1).kinds == (None,)


def test_without_openings_there_is_nothing_to_choose() -> None:
    found = match([], {}, [], {}, 1)
    assert (found.kinds, found.proven) == ((), True)


def test_one_text_serves_one_place_only() -> None:
    pools = {(0, "a"): [Candidate(7, 0, 0, 10)], (1, "a"): [Candidate(7, 0, 0, 90)]}
    found = match([opening(), opening(order=1, demand=1)], pools, [], {}, 10)
    assert found.kinds == (None, "a")
    assert found.taken == {(0, "a"): (), (1, "a"): (7,)}


def test_a_low_level_counts_more_than_any_value() -> None:
    found = match([opening()], {(0, "a"): [Candidate(1, 0, 1, 900), Candidate(2, 1, 0, 1)]}, [], {}, 10)
    assert found.taken[0, "a"] == (2,)


def test_equal_texts_are_taken_in_order_of_rank() -> None:
    pool = [Candidate(key, rank, 0, 5) for key, rank in ((1, 3), (2, 0), (3, 2), (4, 1))]
    found = match([opening(), opening(day="tue")], {(0, "a"): pool}, [], {}, 10)
    assert sorted(found.taken[0, "a"]) == [2, 4]


@pytest.mark.parametrize(("room", "taken"), [(0, (1, 2)), (1, (1, 3)), (2, (3, 4))])
def test_a_bucket_counts_only_while_it_has_room(room: int, taken: tuple[int, ...]) -> None:
    plain = [Candidate(1, 0, 0, 50), Candidate(2, 1, 0, 40)]
    wanted = [Candidate(3, 2, 0, 9, 1, 5), Candidate(4, 3, 0, 8, 1, 5)]
    found = match([opening(), opening(day="tue")], {(0, "a"): plain + wanted}, [], {5: room}, 10)
    assert found.taken[0, "a"] == taken


def test_who_weighs_variety_more_is_not_counted_first_unless_it_goes_out_first() -> None:
    """The first place takes b. The third would have 60 for a second a, 75 for a second b, but 100 for a first a."""
    openings = [
        opening(order=0, a=0, b=500),
        opening(order=1, a=0),
        opening(order=2, variety=(100, 60, 20, 0), a=0, b=15),
    ]
    pools = {
        (0, "a"): [Candidate(key, key, 0, 0) for key in (1, 2)],
        (0, "b"): [Candidate(key, key, 0, 0) for key in (3, 4)],
    }
    assert match(openings, pools, [], {}, 10).kinds == ("b", "a", "b")


@pytest.mark.parametrize(("order", "kind"), [(0, "b"), (2, "a")])
def test_what_goes_out_earlier_that_day_counts_and_what_goes_out_later_does_not(order: int, kind: str) -> None:
    pools = {(0, "a"): [Candidate(1, 0, 0, 0)], (0, "b"): [Candidate(2, 1, 0, 0)]}
    occasions = [Occasion("mon", order, "a"), Occasion("tue", 0, "a")]
    assert match([opening(order=1, a=10, b=0)], pools, occasions, {}, 10).kinds == (kind,)


def test_nothing_is_promised_when_there_is_no_time() -> None:
    found = match([opening()], {(0, "a"): [Candidate(1, 0, 0, 1)]}, [], {}, 0)
    assert found.kinds in ((None,), ("a",))
    assert not found.proven or found.kinds == ("a",)
