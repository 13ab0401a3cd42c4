"""The caption pool as a whole: what each send type could use, whether it is stale, what the next plan should know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ...model.catalog import SendType
from ...model.filled import CaptionStock, NextRun
from ..volume.figures import TYPE_WEIGHTS
from .figures import STALE_POOL
from .shelf import Shelf
from .vault import Vault


def stock_of(rows: Iterable[SendType], shelf: Shelf, vault: Vault) -> dict[str, CaptionStock]:
    """Captions that each send type could carry, and those of them that meet the standard floor."""
    stock = {}
    for row in rows:
        of_type = [shelf.by_type[kind] for kind in dict.fromkeys(row.captions) if kind in shelf.by_type]
        found = np.concatenate([np.empty(0, np.int64), *of_type])
        found = found[shelf.admitted(vault, row.media)[found]]
        stock[row.key] = CaptionStock(captions=len(found), usable=int(shelf.usable[found].sum()))
    return stock


def pool_freshness(shelf: Shelf, vault: Vault) -> float | None:
    """Mean freshness of the usable captions that the creator may use at all; None without any."""
    usable = shelf.usable & shelf.admitted(vault, ())
    return round(float(shelf.freshness[usable].mean()), 2) if usable.any() else None


def next_run(freshness: float | None, short: Sequence[str]) -> NextRun:
    """What follows for the next plan; `short` are send types without a usable caption.

    From a stale pool, or one without any usable caption, follows: more text-only bumps, fewer pay-per-view messages.
    """
    stale = freshness is None or freshness < STALE_POOL
    return NextRun(
        caption_freshness=freshness,
        stale=stale,
        type_weights=dict(TYPE_WEIGHTS["stale captions"]) if stale else {},
        captions_wanted=tuple(short),
    )
