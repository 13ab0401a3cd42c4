"""What saturation and opportunity do to the quotas: five bands, upward moves only where there is opportunity."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...model.volume import Shift
from .figures import (
    LITTLE_SATURATION,
    OVER_SATURATED,
    PROMISING,
    SATURATED,
    SOME_SATURATION,
    VERY_PROMISING,
)


@dataclass(frozen=True)
class Adjustment:
    """Changes of the revenue and engagement quotas, in percent."""

    revenue: Fraction
    engagement: Fraction

    @property
    def neutral(self) -> bool:
        """Whether nothing changes."""
        return not self.revenue and not self.engagement


def adjustment(saturation: float, opportunity: float) -> Adjustment:
    """The change that two scores 0..100 ask for."""
    if saturation > OVER_SATURATED:
        return _percent(-30, 20)
    if saturation > SATURATED:
        return _percent(-20, 10)
    if saturation > SOME_SATURATION or opportunity <= PROMISING:
        return _percent(0, 0)
    if saturation <= LITTLE_SATURATION and opportunity > VERY_PROMISING:
        return _percent(20, -10)
    return _percent(10, 0)


def priority_shift(saturation: float, opportunity: float) -> Shift:
    """Where the week leans."""
    if saturation > SATURATED:
        return "engagement"
    return "revenue" if adjustment(saturation, opportunity).revenue > 0 else "balanced"


def _percent(revenue: int, engagement: int) -> Adjustment:
    return Adjustment(Fraction(revenue), Fraction(engagement))
