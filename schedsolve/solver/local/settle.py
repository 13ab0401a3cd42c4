"""Best minutes for sends that stand in a given order: each moves to the dearest minute its neighbours leave it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection

from .problem import Problem, Send
from .state import State
from .timing import GROUPS, POSITIONS

FAR = 10**7
WANTED = -1


def settled(state: State, day: int, sends: list[Send], stretches: Collection[int]) -> list[Send]:
    """The day's sends in the same order and the same stretches, those of `stretches` at their best minutes.

    Spacing to neighbours and the gap of each type are kept where there is room; followups go with their parents, and
    a send with followup `WANTED` gets one where it can.
    """
    problem = state.problem
    spacing, stretch_of = problem.spacing_on[day], problem.clock.stretch_of
    before, after = neighbours(state.times.regular, problem.clock.day_start[day], problem.clock.day_start[day + 1])
    result: list[Send] = []
    stretch, position, served = -1, 0, -FAR
    for place, send in enumerate(sends):
        minute, kind, style, followup = send
        here = stretch_of[minute]
        stretch, position = here, position + 1 if here == stretch else 0
        following = sends[place + 1][0] if place + 1 < len(sends) else after
        if here in stretches and (minute, kind) not in problem.locked:
            low, high = _gap_bounds(state, day, kind, result, sends, place)
            low, high = max(low, before + spacing), min(high, following - spacing)
            minute = _best_minute(problem, here, position, kind, minute, low, high)
        if followup and (followup == WANTED or here in stretches):
            followup = best_followup(problem, minute, here, position, following, served)
        served = followup or served
        result.append((minute, kind, style, followup))
        before = minute
    return result


def neighbours(minutes: list[int], start: int, end: int) -> tuple[int, int]:
    """The last of sorted minutes before `start`, and the first from `end` on."""
    first, last = bisect_left(minutes, start), bisect_left(minutes, end)
    return (minutes[first - 1] if first else -FAR, minutes[last] if last < len(minutes) else FAR)


def _gap_bounds(
    state: State, day: int, kind: int, earlier: list[Send], sends: list[Send], place: int
) -> tuple[int, int]:
    """The minutes that sends of the same type leave: those of other days, and those of this one."""
    problem = state.problem
    gap = problem.gap[kind]
    start, end = problem.clock.day_start[day], problem.clock.day_start[day + 1]
    before, after = neighbours(state.times.of_type[kind], start, end)
    if gap < end - start:
        before = max(before, max((send[0] for send in earlier if send[1] == kind), default=-FAR))
        after = min(after, min((send[0] for send in sends[place + 1 :] if send[1] == kind), default=FAR))
    return before + gap, after - gap


def _best_minute(problem: Problem, stretch: int, position: int, kind: int, minute: int, low: int, high: int) -> int:
    """The dearest minute of the stretch within [low, high]; the given one where there is none."""
    timing, is_open = problem.timing, problem.clock.open
    key = (stretch * POSITIONS + position) * GROUPS + timing.group[kind]
    table, start = timing.table(key), timing.start[stretch]
    low, high = max(low, start), min(high, start + len(table) - 1)
    while low <= high and not is_open[low]:
        low += 1
    while high >= low and not is_open[high]:
        high -= 1
    if low > high:
        return minute
    inside = low <= minute <= high and is_open[minute]
    best, units = (minute, table[minute - start]) if inside else (low, table[low - start])
    for edge in (low, high):
        if table[edge - start] > units:
            best, units = edge, table[edge - start]
    for earned, peak in timing.peaks(key):
        if earned <= units:
            break
        if low <= peak <= high:
            return peak
    return best


def best_followup(problem: Problem, parent: int, stretch: int, position: int, following: int, served: int) -> int:
    """The allowed minute nearest to the drawn delay, clear of the next send and of the last followup; 0 for none."""
    choices = problem.followups.choices(parent)
    if not choices:
        return 0
    wish = parent + problem.timing.wish(stretch, position)
    clear, gap = problem.clearance, problem.followup_gap
    above = bisect_left(choices, wish)
    below = above - 1
    while below >= 0 or above < len(choices):
        if below < 0 or (above < len(choices) and choices[above] - wish <= wish - choices[below]):
            minute, above = choices[above], above + 1
        else:
            minute, below = choices[below], below - 1
        if not -clear < minute - following < clear and minute - served >= gap:
            return minute
    return 0
