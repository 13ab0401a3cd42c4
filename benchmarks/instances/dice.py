"""Seeded draws for the generator, stable across machines and library versions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from schedsolve.model.noise import Noise

T = TypeVar("T")


class Dice:
    """Draws from one generator, seeded by a number and a stable key.

    Everything is made of the generator's plain uniform numbers: their stream is the part of numpy that stays the same
    from version to version.
    """

    def __init__(self, seed: int, *key: str | int) -> None:
        self._uniform = Noise(seed).generator("instance", *key)

    def roll(self) -> float:
        """A number in [0, 1), evenly."""
        return float(self._uniform.random())

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included, evenly."""
        return low + int(self.roll() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, evenly."""
        return options[int(self.roll() * len(options))]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of the options, in proportion to its weight."""
        mark = self.roll() * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            mark -= weight
            if mark < 0:
                return option
        return options[-1]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """The options in random order."""
        marks = [self.roll() for _ in options]
        return [options[place] for place in sorted(range(len(options)), key=marks.__getitem__)]

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different options, or all if there are fewer, in their own order."""
        places = self.shuffled(range(len(options)))[:count]
        return [options[place] for place in sorted(places)]
