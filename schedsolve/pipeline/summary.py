"""A plan in figures, and the warnings that follow from them."""

from __future__ import annotations

from collections import Counter

from ..constraints.category_balance import shares
from ..constraints.preferences.rotation_adherence import RotationAdherence
from ..model.catalog import Category
from ..model.plan import Followups, PlanWarning, Summary
from ..model.timetable import Send, Timetable
from ..model.week import Week

EARLY_BELOW, LATE_ABOVE = 20, 40
"""Minutes after the parent: a followup sooner is early, one later is late."""
PEAK_SPAN = range(19 * 60, 22 * 60)
"""Local minutes in which pay-per-view sends belong on any day, besides the day's prime hours."""


def summarise(plan: Timetable) -> Summary:
    """Counts, shares and rates of a finished plan."""
    week = plan.week
    times = Counter(send.clock for send in plan.sends)
    ppv = [send for send in plan.ppv if 0 <= send.day < week.horizon.days]
    prime = sum(in_prime_hours(week, send) for send in ppv)
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


def in_prime_hours(week: Week, send: Send) -> bool:
    """Whether a send on a day of the plan goes out in the peak span or in the day's prime hours."""
    return send.clock in PEAK_SPAN or send.clock // 60 in week.prime_hours[send.day]


def _followups(plan: Timetable) -> Followups:
    eligible = [send for send in plan.regular if send.send_type is not None and send.send_type.followup]
    followed = {followup.parent for followup in plan.followups}
    per_day = Counter(followup.day for followup in plan.followups)
    rule = plan.week.scenario.rules.followup_daily_limit
    waiting = {f"history_{past.index}" for past in plan.week.past if past.awaits_followup}
    eligible += [send for send in plan.past if send.id in waiting]
    without = [send for send in eligible if send.id not in followed]
    full = [send.id for send in without if rule.enabled and per_day[send.day] >= rule.max]
    untimely = [send.id for send in without if send.id not in full]
    delays = [followup.delay or 0 for followup in plan.followups]
    early, late = sum(delay < EARLY_BELOW for delay in delays), sum(delay > LATE_ABOVE for delay in delays)
    return Followups(
        eligible=len(eligible),
        generated=len(delays),
        skipped_limit=len(full),
        skipped_timing=len(untimely),
        early=early,
        optimal=len(delays) - early - late,
        late=late,
        without=(*full, *untimely),
    )


def scaling_notes(week: Week) -> list[PlanWarning]:
    """Floors that a week cannot reach with its types, quotas or strategies, and what they became."""
    rules = week.scenario.rules
    notes = []
    for days in week.horizon.plan_weeks if rules.type_diversity.enabled else ():
        for name, category in (("types", None), ("revenue", Category.REVENUE), ("engagement", Category.ENGAGEMENT)):
            stated = getattr(rules.type_diversity, name)
            asked = stated if len(days) >= 7 else max(1, stated * len(days) // 7) if stated else 0
            on_offer = len(week.types) if category is None else len(week.types_in(category))
            floor = min(asked, on_offer, week.week_quota(days, category))
            if floor < asked:
                notes.append(
                    PlanWarning(
                        code="type-diversity-scaled",
                        message=f"week of {week.date(days[0])}: {floor} instead of {asked} distinct "
                        f"{'types' if category is None else f'{category} types'}, all that types and quotas allow",
                    )
                )
    variety = rules.strategy_variety
    if variety.enabled and len(week.strategies) < min(variety.strategies, week.horizon.days):
        notes.append(
            PlanWarning(
                code="strategy-variety-scaled",
                message=f"{len(week.strategies)} instead of {variety.strategies} different strategies a week: "
                "no more are on offer",
            )
        )
    return notes


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
