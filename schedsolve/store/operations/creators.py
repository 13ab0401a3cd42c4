"""Who the creators are, how they talk, and when their audience answers."""

from __future__ import annotations

from sqlalchemy import select

from ..engine import Store
from ..moments import money
from ..tables import creators, personas, timing_profiles
from .asking import Document, documents, one, require_creator
from .figures import latest_performance, latest_volume

DEFAULT_TIMING: Document = {
    "best_hours": [19, 20, 21, 22],
    "avoid_hours": [3, 4, 5, 6],
    "best_days": ["friday", "saturday", "sunday"],
    "hourly_performance": {},
}


def get_creator_profile(store: Store, creator_id: str) -> Document:
    """Creator, analytics, volume and best contents. Raises CreatorNotFoundError."""
    found = _shown(require_creator(store, creator_id, "get_creator_profile"))
    return {
        "analytics": found.pop("analytics_summary"),
        "top_content_types": found.pop("top_content_types"),
        "creator": found,
        "volume": latest_volume(store, creator_id),
    }


def get_active_creators(store: Store, tier: int | None = None, page_type: str | None = None) -> list[Document]:
    """Active creators with how they do, by id; of a performance tier, of a page type."""
    query = select(creators).where(creators.c.is_active).order_by(creators.c.creator_id)
    if tier is not None:
        query = query.where(creators.c.performance_tier == tier)
    if page_type is not None:
        query = query.where(creators.c.page_type == page_type)
    return [
        _shown(row) | {"performance": latest_performance(store, row["creator_id"], "14d")}
        for row in documents(store, query, "get_active_creators")
    ]


def get_persona_profile(store: Store, creator_id: str) -> Document:
    """Persona and voice samples; `enhanced` tells whether there is more than the default. Raises
    CreatorNotFoundError."""
    require_creator(store, creator_id, "get_persona_profile")
    found = one(store, select(personas).where(personas.c.creator_id == creator_id), "get_persona_profile")
    samples = [] if found is None else found.pop("voice_samples")
    return {"creator_id": creator_id, "persona": found, "enhanced": bool(samples), "voice_samples": samples}


def get_best_timing(store: Store, creator_id: str, days_lookback: int | None = None) -> Document:
    """Zone, hours and days; the usual ones where nothing is known. Raises CreatorNotFoundError."""
    creator = require_creator(store, creator_id, "get_best_timing")
    query = select(timing_profiles).where(timing_profiles.c.creator_id == creator_id)
    found = one(store, query, "get_best_timing")
    told = dict(DEFAULT_TIMING)
    if found is not None:
        told |= {name: found[name] for name in ("avoid_hours", "best_days") if found[name]}
        told["best_hours"] = found["peak_hours"] or DEFAULT_TIMING["best_hours"]
        told |= {
            name: found[name]
            for name in (
                "hourly_performance",
                "avg_response_minutes",
                "multi_timezone_audience",
                "peak_engagement_hour",
                "timing_variation",
            )
        }
    return {"timezone": creator["timezone"], "days_lookback": days_lookback, "measured": found is not None, **told}


def _shown(row: Document) -> Document:
    """A creator's row with money in dollars."""
    told = dict(row)
    told["avg_revenue_per_message"] = money(told.pop("avg_revenue_per_message_cents"))
    return told
