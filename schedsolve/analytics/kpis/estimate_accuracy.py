"""KPI `bayesian_estimate_accuracy`: how near the estimates of games are to what the games earn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from ..tables import Row
from .columns import CreatorId, Dollars, GameType, once
from .game_variance import GamePlay, game_results
from .kpi import Interval, Kpi, Reading, Unit

ACCURACY = Kpi(
    "bayesian_estimate_accuracy",
    "1 - mean relative error of the games' estimates",
    Unit.SHARE,
    target=Interval(low=0.85, ends=False),
    alert=Interval(high=0.70, ends=False),
)


class StoredEstimate(Row):
    """What a play of a game was reckoned to earn."""

    creator_id: CreatorId = None
    game_type: GameType
    estimate: Dollars


@dataclass(frozen=True)
class EstimatedGame:
    """An estimate beside the mean of the plays; `relative_error` is None where they earned nothing."""

    creator_id: str | None
    game_type: str
    estimate: float
    actual: float
    relative_error: float | None


def estimated_games(estimates: Iterable[StoredEstimate], plays: Iterable[GamePlay]) -> tuple[EstimatedGame, ...]:
    """Estimates joined to plays on creator and game, in the order of the estimates.

    Raises
    ------
    TableError
        When there are two estimates of one game.
    """
    means = {(result.creator_id, result.game_type): result.mean for result in game_results(plays)}
    games = []
    for one in once(estimates, lambda row: (row.creator_id, row.game_type), "estimates"):
        actual = means.get((one.creator_id, one.game_type))
        if actual is not None:
            error = abs(one.estimate - actual) / actual if actual else None
            games.append(EstimatedGame(one.creator_id, one.game_type, one.estimate, actual, error))
    return tuple(games)


def bayesian_estimate_accuracy(estimates: Iterable[StoredEstimate], plays: Iterable[GamePlay]) -> Reading:
    """1 - mean of |estimate - actual| / actual over the games that earned anything; below 0 when far off."""
    errors = [game.relative_error for game in estimated_games(estimates, plays) if game.relative_error is not None]
    return ACCURACY.reading(1 - fsum(errors) / len(errors) if errors else None, len(errors))
