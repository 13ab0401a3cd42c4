"""The difference of two plans as a person reads it: counts, then the sends that did not stay, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..model.difference import Appearance, Change, Difference
from .labels import type_label
from .plain import printable

SHOWN = 24
"""Changes listed at most; --json lists all."""
_COLOURS = {"moved": "yellow", "added": "green", "dropped": "red"}


class DifferenceView:
    """Draws a difference; kept sends are only counted."""

    def __init__(self, difference: Difference, shown: int = SHOWN) -> None:
        self.difference = difference
        self.shown = shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(counts_text(self.difference))
        changes = [change for change in self.difference.changes if change.fate != "kept"]
        if not changes:
            return
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=9, no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column()
        for change in changes[: self.shown]:
            table.add_row(*_cells(change))
        yield table
        if len(changes) > self.shown:
            yield Text(f"  and {len(changes) - self.shown} more; --json lists all", style="dim")


def counts_text(difference: Difference) -> str:
    """`41 sends stay, 6 move, 2 come, 2 go`."""
    counts = difference.counts
    kept = counts["kept"]
    words = [f"{kept} send{'s' * (kept != 1)} stay{'s' * (kept == 1)}"]
    for fate, one, many in (("moved", "moves", "move"), ("added", "comes", "come"), ("dropped", "goes", "go")):
        number = counts[fate]  # type: ignore[index]
        if number:
            words.append(f"{number} {one if number == 1 else many}")
    return ", ".join(words)


def _cells(change: Change) -> Iterator[Text]:
    yield Text(f"  {change.fate}", style=_COLOURS[change.fate])
    yield Text(printable(type_label(change.send_type_key).long))
    old, new = change.old, change.new
    if old is None or new is None:
        place = old or new
        assert place is not None
        yield Text(f"{when(place)}{_style(place)}")
        return
    told = f"{when(old)} → {when(new)}" if old.scheduled_at_utc != new.scheduled_at_utc else when(old)
    if old.ppv_style != new.ppv_style:
        told += f"  {old.ppv_style or 'no style'} → {new.ppv_style or 'no style'}"
    yield Text(told)


def when(place: Appearance) -> str:
    """`Tue 21 Jan 18:01`."""
    return f"{date.fromisoformat(place.scheduled_date):%a %d %b} {place.scheduled_time[:5]}"


def _style(place: Appearance) -> str:
    return f"  {place.ppv_style.value}" if place.ppv_style else ""
