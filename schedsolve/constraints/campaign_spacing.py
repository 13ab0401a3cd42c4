"""Rule `campaign-spacing`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from ..model.campaign_families import GAMES, LOOK_BACK, Family
from ..model.campaign_settings import Campaigns
from ..model.campaign_week import campaign_week, family_of
from ..model.notch import Edit, Notch
from ..model.timetable import Send, Timetable
from ..model.week import Week
from .draft import Draft
from .rule import Rule, Violation
from .wording import day_words, sent

GAME_POSTS = "games on "
"""How the subject of rows begins that give every game of a day its family."""


@dataclass(frozen=True)
class CampaignSpacing(Rule):
    """A family runs at most once a day, with its least number of days between two dates, history included.

    Every game is a campaign: of the family of spin the wheel, or of that of all other games. A distance that is too
    long breaks nothing; it is told as a warning. `nearest` holds the least days by family, `last` the day number of
    the last campaign before the plan, for families that had one in the last 30 days.
    """

    id = "campaign-spacing"
    severity = "medium"
    needs = ("campaigns",)

    nearest: Mapping[Family, int]
    last: Mapping[Family, int]

    @classmethod
    def concerns(cls, week: Week) -> bool:
        """Whether the scenario runs campaigns."""
        return week.scenario.campaigns is not None

    @classmethod
    def of(cls, week: Week) -> Self:
        """The rule with the distances and the history that the week's scenario states."""
        settings = week.scenario.campaigns or Campaigns()
        past = sorted(((one.date - week.horizon.first).days, one.campaign_type) for one in settings.history)
        return cls(
            {family: settings.cadence(family).nearest for family in Family},
            {family: day for day, family in past if day >= -LOOK_BACK},
        )

    def post(self, draft: Draft) -> None:
        """At most one of a family in any run of so many days; as many games' families on a day as there are games."""
        campaigns = campaign_week(draft.week)
        assert campaigns is not None
        days = draft.week.days
        for family in (plan.family for plan in campaigns.planned):
            runs, nearest = [draft.campaigns[day, family] for day in days], self.nearest[family]
            for run in runs[: max(0, self.last.get(family, -nearest) + nearest)]:
                draft.add(self.id, family, run == 0)
            for first in range(max(1, len(runs) - nearest + 1)):
                if len(near := runs[first : first + nearest]) > 1:
                    draft.at_most_one(self.id, family, near)
        for day in days if campaigns.games else ():
            slots = [slot for slot in draft.slots if slot.day == day]
            games = sum(slot.kinds[key] for slot in slots for key in campaigns.games if key in slot.kinds)
            running = sum(draft.campaigns[day, family] for family in GAMES)
            draft.add(self.id, f"{GAME_POSTS}{day_words(draft.week, day)}", running == games)

    def notches(self, week: Week) -> Iterator[Notch]:
        """One day less between the campaigns of each family; no distances at all."""
        campaigns, settings = campaign_week(week), week.scenario.campaigns or Campaigns()
        for plan in campaigns.planned if campaigns else ():
            stated, fewer = self.nearest[plan.family], self.nearest[plan.family] - 1
            if fewer:
                path = f"/campaigns/families/{plan.family}"
                edit = Edit(op="add", path=path, value={"min_days": fewer})
                if plan.family in settings.families:
                    edit = Edit(op="replace", path=f"{path}/min_days", value=fewer)
                yield self.notch(f"at least {_days(stated)}", f"at least {_days(fewer)}", edit, subject=plan.family)
        yield self.switched_off()

    def in_words(self, week: Week, subject: str) -> str:  # noqa: ARG002
        """The distance of a family, or what holds for games."""
        if subject.startswith(GAME_POSTS):
            return f"{self.id} (games of two families, each once a day) on {subject.removeprefix(GAME_POSTS)}"
        return f"{self.id} ({_days(self.nearest[Family(subject)])}) on {subject}"

    def violations(self, plan: Timetable) -> Iterator[Violation]:
        """Campaigns of one family on one day or too near to each other, and games without a family of theirs."""
        carrying: defaultdict[str, list[Send]] = defaultdict(list)
        for send in plan.sends:
            if send.campaign_type is not None:
                carrying[send.campaign_type].append(send)
            if send.campaign_type not in GAMES and _is_game(plan.week, send):
                yield self.broken(send.id, 1, f"{sent(plan.week, send)} is a game and carries no family of games")
        known = {str(family): family for family in Family}
        for name, sends in carrying.items():
            if name in known:
                yield from self._too_near(plan.week, known[name], sends)
                continue
            for send in sends:
                yield self.broken(send.id, 1, f"{sent(plan.week, send)} carries {name}, which is no campaign family")

    def _too_near(self, week: Week, family: Family, sends: Sequence[Send]) -> Iterator[Violation]:
        nearest = self.nearest[family]
        first = self.last.get(family, sends[0].day - nearest)
        for before, send in zip((first, *(send.day for send in sends)), sends, strict=False):
            gap = send.day - before
            if gap == 0:
                message = f"{sent(week, send)} is the second {family} of its day"
                yield replace(self.broken(send.id, nearest, message), severity="high")
            elif gap < nearest:
                message = f"{sent(week, send)}, {family}, comes {_days(gap)} after the one before it; "
                yield self.broken(send.id, nearest - gap, f"{message}at least {nearest} are needed")


def _is_game(week: Week, send: Send) -> bool:
    return not send.followup and send.send_type is not None and family_of(week, send.send_type.key) in GAMES


def _days(count: int) -> str:
    return f"{count} day{'s' * (count != 1)}"
