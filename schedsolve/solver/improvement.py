"""The improving side of the search: parts of a plan solved anew, those that gain most first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .neighbourhoods import Neighbourhood
from .progress import Reporter
from .runner import Answer, Method, Runner, Solution

LOADING = 4.5e-6
"""Deterministic time charged for each variable of an attempt's model: what presolve takes is hardly counted."""


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
    answer = replace(answer, work=answer.work + LOADING * len(excerpt.variables))
    return replace(answer, solution=excerpt.merged(solution, answer.solution)) if answer.solution else answer


class Improvement:
    """Parts of a plan, and what is known of them: they are taken in order, then always the one that last gained most.

    A part that gained nothing rests until something near it has changed; when all rest, those that were not solved to
    the end are tried with twice the work.
    """

    def __init__(self, runner: Runner, parts: Sequence[Neighbourhood], reporter: Reporter) -> None:
        self._runner = runner
        self._parts = parts
        self._reporter = reporter
        self._promise = [0.0 if part.spare else float("inf") for part in parts]
        self._limits = [part.limit for part in parts]
        self._resting: set[int] = set()
        self._unsolved: set[int] = set()

    def wake(self) -> None:
        """Let every part be tried again, since the plan is another one."""
        self._resting.clear()
        self._unsolved.clear()

    def improve(self, plan: Found, budget: float, enough: Callable[[int], bool]) -> tuple[Found, float]:
        """A plan that is better, or the same when nothing gains; and the deterministic time that was charged."""
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
        """The part to try now; None when all are solved to the end and none gains."""
        if len(self._resting) == len(self._parts):
            self._resting -= self._unsolved
            self._unsolved.clear()
        awake = [turn for turn in range(len(self._parts)) if turn not in self._resting]
        return max(awake, key=lambda turn: (self._promise[turn], -turn), default=None)

    def _note(self, turn: int, gained: int, work: float, solved: bool) -> None:
        """Remember how an attempt went."""
        self._promise[turn] = gained / work
        if gained:
            days = {near for day in self._parts[turn].days for near in (day - 1, day, day + 1)}
            self._resting -= {n for n, part in enumerate(self._parts) if not days.isdisjoint(part.days)}
        if not solved:
            self._limits[turn] *= 2
            if not gained:
                self._unsolved.add(turn)
        if solved or not gained:
            self._resting.add(turn)
