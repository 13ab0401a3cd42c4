"""Module 1, base tier: from fans, or a content style, to the quotas of a plain day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ...model.catalog import CATALOG, FOLLOWUP, PageType, SendType
from ...model.rule_settings import FollowupDailyLimitSettings
from ...model.volume import TypeLimit, VolumeConfig
from ...model.week import CountRange, Quota
from .figures import LEVEL_FROM_FANS, LEVELS, MINIMA, OPEN_SLOT
from .rounding import changed_by
from .style_matrix import StyleRow, target


@dataclass(frozen=True)
class Base:
    """A plain day of a tier: its quotas and ranges, and the least that low confidence draws it to."""

    tier: str
    quota: Quota
    minimum: Quota
    style: StyleRow | None

    def changed(self, revenue: Fraction, engagement: Fraction) -> Quota:
        """The quotas with revenue and engagement changed by percentages; by a style, within its ranges."""
        if self.style is None:
            return Quota(
                changed_by(self.quota.revenue, revenue),
                changed_by(self.quota.engagement, engagement),
                self.quota.retention,
            )
        return Quota(
            target(self.style.ppv, revenue) + OPEN_SLOT,
            target(self.style.bumps, engagement) + OPEN_SLOT,
            self.quota.retention,
        )


def tier_of(fans: int) -> str:
    """The tier of a number of fans. Raises ValueError when it is negative or not whole."""
    if type(fans) is not int or fans < 0:
        raise ValueError(f"fans: found {fans!r}, expected a whole number, 0 or more")
    return next(tier for least, tier in LEVEL_FROM_FANS if fans >= least)


def base_of(tier: str, page: PageType, style: StyleRow | None = None) -> Base:
    """The plain day of a tier; free pages have no retention sends."""
    row, least = LEVELS[tier], MINIMA[tier]
    if style is not None:
        row = Quota(target(style.ppv) + OPEN_SLOT, target(style.bumps) + OPEN_SLOT, row.retention)
        least = Quota(style.ppv.low + OPEN_SLOT, style.bumps.low + OPEN_SLOT, least.retention)
    return Base(tier, on_page(row, page), on_page(least, page), style)


def on_page(quota: Quota, page: PageType) -> Quota:
    """The quota that a page can hold."""
    return Quota(quota.revenue, quota.engagement, 0 if page is PageType.FREE else quota.retention)


def config_of(tier: str, quota: Quota, style: StyleRow | None, limits: Mapping[str, TypeLimit]) -> VolumeConfig:
    """Quotas as the stage tells them: one send of revenue and of engagement stays open for other types."""
    ppv, bumps = (None, None) if style is None else (style.ppv, style.bumps)
    return VolumeConfig(
        tier=tier,
        revenue_per_day=quota.revenue,
        engagement_per_day=quota.engagement,
        retention_per_day=quota.retention,
        ppv_per_day=kinds_of(quota.revenue, ppv),
        bump_per_day=kinds_of(quota.engagement, bumps),
        ppv_range=None if ppv is None else (ppv.low, ppv.high),
        bump_range=None if bumps is None else (bumps.low, bumps.high),
        type_limits=dict(limits),
    )


def kinds_of(quota: int, allowed: CountRange | None) -> int:
    """Pay-per-view sends of a day's revenue quota, or bumps of its engagement quota."""
    if allowed is None:
        return max(1, quota - OPEN_SLOT)
    return min(quota, max(allowed.low, min(allowed.high, quota - OPEN_SLOT)))


def type_limits(page: PageType, catalog: Mapping[str, SendType] = CATALOG) -> dict[str, TypeLimit]:
    """Types with a cap of their own: those of the week by the catalog, and followups by the day."""
    limits = {
        key: TypeLimit(per_week=row.weekly_cap)
        for key, row in catalog.items()
        if row.weekly_cap is not None and page in row.pages
    }
    return {**limits, FOLLOWUP: TypeLimit(per_day=FollowupDailyLimitSettings().max)}
