"""Tables of results from outside: which kind a table is, by its columns, and its rows into the store."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, cast

from sqlalchemy import Connection, select

from ..analytics.csv_sheet import csv_sheet
from ..analytics.json_sheet import json_sheet
from ..analytics.kpis.campaign_adherence import AuditedCampaign
from ..analytics.kpis.daily import ScheduleDay
from ..analytics.kpis.estimate_accuracy import StoredEstimate
from ..analytics.kpis.game_variance import GamePlay
from ..analytics.kpis.limit_violations import WeekOfType
from ..analytics.kpis.prediction_error import WeeklyActual
from ..analytics.kpis.trait_lift import TraitResult
from ..analytics.sheet import Sheet, refused
from ..analytics.tables import Row, parse_rows
from ..errors import Problem
from ..model.fields import Day
from .importing import Imported, require_all
from .item_results import ItemResult, put_item_results
from .results import Kind as Listed
from .results import add_results
from .tables import creators

Kind = Literal["items", "days", "weeks", "actuals", "campaigns", "traits", "games", "estimates"]


class Played(GamePlay):
    """A game that was played, and the day where it is known."""

    played_on: Day | None = None


class DatedCampaign(AuditedCampaign):
    """A campaign with its day, which the store needs."""

    date: Day


ROWS: Mapping[str, type[Row]] = MappingProxyType(
    {
        "items": ItemResult,
        "days": ScheduleDay,
        "weeks": WeekOfType,
        "actuals": WeeklyActual,
        "campaigns": DatedCampaign,
        "traits": TraitResult,
        "games": Played,
        "estimates": StoredEstimate,
    }
)
"""Row type of every kind of table."""
_MARKS: Mapping[str, str] = MappingProxyType(
    {
        "item_id": "items",
        "ppv_count": "days",
        "actual": "weeks",
        "actual_revenue_per_day": "actuals",
        "is_compliant": "campaigns",
        "trait": "traits",
        "estimate": "estimates",
        "earnings": "games",
    }
)
"""Column by which a kind is known; the first that is there decides."""


def read_results(text: str, source: str, kind: str | None = None) -> tuple[str, tuple[Row, ...]]:
    """The kind of a table and its rows. Raises TableError when it is none, or a row is at fault."""
    known = kind or _kind(_columns(text, source), source)
    return known, parse_rows(text, source, ROWS[known])


def _columns(text: str, source: str) -> Collection[str]:
    as_json = source.lower().endswith(".json") or (not source.lower().endswith(".csv") and text.lstrip()[:1] == "[")
    sheet: Sheet = (json_sheet if as_json else csv_sheet)(text, source)
    if sheet.columns is not None:
        return sheet.columns
    return next((tuple(record) for _, record in sheet.records if not isinstance(record, Problem)), ())


def _kind(columns: Collection[str], source: str) -> str:
    found = next((kind for column, kind in _MARKS.items() if column in columns), None)
    if found is None:
        raise refused(
            source,
            f"is no table of results: none of the columns {', '.join(_MARKS)} is there",
            "--kind names the kind of table",
        )
    return found


def put_results(
    connection: Connection, kind: str, rows: Sequence[Row], source: str, creator_id: str | None = None
) -> Imported:
    """Write results; `creator_id` is whose they are where the rows do not tell.

    Raises
    ------
    TableError
        When rows tell no creator or an unknown one, or name items that are not kept.
    UnknownReferenceError
        When actuals name a prediction that is not known.
    """
    if kind == "items":
        return put_item_results(connection, cast("Sequence[ItemResult]", rows), source)
    told: list[dict[str, Any]] = [row.model_dump() for row in rows]
    if kind != "actuals":
        told = [row | {"creator_id": row["creator_id"] or creator_id} for row in told]
        people = set(connection.scalars(select(creators.c.creator_id)))
        require_all(source, told, lambda row: _creator_faults(row["creator_id"], people), "import creators first")
    return Imported(add_results(connection, cast("Listed", kind), told), 0)


def _creator_faults(creator_id: str | None, people: Collection[str]) -> list[str]:
    if creator_id is None:
        return ["creator_id is missing; give the column, or --creator"]
    return [] if creator_id in people else [f"no creator {creator_id} is known"]
