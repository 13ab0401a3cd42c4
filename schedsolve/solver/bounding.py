"""The bound side of the search: every day solved for itself at its prices, and the whole model best bound first."""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from .decomposition import PRECISION, Decomposition
from .draft import WeekDraft
from .progress import Reporter
from .runner import Answer, Method, Runner

FIRST = 0.5
"""Share of the budget for a first look at all days: an attempt to solve them, which most smaller days are by then."""
FULL_DAY = 14
"""Sends of a day from which on that is hopeless."""
LONGER = 1.5
"""Times as much work as before that makes another attempt to bound a day worth it."""
LEAST = 0.25
"""Deterministic time below which a day's bound is seldom better than its part of the linear relaxation's."""


@dataclass(frozen=True)
class ByDays:
    """A bound, the deterministic time that it took, and how far days are from being solved to the end; in units."""

    bound: int
    work: float
    open: float


def bound_by_days(days: Decomposition, budget: float, runner: Runner, reporter: Reporter) -> ByDays | None:
    """The bound by days; None without a budget or prices.

    Each day has an even share, or in a long plan, the first days have one that is worth it; what those that are proved
    leave is spent on the others. A day that was not looked at counts with what it earns by the prices of its own rows.
    """
    if not budget or not days.complete:
        return None
    most = dict(days.relaxed)
    worth: dict[int, int] = {}
    spent, unproved = 0.0, list(days.days)
    full = max(quota.total for quota in days.draft.week.quotas) >= FULL_DAY
    limit = (1.0 if full else FIRST) * budget / len(unproved)
    method: Method = "bound" if full else "optimise"
    with ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1)) as pool:
        while unproved and not runner.stopped:
            turns = unproved[: int((budget - spent) / max(limit, LEAST) + 0.5)]
            answers = list(pool.map(partial(_bound_day, days, runner, max(limit, LEAST), method), turns))
            for day, answer in zip(turns, answers, strict=True):
                spent += answer.work
                most[day] = most[day] if answer.bound is None else min(answer.bound, most[day])
                if answer.solution:
                    worth[day] = max(answer.value, worth.get(day, answer.value))
            reporter.tell("proving", bound=days.bound(most))
            proved = {day for day, answer in zip(turns, answers, strict=True) if answer.optimal}
            untried = unproved[len(turns) :]
            unproved = untried + [day for day in turns if day not in proved]
            last, limit = limit, (budget - spent) / max(1, len(unproved))
            if not turns or (method == "bound" and limit < LONGER * last and not untried):
                break
            method = "bound"
    open_ = sum(most[day] - worth.get(day, -math.inf) for day in days.days) / PRECISION
    return ByDays(days.bound(most), spent, open_)


def _bound_day(days: Decomposition, runner: Runner, limit: float, method: Method, day: int) -> Answer:
    return runner.solve(days.alone(day).model, limit, method)


def prove(draft: WeekDraft, budget: float, runner: Runner, reporter: Reporter) -> Answer:
    """A bound for the whole model.

    No hint: following one costs half of a standard budget (a bound of 5.1 % instead of 2.7 % above the best plan).
    """
    return runner.solve(
        draft.tight.model.clone(), budget, "bound", on_bound=lambda bound: reporter.tell("proving", bound=int(bound))
    )
