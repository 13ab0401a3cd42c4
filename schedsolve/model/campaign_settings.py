"""The scenario's `campaigns:` section: which families run and how often, what ran before, and how games did."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from .campaign_families import CADENCES, OVERALL, Cadence, Family, Range
from .fields import Day, Part, as_tuple

Distance = Annotated[int, Field(strict=True, ge=1, le=60)]
Monthly = Annotated[int, Field(strict=True, ge=0, le=60)]
FamilyKey = Annotated[Family, Field(strict=False)]


class PastCampaign(Part):
    """A campaign that ran before the first day."""

    date: Day
    campaign_type: FamilyKey


class GameResult(Part):
    """A game that was played, and what it earned."""

    game_type: Annotated[str, Field(min_length=1, max_length=64)]
    earnings: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False, description="in dollars")]
    date: Day | None = None


class FamilySettings(Part):
    """A family's cadence, where it is not the usual one."""

    min_days: Distance | None = Field(default=None, description="least days between two campaigns")
    max_days: Distance | None = Field(default=None, description="most days between two campaigns, where it can be kept")
    per_month: Monthly | None = Field(default=None, description="least campaigns in 30 days; 0 asks for none")


class Campaigns(Part):
    """Campaigns of the plan: their families keep their distances and monthly targets."""

    history: Annotated[tuple[PastCampaign, ...], BeforeValidator(as_tuple), Field(max_length=400)] = Field(
        default=(), description="campaigns before the first day; the last 30 days count for distances"
    )
    games: Annotated[tuple[GameResult, ...], BeforeValidator(as_tuple), Field(max_length=2000)] = Field(
        default=(), description="games of this creator, from which the next ones are chosen"
    )
    families: dict[FamilyKey, FamilySettings] = Field(
        default_factory=dict, description="other distances and targets than the usual ones"
    )
    per_month: Monthly = Field(default=OVERALL.least, description="least campaigns of all families in 30 days")

    @model_validator(mode="after")
    def _distances_in_order(self) -> Campaigns:
        for family in self.families:
            cadence = self.cadence(family)
            if cadence.nearest > cadence.farthest:
                raise ValueError(
                    f"families.{family}: min_days must not exceed max_days, "
                    f"found {cadence.nearest} and {cadence.farthest}"
                )
        return self

    def cadence(self, family: Family) -> Cadence:
        """The family's cadence with what the scenario changes of it."""
        usual, stated = CADENCES[family], self.families.get(family, FamilySettings())
        monthly = usual.monthly
        if stated.per_month is not None:
            monthly = Range(stated.per_month, max(stated.per_month, monthly.most))
        return Cadence(
            usual.nearest if stated.min_days is None else stated.min_days,
            usual.farthest if stated.max_days is None else stated.max_days,
            monthly,
        )
