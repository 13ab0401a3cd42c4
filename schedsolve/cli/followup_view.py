"""Followups by day as a person reads them: best first, and which ones go."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..analytics.followup_limit import FollowupLimit
from .plain import printable


class FollowupView:
    """Draws what is kept and what is removed, day by day."""

    def __init__(self, limited: FollowupLimit, source: str) -> None:
        self.limited = limited
        self.source = source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        count, gone = self.limited.followup_count, self.limited.removed_count
        head = f"{printable(self.source)}: {count} followup{'s' * (count != 1)} kept, {gone} removed"
        yield Text(head, style="bold")
        if count + gone:
            yield ""
            yield self._table()

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("day", no_wrap=True)
        table.add_column("followup", overflow="fold")
        table.add_column("priority", justify="right", no_wrap=True)
        table.add_column("parent", justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        removed = {*self.limited.removed_items}
        day = None
        for one in sorted((*self.limited.kept_items, *self.limited.removed_items), key=lambda one: one.date):
            table.add_row(
                "" if one.date == day else f"{one.date:%a %d %b %Y}",
                Text(printable(one.id)),
                f"{one.priority:.3f}",
                f"${one.parent_estimated_revenue:,.2f}",
                "removed" if one in removed else "",
                style="dim" if one in removed else "",
            )
            day = one.date
        return table
