"""Results for the dashboard's views. Rows carry the names and dollars of the tables that `analyze kpis` reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Table, insert

from . import tables
from .moments import cents
from .predictions import put_actual
from .upsert import upsert

Kind = Literal["campaigns", "days", "weeks", "actuals", "traits", "games", "estimates"]


@dataclass(frozen=True)
class _Target:
    """A table, its columns, those that hold money, and whether its rows have a key of their own."""

    table: Table
    columns: tuple[str, ...]
    money: tuple[str, ...] = ()
    keyed: bool = False


_TARGETS: Mapping[str, _Target] = {
    "campaigns": _Target(tables.campaign_frequency_audit, ("creator_id", "campaign_type", "date", "is_compliant")),
    "days": _Target(
        tables.daily_schedule_audit,
        ("creator_id", "date", "ppv_count", "bump_count", "expected_min", "expected_max", "followup_count"),
        keyed=True,
    ),
    "weeks": _Target(
        tables.weekly_limit_audit, ("creator_id", "week_start", "send_type_key", "actual", "limit"), keyed=True
    ),
    "traits": _Target(
        tables.trait_recommendation_audit, ("creator_id", "trait"), money=("revenue_with_trait", "baseline")
    ),
    "games": _Target(tables.game_performance, ("creator_id", "game_type", "played_on"), money=("earnings",)),
    "estimates": _Target(tables.game_estimates, ("creator_id", "game_type"), money=("estimate",), keyed=True),
}


def add_results(connection: Connection, kind: Kind, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows of one kind, and give how many there were.

    Days, weeks, actuals and estimates take the place of what is known of the same; the others add up.
    """
    listed = list(rows)
    if kind == "actuals":
        for row in listed:
            put_actual(connection, row["prediction_id"], row["actual_revenue_per_day"], row["is_complete"])
        return len(listed)
    target = _TARGETS[kind]
    written = [
        {name: row.get(name) for name in target.columns} | {f"{name}_cents": cents(row[name]) for name in target.money}
        for row in listed
    ]
    if target.keyed:
        upsert(connection, target.table, written)
    elif written:
        connection.execute(insert(target.table), written)
    return len(listed)
