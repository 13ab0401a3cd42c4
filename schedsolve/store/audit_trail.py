"""The audit trail: what a run did, record after record; it only grows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from .engine import Store, exclusively
from .moments import Clock
from .moments import now as _now
from .tables import audit_trail

Kind = Literal["run", "stage", "operation", "error", "degradation", "validation", "output", "decision"]
Severity = Literal["critical", "high", "medium", "low", "info"]


@dataclass(frozen=True)
class Record:
    """One thing that happened in a run."""

    kind: Kind
    payload: Mapping[str, Any] = field(default_factory=dict)
    stage: str | None = None
    severity: Severity = "info"


@dataclass(frozen=True)
class KeptRecord:
    """A record as kept: `seq` counts from 1 within its run."""

    generation_id: str
    seq: int
    creator_id: str | None
    recorded_at: datetime
    record: Record


def append(
    connection: Connection, generation_id: str, creator_id: str | None, records: Sequence[Record], now: datetime
) -> None:
    """Add records to a run's trail, in the caller's transaction."""
    if not records:
        return
    exclusively(connection, "trail", generation_id)
    last = connection.scalar(select(func.max(audit_trail.c.seq)).where(audit_trail.c.generation_id == generation_id))
    rows = [
        {
            "generation_id": generation_id,
            "seq": seq,
            "creator_id": creator_id,
            "recorded_at": now,
            "record_kind": record.kind,
            "stage": record.stage,
            "severity": record.severity,
            "payload": dict(record.payload),
        }
        for seq, record in enumerate(records, (last or 0) + 1)
    ]
    connection.execute(insert(audit_trail), rows)


def record(
    store: Store, generation_id: str, creator_id: str | None, records: Sequence[Record], *, clock: Clock = _now
) -> None:
    """Add records to a run's trail."""
    store.write(lambda connection: append(connection, generation_id, creator_id, records, clock()), name="audit_append")


def trail_of(store: Store, generation_id: str) -> tuple[KeptRecord, ...]:
    """A run's trail, in its order."""
    with store.reading() as connection:
        rows = connection.execute(
            select(audit_trail).where(audit_trail.c.generation_id == generation_id).order_by(audit_trail.c.seq)
        ).all()
    return tuple(
        KeptRecord(
            row.generation_id,
            row.seq,
            row.creator_id,
            row.recorded_at,
            Record(row.record_kind, row.payload, row.stage, row.severity),
        )
        for row in rows
    )
