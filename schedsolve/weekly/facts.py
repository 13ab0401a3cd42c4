"""What the store knows of a creator as a week is to be planned; what cannot be read has a fallback or ends the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from ..errors import StoreError
from ..model.content import Library
from ..store.engine import Store
from ..store.errors import CreatorNotFoundError, StateConflictError, StoreUnavailableError
from ..store.history import HandedOver, history_of
from ..store.library import library_of
from ..store.operations.asking import documents, one, require_creator
from ..store.schedules import items_of, plan, schedules_of, standing_schedule
from ..store.superseding import SENT
from ..store.tables import performance_history, timing_profiles
from .first_day import first_day
from .run import StageRun
from .telling import sentence
from .wanted import Wanted

T = TypeVar("T")
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """All that a week rests on.

    `creator` and `timing` are rows of the store; `trends` the latest measurement of each look back at the run's moment.
    `anchor` is the day from which the prime hours rotate, where an earlier week tells one.
    """

    week_start: date
    creator: Told
    timing: Told | None
    trends: Mapping[str, Told]
    library: Library
    handed: HandedOver
    anchor: date | None = None


def read_facts(store: Store, wanted: Wanted, stage: StageRun) -> Facts:
    """Read them all.

    Raises
    ------
    CreatorNotFoundError
        When there is no such creator.
    StateConflictError
        When sends of the week have gone out already.
    StoreError
        When the database cannot be used, or what has no fallback cannot be read.
    """
    creator = require_creator(store, wanted.creator_id, "get_creator_profile")
    start = wanted.week_start or first_day(store, wanted.creator_id, creator["timezone"], wanted.as_of)
    _require_unsent(store, wanted.creator_id, start)
    timing = _else(stage, "timing_missing", None, lambda: _timing(store, wanted.creator_id))
    unknown: Mapping[str, Told] = {}
    trends = _else(stage, "trends_missing", unknown, lambda: _trends(store, wanted))
    return Facts(
        week_start=start,
        creator=creator,
        timing=timing,
        trends=trends,
        library=_library(store, wanted.creator_id, start, stage),
        handed=history_of(store, wanted.creator_id, start),
        anchor=_anchor(store, wanted.creator_id, start),
    )


def _else(stage: StageRun, condition: str, instead: T, read: Callable[[], T]) -> T:
    """What was read; where it is missing or cannot be read, the condition's fallback."""
    try:
        found = read()
        why = "nothing is known"
    except (StoreUnavailableError, CreatorNotFoundError):
        raise
    except StoreError as error:
        found, why = instead, sentence(error)
    if not found:
        stage.fell_back(condition, why)
    return found


def _timing(store: Store, creator_id: str) -> Told | None:
    return one(store, select(timing_profiles).where(timing_profiles.c.creator_id == creator_id), "get_best_timing")


def _trends(store: Store, wanted: Wanted) -> Mapping[str, Told]:
    """The latest measurements at the run's moment, by period."""
    query = (
        select(performance_history)
        .where(performance_history.c.creator_id == wanted.creator_id, performance_history.c.measured_at <= wanted.as_of)
        .order_by(performance_history.c.measured_at)
    )
    return {row["period"]: row for row in documents(store, query, "get_performance_trends")}


def _library(store: Store, creator_id: str, start: date, stage: StageRun) -> Library:
    """The library; without its vault where that alone cannot be read."""
    try:
        return library_of(store, creator_id, start)
    except (StoreUnavailableError, CreatorNotFoundError):
        raise
    except StoreError as error:
        library = library_of(store, creator_id, start, with_vault=False)
        stage.fell_back("vault_unreadable", sentence(error))
        return library


def _require_unsent(store: Store, creator_id: str, start: date) -> None:
    standing = standing_schedule(store, creator_id, start)
    if standing is None:
        return
    sent = sum(item.publish_state in SENT for item in items_of(store, standing.schedule_id))
    if sent:
        raise StateConflictError(
            f"{sent} sends of the week of {start} have gone out already; change what is left of it with `replan`"
        )


def _anchor(store: Store, creator_id: str, start: date) -> date | None:
    """The day that the latest week before this one counts its prime hours from."""
    earlier = [one for one in schedules_of(store, creator_id) if one.week_start < start and one.status != "superseded"]
    if not earlier:
        return None
    told = (plan(store, earlier[-1].schedule_id).scenario.content or {}).get("timing") or {}
    return date.fromisoformat(told["prime_anchor"]) if "prime_anchor" in told else None
