"""The moves of local search: small changes of a plan, proposed at random in fixed shares."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .moves_styles import change_strategy, change_style, follow_pattern
from .moves_times import change_followup, relocate, settle_day, shift
from .moves_types import add_or_trade, change_type, drop, swap_between_days, swap_in_day
from .proposer import Change, Proposer
from .state import State

Move = Callable[[Proposer], list[Change]]

SHARES: tuple[tuple[Move, int], ...] = (
    (change_type, 20),
    (swap_in_day, 10),
    (swap_between_days, 16),
    (relocate, 18),
    (shift, 4),
    (settle_day, 2),
    (change_style, 3),
    (follow_pattern, 2),
    (change_followup, 4),
    (change_strategy, 1),
    (add_or_trade, 5),
    (drop, 1),
)
"""Each move and how many of all proposals it gets; the shares add up to `sum` parts."""


class Moves:
    """Proposes changes to a state. An empty proposal means that the move was not possible this time."""

    def __init__(self, state: State, chance: Random) -> None:
        self._proposer = Proposer(state, chance)
        self._table = [move for move, share in SHARES for _ in range(share)]

    def propose(self) -> list[Change]:
        """The days that a random move would put in place of those of the state."""
        return self._table[self._proposer.below(len(self._table))](self._proposer)
