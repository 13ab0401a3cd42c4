"""What is known of a creator's audience, content and captions: the figures the volume stage works from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from .fields import Name, Part, Score, TypeKey, as_tuple

Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Money = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
WeekdayNumber = Annotated[int, Field(strict=True, ge=0, le=6)]
Period = Literal["7d", "14d", "30d"]
Tier = Literal["top", "mid", "low", "avoid"]
Multiplier = Annotated[float, Field(ge=1, le=1.3, allow_inf_nan=False)]


class Horizon(Part):
    """Scores of one look back, and the messages that went out in it."""

    saturation: Score
    opportunity: Score
    messages: Count


class WeekdayResult(Part):
    """What one weekday's sends brought, summed over the look back."""

    sends: Count
    revenue: Money


class DayResult(Part):
    """What went out on one past day, and what it brought."""

    sends: Count
    revenue: Money


class Performance(Part):
    """What is known of the audience."""

    saturation: Score | None = Field(default=None, description="how overexposed the audience is; 50 when unknown")
    opportunity: Score | None = Field(default=None, description="revenue still to be had; 50 when unknown")
    revenue_trend: Literal["up", "stable", "down"] = "stable"
    caption_freshness: Score | None = Field(default=None, description="average freshness of the caption pool")
    horizons: dict[Period, Horizon] = Field(
        default_factory=dict, max_length=3, description="the same scores for looks back of 7, 14 and 30 days"
    )
    message_count: Count | None = Field(default=None, description="sends analysed in 30 days; confidence grows with it")
    weekdays: dict[WeekdayNumber, WeekdayResult] = Field(
        default_factory=dict, max_length=7, description="sends and revenue by weekday, 0 = Monday"
    )
    daily: Annotated[tuple[DayResult, ...], BeforeValidator(as_tuple), Field(max_length=400)] = Field(
        default=(), description="sends and revenue of past days, in any order"
    )
    revenue_per_send: Money | None = Field(default=None, description="30-day mean earnings of one revenue send")


@dataclass(frozen=True)
class Audience:
    """Scores that are settled: as stated, fused from several looks back, or 50 where nothing is known."""

    saturation: float
    opportunity: float
    revenue_trend: Literal["up", "stable", "down"]
    caption_freshness: float | None


class Content(Part):
    """Which contents do well, and which there are."""

    rankings: dict[Name, Tier] = Field(default_factory=dict, max_length=200, description="contents by tier")
    vault: Annotated[tuple[Name, ...], BeforeValidator(as_tuple), Field(max_length=200)] | None = Field(
        default=None, description="contents that the vault holds; not checked when absent"
    )
    multipliers: dict[Name, Multiplier] = Field(
        default_factory=dict, max_length=200, description="weight of a content by traits of top performers, 1 to 1.3"
    )


class Pool(Part):
    """Captions of one send type: how many there are, and how many of them are fresh and good enough."""

    captions: Count
    usable: Count

    @model_validator(mode="after")
    def _usable_ones_exist(self) -> Pool:
        if self.usable > self.captions:
            raise ValueError(f"usable: found {self.usable} of {self.captions} captions")
        return self


class Captions(Part):
    """What the caption pool holds."""

    pool: dict[TypeKey, Pool] = Field(default_factory=dict, max_length=64, description="captions by send type")
