"""Kept weeks as a person reads them: one line a version."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..store.schedules import KeptSchedule
from .plain import printable

_COLOURS = {"approved": "green", "published": "green", "needs_review": "yellow", "superseded": "dim"}


class HistoryView:
    """Draws the versions of a creator's weeks."""

    def __init__(self, creator: str, kept: Sequence[KeptSchedule]) -> None:
        self.creator = creator
        self.kept = kept

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        standing = sum(one.status != "superseded" for one in self.kept)
        title = Text(printable(self.creator), style="bold")
        yield title.append(f": {standing} week{'s' * (standing != 1)} kept", style="not bold")
        if not self.kept:
            return
        yield ""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("week of", no_wrap=True)
        table.add_column("version", justify="right", no_wrap=True)
        table.add_column("status", no_wrap=True)
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column("schedule", no_wrap=True)
        table.add_column("", overflow="fold")
        for one in self.kept:
            status = Text(one.status.replace("_", " "), style=_COLOURS[one.status])
            told = ["degraded"] if one.degraded_mode else []
            if one.approved_by:
                told.append(f"by {printable(one.approved_by)}")
            week = f"{one.week_start:%a %d %b %Y}"
            table.add_row(week, str(one.version), status, str(one.score), one.schedule_id, ", ".join(told))
        yield table
