"""What rules cost, as a person reads it: a table with the dearest first, how to read it, and what has no price."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from ..model.notch import Notch
from ..model.price import Price, PriceList
from .figures import points
from .lines import Parts, named_each, named_lines
from .plain import printable

ON_REQUEST = ("a single day, lock or blackout", "a further step", "kept with room to spare")
"""Reasons that `--all` does away with."""


class PriceView:
    """Draws a price list."""

    def __init__(self, prices: PriceList) -> None:
        self.prices = prices

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(f"{printable(self.prices.scenario.name)}: what each rule costs", style="bold")
        yield ""
        if self.prices.prices:
            yield _table(self.prices.prices)
            yield ""
        yield named_lines(list(self._figures()))

    def _figures(self) -> Iterator[tuple[str, RenderableType]]:
        told = self.prices
        missing = f", {told.missing} send{'s' * (told.missing != 1)} missing" if told.missing else ""
        yield "value", Text(f"{points(told.value)} points, at most {points(told.bound)} ({told.effort}){missing}")
        if told.prices:
            yield "gain", Text(f"of the best week, beside sends; % of the {points(told.earned)} points that sends earn")
        if not all(price.certain for price in told.prices):
            yield "?", Text("not to be told from nothing at this effort")
        if any(price.draw for price in told.prices):
            yield "*", Text("strategies are drawn anew: the gain is what other strategies happen to earn")
        if not told.reproducible:
            yield "warning", Text("interrupted: another run may tell other figures", style="yellow")
        yield from named_each("not priced", self._unpriced())

    def _unpriced(self) -> Iterator[RenderableType]:
        """Reasons, each with its rules; what of a rule is named where it is not all of it."""
        groups: dict[str, dict[str, list[str]]] = {}
        for left in self.prices.unpriced:
            groups.setdefault(left.reason, {}).setdefault(left.rule, []).append(_what(left.notch))
        for reason, rules in groups.items():
            yield Text(f"{printable(reason)}{' (--all)' if reason in ON_REQUEST else ''}:", style="dim")
            yield Parts([_named(rule, parts) for rule, parts in rules.items()], "  ")


def _table(prices: tuple[Price, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("rule", overflow="fold")
    table.add_column("change", overflow="fold")
    for name in ("sends", "gain", "%", "at least", "at most"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for price in prices:
        gain = price.points
        table.add_row(
            Text(printable(" ".join(filter(None, (price.notch.rule, price.notch.subject))))),
            Text(printable(f"{price.notch.before} -> {price.notch.after}")),
            f"{price.sends:+d}".replace("-", "−") if price.sends else "",
            _signed(gain.best),
            "" if price.percent is None else f"{price.percent:.1f}".replace("-", "−"),
            _signed(gain.at_least),
            _signed(gain.at_most),
            ("" if price.certain else "?") + ("*" if price.draw else ""),
            style="" if price.certain else "dim",
        )
    return table


def _signed(amount: float) -> str:
    return "0" if round(amount, 1) == 0 else f"{amount:+,.1f}".replace("-", "−")


def _what(notch: Notch | None) -> str:
    if notch is None:
        return ""
    return notch.subject or f"{notch.before} -> {notch.after}"


def _named(rule: str, parts: list[str]) -> str:
    named = [part for part in dict.fromkeys(parts) if part]
    if not named or named == ["on -> off"]:
        return rule
    return printable(f"{rule} ({len(named)})" if len(named) > 3 else f"{rule} ({', '.join(named)})")
