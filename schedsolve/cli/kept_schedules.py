"""Which kept schedule a command means: by its id, or by creator and week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..store.engine import Store

F = TypeVar("F", bound=Callable[..., Any])


def schedule_options(command: F) -> F:
    """`[SCHEDULE_ID]`, or `--creator ID [--week DATE]`."""
    for option in (
        click.option(
            "--week", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="First day of the week.  [the last kept]"
        ),
        click.option("--creator", metavar="ID", help="Whose week, instead of SCHEDULE_ID."),
        click.argument("schedule_id", required=False),
    ):
        command = option(command)
    return command


def schedule_meant(store: Store, schedule_id: str | None, creator: str | None, week: datetime | None) -> str:
    """The id of the schedule.

    Raises
    ------
    click.UsageError
        When it is named twice, or not at all.
    ScheduleNotFoundError
        When no such schedule is kept.
    """
    from ..store.errors import ScheduleNotFoundError
    from ..store.schedules import schedules_of

    if (schedule_id is None) == (creator is None):
        raise click.UsageError("name a SCHEDULE_ID, or a --creator, one of them")
    if schedule_id is not None:
        if week is not None:
            raise click.UsageError("--week goes with --creator")
        return schedule_id
    kept = schedules_of(store, str(creator), week.date() if week else None)
    standing = [one for one in kept if one.status != "superseded"]
    if not standing:
        of_week = f" of {week:%Y-%m-%d}" if week else ""
        raise ScheduleNotFoundError(f"no week{of_week} of {creator} is kept; `schedsolve next` makes one")
    return standing[-1].schedule_id
