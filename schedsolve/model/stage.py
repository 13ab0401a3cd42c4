"""The seven steps of a run, in order."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A step of a run, or the group of rules that answers for it where one model covers several steps."""

    INITIALIZATION = "initialization"
    ALLOCATION = "allocation"
    CONTENT_MATCHING = "content_matching"
    TARGETING = "targeting"
    TIMING = "timing"
    FOLLOWUPS = "followups"
    ASSEMBLY = "assembly"

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return list(Stage).index(self) + 1
