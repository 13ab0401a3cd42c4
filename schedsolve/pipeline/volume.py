"""Daily quotas: from stated figures, a volume level or a fan count, to whole sends per day and category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from ..errors import Problem
from ..model.apportionment import largest_remainder as largest_remainder
from ..model.calendar import Horizon
from ..model.catalog import Category, PageType
from ..model.scenario import Scenario
from ..model.week import Notice, Quota

LEVELS: Mapping[str, Quota] = {
    "low": Quota(3, 3, 1),
    "mid": Quota(4, 4, 2),
    "high": Quota(6, 5, 2),
    "ultra": Quota(8, 6, 3),
}
LEVEL_FROM_FANS = ((15_000, "ultra"), (5_000, "high"), (1_000, "mid"), (0, "low"))
UNKNOWN = Quota(3, 3, 1)

CONFIDENCE_MISSING = 0.7
CONFIDENCE_BY_LEVEL = 0.6
CONFIDENCE_BY_FANS = 0.5
CONFIDENCE_UNKNOWN = 0.3
DAMPED_BELOW = 0.6
FULL_FROM = 0.8
SLIGHT_DAMPENING = 0.10
DAMPED_MINIMUM = 3
"""The revenue quota towards which low confidence pulls."""

WEEKDAY_CHANGES: Mapping[int, Mapping[Category, int]] = {
    0: {Category.REVENUE: -1},
    4: {Category.REVENUE: +1},
    5: {Category.ENGAGEMENT: +1},
    6: {Category.REVENUE: +1},
}
"""Changes to the base quota when no distribution is given, by weekday (0 = Monday)."""


@dataclass(frozen=True)
class VolumePlan:
    """Quotas day by day, how far they are trusted, and what the reader should know."""

    quotas: tuple[Quota, ...]
    confidence: float
    notices: tuple[Notice, ...]


def quota_faults(scenario: Scenario) -> list[Problem]:
    """What is wrong with stated quotas: not one entry a day, or retention on a free page."""
    stated = scenario.volume.quotas
    if stated is None:
        return []
    faults = []
    if len(stated) != scenario.days:
        faults.append(
            Problem(
                f"has {len(stated)} entries for {scenario.days} days",
                "volume.quotas",
                hint="give exactly one entry a day, first day first",
            )
        )
    if scenario.creator.page_type is PageType.FREE:
        faults += [
            Problem(f"found {quota.retention}, must be 0: free pages have no retention sends", path)
            for day, quota in enumerate(stated)
            if quota.retention
            for path in (f"volume.quotas[{day}].retention",)
        ]
    return faults


def plan_volume(scenario: Scenario, horizon: Horizon) -> VolumePlan:
    """The quotas of every day of the horizon: as stated day by day, else computed and dampened by confidence."""
    notices: list[Notice] = []
    base, confidence = _base_quota(scenario, notices)
    if scenario.volume.quotas is not None:
        trusted = scenario.volume.confidence_score
        stated = tuple(Quota(q.revenue, q.engagement, q.retention) for q in scenario.volume.quotas)
        return VolumePlan(stated, confidence if trusted is None else trusted, ())
    if scenario.creator.page_type is PageType.FREE and base.retention:
        if scenario.volume.retention_per_day:
            notices.append(Notice("free-page-retention", "free pages have no retention sends: retention quota is 0"))
        base = Quota(base.revenue, base.engagement, 0)
    if scenario.volume.confidence_score is not None:
        confidence = scenario.volume.confidence_score
    quotas = _spread(base, scenario, horizon, notices)
    weight = _minimum_weight(confidence)
    if weight > 0:
        damped = tuple(_damped(quota, weight) for quota in quotas)
        if confidence < DAMPED_BELOW:
            notices.append(
                Notice(
                    "low-confidence",
                    f"confidence {confidence:g} is below {DAMPED_BELOW:g}: revenue quotas are drawn towards "
                    f"{DAMPED_MINIMUM} a day ({_revenue(quotas)} -> {_revenue(damped)} over the plan)",
                )
            )
        quotas = damped
    return VolumePlan(quotas, confidence, tuple(notices))


def _revenue(quotas: Sequence[Quota]) -> int:
    return sum(quota.revenue for quota in quotas)


def _base_quota(scenario: Scenario, notices: list[Notice]) -> tuple[Quota, float]:
    """Quota of a plain day and the confidence that its source deserves."""
    volume = scenario.volume
    if volume.level is not None:
        base, confidence, source = LEVELS[volume.level], CONFIDENCE_BY_LEVEL, f"level {volume.level}"
    elif scenario.creator.fan_count is not None:
        fans = scenario.creator.fan_count
        level = next(name for least, name in LEVEL_FROM_FANS if fans >= least)
        base, confidence, source = LEVELS[level], CONFIDENCE_BY_FANS, f"{fans} fans (level {level})"
    else:
        base, confidence, source = UNKNOWN, CONFIDENCE_UNKNOWN, "neither level nor fans known"
    stated = {
        "revenue": volume.revenue_per_day,
        "engagement": volume.engagement_per_day,
        "retention": volume.retention_per_day,
    }
    missing = [name for name, value in stated.items() if value is None]
    if not missing:
        confidence = CONFIDENCE_MISSING
    else:
        notices.append(Notice("volume-guessed", f"{', '.join(missing)} per day taken from: {source}"))
    filled = Quota(**{name: base.of(Category(name)) if value is None else value for name, value in stated.items()})
    return filled, confidence


def _spread(base: Quota, scenario: Scenario, horizon: Horizon, notices: list[Notice]) -> tuple[Quota, ...]:
    distribution = scenario.volume.weekly_distribution
    days = range(horizon.days)
    if distribution is None:
        if not _states_quotas(scenario):
            return tuple(base for _ in days)
        return tuple(_weekday_quota(base, horizon.weekday(day)) for day in days)
    if isinstance(distribution, Mapping):
        malformed = set(distribution) != set(range(7))
        totals = [] if malformed else [distribution[horizon.weekday(day)] for day in days]
        wanted = "all seven weekdays 0-6"
    else:
        malformed = len(distribution) != horizon.days
        totals = list(distribution)
        wanted = f"{horizon.days} totals, one per day"
    if malformed:
        notices.append(
            Notice(
                "distribution-malformed",
                f"weekly_distribution has {len(distribution)} entries instead of {wanted}: "
                f"every day gets {base.total} sends",
            )
        )
        return tuple(base for _ in days)
    ratio = (base.revenue, base.engagement, base.retention)
    return tuple(Quota(*largest_remainder(total, ratio)) for total in totals)


def _states_quotas(scenario: Scenario) -> bool:
    """Whether any quota is stated; a level alone, known or guessed, gives its row on every day."""
    volume = scenario.volume
    return any((volume.revenue_per_day, volume.engagement_per_day, volume.retention_per_day is not None))


def _weekday_quota(base: Quota, weekday: int) -> Quota:
    changes = WEEKDAY_CHANGES.get(weekday, {})
    parts = {category: base.of(category) + changes.get(category, 0) for category in Category}
    return Quota(
        max(1, parts[Category.REVENUE]),
        max(1, parts[Category.ENGAGEMENT]),
        parts[Category.RETENTION],
    )


def _minimum_weight(confidence: float) -> float:
    """Share of the minimum in the dampened revenue quota: 0 from 0.8 up, at most 0.10 down to 0.6, then rising."""
    if confidence >= FULL_FROM:
        return 0.0
    if confidence >= DAMPED_BELOW:
        return SLIGHT_DAMPENING * (FULL_FROM - confidence) / (FULL_FROM - DAMPED_BELOW)
    return max(SLIGHT_DAMPENING, 1 - confidence / DAMPED_BELOW)


def _damped(quota: Quota, weight: float) -> Quota:
    blend = quota.revenue * (1 - weight) + DAMPED_MINIMUM * weight
    revenue = min(quota.revenue, floor(blend + 0.5 + 1e-9))
    return Quota(revenue, quota.engagement, quota.retention)
