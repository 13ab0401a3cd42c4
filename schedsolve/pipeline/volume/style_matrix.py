"""The content-style matrix: how many pay-per-view sends and bumps a day suit a style, by tier."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...model.week import CountRange
from .figures import BUMP_RANGES, DEFAULT_STYLE, DEFAULT_SUB_TYPE, LOW_BUMP_RANGES, PPV_RANGES
from .rounding import half_up

_STYLES = frozenset(style for style, _ in LOW_BUMP_RANGES)


@dataclass(frozen=True)
class StyleRow:
    """Ranges of one style at one tier; `warning` tells of a style that was read as another."""

    tier: str
    ppv: CountRange
    bumps: CountRange
    warning: str = ""

    @property
    def bump_to_ppv_ratio(self) -> Fraction:
        """Least bumps by least pay-per-view sends."""
        return Fraction(self.bumps.low, self.ppv.low)

    @property
    def ratios(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest bumps by pay-per-view sends that the ranges allow."""
        return Fraction(self.bumps.low, self.ppv.high), Fraction(self.bumps.high, self.ppv.low)

    @property
    def total(self) -> CountRange:
        """Both together."""
        return CountRange(self.ppv.low + self.bumps.low, self.ppv.high + self.bumps.high)


def style_row(tier: str, style: str, sub_type: str | None = None) -> StyleRow:
    """The row of a style and sub-type: unknown sub-types and `personalized` read as gfe, unknown styles as nude gfe."""
    warning = ""
    if style not in _STYLES:
        warning = f"content style {style[:40]!r} is not known: read as {DEFAULT_STYLE}, {DEFAULT_SUB_TYPE}"
        style, sub_type = DEFAULT_STYLE, DEFAULT_SUB_TYPE
    row = LOW_BUMP_RANGES.get((style, sub_type or DEFAULT_SUB_TYPE), LOW_BUMP_RANGES[style, DEFAULT_SUB_TYPE])
    return StyleRow(tier, PPV_RANGES[tier], BUMP_RANGES.get(tier, row), warning)


def target(allowed: CountRange, percent: Fraction = Fraction(0)) -> int:
    """The middle of a range changed by a percentage, held inside the range, then rounded half up."""
    wanted = Fraction(allowed.low + allowed.high, 2) * (100 + percent) / 100
    return half_up(min(max(wanted, Fraction(allowed.low)), Fraction(allowed.high)))
