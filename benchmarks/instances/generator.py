"""Seeded `creator-week` scenarios: a frame, the days before it, and what a drawn plan says can be asked.

Locks, caps and history come from plans drawn by trial and error, so that they never contradict one another: the drawn
plan itself is a valid answer, sends missing where there is no room.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import ceil
from typing import Any

from benchmarks.evaluator import evaluate
from schedsolve.model.catalog import FOLLOWUP
from schedsolve.model.rotation import STANDARD_PATTERNS
from schedsolve.model.strategies import STRATEGIES
from schedsolve.model.week import Week
from schedsolve.solver.decode import Decision

from .construction import Construction
from .dice import Dice
from .frame import eve_of, frame_of, local_text, week_of
from .knobs import Knobs as Knobs

PLAN_DRAWS = 60
"""Plans drawn until one is valid."""


def scenario_of(knobs: Knobs, seed: int) -> dict[str, Any]:
    """The scenario of these knobs and this seed, as plain data in the form of the contract.

    Raises
    ------
    ValueError
        When no valid plan was found to take locks, caps or history from: the knobs ask too much.
    """
    raw = frame_of(knobs, seed, closed=knobs.blackouts)
    raw |= history_of(raw, knobs, seed)
    if knobs.caps or knobs.locks:
        week = week_of(raw)
        decision = drawn_plan(week, Dice(seed, "plan"), lenient=True)
        cap_types(raw, week, decision, knobs.caps)
        raw["locks"] = locks_of(week, decision, knobs.locks, Dice(seed, "locks"))
    return tidy(raw)


def drawn_plan(week: Week, dice: Dice, lenient: bool = False) -> Decision:
    """A valid plan of the week; `lenient` lets sends be missing. Raises ValueError when none is found."""
    construction = Construction(week, dice, lenient)
    for _ in range(PLAN_DRAWS):
        decision = construction.decide()
        if decision is not None and evaluate(week, decision).valid:
            return decision
    raise ValueError(f"no valid plan found in {PLAN_DRAWS} draws: ease fill, gap_scale or blackouts")


def history_of(raw: dict[str, Any], knobs: Knobs, seed: int) -> dict[str, Any]:
    """The days before, drawn as a plan of their own: sends, rotation and last strategy, under key `history`."""
    if not knobs.history_days:
        return {}
    eve, dice = week_of(eve_of(raw, knobs.history_days)), Dice(seed, "eve")
    decision = drawn_plan(eve, dice, lenient=True)
    sends = [(send.minute, send.send_type.key, send.style) for send in decision.sends]
    sends += [(followup.minute, FOLLOWUP, None) for followup in decision.followups]
    age = dice.between(1, 3)
    rotation = {
        "state": "pattern_active" if age < 3 else dice.pick(("pattern_active", "rotation_pending")),
        "pattern": [style.value for style in dice.pick(STANDARD_PATTERNS)],
        "started": (date.fromisoformat(raw["week_start"]) - timedelta(days=age)).isoformat(),
        "position": dice.between(0, 4 * age),
    }
    rows = [_told(eve, *send) for send in sorted(sends, key=lambda send: send[0])]
    return {"history": {"last_strategy": dice.pick(tuple(STRATEGIES)), "rotation": rotation, "sends": rows}}


def cap_types(raw: dict[str, Any], week: Week, decision: Decision, tightness: float) -> None:
    """Cap every type in use at its greatest use in a week, history counted, divided by the tightness."""
    if not tightness:
        return
    for key, use in peak_uses(week, decision).items():
        cap, stated = ceil(use / tightness - 1e-9), week.types[key].weekly_cap
        if stated is None or cap < stated:
            raw["send_types"].setdefault(key, {})["weekly_cap"] = cap


def peak_uses(week: Week, decision: Decision) -> dict[str, int]:
    """Of every type in the plan, the most sends in one calendar week or week of the plan, history counted."""
    horizon = week.horizon
    sent = [(send.day, send.send_type.key) for send in decision.sends]
    sent += [(horizon.day_of(send.minute), send.send_type.key) for send in week.past]
    uses = Counter(
        (days, key)
        for days in dict.fromkeys((*horizon.calendar_weeks, *horizon.plan_weeks))
        for day, key in sent
        if day in days
    )
    return {
        key: max(count for (_, used), count in uses.items() if used == key)
        for key in week.types
        if any(send.send_type.key == key for send in decision.sends)
    }


def locks_of(week: Week, decision: Decision, count: int, dice: Dice) -> list[dict[str, str]]:
    """`count` sends of the plan, as locks."""
    return [_told(week, send.minute, send.send_type.key, send.style) for send in dice.sample(decision.sends, count)]


def tidy(raw: dict[str, Any]) -> dict[str, Any]:
    """Without empty sections, in the order of the contract."""
    order = ("schedsolve", "kind", "name", "seed", "week_start", "days", "creator", "volume", "performance", "timing",
             "variation", "send_types", "rules", "history", "locks", "blackouts")  # fmt: skip
    return {name: raw[name] for name in order if raw.get(name) not in (None, [], {})}


def _told(week: Week, minute: int, key: str, style: str | None) -> dict[str, str]:
    told = {"at": local_text(week, minute), "send_type_key": key}
    return told if style is None or week.catalog[key].fixed_style else {**told, "ppv_style": str(style)}
