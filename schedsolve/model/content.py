"""What the content stage reads: captions, contents, the creator's vault, rankings and persona, as one library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .audience import Tier


@dataclass(frozen=True)
class Caption:
    """A text that can be used again.

    Attributes
    ----------
    content_type_id
        What the text speaks of; None where it would suit anything that shows nothing.
    performance_score
        0 to 100, None without a history.
    last_used_on
        The day of the last use, planned ones included; None for never.
    persona_tags
        Traits of the tone, as `Persona.traits` names them.
    """

    caption_id: int
    caption_text: str
    caption_type: str
    content_type_id: int | None = None
    performance_score: float | None = None
    last_used_on: date | None = None
    persona_tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.performance_score is not None and not 0 <= self.performance_score <= 100:
            raise ValueError(
                f"caption {self.caption_id}: found performance {self.performance_score}, expected 0 to 100"
            )


@dataclass(frozen=True)
class ContentType:
    """A subject, such as solo or outdoor."""

    content_type_id: int
    name: str


@dataclass(frozen=True)
class VaultEntry:
    """How much the creator has of a content in one medium (`video`, `picture`, `gif`, `flyer`)."""

    content_type_id: int
    media_type: str
    item_count: int
    is_allowed: bool = True

    @property
    def stocked(self) -> bool:
        """Whether there is anything that may be shown."""
        return self.is_allowed and self.item_count > 0


@dataclass(frozen=True)
class Persona:
    """How the creator speaks; what is not known is None."""

    tone: str | None = None
    archetype: str | None = None
    emoji_frequency: str | None = None
    slang_level: str | None = None

    @property
    def traits(self) -> frozenset[str]:
        """The traits that are known: tone and archetype as they are, `emoji: high`, `slang: low`."""
        named = (
            ("", self.tone),
            ("", self.archetype),
            ("emoji: ", self.emoji_frequency),
            ("slang: ", self.slang_level),
        )
        return frozenset(prefix + trait for prefix, trait in named if trait)


@dataclass(frozen=True)
class Library:
    """All that a creator's sends can be filled with.

    Attributes
    ----------
    captions
        The pool, in any order; ids are unique.
    vault
        None where it cannot be read. An empty one leaves no captions.
    rankings
        Tier of a content, by its id.
    """

    captions: tuple[Caption, ...] = ()
    content_types: tuple[ContentType, ...] = ()
    vault: tuple[VaultEntry, ...] | None = None
    rankings: Mapping[int, Tier] = field(default_factory=dict)
    persona: Persona | None = None

    def __post_init__(self) -> None:
        if len({caption.caption_id for caption in self.captions}) != len(self.captions):
            raise ValueError("captions: found an id twice, expected each once")
        if len({content.content_type_id for content in self.content_types}) != len(self.content_types):
            raise ValueError("content types: found an id twice, expected each once")
