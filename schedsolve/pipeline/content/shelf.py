"""The captions of a library, scored once for the run and laid out as arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ...model.catalog import Media
from ...model.content import Caption, Library
from .composite import persona_score
from .figures import STANDARD_FRESHNESS, STANDARD_PERFORMANCE, WITHOUT_HISTORY
from .freshness import freshness_scores
from .levels import levels_of
from .vault import Vault

NO_CONTENT = -1
"""Content type of captions that speak of none."""


@dataclass(frozen=True, eq=False)
class Shelf:
    """Captions in order of their ids; all arrays have one entry for each.

    `freshness`, `performance` and `persona` are 0 to 100, `level` 0 to 4, `content` a content type's id.
    """

    captions: tuple[Caption, ...]
    by_type: Mapping[str, NDArray[np.int64]]
    content: NDArray[np.int64]
    freshness: NDArray[np.float64]
    performance: NDArray[np.float64]
    persona: NDArray[np.float64]
    level: NDArray[np.int64]

    @classmethod
    def of(cls, library: Library, as_of: date) -> Shelf:
        """The captions of a library as they stand on a day."""
        captions = tuple(sorted(library.captions, key=lambda caption: caption.caption_id))
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for row, caption in enumerate(captions):
            rows[caption.caption_type].append(row)
        by_type = {kind: np.array(found, np.int64) for kind, found in rows.items()}
        freshness = freshness_scores([caption.last_used_on for caption in captions], as_of)
        performance = _performance(captions, by_type)
        told = {tags: persona_score(tags, library.persona) for tags in {caption.persona_tags for caption in captions}}
        contents = (NO_CONTENT if caption.content_type_id is None else caption.content_type_id for caption in captions)
        return cls(
            captions,
            by_type,
            np.fromiter(contents, np.int64, len(captions)),
            freshness,
            performance,
            np.array([told[caption.persona_tags] for caption in captions], np.float64),
            levels_of(freshness, performance),
        )

    @cached_property
    def rows(self) -> Mapping[int, int]:
        """Where each caption id stands."""
        return {caption.caption_id: row for row, caption in enumerate(self.captions)}

    @cached_property
    def usable(self) -> NDArray[np.bool_]:
        """Which captions meet the standard floor."""
        return (self.freshness >= STANDARD_FRESHNESS) & (self.performance >= STANDARD_PERFORMANCE)

    def admitted(self, vault: Vault, media: Sequence[Media]) -> NDArray[np.bool_]:
        """Which captions a send may carry that shows one of these media, or nothing.

        What a caption speaks of must be allowed; on a send that shows something it must be in stock in one of the
        media, unless nothing is. Captions that speak of nothing go with sends that show nothing.
        """
        if vault.empty:
            return np.zeros(len(self.captions), np.bool_)
        general = self.content == NO_CONTENT
        if not vault.checked:
            return ~general if media else np.ones(len(self.captions), np.bool_)
        contents = (vault.showing(media) & vault.allowed or vault.allowed) if media else vault.allowed
        suiting = np.isin(self.content, np.array(sorted(contents), np.int64))
        return suiting if media else suiting | general

    def without(self, used: Collection[int]) -> NDArray[np.bool_]:
        """Which captions are not among these ids."""
        free = np.ones(len(self.captions), np.bool_)
        free[[self.rows[number] for number in used if number in self.rows]] = False
        return free


def _performance(captions: Sequence[Caption], by_type: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float64]:
    """As stored; without a history the median of the caption's type, else the middle."""
    stored = np.array(
        [np.nan if caption.performance_score is None else caption.performance_score for caption in captions], np.float64
    )
    for rows in by_type.values():
        of_type = stored[rows]
        unknown = np.isnan(of_type)
        if unknown.any():
            known = of_type[~unknown].tolist()
            stored[rows[unknown]] = median(known) if known else WITHOUT_HISTORY
    return stored
