"""The kinds of send whose number a day the content style asks for."""

from __future__ import annotations

from enum import StrEnum

from .catalog import Category, SendType


class Ranged(StrEnum):
    """Pay-per-view sends and bumps, each counted within one category by a rule of its own."""

    PPV = "ppv"
    BUMP = "bump"

    @property
    def rule(self) -> str:
        """The id of the rule that keeps the range."""
        return f"{self.value}-range"

    @property
    def category(self) -> Category:
        """The category whose quota these sends share with others."""
        return Category.REVENUE if self is Ranged.PPV else Category.ENGAGEMENT

    def covers(self, row: SendType) -> bool:
        """Whether a send of that type is one of these."""
        return bool(getattr(row, self.value))
