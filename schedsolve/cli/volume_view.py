"""A volume as a person reads it: what each module made of the quotas, the days, and what comes with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from ..model.volume import VolumeReport
from .lines import Parts, named_lines
from .plain import printable

_SOURCES = {
    "optimized": "computed from what is known of the creator",
    "base_tier": "the row of the stated level",
    "fan_estimate": "the least of the level that the fans make",
    "minimum_safe": "the safe minimum: nothing is known of the creator",
    "stated": "stated in the scenario",
}


class VolumeView:
    """Draws a volume."""

    def __init__(self, report: VolumeReport) -> None:
        self.report = report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        report, final = self.report, self.report.result.final_config
        yield Text(f"{printable(report.scenario)}: {final.per_day} sends a day", style="bold")
        yield ""
        yield self._trail()
        yield ""
        yield self._days()
        yield ""
        yield named_lines(list(self._figures()))

    def _trail(self) -> Table:
        table = _table("module", "revenue", "engagement", "retention", "why")
        for step in self.report.result.trail:
            name = Text(step.module, style="" if step.applied else "dim")
            table.add_row(name, *map(str, step.quotas), Text(printable(step.note)))
        return table

    def _days(self) -> Table:
        table = _table("day", "revenue", "engagement", "retention", "of them pay-per-view and bumps")
        for day in self.report.days:
            kinds = f"{day.ppv} and {day.bumps}"
            quotas = (str(day.revenue), str(day.engagement), str(day.retention))
            table.add_row(f"{date.fromisoformat(day.date):%a %d %b}", *quotas, kinds)
        return table

    def _figures(self) -> Iterator[tuple[str, RenderableType]]:
        result = self.report.result
        yield "source", Text(_SOURCES[result.calculation_source])
        trust = f"{result.confidence_score:.2f}, from {result.message_count} messages"
        yield "confidence", Text(trust)
        scores = f"saturation {result.fused_saturation:.4g}, opportunity {result.fused_opportunity:.4g}"
        yield "scores", Text(f"{scores}; leaning to {result.priority_shift}")
        for name, span in (
            ("ppv range", result.final_config.ppv_range),
            ("bump range", result.final_config.bump_range),
        ):
            if span is not None:
                yield name, Text(f"{span[0]} to {span[1]} a day")
        if result.content_allocations:
            yield "contents", Parts([f"{printable(name)} {n}" for name, n in result.content_allocations.items()])
        if self.report.type_weights:
            yield "weights", Parts([f"{key} ×{weight:.3g}" for key, weight in self.report.type_weights.items()])
        if result.prediction is not None:
            kept = "not kept" if result.prediction_id is None else f"kept as number {result.prediction_id}"
            yield "prediction", Text(f"{result.prediction.predicted_revenue_per_day:,.2f} a day, {kept}")
        yield "applied", Parts(list(result.adjustments_applied))


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first, no_wrap=True)
    for name in others[:-1]:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(others[-1], overflow="fold")
    return table
