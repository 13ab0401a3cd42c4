"""The campaigns that a week's sends leave room for: on which days each family may run, and the best choice of them.

Campaign days follow from the types on each day, so that moves need not decide them. A day shows which families it can
carry and how many games it holds; what all days together are worth is looked up, or worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...constraints.preferences.full_campaigns import MISSING_IN_ALL, FullCampaigns
from ...model.campaign_families import GAMES, Family
from ...model.campaign_week import FamilyWeek, campaign_week
from ...model.week import Week
from .campaign_days import FamilyDays, Option
from .campaign_games import GameDays, Run

Show = tuple[int, ...]
"""What the days show, by day: bit n for the n-th family but the games', and above these bits the number of games."""
Verdict = tuple[int, int, Show]
"""Faults, units, and the days of each family as bits: the n-th families, then the games' two."""
REMEMBERED = 100_000
"""Verdicts kept at most; then all are forgotten."""


class CampaignBook:
    """What a week's campaigns ask, and verdicts on what days show. `shows[kind]` is what one send of a type adds."""

    def __init__(self, week: Week, number: Mapping[str, int]) -> None:
        campaigns = campaign_week(week)
        assert campaigns is not None
        pursued = FullCampaigns.of(week) if campaigns.targets else None
        wanted = {plan.family: plan for plan in pursued.families} if pursued else {}
        days = {plan.family: _days(plan, wanted.get(plan.family)) for plan in campaigns.planned}
        self._pursued = pursued is not None
        self._total = pursued.total if pursued else 0
        self._plain = [family for family in days if family not in GAMES]
        self._days = [days[family] for family in self._plain]
        bound = week.scenario.rules.campaign_spacing.enabled
        self._games = GameDays(days[GAMES[0]], days[GAMES[1]], bound) if campaigns.games else None
        self._game = 1 << len(self._plain)
        self.shows = [0] * len(number)
        for at, family in enumerate(self._plain):
            for key in campaigns.families[family].carriers:
                self.shows[number[key]] = 1 << at
        for key in campaigns.games:
            self.shows[number[key]] = self._game
        self._options: list[dict[int, dict[int, Option]]] = [{} for _ in self._plain]
        self._verdicts: dict[Show, Verdict] = {}

    def shown(self, kinds: Iterable[int]) -> int:
        """What a day with sends of these types shows."""
        shows, game, shown = self.shows, self._game, 0
        for kind in kinds:
            show = shows[kind]
            shown = shown + show if show >= game else shown | show
        return shown

    def is_game(self, kind: int) -> bool:
        """Whether every send of a type is a game."""
        return self.shows[kind] >= self._game

    def verdict(self, days: Show) -> Verdict:
        """Faults and units of the best choice of campaigns."""
        found = self._verdicts.get(days)
        if found is None:
            if len(self._verdicts) >= REMEMBERED:
                self._verdicts.clear()
            found = self._verdicts[days] = self._judged(days)
        return found

    def running(self, days: Show) -> Iterator[tuple[int, Family]]:
        """The best choice itself: a family for each of its days, and for each game a family of theirs."""
        *plain, spins, others = self.verdict(days)[2]
        for family, chosen in zip((*self._plain, *GAMES), (*plain, spins, others), strict=True):
            yield from ((day, family) for day in range(len(days)) if chosen >> day & 1)
        for day, shown in enumerate(days if self._games and self._games.bound else ()):
            yield from ((day, Family.GAME_OTHER) for _ in range(shown // self._game - 2))

    def _judged(self, days: Show) -> Verdict:
        options = [self._best_of(at, days) for at in range(len(self._plain))]
        games: dict[int, Run] = {0: (0, 0, 0, 0)}
        if self._games:
            games = self._games.options(
                {day: shown // self._game for day, shown in enumerate(days) if shown >= self._game}
            )
        ways: dict[int, tuple[int, Show]] = {
            count: (-lost, (spins, others)) for count, (_, lost, spins, others) in games.items()
        }
        for own in reversed(options):
            wider: dict[int, tuple[int, Show]] = {}
            for count, (units, chosen) in ways.items():
                for more, (earned, held) in own.items():
                    way = (units + earned, (held, *chosen))
                    wider[count + more] = max(way, wider.get(count + more, way))
            ways = wider
        units, chosen = max(
            (units - MISSING_IN_ALL * max(0, self._total - count), chosen) for count, (units, chosen) in ways.items()
        )
        return next(iter(games.values()))[0], units if self._pursued else 0, chosen

    def _best_of(self, at: int, days: Show) -> dict[int, Option]:
        """A family's options with the units of what it misses, as far as any number of them could be the best."""
        carriers = 0
        for day, shown in enumerate(days):
            carriers |= (shown >> at & 1) << day
        known = self._options[at]
        if carriers not in known:
            family = self._days[at]
            options = family.options(carriers)
            known[carriers] = {n: (units - family.missing(n), chosen) for n, (units, chosen) in options.items()}
        return known[carriers]


class Running:
    """The campaigns of a plan: its `units` and `faults`, brought up to date when a day shows something else."""

    def __init__(self, book: CampaignBook, days: int) -> None:
        self._book = book
        self._shown = [0] * days
        self.faults, self.units, _ = book.verdict(tuple(self._shown))

    def show(self, day: int, shown: int) -> None:
        """A day shows something else."""
        self._shown[day] = shown
        self.faults, self.units, _ = self._book.verdict(tuple(self._shown))

    def after(self, day: int, shown: int) -> tuple[int, int]:
        """Faults and units if a day showed that."""
        faults, units, _ = self._book.verdict((*self._shown[:day], shown, *self._shown[day + 1 :]))
        return faults, units

    def __iter__(self) -> Iterator[tuple[int, Family]]:
        """Each campaign's day and family."""
        return self._book.running(tuple(self._shown))


def _days(plan: FamilyWeek, pursued: FamilyWeek | None) -> FamilyDays:
    """Distances that the week asks, and numbers and breaks as they are valued."""
    valued = pursued or plan
    return FamilyDays(plan.nearest, valued.farthest, plan.last, valued.reachable)
