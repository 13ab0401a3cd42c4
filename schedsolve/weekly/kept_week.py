"""A week that a request made before, read back as the run gave it."""

from __future__ import annotations

import json

from ..model.validation_report import ValidationReport
from ..store.audit_trail import trail_of
from ..store.engine import Store
from ..store.schedules import plan, schedule
from .week_made import WeekMade


def kept_week(store: Store, schedule_id: str) -> WeekMade:
    """The kept result, marked as replayed. Raises ScheduleNotFoundError."""
    head = schedule(store, schedule_id)
    records = [kept.record for kept in trail_of(store, head.generation_id)]
    told = tuple(str(record.payload["message"]) for record in records if record.kind == "degradation")
    return WeekMade(
        plan=plan(store, schedule_id),
        report=ValidationReport.model_validate_json(json.dumps(dict(head.validation_report))),
        generation_id=head.generation_id,
        status=head.status,
        schedule_id=schedule_id,
        version=head.version,
        degraded=head.degraded_mode,
        degradations=tuple(dict.fromkeys(told)),
        replayed=True,
    )
