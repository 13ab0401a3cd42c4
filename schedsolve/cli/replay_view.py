"""What became of a plan that was made again: the verdict, why it may differ, and what differs."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ..model.replay import ReplayReport
from .difference_view import DifferenceView
from .plain import printable

SHOWN = 20
"""Fields listed at most; --json lists all."""
LONGEST = 60
"""Characters of a value that are shown."""


class ReplayView:
    """Draws a report."""

    def __init__(self, report: ReplayReport, plan: str) -> None:
        self.report = report
        self.plan = plan

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        report = self.report
        title = Text(f"{printable(self.plan)}: ")
        if report.identical:
            yield title.append("identical", style="green").append(": solved again, the same bytes")
            if not report.promised:
                yield Text("The plan's search was cut short, so that it promised nothing: next time it may differ.")
            return
        yield title.append("differs", style="bold red")
        for reason in report.reasons:
            yield Text(f"  {printable(reason)}", style="yellow")
        if report.sends is not None:
            yield ""
            yield DifferenceView(report.sends)
        if report.changes:
            yield ""
        for change in report.changes[:SHOWN]:
            yield Text(f"{printable(change.field)}: {_value(change.old)} → {_value(change.new)}")
        if len(report.changes) > SHOWN:
            yield Text(f"and {len(report.changes) - SHOWN} more fields; --json lists all", style="dim")


def _value(value: Any) -> str:
    text = printable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
