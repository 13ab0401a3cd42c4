"""Structured events: one JSON object a line, always with the same envelope.

Events go to the standard logger `schedsolve.events` and nowhere else: who wants them adds a handler there. This module
opens no store and can be used without one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, WrappedLogger

from .address import redacted

Level = Literal["critical", "error", "warning", "info", "debug"]
LOGGER = "schedsolve.events"
ENVELOPE = ("timestamp", "level", "generation_id", "creator_id", "stage", "event_type", "message")


def _in_envelope(_logger: WrappedLogger, level: str, event: EventDict) -> EventDict:
    """The envelope's fields first, in their order, then the event's own in theirs."""
    now = datetime.now(UTC)
    told: dict[str, Any] = {name: value for name, value in event.items() if name != "event"}
    told["timestamp"] = f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z"
    told |= {"level": level, "message": event["event"]}
    return {**{name: told.get(name) for name in ENVELOPE}, **told}


def _without_secrets(_logger: WrappedLogger, _level: str, event: EventDict) -> EventDict:
    """No password of a URL in any text, however deep."""
    return {name: _clean(value) for name, value in event.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, Mapping):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(part) for part in value]
    return value


def _sink() -> Any:
    logger = logging.getLogger(LOGGER)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return structlog.wrap_logger(
        logger,
        processors=[
            structlog.stdlib.filter_by_level,
            _in_envelope,
            _without_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
    )


@dataclass(frozen=True)
class Events:
    """The events of one run; both ids are null outside of one."""

    generation_id: str | None = None
    creator_id: str | None = None

    def tell(
        self,
        event_type: str,
        message: str,
        *,
        level: Level = "info",
        stage: str | None = None,
        duration_ms: float | None = None,
        **fields: Any,
    ) -> None:
        """Log an event; `fields` are the event type's own."""
        timed = {} if duration_ms is None else {"duration_ms": round(duration_ms, 3)}
        getattr(_sink(), level)(
            message,
            event_type=event_type,
            generation_id=self.generation_id,
            creator_id=self.creator_id,
            stage=stage,
            **timed,
            **fields,
        )

    def stage_start(self, number: int, name: str) -> None:
        """A stage begins."""
        self.tell("stage_start", f"stage {number}, {name}, begins", stage=name, number=number, name=name)

    def stage_complete(self, number: int, name: str, duration_ms: float, metrics: Mapping[str, Any]) -> None:
        """A stage is done."""
        self.tell(
            "stage_complete",
            f"stage {number}, {name}, is done",
            stage=name,
            duration_ms=duration_ms,
            number=number,
            name=name,
            metrics=dict(metrics),
        )

    def operation_call(
        self, name: str, duration_ms: float, *, error: str | None = None, retry_count: int = 0, stage: str | None = None
    ) -> None:
        """An operation was called; without `error` it succeeded."""
        self.tell(
            "operation_call",
            f"{name} failed: {error}" if error else f"{name} succeeded",
            level="error" if error else "info",
            stage=stage,
            duration_ms=duration_ms,
            name=name,
            success=error is None,
            error=error,
            retry_count=retry_count,
        )

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
        recovering = recovery_success is not None
        self.tell(
            "recovery" if recovering else "error",
            message,
            level="error" if not recovering else "info" if recovery_success else "warning",
            stage=stage,
            error_type=error_type,
            severity=severity,
            recovery_action=recovery_action,
            recovery_success=recovery_success,
            context=dict(context or {}),
        )

    def degradation(self, degradation_type: str, message: str, fallback_used: str, data_quality_impact: str) -> None:
        """The run goes on with a fallback."""
        self.tell(
            "degradation",
            message,
            level="warning",
            degradation_type=degradation_type,
            fallback_used=fallback_used,
            data_quality_impact=data_quality_impact,
        )

    def breaker_change(self, name: str, old_state: str, new_state: str) -> None:
        """A circuit breaker changed its state."""
        self.tell(
            "breaker_change",
            f"the breaker of {name} went from {old_state} to {new_state}",
            level="warning",
            name=name,
            old_state=old_state,
            new_state=new_state,
        )
