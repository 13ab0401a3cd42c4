"""The mix rule: revenue sends as a share of revenue and engagement sends over a week, by tier.

A fifth of the target share is allowed either way, ends included; shares are compared in whole numbers. Where the
content style gives the counts, its ranges decide the mix and this rule says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

TARGETS: Mapping[str, int] = MappingProxyType({"low": 60, "mid": 50, "high": 50, "ultra": 50})
"""Percent of revenue by tier."""
TOLERANCE = 20
"""Percent of the target."""
Severity = Literal["none", "information", "medium"]


@dataclass(frozen=True)
class MixFinding:
    """A week's mix: `least` and `most` percent of revenue are allowed, ends included.

    `severity` is none inside; outside it is medium, or information where saturation moved the quotas on purpose.
    """

    tier: str
    revenue: int
    engagement: int
    least: int
    most: int
    severity: Severity
    text: str

    @property
    def is_kept(self) -> bool:
        """Whether the share lies in its bounds."""
        return self.severity == "none"


def check_mix(tier: str, revenue: int, engagement: int, adjusted: bool = False) -> MixFinding:
    """Check a week's revenue and engagement sends; `adjusted` tells that saturation moved the quotas.

    A week with neither keeps the rule.

    Raises
    ------
    ValueError
        For a tier that is none, and for negative counts.
    """
    if tier not in TARGETS:
        raise ValueError(f"tier: found {tier!r}, expected one of {', '.join(TARGETS)}")
    if revenue < 0 or engagement < 0:
        raise ValueError(f"found {revenue} revenue and {engagement} engagement sends, counts are 0 or more")
    slack = TARGETS[tier] * TOLERANCE // 100
    least, most = TARGETS[tier] - slack, TARGETS[tier] + slack
    total = revenue + engagement
    kept = least * total <= 100 * revenue <= most * total
    severity: Severity = "none" if kept else "information" if adjusted else "medium"
    return MixFinding(tier, revenue, engagement, least, most, severity, _text(tier, revenue, total, least, most))


def _text(tier: str, revenue: int, total: int, least: int, most: int) -> str:
    share = f", {100 * revenue / total:.1f}%" if total else ""
    return f"{revenue} of {total} revenue and engagement sends are revenue{share}; {least}-{most}% suit tier {tier}"
