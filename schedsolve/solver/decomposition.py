"""The plan by days: rows that tie days together are priced, then each day is a problem of its own.

For any prices p >= 0 of rows a x <= b, no plan is worth more than p b + the sum over days of the best that each can
make of its own worth less p a (Lagrangian relaxation; Geoffrion 1974). With the prices of the linear relaxation that
bound is better than the relaxation's by all that the relaxation gives away within a day: on a week of 13 sends a day
0.5 %, in a tenth of the time in which the whole model proves as much. The same prices tell a day that is planned before
the others what its sends will cost them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from .draft import WeekDraft
from .excerpt import Excerpt, Whole
from .relaxation import Row, prices, rows_of
from .runner import Answer, Runner, Solution

PRECISION = 1000
"""Prices and priced worth are in units / PRECISION."""


@dataclass(frozen=True)
class Priced:
    """An objective with some rows priced: `worth` by variable, and `base`."""

    worth: Mapping[int, int]
    base: int


class Decomposition:
    """A draft's model with the rows that tie its days and their prices."""

    def __init__(
        self, draft: WeekDraft, time_limit: float | None = None, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self.draft = draft
        self.complete = False
        self.days = tuple(draft.week.days)
        self.whole = Whole(draft.model)
        if stopped():
            return
        self.tight = Whole(draft.tight)
        rows = tuple(rows_of(self.tight))
        paid = None if stopped() else prices(self.tight, rows, time_limit)
        if paid is None:
            return
        self.complete = True
        self._prices = [round(PRECISION * price) for price in paid]
        self._rows = rows
        self._tying = tuple(place for place, row in enumerate(rows) if self._ties(row))
        self._of_day: dict[int, list[int]] = {day: [] for day in self.days}
        self._of_plan: list[int] = []
        for variable in range(len(self.tight.domains)):
            self._of_day.get(draft.home.get(variable, -1), self._of_plan).append(variable)

    def _ties(self, row: Row) -> bool:
        homes = {self.draft.home.get(v) for v in row.variables if v not in self.tight.constants}
        return len(homes) > 1

    def _priced(self, places: Iterable[int]) -> Priced:
        """The objective with these rows priced instead of posted."""
        worth = {variable: PRECISION * units for variable, units in self.whole.worth.items()}
        base = PRECISION * self.whole.base
        for place in places:
            row, price = self._rows[place], self._prices[place]
            side = row.high if price > 0 else row.low
            if not price or math.isinf(side):
                continue
            base += price * round(side)
            for variable, coefficient in zip(row.variables, row.coefficients, strict=True):
                worth[variable] = worth.get(variable, 0) - price * coefficient
        return Priced(worth, base)

    def _most(self, priced: Priced, variables: Iterable[int]) -> int:
        """What variables earn at most when nothing but their domains holds them."""
        domains = self.tight.domains
        ends = ((priced.worth.get(v, 0), domains[v][0], domains[v][-1]) for v in variables)
        return sum(max(worth * low, worth * high) for worth, low, high in ends)

    def relaxed_bound(self) -> int:
        """The linear relaxation's bound, in units: all rows at their prices in whole numbers, safe from rounding."""
        priced = self._priced(range(len(self._rows)))
        return (priced.base + self._most(priced, range(len(self.tight.domains)))) // PRECISION

    @cached_property
    def _all_priced(self) -> Priced:
        """The objective with all tying rows priced."""
        return self._priced(self._tying)

    def alone(self, day: int) -> Excerpt:
        """A day for itself, what it takes from the others priced."""
        return self.tight.within(self._of_day[day], self._all_priced.worth)

    def bound(self, most: Mapping[int, int]) -> int:
        """The bound, in units, that follows from what each day can earn at most when alone."""
        priced = self._all_priced
        return (priced.base + self._most(priced, self._of_plan) + sum(most.values())) // PRECISION

    def build(self, runner: Runner, limit: float, start: Solution) -> tuple[Solution | None, float]:
        """Plan day after day, those with locks first; what the days to come want is told by prices.

        `start` is any plan and serves as a hint for a day that finds nothing without. A day for which there is no room
        beside those planned before is planned anew together with its neighbours. The second value is the work it took.
        """
        locks = Counter(self.draft.week.horizon.day_of(lock.minute) for lock in self.draft.week.locks)
        known = dict(self.whole.constants)
        done: set[int] = set()
        work = 0.0
        for day in sorted(self.days, key=lambda day: (-locks[day], day)):
            answer: Answer | None = None
            near = {day, *done.intersection((day - 1, day + 1))}
            for together, hinted in (({day}, False), ({day}, True), (near, True), (near | {day - 2} & done, True)):
                if hinted and together == {day} and answer is not None and answer.infeasible:
                    continue
                part = self._beside(together, done - together, known)
                hint = part.narrowed(start) if hinted else None
                answer = runner.solve(part.model, limit * len(together), hint=hint)
                work += answer.work
                if answer.solution or runner.stopped:
                    break
            if answer is None or not answer.solution:
                return None, work
            done.add(day)
            for variable, value in zip(part.variables, answer.solution, strict=True):
                if variable not in self.draft.chained:
                    known[variable] = value
        return tuple(known.get(variable, 0) for variable in range(len(self.whole.domains))), work

    def _lean(self, days: Iterable[int]) -> set[int]:
        """The variables of some days that the model without implied rows has."""
        end = len(self.whole.domains)
        return {variable for day in days for variable in self._of_day[day] if variable < end}

    def _beside(self, days: Collection[int], done: Collection[int], known: Mapping[int, int]) -> Excerpt:
        """Some days with their chains into the days planned before, which are held; rows to the others are priced."""
        free = self._lean(days)
        free |= {variable for variable in self.draft.chained if self.draft.home[variable] in done}
        held = {variable: value for variable, value in known.items() if variable not in free}
        waiting = [
            place
            for place in self._tying
            if any(v in free for v in self._rows[place].variables)
            and any(v not in free and v not in held for v in self._rows[place].variables)
        ]
        return self.whole.beside(free, held, self._priced(waiting).worth)

    def around(self, days: Collection[int], solution: Solution) -> Excerpt:
        """Some days and all chains, the sends of all other days held."""
        return self.whole.around(
            self._lean(days) | self.draft.chained | {v for v in self._of_plan if v < len(self.whole.domains)}, solution
        )
