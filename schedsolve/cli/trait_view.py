"""Shared traits as a person reads them: a table, what to raise, or why nothing."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from ..analytics.trait_report import Recommendation, SharedTrait, TraitReport
from .lines import named_each, named_lines
from .plain import printable

_LEAST_SHOWN = 0.0001


class TraitView:
    """Draws a report."""

    def __init__(self, report: TraitReport, source: str) -> None:
        self.report = report
        self.source = source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(f"{printable(self.source)}: what the best earners share", style="bold")
        yield ""
        if self.report.shared_traits:
            yield _table(self.report.shared_traits)
            yield ""
        yield named_lines(list(self._figures()))

    def _figures(self) -> Iterator[tuple[str, RenderableType]]:
        report = self.report
        yield "records", Text(f"{report.analyzed_count:,}, confidence {report.statistical_confidence}")
        if report.shared_traits:
            yield "p", Text(f"a difference is significant below {report.bonferroni_alpha:g}")
        yield from named_each("raise", map(_advice, report.recommendations))
        if report.reason:
            yield "raise", Text(f"nothing: {report.reason}")
        yield from named_each("warning", (Text(warning, style="yellow") for warning in report.warnings))


def _table(shared: tuple[SharedTrait, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("trait", no_wrap=True)
    table.add_column("value", overflow="fold")
    for name in ("top", "rest", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for trait in shared:
        table.add_row(
            trait.trait.replace("_", " "),
            Text(printable(f"${trait.value}" if trait.trait == "price" else trait.value)),
            f"{trait.percentage:.0f}%",
            f"{trait.rest_percentage:.0f}%",
            f"{trait.p_value:.4f}" if trait.p_value >= _LEAST_SHOWN else f"<{_LEAST_SHOWN}",
            "significant" if trait.is_significant else "",
            style="" if trait.is_significant else "dim",
        )
    return table


_RAISED = {
    "length": "the weight of captions with {} characters",
    "content_type": "the allocation of {}",
    "tone": "the weight of captions in the tone {}",
}


def _advice(advice: Recommendation) -> Text:
    what = _RAISED[advice.trait].format(printable(advice.value))
    return Text(f"{what} by {round(100 * (advice.multiplier - 1))}%", style="green")
