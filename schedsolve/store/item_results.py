"""What single sends brought: summed up to weeks and days, as the dashboard's views read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import fsum
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from ..analytics.kpis.columns import Dollars
from ..analytics.kpis.from_plans import schedule_days
from ..analytics.kpis.limit_violations import EXCLUSIVE
from ..analytics.tables import Row
from ..model.plan import Plan
from .importing import Imported, require_all, require_once
from .results import add_results
from .row_fields import Key
from .tables import schedule_items, schedules

_CHUNK = 500


class ItemResult(Row):
    """What a kept send brought, by the id the store gave it (`SCHEDULE_ID/SLOT_ID`)."""

    item_id: Key
    earnings: Dollars


def put_item_results(connection: Connection, rows: Sequence[ItemResult], source: str) -> Imported:
    """Set what the weeks of the items brought a day, beside their predictions, and what went out on their days.

    A week is complete when every revenue send of it that was not cancelled is there.

    Raises
    ------
    TableError
        When an item is there twice, or not kept.
    """
    require_once(source, [row.item_id for row in rows])
    held = _items(connection, [row.item_id for row in rows])
    require_all(source, rows, lambda row: [] if row.item_id in held else [f"no item {row.item_id} is kept"])
    earned: defaultdict[str, list[float]] = defaultdict(list)
    for row in rows:
        earned[held[row.item_id]].append(row.earnings)
    told = {row.item_id for row in rows}
    notes: list[str] = []
    for schedule_id, earnings in earned.items():
        notes += _put_week(connection, schedule_id, fsum(earnings), told)
    return Imported(len(rows), 0, tuple(notes))


def _items(connection: Connection, wanted: Sequence[str]) -> dict[str, str]:
    """The schedule of every item that is kept."""
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(schedule_items.c.item_id, schedule_items.c.schedule_id).where(
            schedule_items.c.item_id.in_(wanted[start : start + _CHUNK])
        )
        found |= {row.item_id: row.schedule_id for row in connection.execute(query)}
    return found


def _put_week(connection: Connection, schedule_id: str, earned: float, told: set[str]) -> Iterator[str]:
    head = connection.execute(select(schedules).where(schedules.c.schedule_id == schedule_id)).mappings().one()
    missing = _missing(connection, schedule_id, told)
    if head["prediction_id"] is None:
        yield f"{schedule_id}: the week has no prediction to be held against"
    else:
        actual = {"prediction_id": head["prediction_id"], "is_complete": not missing}
        add_results(connection, "actuals", [actual | {"actual_revenue_per_day": round(earned / head["days"], 2)}])
    if missing:
        yield f"{schedule_id}: {missing} revenue sends are not told, so the week is not complete"
    days = schedule_days([Plan.model_validate_json(head["plan_json"])])
    add_results(connection, "days", [day.model_dump() for day in days])
    add_results(connection, "weeks", _weeks(connection, head))


def _missing(connection: Connection, schedule_id: str, told: set[str]) -> int:
    """Revenue sends of a schedule, without those that were cancelled, of which nothing is told."""
    ids = connection.scalars(
        select(schedule_items.c.item_id).where(
            schedule_items.c.schedule_id == schedule_id,
            schedule_items.c.category == "revenue",
            schedule_items.c.publish_state != "cancelled",
        )
    )
    return sum(item_id not in told for item_id in ids)


def _weeks(connection: Connection, head: RowMapping) -> list[Mapping[str, Any]]:
    """The exclusive types in every calendar week of a schedule, over all standing schedules of the creator."""
    first: date = head["week_start"]
    monday = first - timedelta(days=first.weekday())
    weeks = range((first + timedelta(days=head["days"] - 1) - monday).days // 7 + 1)
    rows: list[Mapping[str, Any]] = []
    for start in (monday + timedelta(weeks=week) for week in weeks):
        for key in EXCLUSIVE:
            sent = (
                select(func.count())
                .select_from(schedule_items)
                .join(schedules, schedules.c.schedule_id == schedule_items.c.schedule_id)
                .where(
                    schedules.c.creator_id == head["creator_id"],
                    schedules.c.status != "superseded",
                    schedule_items.c.publish_state != "cancelled",
                    schedule_items.c.send_type_key == key,
                    schedule_items.c.scheduled_date.between(start, start + timedelta(days=6)),
                )
            )
            rows.append(
                {
                    "creator_id": head["creator_id"],
                    "week_start": start,
                    "send_type_key": key,
                    "actual": connection.scalar(sent),
                    "limit": None,
                }
            )
    return rows
