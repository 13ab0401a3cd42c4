"""Weeks and states for tests of local search."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

from schedsolve import load_scenario
from schedsolve.model.catalog import Style
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.local.day import Day
from schedsolve.solver.local.greedy import SPREAD, greedy_state
from schedsolve.solver.local.moves import Moves
from schedsolve.solver.local.problem import STYLE_NUMBER, Problem, Send
from schedsolve.solver.local.state import State

ROOT = Path(__file__).parents[3]
FOLDERS = (ROOT / "scenarios", ROOT / "benchmarks" / "instances" / "frozen")
EVERY = 30
"""Moves of a walk."""


@cache
def named_week(name: str) -> Week:
    """The week of a scenario or of a frozen instance."""
    (path,) = (folder / f"{name}.yaml" for folder in FOLDERS if (folder / f"{name}.yaml").exists())
    return prepare(load_scenario(path))


def greedy(of: Week, chance: Random) -> State:
    """A greedy plan, however long it takes."""
    return greedy_state(Problem(of), chance, SPREAD, math.inf)


def state_with(of: Week, sends: Sequence[str], strategies: Sequence[int]) -> State:
    """A state from lines such as `0 10:07 ppv_unlock winner +28`: day, local time, type, style, followup's delay."""
    problem = Problem(of)
    state = State(problem, strategies)
    days: list[list[Send]] = [[] for _ in range(problem.days)]
    for line in sends:
        day, clock, key, *words = line.split()
        minute = of.horizon.day_start(int(day)) + int(clock[:2]) * 60 + int(clock[3:])
        style = next(
            (STYLE_NUMBER[Style(word)] for word in words if word[0] != "+"), problem.fixed[problem.number[key]]
        )
        delay = next((int(word) for word in words if word[0] == "+"), 0)
        days[int(day)].append((minute, problem.number[key], style, minute + delay if delay else 0))
    for number, held in enumerate(days):
        state.swap(number, Day(problem, number, sorted(held), strategies[number]))
    return state


def walk(state: State, chance: Random, boldness: int) -> None:
    """A random walk that goes back from what breaks too many rules, and finds everything as it was."""
    moves = Moves(state, chance)
    for _ in range(EVERY):
        before = (state.units, state.faults, state.missing)
        olds = [(day, state.swap(day, new)) for day, new in moves.propose()]
        if state.faults > boldness:
            for day, old in reversed(olds):
                state.swap(day, old)
            assert (state.units, state.faults, state.missing) == before
