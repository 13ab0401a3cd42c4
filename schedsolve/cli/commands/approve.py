"""`schedsolve approve`: a person lets a week go out."""

from __future__ import annotations

import getpass

import click

from ..store_options import db_option, opened
from ..terminal import say


@click.command(
    epilog="""\b
Examples:
  schedsolve approve 5f0c... --db schedules.db
  schedsolve approve 5f0c... --by maria

\b
Approving an approved week does nothing.
Exit codes: 0 approved, 2 usage, 8 the store cannot be used, keeps no such week, or the week is superseded."""
)
@click.argument("schedule_id")
@click.option("--by", metavar="NAME", help="Who approves.  [the user's name]")
@db_option
def command(schedule_id: str, by: str | None, db: str | None) -> None:
    """Approve a kept week that needs review, so that it may go out."""
    with opened(db) as store:
        from ...store.publishing import approve
        from ...store.schedules import schedule

        approve(store, schedule_id, by or _user())
        head = schedule(store, schedule_id)
    say(f"{schedule_id} ({head.creator_id}, week of {head.week_start}) is {head.status}.")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        raise click.UsageError("--by: nobody knows the user's name; tell who approves") from None
