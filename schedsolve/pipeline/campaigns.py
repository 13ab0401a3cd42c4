"""Campaigns in plans: which game a game post plays, what is missing and why, and breaks that are too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ..analytics.game_benchmarks import SPIN_THE_WHEEL
from ..analytics.games import GameRecord, advise_games, best_other_game
from ..constraints.campaign_spacing import CampaignSpacing
from ..constraints.campaign_target import CampaignTarget
from ..model.campaign_families import Family
from ..model.campaign_settings import Campaigns
from ..model.catalog import Category
from ..model.plan import PlanWarning, Shortfall
from ..model.timetable import Timetable
from ..model.week import Week
from ..solver.campaign_binding import Wanting, known_binding, wanting
from ..solver.decode import Decision


def games_to_play(week: Week) -> Mapping[Family, str]:
    """The game of each family of games: spin the wheel, and the best of the others by the creator's own results."""
    settings = week.scenario.campaigns or Campaigns()
    records = [GameRecord(game_type=one.game_type, earnings=one.earnings, date=one.date) for one in settings.games]
    return {Family.SPIN_THE_WHEEL: SPIN_THE_WHEEL, Family.GAME_OTHER: best_other_game(advise_games(records))}


def campaign_shortfalls(
    week: Week, decision: Decision, binding: Mapping[Wanting, tuple[str, ...]] | None = None
) -> Iterator[Shortfall]:
    """Campaigns missing by family and from all families together, with the rules that bind, by default as known."""
    binding = known_binding(week, decision) if binding is None else binding
    for family, (wanted, placed) in wanting(week, decision).items():
        yield Shortfall(
            rule=CampaignTarget.id,
            date=week.date(0).isoformat(),
            category=Category.REVENUE,
            wanted=wanted,
            placed=placed,
            binding=binding[family],
            campaign_type=family,
        )


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
