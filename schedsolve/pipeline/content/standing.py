"""Captions that items bring along: given by hand, or from an earlier run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ...solver.matching import Occasion
from .shelf import Shelf
from .slots import Slot

_OF_THE_CAPTION = ("caption_id", "caption_text", "caption_status", "caption_level", "caption_scores", "needs_caption")


def standing(slots: Sequence[Slot], used: Collection[int]) -> tuple[list[Slot], list[Slot]]:
    """The slots, without captions that stand there twice; and the slots that had these, as they were.

    The first one in time stays, unless the caption is among `used`.
    """
    kept, twice = [], []
    seen = set(used)
    for slot in slots:
        if slot.item.caption_id is not None and slot.item.caption_id not in seen:
            seen.add(slot.item.caption_id)
            kept.append(slot)
            continue
        if slot.filled:
            twice.append(slot)
        kept.append(replace(slot, item=slot.item.model_copy(update=dict.fromkeys(_OF_THE_CAPTION))))
    return kept, twice


def occasions_of(captions: Sequence[tuple[Slot, int | None]], shelf: Shelf) -> list[Occasion]:
    """Where captions (by shelf row) stand on the days of the week."""
    return [
        Occasion(slot.day, slot.order, shelf.captions[row].caption_type) for slot, row in captions if row is not None
    ]
