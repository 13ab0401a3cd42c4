"""The scenario's `campaigns:` section: which families run, what ran before, and how games did."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from .fields import Day, Name, Part, as_tuple


class PastCampaign(Part):
    """A campaign that ran before the first day."""

    date: Day
    campaign_type: Name


class Campaigns(Part):
    """Campaigns of the plan: their families keep their distances and monthly targets."""

    history: Annotated[tuple[PastCampaign, ...], BeforeValidator(as_tuple), Field(max_length=400)] = Field(
        default=(), description="campaigns before the first day; the last 30 days count for distances"
    )
