"""A day's sends against its quotas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ...constraints.daily_quota import DailyQuota
from ...model.catalog import Category
from .check import Flaw, Found, of_days
from .schedule import Schedule

CHECK = "daily_quota_missed"


def exceeded(schedule: Schedule) -> Found:
    """Days with more regular sends than their total."""
    return of_days(_exceeded(schedule) if _on(schedule) else (), len(schedule.week.days))


def missed(schedule: Schedule) -> Found:
    """Days on which a category falls short of its quota, declared or not, and declarations that are not so."""
    return of_days(_missed(schedule) if _on(schedule) else (), len(schedule.week.days))


def _on(schedule: Schedule) -> bool:
    return schedule.week.scenario.rules.of(DailyQuota.id).enabled


def _exceeded(schedule: Schedule) -> Iterator[Flaw]:
    for day in schedule.week.days:
        held, most = len(schedule.table.on_day(day)), schedule.week.quotas[day].total
        if held > most:
            date = schedule.week.date(day).isoformat()
            message = f"{date} has {held} regular sends; its total is {most}"
            yield Flaw(message, date=date, value=held, limit=most, origin="weekly_distribution")


def _missed(schedule: Schedule) -> Iterator[Flaw]:
    week, binding, untrue = schedule.week, _binding(schedule), _untrue(schedule)
    for day in week.days:
        date, quota = week.date(day).isoformat(), week.quotas[day]
        held = Counter(send.category for send in schedule.table.on_day(day))
        short = [category for category in Category if held[category] < quota.of(category)]
        if short:
            parts = [f"{held[c]} of {quota.of(c)} {c} sends{binding.get((day, c), '')}" for c in short]
            placed, wanted = sum(held[c] for c in short), sum(quota.of(c) for c in short)
            message = f"{date} has {', '.join(parts)}"
            yield Flaw(message, date=date, value=placed, limit=wanted, origin=DailyQuota.id)
        elif told := [untrue[day, c] for c in Category if (day, c) in untrue and held[c] == quota.of(c)]:
            yield Flaw("; ".join(told), date=date, origin=DailyQuota.id)


def _binding(schedule: Schedule) -> Mapping[tuple[int, Category], str]:
    """What is declared to hold a category back on a day, in words; other rules declare what they lack likewise."""
    return {
        (missing.day, missing.category): f" (held back by {', '.join(missing.binding)})"
        for missing in schedule.table.shortfalls
        if missing.binding and missing.rule == DailyQuota.id
    }


def _untrue(schedule: Schedule) -> Mapping[tuple[int, Category], str]:
    """What the audit says of a day and a category."""
    places = {
        f"{schedule.week.date(day).isoformat()} {category}": (day, category)
        for day in schedule.week.days
        for category in Category
    }
    violations = schedule.broken.get(CHECK, ())
    return {places[found.subject]: found.message for found in violations if found.subject in places}
