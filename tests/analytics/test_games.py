"""Which game to play: benchmarks, a creator's own results, and what is avoided."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schedsolve.analytics.dollars import to_cents
from schedsolve.analytics.game_benchmarks import BENCHMARKS, frequency_of
from schedsolve.analytics.games import GameRecord, advise_games, best_other_game, estimate


def plays(game: str, count: int, earnings: float) -> list[GameRecord]:
    return [GameRecord(game_type=game, earnings=earnings)] * count


ALL_WEAK = [record for game in BENCHMARKS for record in plays(game, 400, 0.0)]


@pytest.mark.parametrize(
    ("game", "count", "earnings", "posterior", "avoided"),
    [
        ("spin_the_wheel", 5, 3000.0, 4960.65, False),
        ("card_game", 5, 2000.0, 777.78, True),
        ("card_game", 11, 2000.0, 1000.00, False),
        ("scratch_off", 10, 300.0, 963.16, True),
    ],
)
def test_own_plays_move_the_benchmark_by_their_share(
    game: str, count: int, earnings: float, posterior: float, avoided: bool
) -> None:
    advice = advise_games(plays(game, count, earnings))
    found = advice.bayesian_estimates[game]
    assert to_cents(found.posterior) == posterior
    assert (game in advice.avoid) is found.avoided is avoided
    assert (found.own_n, found.effective_n) == (count, BENCHMARKS[game].plays + count)
    assert found.creator_weight == Fraction(count, found.effective_n)
    assert found.creator_weight + found.benchmark_weight == 1
    assert advice.raw_averages == {game: earnings}
    assert advice.source == "bayesian_updated"


def test_without_history_the_benchmark_speaks() -> None:
    advice = advise_games([])
    assert (advice.recommended, advice.avoid, advice.worst) == ("spin_the_wheel", ("card_game",), "card_game")
    assert (advice.source, advice.raw_averages) == ("benchmark", {})
    assert advice.reason == "spin_the_wheel earns most by the benchmark: $5,178.50 a play"
    assert best_other_game(advice) == "mystery_box"


def test_games_that_were_not_played_join_the_ranking_at_their_benchmark() -> None:
    advice = advise_games(plays("mystery_box", 3, 100.0))
    assert list(advice.bayesian_estimates) == list(BENCHMARKS)
    assert advice.bayesian_estimates["prize_wheel"].posterior == 2500
    assert advice.recommended == "spin_the_wheel"


def test_a_game_without_a_benchmark_is_judged_by_its_own_mean() -> None:
    advice = advise_games(plays("trivia", 2, 6000.0))
    found = advice.bayesian_estimates["trivia"]
    assert (found.posterior, found.creator_weight, found.benchmark_weight) == (6000, 1, 0)
    assert advice.recommended == best_other_game(advice) == "trivia"
    assert advice.reason == "trivia earns most: $6,000.00 a play, 100 % of it from 2 own plays"
    with pytest.raises(ValueError, match="nothing is known of the game trivia"):
        estimate("trivia", [])


def test_an_avoided_game_is_recommended_only_where_all_are() -> None:
    advice = advise_games(ALL_WEAK)
    assert set(advice.avoid) == set(BENCHMARKS)
    assert advice.recommended == "spin_the_wheel"
    assert "all below $1,000" in advice.reason
    assert advise_games([*ALL_WEAK, *plays("trivia", 1, 1000.0)]).recommended == "trivia"


def test_the_worst_game_earns_least() -> None:
    assert advise_games(plays("scratch_off", 100, 0.0)).worst == "scratch_off"


def test_frequencies_are_weekly_but_for_the_weakest_game() -> None:
    assert {game: frequency_of(game) for game in (*BENCHMARKS, "trivia")} == {
        "spin_the_wheel": "weekly",
        "mystery_box": "weekly",
        "prize_wheel": "weekly",
        "scratch_off": "weekly",
        "card_game": "every two weeks or stop",
        "trivia": "weekly",
    }


def test_the_benchmarks_are_the_specified_ones() -> None:
    assert {game: (b.mean, b.deviation, b.plays, b.interval, b.rank) for game, b in BENCHMARKS.items()} == {
        "spin_the_wheel": (5178.50, 2500, 45, (4432, 5925), "top"),
        "mystery_box": (3000, 1400, 32, (2502, 3498), "mid"),
        "prize_wheel": (2500, 1200, 38, (2110, 2890), "mid"),
        "scratch_off": (1200, 600, 28, (970, 1430), "low"),
        "card_game": (500, 300, 22, (370, 630), "avoid"),
    }


def test_negative_earnings_are_refused() -> None:
    with pytest.raises(ValidationError):
        GameRecord(game_type="trivia", earnings=-1.0)


@given(
    st.lists(st.tuples(st.sampled_from([*BENCHMARKS, "trivia"]), st.floats(0, 1e9)), max_size=20),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter_and_the_recommended_game_is_the_best(
    drawn: list[tuple[str, float]], chance: object
) -> None:
    records = [GameRecord(game_type=game, earnings=earned) for game, earned in drawn]
    advice = advise_games(records)
    chance.shuffle(records)  # type: ignore[attr-defined]
    assert advise_games(records) == advice
    posteriors = {game: found.posterior for game, found in advice.bayesian_estimates.items()}
    assert posteriors[advice.recommended] == max(posteriors.values())
    assert posteriors[advice.worst] == min(posteriors.values())
    assert advice.recommended not in advice.avoid or len(advice.avoid) == len(posteriors)
