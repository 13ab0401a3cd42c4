"""Campaigns in plans: which game a game post plays, what is missing and why, and breaks that are too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ..analytics.game_benchmarks import SPIN_THE_WHEEL
from ..analytics.games import GameRecord, advise_games, best_other_game
from ..constraints.campaign_spacing import CampaignSpacing
from ..constraints.campaign_target import CampaignTarget
from ..model.campaign_families import GAMES, Family
from ..model.campaign_settings import Campaigns
from ..model.campaign_week import CampaignWeek, FamilyWeek, campaign_week, family_of
from ..model.catalog import Category
from ..model.plan import PlanWarning, Shortfall
from ..model.timetable import Timetable
from ..model.week import Week
from ..solver.decode import Decision


def games_to_play(week: Week) -> Mapping[Family, str]:
    """The game of each family of games: spin the wheel, and the best of the others by the creator's own results."""
    settings = week.scenario.campaigns or Campaigns()
    records = [GameRecord(game_type=one.game_type, earnings=one.earnings, date=one.date) for one in settings.games]
    return {Family.SPIN_THE_WHEEL: SPIN_THE_WHEEL, Family.GAME_OTHER: best_other_game(advise_games(records))}


def campaign_shortfalls(week: Week, decision: Decision) -> Iterator[Shortfall]:
    """Campaigns missing by family and from all families together, with the rules that bind."""
    campaigns = campaign_week(week)
    if campaigns is None or not campaigns.targets:
        return
    days = {(decision.sends[place].day, family) for place, family in decision.campaigns.items()}
    placed = Counter(family for _, family in days)
    for plan in campaigns.families.values():
        if placed[plan.family] < plan.wanted:
            yield _missing(week, plan.wanted, placed[plan.family], _binding(week, plan), plan.family)
    if len(days) < campaigns.wanted:
        yield _missing(week, campaigns.wanted, len(days), _binding_all(week, campaigns), None)


def _missing(week: Week, wanted: int, placed: int, binding: tuple[str, ...], family: Family | None) -> Shortfall:
    return Shortfall(
        rule=CampaignTarget.id,
        date=week.date(0).isoformat(),
        category=Category.REVENUE,
        wanted=wanted,
        placed=placed,
        binding=binding,
        campaign_type=family,
    )


def _binding(week: Week, plan: FamilyWeek) -> tuple[str, ...]:
    """Rules that keep a family from its number: what arithmetic tells, else all that carriers must keep."""
    if not plan.carriers:
        page = week.scenario.creator.page_type
        kin = GAMES if plan.family in GAMES else (plan.family,)
        elsewhere = any(family_of(week, key) in kin and page not in row.pages for key, row in week.catalog.items())
        return ("page-type",) if elsewhere else ("known-type",)
    if plan.most < plan.wanted and plan.nearest > 1:
        return (CampaignSpacing.id,)
    return tuple(rule for rule in KEPT_BY_CARRIERS if week.scenario.rules.of(rule).enabled)


def _binding_all(week: Week, campaigns: CampaignWeek) -> tuple[str, ...]:
    """Rules that bind any of the families."""
    return tuple(dict.fromkeys(rule for plan in campaigns.families.values() for rule in _binding(week, plan)))


KEPT_BY_CARRIERS = (CampaignSpacing.id, "daily-quota", "weekly-cap", "same-type-gap", "no-repeat-type", "style-am-pm")
"""Rules that say on which days a carrier can stand."""


def break_warnings(plan: Timetable) -> list[PlanWarning]:
    """Breaks between two campaigns of a family that are longer than its most days."""
    settings, week = plan.week.scenario.campaigns, plan.week
    warnings = []
    last = CampaignSpacing.of(week).last
    for family in Family if settings else ():
        farthest = (settings or Campaigns()).cadence(family).farthest
        days = sorted({send.day for send in plan.sends if send.campaign_type == family})
        for before, day in pairwise([last[family], *days] if family in last else days):
            if day - before > farthest:
                message = (
                    f"{family}: {day - before} days lie between {week.date(before)} and {week.date(day)}; "
                    f"at most {farthest} are wanted"
                )
                warnings.append(PlanWarning(code="campaign-break", message=message))
    return warnings
