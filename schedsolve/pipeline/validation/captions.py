"""Captions of the items: there at all, each once, of a type that goes with the send, in the persona's voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .check import Flaw, Found, of_items, words
from .schedule import Schedule, ScheduledItem

WITHOUT = Found(unchecked="the plan carries no captions")


def missing(schedule: Schedule) -> Found:
    """Items whose caption a person must write."""
    if not schedule.captioned:
        return WITHOUT
    lacking = [item for item in schedule.items if item.lacks_caption]
    flaws = tuple(
        Flaw(f"{words(item)} has no caption; a person must write it", (item.id,), origin="caption_status")
        for item in lacking
    )
    return Found(flaws, len(lacking), len(schedule.items), review=bool(lacking))


def used_twice(schedule: Schedule) -> Found:
    """Captions that stand more than once in a week of the plan; the first use is no fault."""
    if not schedule.captioned:
        return WITHOUT
    flaws: list[Flaw] = []
    surplus: list[str] = []
    for days in schedule.week.horizon.plan_weeks:
        held = [item for item in schedule.items if item.send.day in days]
        for caption, uses in _uses(held).items():
            if len(uses) > 1:
                ids = tuple(item.id for item in uses)
                message = f"caption {caption} is used {len(uses)} times: {', '.join(ids)}"
                flaws.append(
                    Flaw(message, ids, caption_id=caption, value=len(uses), limit=1, origin="caption_id"),
                )
                surplus += ids[1:]
    return of_items(flaws, len(schedule.items), surplus)


def _uses(items: Sequence[ScheduledItem]) -> dict[int, list[ScheduledItem]]:
    uses: dict[int, list[ScheduledItem]] = {}
    for item in items:
        if item.caption_id is not None:
            uses.setdefault(item.caption_id, []).append(item)
    return uses


def of_another_type(schedule: Schedule) -> Found:
    """Captions whose type does not go with the send; not to be told where the pool is not at hand."""
    if not schedule.captioned:
        return WITHOUT
    found = of_items(_strangers(schedule), len(schedule.items))
    held = [item.caption_id for item in schedule.items if item.caption_id is not None]
    unknown = sum(caption not in (schedule.captions or {}) for caption in held)
    why = f"the type of {unknown} of {len(held)} captions is unknown" if unknown else ""
    return Found(found.flaws, found.affected, found.examined, unchecked=why)


def _strangers(schedule: Schedule) -> Iterator[Flaw]:
    for item in schedule.items:
        caption = None if item.caption_id is None else (schedule.captions or {}).get(item.caption_id)
        row = item.send.send_type
        stranger = caption is not None and row is not None and caption.caption_type not in row.captions
        if stranger or "type_mismatch" in item.warnings:
            kind = "another type" if caption is None else f"type {caption.caption_type}"
            fits = f"; {' or '.join(row.captions)} goes with it" if row is not None else ""
            message = f"{words(item)} has a caption of {kind}{fits}"
            yield Flaw(message, (item.id,), caption_id=item.caption_id, origin="caption_id")


def out_of_voice(schedule: Schedule) -> Found:
    """Captions that share no trait with the persona."""
    if not schedule.captioned:
        return WITHOUT
    return of_items(
        (
            Flaw(f"{words(item)}: the caption does not fit the persona", (item.id,), caption_id=item.caption_id)
            for item in schedule.items
            if item.persona == 0 or "persona_mismatch" in item.warnings
        ),
        len(schedule.items),
    )
