"""Weeks of any size for the scaling study: sends a day, days, send types and followups, each on its own axis.

The catalog belongs to the scenario's contract, so more types are added to the week that is already prepared: variants
of the catalog's own rows with slightly different worth.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

from schedsolve.model.apportionment import largest_remainder
from schedsolve.model.catalog import Category, SendType
from schedsolve.model.scenario import Scenario
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.volume.figures import LEVELS

SEED = 7
SPACING = 35
"""Minutes: leaves room for twenty sends a day."""
OPEN_BLOCKS = 4
"""Blocks of four hours from 08:00 on."""
SPARE_A_BLOCK = 1
"""Places a block has beyond its share of the day, so that tightness does not change with the number of sends."""
SPREAD = (0.0, 0.03, -0.03, 0.06, -0.06, 0.09, -0.09)
"""Shares by which the worth of a type's variants differs, over and over."""


@dataclass(frozen=True)
class Shape:
    """Regular sends a day, days, send types of the catalog, and followups a day at most."""

    sends: int = 11
    days: int = 7
    types: int = 22
    followups: int = 4

    PREFIX: ClassVar[str] = "shape "

    @classmethod
    def named(cls, name: str) -> Self:
        """The shape of that name; raises ValueError for any other text."""
        parts = dict(part.split("=") for part in name.removeprefix(cls.PREFIX).split())
        if set(parts) != {field.name for field in fields(cls)}:
            raise ValueError(f"{name!r} is not the name of a shape")
        return cls(**{key: int(number) for key, number in parts.items()})

    @property
    def name(self) -> str:
        """The name under which a trial runs it."""
        return self.PREFIX + " ".join(f"{field.name}={getattr(self, field.name)}" for field in fields(self))

    def scenario(self) -> Scenario:
        """The scenario, with the catalog as it is."""
        base = LEVELS["high"]
        quota = largest_remainder(self.sends, (base.revenue, base.engagement, base.retention))
        raw: dict[str, Any] = {
            "schedsolve": 1,
            "kind": "creator-week",
            "name": self.name,
            "seed": SEED,
            "week_start": "2025-06-02",
            "days": self.days,
            "creator": {"id": "ada", "page_type": "paid", "timezone": "Europe/Paris"},
            "volume": {
                "revenue_per_day": quota[0],
                "engagement_per_day": quota[1],
                "retention_per_day": quota[2],
                "weekly_distribution": [self.sends] * self.days,
                "confidence_score": 0.9,
            },
            "rules": {
                "min-spacing": {"minutes": SPACING},
                "block-limit": {"max": -(-self.sends // OPEN_BLOCKS) + SPARE_A_BLOCK},
                "followup-daily-limit": {"max": self.followups},
            },
        }
        return Scenario.model_validate(raw)

    def week(self) -> Week:
        """The prepared week, with as many types as asked."""
        week = prepare(self.scenario())
        more = self.types - len(week.catalog)
        if more < 0:
            raise ValueError(f"a catalog has at least {len(week.catalog)} types")
        return with_more_types(week, more)


def with_more_types(week: Week, count: int) -> Week:
    """The week with `count` more send types: variants of its own, category by category in their present proportion."""
    rows = list(week.types.values())
    shares = largest_remainder(count, [sum(row.category is category for row in rows) for category in Category])
    types, worth = dict(week.types), dict(week.worth)
    for category, share in zip(Category, shares, strict=True):
        models = [row for row in rows if row.category is category]
        for number in range(share):
            row = models[number % len(models)]
            variant = _variant(row, number // len(models) + 1)
            types[variant.key] = variant
            worth[variant.key] = round(week.worth[row.key] * (1 + SPREAD[number % len(SPREAD)]))
    catalog = {**week.catalog, **types}
    return replace(week, types=types, catalog=catalog, worth=worth)


def _variant(row: SendType, number: int) -> SendType:
    return replace(row, key=f"{row.key}_{number}")
