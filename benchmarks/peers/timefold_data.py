"""A week as plain data for the process that runs Timefold."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from schedsolve.constraints.preferences.balanced_week import OFF_BALANCE
from schedsolve.constraints.preferences.followup_offset import PER_MINUTE
from schedsolve.constraints.preferences.interleaving import ALIKE
from schedsolve.constraints.preferences.rotation_adherence import ADHERED
from schedsolve.model.catalog import FOLLOWUP
from schedsolve.model.week import FixedSend
from schedsolve.solver.local.problem import CATEGORIES, GUARDED, NEVER, NO_STYLE, Problem

UNLOCKED = -1
LEAST_ROOM = 45
"""Minutes that each send of a stretch takes up at least, when positions are counted; later ones count as the last."""


def data_of(problem: Problem, strategies: list[int]) -> dict[str, Any]:
    """Everything the constraint streams ask for, with the strategy of each day given."""
    reach = max(end - start for start, end in pairwise(problem.clock.day_start[: problem.days + 1]))
    days = [_Day(problem, day, strategies[day], reach).data() for day in range(problem.days)]
    usable = {minute for day in days for minute, is_open in enumerate(day["open"]) if is_open}
    locked = {send["locked"] for day in days for send in day["sends"]} - {UNLOCKED}
    return {
        "minutes": sorted(usable | locked),
        "delays": [0, *range(problem.followups.earliest, problem.followups.latest + 1)],
        "kinds": [_kind(problem, kind, strategies) for kind in problem.types],
        "offers": [_offers(problem, category) for category in range(len(CATEGORIES))],
        "days": days,
        "rules": _rules(problem),
    }


def _offers(problem: Problem, category: int) -> list[tuple[int, int, bool]]:
    """Type, style and whether the style is guarded, for all types of a category."""
    offers = []
    for kind in problem.types_in[category]:
        styles = range(len(GUARDED)) if problem.rotated[kind] else [problem.fixed[kind]]
        offers += [(kind, style, style != NO_STYLE and GUARDED[style]) for style in styles]
    return offers


def _kind(problem: Problem, kind: int, strategies: list[int]) -> dict[str, Any]:
    key = problem.rows[kind].key
    past = [send for send in problem.week.past if send.send_type.key == key]
    uses = [table[kind] for table in problem.variety]
    most = max(map(len, uses)) - 1
    return {
        "number": kind,
        "category": problem.category[kind],
        "gap": problem.gap[kind],
        "opening": max((send.minute + problem.gap[kind] for send in past), default=0),
        "ppv": problem.ppv[kind],
        "rotated": problem.rotated[kind],
        "takes_followup": problem.takes_followup[kind],
        "followup_units": problem.followup_units[kind],
        "table": problem.timing.group[kind],
        "gains": [problem.gain[day][strategy][kind] for day, strategy in enumerate(strategies)],
        "caps": [problem.cap[kind] - _sent_in(problem, past, days) for days in problem.spans],
        "variety": [units for table in uses for units in table + table[-1:] * (most + 1 - len(table))],
        "most_uses": most,
    }


def _sent_in(problem: Problem, past: list[FixedSend], days: range) -> int:
    return sum(problem.week.horizon.day_of(send.minute) in days for send in past)


def _rules(problem: Problem) -> dict[str, Any]:
    past = [problem.week.horizon.day_of(s.minute) for s in problem.week.past if s.send_type.key == FOLLOWUP]
    shares = {at: share for at, share, _ in problem.bounds}
    return {
        "spacing": problem.spacing,
        "clearance": problem.clearance,
        "followup_gap": problem.followup_gap,
        "followups_max": [problem.followups_a_day - past.count(day) for day in range(problem.days + 1)],
        "block_width": problem.clock.width,
        "block_max": problem.block_max,
        "rolling_max": problem.rolling_max,
        "rolling_minutes": problem.rolling_minutes,
        "clock_max": problem.clock_max,
        "no_repeat": problem.no_repeat,
        "am_pm_max": problem.am_pm_max,
        "back_to_back": problem.back_to_back,
        "style_before": problem.style_before,
        "floors": [list(floors) for floors in zip(*problem.floors, strict=True)],
        "balanced": problem.balanced,
        "bounds": [shares.get(0, 0), shares.get(1, 0), shares.get(2, 1000000)],
        "off_balance": OFF_BALANCE,
        "alike": ALIKE,
        "adhered": ADHERED,
        "first_position": [problem.first_position if at == 0 else 0 for at in range(len(problem.periods))],
    }


class _Day:
    """One day's facts; minutes are counted from its start, up to `reach`, the longest day's length."""

    def __init__(self, problem: Problem, day: int, strategy: int, reach: int) -> None:
        self._problem = problem
        self._day = day
        self._strategy = strategy
        self._reach = reach
        self._start = problem.clock.day_start[day]
        self._length = problem.clock.day_start[day + 1] - self._start
        self._stretches = [at for at, stretch in enumerate(problem.clock.stretches) if stretch.day == day]
        longest = max(stretch.end - stretch.start for stretch in problem.clock.stretches)
        self._positions = min(problem.block_max, 1 + longest // LEAST_ROOM)

    def data(self) -> dict[str, Any]:
        """All of it."""
        problem, day = self._problem, self._day
        clock = problem.clock.clock[self._start : self._start + self._length]
        most = max(map(len, problem.missing[day])) - 1
        return {
            "number": day,
            "week": problem.week_of[day],
            "spans": [min(problem.spans_of[day]), max(problem.spans_of[day])],
            "start": self._start,
            "length": self._length,
            "jump_at": next((at for at, local in enumerate(clock) if local != at), NEVER),
            "jump": clock[-1] - self._length + 1,
            "open": [int(self._open(minute)) for minute in range(self._reach)],
            "followup_open": [int(self._followup_open(minute)) for minute in range(self._reach + self._latest + 1)],
            "distinct": problem.distinct[self._strategy],
            "half_bonus": problem.half_bonus[::-1],
            "pattern": problem.pattern[day],
            "period": problem.period_of[day],
            "positions": self._positions,
            "tables_a_position": max(problem.timing.group) + 1,
            "tables": self._tables(),
            "stretch_of": [self._stretch_of(minute) for minute in range(self._reach)],
            "wishes": [
                problem.timing.wish(at, position) for at in self._stretches for position in range(self._positions)
            ],
            "per_minute": PER_MINUTE,
            "missing": [row[max(0, len(row) - 1 - n)] for row in problem.missing[day] for n in range(most + 1)],
            "most_missing": most,
            "nonempty": problem.nonempty[day],
            "sends": self._sends(),
        }

    @property
    def _latest(self) -> int:
        return self._problem.followups.latest

    def _open(self, minute: int) -> bool:
        """Whether a regular send may stand there for all that is known beforehand."""
        problem, at = self._problem, self._start + minute
        if minute >= self._length or not problem.clock.open[at]:
            return False
        return all(
            abs(at - past.minute) >= (problem.clearance if past.send_type.key == FOLLOWUP else problem.spacing)
            for past in problem.week.past
        )

    def _followup_open(self, minute: int) -> bool:
        """Whether a followup of a parent of this day may stand there; those of the next morning are left out."""
        problem, at = self._problem, self._start + minute
        parent = min(minute - problem.followups.earliest, self._length - 1)
        if parent < max(0, minute - self._latest) or problem.followups.late(self._day, at):
            return False
        return not problem.followups.faults(self._start + parent, at) and all(
            abs(at - past.minute) >= (problem.followup_gap if past.send_type.key == FOLLOWUP else problem.clearance)
            for past in problem.week.past
        )

    def _stretch_of(self, minute: int) -> int:
        """The number of the stretch on its day."""
        if minute >= self._length:
            return 0
        return self._problem.clock.stretch_of[self._start + minute] - self._stretches[0]

    def _tables(self) -> list[list[int]]:
        """Units by minute for each position and group of types."""
        timing = self._problem.timing
        padding = [0] * (self._reach - self._length)
        return [
            [units for at in self._stretches for units in timing.table(timing.key(at, position, group))] + padding
            for position in range(self._positions)
            for group in range(max(timing.group) + 1)
        ]

    def _sends(self) -> list[dict[str, Any]]:
        """One for every send of the quota, those of locks first; a lock has its own offers."""
        problem = self._problem
        sends = []
        for category, quota in enumerate(problem.quota[self._day]):
            locks = [lock for lock in problem.locks[self._day] if problem.category[lock[1]] == category]
            for minute, kind, style, _ in locks:
                free = problem.rotated[kind] and style == NO_STYLE
                styles = range(len(GUARDED)) if free else [style]
                offers = [(kind, look, look != NO_STYLE and GUARDED[look]) for look in styles]
                sends.append({"category": category, "locked": minute - self._start, "offers": offers})
            sends += [{"category": category, "locked": UNLOCKED, "offers": []}] * (quota - len(locks))
        return sends
