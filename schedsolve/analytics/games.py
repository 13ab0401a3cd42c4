"""Which game to play next: a creator's own results, weighed against the benchmarks.

Posterior mean of a normal mean with a conjugate prior of equal variance: the benchmark counts with its plays, the
creator's mean with the creator's. A game without a benchmark is judged by its own mean alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from ..model.fields import Day
from .dollars import exact, mean, to_cents
from .game_benchmarks import BENCHMARKS, SPIN_THE_WHEEL
from .kpis.columns import CreatorId, GameType
from .tables import Row

LEAST_WORTH = 1000
"""Dollars below which a game is to be avoided."""


class GameRecord(Row):
    """A game that was played, and what it earned in dollars."""

    game_type: GameType
    earnings: Annotated[float, Field(ge=0)]
    date: Day | None = None
    creator_id: CreatorId = None


@dataclass(frozen=True)
class GameEstimate:
    """What one play of a game is reckoned to earn, and how much of that is the creator's own experience.

    `effective_n` counts plays, the benchmark's included; the two weights add up to 1.
    """

    game: str
    posterior: Fraction
    own_n: int
    effective_n: int
    creator_weight: Fraction
    benchmark_weight: Fraction

    @property
    def avoided(self) -> bool:
        """It earns too little to be played."""
        return self.posterior < LEAST_WORTH


@dataclass(frozen=True)
class GameAdvice:
    """What to play, what not, and why.

    `raw_averages` holds the creator's own means, `bayesian_estimates` every game of the ranking: those played, and
    the benchmarked ones that were not.
    """

    recommended: str
    reason: str
    avoid: tuple[str, ...]
    worst: str
    source: Literal["benchmark", "bayesian_updated"]
    raw_averages: Mapping[str, Fraction]
    bayesian_estimates: Mapping[str, GameEstimate]


def estimate(game: str, earnings: Sequence[float]) -> GameEstimate:
    """One game's estimate from what its plays earned.

    Raises
    ------
    ValueError
        For a game that is neither played nor benchmarked: nothing is known of it.
    """
    prior, own_n = BENCHMARKS.get(game), len(earnings)
    if prior is None and not own_n:
        raise ValueError(f"nothing is known of the game {game}: it is not played and has no benchmark")
    prior_n = prior.plays if prior else 0
    effective_n = prior_n + own_n
    before = exact(prior.mean) * prior_n if prior else Fraction(0)
    own = mean(earnings) * own_n if own_n else Fraction(0)
    return GameEstimate(
        game,
        (before + own) / effective_n,
        own_n,
        effective_n,
        Fraction(own_n, effective_n),
        Fraction(prior_n, effective_n),
    )


def advise_games(records: Sequence[GameRecord]) -> GameAdvice:
    """Advice from a creator's records, in any order."""
    played = _by_game(records)
    names = [*BENCHMARKS, *sorted(game for game in played if game not in BENCHMARKS)]
    estimates = {game: estimate(game, played.get(game, ())) for game in names}
    ranking = ranked(estimates)
    best = ranking[0]
    return GameAdvice(
        recommended=best.game,
        reason=_reason(best),
        avoid=tuple(sorted(game for game, found in estimates.items() if found.avoided)),
        worst=min(ranking, key=lambda found: (found.posterior, found.game)).game,
        source="bayesian_updated" if records else "benchmark",
        raw_averages={game: mean(earnings) for game, earnings in sorted(played.items())},
        bayesian_estimates=estimates,
    )


def best_other_game(advice: GameAdvice) -> str:
    """The game for a slot that is not spin the wheel's; an avoided one only where all are."""
    others = {game: found for game, found in advice.bayesian_estimates.items() if game != SPIN_THE_WHEEL}
    return ranked(others)[0].game


def ranked(estimates: Mapping[str, GameEstimate]) -> list[GameEstimate]:
    """Highest posterior first, ties by name."""
    return sorted(estimates.values(), key=lambda found: (-found.posterior, found.game))


def _by_game(records: Sequence[GameRecord]) -> dict[str, list[float]]:
    earnings: defaultdict[str, list[float]] = defaultdict(list)
    for record in records:
        earnings[record.game_type].append(record.earnings)
    return dict(earnings)


def _reason(best: GameEstimate) -> str:
    worth = f"${to_cents(best.posterior):,.2f} a play"
    if best.avoided:
        return f"{best.game} earns most of games that are all below ${LEAST_WORTH:,}: {worth}"
    if not best.own_n:
        return f"{best.game} earns most by the benchmark: {worth}"
    share = to_cents(100 * best.creator_weight)
    return f"{best.game} earns most: {worth}, {share:g} % of it from {best.own_n} own plays"
