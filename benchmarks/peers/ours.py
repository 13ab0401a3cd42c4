"""Our own search, as one method among the others."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from schedsolve.errors import NoPlanError
from schedsolve.model.week import Week
from schedsolve.solver import runner
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import decode
from schedsolve.solver.progress import Progress
from schedsolve.solver.search import BUDGETS, Effort, greeted, search

from .peer import Found


@dataclass
class Course:
    """How a run of our search went: what a plan alone does not tell.

    `values` and `bounds` hold every better figure as (seconds since the run began, points). `work` is deterministic
    time. `value` is what the search claims for its plan, in units.
    """

    values: list[tuple[float, float]] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    build_seconds: float | None = None
    variables: int | None = None
    constraints: int | None = None
    work: float | None = None
    solves: int | None = None
    value: int | None = None
    reproducible: bool | None = None


class Ours:
    """The search at one effort; it ends by its own budget, or at the deadline when that comes first.

    Its result does not depend on chance, so `seed` is that of the solver's own choices, never the scenario's. Progress
    tells values without plans: `found` hears of the last plan alone, the way there stands in `course`.
    """

    def __init__(self, effort: Effort) -> None:
        self.name = f"schedsolve {effort}"
        self.course = Course()
        self._effort: Effort = effort

    def run(self, week: Week, seconds: float, seed: int, found: Found) -> int | None:
        """Build the model and search it; the bound in units."""
        runner.SEED = seed % 2**31
        begun = time.monotonic()
        course = self.course = Course()

        def report(event: Progress) -> None:
            now = time.monotonic() - begun
            if event.value is not None and (not course.values or event.value > course.values[-1][1]):
                course.values.append((now, event.value))
            if event.bound is not None and (not course.bounds or event.bound < course.bounds[-1][1]):
                course.bounds.append((now, event.bound))

        local = greeted(week, report)
        composing = time.monotonic()
        draft = compose(week)
        course.build_seconds = time.monotonic() - composing
        course.variables, course.constraints = len(draft.model.proto.variables), len(draft.model.proto.constraints)
        try:
            outcome = search(draft, BUDGETS[self._effort], begun + seconds, None, report, local=local)
        except NoPlanError:
            return None
        if outcome is None:
            return None
        found(decode(draft, outcome.solution))
        course.work, course.solves, course.value = outcome.work, outcome.solves, outcome.value
        course.reproducible = outcome.reproducible
        return outcome.bound
