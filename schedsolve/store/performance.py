"""How audiences did in the last 7, 14 and 30 days, and the volumes that were computed from that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import Connection, select

from ..analytics.tables import Row
from ..model.fields import Identifier
from ..model.volume import VolumeResult
from .importing import Imported, counted, require_all, require_once
from .row_fields import Count, Moment, Score
from .tables import creators, performance_history, volume_configs
from .upsert import upsert

FIELDS = (
    "base_config",
    "final_config",
    "weekly_distribution",
    "dow_multipliers_used",
    "content_allocations",
    "fused_saturation",
    "fused_opportunity",
    "divergence_detected",
    "confidence_score",
    "message_count",
    "elasticity_capped",
    "adjustments_applied",
    "caption_warnings",
    "prediction_id",
)
"""The fields of a volume result that are kept."""


class PerformanceRow(Row):
    """Scores of one look back, measured at a moment (now where none is given)."""

    creator_id: Identifier
    period: Literal["7d", "14d", "30d"]
    measured_at: Moment | None = None
    saturation_score: Score
    opportunity_score: Score
    revenue_trend: Literal["up", "stable", "down"] = "stable"
    engagement_velocity: Annotated[float, Field(ge=-1e9, le=1e9)] | None = None
    message_count: Count | None = None


def put_performance(connection: Connection, rows: Sequence[PerformanceRow], source: str, now: datetime) -> Imported:
    """Add measurements, or change those of the same moment.

    Raises
    ------
    TableError
        When a creator is not known, or a measurement is there twice.
    """
    people = set(connection.scalars(select(creators.c.creator_id)))
    require_all(
        source,
        rows,
        lambda row: [] if row.creator_id in people else [f"no creator {row.creator_id} is known"],
        "import creators first",
    )
    measured: list[dict[str, Any]] = [row.model_dump() | {"measured_at": row.measured_at or now} for row in rows]
    keys = [(row["creator_id"], row["period"], row["measured_at"]) for row in measured]
    require_once(source, keys)
    held = {tuple(row) for row in connection.execute(select(*performance_history.primary_key.columns))}
    upsert(connection, performance_history, measured)
    return counted(held, keys)


def put_volume(connection: Connection, creator_id: str, result: VolumeResult, now: datetime) -> None:
    """Keep what the volume stage computed for a creator."""
    told = result.model_dump(mode="json", include=set(FIELDS))
    upsert(connection, volume_configs, [{"creator_id": creator_id, "computed_at": now, **told}])
