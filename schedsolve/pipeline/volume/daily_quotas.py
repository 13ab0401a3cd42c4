"""The quotas of every day of a plan: stated or computed, spread over the days, drawn down where little is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...errors import Problem
from ...model.apportionment import largest_remainder
from ...model.audience import Audience
from ...model.calendar import Horizon
from ...model.catalog import CATALOG, Category, PageType, SendType
from ...model.exact import exact
from ...model.scenario import Scenario
from ...model.volume import VolumeResult
from ...model.week import CountRange, Notice, Quota
from .dampening import damped
from .figures import DAMPED_BELOW, MINIMA, OPEN_SLOT, STATED_MINIMUM, WEEKDAY_CHANGES
from .inputs import inputs_of
from .prediction import Recorder
from .stage import volume_of

MEASURED = ("volume_performance_tracking", "performance_scores")
"""Sources of data that make a volume more than a guess."""


@dataclass(frozen=True)
class VolumePlan:
    """Quotas day by day, how far they are trusted, and what the reader should know.

    `ppv_range` and `bump_range` are those of the content style, where it gave the quotas of their category.
    """

    quotas: tuple[Quota, ...]
    confidence: float
    notices: tuple[Notice, ...]
    result: VolumeResult
    audience: Audience
    ppv_range: CountRange | None = None
    bump_range: CountRange | None = None


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


def plan_volume(
    scenario: Scenario,
    horizon: Horizon,
    catalog: Mapping[str, SendType] = CATALOG,
    record: Recorder | None = None,
) -> VolumePlan:
    """The quotas of every day of the horizon: as stated day by day, else spread and dampened by confidence.

    Raises VolumeError when no volume can be made of the figures.
    """
    result = volume_of(inputs_of(scenario, catalog), record)
    performance = scenario.performance
    audience = Audience(
        result.fused_saturation, result.fused_opportunity, performance.revenue_trend, performance.caption_freshness
    )
    captions = [Notice("caption-pool", warning) for warning in result.caption_warnings]
    if scenario.volume.quotas is not None:
        stated = tuple(Quota(q.revenue, q.engagement, q.retention) for q in scenario.volume.quotas)
        return VolumePlan(
            stated, result.confidence_score, tuple(captions), result, audience, *_ranges(scenario, result)
        )
    notices = [*_told(scenario, result), *captions]
    quotas = _spread(scenario, result, horizon, notices)
    trusted = tuple(damped(quota, _minimum(scenario, result, quota), result.confidence_score) for quota in quotas)
    if exact(result.confidence_score) < DAMPED_BELOW:
        notices.append(_low_confidence(result, quotas, trusted))
    ppv, bumps = _ranges(scenario, result)
    return VolumePlan(trusted, result.confidence_score, tuple(notices), result, audience, ppv, bumps)


def _told(scenario: Scenario, result: VolumeResult) -> list[Notice]:
    """What was computed or guessed, and what the stage warns of."""
    notices = []
    if scenario.creator.page_type is PageType.FREE and scenario.volume.retention_per_day:
        notices.append(Notice("free-page-retention", "free pages have no retention sends: retention quota is 0"))
    missing, source = ", ".join(inputs_of(scenario).stated.missing), result.trail[0].note
    if missing and result.data_source in MEASURED:
        final = result.final_config
        split = f"{final.revenue_per_day}/{final.engagement_per_day}/{final.retention_per_day} a day"
        changes = ", ".join(result.adjustments_applied[1:]) or "no adjustment"
        notices.append(Notice("volume-computed", f"{missing} per day computed from {source}; {changes}: {split}"))
    elif missing:
        notices.append(Notice("volume-guessed", f"{missing} per day taken from: {source}"))
    return notices + [Notice("volume", warning) for warning in result.warnings]


def _low_confidence(result: VolumeResult, quotas: Sequence[Quota], trusted: Sequence[Quota]) -> Notice:
    before, after = (sum(quota.total for quota in week) for week in (quotas, trusted))
    return Notice(
        "low-confidence",
        f"confidence {result.confidence_score:.3g} ({result.message_count} messages known) is below "
        f"{float(DAMPED_BELOW):g}: quotas are drawn towards their minimum ({before} -> {after} sends over the plan)",
    )


def _minimum(scenario: Scenario, result: VolumeResult, quota: Quota) -> Quota:
    """What a day's quotas are drawn to: of computed ones the tier's least, of stated ones three revenue sends."""
    stated = inputs_of(scenario).stated
    if result.calculation_source not in ("optimized", "fan_estimate"):
        return Quota(STATED_MINIMUM, quota.engagement, quota.retention)
    least, final = MINIMA[result.volume_level], result.final_config
    if final.ppv_range is not None and final.bump_range is not None:
        least = Quota(final.ppv_range[0] + OPEN_SLOT, final.bump_range[0] + OPEN_SLOT, least.retention)
    return Quota(
        least.revenue if stated.revenue is None else STATED_MINIMUM,
        least.engagement if stated.engagement is None else quota.engagement,
        least.retention if stated.retention is None else quota.retention,
    )


def _ranges(scenario: Scenario, result: VolumeResult) -> tuple[CountRange | None, CountRange | None]:
    """The ranges that bind the plan: each where the style gave the quota of its category."""
    final, volume = result.final_config, scenario.volume
    if result.calculation_source != "optimized":
        return None, None
    ppv = None if final.ppv_range is None or volume.revenue_per_day is not None else CountRange(*final.ppv_range)
    bumps = None if final.bump_range is None or volume.engagement_per_day is not None else CountRange(*final.bump_range)
    return ppv, bumps


def _spread(scenario: Scenario, result: VolumeResult, horizon: Horizon, notices: list[Notice]) -> tuple[Quota, ...]:
    """Each day's total split over the categories; without a distribution stated quotas change by weekday."""
    base = Quota(result.revenue_per_day, result.engagement_per_day, result.retention_per_day)
    ratio = (base.revenue, base.engagement, base.retention)
    days = range(horizon.days)
    stated = scenario.volume.weekly_distribution
    if stated is not None:
        totals = _stated_totals(stated, horizon)
        if totals is None:
            wanted = "all seven weekdays 0-6" if isinstance(stated, Mapping) else f"{len(days)} totals, one per day"
            notices.append(
                Notice(
                    "distribution-malformed",
                    f"weekly_distribution has {len(stated)} entries instead of {wanted}: "
                    f"every day gets {base.total} sends",
                )
            )
            return tuple(base for _ in days)
    elif "dow_multipliers" not in result.adjustments_applied and _states_quotas(scenario):
        return tuple(_weekday_quota(base, horizon.weekday(day)) for day in days)
    else:
        totals = [result.weekly_distribution[horizon.weekday(day)] for day in days]
    return tuple(Quota(*largest_remainder(total, ratio)) for total in totals)


def _stated_totals(stated: Mapping[int, int] | Sequence[int], horizon: Horizon) -> list[int] | None:
    """Daily totals of the horizon; None where they do not fit its days."""
    if isinstance(stated, Mapping):
        if set(stated) != set(range(7)):
            return None
        return [stated[horizon.weekday(day)] for day in range(horizon.days)]
    return list(stated) if len(stated) == horizon.days else None


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
