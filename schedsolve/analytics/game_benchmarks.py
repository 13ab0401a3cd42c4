"""What games earn elsewhere, in dollars: the prior against which a creator's own games are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Frequency = Literal["weekly", "every two weeks or stop"]
Class = Literal["top", "mid", "low", "avoid"]


@dataclass(frozen=True)
class Benchmark:
    """Mean, standard deviation, number of plays, 95 % interval of the mean, and what follows."""

    mean: float
    deviation: int
    plays: int
    interval: tuple[int, int]
    frequency: Frequency
    rank: Class


SPIN_THE_WHEEL = "spin_the_wheel"
"""The game that is a campaign family of its own."""

BENCHMARKS: Mapping[str, Benchmark] = MappingProxyType(
    {
        SPIN_THE_WHEEL: Benchmark(5178.50, 2500, 45, (4432, 5925), "weekly", "top"),
        "mystery_box": Benchmark(3000, 1400, 32, (2502, 3498), "weekly", "mid"),
        "prize_wheel": Benchmark(2500, 1200, 38, (2110, 2890), "weekly", "mid"),
        "scratch_off": Benchmark(1200, 600, 28, (970, 1430), "weekly", "low"),
        "card_game": Benchmark(500, 300, 22, (370, 630), "every two weeks or stop", "avoid"),
    }
)
"""Every benchmarked game, the strongest first."""


def frequency_of(game: str) -> Frequency:
    """How often a game may be played; weekly for one that is not benchmarked."""
    return BENCHMARKS[game].frequency if game in BENCHMARKS else "weekly"
