"""Creators: rows of a table into the store, with their persona and timing profile where the table tells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import Connection, select

from ..analytics.tables import Row
from ..model.fields import Identifier, Zone
from .importing import Imported, counted, require_once
from .moments import cents
from .row_fields import Count, Dollars, Hours, JsonMap, Key, Listed, Truth, Weekdays
from .tables import creators, personas, timing_profiles
from .upsert import upsert


class CreatorRow(Row):
    """A creator. Columns of personas and timing profiles may be left out, or left empty."""

    creator_id: Identifier
    display_name: Key | None = None
    page_type: Literal["paid", "free"]
    performance_tier: Annotated[int, Field(ge=1, le=5)] | None = None
    volume_level: Literal["low", "mid", "high", "ultra"] | None = None
    fan_count: Count | None = None
    avg_revenue_per_message: Dollars | None = None
    timezone: Zone
    content_style: Literal["nude", "non_nude", "porno"] | None = None
    sub_type: Literal["gfe", "commercial", "personalized"] | None = None
    analytics_summary: JsonMap = Field(default_factory=dict)
    top_content_types: Listed = ()
    is_active: Truth = True
    tone: Key | None = None
    archetype: Key | None = None
    emoji_frequency: Key | None = None
    slang_level: Key | None = None
    voice_samples: Listed = ()
    peak_hours: Hours | None = None
    avoid_hours: Hours | None = None
    best_days: Weekdays | None = None
    hourly_performance: JsonMap | None = None
    avg_response_minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    multi_timezone_audience: Truth = False
    peak_engagement_hour: Annotated[int, Field(ge=0, le=23)] | None = None
    timing_variation: Literal["low", "medium", "high"] | None = None


_PERSONA = ("tone", "archetype", "emoji_frequency", "slang_level")
_TIMING = ("peak_hours", "avoid_hours", "best_days", "hourly_performance", "avg_response_minutes", "timing_variation")


def put_creators(connection: Connection, rows: Sequence[CreatorRow], source: str, now: datetime) -> Imported:
    """Add creators, or change those that are known. Raises TableError when one is there twice."""
    require_once(source, [row.creator_id for row in rows])
    held = set(connection.scalars(select(creators.c.creator_id)))
    upsert(connection, creators, [_creator(row, now) for row in rows])
    upsert(connection, personas, [_persona(row) for row in rows if any(getattr(row, name) for name in _PERSONA)])
    timed = [row for row in rows if any(getattr(row, name) is not None for name in _TIMING)]
    upsert(connection, timing_profiles, [_timing(row) for row in timed])
    return counted(held, (row.creator_id for row in rows))


def put_creator(connection: Connection, row: CreatorRow, now: datetime) -> None:
    """Add a creator, or change what is known of it."""
    put_creators(connection, [row], row.creator_id, now)


def _creator(row: CreatorRow, now: datetime) -> dict[str, Any]:
    same = ("creator_id", "page_type", "performance_tier", "volume_level", "fan_count", "timezone")
    return {
        **{name: getattr(row, name) for name in (*same, "content_style", "sub_type", "analytics_summary", "is_active")},
        "display_name": row.display_name or row.creator_id,
        "avg_revenue_per_message_cents": cents(row.avg_revenue_per_message),
        "top_content_types": list(row.top_content_types),
        "updated_at": now,
    }


def _persona(row: CreatorRow) -> dict[str, Any]:
    told = {name: getattr(row, name) or "" for name in _PERSONA}
    return {"creator_id": row.creator_id, **told, "voice_samples": list(row.voice_samples)}


def _timing(row: CreatorRow) -> dict[str, Any]:
    return {
        "creator_id": row.creator_id,
        "peak_hours": list(row.peak_hours or ()),
        "avoid_hours": list(row.avoid_hours or ()),
        "best_days": list(row.best_days or ()),
        "hourly_performance": row.hourly_performance or {},
        "avg_response_minutes": row.avg_response_minutes,
        "multi_timezone_audience": row.multi_timezone_audience,
        "peak_engagement_hour": row.peak_engagement_hour,
        "timing_variation": row.timing_variation or "medium",
    }
