"""The steps of a run that compute: each can be given another way to do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model.filled import Filled
from ..model.plan import Plan
from ..model.validation_report import ValidationReport
from ..pipeline.content.filling import filled
from ..pipeline.planner import solve
from ..pipeline.validation.report import validation_report
from ..store.saving import Saved, save_schedule


@dataclass(frozen=True)
class Steps:
    """Planning, content, validation and saving, with the arguments of the functions that do them by default."""

    solve: Callable[..., Plan] = solve
    fill: Callable[..., Filled] = filled
    validate: Callable[..., ValidationReport] = validation_report
    save: Callable[..., Saved] = save_schedule


STEPS = Steps()
