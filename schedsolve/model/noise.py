"""Seeded noise: every draw is a function of the seed and a stable key, never of the order in which draws are made.

`gumbel` serves perturb-and-MAP: maximising log w_i + G_i over a choice draws exactly from w (Gumbel-max; Yellott 1977),
and under side constraints it is perturb-and-MAP (Papandreou and Yuille, 2011).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True)
class Noise:
    """A source of draws for one seed. Keys are text or whole numbers; equal keys give equal draws."""

    seed: int

    def generator(self, *key: str | int) -> np.random.Generator:
        """A generator of its own for one key."""
        text = "\x1f".join(str(part) for part in (self.seed, *key))
        return np.random.Generator(np.random.PCG64(int.from_bytes(sha256(text.encode()).digest()[:16], "big")))

    def uniform(self, *key: str | int) -> float:
        """A number in (0, 1), evenly: 53 bits of the key's hash, at the middle of their step."""
        text = "\x1f".join(str(part) for part in (self.seed, *key))
        bits = int.from_bytes(sha256(text.encode()).digest()[:8], "big") >> 11
        return (bits + 0.5) / 2.0**53

    def gumbel(self, *key: str | int) -> float:
        """A standard Gumbel draw."""
        return -math.log(-math.log(self.uniform(*key)))

    def pick(self, options: Sequence[T], *key: str | int) -> T:
        """One of the options, each equally likely."""
        return options[min(int(self.uniform(*key) * len(options)), len(options) - 1)]

    def truncated_normal(self, mean: float, sd: float, low: int, high: int, *key: str | int) -> int:
        """A whole number in low..high: a normal draw, repeated up to 100 times until inside, else uniform."""
        generator = self.generator(*key)
        for _ in range(100):
            draw = round(float(generator.normal(mean, sd)))
            if low <= draw <= high:
                return draw
        return int(generator.integers(low, high + 1))
