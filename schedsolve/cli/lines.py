"""Lines of `name  text`, and texts made of parts that are never broken in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_SEPARATOR = " · "


class Parts:
    """Parts with dots between them, wrapped between parts; `lead` stands before the first line."""

    def __init__(self, parts: Sequence[str], lead: str = "", style: str = "") -> None:
        self.parts = parts
        self.lead = lead
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line = self.lead
        fresh = True
        for part in self.parts:
            if not fresh and cell_len(line) + len(_SEPARATOR) + cell_len(part) > options.max_width:
                yield Text(line, style=self.style)
                line, fresh = " " * len(self.lead), True
            line += part if fresh else _SEPARATOR + part
            fresh = False
        yield Text(line, style=self.style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        lengths = [cell_len(part) for part in self.parts] or [0]
        whole = sum(lengths) + len(_SEPARATOR) * (len(lengths) - 1)
        return Measurement(len(self.lead) + max(lengths), len(self.lead) + whole).clamp(1, options.max_width)


def named_lines(lines: Sequence[tuple[str, RenderableType]]) -> Table:
    """One line for each name; long texts wrap under themselves."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", width=max(10, *(len(name) for name, _ in lines)), no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in lines:
        table.add_row(name, text)
    return table


def named_each(name: str, texts: Iterable[RenderableType]) -> Iterator[tuple[str, RenderableType]]:
    """Several texts of one name: the first line carries it, the others stand under it."""
    for number, text in enumerate(texts):
        yield ("" if number else name), text
