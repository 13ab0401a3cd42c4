"""Which send of a day carries a campaign: the dearest one that may, of equal ones the latest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from ..model.campaign_families import GAMES, Family
from ..model.campaign_week import campaign_week
from ..model.catalog import SendType
from ..model.week import Week


class Carrier(Protocol):
    """A send as far as it matters here."""

    @property
    def minute(self) -> int:
        """Absolute minute."""

    @property
    def day(self) -> int:
        """Number of its local day."""

    @property
    def send_type(self) -> SendType:
        """Its type."""


def carried(
    week: Week, sends: Sequence[Carrier], running: Iterable[tuple[int, Family]], gone: Sequence[Family | None] = ()
) -> dict[int, Family]:
    """Families by the place of the send that carries them, for the campaigns that run on each day.

    `sends` are in time order; `gone` tells of the first ones, which have gone out, what each carried. A family of a
    day that one of these carried is carried already.
    """
    campaigns = campaign_week(week)
    if campaigns is None:
        return {}
    found = {place: family for place, family in enumerate(gone) if family is not None}
    before = [(sends[place].day, family) for place, family in found.items()]
    for day, family in sorted(running, key=lambda one: (one[0], list(Family).index(one[1]))):
        if (day, family) in before:
            before.remove((day, family))
            continue
        carriers = campaigns.games if family in GAMES else campaigns.families[family].carriers
        free = [place for place in range(len(gone), len(sends)) if sends[place].day == day and place not in found]
        found[_best(week, sends, free, carriers)] = family
    return dict(sorted(found.items()))


def _best(week: Week, sends: Sequence[Carrier], places: Sequence[int], carriers: Collection[str]) -> int:
    able = [place for place in places if sends[place].send_type.key in carriers]
    return max(able, key=lambda place: (week.worth[sends[place].send_type.key], sends[place].minute))
