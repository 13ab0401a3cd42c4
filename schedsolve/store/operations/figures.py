"""How an audience did, and the volume that follows from it."""

from __future__ import annotations

from sqlalchemy import select

from ...errors import StoreError
from ...model.catalog import PageType
from ...pipeline.volume.base_tier import base_of, tier_of
from ..engine import Store
from ..tables import performance_history, volume_configs
from .asking import Document, one, require_creator

PERIODS = ("7d", "14d", "30d")


def get_performance_trends(store: Store, creator_id: str, period: str = "14d") -> Document:
    """The latest scores of a look back; the middle of everything where there are none.

    Raises CreatorNotFoundError, and StoreError for another period.
    """
    if period not in PERIODS:
        raise StoreError(f"period {period!r} is not one of {', '.join(PERIODS)}")
    require_creator(store, creator_id, "get_performance_trends")
    found = latest_performance(store, creator_id, period)
    if found is not None:
        return found | {"measured": True}
    return {
        "creator_id": creator_id,
        "period": period,
        "saturation_score": 50.0,
        "opportunity_score": 50.0,
        "revenue_trend": "stable",
        "engagement_velocity": None,
        "message_count": None,
        "measured": False,
    }


def latest_performance(store: Store, creator_id: str, period: str) -> Document | None:
    """The latest measurement of a look back."""
    query = (
        select(performance_history)
        .where(performance_history.c.creator_id == creator_id, performance_history.c.period == period)
        .order_by(performance_history.c.measured_at.desc())
    )
    return one(store, query, "get_performance_trends")


def get_volume_config(store: Store, creator_id: str) -> Document:
    """The latest computed volume, with the older names of its figures. Raises CreatorNotFoundError, and StoreError
    where none was computed."""
    creator = require_creator(store, creator_id, "get_volume_config")
    found = latest_volume(store, creator_id)
    if found is None:
        raise StoreError(f"no volume of {creator_id} was computed yet; plan a week first")
    final = found["final_config"]
    quotas = {name: final[name] for name in ("revenue_per_day", "engagement_per_day", "retention_per_day")}
    return {
        "volume_level": final.get("tier", creator["volume_level"]),
        **quotas,
        **found,
        "calculation_source": "optimized",
        "data_source": "volume_configs",
        "ppv_per_day": final.get("ppv_per_day"),
        "bump_per_day": final.get("bump_per_day"),
    }


def latest_volume(store: Store, creator_id: str) -> Document | None:
    """The latest computed volume."""
    query = (
        select(volume_configs)
        .where(volume_configs.c.creator_id == creator_id)
        .order_by(volume_configs.c.computed_at.desc())
    )
    return one(store, query, "get_volume_config")


def get_volume_assignment(store: Store, creator_id: str) -> Document:
    """The plain day of a creator's level, by its fans where none is stated. Deprecated.

    Raises CreatorNotFoundError, and StoreError where neither level nor fans are known.
    """
    creator = require_creator(store, creator_id, "get_volume_assignment")
    level = creator["volume_level"]
    if level is None and creator["fan_count"] is not None:
        level = tier_of(creator["fan_count"])
    if level is None:
        raise StoreError(f"neither level nor fans of {creator_id} are known; import them")
    quota = base_of(level, PageType(creator["page_type"])).quota
    return {
        "creator_id": creator_id,
        "volume_level": level,
        "revenue_per_day": quota.revenue,
        "engagement_per_day": quota.engagement,
        "retention_per_day": quota.retention,
        "deprecated": "use get_volume_config, which has the computed volume",
    }
