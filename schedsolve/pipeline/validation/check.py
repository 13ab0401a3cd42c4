"""What a check is: a name, a scope, a severity, a weight, and one pure function over a schedule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from ...model.stage import Stage
from ...model.validation_report import FindingSeverity
from .schedule import Schedule, ScheduledItem

Scope = Literal["item", "day", "schedule"]


@dataclass(frozen=True)
class Flaw:
    """One place where a check is not clean; the fields are those of a finding."""

    message: str
    items: tuple[str, ...] = ()
    date: str | None = None
    caption_id: int | None = None
    value: float | None = None
    limit: float | None = None
    origin: str = ""


@dataclass(frozen=True)
class Found:
    """What a check found.

    `affected` of the `examined` items or days are not clean; schedules count as one. `weight` replaces that of the
    check. `review` asks for a person to look at the captions. `unchecked` says why the check could not be applied, or
    not to all.
    """

    flaws: tuple[Flaw, ...] = ()
    affected: int = 0
    examined: int = 0
    weight: int | None = None
    review: bool = False
    unchecked: str = ""


@dataclass(frozen=True)
class Check:
    """A check of a schedule.

    Attributes
    ----------
    id
        Its name in reports.
    stage
        The step that gives rise to what it finds.
    scope
        What its weight is a share of: the items or days examined, or the schedule as a whole.
    weight
        Points that it costs at most; 0 for a check that only informs.
    action
        What to do where it is not clean.
    """

    id: str
    stage: Stage
    severity: FindingSeverity
    scope: Scope
    weight: int
    find: Callable[[Schedule], Found] = field(repr=False)
    action: str = ""


def of_items(flaws: Iterable[Flaw], examined: int, affected: Collection[str] | None = None) -> Found:
    """Findings about items; `affected` are their ids, by default all that are named."""
    told = tuple(flaws)
    ids = {item for flaw in told for item in flaw.items} if affected is None else set(affected)
    return Found(told, len(ids), examined)


def of_days(flaws: Iterable[Flaw], examined: int) -> Found:
    """Findings about days."""
    told = tuple(flaws)
    return Found(told, len({flaw.date for flaw in told}), examined)


def of_schedule(flaws: Iterable[Flaw]) -> Found:
    """Findings about the schedule as a whole."""
    told = tuple(flaws)
    return Found(told, int(bool(told)), 1)


def words(item: ScheduledItem) -> str:
    """An item as messages call it: `2025-01-22_4 (ppv_unlock)`."""
    return f"{item.id} ({item.send.type_key or 'no type'})"
