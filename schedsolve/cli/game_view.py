"""Games as a person reads them: the ranking by what a play is reckoned to earn, and what follows."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..analytics.dollars import to_cents
from ..analytics.game_benchmarks import frequency_of
from ..analytics.games import GameAdvice, ranked
from .lines import named_lines
from .plain import printable


class GameView:
    """Draws the ranking, then the advice."""

    def __init__(self, advice: GameAdvice, source: str) -> None:
        self.advice = advice
        self.source = source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        advice = self.advice
        yield Text(f"{printable(self.source)}: which game to play")
        yield ""
        yield self._ranking()
        yield ""
        avoided = ", ".join(map(printable, advice.avoid)) or "none"
        yield named_lines(
            [
                ("play", Text(printable(advice.reason), style="green")),
                ("avoid", Text(avoided, style="red" if advice.avoid else "")),
                ("source", Text(advice.source.replace("_", " "))),
            ]
        )

    def _ranking(self) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("game", overflow="fold")
        for name in ("a play", "own mean", "own plays", "own weight"):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column("how often", overflow="fold")
        for found in ranked(self.advice.bayesian_estimates):
            own = self.advice.raw_averages.get(found.game)
            table.add_row(
                printable(found.game),
                f"${to_cents(found.posterior):,.2f}",
                "" if own is None else f"${to_cents(own):,.2f}",
                str(found.own_n),
                f"{float(found.creator_weight):.0%}",
                frequency_of(found.game),
                style="red" if found.avoided else "",
            )
        return table
