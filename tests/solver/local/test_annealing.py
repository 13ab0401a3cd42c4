"""A round of annealing: it keeps its best plan, and ends without broken rules however it ends."""

from __future__ import annotations

from random import Random

import pytest

from schedsolve.constraints.preference import POINT
from schedsolve.solver.local import annealing
from schedsolve.solver.local.annealing import STEP, Annealing
from schedsolve.solver.local.decision import decision_of, state_of
from schedsolve.solver.local.state import State

from .states import greedy, named_week

HOT = 3.0 * POINT


def begun(name: str, seed: int = 1) -> tuple[State, Annealing]:
    chance = Random(seed)
    state = greedy(named_week(name), chance)
    return state, Annealing(state, chance)


def test_the_best_plan_is_worth_what_is_said_and_a_restart_goes_back_to_it() -> None:
    state, search = begun("02-long-weekend")
    start = search.best
    search.round(3000, HOT)
    search.round(300, 20 * HOT)
    again = state_of(state.problem, decision_of(state.problem, search.best_days))
    assert search.best == (-again.faults, again.units) > start
    assert (-state.faults, state.units) != search.best
    search.restart()
    assert (-state.faults, state.units) == search.best


def test_a_round_makes_its_moves_and_asks_whether_to_go_on_every_few_of_them() -> None:
    _, search = begun("02-long-weekend")
    asked: list[int] = []

    def goes_on() -> bool:
        asked.append(search.made)
        return search.made < 10 * STEP

    search.round(5 * STEP, HOT, goes_on)
    assert search.made == 5 * STEP
    search.round(1000, HOT, goes_on)
    assert search.made == 10 * STEP
    assert asked == [*range(0, 5 * STEP, STEP), *range(5 * STEP, 11 * STEP, STEP)]


def test_what_breaks_a_rule_when_a_round_is_cut_short_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    met: list[int] = []

    def drop(state: State) -> None:
        met.append(state.faults)
        dropped(state)

    dropped = annealing.drop_faults
    monkeypatch.setattr(annealing, "drop_faults", drop)
    for cut in range(200, 1200, 100):
        state, search = begun("02-long-weekend", cut)
        search.round(10**6, 30 * HOT, lambda cut=cut, search=search: search.made < cut)
        assert state.faults == 0
    assert sum(met) > 0


def test_a_fault_costs_more_and_more_until_none_is_worth_a_send(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cooled to the end, the plan needs no send taken out."""
    monkeypatch.setattr(annealing, "drop_faults", lambda _: pytest.fail("a rule is broken at the end"))
    for seed in range(3):
        state, search = begun("13-launch-days", seed)
        search.round(4000, 10 * HOT)
        assert state.faults == 0
