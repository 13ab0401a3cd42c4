"""How few sends a week can do without: the least number missing, and whether it is proven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..model.capacity import unplaceable
from ..model.catalog import Category
from ..model.ranged import Ranged
from ..model.week import Week
from .compose import draft_rules
from .draft import WeekDraft
from .runner import Answer, Runner

FITTING, COUNTING = 2.0, 6.0
"""Deterministic time for a plan that misses no more than arithmetic demands, and for the least number otherwise."""
GLANCE = 0.5
"""Deterministic time for the first of these where nothing hangs on it."""


@dataclass(frozen=True)
class Shortage:
    """Sends missing by day and category, and how many are missing at least in any plan.

    `lacking` counts, by day and range, what a plan with so few sends missing lacks of the low ends.
    """

    missing: Mapping[tuple[int, Category], int]
    least: int
    lacking: Mapping[tuple[int, Ranged], int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All missing sends."""
        return sum(self.missing.values())

    @property
    def proven(self) -> bool:
        """Whether no plan misses fewer."""
        return self.total <= self.least


def shortage(week: Week, runner: Runner, thorough: bool = True) -> Shortage | None:
    """The plan that misses the fewest sends, as far as one is found; None without any within the budget.

    Where it is not to be thorough, only a plan that misses no more than arithmetic demands is looked for, briefly.
    """
    least = unplaceable(week)
    draft = draft_rules(week)
    model = draft.model.clone()
    for day, amount in enumerate(least):
        model.add(sum(missing for (on, _), missing in draft.shortfalls.items() if on == day) == amount)
    answer = runner.solve(model, FITTING if thorough else GLANCE, "satisfy")
    if answer.solution:
        return Shortage(_missing(draft, answer), sum(least))
    if not thorough:
        return None
    draft.model.minimize(sum(draft.shortfalls.values()))
    answer = runner.solve(draft.model, COUNTING)
    if not answer.solution:
        return None
    return Shortage(_missing(draft, answer), max(sum(least), answer.bound or 0))


def with_ranges(week: Week, short: Shortage, runner: Runner) -> Shortage:
    """With as few sends missing, a plan whose ranges lack as little as is found; the same without ranges."""
    if all(week.count_range(kind) is None for kind in Ranged):
        return short
    draft = draft_rules(week)
    draft.model.add(sum(draft.shortfalls.values()) <= short.total)
    draft.model.minimize(sum(draft.lacking.values()))
    answer = runner.solve(draft.model, COUNTING)
    if not answer.solution:
        return short
    lacking = {key: answer.solution[amount.index] for key, amount in draft.lacking.items()}
    return replace(
        short, missing=_missing(draft, answer), lacking={key: amount for key, amount in lacking.items() if amount}
    )


def _missing(draft: WeekDraft, answer: Answer) -> dict[tuple[int, Category], int]:
    return {
        key: answer.solution[amount.index] for key, amount in draft.shortfalls.items() if answer.solution[amount.index]
    }
