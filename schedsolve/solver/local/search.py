"""Local search from decision to decision, as the search over the model uses it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ...constraints.preference import POINT
from ...model.week import Week
from ..decode import Decision
from .annealing import Annealing
from .decision import decision_of, state_of
from .greedy import greedy_state
from .problem import Problem

HOT, WARM = 3.0 * POINT, 2.0 * POINT
"""Temperature at the start: from the first plan, and from one that was improved."""
NOTE = 1000
"""Moves between two reports of better plans."""


class LocalSearch:
    """A week in numbers, and plans found by moving its sends about. Outcomes depend on seeds and moves alone.

    `told` says that somebody heard of a first plan.
    """

    def __init__(self, week: Week) -> None:
        self._problem = Problem(week)
        self._first: dict[str, Decision] = {}
        self.told = False

    def first(self, seed: str, tell: Callable[[int], None] | None = None) -> Decision:
        """A greedy plan; what found no place is missing. `tell` hears of a new one that breaks no rule, in units."""
        if seed not in self._first:
            state = greedy_state(self._problem, Random(seed))
            self._first[seed] = decision_of(self._problem, state.days)
            if tell is not None and not state.faults:
                self.told = True
                tell(state.units)
        return self._first[seed]

    def annealed(
        self,
        decision: Decision,
        moves: int,
        seed: str,
        goes_on: Callable[[], bool] = lambda: True,
        tell: Callable[[int], None] = lambda _: None,
    ) -> Decision:
        """The best plan met in so many moves from a given one; `tell` hears of better ones, in units."""
        search = Annealing(state_of(self._problem, decision), Random(seed))
        told, noted = search.best, 0

        def watched() -> bool:
            nonlocal told, noted
            if search.made - noted >= NOTE:
                noted = search.made
                if search.best > told and not search.best[0]:
                    told = search.best
                    tell(told[1])
            return goes_on()

        search.round(moves, HOT, watched)
        return decision_of(self._problem, search.best_days)

    def shaken(self, decision: Decision, moves: int, seed: str, goes_on: Callable[[], bool] = lambda: True) -> Decision:
        """Another good plan near a given one: where so many moves end, better or not."""
        state = state_of(self._problem, decision)
        Annealing(state, Random(seed)).round(moves, WARM, goes_on)
        return decision_of(self._problem, state.days)
