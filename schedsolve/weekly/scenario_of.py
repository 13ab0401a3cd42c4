"""What is known of a creator -> the scenario of the week."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args
from zoneinfo import ZoneInfo

from ..model.audience import Captions, Content, Horizon, Performance, Period, Pool
from ..model.catalog import CATALOG
from ..model.content import Library
from ..model.scenario import Creator, Scenario, Timing, Volume
from ..pipeline.content.pool import pool_freshness, stock_of
from ..pipeline.content.shelf import Shelf
from ..pipeline.content.vault import Vault
from .facts import Facts
from .wanted import Wanted

RUNS_USE = "14d"
"""The look back whose scores and trend hold where several are known but none counts its messages."""


def scenario_of(facts: Facts, wanted: Wanted) -> Scenario:
    """The scenario of the wanted week.

    Raises
    ------
    ValueError
        When a row of the store is no valid part of a scenario.
    """
    row, day = facts.creator, local_day(facts, wanted)
    page = str(row["page_type"])
    return Scenario.model_validate(
        {
            "schedsolve": 1,
            "kind": "creator-week",
            "name": f"{row['display_name']}, week of {facts.week_start}",
            "seed": wanted.seed_of(facts.week_start),
            "week_start": facts.week_start,
            "creator": Creator(
                id=row["creator_id"],
                page_type=page,  # type: ignore[arg-type]  # read from its text
                timezone=row["timezone"],
                fan_count=row["fan_count"],
                content_style=row["content_style"],
                sub_type=row["sub_type"],
            ),
            "volume": Volume(level=row["volume_level"] if row["fan_count"] is None else None),
            "performance": performance_of(facts, day),
            "content": contents_of(facts.library),
            "captions": Captions(pool=pools_of(facts.library, page, day)),
            "timing": timing_of(facts.timing, facts.anchor),
            "history": facts.handed.history,
        }
    )


def local_day(facts: Facts, wanted: Wanted) -> date:
    """The run's moment as a day on the creator's wall clock."""
    return wanted.as_of.astimezone(ZoneInfo(facts.creator["timezone"])).date()


def performance_of(facts: Facts, day: date) -> Performance:
    """Scores of the looks back that count their messages, or else of one of those that do not."""
    trends = facts.trends
    plain = trends.get(RUNS_USE) or next(iter(trends.values()), None)
    horizons: dict[Period, Horizon] = {
        period: Horizon(
            saturation=trends[period]["saturation_score"],
            opportunity=trends[period]["opportunity_score"],
            messages=trends[period]["message_count"],
        )
        for period in get_args(Period)
        if period in trends and trends[period]["message_count"] is not None
    }
    earned = facts.creator["avg_revenue_per_message_cents"]
    return Performance(
        saturation=None if plain is None else plain["saturation_score"],
        opportunity=None if plain is None else plain["opportunity_score"],
        revenue_trend="stable" if plain is None else plain["revenue_trend"],
        caption_freshness=pool_freshness(Shelf.of(facts.library, day), Vault.of(facts.library)),
        horizons=horizons,
        revenue_per_send=None if earned is None else earned / 100,
    )


def contents_of(library: Library) -> Content:
    """Rankings and stock by the contents' names."""
    names = {content.content_type_id: content.name for content in library.content_types}
    stocked = None
    if library.vault is not None:
        stocked = tuple(sorted({names[entry.content_type_id] for entry in library.vault if entry.stocked}))
    return Content(rankings={names[number]: tier for number, tier in sorted(library.rankings.items())}, vault=stocked)


def pools_of(library: Library, page: str, day: date) -> dict[str, Pool]:
    """Captions of each type of the page, and those of them that are usable on a day."""
    rows = [row for row in CATALOG.values() if page in row.pages]
    stock = stock_of(rows, Shelf.of(library, day), Vault.of(library))
    return {key: Pool(captions=found.captions, usable=found.usable) for key, found in stock.items()}


def timing_of(row: Mapping[str, Any] | None, anchor: date | None) -> Timing:
    """The creator's timing profile; what is empty in it keeps its default."""
    told: dict[str, Any] = {} if anchor is None else {"prime_anchor": anchor}
    if row is not None:
        told |= {name: tuple(row[name]) for name in ("peak_hours", "avoid_hours", "best_days") if row[name]}
        told |= {
            "hourly_performance": {int(hour): value for hour, value in row["hourly_performance"].items()},
            "avg_response_minutes": row["avg_response_minutes"],
            "multi_zone_audience": row["multi_timezone_audience"],
            "variation": row["timing_variation"],
        }
    return Timing(**told)
