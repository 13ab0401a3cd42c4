"""Who is in which arm: a pure function of test id and creator id, the same on every machine and in every order.

Each (test, creator) hashes to a point in [0, 1); control takes the lower part of it. So a creator's arm hangs on nobody
else, two tests split independently, and a larger share for one arm only moves creators into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

BITS = 64
MOST_WEIGHT = 10**9


class Arm(StrEnum):
    """The two sides of a test."""

    CONTROL = "control"
    TREATMENT = "treatment"


@dataclass(frozen=True)
class Weights:
    """How the creators are split, as a ratio of whole numbers: 1 to 1, or 9 to 1 for a careful start.

    Raises ValueError for a negative weight, and when both are 0.
    """

    control: int = 1
    treatment: int = 1

    def __post_init__(self) -> None:
        for arm, weight in zip(Arm, (self.control, self.treatment), strict=True):
            _check_weight(arm, weight)
        if not self.control + self.treatment:
            raise ValueError("the weights are both 0: nobody would be in the test")


def _check_weight(arm: Arm, weight: object) -> None:
    if not isinstance(weight, int) or not 0 <= weight <= MOST_WEIGHT:
        raise ValueError(f"the weight of {arm} must be a whole number from 0 to {MOST_WEIGHT}, found {weight!r}")


EVEN = Weights()


def arm_of(test_id: str, creator_id: str, weights: Weights = EVEN) -> Arm:
    """The creator's arm in that test."""
    key = json.dumps(["schedsolve-ab", test_id, creator_id])  # no pair of ids is written like another
    point = int.from_bytes(sha256(key.encode()).digest()[: BITS // 8], "big")
    in_control = point * (weights.control + weights.treatment) < weights.control << BITS
    return Arm.CONTROL if in_control else Arm.TREATMENT


def arms_of(test_id: str, creator_ids: Iterable[str], weights: Weights = EVEN) -> dict[str, Arm]:
    """The arm of every creator, in the order in which they are first named."""
    return {creator: arm_of(test_id, creator, weights) for creator in creator_ids}
