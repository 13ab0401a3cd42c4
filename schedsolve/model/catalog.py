"""The catalog: all 22 send types with their attributes, and the audiences and channels they may use.

One place for every constant of a send type. `value` is the estimated revenue of one send in points; it orders types
against each other and can be overridden per scenario. Gaps are minutes, expiries are hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Category(StrEnum):
    """The three kinds of send that share a day's quota, in the order in which ties are broken."""

    REVENUE = "revenue"
    ENGAGEMENT = "engagement"
    RETENTION = "retention"


class PageType(StrEnum):
    """Whether fans pay to subscribe; decides which send types and audiences exist."""

    PAID = "paid"
    FREE = "free"


class Style(StrEnum):
    """The look of a pay-per-view send."""

    SOLO = "solo"
    BUNDLE = "bundle"
    WINNER = "winner"
    SEXTAPE = "sextape"


GUARDED_STYLES = (Style.WINNER, Style.BUNDLE)
"""The styles that may neither follow themselves nor stand twice in one half-day."""


class Channel(StrEnum):
    """Where a send appears."""

    WALL_POST = "wall_post"
    MASS_MESSAGE = "mass_message"
    TARGETED_MESSAGE = "targeted_message"
    STORY = "story"
    LIVE = "live"


class Media(StrEnum):
    """The form of what a send shows. A flyer is a designed image; the vault counts it like the others."""

    VIDEO = "video"
    PICTURE = "picture"
    GIF = "gif"
    FLYER = "flyer"
    NONE = "none"


@dataclass(frozen=True)
class Target:
    """An audience: the pages on which it exists and the channels that reach it, best first."""

    key: str
    pages: tuple[PageType, ...]
    channels: tuple[Channel, ...]


_BOTH = (PageType.PAID, PageType.FREE)
_PAID = (PageType.PAID,)
_FREE = (PageType.FREE,)
_TARGETED_OR_MASS = (Channel.TARGETED_MESSAGE, Channel.MASS_MESSAGE)

TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        target.key: target
        for target in (
            Target("all_active", _BOTH, (Channel.MASS_MESSAGE, Channel.WALL_POST, Channel.STORY)),
            Target("renew_off", _PAID, _TARGETED_OR_MASS),
            Target("renew_on", _PAID, _TARGETED_OR_MASS),
            Target("expired_recent", _PAID, (Channel.TARGETED_MESSAGE,)),
            Target("expired_all", _PAID, (Channel.TARGETED_MESSAGE,)),
            Target("never_purchased", _BOTH, _TARGETED_OR_MASS),
            Target("recent_purchasers", _BOTH, _TARGETED_OR_MASS),
            Target("high_spenders", _BOTH, _TARGETED_OR_MASS),
            Target("inactive_7d", _BOTH, _TARGETED_OR_MASS),
            Target("ppv_non_purchasers", _BOTH, (Channel.TARGETED_MESSAGE,)),
        )
    }
)


@dataclass(frozen=True)
class SendType:
    """One row of the catalog.

    Attributes
    ----------
    gap_minutes
        Least distance between two sends of this type; exactly the gap is allowed.
    weekly_cap
        Most sends of this type in a week, or None.
    required_targets
        The only audiences the send may go to; empty when any will do.
    expiry_hours
        Hours after which the post is no longer valid, or None for never.
    followup
        Whether a send of this type may be a followup's parent.
    ppv, fixed_style
        Whether it is pay-per-view, and its style where the type fixes one (None: the rotation chooses).
    value
        Estimated revenue of one send, in points.
    captions
        Caption types that suit it: the primary one, and the one that also will do.
    media
        Forms of content that it may show, best first; empty when it shows none.
    requires_flyer
        Whether it shows a flyer.
    """

    key: str
    category: Category
    pages: tuple[PageType, ...]
    gap_minutes: int
    value: float
    weekly_cap: int | None = None
    channel: Channel = Channel.MASS_MESSAGE
    default_target: str = "all_active"
    required_targets: tuple[str, ...] = ()
    expiry_hours: int | None = None
    followup: bool = False
    ppv: bool = False
    fixed_style: Style | None = None
    bump: bool = False
    pinnable: bool = False
    captions: tuple[str, str] = ("casual", "playful")
    family: str | None = None
    media: tuple[Media, ...] = ()
    requires_flyer: bool = False

    @property
    def requires_media(self) -> bool:
        """Whether it shows any content."""
        return bool(self.media)

    @property
    def media_type(self) -> Media:
        """The form that it shows if it can choose."""
        return self.media[0] if self.media else Media.NONE

    @property
    def rotated(self) -> bool:
        """Whether the rotation pattern chooses this type's style."""
        return self.ppv and self.fixed_style is None

    @property
    def styles(self) -> tuple[Style, ...]:
        """The styles a send of this type may have; empty when it is not pay-per-view."""
        if not self.ppv:
            return ()
        return (self.fixed_style,) if self.fixed_style else tuple(Style)


_HOUR = 60
_DAY = 24 * _HOUR
_R, _E, _T = Category.REVENUE, Category.ENGAGEMENT, Category.RETENTION
_WALL, _DIRECT = Channel.WALL_POST, Channel.TARGETED_MESSAGE

# What is paid for is a video or pictures. Of the four bumps one is text alone and one a flyer; the other two come
# with a light picture. Games, tips, links, farming, renewals and followups work by their text.
_SOLD = (Media.VIDEO, Media.PICTURE)
_SNAPS = (Media.PICTURE, Media.VIDEO)
_LIGHT = (Media.PICTURE, Media.GIF, Media.VIDEO)

FOLLOWUP = "ppv_followup"
"""The one type that is never allocated against a quota: it follows a parent."""

# fmt: off
_ROWS = (
    SendType("ppv_unlock", _R, _BOTH, 2 * _HOUR, 30, followup=True, ppv=True, captions=("ppv_offer", "teaser"),
             media=_SOLD),
    SendType("ppv_wall", _R, _FREE, 3 * _HOUR, 28, channel=_WALL, followup=True, ppv=True, pinnable=True,
             captions=("ppv_offer", "teaser"), family="descriptive_wall_campaign", media=_SOLD),
    SendType("tip_goal", _R, _PAID, 4 * _HOUR, 26, weekly_cap=3, followup=True,
             captions=("tip_goal_promo", "game_invite")),
    SendType("vip_program", _R, _BOTH, _DAY, 40, weekly_cap=1, default_target="high_spenders",
             captions=("vip_promo", "exclusive")),
    SendType("game_post", _R, _BOTH, 4 * _HOUR, 22, channel=_WALL, expiry_hours=24, pinnable=True,
             captions=("game_invite", "playful"), family="game_other"),
    SendType("bundle", _R, _BOTH, 3 * _HOUR, 34, ppv=True, fixed_style=Style.BUNDLE,
             captions=("bundle_offer", "ppv_offer"), family="bundle_wall_campaign", media=_SOLD),
    SendType("flash_bundle", _R, _BOTH, 6 * _HOUR, 32, expiry_hours=24, ppv=True, fixed_style=Style.BUNDLE,
             captions=("urgency", "bundle_offer"), media=_SOLD),
    SendType("snapchat_bundle", _R, _BOTH, _DAY, 36, weekly_cap=1, ppv=True, fixed_style=Style.BUNDLE,
             captions=("bundle_offer", "exclusive"), media=_SNAPS),
    SendType("first_to_tip", _R, _BOTH, 6 * _HOUR, 20, expiry_hours=24, captions=("game_invite", "urgency")),
    SendType("link_drop", _E, _BOTH, 2 * _HOUR, 10, expiry_hours=24, captions=("teaser", "casual")),
    SendType("wall_link_drop", _E, _BOTH, 3 * _HOUR, 9, channel=_WALL, expiry_hours=24,
             captions=("teaser", "casual")),
    SendType("bump_normal", _E, _BOTH, 1 * _HOUR, 12, bump=True, captions=("flirty", "casual"), media=_LIGHT),
    SendType("bump_descriptive", _E, _BOTH, 2 * _HOUR, 12, bump=True, captions=("story", "personal"), media=_LIGHT),
    SendType("bump_text_only", _E, _BOTH, 2 * _HOUR, 9, bump=True, captions=("casual", "flirty")),
    SendType("bump_flyer", _E, _BOTH, 4 * _HOUR, 13, bump=True, captions=("flirty", "casual"),
             media=(Media.FLYER,), requires_flyer=True),
    SendType("dm_farm", _E, _BOTH, 4 * _HOUR, 14, captions=("playful", "casual")),
    SendType("like_farm", _E, _BOTH, _DAY, 11, captions=("playful", "casual")),
    SendType("live_promo", _E, _BOTH, 2 * _HOUR, 9, captions=("exclusive", "urgency")),
    SendType("renew_on_post", _T, _PAID, 12 * _HOUR, 10, channel=_WALL, captions=("renewal", "appreciation")),
    SendType("renew_on_message", _T, _PAID, _DAY, 14, channel=_DIRECT, default_target="renew_off",
             required_targets=("renew_off",), captions=("renewal", "appreciation")),
    SendType(FOLLOWUP, _T, _BOTH, 1 * _HOUR, 15, channel=_DIRECT, default_target="ppv_non_purchasers",
             required_targets=("ppv_non_purchasers",), captions=("ppv_followup", "close_sale")),
    SendType("expired_winback", _T, _PAID, _DAY, 12, channel=_DIRECT, default_target="expired_recent",
             required_targets=("expired_recent", "expired_all"), captions=("winback", "miss_you")),
)
# fmt: on

CATALOG: Mapping[str, SendType] = MappingProxyType({row.key: row for row in _ROWS})
"""Every send type by key, in catalog order."""

DEPRECATED: Mapping[str, str] = MappingProxyType({"ppv_message": "ppv_unlock", "ppv_video": "ppv_unlock"})
"""Retired keys that are still read (with a warning) and never written."""
