"""A saga: steps outside the database, each with what takes it back. What is local is one transaction instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Thread
from time import perf_counter
from typing import Any

from .address import redacted
from .events import Events
from .week_events import saga_execution

SECONDS = 30.0
Action = Callable[[], Any]


class SagaStatus(StrEnum):
    """Where a saga stands."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    COMPENSATING = "compensating"
    ROLLED_BACK = "rolled_back"
    FAILED = "failed"


@dataclass(frozen=True)
class Step:
    """An action with a name, and its compensation: None for an action without effect."""

    name: str
    action: Action
    compensation: Action | None = None
    seconds: float = SECONDS


@dataclass(frozen=True)
class SagaResult:
    """How a saga ended; `failed_step` is the step that failed, not the last good one."""

    status: SagaStatus
    completed_steps: tuple[str, ...]
    failed_step: str | None
    error: str | None
    compensation_errors: tuple[str, ...]
    execution_time_ms: float


class Saga:
    """Steps in order. When one fails, those before it are taken back in reverse order; the rest are never begun.

    A step has its time; one that is late counts as failed, though it may still take effect: such calls carry a key.
    """

    def __init__(self, steps: Sequence[Step], events: Events | None = None, item_count: int = 0) -> None:
        self.status = SagaStatus.PENDING
        self._steps = tuple(steps)
        self._events = events or Events()
        self._item_count = item_count

    def run(self) -> SagaResult:
        """Do the steps. Raises nothing that a step raises: the result tells."""
        begun = perf_counter()
        self.status = SagaStatus.IN_PROGRESS
        done: list[Step] = []
        failed: str | None = None
        error: str | None = None
        faults: tuple[str, ...] = ()
        for step in self._steps:
            error = _fault(step.action, step)
            if error is not None:
                failed = step.name
                self.status = SagaStatus.COMPENSATING
                faults = _take_back(done)
                self.status = SagaStatus.FAILED if faults else SagaStatus.ROLLED_BACK
                break
            done.append(step)
        else:
            self.status = SagaStatus.COMPLETED
        names = tuple(step.name for step in done)
        result = SagaResult(self.status, names, failed, error, faults, 1000 * (perf_counter() - begun))
        saga_execution(
            self._events,
            result.status.value,
            result.completed_steps,
            result.failed_step,
            result.error,
            result.compensation_errors,
            self._item_count,
            result.execution_time_ms,
        )
        return result


def _take_back(done: Sequence[Step]) -> tuple[str, ...]:
    """Compensate in reverse order; a failing compensation is recorded, and the rest still run."""
    faults = []
    for step in reversed(done):
        fault = None if step.compensation is None else _fault(step.compensation, step)
        if fault is not None:
            faults.append(f"{step.name}: {fault}")
    return tuple(faults)


def _fault(action: Action, step: Step) -> str | None:
    """What went wrong with an action, in words; None when it is done in time. A late one is left to itself."""
    outcome: list[str | None] = []

    def run() -> None:
        try:
            action()
        except BaseException as error:
            outcome.append(redacted(f"{type(error).__name__}: {error}"))
        else:
            outcome.append(None)

    thread = Thread(target=run, name=f"saga step {step.name}", daemon=True)
    thread.start()
    thread.join(step.seconds)
    return outcome[0] if outcome else f"{step.name} timed out after {step.seconds:g} s"
