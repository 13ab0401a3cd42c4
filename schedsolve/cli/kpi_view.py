"""The KPIs as a person reads them: a table, and under it what makes a value what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..analytics.kpis.kpi import Reading, State, Unit
from .lines import Parts, named_lines
from .plain import printable

COLOURS = {State.TARGET: "green", State.WATCH: "yellow", State.ALERT: "bold red"}
_LISTED_PARTS = 12


class KpiView:
    """Draws readings."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _table(self.readings)
        if lines := list(_parts(self.readings)):
            yield ""
            yield named_lines(lines)


def _table(readings: Sequence[Reading]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("KPI", overflow="fold")
    for name in ("value", "target", "alert"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("of", justify="right", no_wrap=True)
    for reading in readings:
        kpi = reading.kpi
        table.add_row(
            kpi.name,
            "" if reading.value is None else kpi.unit.words(reading.value),
            kpi.target.words(kpi.unit),
            kpi.alert.words(kpi.unit),
            Text("no data", style="dim") if reading.state is None else Text(reading.state, COLOURS[reading.state]),
            f"{reading.counted:,}" if reading.counted else "",
        )
    return table


def _parts(readings: Sequence[Reading]) -> Iterator[tuple[str, Parts]]:
    for reading in readings:
        told = [f"{printable(part.subject)} {_part(reading.kpi.unit, part.value)}" for part in reading.parts]
        more = [f"and {len(told) - _LISTED_PARTS} more"] if len(told) > _LISTED_PARTS else []
        if told:
            yield reading.kpi.name, Parts([*told[:_LISTED_PARTS], *more])


def _part(unit: Unit, value: float) -> str:
    """Parts of a count are what is too much."""
    return f"{'+' if unit is Unit.COUNT else ''}{unit.words(value)}"
