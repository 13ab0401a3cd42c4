"""What `explain` found, as a person reads it: conflicts and ways out, or what is missing and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..model.explanation import Explanation, Fix
from .plain import printable

_VERDICTS = {
    "infeasible": ("no plan can hold all the rules", "bold red"),
    "short": ("not all sends find room", "yellow"),
    "complete": ("nothing stands in the way: a plan with every send exists", "green"),
    "unknown": ("not settled within the budget", "yellow"),
}


class ExplanationView:
    """Draws an explanation."""

    def __init__(self, explanation: Explanation, source: str) -> None:
        self.explanation = explanation
        self.source = source

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        explanation = self.explanation
        verdict, colour = _VERDICTS[explanation.outlook]
        yield Text(f"{printable(self.source)}: ").append(verdict, style=colour)
        if explanation.conflicts:
            yield from _part("Conflicts, each minimal", _numbered(c.message for c in explanation.conflicts))
            yield from _part(*self._fixes())
        if explanation.lacks:
            yield from _part(self._missing(), _numbered(lack.message for lack in explanation.lacks))
            if explanation.purchases:
                yield from _part("What one change would buy", self._purchases())
        for warning in explanation.warnings:
            yield Text(printable(warning.message), style="yellow")

    def _fixes(self) -> tuple[str, RenderableType]:
        fixes = self.explanation.fixes
        if not fixes:
            return "Fixes", Text("none was found among single notches of the rules and their combinations", style="dim")
        return "Fixes, smallest first, each verified by a solve", _numbered(map(_fix, fixes))

    def _missing(self) -> str:
        explanation = self.explanation
        proof = "no plan misses fewer" if explanation.missing_proven else "fewer may be possible"
        ranges = f"; lacking of ranges: {explanation.lacking}" if explanation.lacking else ""
        return f"Missing sends: {explanation.missing} ({proof}){ranges}"

    def _purchases(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(overflow="fold")
        for purchase in self.explanation.purchases:
            sends = f"+{purchase.sends} send{'s' * (purchase.sends != 1)}"
            table.add_row(Text(sends, style="green"), Text(printable(purchase.change.text)))
        return table


def _fix(fix: Fix) -> str:
    return "; ".join(change.text for change in fix.changes)


def _part(title: str, body: RenderableType) -> Iterator[RenderableType]:
    yield ""
    yield Text(title, style="bold")
    yield Padding(body, (0, 0, 0, 2))


def _numbered(texts: Iterable[str]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for number, text in enumerate(texts, 1):
        table.add_row(str(number), Text(printable(text)))
    return table
