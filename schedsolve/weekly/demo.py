"""A store to try things with: five creators, each with a vault, rankings and figures, and one pool of captions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Connection

from ..model.content import Library
from ..pipeline.content.demo_library import demo_library
from ..store.captions import CaptionRow, put_captions
from ..store.creators import CreatorRow, put_creators
from ..store.engine import Store
from ..store.importing import import_rows
from ..store.migrate import upgrade
from ..store.moments import now as _now
from ..store.performance import PerformanceRow, put_performance
from ..store.vault import VaultRow, put_vault

CAPTIONS = 2000
SOURCE = "demo"
_PERSONA = {"tone": "playful", "archetype": "girl next door", "emoji_frequency": "high", "slang_level": "low"}


@dataclass(frozen=True)
class DemoCreator:
    """A made-up creator; `scores` are saturation and opportunity, `messages` how many sends they rest on."""

    creator_id: str
    page_type: str
    fans: int
    zone: str
    peaks: tuple[int, ...]
    scores: tuple[float, float]
    trend: str
    messages: int
    earned: float
    style: tuple[str | None, str | None] = (None, None)


CREATORS = (
    DemoCreator("alexia", "paid", 8500, "America/New_York", (20, 21, 22), (45, 62), "up", 310, 18.5),
    DemoCreator("bella", "free", 22_000, "America/Los_Angeles", (19, 20, 21), (58, 48), "stable", 420, 9.8),
    DemoCreator("carmen", "paid", 3200, "Europe/Madrid", (21, 22, 23), (35, 74), "up", 160, 24.0),
    DemoCreator("dana", "paid", 700, "Europe/Berlin", (19, 20, 22), (28, 55), "stable", 70, 15.0),
    DemoCreator("elif", "free", 4800, "Europe/Istanbul", (12, 20, 21), (72, 38), "down", 230, 7.5),
)


@dataclass(frozen=True)
class Made:
    """How many rows the demo wrote."""

    creators: int
    captions: int


def make_demo(store: Store, as_of: datetime | None = None) -> Made:
    """Bring the store up to date and write the demo's rows in one transaction; rows of a demo before are replaced.

    `as_of` is the moment at which captions have rested as they have, and at which audiences were measured (now).
    """
    moment = (as_of or _now()).astimezone(UTC)
    library = demo_library(moment.date(), CAPTIONS)
    upgrade(store)

    def write(connection: Connection) -> Any:
        put_creators(connection, [_creator(one) for one in CREATORS], SOURCE, moment)
        put_vault(connection, [row for one in CREATORS for row in _vault(one, library)], SOURCE, moment)
        put_performance(connection, [row for one in CREATORS for row in _performance(one, moment)], SOURCE, moment)
        return put_captions(connection, _captions(library), SOURCE)

    import_rows(store, write)
    return Made(len(CREATORS), len(library.captions))


def _creator(one: DemoCreator) -> CreatorRow:
    return CreatorRow.model_validate(
        {
            "creator_id": one.creator_id,
            "display_name": one.creator_id.title(),
            "page_type": one.page_type,
            "fan_count": one.fans,
            "timezone": one.zone,
            "avg_revenue_per_message": one.earned,
            "content_style": one.style[0],
            "sub_type": one.style[1],
            "peak_hours": one.peaks,
            "avoid_hours": (3, 4, 5, 6),
            "best_days": ("friday", "saturday", "sunday"),
            "timing_variation": "medium",
            **_PERSONA,
        }
    )


def _vault(one: DemoCreator, library: Library) -> list[VaultRow]:
    """The library's vault under the contents' names, each with its tier."""
    names = {content.content_type_id: content.name for content in library.content_types}
    return [
        VaultRow.model_validate(
            {
                "creator_id": one.creator_id,
                "content_type": names[entry.content_type_id],
                "media_type": str(entry.media_type),
                "item_count": entry.item_count,
                "is_allowed": entry.is_allowed,
                "tier": library.rankings.get(entry.content_type_id),
            }
        )
        for entry in library.vault or ()
    ]


def _performance(one: DemoCreator, moment: datetime) -> list[PerformanceRow]:
    """Three looks back with the same scores, the longer ones with more messages."""
    saturation, opportunity = one.scores
    return [
        PerformanceRow.model_validate(
            {
                "creator_id": one.creator_id,
                "period": period,
                "measured_at": datetime.combine(moment.date(), time(), UTC),
                "saturation_score": saturation,
                "opportunity_score": opportunity,
                "revenue_trend": one.trend,
                "message_count": one.messages * days // 30,
            }
        )
        for period, days in (("7d", 7), ("14d", 14), ("30d", 30))
    ]


def _captions(library: Library) -> list[CaptionRow]:
    names = {content.content_type_id: content.name for content in library.content_types}
    return [
        CaptionRow.model_validate(
            {
                "caption_id": caption.caption_id,
                "caption_text": caption.caption_text,
                "caption_type": caption.caption_type,
                "content_type": None if caption.content_type_id is None else names[caption.content_type_id],
                "performance_score": caption.performance_score,
                "persona_tags": caption.persona_tags,
                "last_used_at": None
                if caption.last_used_on is None
                else datetime.combine(caption.last_used_on, time(12), UTC),
            }
        )
        for caption in library.captions
    ]
