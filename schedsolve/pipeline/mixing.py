"""Pay-per-view sends, bumps and categories counted off a plan, and the warnings that their ratios give."""

from __future__ import annotations

from ..analytics.mix import MixFinding, check_mix
from ..analytics.ratio import CountedDay, RatioCheck, check_ratio
from ..model.catalog import Category
from ..model.plan import PlanWarning
from ..model.ranged import Ranged
from ..model.timetable import Timetable

RATIO, MIX = "bump-ratio", "mix"
"""Codes of the warnings."""


def counted_days(plan: Timetable) -> tuple[CountedDay, ...]:
    """Every day of the plan with its regular pay-per-view sends and bumps."""
    return tuple(
        CountedDay(
            date=plan.week.date(day),
            ppv_count=_held(plan, day, Ranged.PPV),
            bump_count=_held(plan, day, Ranged.BUMP),
        )
        for day in plan.week.days
    )


def _held(plan: Timetable, day: int, kind: Ranged) -> int:
    return sum(send.send_type is not None and kind.covers(send.send_type) for send in plan.on_day(day))


def ratio_of(plan: Timetable) -> RatioCheck | None:
    """The ratio check of a plan; None unless its week has both ranges."""
    ppv, bumps = plan.week.ppv_range, plan.week.bump_range
    return None if ppv is None or bumps is None else check_ratio(counted_days(plan), ppv, bumps)


def ratio_warnings(plan: Timetable) -> list[PlanWarning]:
    """What the ratio check finds: anything of the whole plan, and each day that is not valid."""
    check = ratio_of(plan)
    if check is None:
        return []
    found = [check.whole] if check.whole.severity != "none" else []
    found += [finding for finding in check.days if not finding.is_valid]
    return [PlanWarning(code=RATIO, message=finding.text) for finding in found]


def mixes_of(plan: Timetable, tier: str, adjusted: bool = False) -> tuple[MixFinding, ...]:
    """The mix of every week of the plan, for quotas that were computed without a content style."""
    found = []
    for days in plan.week.horizon.plan_weeks:
        counts = dict.fromkeys(Category, 0)
        for day in days:
            for send in plan.on_day(day):
                if send.send_type is not None:
                    counts[send.send_type.category] += 1
        found.append(check_mix(tier, counts[Category.REVENUE], counts[Category.ENGAGEMENT], adjusted))
    return tuple(found)


def mix_warnings(plan: Timetable) -> list[PlanWarning]:
    """The weeks whose mix leaves its bounds, where the volume stage computed it without a content style."""
    volume = plan.week.volume
    if volume is None or volume.calculation_source != "optimized" or volume.final_config.ppv_range is not None:
        return []
    adjusted = "saturation_adjustment" in volume.adjustments_applied
    why = "; saturation moved the quotas" if adjusted else ""
    return [
        PlanWarning(code=MIX, message=f"week of {plan.week.date(days[0])}: {finding.text}{why}")
        for days, finding in zip(
            plan.week.horizon.plan_weeks, mixes_of(plan, volume.volume_level, adjusted), strict=True
        )
        if not finding.is_kept
    ]
