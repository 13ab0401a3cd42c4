"""The week as a calendar: days as columns, the day's four-hour blocks as bands, sends in time order within a band.

Followups stand indented under their parent. Where the terminal is too narrow for seven columns the days are spread
over two rows, and below `STACKED_BELOW` columns they stand one under the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.box import Box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from ..model.plan import DayPlan, Item, Plan, Shortfall
from .labels import (
    CAMPAIGN,
    CATEGORY_COLOURS,
    FOLLOWUP_COLOUR,
    STYLE_LETTERS,
    hour_runs,
    shortfall_day,
    shortfall_label,
    shows_style,
    strategy_label,
    type_label,
)

BAND_HOURS = 4
WEEK = 7
STACKED_BELOW = 80
SHORT_CELL, LONG_CELL, WIDEST_CELL = 13, 18, 22
"""Terminal columns of a day: the least for short labels, the least for long ones, and the most that is of use."""
_GUTTER = 2
_GRID = Box(
    "    \n"  # top
    "  │ \n"
    "━━┿━\n"  # under the head
    "  │ \n"
    "┄┄┼┄\n"  # between bands
    "━━┿━\n"  # above the foot
    "  │ \n"
    "    \n"
)


@dataclass(frozen=True)
class Entry:
    """A send with its followups."""

    item: Item
    followups: tuple[Item, ...]

    @property
    def band(self) -> int:
        """Number of the four-hour block of the send."""
        return int(self.item.scheduled_time[:2]) // BAND_HOURS


@dataclass(frozen=True)
class CalendarDay:
    """One column: what the plan says of a day, its entries in time order, and what it lacks."""

    plan: DayPlan
    entries: tuple[Entry, ...]
    shortfalls: tuple[Shortfall, ...]

    @property
    def regular(self) -> int:
        """Number of sends that are no followups."""
        return sum(not entry.item.is_follow_up for entry in self.entries)

    @property
    def followups(self) -> int:
        """Number of followups."""
        return sum(entry.item.is_follow_up + len(entry.followups) for entry in self.entries)


def calendar_days(plan: Plan) -> list[CalendarDay]:
    """The plan day by day. A followup whose parent is not on the same day stands by itself."""
    by_day: dict[str, list[Item]] = {day.date: [] for day in plan.days}
    for item in plan.items:
        by_day.setdefault(item.scheduled_date, []).append(item)
    return [
        CalendarDay(
            day,
            tuple(_entries(by_day[day.date])),
            tuple(shortfall for shortfall in plan.shortfalls if shortfall_day(shortfall) == day.date),
        )
        for day in plan.days
    ]


def _entries(items: Sequence[Item]) -> Iterator[Entry]:
    ids = {item.slot_id for item in items}
    children: dict[str, list[Item]] = {}
    for item in items:
        if item.parent_item_id in ids:
            children.setdefault(str(item.parent_item_id), []).append(item)
    for item in items:
        if item.parent_item_id not in ids:
            yield Entry(item, tuple(children.get(item.slot_id, ())))


class WeekCalendar:
    """The calendar of a plan, one grid a week."""

    def __init__(self, plan: Plan) -> None:
        self.days = calendar_days(plan)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        weeks = [self.days[start : start + WEEK] for start in range(0, len(self.days), WEEK)]
        for number, week in enumerate(weeks):
            if number:
                yield ""
            if width < STACKED_BELOW:
                yield from _stacked(week)
            else:
                yield from _grids(week, width, len(weeks[0]))


def _grids(week: Sequence[CalendarDay], width: int, longest: int) -> Iterator[Table | str]:
    """The week's columns, in as few rows of columns as the width allows; as wide as those of the longest week."""
    fitting = max(1, (width - _GUTTER) // (SHORT_CELL + 1))
    rows = -(-longest // fitting)
    columns = -(-longest // rows)
    cell = min(WIDEST_CELL, (width - _GUTTER) // columns - 1)
    for start in range(0, len(week), columns):
        if start:
            yield ""
        yield _grid(week[start : start + columns], cell)


def _grid(days: Sequence[CalendarDay], cell: int) -> Table:
    padding = 0 if cell in (SHORT_CELL, LONG_CELL) else 1
    room = cell - padding
    table = Table(box=_GRID, show_edge=False, show_lines=True, show_footer=True, padding=0, pad_edge=False)
    table.border_style, table.header_style, table.footer_style = "dim", "", ""
    table.add_column("", footer="", style="dim", width=_GUTTER)
    for day in days:
        table.add_column(
            _indented(_head(day, room), padding),
            footer=_indented(_foot(day, room), padding),
            width=cell,
            no_wrap=True,
            overflow="ellipsis",
        )
    bands = sorted({entry.band for day in days for entry in day.entries})
    for band in bands:
        cells = [
            _indented(
                [line for entry in day.entries if entry.band == band for line in _entry_lines(entry, room)],
                padding,
            )
            for day in days
        ]
        table.add_row(f"{band * BAND_HOURS:02d}", *cells)
    return table


def _indented(lines: Sequence[Text], columns: int) -> Text:
    return Text("\n").join([Text(" " * columns) + line for line in lines])


def _stacked(week: Sequence[CalendarDay]) -> Iterator[Text]:
    for number, day in enumerate(week):
        if number:
            yield Text()
        head, strategy, prime = _head(day, WIDEST_CELL)
        yield Text("  ").join([head, strategy, prime])
        for entry in day.entries:
            for line in _entry_lines(entry, WIDEST_CELL):
                yield Text("  ") + line
        yield Text("  ") + Text(" · ", style="dim").join(_foot(day, WIDEST_CELL))


def _head(day: CalendarDay, room: int) -> list[Text]:
    strategy = strategy_label(day.plan.strategy)
    return [
        Text(f"{date.fromisoformat(day.plan.date):%a %d %b}", style="bold"),
        Text(strategy.long if len(strategy.long) <= room else strategy.short, style="italic"),
        Text(f"prime {hour_runs(day.plan.prime_hours)}" if day.plan.prime_hours else "no prime hour", style="dim"),
    ]


def _entry_lines(entry: Entry, room: int) -> Iterator[Text]:
    yield _followup_line(entry.item, room) if entry.item.is_follow_up else _send_line(entry.item, room)
    for followup in entry.followups:
        yield _followup_line(followup, room)


def _send_line(item: Item, room: int) -> Text:
    line = Text(item.scheduled_time[:5])
    line.append(*(("*", "bold") if item.locked else (CAMPAIGN if item.campaign_type else " ",)))
    return line.append(_name(item, long=room >= LONG_CELL), style=CATEGORY_COLOURS[item.category])


def _followup_line(item: Item, room: int) -> Text:
    delay = item.followup_delay_minutes
    wait = "" if delay is None else f" +{delay}m" if delay < 100 else f" +{delay // 60}h"
    line = Text(f" ↳{item.scheduled_time[:5]}{wait}", style=FOLLOWUP_COLOUR)
    return line.append(" followup") if room >= len(line) + 9 else line


def _name(item: Item, long: bool) -> str:
    label = type_label(item.send_type_key)
    name = label.long if long else label.short
    if item.ppv_style is None or not shows_style(item.send_type_key):
        return name
    return f"{name} {item.ppv_style.value if long else STYLE_LETTERS[item.ppv_style]}"


def _foot(day: CalendarDay, room: int) -> list[Text]:
    count = Text(f"{day.regular} send{'s' * (day.regular != 1)}")
    if day.followups:
        count.append(f" ↳{day.followups}", style=FOLLOWUP_COLOUR)
    lacking = [
        Text(f"−{short.wanted - short.placed} {shortfall_label(short)}"[:room], style="bold red")
        for short in day.shortfalls
    ]
    return [count, *lacking]
