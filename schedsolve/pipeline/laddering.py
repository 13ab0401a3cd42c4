"""Down the relaxation ladder, where the scenario asks for it, before a week is solved."""

from __future__ import annotations

from ..model.climb import Climb, climbed, lowest
from ..model.week import Week
from ..solver.ladder import climb
from ..solver.progress import Cancellation
from ..solver.runner import Runner


def laddered(base: Week, cancellation: Cancellation | None = None) -> tuple[Week, Climb | None]:
    """The week on the steps that it needs, and these; where none leads to a plan, the week on the last step."""
    if base.scenario.on_conflict == "fail":
        return base, None
    with Runner(None, cancellation or Cancellation()) as runner:
        taken = climb(base, runner)
    return (lowest(base), None) if taken is None else (climbed(base, taken), taken)
