"""An item with content: the fields that follow from its caption, the vault and what is known of prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...model.catalog import SendType
from ...model.content import Library
from ...model.plan import CaptionScores, CaptionStatus, Item
from .composite import Weights, diversity, scores, type_priority
from .figures import DEGRADED_FROM, MANUAL_TEXT, STANDARD_FRESHNESS
from .prices import Prices, campaign_goal, estimated_revenue, suggested_price
from .shelf import NO_CONTENT, Shelf
from .showing import shown
from .slots import Slot
from .vault import Vault


@dataclass(frozen=True)
class ItemFiller:
    """What items are filled from; `by_point` is dollars per point of expected value, None where not known."""

    library: Library
    shelf: Shelf
    vault: Vault
    catalog: Mapping[str, SendType]
    prices: Prices
    by_point: float | None

    def filled(self, slot: Slot, row: int | None, weights: Weights, earlier: int) -> Item:
        """A send with the caption in a row of the shelf, or with none: a person must write one.

        `earlier` counts captions of the same type that go out before it that day.
        """
        told = self._without_caption(slot) if row is None else self._with_caption(slot, row, weights, earlier)
        content = slot.item.content_type_id
        if content is None and row is not None and self.shelf.content[row] != NO_CONTENT:
            content = int(self.shelf.content[row])
        return self._priced(slot, {**told, **shown(slot.row, content, self.library, self.vault)})

    def kept(self, slot: Slot) -> Item:
        """A send whose caption the library does not know: it stays as it is, with the rest filled in."""
        told = {"caption_status": slot.item.caption_status or "assigned", "needs_caption": False}
        return self._priced(slot, {**told, **shown(slot.row, slot.item.content_type_id, self.library, self.vault)})

    def restocked(self, slot: Slot) -> Item:
        """A send that is complete but shows what the vault lacks: it shows something else, or nothing."""
        return slot.item.model_copy(update={**shown(slot.row, None, self.library, self.vault)})

    def stocked(self, slot: Slot) -> bool:
        """Whether the content that an item names, if any, can be shown."""
        content = slot.item.content_type_id
        return content is None or not self.vault.checked or content in self.vault.showing(slot.row.media)

    def _with_caption(self, slot: Slot, row: int, weights: Weights, earlier: int) -> dict[str, Any]:
        caption, level = self.shelf.captions[row], int(self.shelf.level[row])
        status: CaptionStatus = "degraded" if level >= DEGRADED_FROM else "assigned"
        freshness = float(self.shelf.freshness[row])
        mismatch = caption.caption_type not in slot.row.captions
        warnings = {"low_freshness": freshness < STANDARD_FRESHNESS, "type_mismatch": mismatch}
        return {
            "caption_id": caption.caption_id,
            "caption_text": slot.item.caption_text or caption.caption_text,
            "caption_status": status,
            "caption_level": level,
            "caption_scores": self._scores(slot, row, weights, earlier),
            "needs_caption": False,
            "warnings": _joined(slot.item.warnings, [name for name, applies in warnings.items() if applies]),
        }

    def _scores(self, slot: Slot, row: int, weights: Weights, earlier: int) -> CaptionScores:
        return scores(
            weights,
            float(self.shelf.freshness[row]),
            float(self.shelf.performance[row]),
            type_priority(slot.row, self.shelf.captions[row].caption_type),
            diversity(earlier),
            float(self.shelf.persona[row]),
        )

    def _without_caption(self, slot: Slot) -> dict[str, Any]:
        missing = ["followup_caption_missing"] if slot.item.is_follow_up else []
        return {
            "caption_id": None,
            "caption_text": MANUAL_TEXT,
            "caption_status": "manual_required",
            "caption_level": None,
            "caption_scores": None,
            "needs_caption": True,
            "warnings": _joined(slot.item.warnings, missing),
        }

    def _priced(self, slot: Slot, told: Mapping[str, Any]) -> Item:
        """With prices; those that the item states stay."""
        item, row = slot.item, slot.row
        priced = {
            "suggested_price": suggested_price(row, self.catalog, self.prices),
            "campaign_goal": campaign_goal(row, self.prices),
            "estimated_revenue": estimated_revenue(item, self.by_point),
        }
        stated = {name: getattr(item, name) for name in priced if getattr(item, name) is not None}
        return item.model_copy(update={**told, **priced, **stated})


def _joined(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*old, *new]))
