"""Counting moves from two plans alone, as a reader of both would."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ...model.plan import Item


def churned(old: Sequence[Item], new: Sequence[Item], now: str, impossible: Collection[str]) -> int:
    """Items of the old plan from `now` on (UTC as plans write it) that the new one does not keep.

    Kept are those with the same minute, type and style; followups only with their parent. Impossible ones do not count.
    """
    there = {(item.scheduled_at_utc, item.send_type_key, item.ppv_style): item for item in new}
    moved = {
        item.slot_id
        for item in old
        if not item.is_follow_up and (item.scheduled_at_utc, item.send_type_key, item.ppv_style) not in there
    }
    for item in old:
        if item.is_follow_up:
            same = there.get((item.scheduled_at_utc, item.send_type_key, item.ppv_style))
            if same is None or same.parent_item_id != item.parent_item_id or item.parent_item_id in moved:
                moved.add(item.slot_id)
    return sum(item.slot_id in moved and item.scheduled_at_utc >= now for item in old if item.slot_id not in impossible)
