"""Campaign families: how many days lie between two campaigns of one, and how many a month should hold.

Distances are differences of calendar dates. A count over some days is held against a month by its projection onto 30
days, in fractions, so that nothing is lost at the ends of a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

MONTH = 30
"""Days of the month onto which counts are projected."""
LOOK_BACK = 30
"""Days before a schedule whose campaigns still count for the distance to its first one."""


class Family(StrEnum):
    """What kind of campaign an item carries, in the order in which families are told."""

    DESCRIPTIVE_WALL = "descriptive_wall_campaign"
    SPIN_THE_WHEEL = "spin_the_wheel_game"
    BUNDLE_WALL = "bundle_wall_campaign"
    GAME_OTHER = "game_other"


GAMES = (Family.SPIN_THE_WHEEL, Family.GAME_OTHER)
"""The families that share the game posts: spin the wheel is one of its own, every other game is in the second."""


@dataclass(frozen=True)
class Range:
    """Campaigns wanted in 30 days, both ends included."""

    least: int
    most: int


@dataclass(frozen=True)
class Cadence:
    """How often a family runs.

    Attributes
    ----------
    nearest, farthest
        Days between the dates of two campaigns in a row, at least and at most.
    monthly
        Campaigns wanted in 30 days.
    """

    nearest: int
    farthest: int
    monthly: Range


CADENCES: Mapping[Family, Cadence] = MappingProxyType(
    {
        Family.DESCRIPTIVE_WALL: Cadence(2, 3, Range(10, 15)),
        Family.SPIN_THE_WHEEL: Cadence(7, 7, Range(4, 5)),
        Family.BUNDLE_WALL: Cadence(5, 7, Range(4, 6)),
        Family.GAME_OTHER: Cadence(7, 14, Range(2, 4)),
    }
)
"""The cadence of every family."""

OVERALL = Range(14, 20)
"""Campaigns of all families together wanted in 30 days; more are no fault."""


def projected(count: int, days: int) -> Fraction:
    """So many campaigns in so many days, as campaigns in 30 days."""
    return Fraction(count * MONTH, days)


def needed(monthly: int, days: int) -> int:
    """The least count over so many days whose projection reaches a monthly figure."""
    return -(-monthly * days // MONTH)
