"""One run: its stages one after the other, what fails in them, and what that means at the end of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from ..model.failure import (
    Boundary,
    ErrorCode,
    ErrorResponse,
    Recovery,
    Resolution,
    Severity,
    at_boundary,
    unknown_code,
)
from ..model.failure_table import FAILURES
from ..model.plan import Plan
from ..model.stage import Stage
from ..store.audit_trail import Record
from .errors import RunFailedError
from .journal import Journal
from .telling import code_of, exit_code_of, sentence


@dataclass
class StageRun:
    """A stage that runs: how grave what failed in it is, and whether its one recovery worked."""

    stage: Stage
    journal: Journal
    metrics: dict[str, Any] = field(default_factory=dict)
    severities: list[Severity] = field(default_factory=list)
    recovered: bool | None = None

    def fell_back(self, condition: str, message: str) -> None:
        """A foreseen failure (a row of the failure table) has been met by its fallback."""
        row = FAILURES[condition]
        self.noted(condition, message, row.fallback, row.severity)

    def noted(self, kind: str, message: str, used: str, severity: Severity) -> None:
        """Something failed, and the run goes on with what was used instead."""
        self.severities.append(severity)
        self.journal.fallback(kind, message, used, self.stage, severity)
        if severity is Severity.HIGH and self.recovered is None:
            self.recovered = True

    def recovering(self, condition: str, message: str, worked: bool, action: str | None = None) -> None:
        """The one recovery of a failure was tried."""
        row = FAILURES[condition]
        self.severities.append(row.severity)
        self.recovered = worked
        self.journal.failure(
            condition,
            message,
            row.severity.value,
            stage=self.stage.value,
            recovery_action=action or row.recovery,
            recovery_success=worked,
        )


class Run:
    """A run with its tracking id, its journal and, at the end of each stage, the decision whether it goes on."""

    def __init__(self, creator_id: str, clock: Callable[[], datetime]) -> None:
        self.generation_id = str(uuid4())
        self.creator_id = creator_id
        self.journal = Journal(self.generation_id, creator_id)
        self.degraded = False
        self.plan: Plan | None = None
        self.clock = clock
        self.begun = clock()

    @contextmanager
    def stage(self, stage: Stage) -> Iterator[StageRun]:
        """Run a stage.

        Raises
        ------
        RunFailedError
            When the run cannot go on after it.
        """
        self.journal.stage_start(stage.number, stage.value)
        begun, running = self.clock(), StageRun(stage, self.journal)
        try:
            yield running
            boundary = at_boundary(running.severities, running.recovered)
            if boundary not in (Boundary.GO_ON, Boundary.DEGRADE):
                worst = max(running.severities)
                raise self.failed(stage, unknown_code(stage), worst, "the stage cannot finish", "see the audit trail")
        except RunFailedError:
            self._over(running, begun, "failed")
            raise
        except Exception as error:
            self._over(running, begun, "failed")
            raise self.broken(running, error) from error
        degraded = boundary is Boundary.DEGRADE
        self.degraded = self.degraded or degraded
        self._over(running, begun, "degraded" if degraded else "success")

    def _over(self, running: StageRun, begun: datetime, outcome: str) -> None:
        self.journal.stage_over(running.stage, begun, self.clock(), outcome, running.metrics)

    def broken(self, running: StageRun, error: Exception) -> RunFailedError:
        """What a stage's exception comes to: after a recovery that did not work it is high, else critical."""
        code = code_of(error, running.stage)
        severity = Severity.HIGH if running.recovered is False else Severity.CRITICAL
        return self.failed(running.stage, code, severity, sentence(error), _advice(code), exit_code_of(error))

    def failed(
        self,
        stage: Stage,
        code: ErrorCode,
        severity: Severity,
        message: str,
        advice: str,
        exit_code: int = 8,
        recovery: Recovery | None = None,
    ) -> RunFailedError:
        """The end of a run that is given up, logged before it is raised."""
        tried = recovery or Recovery(attempted=False)
        self.journal.failure(
            code.value,
            message,
            severity.value,
            stage=stage.value,
            recovery_action=tried.action,
            recovery_success=tried.success if tried.attempted else None,
        )
        response = self.response(stage, code, severity, message, advice, recovery=tried)
        return RunFailedError(response, exit_code, self.plan)

    def response(
        self,
        stage: Stage,
        code: ErrorCode,
        severity: Severity,
        message: str,
        advice: str,
        *,
        success: bool = False,
        recovery: Recovery | None = None,
        recommendations: tuple[str, ...] = (),
        details: dict[str, Any] | None = None,
    ) -> ErrorResponse:
        """What happened, told to whoever called."""
        items = len(self.plan.items) if self.plan else 0
        return ErrorResponse(
            success=success,
            error_code=code,
            error_message=message,
            severity=severity,
            stage=stage,
            generation_id=self.generation_id,
            creator_id=self.creator_id,
            timestamp=self.timestamp(),
            details=details or {},
            partial_result={"items_created": items} if items else {},
            recovery=recovery or Recovery(attempted=False),
            resolution=Resolution(action=advice),
            recommendations=recommendations,
        )

    def timestamp(self) -> str:
        """This moment, in UTC."""
        return f"{self.clock().astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"

    def record(self, engine: str, outcome: str) -> Record:
        """The run as a whole."""
        ended = self.clock()
        told = {
            "start": self.begun.isoformat(),
            "end": ended.isoformat(),
            "ms": round(1000 * (ended - self.begun).total_seconds(), 3),
            "engine_version": engine,
            "outcome": outcome,
        }
        return Record("run", told)


_ADVICE = {
    ErrorCode.CREATOR_NOT_FOUND: "check the id, or import the creator",
    ErrorCode.SERVICE_UNAVAILABLE: "check that the database runs, then ask again",
    ErrorCode.OPERATION_TIMEOUT: "ask again",
    ErrorCode.VOLUME_CONFIG_MISSING: "check page type, fans and performance of the creator, and import them again",
    ErrorCode.DATABASE_SAVE_FAILED: "mend what the message names, then ask again: nothing was kept",
    ErrorCode.IDEMPOTENCY_CONFLICT: "ask again",
}


def _advice(code: ErrorCode) -> str:
    return _ADVICE.get(code, "report it with the tracking id; the audit trail tells how far the run came")
