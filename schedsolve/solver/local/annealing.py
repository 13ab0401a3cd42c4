"""Simulated annealing over a whole week: one random move after the other.

A move that does not lose is kept, one that loses x is kept with probability exp(-x / temperature) (Metropolis
criterion; Kirkpatrick, Gelatt and Vecchi, 1983). Broken rules and missing sends cost a penalty that rises while the
temperature falls.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from ...constraints.preference import POINT
from ...constraints.preferences.full_quota import MISSING
from ...constraints.preferences.full_range import LACKING
from .greedy_repair import drop_faults
from .moves import Moves
from .proposer import Change
from .state import State

COLD = 0.15 * POINT
"""Temperature at the end of a round."""
FAULT, LAST_FAULT = 30.0 * POINT, 1500.0 * POINT
"""Penalty for a broken rule: at the start of a round, and at its end, where no send is worth a fault.

In a week with ranges or campaigns it starts at what a lacking send costs, or every round would begin with buying these
for faults.
"""
STRATEGY_FAULT = 10_000.0 * POINT
"""Penalty for a broken rule of strategies: the draw of strategies weighs more than anything else."""
KEPT = 3 * POINT
"""What a missing send costs while searching; its full price would leave no way through plans that miss one."""
HOPE = 15.0 * POINT
"""What the coupling of days may add to a move at most: one that loses more by its days alone is not looked at."""
CAMPAIGN = 250.0 * POINT
"""What a day that can carry another campaign may add to a move besides."""
STEP = 16
"""Moves between two questions whether to go on."""


class Annealing:
    """A running search: its state and the best plan so far, `best` being its faults, negative, and its units."""

    def __init__(self, state: State, chance: Random) -> None:
        self._state = state
        self._chance = chance
        self._moves = Moves(state, chance)
        self.best = (-state.faults, state.units)
        self.best_days = list(state.days)
        self.made = 0

    def restart(self) -> None:
        """Go back to the best plan."""
        for day, best in enumerate(self.best_days):
            self._state.swap(day, best)

    def round(self, moves: int, hot: float, goes_on: Callable[[], bool] = lambda: True) -> None:
        """So many moves while it cools from `hot`; sends that break a rule at the end go out."""
        self._cool(moves, hot, goes_on)
        if self._state.faults:
            drop_faults(self._state)
            self._note()

    def _cool(self, moves: int, hot: float, goes_on: Callable[[], bool]) -> None:
        """Make random moves while the temperature falls and the penalty of faults rises."""
        state, propose, random = self._state, self._moves.propose, self._chance.random
        costly = state.problem.ranges or state.problem.campaigns is not None
        first_fault = float(LACKING) if costly else FAULT
        temperature, fault, energy = hot, first_fault, 0.0
        for made in range(moves):
            if made % STEP == 0:
                if not goes_on():
                    return
                temperature = hot * (COLD / hot) ** (made / moves)
                fault = first_fault * (LAST_FAULT / first_fault) ** (made / moves)
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

    def _note(self) -> None:
        """Remember the plan if it is the best so far: fewest faults, then most units."""
        reached = (-self._state.faults, self._state.units)
        if reached > self.best:
            self.best, self.best_days = reached, list(self._state.days)


def _energy(state: State, fault: float) -> float:
    """What the search maximises: units, with its own price of missing sends, less penalties."""
    units = state.units + (MISSING - KEPT) * state.missing
    return units - fault * state.faults - STRATEGY_FAULT * state.strategy_faults


def _days_gain(state: State, changes: list[Change], fault: float) -> float:
    """What a move gains by its days alone, and may gain by their campaigns."""
    gain = 0.0
    for day, new in changes:
        old = state.days[day]
        gain += new.units - old.units + (MISSING - KEPT) * (new.missing - old.missing)
        gain -= fault * (new.faults - old.faults)
        if new.shown != old.shown:
            gain += CAMPAIGN
    return gain
