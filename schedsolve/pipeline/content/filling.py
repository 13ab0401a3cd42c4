"""The content stage: every send of a plan gets its caption, its content and its price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from ...model.catalog import CATALOG, SendType
from ...model.content import Library
from ...model.filled import Filled
from ...model.plan import Item, Plan
from .advice import recommendations
from .composite import STANDARD, Weights
from .content_choice import ContentChoice, content_choice
from .figures import LEAST_CANDIDATES, LEAST_FOLLOWUP_CANDIDATES
from .findings import (
    caption_findings,
    other_findings,
    pool_findings,
    pool_warnings,
    standing_findings,
    vault_findings,
    weight_findings,
)
from .item_filling import ItemFiller
from .pool import next_run, pool_freshness, stock_of
from .prices import Prices, revenue_by_point
from .selection import Selection, selected
from .shelf import Shelf
from .slots import Slot, slots_of
from .standing import occasions_of, standing
from .vault import Vault


@dataclass(frozen=True)
class Terms:
    """What else the stage goes by.

    Attributes
    ----------
    allocations
        How many revenue sends a day should show each content (by name); None takes them from the plan's volume.
    used
        Captions that went out to the creator's audience earlier in the same week.
    prices
        What is known of the creator's prices.
    """

    allocations: Mapping[str, int] | None = None
    used: frozenset[int] = frozenset()
    prices: Prices = field(default_factory=Prices)


def filled(
    plan: Plan,
    library: Library,
    as_of: date,
    terms: Terms | None = None,
    catalog: Mapping[str, SendType] = CATALOG,
) -> Filled:
    """A plan's items with captions, contents and prices.

    One optimal choice for all regular sends of the plan; followups then choose from what is left. Items that have a
    caption keep it, unless it is there twice.

    Parameters
    ----------
    as_of
        The day on which rest ends: the same day gives the same result.
    catalog
        The send types of the plan.
    """
    terms = terms or Terms()
    vault, shelf = Vault.of(library), Shelf.of(library, as_of)
    slots, twice = standing(slots_of(plan.items, catalog), terms.used)
    chosen = _chosen(plan, slots, shelf, vault, library, terms)
    filler = ItemFiller(library, shelf, vault, catalog, terms.prices, revenue_by_point(plan.items, terms.prices))
    told = _told(slots, chosen, filler)
    items = list(plan.items)
    for slot, item in told:
        items[slot.place] = item
    freshness = pool_freshness(shelf, vault)
    stock = stock_of({slot.row.key: slot.row for slot in slots}.values(), shelf, vault)
    short = [warning.send_type_key for warning in pool_warnings(stock) if warning.needs_review]
    coming = next_run(freshness, short)
    known = {slot.place for slot in slots}
    return Filled(
        items=tuple(items),
        findings=tuple(
            chain(
                caption_findings(told),
                weight_findings(told, chosen.weights),
                standing_findings(
                    told, twice, [slot for slot in slots if slot.filled and chosen.rows[slot.place] is None]
                ),
                vault_findings(told, vault.checked, [slot for slot in slots if not filler.stocked(slot)]),
                pool_findings(stock, freshness, coming.stale, plan.volume.caption_warnings if plan.volume else ()),
                other_findings(
                    library.persona is not None,
                    chosen.proven,
                    [item for place, item in enumerate(plan.items) if place not in known],
                ),
            )
        ),
        recommendations=tuple(recommendations(items, coming)),
        next_run=coming,
        stock=stock,
        vault_check_disabled=not vault.checked,
        confidence_score=plan.volume.confidence_score if plan.volume else None,
        proven=chosen.proven,
    )


def _chosen(plan: Plan, slots: Sequence[Slot], shelf: Shelf, vault: Vault, library: Library, terms: Terms) -> Selection:
    """The captions of all slots, those that they bring along included; None where there is none, or no known one."""
    brought = {slot.place: slot.item.caption_id for slot in slots if slot.item.caption_id is not None}
    regular, followups = (
        [slot for slot in slots if not slot.filled and slot.item.is_follow_up is follows] for follows in (False, True)
    )
    stated = plan.volume.content_allocations if plan.volume else {}
    choice = content_choice(library, vault, regular, stated if terms.allocations is None else terms.allocations)
    rows = {place: shelf.rows.get(number) for place, number in brought.items()}
    used = {*terms.used, *brought.values()}
    weights: dict[str, Weights] = {}
    proven = True
    for group, wish, least in (
        (regular, choice, LEAST_CANDIDATES),
        (followups, ContentChoice(), LEAST_FOLLOWUP_CANDIDATES),
    ):
        standing_ones = occasions_of([(slot, rows[slot.place]) for slot in slots if slot.place in rows], shelf)
        found = selected(group, shelf, vault, used, standing_ones, wish, least)
        rows |= found.rows
        used |= {shelf.captions[row].caption_id for row in found.rows.values() if row is not None}
        weights |= found.weights
        proven = proven and found.proven
    return Selection(rows, weights, proven)


def _told(slots: Sequence[Slot], chosen: Selection, filler: ItemFiller) -> list[tuple[Slot, Item]]:
    """Every slot with its finished item, in time order; what an earlier run has finished stays as it is."""
    earlier: Counter[tuple[str, str]] = Counter()
    told = []
    for slot in slots:
        row = chosen.rows[slot.place]
        kind = "" if row is None else filler.shelf.captions[row].caption_type
        if slot.filled and slot.item.caption_status is not None:
            item = slot.item if filler.stocked(slot) else filler.restocked(slot)
        elif slot.filled and row is None:
            item = filler.kept(slot)
        else:
            item = filler.filled(slot, row, chosen.weights.get(slot.row.key, STANDARD), earlier[slot.day, kind])
        earlier[slot.day, kind] += 1
        told.append((slot, item))
    return told
