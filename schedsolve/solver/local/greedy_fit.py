"""Whether a send fits at a minute beside everything that stands already, asked before it is placed."""

from __future__ import annotations

import math
from bisect import bisect_left

from .problem import GUARDED, NO_STYLE, Send
from .state import State


class Fit:
    """The hard rules as one question. `spacing` and `is_open` may be loosened by a ladder; nothing else may.

    After `until` (monotonic clock) no more room is made for missing sends.
    """

    def __init__(
        self,
        state: State,
        spacing: int | None = None,
        is_open: list[bool] | None = None,
        until: float = math.inf,
    ) -> None:
        self._state = state
        self._problem = state.problem
        self.until = until
        needed = state.problem.spacing_at
        self.needed = needed if spacing is None else [spacing] * len(needed)
        self.is_open = state.problem.clock.open if is_open is None else is_open

    def allows(self, day: int, minute: int, kind: int) -> bool:
        """Whether a send of that type may stand at that minute of the day."""
        return (
            self.is_open[minute]
            and minute not in self._problem.banned.get(kind, ())
            and self.spaced(minute)
            and self._gap_kept(minute, kind)
            and self._block_has_room(day, minute)
            and self._clock_is_fresh(day, minute)
            and self._no_repeat(day, minute, kind)
            and self._clear_of_followups(minute)
            and self._style_fits(day, minute, kind)
            and self._in_range(day, kind)
            and self._game_fits(day, kind)
        )

    def spaced(self, minute: int) -> bool:
        """Whether regular sends leave the minute their spacing."""
        row, needed = self._state.times.regular, self.needed
        at = bisect_left(row, minute)
        early = at > 0 and minute - row[at - 1] < needed[minute]
        late = at < len(row) and row[at] - minute < needed[row[at]]
        return not (early or late)

    def _gap_kept(self, minute: int, kind: int) -> bool:
        row, gap = self._state.times.of_type[kind], self._problem.gap[kind]
        at = bisect_left(row, minute)
        early = at > 0 and minute - row[at - 1] < gap
        late = at < len(row) and row[at] - minute < gap
        return not (early or late)

    def _block_has_room(self, day: int, minute: int) -> bool:
        problem = self._problem
        if problem.rolling_max:
            return self._window_has_room(minute)
        block_of, block = problem.clock.block_of, problem.clock.block_of[minute]
        return sum(block_of[send[0]] == block for send in self._state.days[day].sends) < problem.block_max_on[day]

    def _window_has_room(self, minute: int) -> bool:
        """Whether no rolling window that would hold the minute is full."""
        row, most, width = self._state.times.regular, self._problem.rolling_max, self._problem.rolling_minutes
        at = bisect_left(row, minute)
        near = [*row[max(0, at - most) : at], minute, *row[at : at + most]]
        return all(over - first >= width for first, over in zip(near, near[most:], strict=False))

    def _clock_is_fresh(self, day: int, minute: int) -> bool:
        problem = self._problem
        uses = self._state.times.clock_uses[problem.week_of[day]]
        return uses[problem.clock.clock[minute]] < problem.clock_max

    def _no_repeat(self, day: int, minute: int, kind: int) -> bool:
        problem = self._problem
        if not problem.no_repeat:
            return True
        category = problem.category
        alike = [send for send in self._state.days[day].sends if category[send[1]] == category[kind]]
        at = bisect_left(alike, (minute,))
        return kind not in (send[1] for send in alike[max(0, at - 1) : at + 1])

    def _clear_of_followups(self, minute: int) -> bool:
        row, clear = self._state.times.followups, self._problem.clearance
        at = bisect_left(row, (minute - clear + 1,))
        return at == len(row) or row[at][0] >= minute + clear

    def _in_range(self, day: int, kind: int) -> bool:
        """Whether every range that counts the type has room for one more on the day."""
        sends = self._state.days[day].sends
        return all(
            sum(asked.counts[send[1]] for send in sends) < asked.most
            for asked in self._problem.ranges
            if asked.counts[kind]
        )

    def _style_fits(self, day: int, minute: int, kind: int) -> bool:
        style = self._problem.fixed[kind]
        if style == NO_STYLE or not GUARDED[style]:
            return True
        return style_allowed(self._state, day, minute, style)

    def _game_fits(self, day: int, kind: int) -> bool:
        """Whether a game still finds a family that may run on the day."""
        campaigns, state = self._problem.campaigns, self._state
        if campaigns is None or state.campaigns is None or not campaigns.is_game(kind):
            return True
        shown = campaigns.shown([*(send[1] for send in state.days[day].sends), kind])
        return state.campaigns.after(day, shown)[0] <= state.campaign_faults


def style_allowed(state: State, day: int, minute: int, style: int) -> bool:
    """Whether a guarded style may stand there, by its half-day and its neighbours in the pay-per-view sequence."""
    problem = state.problem
    morning = problem.clock.morning
    ppv = [send for send in state.days[day].sends if send[2] != NO_STYLE and send[0] != minute]
    held = sum(send[2] == style and morning[send[0]] == morning[minute] for send in ppv)
    if held >= problem.am_pm_max:
        return False
    return not problem.back_to_back or style not in ppv_neighbours(state, day, minute, ppv)


def ppv_neighbours(state: State, day: int, minute: int, ppv: list[Send]) -> tuple[int, int]:
    """The styles before and after a minute in the pay-per-view sequence; -1 where there is none."""
    at = bisect_left(ppv, (minute,))
    days = state.days[: state.problem.days]
    if at:
        before = ppv[at - 1][2]
    else:
        earlier = (other.last for other in reversed(days[:day]) if other.last is not None)
        before = next(earlier, state.problem.style_before)
    if at < len(ppv):
        after = ppv[at][2]
    else:
        after = next((other.first for other in days[day + 1 :] if other.first is not None), NO_STYLE)
    return before, after
