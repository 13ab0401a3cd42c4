"""The campaigns of a week to be planned: which send types carry each family, what history demands, what is wanted.

Nothing here is chosen: which days run a family is the solver's to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .campaign_families import GAMES, LOOK_BACK, Family, needed
from .campaign_settings import Campaigns
from .capacity import day_capacity
from .catalog import DEPRECATED
from .week import Week

NO_FAMILY = "none"
"""What a scenario states of a send type that carries no family."""


@dataclass(frozen=True)
class FamilyWeek:
    """One family in a week.

    Attributes
    ----------
    nearest, farthest
        Days between two campaigns in a row; `nearest` is 1 where `campaign-spacing` is off.
    carriers
        Send types on offer that may carry the family, in catalog order.
    last
        Day number of the last campaign before the plan (negative), or None without one in the last 30 days.
    wanted
        Campaigns that the monthly figure asks of the plan's days.
    most
        Campaigns that distances and quotas leave room for at most, by arithmetic.
    """

    family: Family
    nearest: int
    farthest: int
    carriers: tuple[str, ...]
    last: int | None
    wanted: int
    most: int

    @property
    def reachable(self) -> int:
        """As many of the wanted ones as there may be room for."""
        return min(self.wanted, self.most)


@dataclass(frozen=True)
class CampaignWeek:
    """All families of a week.

    `games` are the send types of which every send is a game, `wanted` the campaigns that all families together should
    have; `targets` says whether any number is asked for at all.
    """

    families: Mapping[Family, FamilyWeek]
    games: tuple[str, ...]
    wanted: int
    targets: bool

    @property
    def reachable(self) -> int:
        """As many of the wanted ones as there may be room for; that two families share the games is left aside."""
        return min(self.wanted, sum(plan.most for plan in self.families.values()))

    @property
    def planned(self) -> tuple[FamilyWeek, ...]:
        """The families that the plan decides on: those with carriers, and without targets only the games."""
        return tuple(
            plan for plan in self.families.values() if plan.carriers and (self.targets or plan.family in GAMES)
        )


def campaign_week(week: Week) -> CampaignWeek | None:
    """The campaigns of a week, or None where its scenario runs none."""
    settings = week.scenario.campaigns
    if settings is None:
        return None
    games = tuple(key for key in week.types if family_of(week, key) in GAMES)
    families = {family: _family(week, settings, family, games) for family in Family}
    targets = week.scenario.rules.campaign_target.enabled
    return CampaignWeek(families, games, needed(settings.per_month, week.horizon.days), targets)


def family_of(week: Week, key: str) -> str | None:
    """The family that sends of a type may carry: as the scenario states it, else as the catalog does."""
    stated = [
        change.family
        for name, change in week.scenario.send_types.items()
        if change.family is not None and DEPRECATED.get(name, name) == key
    ]
    family = stated[-1] if stated else week.catalog[key].family
    return None if family == NO_FAMILY else family


def _family(week: Week, settings: Campaigns, family: Family, games: tuple[str, ...]) -> FamilyWeek:
    cadence = settings.cadence(family)
    spaced = week.scenario.rules.campaign_spacing.enabled
    nearest = cadence.nearest if spaced else 1
    carriers = games if family in GAMES else tuple(key for key in week.types if family_of(week, key) == family)
    past = [(past.date - week.horizon.first).days for past in settings.history if past.campaign_type is family]
    last = max((day for day in past if -LOOK_BACK <= day < 0), default=None)
    wanted = needed(cadence.monthly.least, week.horizon.days)
    most = _most(week, nearest, carriers, last)
    return FamilyWeek(family, nearest, cadence.farthest, carriers, last, wanted, most)


def _most(week: Week, nearest: int, carriers: tuple[str, ...], last: int | None) -> int:
    """Campaigns that fit at most: as soon as may be after each other, on days that can hold a carrier."""
    count, before = 0, last
    for day in week.days:
        open_ = before is None or day - before >= nearest
        if open_ and _holds(week, day, carriers):
            count, before = count + 1, day
    return count


def _holds(week: Week, day: int, carriers: tuple[str, ...]) -> bool:
    """Whether a day has room for any of these types, by quota and capacity."""
    if not week.scenario.rules.daily_quota.enabled:
        return bool(carriers) and day_capacity(week, day).most > 0
    wanted = any(week.quotas[day].of(week.types[key].category) for key in carriers)
    return wanted and day_capacity(week, day).most > 0
