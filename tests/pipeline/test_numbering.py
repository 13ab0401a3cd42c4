"""Priorities and slot numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.catalog import CATALOG, Category
from schedsolve.pipeline.numbering import priorities, slot_numbers
from schedsolve.solver.decode import DecidedSend

TYPES = {"R": "ppv_unlock", "E": "bump_normal", "T": "renew_on_post"}
days = st.lists(st.tuples(st.sampled_from("RET"), st.integers(1, 5)), max_size=14)


def sends_of(letters: str) -> list[DecidedSend]:
    return [DecidedSend(500 + 45 * place, 0, CATALOG[TYPES[letter]], None) for place, letter in enumerate(letters)]


def order(letters: str, worth: list[float] | None = None) -> str:
    """The day's sends in slot order, each by category and priority."""
    sends = sends_of(letters)
    ranks = priorities(sends, worth or [1.0] * len(sends))
    numbers = slot_numbers(sends, ranks)
    named = {number: f"{letters[place]}{ranks[place]}" for place, number in enumerate(numbers)}
    return " ".join(named[number] for number in sorted(named))


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("RRREEETT", "R1 E1 R2 E2 T1 R3 E3 T2"),
        ("TTEEERRR", "R1 E1 R2 E2 T1 R3 E3 T2"),
        ("RERETRET", "R1 E1 R2 E2 T1 R3 E3 T2"),
        ("RRRRRREEEEETT", "R1 E1 R2 E2 T1 R3 E3 R4 E4 T2 R5 E5 R6"),
        ("RRR", "R1 R2 R3"),
        ("EET", "E1 E2 T1"),
        ("TTT", "T1 T2 T3"),
        ("RRTT", "R1 R2 T1 T2"),
        ("R", "R1"),
        ("", ""),
    ],
)
def test_slots_alternate_and_an_empty_category_is_skipped(letters: str, expected: str) -> None:
    assert order(letters) == expected


def test_the_dearest_of_a_category_comes_first_and_of_equals_the_earliest() -> None:
    sends = sends_of("RRRE")
    assert priorities(sends, [1, 3, 3, 9]) == [3, 1, 2, 1]
    assert slot_numbers(sends, [3, 1, 2, 1]) == [4, 1, 3, 2]


@given(days)
def test_slots_are_numbered_from_one_without_gaps_and_priorities_within_each_category(
    day: list[tuple[str, int]],
) -> None:
    sends = sends_of("".join(letter for letter, _ in day))
    worth = [float(value) for _, value in day]
    ranks = priorities(sends, worth)
    numbers = slot_numbers(sends, ranks)
    assert sorted(numbers) == list(range(1, len(day) + 1))
    for category in Category:
        places = [place for place, send in enumerate(sends) if send.send_type.category is category]
        assert sorted(ranks[place] for place in places) == list(range(1, len(places) + 1))
        by_rank = sorted(places, key=lambda place: ranks[place])
        assert [worth[place] for place in by_rank] == sorted((worth[place] for place in places), reverse=True)
        assert sorted(places, key=lambda place: numbers[place]) == by_rank
