"""Every constant of the volume stage, once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ...model.audience import Tier
from ...model.catalog import Category
from ...model.week import CountRange, Quota

# Tiers by fans ---------------------------------------------------------------------------------------------------

LEVELS: Mapping[str, Quota] = {
    "low": Quota(3, 3, 1),
    "mid": Quota(4, 4, 2),
    "high": Quota(6, 5, 2),
    "ultra": Quota(8, 6, 3),
}
"""Sends a day by category."""
LEVEL_FROM_FANS = ((15_000, "ultra"), (5_000, "high"), (1_000, "mid"), (0, "low"))
MINIMA: Mapping[str, Quota] = {
    "low": Quota(2, 2, 1),
    "mid": Quota(3, 3, 1),
    "high": Quota(4, 4, 2),
    "ultra": Quota(6, 5, 2),
}
"""The least that a tier's quotas are drawn to: the row of the tier below."""
UNKNOWN = Quota(3, 3, 1)

MOST = Quota(10, 8, 4)
MOST_BY_STYLE = Quota(13, 13, 4)
"""The greatest final quotas, and those where a content style gives them."""
OPEN_SLOT = 1
"""Sends a day of revenue and engagement that stay open for other types than pay-per-view and bumps."""

# Content styles --------------------------------------------------------------------------------------------------

PPV_RANGES: Mapping[str, CountRange] = {
    "low": CountRange(2, 3),
    "mid": CountRange(4, 6),
    "high": CountRange(7, 9),
    "ultra": CountRange(10, 12),
}
BUMP_RANGES: Mapping[str, CountRange] = {key: row for key, row in PPV_RANGES.items() if key != "low"}
"""Bumps a day above the low tier, whatever the style."""
LOW_BUMP_RANGES: Mapping[tuple[str, str], CountRange] = {
    ("nude", "gfe"): CountRange(4, 6),
    ("nude", "commercial"): CountRange(5, 6),
    ("non_nude", "gfe"): CountRange(4, 6),
    ("non_nude", "commercial"): CountRange(5, 6),
    ("porno", "gfe"): CountRange(5, 7),
    ("porno", "commercial"): CountRange(5, 8),
}
DEFAULT_STYLE, DEFAULT_SUB_TYPE = "nude", "gfe"

# Scores ----------------------------------------------------------------------------------------------------------

UNKNOWN_SCORE = 50.0
DIVERGING = 20
"""Points between looks back above which they disagree."""

LITTLE_SATURATION, SOME_SATURATION, SATURATED, OVER_SATURATED = 30, 50, 70, 85
PROMISING, VERY_PROMISING = 50, 70
"""Opportunity above which an upward move is made, and the full one at the lowest saturation."""

LITTLE_OPPORTUNITY, STALE_CAPTIONS = 40, 50
LEAST_WEIGHT, GREATEST_WEIGHT = 0.5, 2.0
TYPE_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "promising": {"ppv_unlock": 1.5, "bundle": 1.4, "flash_bundle": 1.3, "vip_program": 1.2},
    "unpromising": {"bump_normal": 1.3, "bump_descriptive": 1.3, "dm_farm": 1.2, "link_drop": 1.1},
    "saturated": {"bump_text_only": 1.3},
    "rested": {"ppv_unlock": 1.1, "bundle": 1.1},
    "trend down": {
        "ppv_unlock": 0.9,
        "dm_farm": 1.2,
        "bump_normal": 1.1,
        "bump_descriptive": 1.1,
        "bump_text_only": 1.1,
        "bump_flyer": 1.1,
    },
    "trend up": {"bundle": 1.1, "vip_program": 1.1},
    "stale captions": {"bump_text_only": 1.3, "ppv_unlock": 0.8},
}
"""Factors on the value of a send by what is known of the audience."""

# Confidence ------------------------------------------------------------------------------------------------------

CONFIDENCE_FLOOR, CONFIDENCE_RANGE, CREDIBILITY = 0.3, 0.7, 40
"""Buehlmann credibility: floor + range x n / (n + k)."""
FEW_MESSAGES = 30
CONFIDENCE_MISSING = 0.7
CONFIDENCE_WITHOUT_TRENDS = 0.5
CONFIDENCE_BY_LEVEL = 0.6
CONFIDENCE_BY_FANS = 0.5
CONFIDENCE_UNKNOWN = 0.3

DAMPED_BELOW = Fraction(6, 10)
FULL_FROM = Fraction(8, 10)
SLIGHT_DAMPENING = Fraction(1, 10)
STATED_MINIMUM = 3
"""The revenue quota towards which low confidence pulls stated figures, whose tier is nobody's guess."""

# Weekdays --------------------------------------------------------------------------------------------------------

WEEKDAY_PRIOR = 10
LEAST_MULTIPLIER, GREATEST_MULTIPLIER = Fraction(7, 10), Fraction(13, 10)
WEEKDAY_CHANGES: Mapping[int, Mapping[Category, int]] = {
    0: {Category.REVENUE: -1},
    4: {Category.REVENUE: +1},
    5: {Category.ENGAGEMENT: +1},
    6: {Category.REVENUE: +1},
}
"""Changes to stated quotas when no distribution is given, by weekday (0 = Monday)."""

# Elasticity ------------------------------------------------------------------------------------------------------

ENOUGH_DAYS, ENOUGH_VOLUMES = 14, 3
LEAST_MARGIN = 0.5
"""Share of an average send's revenue that one more send must bring."""

# Contents and captions -------------------------------------------------------------------------------------------

CONTENT_WEIGHTS: Mapping[Tier, int] = {"top": 3, "mid": 2, "low": 1, "avoid": 0}
FEW_CAPTIONS = 3
"""A send type with fewer usable captions is short of them."""
NEW_CAPTIONS = 5
"""New captions asked for where a type has no usable one."""
ASSUMED_MEDIA = ("video", "picture", "gif")
"""What a vault that cannot be read is taken to hold."""
