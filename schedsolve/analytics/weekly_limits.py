"""Weekly limits of send types, checked over a schedule: which weeks hold too many, and what to drop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Annotated

from pydantic import AliasChoices, ConfigDict, Field

from ..model.catalog import CATALOG, DEPRECATED
from ..model.fields import Day, TypeKey
from .identity import Id, Order, id_order
from .tables import Row

WEEKLY_CAPS: Mapping[str, int] = MappingProxyType(
    {key: row.weekly_cap for key, row in CATALOG.items() if row.weekly_cap is not None}
)
"""Most sends of a type from Monday to Sunday, as the catalog has them."""


class ScheduledSend(Row):
    """A send of a schedule; columns may also be called as in a plan.

    `priority` counts from 1, the most important; a send without one is the least important. What is `planned`
    already counts like the others, and is never dropped.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: Id = Field(validation_alias=AliasChoices("id", "slot_id"))
    date: Day = Field(validation_alias=AliasChoices("date", "scheduled_date"))
    send_type_key: TypeKey
    priority: Annotated[int, Field(ge=0)] | None = None
    planned: bool = False

    @property
    def key(self) -> str:
        """The send type of today, for retired keys too."""
        return DEPRECATED.get(self.send_type_key, self.send_type_key)


@dataclass(frozen=True)
class LimitExcess:
    """A week, by its Monday, with more sends of a type than its limit, and the ids of those to drop."""

    week: date
    send_type_key: str
    actual: int
    limit: int
    dropped: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class WeeklyLimits:
    """Every excess by week and type; `is_valid` without any. `dropped` holds the ids of all that should go."""

    is_valid: bool
    warnings: tuple[LimitExcess, ...]
    dropped: tuple[str, ...]


def check_weekly_limits(sends: Iterable[ScheduledSend], caps: Mapping[str, int] = WEEKLY_CAPS) -> WeeklyLimits:
    """Find the weeks above a limit. Least important sends are dropped first, then later ones, then higher ids.

    The order of sends is irrelevant.
    """
    groups: dict[tuple[date, str], list[ScheduledSend]] = {}
    for send in sends:
        if send.key in caps:
            groups.setdefault((_monday(send.date), send.key), []).append(send)
    excesses = tuple(
        _excess(week, key, groups[week, key], caps[key])
        for week, key in sorted(groups)
        if len(groups[week, key]) > caps[key]
    )
    return WeeklyLimits(not excesses, excesses, tuple(name for excess in excesses for name in excess.dropped))


def open_types(
    candidates: Sequence[str], sends: Iterable[ScheduledSend], day: date, caps: Mapping[str, int] = WEEKLY_CAPS
) -> tuple[str, ...]:
    """The candidate types of which the week of `day` may hold one more, in their order."""
    held = [send.key for send in sends if _monday(send.date) == _monday(day)]
    return tuple(key for key in candidates if key not in caps or held.count(key) < caps[key])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _excess(week: date, key: str, sends: list[ScheduledSend], limit: int) -> LimitExcess:
    kept_first = sorted(sends, key=_importance)
    dropped = tuple(send.id for send in kept_first[limit:] if not send.planned)
    gone = f"drop {', '.join(dropped)}" if dropped else "all are planned already"
    text = f"week of {week}: {len(sends)} {key}, {limit} allowed: {gone}"
    return LimitExcess(week, key, len(sends), limit, dropped, text)


def _importance(send: ScheduledSend) -> tuple[bool, bool, int, date, Order]:
    return not send.planned, send.priority is None, send.priority or 0, send.date, id_order(send.id)
