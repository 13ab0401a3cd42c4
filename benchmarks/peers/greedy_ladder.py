"""The ladder of relaxations: what the greedy method loosens, step by step, for sends that found no place.

Spacing falls and avoided hours open; the other rules stay. The plan then breaks the rules that were loosened.
Sends do not move to the next day: a shortfall there is tried by itself.
"""

from __future__ import annotations

from schedsolve.solver.local.greedy_fit import Fit
from schedsolve.solver.local.greedy_repair import place_any
from schedsolve.solver.local.greedy_types import Draw
from schedsolve.solver.local.problem import CATEGORIES
from schedsolve.solver.local.state import State

STEPS: tuple[tuple[int, frozenset[int]], ...] = (
    (30, frozenset()),
    (20, frozenset({6})),
    (15, frozenset(range(24))),
)
"""Spacing in minutes and the avoided hours that open, for each step of the ladder that loosens a rule."""


def loosen(state: State, draw: Draw) -> None:
    """Place what is missing under looser and looser rules; a step is taken only where the one before left a gap."""
    for spacing, opened in STEPS:
        fit = Fit(state, min(spacing, state.problem.spacing), _open_minutes(state, opened))
        for day in range(state.problem.days):
            for category in range(len(CATEGORIES)):
                while state.days[day].counts[category] < state.problem.quota[day][category]:
                    if not place_any(state, day, category, draw, fit):
                        break


def _open_minutes(state: State, opened: frozenset[int]) -> list[bool]:
    """Open minutes by absolute minute, with some of the avoided hours among them."""
    clock = state.problem.clock
    return [
        is_open or (closed == 1 and local // 60 in opened and local // 60 in clock.avoided)
        for is_open, closed, local in zip(clock.open, clock.closed, clock.clock, strict=False)
    ]
