"""Every constant of the content stage, once."""

from __future__ import annotations

# Freshness -------------------------------------------------------------------------------------------------------

POINTS_PER_DAY = 10
"""Score points that a day's rest is worth."""
FULL_SCORE = 100.0
BANDS = ((80, "fresh"), (50, "moderate"), (30, "stale"), (0, "exhausted"))
"""Least freshness of each band, freshest first."""

# Levels ----------------------------------------------------------------------------------------------------------

LEVELS = ((40, 60), (30, 40), (20, 30), (10, 20), (0, 0))
"""Least freshness and performance of levels 0 to 4."""
STANDARD_FRESHNESS, STANDARD_PERFORMANCE = LEVELS[1]
"""The standard floor: what meets both is usable."""
DEGRADED_FROM = 2
"""The first level below the standard floor."""
MANUAL_TEXT = "MANUAL_REQUIRED"

# Scores ----------------------------------------------------------------------------------------------------------

PRIMARY, SECONDARY = 100.0, 70.0
"""Fit of a caption of the send type's first and second caption type."""
REPEATED = 20
"""Points that each earlier caption of the same type on that day takes off diversity."""
WITHOUT_PERSONA = 50.0
WITHOUT_HISTORY = 50.0
"""Performance of a caption without history where no other of its type has one."""
UNITS = 10_000
"""Composites are compared in ten-thousandths of a point."""

# Candidates ------------------------------------------------------------------------------------------------------

LEAST_CANDIDATES, LEAST_FOLLOWUP_CANDIDATES = 10, 5
BUDGET = 4.0
"""Deterministic time of one matching; a week takes a tenth of it."""

# Pool ------------------------------------------------------------------------------------------------------------

STALE_POOL = 50
"""Mean freshness of usable captions below which the pool is stale."""

# Prices, in dollars ----------------------------------------------------------------------------------------------

BASE_PRICE = 14.99
"""Price of a plain pay-per-view message."""
TIP_GOAL = 250.00
