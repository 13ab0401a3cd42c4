"""Rule `bump-range`."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.ranged import Ranged
from .count_range import RangeRule


@dataclass(frozen=True)
class BumpRange(RangeRule):
    """Bumps of a day lie in the range of the content style, less what the plan declares missing."""

    id = "bump-range"
    kind = Ranged.BUMP
