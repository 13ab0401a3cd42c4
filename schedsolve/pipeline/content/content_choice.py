"""Which contents the sends of a week should show: by allocation where there is one, else by ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...model.apportionment import largest_remainder
from ...model.catalog import Media
from ...model.content import Library
from ..volume.figures import CONTENT_WEIGHTS
from .slots import Slot
from .vault import Vault

UNRANKED = CONTENT_WEIGHTS["low"]
"""What a content without a tier counts where others have one."""


@dataclass(frozen=True)
class ContentChoice:
    """What a content counts: `rooms` holds how many sends of the week should show it, `weights` what its tier is worth.

    At most one of the two is given. A caption is chosen for its content before it is chosen for its score, but never at
    the price of a level.
    """

    rooms: Mapping[int, int] = field(default_factory=dict)
    weights: Mapping[int, int] = field(default_factory=dict)

    @property
    def matters(self) -> bool:
        """Whether any content is better than another."""
        return bool(self.rooms or self.weights)

    def merit(self, content: int) -> int:
        """Points of a send that shows it."""
        if self.rooms:
            return int(content in self.rooms)
        return self.weights.get(content, UNRANKED) if self.weights else 0

    def bucket(self, content: int) -> int | None:
        """The content itself where only so many sends should show it."""
        return content if content in self.rooms else None

    def group(self, content: int) -> int:
        """Contents of one group can stand in for each other."""
        return content if content in self.rooms else -1 - self.merit(content)


def content_choice(
    library: Library, vault: Vault, slots: Sequence[Slot], allocations: Mapping[str, int]
) -> ContentChoice:
    """By allocations (contents by name), split over the sends that show something; without any by tiers."""
    showing = [slot for slot in slots if slot.row.requires_media]
    stocked = vault.showing(medium for slot in showing for medium in slot.row.media)
    ids = {content.name: content.content_type_id for content in library.content_types}
    names = sorted(name for name, weight in allocations.items() if weight > 0 and ids.get(name) in stocked)
    if names:
        split = largest_remainder(len(showing), [allocations[name] for name in names])
        return ContentChoice(rooms={ids[name]: room for name, room in zip(names, split, strict=True) if room})
    return ContentChoice(weights={content: CONTENT_WEIGHTS[tier] for content, tier in library.rankings.items()})


def best_ranked(library: Library, vault: Vault, media: Iterable[Media]) -> int | None:
    """The content in stock in one of the media that ranks best; ties by name, then id."""
    names = {content.content_type_id: content.name for content in library.content_types}

    def place(content: int) -> tuple[int, str, int]:
        tier = library.rankings.get(content)
        return -(UNRANKED if tier is None else CONTENT_WEIGHTS[tier]), names.get(content, ""), content

    return min(vault.showing(media), key=place, default=None)
