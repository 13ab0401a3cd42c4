"""`schedsolve analyze games`: which game to play next, and which to avoid."""

from __future__ import annotations

import click

from ...parameters import EXISTING
from ...terminal import drawn, emit


@click.command(
    epilog="""\b
Examples:
  schedsolve analyze games games.csv
  schedsolve analyze games games.csv --creator alexia
  schedsolve analyze games games.csv --json | jq -r '.recommended'

\b
Columns: game_type, earnings (dollars of one play), and where known date and creator_id; others are ignored. A play's
worth is the benchmark's mean and the creator's own, each weighed with its plays; games below $1,000 are avoided.
Exit codes: 0 ok; 2 usage; 3 the table cannot be used."""
)
@click.argument("file", type=EXISTING)
@click.option("--creator", help="Rows of this creator only; without it all rows count as one creator's.")
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON document.")
def command(file: str, creator: str | None, as_json: bool) -> None:
    """Say from the plays in FILE (CSV or JSON) which game earns most, and which ones to leave."""
    from ....analytics.games import GameRecord, advise_games
    from ....analytics.tables import read_rows
    from ...analysis_json import as_document
    from ...game_view import GameView

    records = [row for row in read_rows(file, GameRecord) if creator in (None, row.creator_id)]
    advice = advise_games(records)
    emit(as_document("game-advice", advice) if as_json else drawn(GameView(advice, file)))
