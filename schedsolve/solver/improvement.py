"""The improving side of the search: parts of a plan solved anew, those that gain most first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .neighbourhoods import Neighbourhood
from .progress import Reporter
from .runner import Answer, Method, Runner, Solution

LOADING, LOADING_EACH = 0.02, 4e-6
"""Deterministic time charged for an attempt and each variable of its model: what presolve takes is hardly counted."""


@dataclass(frozen=True)
class Found:
    """A solution of the whole model and its value."""

    solution: Solution
    value: int


def attempt(
    runner: Runner, part: Neighbourhood, solution: Solution, limit: float, method: Method = "optimise"
) -> Answer:
    """Solve a part; the answer's solution is one of the whole model, and loading counts as work."""
    excerpt = part.excerpt(solution)
    answer = runner.solve(excerpt.model, limit, method, hint=excerpt.narrowed(solution))
    answer = replace(answer, work=answer.work + LOADING + LOADING_EACH * len(excerpt.variables))
    return replace(answer, solution=excerpt.merged(solution, answer.solution)) if answer.solution else answer


class Improvement:
    """The way up from one plan: parts are taken in order, then always the one that last gained most per work.

    A part that gained nothing rests until something near it has changed.
    """

    def __init__(self, runner: Runner, parts: Sequence[Neighbourhood], reporter: Reporter) -> None:
        self._runner = runner
        self._parts = parts
        self._reporter = reporter
        self._promise = [float("inf")] * len(parts)
        self._limits = [part.limit for part in parts]
        self._resting = {turn for turn, part in enumerate(parts) if part.spare}
        self._unsolved = set(self._resting)

    def deepen(self) -> None:
        """Let spare parts, and those that were not solved to the end, be tried again: with twice the work."""
        self._resting -= self._unsolved
        self._unsolved.clear()

    def improve(self, plan: Found, budget: float, enough: Callable[[int], bool]) -> tuple[Found, float]:
        """A better plan, or the same one, and the deterministic time charged; it ends when all parts rest."""
        spent = 0.0
        while spent < budget and not self._runner.stopped:
            turn = self._next()
            if turn is None:
                break
            limit = min(self._limits[turn], budget - spent)
            answer = attempt(self._runner, self._parts[turn], plan.solution, limit)
            spent += answer.work
            gained = max(0, answer.value - plan.value)
            self._note(turn, gained, answer.work, answer.optimal)
            if gained:
                plan = Found(answer.solution, answer.value)
                self._reporter.tell("improving", value=plan.value)
                if enough(plan.value):
                    break
        return plan, spent

    def _next(self) -> int | None:
        """The part to try now; None when all rest."""
        awake = [turn for turn in range(len(self._parts)) if turn not in self._resting]
        return max(awake, key=lambda turn: (self._promise[turn], -turn), default=None)

    def _note(self, turn: int, gained: int, work: float, solved: bool) -> None:
        """Remember how an attempt went."""
        self._promise[turn] = gained / work
        if gained:
            days = {around for day in self._parts[turn].days for around in (day - 1, day, day + 1)}
            near = {n for n, part in enumerate(self._parts) if not days.isdisjoint(part.days)}
            spare = {n for n in near if self._parts[n].spare}
            self._resting -= near - spare
            self._unsolved |= spare
        if not solved:
            self._limits[turn] *= 2
            if not gained:
                self._unsolved.add(turn)
        if solved or not gained:
            self._resting.add(turn)
