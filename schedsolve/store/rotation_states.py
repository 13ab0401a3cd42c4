"""Where each creator's rotation stands: one row, changed with the week it belongs to, or by a single listed move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, insert, select, update

from ..model.rotation import Pattern, Rotation, RotationState, parse_pattern
from .engine import Store, exclusively
from .errors import CreatorNotFoundError
from .moments import Clock
from .moments import now as _now
from .rotation_after import StandingRotation
from .tables import creators, rotation_states


def put_rotation(connection: Connection, standing: StandingRotation, until: date, zone: str, now: datetime) -> None:
    """Write where a creator's rotation stands on the evening before `until`."""
    rotation = standing.rotation
    started = datetime.combine(rotation.started, time(), ZoneInfo(zone)).astimezone(UTC)
    values: dict[str, Any] = {
        "rotation_pattern": [style.value for style in rotation.pattern],
        "pattern_start_at": started,
        "days_on_pattern": max(0, (until - rotation.started).days),
        "current_state": rotation.state.value,
        "recent_patterns": [[style.value for style in pattern] for pattern in rotation.recent],
        "position": standing.position,
        "updated_at": now,
    }
    mine = rotation_states.c.creator_id == rotation.creator
    changed = connection.execute(
        update(rotation_states).where(mine).values(row_version=rotation_states.c.row_version + 1, **values)
    )
    if not changed.rowcount:
        connection.execute(insert(rotation_states).values(creator_id=rotation.creator, row_version=1, **values))


def rotation_of(connection: Connection, creator_id: str, zone: str) -> StandingRotation | None:
    """A creator's rotation as kept; None for a new creator."""
    row = connection.execute(select(rotation_states).where(rotation_states.c.creator_id == creator_id)).one_or_none()
    return None if row is None else _standing(row, zone)


def move(store: Store, creator_id: str, state: RotationState, *, clock: Clock = _now) -> Rotation:
    """Change the state of a creator's rotation, and nothing else of it.

    Raises
    ------
    InvalidTransitionError
        When the state machine does not know that change; the row stays as it is.
    CreatorNotFoundError
        When the creator has no rotation.
    """

    def change(connection: Connection) -> Rotation:
        exclusively(connection, "creator", creator_id)
        mine = rotation_states.c.creator_id == creator_id
        held = rotation_of(connection, creator_id, _zone(connection, creator_id))
        if held is None:
            raise CreatorNotFoundError(creator_id)
        moved = held.rotation.to(state)
        connection.execute(
            update(rotation_states)
            .where(mine)
            .values(current_state=state.value, updated_at=clock(), row_version=rotation_states.c.row_version + 1)
        )
        return moved

    return store.write(change, name="rotation_move")


def stale_rotations(connection: Connection, before: datetime, state: RotationState | None = None) -> Sequence[str]:
    """Creators whose rotation was last changed before a moment, the oldest first."""
    query = select(rotation_states.c.creator_id).where(rotation_states.c.updated_at < before)
    if state is not None:
        query = query.where(rotation_states.c.current_state == state.value)
    return list(connection.scalars(query.order_by(rotation_states.c.updated_at, rotation_states.c.creator_id)))


def _zone(connection: Connection, creator_id: str) -> str:
    zone = connection.scalar(select(creators.c.timezone).where(creators.c.creator_id == creator_id))
    if zone is None:
        raise CreatorNotFoundError(creator_id)
    return str(zone)


def _standing(row: Row[Any], zone: str) -> StandingRotation:
    pattern: Pattern = parse_pattern(row.rotation_pattern)
    recent = tuple(parse_pattern(one) for one in row.recent_patterns)
    started = row.pattern_start_at.astimezone(ZoneInfo(zone)).date()
    rotation = Rotation(row.creator_id, RotationState(row.current_state), pattern, started, recent)
    return StandingRotation(rotation, row.position)
