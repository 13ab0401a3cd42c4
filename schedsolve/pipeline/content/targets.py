"""Where a send goes: audience and channel, with the fallbacks that are allowed.

A required audience never widens: another channel or another of the required audiences is taken, or the send is skipped.
Any other falls back to all active fans.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from ...model.catalog import TARGETS, Category, Channel, PageType, SendType, Target

WIDE = TARGETS["all_active"]
BY_CATEGORY: Mapping[Category, tuple[str, ...]] = {
    Category.REVENUE: ("all_active",),
    Category.ENGAGEMENT: ("all_active",),
    Category.RETENTION: ("renew_off", "ppv_non_purchasers"),
}
"""Audiences to try when the recommended one cannot be had."""

Fallback = Literal[
    "target_not_for_page_type",
    "channel_without_targeting",
    "target_unavailable",
    "category_target",
    "other_required_target",
    "other_channel",
    "no_compatible_target",
]


@dataclass(frozen=True)
class Address:
    """Audience and channel of a send; `fallback` and `why` are None and empty where nothing had to change.

    A send without an address it may go to keeps the one it wanted and is to be `skipped`.
    """

    channel: Channel
    target: str
    fallback: Fallback | None = None
    why: str = ""

    @property
    def skipped(self) -> bool:
        """Whether the send goes nowhere."""
        return self.fallback == "no_compatible_target"

    @property
    def widened(self) -> bool:
        """Whether it goes to others than were meant."""
        return self.fallback not in (None, "other_channel", "no_compatible_target")


def address(
    row: SendType,
    page: PageType,
    target: str | None = None,
    channel: Channel | None = None,
    unavailable: Collection[str] = (),
) -> Address:
    """Where a send of this type goes, given what it names (None: what the catalog says).

    `unavailable` are audiences that cannot be had now. An unknown audience is one of them.
    """
    wanted, by = target or row.default_target, channel or row.channel
    if row.required_targets:
        return _required(row, page, wanted, by, unavailable)
    known = TARGETS.get(wanted)
    if known is None or wanted in unavailable:
        return _instead(row, page, wanted, by, unavailable)
    if page not in known.pages:
        return _wide(wanted, by, "target_not_for_page_type", f"a {page} page has no {wanted}", unavailable)
    if by not in known.channels:
        return _wide(wanted, by, "channel_without_targeting", f"{by} has no {wanted}", unavailable)
    return Address(by, wanted)


def _required(row: SendType, page: PageType, wanted: str, by: Channel, unavailable: Collection[str]) -> Address:
    """The wanted one of the required audiences, else another of them, each by whatever channel reaches it."""
    first = wanted if wanted in row.required_targets else row.default_target
    for key in dict.fromkeys((first, *row.required_targets)):
        target = TARGETS[key]
        if page not in target.pages or key in unavailable:
            continue
        channel = by if by in target.channels else target.channels[0]
        if key != wanted:
            why = f"{wanted} cannot be had" if wanted in row.required_targets else f"{row.key} may not go to {wanted}"
            return Address(channel, key, "other_required_target", why)
        return Address(
            channel, key, None if channel is by else "other_channel", "" if channel is by else f"{by} has no {key}"
        )
    return Address(by, wanted, "no_compatible_target", f"none of {' and '.join(row.required_targets)} can be had")


def _instead(row: SendType, page: PageType, wanted: str, by: Channel, unavailable: Collection[str]) -> Address:
    """The category's audience, else everybody."""
    for key in BY_CATEGORY[row.category]:
        target = TARGETS[key]
        if key != wanted and key != WIDE.key and page in target.pages and key not in unavailable:
            return Address(_by(target, by), key, "category_target", f"{wanted} cannot be had")
    return _wide(wanted, by, "target_unavailable", f"{wanted} cannot be had", unavailable)


def _wide(wanted: str, by: Channel, fallback: Fallback, why: str, unavailable: Collection[str]) -> Address:
    if WIDE.key in unavailable:
        return Address(by, wanted, "no_compatible_target", f"{why}, and {WIDE.key} cannot be had")
    return Address(_by(WIDE, by), WIDE.key, fallback, why)


def _by(target: Target, channel: Channel) -> Channel:
    """The channel itself where it reaches the audience, else the first that does."""
    return channel if channel in target.channels else target.channels[0]
