"""How likely chance alone parts two groups as much: the p-value of a table of two rows and two columns."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..errors import MissingExtraError

SMALL_CELL = 5
"""Below this count in any observed cell the chi-square approximation is not used."""


@dataclass(frozen=True)
class Share:
    """`count` of `total` records have something."""

    count: int
    total: int

    @property
    def percentage(self) -> float:
        """0..100, rounded to 2 decimals; 0 of nothing."""
        return round(100 * self.count / self.total, 2) if self.total else 0.0

    def exceeds(self, other: Share) -> bool:
        """Whether this share is strictly greater, in whole numbers; a share of nothing is exceeded by none."""
        return self.count * other.total > other.count * self.total


def p_value(first: Share, second: Share) -> float:
    """Two-sided p-value of equal shares in both groups: 1 when a group is empty or all records are alike.

    Fisher's exact test when any observed cell is below SMALL_CELL, else Pearson's chi-square with Yates' continuity
    correction.

    Raises
    ------
    MissingExtraError
        When scipy is not installed.
    """
    table = [[first.count, first.total - first.count], [second.count, second.total - second.count]]
    if not (first.total and second.total):
        return 1.0
    stats = _scipy_stats()
    if min(map(min, table)) < SMALL_CELL:
        return min(1.0, float(stats.fisher_exact(table, alternative="two-sided")[1]))
    return float(stats.chi2_contingency(table, correction=True)[1])


def _scipy_stats() -> Any:
    try:
        return import_module("scipy.stats")
    except ImportError:
        raise MissingExtraError("this analysis needs scipy: pip install 'schedsolve[stats]'") from None
