"""Keeping a week: schedule, items, caption uses, rotation, pins, prediction, audit, answer: together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from sqlalchemy import Connection, func, insert, select, update

from ..model.plan import Plan
from ..model.volume import Prediction, VolumeResult
from .audit_trail import Record, append
from .audit_trail import record as record_now
from .engine import Store, exclusively
from .errors import IdempotencyConflictError, ValidationRejectedError
from .idempotency import Claim, complete, run_once
from .item_rows import item_rows
from .moments import Clock
from .moments import now as _now
from .past_sends import items_behind_history
from .performance import put_volume
from .pins import active_pins, insert_pins
from .predictions import put_prediction
from .references import require_known
from .request import Request
from .resilience import SAVE
from .rotation_after import StandingRotation, rotation_after
from .rotation_states import put_rotation
from .superseding import move_uses, supersede, take_over
from .tables import caption_usage, predictions, schedule_items, schedules
from .verdict import Verdict
from .week_border import border_of

VOLUME_METADATA = {
    "confidence_score",
    "message_count",
    "adjustments_applied",
    "elasticity_capped",
    "divergence_detected",
    "dow_multipliers_used",
    "fused_saturation",
    "fused_opportunity",
    "prediction_id",
}


@dataclass(frozen=True)
class Week:
    """A finished week and what is to be kept with it.

    `rotation` and `volume_metadata` are read off the plan where they are not given. A `prediction` gets its number when
    the week is kept; `prediction_id` is the number of one that is kept already. `volume` becomes the creator's latest.
    """

    plan: Plan
    verdict: Verdict
    generation_id: str = field(default_factory=lambda: str(uuid4()))
    rotation: StandingRotation | None = None
    prediction_id: int | None = None
    prediction: Prediction | None = None
    volume: VolumeResult | None = None
    degraded_mode: bool = False
    volume_metadata: Mapping[str, Any] | None = None
    records: Sequence[Record] = ()

    @property
    def week_start(self) -> date:
        """The plan's first day."""
        return date.fromisoformat(self.plan.days[0].date)

    @property
    def after(self) -> date:
        """The day after the plan's last."""
        return date.fromisoformat(self.plan.days[-1].date) + timedelta(days=1)

    def request(self) -> Request:
        """The saving of this week as a request: the plan's bytes and the verdict. Runs may differ."""
        return Request(
            "save_schedule",
            {
                "creator_id": self.plan.creator_id,
                "week_start": self.week_start,
                "plan": self.plan.to_dict(timings=False),
                "verdict": asdict(self.verdict),
            },
        )


@dataclass(frozen=True)
class Saved:
    """What was kept; `replayed` when it was kept before and nothing was written now."""

    schedule_id: str
    version: int
    status: str
    item_count: int
    replayed: bool = False


def save_schedule(
    store: Store, week: Week, *, claim: Claim | None = None, key: str | None = None, clock: Clock = _now
) -> Saved:
    """Keep a week in one transaction.

    With `claim` the week is the result of claimed work, and the claim is completed in that transaction; without, the
    saving itself is claimed, under `key` or its own hash. The same request later on, even when its answer is
    forgotten, finds its schedule again.

    Raises
    ------
    ValidationRejectedError
        When validation does not allow it; the report is in the audit trail.
    CreatorNotFoundError, UnknownReferenceError
        When the plan names what the store does not know.
    IdempotencyConflictError
        When the key was used for another request.
    StateConflictError
        When the week changes something that went out already.
    """
    _require_keepable(store, week, clock)
    if claim is not None:
        return _save(store, week, claim, clock)
    answer = run_once(
        store,
        week.request(),
        lambda held: asdict(_save(store, week, held, clock)),
        key=key,
        clock=clock,
        completes=True,
    )
    saved = Saved(**answer.result)
    return replace(saved, replayed=True) if answer.replayed else saved


def _require_keepable(store: Store, week: Week, clock: Clock) -> None:
    try:
        week.verdict.require_keepable()
    except ValidationRejectedError:
        report = Record("validation", asdict(week.verdict), "assembly", "critical")
        record_now(store, week.generation_id, week.plan.creator_id, [*week.records, report], clock=clock)
        raise


def _save(store: Store, week: Week, claim: Claim, clock: Clock) -> Saved:
    return store.write(lambda connection: _in_transaction(connection, week, claim, clock()), SAVE, "save_schedule")


def _in_transaction(connection: Connection, week: Week, claim: Claim, now: datetime) -> Saved:
    plan = week.plan
    exclusively(connection, "creator", plan.creator_id)
    kept = _kept_before(connection, claim)
    if kept is not None:
        complete(connection, claim, asdict(kept), now)
        return kept
    require_known(connection, plan)
    border = border_of(plan)
    before = supersede(connection, plan.creator_id, week.week_start)
    schedule_id = str(uuid5(NAMESPACE_URL, f"schedsolve:schedule:{claim.key}"))
    saved = Saved(schedule_id, before.version + 1, week.verdict.status, len(plan.items))
    rows = item_rows(plan, schedule_id, items_behind_history(connection, plan))
    take_over(rows, before.sent)
    number = _prediction_of(connection, week, now)
    connection.execute(insert(schedules), _schedule_row(week, saved, claim, now) | {"prediction_id": number})
    if rows:
        connection.execute(insert(schedule_items), rows)
    taken = move_uses(connection, rows, before.sent)
    uses = [_use(plan.creator_id, week.week_start, row) for row in rows if row["caption_id"] not in {None, *taken}]
    if uses:
        connection.execute(insert(caption_usage), uses)
    if not _has_later_week(connection, plan.creator_id, week.week_start):
        standing = week.rotation or rotation_after(plan)
        if standing is not None:
            put_rotation(connection, standing, week.after, border.zone, now)
    insert_pins(connection, plan, schedule_id, active_pins(connection, plan.creator_id, border.start, week.week_start))
    if number is not None:
        mine = predictions.c.prediction_id == number
        connection.execute(update(predictions).where(mine).values(schedule_id=schedule_id))
    if week.volume is not None:
        put_volume(connection, plan.creator_id, week.volume.model_copy(update={"prediction_id": number}), now)
    append(connection, week.generation_id, plan.creator_id, [*week.records, *_records(week, saved)], now)
    complete(connection, claim, asdict(saved), now)
    return saved


def _prediction_of(connection: Connection, week: Week, now: datetime) -> int | None:
    """The number of the week's prediction, which is kept now unless it is already."""
    if week.prediction is None or week.prediction_id is not None:
        return week.prediction_id
    return put_prediction(connection, week.prediction, now)


def _kept_before(connection: Connection, claim: Claim) -> Saved | None:
    """The schedule of the same request, from whenever it was."""
    row = connection.execute(select(schedules).where(schedules.c.request_key == claim.key)).one_or_none()
    if row is None:
        return None
    if row.request_hash != claim.request.hash:
        raise IdempotencyConflictError(f"the key {claim.key} was used for another schedule; use a new key")
    count = connection.scalar(
        select(func.count()).select_from(schedule_items).where(schedule_items.c.schedule_id == row.schedule_id)
    )
    return Saved(row.schedule_id, row.version, row.status, count or 0, replayed=True)


def _schedule_row(week: Week, saved: Saved, claim: Claim, now: datetime) -> dict[str, Any]:
    plan = week.plan
    return {
        "schedule_id": saved.schedule_id,
        "creator_id": plan.creator_id,
        "week_start": week.week_start,
        "days": len(plan.days),
        "timezone": border_of(plan).zone,
        "version": saved.version,
        "status": week.verdict.status,
        "score": week.verdict.score,
        "degraded_mode": week.degraded_mode,
        "generation_id": week.generation_id,
        "request_key": claim.key,
        "request_hash": claim.request.hash,
        "validation_report": dict(week.verdict.report),
        "volume_metadata": _volume_metadata(plan) if week.volume_metadata is None else dict(week.volume_metadata),
        "engine_version": plan.versions.get("schedsolve", ""),
        "plan_json": plan.to_json(),
        "created_at": now,
    }


def _volume_metadata(plan: Plan) -> dict[str, Any]:
    return {} if plan.volume is None else plan.volume.model_dump(mode="json", include=VOLUME_METADATA)


def _use(creator_id: str, week_start: date, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "caption_id": row["caption_id"],
        "creator_id": creator_id,
        "schedule_item_id": row["item_id"],
        "week_start": week_start,
        "used_at": row["scheduled_at_utc"],
        "state": "planned",
    }


def _has_later_week(connection: Connection, creator_id: str, week_start: date) -> bool:
    later = select(schedules.c.schedule_id).where(
        schedules.c.creator_id == creator_id, schedules.c.week_start > week_start, schedules.c.status != "superseded"
    )
    return connection.scalar(later.limit(1)) is not None


def _records(week: Week, saved: Saved) -> list[Record]:
    plan = week.plan
    categories = [item.category.value for item in plan.items]
    return [
        Record("validation", {**asdict(week.verdict), "items": saved.item_count}, "assembly"),
        Record(
            "output",
            {
                "schedule_id": saved.schedule_id,
                "version": saved.version,
                "items": saved.item_count,
                "by_category": {name: categories.count(name) for name in sorted(set(categories))},
                "send_types": len({item.send_type_key for item in plan.items}),
                "first_day": plan.days[0].date,
                "last_day": plan.days[-1].date,
                "warnings": [warning.message for warning in plan.warnings],
            },
            "assembly",
        ),
    ]
