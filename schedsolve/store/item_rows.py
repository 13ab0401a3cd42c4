"""A plan's items as rows, parents before their followups; links by slot id become links by item id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from ..model.plan import Item, Plan
from .moments import cents, moment_of, optional_moment

_SAME = (
    "slot_id",
    "timezone",
    "scheduled_time",
    "send_type_key",
    "category",
    "channel_key",
    "target_key",
    "caption_id",
    "caption_text",
    "content_type_id",
    "media_type",
    "flyer_required",
    "expected_value",
    "priority",
    "ppv_style",
    "strategy_used",
    "flavor_emphasis",
    "is_follow_up",
    "followup_delay_minutes",
    "timing_adjusted",
    "locked",
    "variation_metadata",
    "caption_status",
    "caption_level",
    "caption_scores",
    "vault_warning",
    "campaign_type",
    "game_type",
    "warnings",
)


def item_id(schedule_id: str, slot_id: str) -> str:
    """An item's stable id."""
    return f"{schedule_id}/{slot_id}"


def publish_key(item: str) -> str:
    """The key under which an item is sent, the same at every try."""
    return sha256(f"publish:{item}".encode()).hexdigest()


def item_rows(plan: Plan, schedule_id: str, parents_elsewhere: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows of `schedule_items`; `parents_elsewhere` gives item ids for parents of earlier weeks (`history_<n>`)."""
    own = {item.slot_id for item in plan.items}
    ordered = sorted(plan.items, key=lambda item: item.parent_item_id is not None and item.parent_item_id in own)
    return [_row(item, schedule_id, own, parents_elsewhere) for item in ordered]


def _row(item: Item, schedule_id: str, own: set[str], parents_elsewhere: Mapping[str, str]) -> dict[str, Any]:
    told = item.model_dump(mode="json")
    own_id, parent = item_id(schedule_id, item.slot_id), item.parent_item_id
    return {
        **{name: told[name] for name in _SAME},
        "item_id": own_id,
        "schedule_id": schedule_id,
        "scheduled_at_utc": moment_of(item.scheduled_at_utc),
        "scheduled_date": date.fromisoformat(item.scheduled_date),
        "expires_at_utc": optional_moment(item.expires_at_utc),
        "needs_caption": bool(item.needs_caption),
        "suggested_price_cents": cents(item.suggested_price),
        "campaign_goal_cents": cents(item.campaign_goal),
        "estimated_revenue_cents": cents(item.estimated_revenue),
        "parent_slot_id": parent,
        "parent_item_id": item_id(schedule_id, parent) if parent in own else parents_elsewhere.get(parent or ""),
        "publish_state": "pending",
        "publish_key": publish_key(own_id),
        "published_at": None,
    }
