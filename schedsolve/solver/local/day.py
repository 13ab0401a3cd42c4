"""One day by itself: the units its sends earn, the rules they break among themselves, and what the week must know."""

from __future__ import annotations

from ...constraints.preferences.followup_offset import PER_MINUTE
from ...constraints.preferences.full_range import LACKING
from ...constraints.preferences.interleaving import ALIKE
from .problem import CATEGORIES, GUARDED, NO_STYLE, RETENTION, Problem, Send
from .timing import GROUPS, POSITIONS


class Day:
    """A day's sends in time order and its strategy, with their units and faults; never changed once made.

    `first` and `last` are the styles of the day's first and last pay-per-view send (None without any), `rotated` the
    styles of the rotation-styled sends in order, `counts` the sends by category, `missing` what quotas want still,
    `lacking` what ranges do, and `shown` the campaigns that its sends can carry.
    """

    __slots__ = (
        "counts",
        "faults",
        "first",
        "lacking",
        "last",
        "missing",
        "rotated",
        "sends",
        "shown",
        "strategy",
        "units",
    )

    def __init__(self, problem: Problem, day: int, sends: list[Send], strategy: int) -> None:
        self.sends = sends
        self.strategy = strategy
        self.counts = [0] * len(CATEGORIES)
        self.first: int | None = None
        self.last: int | None = None
        self.rotated: tuple[int, ...] = ()
        self.missing = self.lacking = self.shown = 0
        if day == problem.days:
            self.faults = 0
            self.units = sum(problem.followups.open_parents[place].units for _, place, _, followup in sends if followup)
            return
        self.faults = _repeated(problem, day, sends)
        self.units = problem.choice[day][strategy] + self._earned(problem, day, sends, strategy)
        self._style(problem, sends)
        self._count(problem, day)
        if problem.campaigns is not None:
            self.shown = problem.campaigns.shown([send[1] for send in sends])

    def _earned(self, problem: Problem, day: int, sends: list[Send], strategy: int) -> int:
        """Units by type and minute, followups included."""
        timing, category = problem.timing, problem.category
        stretch_of, start, tables, group = problem.clock.stretch_of, timing.start, timing.tables, timing.group
        gain, counts = problem.gain[day][strategy], self.counts
        units, stretch, position, before = 0, -1, 0, -1
        for minute, kind, _, followup in sends:
            here, kind_category = stretch_of[minute], category[kind]
            counts[kind_category] += 1
            if here == stretch:
                position += 1
                if kind_category == before:
                    units -= ALIKE
            else:
                stretch, position = here, 0
            before = kind_category
            key = (here * POSITIONS + position) * GROUPS + group[kind]
            table = tables.get(key)
            if table is None:
                table = timing.table(key)
            units += gain[kind] + table[minute - start[here]]
            if followup:
                units += problem.followup_units[kind]
                if not problem.followups.late(day, followup):
                    units -= PER_MINUTE * abs(followup - minute - timing.wish(here, position))
        if problem.distinct[strategy]:
            spread = {kind for _, kind, _, _ in sends if category[kind] != RETENTION}
            units += problem.distinct[strategy] * len(spread)
        return units

    def _style(self, problem: Problem, sends: list[Send]) -> None:
        """Faults and units of styles within the day, and the styles that the week must know."""
        morning, most = problem.clock.morning, problem.am_pm_max
        held: dict[int, int] = {}
        rotated = []
        for minute, kind, style, _ in sends:
            if style == NO_STYLE:
                continue
            if problem.rotated[kind]:
                rotated.append(style)
            if GUARDED[style]:
                half = style + style + morning[minute]
                held[half] = count = held.get(half, 0) + 1
                self.faults += (count > most) + (style == self.last and problem.back_to_back)
                self.units += problem.half_bonus[morning[minute]]
            if self.first is None:
                self.first = style
            self.last = style
        self.rotated = tuple(rotated)

    def _count(self, problem: Problem, day: int) -> None:
        """Full quotas, and at least one send where one is wanted."""
        for placed, wanted, losses in zip(self.counts, problem.quota[day], problem.missing[day], strict=True):
            if placed > wanted:
                self.faults += (placed - wanted) * problem.quotas_bind
            elif problem.quotas_bind:
                self.units -= losses[placed]
                self.missing += wanted - placed
        if problem.nonempty[day] and not self.sends:
            self.faults += 1
        if problem.ranges:
            self._range(problem, day)

    def _range(self, problem: Problem, day: int) -> None:
        """Pay-per-view sends and bumps in their ranges."""
        for asked in problem.ranges:
            held, counts = 0, asked.counts
            for _, kind, _, _ in self.sends:
                held += counts[kind]
            if held > asked.most:
                self.faults += held - asked.most
            elif held < asked.least[day]:
                self.lacking += asked.least[day] - held
        self.units -= LACKING * self.lacking


def _repeated(problem: Problem, day: int, sends: list[Send]) -> int:
    """Faults of minutes, blocks and repeated types within the day."""
    banned = problem.banned
    closed, block_of, category = problem.clock.closed, problem.clock.block_of, problem.category
    faults, most = 0, problem.block_max_on[day]
    blocks: dict[int, int] = {}
    latest = [-1] * len(CATEGORIES)
    for minute, kind, _, followup in sends:
        faults += closed[minute]
        if banned and minute in banned.get(kind, ()):
            faults += 1
        block = block_of[minute]
        blocks[block] = count = blocks.get(block, 0) + 1
        if count > most:
            faults += 1
        kind_category = category[kind]
        if latest[kind_category] == kind and problem.no_repeat:
            faults += 1
        latest[kind_category] = kind
        if followup:
            faults += problem.followups.faults(minute, followup)
    return faults
