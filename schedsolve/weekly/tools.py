"""What a run works with beside the store: the ways to do its steps, who watches it, and the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..store.moments import Clock
from ..store.moments import now as _now
from .steps import STEPS, Steps

if TYPE_CHECKING:
    from ..solver.progress import Cancellation, Progress


@dataclass(frozen=True)
class Tools:
    """The steps, who is told of the search's progress and who may end it, and the clock."""

    steps: Steps = STEPS
    progress: Callable[[Progress], None] | None = None
    cancellation: Cancellation | None = None
    clock: Clock = _now
