"""The creator's vault: which contents are allowed, and which can be shown in which form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...model.catalog import Media
from ...model.content import Library
from ..volume.figures import ASSUMED_MEDIA


@dataclass(frozen=True)
class Vault:
    """The vault as the stage asks it.

    `checked` is False where it could not be read: every content is then taken to exist as video, picture and gif.
    `empty` is a vault that was read and holds nothing. `shown` are the contents in stock, by medium.
    """

    checked: bool
    empty: bool
    allowed: frozenset[int]
    shown: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, library: Library) -> Vault:
        """The vault of a library."""
        if library.vault is None:
            every = frozenset(content.content_type_id for content in library.content_types) | frozenset(
                caption.content_type_id for caption in library.captions if caption.content_type_id is not None
            )
            return cls(False, False, every, dict.fromkeys(ASSUMED_MEDIA, every))
        shown: defaultdict[str, set[int]] = defaultdict(set)
        for entry in library.vault:
            if entry.stocked:
                shown[entry.media_type].add(entry.content_type_id)
        return cls(
            True,
            not library.vault,
            frozenset(entry.content_type_id for entry in library.vault if entry.is_allowed),
            {medium: frozenset(contents) for medium, contents in shown.items()},
        )

    def showing(self, media: Iterable[Media]) -> frozenset[int]:
        """The contents in stock in any of these media."""
        return frozenset().union(*(self.shown.get(medium, frozenset()) for medium in media))

    def medium(self, content: int, media: Iterable[Media]) -> Media | None:
        """The first of these media in which a content is in stock."""
        return next((medium for medium in media if content in self.shown.get(medium, frozenset())), None)

    @property
    def without_flyers(self) -> bool:
        """Whether it was read and holds no flyer."""
        return self.checked and not self.shown.get(Media.FLYER)
