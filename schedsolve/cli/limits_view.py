"""Weekly limits as a person reads them: week by week what is too much and what to drop."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..analytics.weekly_limits import WeeklyLimits
from .plain import printable


class LimitsView:
    """Draws the weeks that hold too many."""

    def __init__(self, checked: WeeklyLimits, source: str) -> None:
        self.checked = checked
        self.source = source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        count = len(self.checked.warnings)
        title = Text(f"{printable(self.source)}: ")
        if not count:
            yield title.append("every week keeps its limits", style="green")
            return
        yield title.append(f"{count} weekly limit{'s' * (count > 1)} exceeded", style="bold red")
        yield ""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("week of", no_wrap=True)
        table.add_column("type", overflow="fold")
        table.add_column("actual", justify="right", no_wrap=True)
        table.add_column("limit", justify="right", no_wrap=True)
        table.add_column("drop", overflow="fold")
        for excess in self.checked.warnings:
            dropped = Text(printable(", ".join(excess.dropped))) if excess.dropped else Text("all planned", style="dim")
            week = f"{excess.week:%a %d %b %Y}"
            table.add_row(week, excess.send_type_key, str(excess.actual), str(excess.limit), dropped)
        yield table
