"""Pre-selection: of thousands of captions the few hundred among which the best choice for a week is sure to be.

Of two captions of one type whose contents count the same, a send never needs the worse one while the better one is
free. So for a caption type that n sends of the week may take, the best n are enough, however the sends share them; over
its two types each send type sees at least max(10, twice its slots). "Best" is by level, then by the parts of the
composite that belong to the caption, then by freshness, performance and lowest id.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model.catalog import Media
from .composite import Weights
from .content_choice import ContentChoice
from .figures import UNITS
from .shelf import Shelf


@dataclass(frozen=True)
class Demand:
    """What a kind of send asks of captions: sends of one demand choose from the same ones and judge them alike."""

    weights: Weights
    media: tuple[Media, ...]


def caption_units(shelf: Shelf, rows: NDArray[np.int64], weights: Weights) -> NDArray[np.int64]:
    """The part of the composite that belongs to the captions of these rows, in ten-thousandths of a point."""
    points = (
        weights.freshness * shelf.freshness[rows]
        + weights.performance * shelf.performance[rows]
        + weights.persona * shelf.persona[rows]
    )
    return np.rint(UNITS * points).astype(np.int64)


def best_rows(
    shelf: Shelf, caption_type: str, admitted: NDArray[np.bool_], demand: Demand, choice: ContentChoice, many: int
) -> NDArray[np.int64]:
    """The best `many` admitted captions of a type, best first; so many of each group of contents where these matter."""
    rows = shelf.by_type.get(caption_type, np.empty(0, np.int64))
    rows = rows[admitted[rows]]
    units = caption_units(shelf, rows, demand.weights)
    rows = rows[np.lexsort((rows, -shelf.performance[rows], -shelf.freshness[rows], -units, shelf.level[rows]))]
    if not (choice.matters and demand.media):
        return rows[:many]
    contents = shelf.content[rows]
    groups = np.zeros(len(rows), np.int64)
    for content in np.unique(contents).tolist():
        groups[contents == content] = choice.group(content)
    kept = [np.flatnonzero(groups == group)[:many] for group in np.unique(groups)]
    return rows[np.sort(np.concatenate(kept))] if kept else rows
