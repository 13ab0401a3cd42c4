"""Why a send is not at a place, or why it is, as a person reads it: the answer, the score behind it, the moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from ..model.placement import Otherwise, Placement, ScoreLine, WhyNot
from .difference_view import DifferenceView
from .figures import points
from .labels import type_label
from .plain import printable

_WHEREVER = ("page-type", "known-type")
"""Rules that forbid a type at any minute."""


class WhyNotView:
    """Draws an answer."""

    def __init__(self, answer: WhyNot) -> None:
        self.answer = answer

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        answer = self.answer
        if answer.conflicts:
            yield from self._conflict()
        if answer.otherwise is not None:
            yield self._verdict(answer.otherwise)
            yield from _behind(answer.otherwise)
        if answer.nearest is not None:
            near = answer.nearest
            yield ""
            sign = "later" if near.minutes > 0 else "earlier"
            title = Text("nearest  ", style="dim").append(named(near.placement), style="bold not dim")
            yield title.append(f", {abs(near.minutes)} min {sign}, can be: ", style="not dim").append_text(
                _price(near.otherwise, "it would cost", "it would even gain")
            )
            yield from _behind(near.otherwise)
        for note in answer.notes:
            yield Text(f"note  {printable(note)}", style="yellow")

    def _conflict(self) -> Iterator[RenderableType]:
        name = named(self.answer.placement)
        text = "cannot be left out" if self.answer.present else "cannot be"
        yield Text(name, style="bold").append(f" {text}:", style="bold red")
        for conflict in self.answer.conflicts:
            rules = f"  ({', '.join(conflict.rules)})" if conflict.rules else ""
            yield Text(f"  {printable(conflict.message)}").append(rules, style="dim")
        hopeless = any(rule in _WHEREVER for conflict in self.answer.conflicts for rule in conflict.rules)
        if self.answer.nearest is None and not self.answer.present and not hopeless:
            yield Text("  nor can it be at any minute within half an hour")

    def _verdict(self, otherwise: Otherwise) -> Text:
        name = Text(named(self.answer.placement), style="bold")
        if self.answer.present:
            return name.append(" is in the plan: ", style="not bold").append_text(
                _price(otherwise, "without it the week loses", "without it the week even gains")
            )
        return name.append(" can be: ", style="not bold").append_text(_price(otherwise, "it costs", "it even gains"))


def named(placement: Placement) -> str:
    """`bundle on Tue 21 Jan at 18:01`."""
    style = f" {placement.ppv_style.value}" if placement.ppv_style else ""
    day = date.fromisoformat(placement.scheduled_date)
    return f"{type_label(placement.send_type_key).long}{style} on {day:%a %d %b} at {placement.scheduled_time[:5]}"


def _price(otherwise: Otherwise, costs: str, gains: str) -> Text:
    price = otherwise.price
    if round(price, 1) == 0:
        return Text("at no price", style="green").append(_interval(otherwise))
    verb, style = (costs, "yellow") if price > 0 else (gains, "green")
    return Text(f"{verb} {points(abs(price))} points", style=style).append(_interval(otherwise))


def _interval(otherwise: Otherwise) -> Text:
    least, most = points(otherwise.least), points(otherwise.most)
    if least == most:
        return Text(f"; proven: {least} to the best plan", style="dim not yellow")
    return Text(f"; to the best plan between {least} and {most}, for all that the bounds tell", style="dim")


def _behind(otherwise: Otherwise) -> Iterator[RenderableType]:
    """The score lines that change, and what moves."""
    if otherwise.score:
        yield ""
        yield _score(otherwise.score)
    yield ""
    yield DifferenceView(otherwise.difference)


def _score(lines: tuple[ScoreLine, ...]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    for _ in range(3):
        table.add_column(justify="right")
    table.add_row(*(Text(name, style="dim") for name in ("score", "before", "after", "change")))
    for line in lines:
        change = Text(
            ("+" if line.change > 0 else "") + points(line.change), style="green" if line.change > 0 else "red"
        )
        table.add_row(Text(line.rule), Text(points(line.before)), Text(points(line.after)), change)
    return table
