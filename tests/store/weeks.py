"""Weeks to keep: sample plans with captions, creators and verdicts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from schedsolve.model.plan import Item, Plan, ScenarioStamp
from schedsolve.store.captions import CaptionRow, put_captions
from schedsolve.store.creators import CreatorRow, put_creator
from schedsolve.store.engine import Store
from schedsolve.store.saving import Week
from schedsolve.store.tables import metadata
from schedsolve.store.verdict import Verdict

from ..cli.sample_plans import MONDAY, ZONE, item, plan

NOW = datetime(2025, 1, 18, 12, tzinfo=UTC)
APPROVED = Verdict("approved", 93, 0, {"status": "approved", "score": 93})
REVIEW = Verdict("needs_review", 80, 0, {"status": "needs_review"})


def at(hours: float = 0) -> Any:
    """A clock that stands still, some hours after NOW."""
    return lambda: NOW + timedelta(hours=hours)


def add_creator(store: Store, creator_id: str = "alexia", captions: int = 0) -> None:
    """A creator, and a pool of captions numbered from 1."""
    with store.writing() as connection:
        put_creator(connection, CreatorRow(creator_id=creator_id, page_type="paid", timezone=ZONE), NOW)
        rows = [
            CaptionRow(caption_id=number, caption_text=f"text {number}", caption_type="teaser")
            for number in range(1, captions + 1)
        ]
        put_captions(connection, rows, "captions")


def small_plan(
    first: date = MONDAY, creator_id: str = "alexia", captions: tuple[int, ...] = (), **changes: Any
) -> Plan:
    """Three days of sends, among them a followup; the first sends carry the captions."""
    items = list(plan(3, first).items)[:20]
    kept = {one.slot_id for one in items}
    items = [one for one in items if one.parent_item_id is None or one.parent_item_id in kept]
    for place, caption in enumerate(captions):
        items[place] = items[place].model_copy(update={"caption_id": caption, "caption_text": f"text {caption}"})
    made = plan(3, first, creator_id=creator_id, items=tuple(items), pins=())
    return made.model_copy(update=changes)


def week(first: date = MONDAY, creator_id: str = "alexia", verdict: Verdict = APPROVED, **options: Any) -> Week:
    """A small week, ready to be kept."""
    of_week = {
        name: options.pop(name) for name in ("generation_id", "rotation", "prediction_id", "records") if name in options
    }
    return Week(small_plan(first, creator_id, **options), verdict, **of_week)


def stamped(history: dict[str, Any], **content: Any) -> ScenarioStamp:
    """The stamp of a scenario with a history."""
    told = {"creator": {"id": "alexia", "timezone": ZONE}, "history": history, **content}
    return ScenarioStamp(name="next", sha256="00" * 32, content=told)


def counts(store: Store) -> dict[str, int]:
    """Rows of every table."""
    with store.reading() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


__all__ = [
    "APPROVED",
    "MONDAY",
    "NOW",
    "REVIEW",
    "ZONE",
    "Item",
    "add_creator",
    "at",
    "counts",
    "item",
    "plan",
    "small_plan",
    "stamped",
    "week",
]
