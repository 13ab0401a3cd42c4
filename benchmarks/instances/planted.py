"""Instances that are tight around a hidden valid plan.

A plan is drawn by arithmetic alone; then the scenario closes in on it. Gaps grow to what the plan keeps, history moves
up to its first sends, caps fall to its use, types it leaves out are switched off, the window and closed time come
close, and some of its sends are locked. The plan stays valid with no send missing, so every quota can be filled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from schedsolve.model.catalog import FOLLOWUP
from schedsolve.model.week import Week
from schedsolve.solver.decode import Decision

from .dice import Dice
from .frame import frame_of, local_text, week_of
from .generator import cap_types, drawn_plan, history_of, locks_of, tidy
from .ground import Ground
from .knobs import Knobs

WIDEST_GAP = 3
"""A grown gap is at most this many times the type's own."""
SHORTEST_CLOSED = 30
"""Minutes that closed time takes at least."""
REASONS = ("travel", "shooting", "family", "offline", "appointment")
STEP = 5
"""Minutes to which grown gaps, window and closed time are rounded, always in the hidden plan's favour."""


@dataclass(frozen=True)
class Planted:
    """A scenario as plain data, and the plan it was built around."""

    scenario: dict[str, Any]
    decision: Decision


def plant(knobs: Knobs, seed: int) -> Planted:
    """Draw a plan and close in on it.

    Raises
    ------
    ValueError
        When no plan with every send was found: the knobs ask too much.
    """
    raw = frame_of(knobs, seed, closed=0.0)
    raw |= history_of(raw, knobs, seed)
    drawn = week_of(raw)
    hidden = drawn_plan(drawn, Dice(seed, "plan"))
    _grow_gaps(raw, drawn, hidden, knobs.tight_gaps, Dice(seed, "gaps"))
    if knobs.history_days and knobs.tight_gaps:
        _move_history_up(raw, drawn, hidden)
    _switch_off_unused(raw, drawn, hidden)
    _narrow_window(raw, drawn, hidden, knobs.margin)
    narrowed = week_of(raw)
    cap_types(raw, narrowed, hidden, knobs.caps)
    raw["blackouts"] = _closed_time(narrowed, hidden, knobs, Dice(seed, "blackouts"))
    raw["locks"] = locks_of(narrowed, hidden, knobs.locks, Dice(seed, "locks"))
    return Planted(tidy(raw), _with_types_of(week_of(raw), hidden))


def _with_types_of(week: Week, hidden: Decision) -> Decision:
    """The same plan with the send types as the final scenario has them."""
    return replace(
        hidden, sends=tuple(replace(send, send_type=week.types[send.send_type.key]) for send in hidden.sends)
    )


def _moments(hidden: Decision) -> list[int]:
    """The minutes of all sends, followups included, in time order."""
    return sorted([*(send.minute for send in hidden.sends), *(followup.minute for followup in hidden.followups)])


def _grow_gaps(raw: dict[str, Any], week: Week, hidden: Decision, share: float, dice: Dice) -> None:
    """Grow the gaps of a share of the types to the least distance that the plan keeps, history included."""
    rows: dict[str, list[int]] = {}
    for key, minute in ((send.send_type.key, send.minute) for row in (week.past, hidden.sends) for send in row):
        rows.setdefault(key, []).append(minute)
    kept = {
        key: min(later - earlier for earlier, later in pairwise(row))
        for key, row in sorted(rows.items())
        if key in week.types and len(row) > 1
    }
    for key in dice.sample(list(kept), round(share * len(kept))):
        gap = week.types[key].gap_minutes
        grown = min(kept[key], WIDEST_GAP * gap) // STEP * STEP
        if grown > gap:
            raw["send_types"].setdefault(key, {})["min_gap"] = grown


def _move_history_up(raw: dict[str, Any], week: Week, hidden: Decision) -> None:
    """Move each type's last send of history so late that its gap ends as the plan's first such send goes out.

    A send stays in its calendar week, for the caps. Pay-per-view sends and followups stay where they are, and so does
    a send that finds no place with its spacing.
    """
    ground, spacing = Ground(week), week.scenario.rules.min_spacing.minutes
    minutes = {send.index: send.minute for send in week.past}
    last = {send.send_type.key: send for send in week.past}
    for key, send in last.items():
        first = next((later.minute for later in hidden.sends if later.send_type.key == key), None)
        if first is None or send.send_type.ppv or key == FOLLOWUP:
            continue
        others = [minute for index, minute in minutes.items() if index != send.index]
        others += [later.minute for later in hidden.sends[:1]]
        gap = raw["send_types"].get(key, {}).get("min_gap", send.send_type.gap_minutes)
        minutes[send.index] = next(
            (
                minute
                for minute in range(min(first - gap, -1), send.minute, -1)
                if ground.usable(week.horizon.clock(minute))
                and _calendar_week(week, minute) == _calendar_week(week, send.minute)
                and all(abs(minute - other) >= spacing for other in others)
            ),
            send.minute,
        )
    _rewrite_history(raw, week, minutes)


def _calendar_week(week: Week, minute: int) -> tuple[int, int]:
    return week.horizon.local(minute).isocalendar()[:2]


def _rewrite_history(raw: dict[str, Any], week: Week, minutes: dict[int, int]) -> None:
    rows = raw["history"]["sends"]
    order = sorted(minutes, key=minutes.__getitem__)
    raw["history"]["sends"] = [{**rows[index], "at": local_text(week, minutes[index])} for index in order]


def _switch_off_unused(raw: dict[str, Any], week: Week, hidden: Decision) -> None:
    """Switch off the types that the plan leaves out."""
    used = {send.send_type.key for send in hidden.sends}
    for key in week.types:
        if key not in used:
            raw["send_types"][key] = {"enabled": False}


def _narrow_window(raw: dict[str, Any], week: Week, hidden: Decision, margin: int) -> None:
    """Narrow the active window to the plan's earliest and latest time of day, and a margin."""
    clocks = [week.horizon.clock(minute) for minute in _moments(hidden)]
    window = raw["rules"]["active-window"]
    window["start"] = max(window["start"], _hhmm((min(clocks) - margin) // STEP * STEP))
    window["end"] = min(window["end"], _hhmm(-(-(max(clocks) + margin) // STEP) * STEP))


def _hhmm(clock: int) -> str:
    clock = min(max(clock, 0), 24 * 60 - 1)
    return f"{clock // 60:02d}:{clock % 60:02d}"


def _closed_time(week: Week, hidden: Decision, knobs: Knobs, dice: Dice) -> list[dict[str, str]]:
    """Close stretches between the plan's sends, in random order, until the share of active time is reached."""
    days = Ground(week).days
    wanted = knobs.blackouts * sum(map(len, days))
    closed: list[tuple[int, int]] = []
    for start, end in dice.shuffled(list(_free_stretches(week, hidden, knobs.margin, dice))):
        if wanted <= 0:
            break
        wanted -= sum(bisect_left(minutes, end) - bisect_left(minutes, start) for minutes in days)
        closed.append((start, end))
    return [
        {"from": local_text(week, start), "to": local_text(week, end), "reason": dice.pick(REASONS)}
        for start, end in sorted(closed)
    ]


def _free_stretches(week: Week, hidden: Decision, margin: int, dice: Dice) -> Iterator[tuple[int, int]]:
    """The stretches of every day in which the plan sends nothing, less a margin on both sides."""
    for minutes in Ground(week).days:
        sent = [moment for moment in _moments(hidden) if minutes[0] <= moment <= minutes[-1]]
        for earlier, later in pairwise([minutes[0], *sent, minutes[-1]]):
            start = earlier + (dice.between(STEP, margin) if earlier in sent else 0)
            end = later - (dice.between(STEP, margin) if later in sent else 0)
            start, end = -(-start // STEP) * STEP, end // STEP * STEP
            if end - start >= SHORTEST_CLOSED:
                yield start, end
