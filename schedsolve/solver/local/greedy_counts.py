"""How many sends of each category the greedy method places on a day: the quotas, less what a day cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from ...constraints.preferences.balanced_week import MILLION
from ...constraints.preferences.full_range import LACKING
from .problem import CATEGORIES, Problem


def wanted_sends(problem: Problem) -> list[list[int]]:
    """Sends to place by day and category: the quotas, less what a day cannot hold, as cheap and balanced as may be."""
    wanted: list[list[int]] = []
    held_on: list[list[int]] = []
    for day in range(problem.days):
        counts = list(problem.quota[day])
        for category, kinds in enumerate(problem.types_in):
            counts[category] = counts[category] if kinds else 0
        locked = [0] * len(CATEGORIES)
        for lock in problem.locks[day]:
            locked[problem.category[lock[1]]] += 1
        if problem.ranges:
            counts = _cheapest_mix(problem, day, counts, locked)
        while sum(counts) > problem.capacity[day] and any(c > held for c, held in zip(counts, locked, strict=True)):
            counts[_cheapest(problem, day, counts, locked)] -= 1
        wanted.append([max(0, count - held) for count, held in zip(counts, locked, strict=True)])
        held_on.append(locked)
    for week, days in enumerate(problem.weeks):
        if problem.balanced[week]:
            _balance(problem, days, wanted, held_on)
    return wanted


def _balance(problem: Problem, days: range, wanted: list[list[int]], held_on: list[list[int]]) -> None:
    """Where a week is off balance, let days miss sends of another category instead."""
    categories = range(len(CATEGORIES))
    for _ in range(sum(sum(problem.quota[day]) for day in days)):
        counts = [sum(wanted[day][c] + held_on[day][c] for day in days) for c in categories]
        off = next(
            ((c, sign) for c, share, sign in problem.bounds if sign * (MILLION * counts[c] - share * sum(counts)) < 0),
            None,
        )
        if off is None:
            return
        category, sign = off
        trades = (
            (day, category, other) if sign > 0 else (day, other, category)
            for day in days
            for other in categories
            if other != category
        )
        trade = next(
            (
                (day, more, less)
                for day, more, less in trades
                if wanted[day][less] and wanted[day][more] + held_on[day][more] < problem.quota[day][more]
            ),
            None,
        )
        if trade is None:
            return
        day, more, less = trade
        wanted[day][more] += 1
        wanted[day][less] -= 1


def _cheapest(problem: Problem, day: int, counts: list[int], locked: list[int]) -> int:
    """The category that loses least by one more missing send."""

    def cost(category: int) -> int:
        losses = problem.missing[day][category]
        if len(losses) == 1:
            return 0
        return losses[counts[category] - 1] - losses[counts[category]]

    return min((c for c in range(len(CATEGORIES)) if counts[c] > locked[c]), key=cost)


def _cheapest_mix(problem: Problem, day: int, most: Sequence[int], least: Sequence[int]) -> list[int]:
    """As many sends as the day can hold, mixed so that quotas and ranges together lose least.

    What a range lacks does not grow evenly with what is left out, so that all mixes are looked at.
    """
    total = max(min(sum(most), problem.capacity[day]), sum(map(min, most, least)))

    def cost(counts: tuple[int, ...]) -> int:
        losses = sum(row[count] for row, count in zip(problem.missing[day], counts, strict=True) if len(row) > 1)
        return losses + LACKING * sum(asked.lacking(day, counts) for asked in problem.ranges)

    mixes = product(*(range(min(low, high), high + 1) for low, high in zip(least, most, strict=True)))
    best = min((mix for mix in mixes if sum(mix) == total), key=cost)
    return list(best)
