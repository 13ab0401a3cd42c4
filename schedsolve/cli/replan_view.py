"""A replanned week as a person reads it: what moved, what is gone, what is new, and what that was worth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..model.difference import Appearance, Change, Fate
from ..model.plan import Shortfall
from ..model.replanned import Replanned
from .figures import audit_text, days_text, points
from .labels import shortfall_day, shortfall_label, shows_style, type_label
from .lines import named_each, named_lines
from .plain import printable

_GROUPS: tuple[tuple[Fate, str, str], ...] = (
    ("moved", "moved", "yellow"),
    ("dropped", "dropped", "red"),
    ("added", "added", "green"),
)


class ReplanView:
    """Draws the differences by fate, then value, moves, audit and warnings."""

    def __init__(self, result: Replanned) -> None:
        self.result = result

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        plan = self.result.plan
        title = Text(printable(plan.scenario.name), style="bold")
        now = datetime.fromisoformat(self.result.now.replace("Z", "+00:00"))
        local = now.astimezone(ZoneInfo(self.result.scenario.creator.timezone))
        text = f" · replanned as of {local:%a %d %b %H:%M} · {plan.creator_id} · {local.tzinfo}"
        yield title.append(text, style="not bold dim")
        yield ""
        for fate, name, colour in _GROUPS:
            changes = self.result.difference.of(fate)
            if changes:
                yield Text(f"{name} {len(changes)}", style=f"bold {colour}")
                yield Padding(self._table(changes), (0, 0, 0, 2))
                yield ""
        yield named_lines(list(self._figures()))

    def _table(self, changes: tuple[Change, ...]) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0))
        for change in changes:
            table.add_row(*self._row(change))
        return table

    def _row(self, change: Change) -> tuple[str, ...]:
        here = change.old or change.new
        assert here is not None
        label = type_label(change.send_type_key).long
        named = (printable(here.slot_id), f"{label} {here.ppv_style}" if _styled(change, here) else label)
        if change.old is None or change.new is None:
            forced = change.old is not None and here.slot_id in self.result.impossible
            return (*named, _when(here), "ruled out by the changes" if forced else "")
        restyled = f", now {change.new.ppv_style}" if change.old.ppv_style != change.new.ppv_style else ""
        same_day = change.old.scheduled_date == change.new.scheduled_date
        new = change.new.scheduled_time[:5] if same_day else _when(change.new)
        return (*named, f"{_when(change.old)} -> {new}", f"{change.minutes:+d} min{restyled}".replace("-", "−"))

    def _figures(self) -> Iterator[tuple[str, RenderableType]]:
        result, plan = self.result, self.result.plan
        yield "kept", Text(str(len(result.difference.of("kept"))))
        yield "moves", Text(self._moves())
        yield "value", Text(self._value())
        yield "proven", Text(self._proven())
        lines = (
            f"{entry.slot_id} on {days_text([entry.date], 0)}" if entry.date else f"{entry.slot_id}: no day has room"
            for entry in result.made_up
        )
        yield from named_each("made up", (Text(printable(line)) for line in lines))
        if plan.audit is not None:
            yield "audit", audit_text(plan.audit)
        shorts = (
            f"{shortfall_label(short)} −{short.wanted - short.placed}{_on(short)}: held back by "
            f"{', '.join(short.binding)}"
            for short in plan.shortfalls
        )
        yield from named_each("missing", (Text(line, style="red") for line in shorts))
        warnings = (Text(printable(warning.message), style="yellow") for warning in plan.warnings)
        yield from named_each("warning", warnings)

    def _moves(self) -> str:
        result = self.result
        allowed = "" if result.max_moves is None else f" of at most {result.max_moves}"
        followers = result.churn - self._visible()
        parts = [f"{result.churn}{allowed}"]
        if followers > 0:
            parts.append(f"{followers} of them followups whose parent moved")
        if result.impossible:
            parts.append(f"{len(result.impossible)} sends that the changes rule out are not counted")
        return "; ".join(parts)

    def _visible(self) -> int:
        """Moves that the table shows as such."""
        changes = (*self.result.difference.of("moved"), *self.result.difference.of("dropped"))
        return sum(change.old is not None and change.old.slot_id not in self.result.impossible for change in changes)

    def _value(self) -> str:
        result = self.result
        assert result.plan.objective is not None
        text = f"{points(result.before)} points before, {points(result.plan.objective)} now"
        if result.churn and result.move_cost:
            paid = result.churn * result.move_cost
            text += f"; {points(result.net)} less {points(paid)} for moves ({result.move_cost:g} each)"
        return text

    def _proven(self) -> str:
        result = self.result
        if result.bound <= result.net:
            return "no plan is worth more, moves paid"
        return f"no plan is worth more than {points(result.bound)}, moves paid (gap {result.gap:.2%})"


def _styled(change: Change, here: Appearance) -> bool:
    return here.ppv_style is not None and shows_style(change.send_type_key)


def _when(place: Appearance) -> str:
    return f"{date.fromisoformat(place.scheduled_date):%a %d %b} {place.scheduled_time[:5]}"


def _on(short: Shortfall) -> str:
    """` on Wed 22 Jan`; nothing where it is of the whole plan."""
    day = shortfall_day(short)
    return f" on {days_text([day], 0)}" if day else ""
