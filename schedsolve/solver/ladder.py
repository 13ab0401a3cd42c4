"""How far down the relaxation ladder each day must go: no further than the solver proves to be needed.

One model holds every step at once. A literal per day and step says that the day stands on it or further down; spacing
and avoided hours hold as far as these leave them. First the number of missing sends is minimised, then the steps:
a further step on one day weighs more than any earlier ones on all days.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import IntVar, LinearExpr

from ..constraints.draft import FollowupVar
from ..model.capacity import unplaceable
from ..model.catalog import FOLLOWUP, Category
from ..model.climb import Climb, lowest
from ..model.ladder import LADDER, OPENING
from ..model.week import Week
from .compose import post_rules
from .draft import WeekDraft
from .runner import Runner
from .shortage import shortage

COUNTING = 10.0
"""Deterministic time to find and prove the least number of missing sends, and again for the least steps."""
RULE = "ladder"


def climb(week: Week, runner: Runner) -> Climb | None:
    """How far each day must go; None when no step leads to a plan, or none was found within the budget."""
    plain = shortage(week, runner)
    if plain is not None and plain.total <= sum(unplaceable(lowest(week))):
        return Climb({}, {}, plain.total, True)
    steps = _descend(week, runner, moving=False)
    if steps is None and plain is not None:
        return Climb({}, {}, plain.total, False)
    if steps is None or steps.missing == 0:
        return steps
    moved = _descend(week, runner, moving=True)
    return moved if moved is not None and moved.missing < steps.missing else steps


def _descend(week: Week, runner: Runner, moving: bool) -> Climb | None:
    draft = LadderDraft(week, moving)
    draft.compose()
    dropped = sum(draft.dropped.values())
    draft.model.minimize(dropped)
    first = runner.solve(draft.model, COUNTING)
    if not first.solution:
        return None
    draft.model.clear_objective()
    draft.model.add(dropped <= first.value)
    draft.model.minimize(draft.descent)
    second = runner.solve(draft.model, COUNTING, hint=first.solution)
    solution = second.solution or first.solution
    taken = {day: [step for step in OPENING if solution[on[step].index]] for day, on in draft.on.items()}
    steps = {day: max(on) for day, on in taken.items() if on}
    moves = {key: solution[amount.index] for key, amount in draft.moved.items() if solution[amount.index]}
    return Climb(steps, moves, first.value, first.optimal and second.optimal)


class LadderDraft(WeekDraft):
    """The rules of a week at the last step, and literals that hold back what earlier steps do not open."""

    separate = True

    def __init__(self, week: Week, moving: bool) -> None:
        super().__init__(lowest(week))
        self._upper = week
        self._moving = moving

    def compose(self) -> None:
        """Post every rule, then what the steps hold back."""
        post_rules(self)
        self._post_shortfalls()
        self._hold_spacing()
        self._hold_hours()

    @cached_property
    def on(self) -> dict[int, dict[int, IntVar]]:
        """Per day and step, whether the day stands there or further down."""
        found = {}
        for day in self._week.days:
            literals = {step: self.literal(f"step {step}", day) for step in OPENING}
            for earlier, later in pairwise(OPENING):
                self.model.add_implication(literals[later], literals[earlier])
            found[day] = literals
        return found

    @cached_property
    def descent(self) -> LinearExpr:
        """What is minimised second: moved sends first, then further steps before more days."""
        more = len(self._week.days) + 1
        steps = [more**place * literal for on in self.on.values() for place, literal in enumerate(on.values())]
        return cp_model.LinearExpr.sum([*steps, *(more ** len(OPENING) * amount for amount in self.moved.values())])

    @cached_property
    def followups(self) -> tuple[FollowupVar, ...]:
        """None: no rule demands any."""
        return ()

    @cached_property
    def shortfalls(self) -> Mapping[tuple[int, Category], IntVar]:
        """Quota less sends placed: below 0 where a day takes over sends of the day before."""
        most = {key: self._quota(*key) for key in self._keys}
        return {
            (day, category): self.integer(
                -most.get((day - 1, category), 0) if self._moving else 0, count, "shortfall", day
            )
            for (day, category), count in most.items()
        }

    @cached_property
    def dropped(self) -> dict[tuple[int, Category], IntVar]:
        """Sends that go out on no day."""
        return {key: self.integer(0, self._quota(*key), "dropped", key[0]) for key in self._keys}

    @cached_property
    def moved(self) -> dict[tuple[int, Category], IntVar]:
        """Sends that the next day takes over."""
        keys = [(day, category) for day, category in self._keys if self._moving and day + 1 in self._week.days]
        return {key: self.integer(0, self._quota(*key), "moved", key[0]) for key in keys}

    @property
    def _keys(self) -> list[tuple[int, Category]]:
        return [(day, category) for day in self._week.days for category in Category]

    def _quota(self, day: int, category: Category) -> int:
        return self._week.quotas[day].of(category) if self._week.scenario.rules.daily_quota.enabled else 0

    def _post_shortfalls(self) -> None:
        """What a day lacks it drops, hands on, or makes up for the day before; it never holds more than its total."""
        for day in self._week.days:
            for category in Category:
                key = (day, category)
                balance = self.dropped[key] + self.moved.get(key, 0) - self.moved.get((day - 1, category), 0)
                self.add(RULE, "", self.shortfalls[key] == balance)
            if self._moving:
                self.add(RULE, "", sum(self.shortfalls[day, category] for category in Category) >= 0)

    def _hold_spacing(self) -> None:
        if not self._week.scenario.rules.min_spacing.enabled:
            return
        for first, second in pairwise(self.slots):
            needed = self._upper.spacing(second.day) * second.used - self._given_up(second.day)
            self.add(RULE, "", second.start >= first.start + needed)
        past = [send.minute for send in self._week.past if send.send_type.key != FOLLOWUP]
        for slot in self.slots:
            if past and slot.earliest < max(past) + self._upper.spacing(slot.day):
                opening = max(past) + self._upper.spacing(slot.day) - self._given_up(slot.day)
                self.imply(RULE, "", [slot.used], slot.start >= opening)

    def _given_up(self, day: int) -> LinearExpr | int:
        """Minutes of spacing that a day's steps give up."""
        at = {step: min(self._upper.spacing(day), LADDER[step].spacing) for step in (0, *OPENING)}
        return sum((at[earlier] - at[later]) * self.on[day][later] for earlier, later in pairwise(at))

    def _hold_hours(self) -> None:
        if not self._week.scenario.rules.avoid_hours.enabled:
            return
        for slot in self.slots:
            avoided = self._upper.avoided_hours(slot.day)
            hours = (np.arange(slot.segment.start, slot.segment.end) - slot.segment.midnight) // 60
            for earlier, later in pairwise((0, *OPENING)):
                held = avoided & (LADDER[later].opened - LADDER[earlier].opened)
                closed = np.isin(hours, sorted(held))
                if closed.any():
                    left = cp_model.Domain.from_values((np.flatnonzero(~closed) + slot.segment.start).tolist())
                    row = self.model.add_linear_expression_in_domain(slot.start, left)
                    row.only_enforce_if(slot.used, ~self.on[slot.day][later])
