"""Carrying a plan over into its successor: the past word for word, and to what stays its id and its content."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from ...model.difference import difference
from ...model.plan import Item, Plan, Shortfall
from ..finish import Finished

CONTENT = (
    "caption_id",
    "caption_text",
    "content_type_id",
    "media_type",
    "flyer_required",
    "suggested_price",
    "caption_status",
    "caption_level",
    "caption_scores",
    "needs_caption",
    "vault_warning",
    "campaign_goal",
    "estimated_revenue",
    "warnings",
)
"""What the content stage filled in: it stays with a send of the same id, type and style."""
_NUMBERED = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d+)")


def carried_over(
    finished: Finished, old: Plan, past: Sequence[Item], today: str, ended: Collection[str] = ()
) -> Finished:
    """A finished plan with the old plan's ids where sends stayed or moved within their day, and its past as it was.

    `past` are the old plan's items that have gone out; shortfalls of days before `today` stay as they were told. The
    ids in `ended` are given to no send any more.
    """
    names = _names(finished.items, old.items, ended)
    gone = {item.slot_id: item for item in past}
    verbatim = {_moment(item): item for item in past}
    known = {item.slot_id: item for item in old.items}
    ranks = _ranks([item for item in finished.items if not item.is_follow_up], names, gone)
    items = []
    for item in finished.items:
        slot = _renamed(item, names)
        parent = item.parent_item_id and names.get(item.parent_item_id, item.parent_item_id)
        rank = ranks.get(parent if parent and item.is_follow_up else slot, item.priority)
        fresh = item.model_copy(update={"slot_id": slot, "parent_item_id": parent, "priority": rank})
        items.append(verbatim.get(_moment(item)) or _with_content(fresh, known.get(slot)))
    items.sort(key=lambda item: (item.scheduled_at_utc, item.is_follow_up, item.slot_id))
    return replace(
        finished,
        items=tuple(items),
        pins=tuple(
            pin.model_copy(
                update={
                    "item": names.get(pin.item, pin.item),
                    "replaced_by": pin.replaced_by and names.get(pin.replaced_by, pin.replaced_by),
                }
            )
            for pin in finished.pins
        ),
        shortfalls=_shortfalls(finished.shortfalls, old.shortfalls, today),
    )


def _names(new: Sequence[Item], old: Sequence[Item], ended: Collection[str]) -> Mapping[str, str]:
    """The id of every regular send of the new plan, by the one that it was given at first."""
    pairs = difference([item for item in _regular(old) if item.slot_id not in ended], _regular(new)).changes
    names = {
        change.new.slot_id: change.old.slot_id
        for change in pairs
        if change.old and change.new and change.old.scheduled_date == change.new.scheduled_date
    }
    used = {item.slot_id for item in old}
    last: dict[str, int] = {}
    for slot in used:
        if match := _NUMBERED.fullmatch(slot):
            last[match[1]] = max(last.get(match[1], 0), int(match[2]))
    for item in sorted(_regular(new), key=lambda item: (item.scheduled_date, int(item.slot_id.rpartition("_")[2]))):
        if item.slot_id not in names:
            number = last.get(item.scheduled_date, 0) + 1
            while f"{item.scheduled_date}_{number}" in used:
                number += 1
            last[item.scheduled_date] = number
            names[item.slot_id] = f"{item.scheduled_date}_{number}"
    return names


def _regular(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if not item.is_follow_up]


def _moment(item: Item) -> tuple[str, str]:
    """What tells sends of one plan apart."""
    return item.scheduled_at_utc, item.send_type_key


def _renamed(item: Item, names: Mapping[str, str]) -> str:
    if item.is_follow_up:
        parent = item.parent_item_id or ""
        return f"{names.get(parent, parent)}_followup"
    return names[item.slot_id]


def _ranks(items: Sequence[Item], names: Mapping[str, str], gone: Mapping[str, Item]) -> Mapping[str, int]:
    """Priority by final id: what has gone out keeps its own, the others of its day and category take what is left."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault((item.scheduled_date, item.category), []).append(item)
    ranks: dict[str, int] = {}
    for group in groups.values():
        past = {gone[names[item.slot_id]].priority for item in group if names[item.slot_id] in gone}
        free = (rank for rank in range(1, len(group) + len(past) + 1) if rank not in past)
        for item in sorted(group, key=lambda item: item.priority):
            slot = names[item.slot_id]
            ranks[slot] = gone[slot].priority if slot in gone else next(free)
    return ranks


def _with_content(item: Item, old: Item | None) -> Item:
    if old is None or (old.send_type_key, old.ppv_style) != (item.send_type_key, item.ppv_style):
        return item
    return item.model_copy(update={name: getattr(old, name) for name in CONTENT})


def _shortfalls(new: Sequence[Shortfall], old: Sequence[Shortfall], today: str) -> tuple[Shortfall, ...]:
    told = {entry.model_copy(update={"binding": ()}): entry for entry in old}
    return tuple(
        told.get(entry.model_copy(update={"binding": ()}), entry) if entry.date < today else entry for entry in new
    )
