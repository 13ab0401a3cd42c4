"""`schedsolve history`: the kept weeks of a creator."""

from __future__ import annotations

from dataclasses import asdict

import click

from ..analysis_json import document
from ..store_options import db_option, opened
from ..terminal import drawn, emit

_SHOWN = (
    "schedule_id",
    "week_start",
    "days",
    "version",
    "status",
    "score",
    "degraded_mode",
    "generation_id",
    "prediction_id",
    "engine_version",
    "approved_by",
)


@click.command(
    epilog="""\b
Examples:
  schedsolve history --creator alexia --db schedules.db
  schedsolve history --creator alexia --json | jq '.schedules[-1].schedule_id'

\b
Exit codes: 0 ok, 2 usage, 8 the store cannot be used, or knows no such creator."""
)
@click.option("--creator", required=True, metavar="ID", help="Whose weeks.")
@db_option
@click.option("--json", "as_json", is_flag=True, help="The weeks as one JSON document.")
def command(creator: str, db: str | None, as_json: bool) -> None:
    """List every version of every kept week of a creator, the oldest first."""
    with opened(db) as store:
        from ...store.operations.asking import require_creator
        from ...store.schedules import schedules_of

        require_creator(store, creator, "history")
        kept = schedules_of(store, creator)
    if as_json:
        told = [{name: asdict(one)[name] for name in _SHOWN} for one in kept]
        moments = [one.created_at.isoformat().replace("+00:00", "Z") for one in kept]
        schedules = [row | {"created_at": moment} for row, moment in zip(told, moments, strict=True)]
        emit(document("history", {"creator_id": creator, "schedules": schedules}))
    else:
        from ..history_view import HistoryView

        emit(drawn(HistoryView(creator, kept)))
