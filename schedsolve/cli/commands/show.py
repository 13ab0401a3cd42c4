"""`schedsolve show`: a kept week."""

from __future__ import annotations

from datetime import datetime

import click

from ..kept_schedules import schedule_meant, schedule_options
from ..store_options import db_option, opened
from ..terminal import drawn, emit, say


@click.command(
    epilog="""\b
Examples:
  schedsolve show --creator alexia --db schedules.db     the last week that is kept
  schedsolve show --creator alexia --week 2025-01-20
  schedsolve show 5f0c... --json > plan.json             the plan, byte for byte

\b
Exit codes: 0 ok, 2 usage, 8 the store cannot be used, or keeps no such week."""
)
@schedule_options
@db_option
@click.option("--json", "as_json", is_flag=True, help="The kept plan, byte for byte.")
def command(schedule_id: str | None, creator: str | None, week: datetime | None, db: str | None, as_json: bool) -> None:
    """Show the calendar of a kept week."""
    with opened(db) as store:
        from ...store.schedules import plan, plan_text, schedule

        meant = schedule_meant(store, schedule_id, creator, week)
        if as_json:
            emit(plan_text(store, meant).encode())
            return
        from ..plan_report import PlanReport

        head = schedule(store, meant)
        emit(drawn(PlanReport(plan(store, meant))))
        say(f"{meant}, version {head.version}: {head.status.replace('_', ' ')}, {head.score} of 100.")
