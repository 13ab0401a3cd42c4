"""Priorities and slot numbers: the dearest send of a category comes first, categories take turns."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.catalog import Category
from ..solver.decode import DecidedSend

TURNS = (Category.REVENUE, Category.ENGAGEMENT, Category.REVENUE, Category.ENGAGEMENT, Category.RETENTION)
"""Slots are numbered in this order of categories, over and over; an empty category is passed over."""


def priorities(sends: Sequence[DecidedSend], worth: Sequence[float]) -> list[int]:
    """Rank 1, 2, ... of each of a day's sends within its category: by worth, then by time."""
    ranks = [0] * len(sends)
    for category in Category:
        places = [place for place, send in enumerate(sends) if send.send_type.category is category]
        for rank, place in enumerate(sorted(places, key=lambda p: (-worth[p], sends[p].minute)), start=1):
            ranks[place] = rank
    return ranks


def slot_numbers(sends: Sequence[DecidedSend], ranks: Sequence[int]) -> list[int]:
    """Number 1, 2, ... of each of a day's sends: R1 E1 R2 E2 T1 R3 E3 R4 E4 T2 and so on."""
    queues = {
        category: sorted(
            (place for place, send in enumerate(sends) if send.send_type.category is category),
            key=lambda place: ranks[place],
        )
        for category in Category
    }
    numbers = [0] * len(sends)
    given, turn = 0, 0
    while given < len(sends):
        queue = queues[TURNS[turn % len(TURNS)]]
        if queue:
            given += 1
            numbers[queue.pop(0)] = given
        turn += 1
    return numbers
