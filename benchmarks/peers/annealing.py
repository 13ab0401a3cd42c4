"""Simulated annealing over a whole week, as local-search planners do it.

It starts from the greedy plan and makes one random move after the other. A move that does not lose is kept, one that
loses x is kept with probability exp(-x / temperature) (Metropolis criterion; Kirkpatrick, Gelatt and Vecchi, 1983).
Broken rules and missing sends cost a penalty. The temperature falls over a round of moves; each round after the first
starts from the best plan, less hot. Rounds are counted in moves, so that the clock alone decides when it all ends.
"""

from __future__ import annotations

import math
import time
from random import Random

from schedsolve.constraints.preference import POINT
from schedsolve.constraints.preferences.full_quota import MISSING
from schedsolve.model.week import Week

from .greedy import SPREAD, greedy_state
from .greedy_repair import drop_faults
from .local_decision import decision_of
from .local_problem import Problem
from .local_proposer import Change
from .local_state import State
from .moves import Moves
from .peer import Found

FIRST_HOT, HOT, COLD = 5.0 * POINT, 3.0 * POINT, 0.15 * POINT
"""Temperatures: at the start of the first round, of the later ones, and at the end of each."""
FIRST_ROUND, ROUND = 2500, 5000
"""Moves that the first round, and each later one, has for each day of the week."""
FIRST_MOST, MOST = 3000, 6000
"""And at most, for each second of the given time: long weeks should cool down before it is over."""
FAULT, LAST_FAULT = 30.0 * POINT, 1500.0 * POINT
"""Penalty for a broken rule: at the start of a round, and at its end, where no send is worth a fault."""
STRATEGY_FAULT = 10_000.0 * POINT
"""Penalty for a broken rule of strategies: the draw of strategies weighs more than anything else."""
KEPT = 3 * POINT
"""What a missing send costs while searching; its full price would leave no way through plans that miss one."""
HOPE = 15.0 * POINT
"""What the coupling of days may add to a move at most: one that loses more by its days alone is not looked at."""
STARTS = 3
"""Greedy plans at most from which the best is taken as the start."""
STEP, REPORT = 16, 1000
"""Moves between two looks at the clock, and between two reports of better plans."""


class Annealing:
    """The annealing planner. `moves` ends it after so many moves, where the time would leave room for more."""

    name = "annealing"

    def __init__(self, moves: int | None = None) -> None:
        self._moves = moves

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Anneal until the time is over; nothing is proved."""
        until = time.monotonic() + seconds
        problem, chance = Problem(week), Random(seed)
        state = _start(problem, chance, until)
        search = _Search(state, chance, found)
        search.left = self._moves
        search.report()
        search.round(min(FIRST_ROUND * problem.days, int(FIRST_MOST * seconds)), FIRST_HOT, until)
        while search.goes_on(until):
            search.restart()
            search.round(min(ROUND * problem.days, int(MOST * seconds)), HOT, until)
        search.report()
        return None


def _start(problem: Problem, chance: Random, until: float) -> State:
    """The greedy plan; where it misses sends that fit by arithmetic, the best of several."""
    lost = sum(max(0, sum(quota) - most) for quota, most in zip(problem.quota, problem.capacity, strict=True))
    best = greedy_state(problem, chance, SPREAD, until)
    for _ in range(STARTS - 1):
        if best.missing <= lost or time.monotonic() > until:
            break
        state = greedy_state(problem, chance, SPREAD, until)
        best = max(best, state, key=lambda state: (-state.faults, state.units))
    return best


class _Search:
    """A running search: its state, the best plan so far, and what was reported of it."""

    def __init__(self, state: State, chance: Random, found: Found) -> None:
        self._state = state
        self._chance = chance
        self._moves = Moves(state, chance)
        self._found = found
        self._best = (-state.faults, state.units)
        self._best_days = list(state.days)
        self._reported = False
        self.left: int | None = None
        self.made = 0

    def goes_on(self, until: float) -> bool:
        """Whether time and moves are left."""
        return time.monotonic() < until and (self.left is None or self.made < self.left)

    def restart(self) -> None:
        """Go back to the best plan."""
        for day, best in enumerate(self._best_days):
            self._state.swap(day, best)

    def report(self) -> None:
        """Tell the best plan, unless that was done."""
        if not self._reported:
            self._found(decision_of(self._state.problem, self._best_days))
            self._reported = True

    def round(self, moves: int, hot: float, until: float) -> None:
        """So many moves while it cools; sends that break a rule at the end go out."""
        self._cool(moves, hot, until)
        if self._state.faults:
            drop_faults(self._state)
            self._note()

    def _cool(self, moves: int, hot: float, until: float) -> None:
        """Make random moves while the temperature falls and the penalty of faults rises."""
        state, propose, random = self._state, self._moves.propose, self._chance.random
        temperature, fault, energy, checked = hot, FAULT, 0.0, self.made
        for made in range(moves):
            if made % STEP == 0:
                if not self.goes_on(until):
                    return
                temperature = hot * (COLD / hot) ** (made / moves)
                fault = FAULT * (LAST_FAULT / FAULT) ** (made / moves)
                energy = _energy(state, fault)
            self.made += 1
            changes = propose()
            least = temperature * math.log(1.0 - random())
            if not changes or (not state.faults and _days_gain(state, changes, fault) + HOPE < least):
                continue
            olds = [(day, state.swap(day, new)) for day, new in changes]
            reached = _energy(state, fault)
            if reached - energy >= least:
                energy = reached
                self._note()
            else:
                for day, old in reversed(olds):
                    state.swap(day, old)
            if self.made - checked >= REPORT:
                checked = self.made
                self.report()

    def _note(self) -> None:
        """Remember the plan if it is the best so far: fewest faults, then most units."""
        reached = (-self._state.faults, self._state.units)
        if reached > self._best:
            self._best, self._best_days, self._reported = reached, list(self._state.days), False


def _energy(state: State, fault: float) -> float:
    """What the search maximises: units, with its own price of missing sends, less penalties."""
    units = state.units + (MISSING - KEPT) * state.missing
    return units - fault * state.faults - STRATEGY_FAULT * state.strategy_faults


def _days_gain(state: State, changes: list[Change], fault: float) -> float:
    """What a move gains by its days alone."""
    gain = 0.0
    for day, new in changes:
        old = state.days[day]
        gain += new.units - old.units + (MISSING - KEPT) * (new.missing - old.missing)
        gain -= fault * (new.faults - old.faults)
    return gain
