"""A plan in figures, and the warnings that follow from them."""

from __future__ import annotations

from collections import Counter

from ..constraints.category_balance import shares
from ..constraints.preferences.rotation_adherence import RotationAdherence
from ..model.catalog import Category
from ..model.plan import Followups, PlanWarning, Summary
from ..model.timetable import Timetable

PEAK_SPAN = range(19 * 60, 22 * 60)
"""Local minutes in which pay-per-view sends belong on any day, besides the day's prime hours."""


def summarise(plan: Timetable) -> Summary:
    """Counts, shares and rates of a finished plan."""
    week = plan.week
    times = Counter(send.clock for send in plan.sends)
    ppv = [send for send in plan.ppv if 0 <= send.day < week.horizon.days]
    prime = sum(send.clock in PEAK_SPAN or send.clock // 60 in week.prime_hours[send.day] for send in ppv)
    followed, rotated = RotationAdherence.of(week).followed(plan)
    balance = shares(plan, range(week.horizon.days))
    return Summary(
        sends=len(plan.regular),
        by_category={c.value: sum(send.category is c for send in plan.regular) for c in Category},
        by_day={week.date(day).isoformat(): len(plan.on_day(day)) for day in week.days},
        distinct_types=len({send.type_key for send in plan.regular}),
        strategies=dict(sorted(Counter(filter(None, (plan.strategy(day) for day in week.days))).items())),
        distinct_times=len(times),
        highest_repeat=max(times.values(), default=0),
        jittered=sum(send.metadata is not None and send.metadata.jitter != 0 for send in plan.regular),
        prime_share=round(prime / len(ppv), 4) if ppv else None,
        rotation_adherence=round(followed / rotated, 4) if rotated else None,
        shares={c.value: round(share, 4) for c, share in zip(Category, balance, strict=True)},
        followups=_followups(plan),
    )


def _followups(plan: Timetable) -> Followups:
    eligible = [send for send in plan.regular if send.send_type is not None and send.send_type.followup]
    followed = {followup.parent for followup in plan.followups}
    per_day = Counter(followup.day for followup in plan.followups)
    rule = plan.week.scenario.rules.followup_daily_limit
    without = [send for send in eligible if send.id not in followed]
    full = sum(rule.enabled and per_day[send.day] >= rule.max for send in without)
    return Followups(
        eligible=len(eligible),
        generated=len(plan.followups),
        skipped_limit=full,
        skipped_timing=len(without) - full,
    )


def balance_warnings(plan: Timetable) -> list[PlanWarning]:
    """Weeks whose shares are off balance although every quota is kept: the rule yields, the reader is told."""
    rule = plan.week.scenario.rules.category_balance
    warnings = []
    for days in plan.week.horizon.plan_weeks if rule.enabled else ():
        revenue, engagement, retention = shares(plan, days)
        off = revenue < rule.revenue_min or engagement < rule.engagement_min or retention > rule.retention_max
        if off and any(plan.on_day(day) for day in days):
            warnings.append(
                PlanWarning(
                    code="category-balance",
                    message=f"week of {plan.week.date(days[0])}: revenue {revenue:.0%}, engagement {engagement:.0%}, "
                    f"retention {retention:.0%}; the day quotas leave no better balance",
                )
            )
    return warnings
