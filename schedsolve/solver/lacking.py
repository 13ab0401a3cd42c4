"""What a decision falls short of: sends of the quotas, and sends of the low ends of ranges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ..constraints.daily_quota import DailyQuota
from ..model.catalog import Category
from ..model.ranged import Ranged
from ..model.week import Week
from .decode import Decision

Short = Category | Ranged
"""What is too few on a day: sends of a category, or those that a range counts."""
Key = tuple[int, Short]
Counts = Mapping[Key, int]
"""Sends missing by day and category, and lacking by day and range."""


@dataclass(frozen=True)
class Asked:
    """What a day falls short of: the rule that asks for sends, their category, and how many it wants."""

    rule: str
    category: Category
    wanted: int


def asked(week: Week, key: Key) -> Asked:
    """The quota or the low end of a range."""
    day, what = key
    if isinstance(what, Ranged):
        return Asked(what.rule, what.category, week.least(what, day))
    return Asked(DailyQuota.id, what, week.quotas[day].of(what))


def falling_short(week: Week, decision: Decision) -> Counts:
    """The sends missing of each quota, as the decision tells, and those lacking of each range."""
    return together(decision.missing, lacking_of(week, decision))


def together(missing: Mapping[tuple[int, Category], int], lacking: Mapping[tuple[int, Ranged], int]) -> Counts:
    """Both in one mapping."""
    counts: dict[Key, int] = dict(missing.items())
    counts.update(lacking.items())
    return counts


def lacking_of(week: Week, decision: Decision) -> Mapping[tuple[int, Ranged], int]:
    """By day, the sends that each range lacks; nothing where none does."""
    held = Counter((send.day, kind) for send in decision.sends for kind in Ranged if kind.covers(send.send_type))
    low = {(day, kind): week.least(kind, day) for day in week.days for kind in Ranged}
    return {key: least - held[key] for key, least in low.items() if least > held[key]}
