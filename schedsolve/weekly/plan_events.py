"""The events of a finished plan: patterns that changed, followups with their times, minutes that were moved."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ..model.plan import Plan
from ..model.rotation import STANDARD_PATTERNS
from ..model.scenario import PastRotation
from ..store.events import Events
from ..store.week_events import followup_scheduled, jitter_applied, rotation_change


def tell_plan(events: Events, plan: Plan, before: PastRotation | None) -> None:
    """Tell all of them, in the order of the week; `before` is the rotation that was handed over."""
    _rotations(events, plan, before)
    items = {item.slot_id: item for item in plan.items}
    for item in plan.items:
        at = _moment(item.scheduled_at_utc)
        parent = items.get(item.parent_item_id or "")
        if parent is not None:
            followup_scheduled(events, _moment(parent.scheduled_at_utc), at, parent.ppv_style)
        moved = item.variation_metadata.jitter
        if moved:
            jitter_applied(events, at - timedelta(minutes=moved), at, item.send_type_key)


def _rotations(events: Events, plan: Plan, before: PastRotation | None) -> None:
    held = tuple(before.pattern) if before else None
    since = before.started if before else None
    for day in plan.days:
        today = date.fromisoformat(day.date)
        if held is not None and since is not None and day.rotation_pattern != held:
            old, new = [str(style) for style in held], [str(style) for style in day.rotation_pattern]
            rotation_change(events, old, new, _method(old, new), (today - since).days)
        if day.rotation_pattern != held:
            held, since = day.rotation_pattern, today


def _method(old: list[str], new: list[str]) -> str:
    if new == old[::-1]:
        return "reverse"
    return "new" if any(new == [str(style) for style in pattern] for pattern in STANDARD_PATTERNS) else "shuffle"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
