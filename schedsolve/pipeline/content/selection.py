"""The captions of a week: one optimal choice for all sends that need one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model.catalog import SendType
from ...solver.matching import Candidate, Matching, Occasion, Opening, Pool, match
from .candidates import Demand, best_rows, caption_units
from .composite import LOW_FRESHNESS, STANDARD, Weights, diversity, type_priority
from .content_choice import ContentChoice
from .figures import BUDGET, FULL_SCORE, REPEATED, STANDARD_FRESHNESS, UNITS
from .shelf import Shelf
from .slots import Slot
from .vault import Vault

ENOUGH_REPEATS = int(FULL_SCORE) // REPEATED
"""Earlier captions of a type from which on diversity is nil."""


@dataclass(frozen=True)
class Selection:
    """The shelf row of each slot's caption, by the slot's place (None: manual); which weights each send type got."""

    rows: Mapping[int, int | None]
    weights: Mapping[str, Weights]
    proven: bool = True


def selected(
    slots: Sequence[Slot],
    shelf: Shelf,
    vault: Vault,
    used: Collection[int],
    occasions: Sequence[Occasion],
    choice: ContentChoice,
    least: int,
) -> Selection:
    """Captions for `slots`: fewest without, then least total level, then contents as wanted, then most composite.

    `used` are caption ids that are out of the question, `occasions` captions that stand on the week's days already,
    `least` the fewest candidates of a caption type.
    """
    free = shelf.without(used)
    rows = {slot.row.key: slot.row for slot in slots}
    admitted = {media: shelf.admitted(vault, media) & free for media in {row.media for row in rows.values()}}
    weights = {key: weights_of(row, shelf, admitted[row.media]) for key, row in rows.items()}
    demands = {key: Demand(weights[key], row.media) for key, row in rows.items()}
    numbers = {demand: number for number, demand in enumerate(dict.fromkeys(demands.values()))}
    rivals = Counter(kind for slot in slots for kind in dict.fromkeys(slot.row.captions))
    found: dict[Pool, NDArray[np.int64]] = {}
    for key, row in rows.items():
        for kind in row.captions:
            pool, many = (numbers[demands[key]], kind), max(least, rivals[kind])
            if pool not in found:
                found[pool] = best_rows(shelf, kind, admitted[row.media], demands[key], choice, many)
    matching = match(
        [_opening(slot, weights[slot.row.key], numbers[demands[slot.row.key]]) for slot in slots],
        _pools(shelf, found, list(numbers), choice),
        occasions,
        choice.rooms,
        BUDGET,
    )
    dealt = _dealt(slots, [numbers[demands[slot.row.key]] for slot in slots], matching)
    return Selection(dealt, weights, matching.proven)


def weights_of(row: SendType, shelf: Shelf, admitted: NDArray[np.bool_]) -> Weights:
    """The standard weights, unless every candidate of the send type is exhausted."""
    of_type = [shelf.by_type[kind] for kind in row.captions if kind in shelf.by_type]
    freshness = [shelf.freshness[rows[admitted[rows]]] for rows in of_type]
    best = max((float(scores.max()) for scores in freshness if scores.size), default=FULL_SCORE)
    return STANDARD if best >= STANDARD_FRESHNESS else LOW_FRESHNESS


def _opening(slot: Slot, weights: Weights, demand: int) -> Opening:
    return Opening(
        slot.day,
        slot.order,
        demand,
        {kind: round(UNITS * weights.type_priority * type_priority(slot.row, kind)) for kind in slot.row.captions},
        tuple(round(UNITS * weights.diversity * diversity(earlier)) for earlier in range(ENOUGH_REPEATS + 1)),
    )


def _pools(
    shelf: Shelf, found: Mapping[Pool, NDArray[np.int64]], demands: Sequence[Demand], choice: ContentChoice
) -> dict[Pool, list[Candidate]]:
    """The candidates for the matching; keys are shelf rows."""
    every = np.unique(np.concatenate([np.empty(0, np.int64), *found.values()]))
    order = np.lexsort((every, -shelf.performance[every], -shelf.freshness[every]))
    ranks = {row: rank for rank, row in enumerate(every[order].tolist())}
    pools = {}
    for (number, kind), rows in found.items():
        demand = demands[number]
        counting = bool(demand.media)
        pools[number, kind] = [
            Candidate(
                row,
                ranks[row],
                level,
                units,
                choice.merit(content) if counting else 0,
                choice.bucket(content) if counting else None,
            )
            for row, level, units, content in zip(
                rows.tolist(),
                shelf.level[rows].tolist(),
                caption_units(shelf, rows, demand.weights).tolist(),
                shelf.content[rows].tolist(),
                strict=True,
            )
        ]
    return {pool: candidates for pool, candidates in pools.items() if candidates}


def _dealt(slots: Sequence[Slot], demands: Iterable[int], matching: Matching) -> dict[int, int | None]:
    """The captions taken from each pool, the best to the sends of highest priority."""
    takers: defaultdict[Pool, list[Slot]] = defaultdict(list)
    dealt: dict[int, int | None] = {slot.place: None for slot in slots}
    for slot, demand, kind in zip(slots, demands, matching.kinds, strict=True):
        if kind is not None:
            takers[demand, kind].append(slot)
    for pool, members in takers.items():
        for slot, row in zip(sorted(members, key=lambda slot: slot.rank), matching.taken[pool], strict=True):
            dealt[slot.place] = row
    return dealt
