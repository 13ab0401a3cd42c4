"""The moves: each finds something to do, and none touches what is settled."""

from __future__ import annotations

from random import Random

import pytest

from schedsolve.solver.local.moves import SHARES, Move, Moves
from schedsolve.solver.local.proposer import Proposer

from .states import greedy, named_week, walk


def test_no_move_touches_a_lock_or_goes_past_a_quota() -> None:
    made, chance = named_week("08-twelve-locks"), Random(2)
    state = greedy(made, chance)
    problem = state.problem
    moves, wanted = Moves(state, chance), {(lock.minute, lock.send_type.key) for lock in made.locks}
    for _ in range(2000):
        for day, new in moves.propose():
            assert all(held <= quota for held, quota in zip(new.counts, problem.quota[day], strict=True))
            state.swap(day, new)
        held = {(minute, problem.rows[kind].key) for day in state.days[:-1] for minute, kind, _, _ in day.sends}
        assert held >= wanted


@pytest.mark.parametrize("move", [move for move, _ in SHARES], ids=lambda move: move.__name__)
def test_every_move_finds_something_to_do(move: Move) -> None:
    made, chance = named_week("14-high-paid"), Random(1)
    state = greedy(made, chance)
    walk(state, chance, boldness=3)
    proposer = Proposer(state, chance)
    assert any(move(proposer) for _ in range(300))
