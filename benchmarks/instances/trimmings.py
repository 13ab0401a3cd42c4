"""What is drawn once the regular sends stand: followups and strategies."""

from __future__ import annotations

from collections import Counter

from schedsolve.constraints.preferences.strategy_choice import StrategyChoice
from schedsolve.model.catalog import FOLLOWUP
from schedsolve.model.week import Week
from schedsolve.solver.decode import DecidedFollowup

from .dice import Dice
from .ground import Ground
from .trail import Trail


def followups_of(ground: Ground, trail: Trail, dice: Dice) -> tuple[DecidedFollowup, ...]:
    """A followup on its parent's day wherever one fits, first come, first served."""
    week = ground.week
    rules, window, gap = week.scenario.rules, week.followup_window, week.catalog[FOLLOWUP].gap_minutes
    clocks = Counter((trail.weeks.of_plan[send.day], week.horizon.clock(send.minute)) for send in trail.sends)
    before = [send.minute for send in week.past if send.send_type.key == FOLLOWUP]
    sent = Counter(week.horizon.day_of(minute) for minute in before)
    held: list[DecidedFollowup] = []
    for place, parent in enumerate(trail.sends):
        if not parent.send_type.followup or sent[parent.day] >= rules.followup_daily_limit.max:
            continue
        days, last = trail.weeks.of_plan[parent.day], held[-1].minute if held else max(before, default=-gap)
        low = max(parent.minute + window.earliest, last + gap)
        near = [other for other in trail.moments if abs(other - parent.minute) < 2 * 24 * 60 and other != parent.minute]
        room = [
            minute
            for minute in range(low, parent.minute + window.latest + 1)
            if minute in ground.days[parent.day]
            and clocks[days, week.horizon.clock(minute)] < rules.clock_repeat.max
            and all(abs(minute - other) >= rules.followup_clearance.minutes for other in near)
        ]
        if room:
            held.append(DecidedFollowup(dice.pick(room), place, None, late=False))
            clocks[days, week.horizon.clock(held[-1].minute)] += 1
            sent[parent.day] += 1
    return tuple(held)


def strategies_of(week: Week, dice: Dice) -> tuple[str, ...]:
    """A strategy a day, none twice in a row and enough different ones: those the week's draw favours, if they do."""
    best: dict[str | None, tuple[int, list[str]]] = {week.last_strategy: (0, [])}
    for units in StrategyChoice.of(week).units:
        best = {
            key: max((value + units[key], [*row, key]) for last, (value, row) in best.items() if last != key)
            for key in week.strategies
            if set(best) != {key}
        }
    chosen = max(best.values())[1]
    while not _varied(week, chosen):
        for day in week.days:
            before = chosen[day - 1] if day else week.last_strategy
            chosen[day] = dice.pick([key for key in week.strategies if key != before])
    return tuple(chosen)


def _varied(week: Week, chosen: list[str]) -> bool:
    floor = min(week.scenario.rules.strategy_variety.strategies, len(week.strategies))
    return all(len({chosen[day] for day in days}) >= min(floor, len(days)) for days in week.horizon.plan_weeks)
