"""A schedule as the checks see it: sends on absolute minutes, what they carry, and what the audit found. It decides
nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from ...constraints.rule import Violation
from ...model.timetable import Send, Timetable
from ...model.volume import VolumeResult
from ...model.week import Week

MANUAL = "manual_required"
"""Status of a caption that a person must write."""
PLACEHOLDER = "MANUAL_REQUIRED"
"""Text that stands for it until then."""


class KnownCaption(Protocol):
    """What a check needs to know of a caption in the pool. Scores run 0-100; None is unknown."""

    @property
    def caption_type(self) -> str:
        """Its group, such as `ppv_offer`."""

    @property
    def performance_score(self) -> float | None:
        """What it earned so far."""


@dataclass(frozen=True)
class ScheduledItem:
    """A send with what it carries.

    `stated_type` is the send type as written, retired names included. Scores run 0-100 and are None where the item
    does not tell them.
    """

    send: Send
    stated_type: str | None = None
    caption_id: int | None = None
    caption_text: str | None = None
    caption_status: str | None = None
    freshness: float | None = None
    performance: float | None = None
    persona: float | None = None
    content_type_id: int | None = None
    vault_warning: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Slot id."""
        return self.send.id

    @property
    def captioned(self) -> bool:
        """Whether captions were looked for, with whatever result."""
        return bool(self.caption_id is not None or self.caption_text or self.caption_status)

    @property
    def lacks_caption(self) -> bool:
        """Whether a person must write its caption."""
        waits = self.caption_status == MANUAL or self.caption_text == PLACEHOLDER
        return waits or (self.caption_id is None and not self.caption_text)


@dataclass(frozen=True)
class Schedule:
    """Everything that the checks look at.

    Attributes
    ----------
    items
        In time order.
    broken
        Violations that the audit found, by the check that tells them.
    unable
        Why checks could not be applied, by check, where the plan does not tell what their rules need.
    volume
        How the quotas came about, as the plan tells, else as the scenario gives it.
    notes
        Codes and sentences of the plan's warnings.
    relaxations
        Rules that the plan declares loosened, each with its step.
    captions
        The pool by caption id; None where it is not at hand.
    vault
        Ids of the content types that the vault holds; None where it is not at hand.
    override
        Whether a person accepts a low confidence.
    """

    table: Timetable
    items: tuple[ScheduledItem, ...]
    broken: Mapping[str, tuple[Violation, ...]]
    unable: Mapping[str, str]
    volume: VolumeResult | None
    notes: tuple[tuple[str, str], ...] = ()
    relaxations: tuple[tuple[str, int], ...] = ()
    captions: Mapping[int, KnownCaption] | None = None
    vault: Collection[int] | None = None
    override: bool = False

    @property
    def week(self) -> Week:
        """The week that the schedule answers."""
        return self.table.week

    @cached_property
    def captioned(self) -> bool:
        """Whether the content stage, or anyone, gave captions; an empty schedule needs none."""
        return not self.items or any(item.captioned for item in self.items)

    def noted(self, code: str) -> Iterator[str]:
        """Sentences of the plan's warnings with a code, written with either hyphens or underscores."""
        return (message for stated, message in self.notes if stated.replace("-", "_") == code)
