"""One message or post and what it earned; and how its missing values are read."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .identity import Id
from .tables import Row

MISSING_TYPE, MISSING_TONE = "unknown", "neutral"
"""What a missing content type and a missing tone are read as."""

Earnings = Annotated[float, Field(ge=-1e12, le=1e12)]
Price = Annotated[float, Field(ge=0, le=1e12)]


class TraitRecord(Row):
    """A row of the table. Earnings (refunds may make them negative) and price in dollars.

    The column of earnings must be there; all other columns, and any cell, may be missing.
    """

    earnings: Earnings | None
    id: Id | None = None
    caption_text: str | None = None
    content_type: str | None = None
    detected_tone: str | None = None
    price: Price | None = None

    @property
    def earned(self) -> float:
        """Dollars; 0 when missing."""
        return self.earnings or 0.0

    @property
    def length(self) -> int:
        """Characters of the caption."""
        return len(self.caption_text or "")

    @property
    def kind(self) -> str:
        """The content type."""
        return (self.content_type or "").strip() or MISSING_TYPE

    @property
    def tone(self) -> str:
        """The tone."""
        return self.stated_tone or MISSING_TONE

    @property
    def stated_tone(self) -> str:
        """The tone, empty when missing."""
        return (self.detected_tone or "").strip()

    @property
    def paid(self) -> float:
        """The price in dollars; 0 when missing."""
        return self.price or 0.0
