"""Rule `campaign-target`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from ..model.campaign_families import Family, needed
from ..model.campaign_settings import Campaigns
from ..model.timetable import Timetable
from ..model.week import Week
from .declaration import declaration_faults
from .rule import Rule, Violation

ALL_FAMILIES = "all families"


@dataclass(frozen=True)
class CampaignTarget(Rule):
    """Projected onto a month, each family and all together run often enough, less what the plan declares missing.

    `wanted` holds the least campaigns over the plan's days by family, a day counted once. What cannot be reached
    yields: it is declared with at least one binding rule, under the plan's first day. In the model the rule is
    therefore a preference of its own (`preferences/full_campaigns.py`).
    """

    id = "campaign-target"
    severity = "medium"
    needs = ("campaigns",)

    wanted: Mapping[Family, int]
    wanted_in_all: int

    @classmethod
    def concerns(cls, week: Week) -> bool:
        """Whether the scenario runs campaigns."""
        return week.scenario.campaigns is not None

    @classmethod
    def of(cls, week: Week) -> Self:
        """The rule with the numbers that the week's scenario asks of so many days."""
        settings, days = week.scenario.campaigns or Campaigns(), week.horizon.days
        monthly = {family: settings.cadence(family).monthly.least for family in Family}
        return cls({family: needed(least, days) for family, least in monthly.items()}, needed(settings.per_month, days))

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Families that run too seldom without a word, and declarations that are not so."""
        placed = {
            family: len({send.day for send in plan.sends if send.campaign_type == family} & set(plan.week.days))
            for family in Family
        }
        for family, wanted in self.wanted.items():
            yield from self._short(plan, family, placed[family], wanted)
        for violation in self._short(plan, None, sum(placed.values()), self.wanted_in_all):
            yield replace(violation, severity="high")
        for shortfall in plan.short_of(self.id):
            yield from declaration_faults(self, plan, shortfall)

    def _short(self, plan: Timetable, family: Family | None, placed: int, wanted: int) -> Iterator[Violation]:
        declared = sum(shortfall.count for shortfall in plan.short_of(self.id) if shortfall.family == family)
        missing, subject = max(0, wanted - placed), family or ALL_FAMILIES
        if declared != missing:
            message = f"{subject}: {placed} campaigns in {plan.week.horizon.days} days, {wanted} are needed"
            message += f" and {declared} declared missing" if declared else ""
            yield self.broken(subject, abs(missing - declared), message)
