"""`schedsolve demo`: a store to try things with."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from ..moment import MOMENT
from ..store_options import VARIABLE, db_option, opened
from ..terminal import say

FILE = "schedsolve-demo.db"


@click.command(
    epilog="""\b
Examples:
  schedsolve demo                           into schedsolve-demo.db
  schedsolve demo --db schedules.db

\b
Exit codes: 0 made, 2 usage, 8 the store cannot be used."""
)
@db_option
@click.option("--as-of", type=MOMENT, metavar="ISO", help="The moment at which the figures hold (UTC).  [now]")
def command(db: str | None, as_of: datetime | None) -> None:
    """Make a store with five made-up creators and 2,000 captions, and say what to do with it.

    Without --db and SCHEDSOLVE_DB it is the file schedsolve-demo.db.
    """
    named = bool(db or os.environ.get(VARIABLE))
    url = db if named else FILE
    with opened(url) as store:
        from ...weekly.demo import CREATORS, make_demo

        moment = as_of or datetime.now(UTC)
        made = make_demo(store, moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        first, others = CREATORS[0].creator_id, ", ".join(one.creator_id for one in CREATORS[1:])
        told = f"Made {store}: {made.creators} creators, {made.captions:,} captions."
    option = f" --db {url}" if url else ""
    say(
        f"""{told}
Now run
  schedsolve next --creator {first}{option}
  schedsolve next --creator {first}{option}       the week after
  schedsolve history --creator {first}{option}
  schedsolve show --creator {first}{option}
The other creators are {others}."""
    )
