"""Items of earlier weeks that a plan calls `history_<n>`: the parents of followups that cross the border."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from ..model.plan import Plan
from .tables import schedule_items, schedules
from .week_border import border_of, instant

_PAST = "history_"


def items_behind_history(connection: Connection, plan: Plan) -> dict[str, str]:
    """Item ids by the plan's names for past sends, of those that followups hang on and that the store has."""
    wanted = {item.parent_item_id for item in plan.items if (item.parent_item_id or "").startswith(_PAST)}
    sends: list[dict[str, Any]] = ((plan.scenario.content or {}).get("history") or {}).get("sends") or []
    found: dict[str, str] = {}
    for number, send in enumerate(sends):
        name = f"{_PAST}{number}"
        if name not in wanted:
            continue
        held = connection.scalar(
            select(schedule_items.c.item_id)
            .join(schedules, schedules.c.schedule_id == schedule_items.c.schedule_id)
            .where(
                schedules.c.creator_id == plan.creator_id,
                schedules.c.status != "superseded",
                schedule_items.c.scheduled_at_utc == instant(send["at"], border_of(plan).zone),
                schedule_items.c.send_type_key == send["send_type_key"],
            )
        )
        if held is not None:
            found[name] = held
    return found
