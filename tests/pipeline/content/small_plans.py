"""Small plans and libraries: items by a line each, captions by what a test cares about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from schedsolve.model.catalog import CATALOG, FOLLOWUP
from schedsolve.model.content import Caption, ContentType, Library, VaultEntry
from schedsolve.model.plan import Item, Plan, ScenarioStamp, Timings, VariationMetadata
from schedsolve.model.volume import VolumeConfig, VolumeResult

AS_OF = date(2025, 1, 20)
SOLO, LINGERIE, OUTDOOR = 1, 2, 3
CONTENTS = (ContentType(SOLO, "solo"), ContentType(LINGERIE, "lingerie"), ContentType(OUTDOOR, "outdoor"))
FULL_VAULT = tuple(VaultEntry(content.content_type_id, "video", 5) for content in CONTENTS)


def item(line: str, **changes: Any) -> Item:
    """An item from `20 10:07 bump_normal`: day of January 2025, time, send type; `>id` makes it a followup."""
    day, clock, key, *parent = line.split()
    row = CATALOG.get(key, CATALOG["bump_normal"])
    slot = f"2025-01-{day}_{clock.replace(':', '')}"
    fields: dict[str, Any] = {
        "slot_id": f"{slot}_followup" if parent else slot,
        "scheduled_date": f"2025-01-{day}",
        "scheduled_time": f"{clock}:00",
        "scheduled_at_utc": f"2025-01-{day}T{clock}:00Z",
        "timezone": "UTC",
        "send_type_key": key,
        "category": row.category,
        "ppv_style": row.styles[0] if row.styles else None,
        "channel_key": row.channel,
        "target_key": row.default_target,
        "is_follow_up": key == FOLLOWUP,
        "parent_item_id": parent[0][1:] if parent else None,
        "followup_delay_minutes": 30 if parent else None,
        "timing_adjusted": False,
        "expires_at_utc": None,
        "priority": 1,
        "strategy_used": "balanced_standard",
        "flavor_emphasis": "even_mix",
        "expected_value": row.value,
        "locked": False,
        "variation_metadata": VariationMetadata(),
    }
    return Item(**{**fields, **changes})


def plan(*lines: str | Item, volume: VolumeResult | None = None) -> Plan:
    """A plan of nothing but items."""
    return Plan(
        scenario=ScenarioStamp(name="small", sha256="0" * 64),
        creator_id="alexia",
        seed=1,
        effort="quick",
        status="feasible",
        objective=None,
        bound=None,
        gap=None,
        reproducible=True,
        versions={},
        timings=Timings(deterministic_time=0, solves=0, variables=0, constraints=0),
        days=(),
        items=tuple(line if isinstance(line, Item) else item(line) for line in lines),
        pins=(),
        shortfalls=(),
        relaxations=(),
        warnings=(),
        summary=None,
        volume=volume,
        audit=None,
        score={},
    )


def volume(allocations: dict[str, int], warnings: tuple[str, ...] = ()) -> VolumeResult:
    """What the volume stage says of contents and captions."""
    config = VolumeConfig(
        tier="low", revenue_per_day=3, engagement_per_day=3, retention_per_day=1, ppv_per_day=2, bump_per_day=2
    )
    return VolumeResult(
        base_config=config,
        final_config=config,
        weekly_distribution=dict.fromkeys(range(7), 7),
        dow_multipliers_used=dict.fromkeys(range(7), 1.0),
        content_allocations=allocations,
        fused_saturation=50,
        fused_opportunity=50,
        divergence_detected=False,
        confidence_score=0.55,
        message_count=22,
        elasticity_capped=False,
        adjustments_applied=("base_tier_calculation",),
        caption_warnings=warnings,
        prediction_id=None,
        volume_level="low",
        revenue_per_day=3,
        engagement_per_day=3,
        retention_per_day=1,
        calculation_source="optimized",
        data_source="fan_count",
        priority_shift="balanced",
        requires_caption_review=False,
        prediction=None,
        trail=(),
        warnings=(),
    )


def caption(number: int, kind: str, performance: float | None = 80, rested: int | None = None, **more: Any) -> Caption:
    """A caption that rested so many days (None: never used)."""
    used = None if rested is None else AS_OF - timedelta(days=rested)
    return Caption(number, f"text {number}", kind, performance_score=performance, last_used_on=used, **more)


def library(captions: Iterable[Caption], **more: Any) -> Library:
    """Captions of a creator who has videos of everything."""
    return Library(tuple(captions), **{"content_types": CONTENTS, "vault": FULL_VAULT, **more})
