"""What one run tells: every event, each of those that matter later also as a record of the run's audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from ..model.failure import Severity
from ..model.stage import Stage
from ..store.audit_trail import Record
from ..store.audit_trail import Severity as Kept
from ..store.events import Events


@dataclass(frozen=True)
class Journal(Events):
    """The events of one run; `records` grows in the order of what happens."""

    records: list[Record] = field(default_factory=list)

    def operation_call(
        self, name: str, duration_ms: float, *, error: str | None = None, retry_count: int = 0, stage: str | None = None
    ) -> None:
        """An operation was called; without `error` it succeeded."""
        super().operation_call(name, duration_ms, error=error, retry_count=retry_count, stage=stage)
        told = {"name": name, "ms": round(duration_ms, 3), "success": error is None, "error": error}
        self.records.append(Record("operation", {**told, "retries": retry_count}, stage))

    def failure(
        self,
        error_type: str,
        message: str,
        severity: str,
        *,
        stage: str | None = None,
        recovery_action: str | None = None,
        recovery_success: bool | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> None:
        """An error; with `recovery_success` known it is a recovery, which may have failed."""
        super().failure(
            error_type,
            message,
            severity,
            stage=stage,
            recovery_action=recovery_action,
            recovery_success=recovery_success,
            context=context,
        )
        told = {
            "type": error_type,
            "message": message,
            "action": recovery_action,
            "success": recovery_success,
            "context": dict(context or {}),
        }
        self.records.append(Record("error", told, stage, cast("Kept", severity)))

    def fallback(self, condition: str, message: str, used: str, stage: Stage, severity: Severity) -> None:
        """The run goes on with a fallback; a mild one is no degradation."""
        if severity > Severity.LOW:
            self.degradation(condition, message, used, severity.value)
        told = {"type": condition, "message": message, "fallback": used, "impact": severity.value}
        self.records.append(Record("degradation", told, stage.value, severity.value))

    def stage_over(
        self, stage: Stage, begun: datetime, ended: datetime, outcome: str, metrics: Mapping[str, Any]
    ) -> None:
        """A stage came to its end, with `success`, `degraded` or `failed`."""
        ms = 1000 * (ended - begun).total_seconds()
        if outcome != "failed":
            self.stage_complete(stage.number, stage.value, ms, metrics)
        told = {
            "number": stage.number,
            "name": stage.value,
            "start": begun.isoformat(),
            "end": ended.isoformat(),
            "ms": round(ms, 3),
            "outcome": outcome,
            "metrics": dict(metrics),
        }
        self.records.append(Record("stage", told, stage.value))
