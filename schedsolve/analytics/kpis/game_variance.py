"""KPI `game_type_revenue_variance`: how much the earnings of one and the same game vary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum
from statistics import stdev

from ..tables import Row
from .columns import CreatorId, Dollars, GameType
from .kpi import Interval, Kpi, Part, Reading, Unit

VARIANCE = Kpi(
    "game_type_revenue_variance",
    "standard deviation / mean of a game's earnings",
    Unit.RATIO,
    target=Interval(high=0.50, ends=False),
    alert=Interval(low=0.75, ends=False),
)
LEAST_PLAYS = 2
"""A deviation asks for at least two plays."""


class GamePlay(Row):
    """A game that was played, and what it earned."""

    creator_id: CreatorId = None
    game_type: GameType
    earnings: Dollars


@dataclass(frozen=True)
class GameResult:
    """All plays of one game by one creator; `std_dev` is the sample's (n - 1), None of a single play."""

    creator_id: str | None
    game_type: str
    plays: int
    mean: float
    std_dev: float | None

    @property
    def variation(self) -> float | None:
        """Standard deviation / mean; None of a single play, and where nothing was earned."""
        return self.std_dev / self.mean if self.std_dev is not None and self.mean else None

    @property
    def subject(self) -> str:
        """Who played what."""
        return " ".join(filter(None, (self.creator_id, self.game_type)))


def game_results(plays: Iterable[GamePlay]) -> tuple[GameResult, ...]:
    """Plays grouped by creator and game, sorted by both."""
    held: dict[tuple[str | None, str], list[float]] = {}
    for play in plays:
        held.setdefault((play.creator_id, play.game_type), []).append(play.earnings)
    return tuple(
        GameResult(
            creator,
            game,
            len(earnings),
            fsum(earnings) / len(earnings),
            stdev(earnings) if len(earnings) >= LEAST_PLAYS else None,
        )
        for (creator, game), earnings in sorted(held.items(), key=lambda item: (item[0][0] or "", item[0][1]))
    )


def game_type_revenue_variance(plays: Iterable[GamePlay]) -> Reading:
    """The largest variation within a game type: it is on target when every game is. The parts are all of them."""
    return variance_within(game_results(plays))


def variance_within(results: Iterable[GameResult]) -> Reading:
    """The same of results that are summed up already."""
    counted = [result for result in results if result.variation is not None]
    parts = tuple(Part(result.subject, result.variation) for result in counted if result.variation is not None)
    worst = max((part.value for part in parts), default=None)
    return VARIANCE.reading(worst, sum(result.plays for result in counted), parts)
