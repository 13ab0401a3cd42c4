"""Different good plans as a person reads them: value, loss and distances in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..model.alternatives import Alternatives
from .figures import points
from .plain import printable


class AlternativesView:
    """Draws the set; `names` are the files of its plans, the best one's first, when they were saved."""

    def __init__(self, found: Alternatives, names: Sequence[str] = ()) -> None:
        self.found = found
        self.names = names

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        found, best = self.found, self.found.best
        title = Text(printable(best.scenario.name), style="bold")
        yield title.append(
            f" · {len(found.alternatives)} of {found.asked} alternatives within {100 * found.within:g}%"
            f" · seed {best.seed} · {best.effort} effort",
            style="not bold dim",
        )
        yield ""
        table = Table.grid(padding=(0, 3, 0, 0))
        table.add_column()
        for _ in range(4):
            table.add_column(justify="right")
        table.add_column()
        heads = ("plan", "points", "loss", "from best", "nearest", "")
        table.add_row(*(Text(name, style="dim") for name in heads))
        for cells in self._rows():
            table.add_row(*cells)
        yield table
        yield ""
        yield Text(
            f"Distances count sends, of {_sends(found)}, that differ in type or by more than 30 minutes: to the best "
            "plan, and to the nearest other plan here.",
            style="dim",
        )
        if found.message:
            yield Text(printable(found.message), style="yellow")

    def _rows(self) -> Iterator[tuple[Text, ...]]:
        files = [*self.names, *[""] * (len(self.found.alternatives) + 1)]
        yield (
            Text("best", style="bold"),
            Text(points(self.found.best.objective or 0.0)),
            *[Text("")] * 3,
            _file(files[0]),
        )
        for other in self.found.alternatives:
            yield (
                Text(str(other.number)),
                Text(points(other.value)),
                Text(f"{other.loss_share:.2%}"),
                Text(str(other.from_best)),
                Text(str(other.nearest)),
                _file(files[other.number]),
            )


def _file(name: str) -> Text:
    return Text(printable(name), style="dim")


def _sends(found: Alternatives) -> int:
    return sum(not item.is_follow_up for item in found.best.items)
