"""Campaigns as a person reads them: every family's count and projection, what is wrong, and what to run."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..analytics.campaign_audit import CampaignAudit
from ..model.campaign_families import CADENCES, OVERALL, Range
from .labels import family_label
from .lines import named_each, named_lines
from .plain import printable

_COLOURS = {"critical": "bold red", "high": "red", "medium": "yellow"}


class CampaignView:
    """Draws the families, then findings and recommendations."""

    def __init__(self, audit: CampaignAudit, source: str) -> None:
        self.audit = audit
        self.source = source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        audit = self.audit
        count, days = sum(audit.counts.values()), f"{audit.days} day{'s' * (audit.days != 1)}"
        yield Text(f"{printable(self.source)}: {count} campaign{'s' * (count != 1)} in {days}")
        yield ""
        yield self._families()
        lines = [
            *named_each(
                "found",
                (Text(f"{one.severity}: {one.message}", style=_COLOURS[one.severity]) for one in audit.warnings),
            ),
            *named_each("plan", (Text(one.message) for one in audit.recommendations)),
        ]
        if lines:
            yield ""
            yield named_lines(lines)

    def _families(self) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        table.add_column("family", overflow="fold")
        for name in ("planned", "a month", "wanted", "days apart"):
            table.add_column(name, justify="right", no_wrap=True)
        audit = self.audit
        for family, cadence in CADENCES.items():
            apart = _between(Range(cadence.nearest, cadence.farthest))
            figures = (str(audit.counts[family]), f"{float(audit.projections[family]):.1f}", _between(cadence.monthly))
            table.add_row(family_label(family), *figures, apart)
        total = f"{float(audit.total_monthly_projection):.1f}"
        table.add_row("all families", str(sum(audit.counts.values())), total, _between(OVERALL), "")
        return table


def _between(range_: Range) -> str:
    return str(range_.least) if range_.least == range_.most else f"{range_.least}–{range_.most}"
