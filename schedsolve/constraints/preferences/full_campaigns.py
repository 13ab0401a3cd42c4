"""`campaign-target` as the solver pursues it: as few campaigns missing as the rules allow, and no long breaks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ...model.campaign_families import Family
from ...model.campaign_week import FamilyWeek, campaign_week
from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft, IntVar
from ..preference import POINT, Preference

MISSING = 200 * POINT
"""Units lost with every campaign that a family lacks: far less than a missing send, more than types and times earn."""
MISSING_IN_ALL = 50 * POINT
"""Units lost with every campaign that all families together lack, besides what its family loses."""
TOO_WIDE = 100 * POINT
"""Units lost where more days than a family's most lie between two campaigns in a row."""
EACH = 1
"""Units lost with every campaign: of two ways alike, the one with fewer."""


@dataclass(frozen=True)
class FullCampaigns(Preference):
    """Campaigns missing from a family's number, from that of all families, and too long breaks cost.

    Numbers are pursued as far as arithmetic says that they can be reached. `total` is the number of all families.
    """

    id = "campaign-target"
    families: tuple[FamilyWeek, ...]
    total: int

    @classmethod
    def concerns(cls, week: Week) -> bool:
        """Whether the scenario runs campaigns, and asks for a number of them."""
        return week.scenario.campaigns is not None and week.scenario.rules.campaign_target.enabled

    @classmethod
    def of(cls, week: Week) -> FullCampaigns:
        campaigns = campaign_week(week.measure)
        assert campaigns is not None
        return cls(tuple(plan for plan in campaigns.families.values() if plan.carriers), campaigns.reachable)

    def post(self, draft: Draft) -> None:
        for plan in self.families:
            runs = [draft.campaigns[day, plan.family] for day in draft.week.days]
            for run in runs:
                draft.reward(self.id, -EACH, run)
            self._post_missing(draft, runs, plan.reachable, MISSING)
            self._post_breaks(draft, plan, runs)
        self._post_missing(draft, list(draft.campaigns.values()), self.total, MISSING_IN_ALL)

    def _post_missing(self, draft: Draft, runs: list[IntVar], wanted: int, units: int) -> None:
        if wanted:
            missing = draft.integer(0, wanted, "missing")
            draft.add(self.id, "missing", sum(runs) + missing >= wanted)
            draft.reward(self.id, -units, missing)

    def _post_breaks(self, draft: Draft, plan: FamilyWeek, runs: list[IntVar]) -> None:
        """A break is too long when a day runs the family, a later one does, and none of the days up to the most."""
        later: list[IntVar] = [draft.literal("later") for _ in runs]
        for run, from_here in zip(runs, later, strict=True):
            draft.add(self.id, "later", from_here >= run)
        for from_here, from_next in pairwise(later):
            draft.add(self.id, "later", from_here >= from_next)
        begun = [] if plan.last is None else [(plan.last, draft.always)]
        for day, run in (*begun, *enumerate(runs)):
            end = max(0, day + plan.farthest + 1)
            if end < len(runs):
                wide = draft.literal("too wide")
                draft.add(self.id, "too wide", wide >= run + later[end] - 1 - sum(runs[max(0, day + 1) : end]))
                draft.reward(self.id, -TOO_WIDE, wide)

    def score(self, plan: Timetable) -> int:
        lost = total = 0
        for family in self.families:
            days = sorted(days_of(plan, family.family))
            total += len(days)
            lost += MISSING * max(0, family.reachable - len(days)) + EACH * len(days)
            before = [] if family.last is None else [family.last]
            lost += TOO_WIDE * sum(second - first > family.farthest for first, second in pairwise([*before, *days]))
        return -lost - MISSING_IN_ALL * max(0, self.total - total)


def days_of(plan: Timetable, family: Family) -> set[int]:
    """The days of the plan on which a family runs."""
    return {send.day for send in plan.sends if send.campaign_type == family and send.day in plan.week.days}
