"""The week in numbers: its units are the judge's to the last one, and its faults are broken rules."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest

from benchmarks.evaluator import evaluate
from schedsolve.model.week import Week
from schedsolve.solver.local.day import Day
from schedsolve.solver.local.decision import decision_of, state_of
from schedsolve.solver.local.problem import Send
from schedsolve.solver.local.state import State

from ...constraints.weeks import week
from .states import EVERY, greedy, named_week, state_with, walk

STEPS = 120
"""Moves of a random walk; the judge looks at it every `EVERY`."""


def switched_off(*rules: str) -> Week:
    off = {rule: {"enabled": False} for rule in rules}
    return week(days=3, quota=(4, 4, 1), rules=off, locks=["2025-01-21T20:07 ppv_unlock winner"])


def ranged(tier: str, **changes: Any) -> Week:
    """Three days of a content style whose pay-per-view sends and bumps have ranges."""
    quota, ppv, bumps = {"low": ((4, 6, 1), (2, 3), (4, 6)), "high": ((9, 9, 2), (7, 9), (7, 9))}[tier]
    return week(**{"days": 3, "quota": quota, "ppv_range": ppv, "bump_range": bumps, **changes})


def campaigns_of(*off: str) -> Week:
    """Ten days of a free page with a locked game, and what ran before."""
    history = [
        {"date": "2025-01-19", "campaign_type": "descriptive_wall_campaign"},
        {"date": "2025-01-15", "campaign_type": "spin_the_wheel_game"},
    ]
    return week(
        page="free",
        days=10,
        quota=(4, 3, 0),
        rules={rule: {"enabled": False} for rule in off},
        campaigns={"history": history, "families": {"bundle_wall_campaign": {"min_days": 2, "max_days": 3}}},
        locks=["2025-01-22T20:07 game_post"],
    )


WEEKS = {
    name: lambda name=name: named_week(name)
    for name in (
        "05-free-walls",
        "06-spring-clock",
        "08-twelve-locks",
        "10-heavy-history",
        "11-barely-room",
        "12-rolling-wednesday",
        "14-high-paid",
        "16-two-weeks",
        "29-campaign-month",
    )
} | {
    "campaigns": lambda: campaigns_of(),
    "campaigns without distances": lambda: campaigns_of("campaign-spacing"),
    "campaigns without targets": lambda: campaigns_of("campaign-target"),
    "campaigns on links": lambda: week(
        days=9, campaigns={}, send_types={"wall_link_drop": {"family": "descriptive_wall_campaign"}}
    ),
    "no quotas": lambda: switched_off("daily-quota", "day-nonempty"),
    "no clock": lambda: switched_off("min-spacing", "block-limit", "round-minute", "active-window", "avoid-hours"),
    "no types": lambda: switched_off("same-type-gap", "weekly-cap", "no-repeat-type", "type-diversity"),
    "no styles": lambda: switched_off("style-am-pm", "style-back-to-back", "strategy-repeat", "strategy-variety"),
    "low ranges": lambda: ranged("low"),
    "high ranges": lambda: ranged("high"),
    "narrow ranges": lambda: ranged("low", ppv_range=(1, 1), bump_range=(2, 2)),
    "pay-per-view range alone": lambda: ranged("low", bump_range=None),
    "bump range switched off": lambda: ranged("low", rules={"bump-range": {"enabled": False}}),
    "ranges without quotas": lambda: ranged("low", rules={"daily-quota": {"enabled": False}}),
    "no repeats": lambda: switched_off("clock-repeat", "followup-clearance", "followup-daily-limit", "blackout"),
}


@pytest.mark.parametrize("name", WEEKS)
def test_units_and_faults_are_those_of_the_judge_on_a_random_walk(name: str) -> None:
    made, chance = WEEKS[name](), Random(5)
    state = greedy(made, chance)
    problem = state.problem
    for step in range(STEPS // EVERY):
        decision = decision_of(problem, state.days)
        judged = evaluate(made, decision)
        assert (judged.value, judged.valid) == (state.units, state.faults == 0), (step, judged.violations)
        assert judged.missing == state.missing
        again = state_of(problem, decision)
        assert (again.units, again.faults, again.missing) == (state.units, state.faults, state.missing)
        walk(state, chance, boldness=step % 4)


DAY: dict[str, Any] = {"days": 1}
FREE: dict[str, Any] = {
    "days": 7,
    "page": "free",
    "quota": (3, 3, 0),
    "campaigns": {},
    "rules": {"no-repeat-type": {"enabled": False}, "type-diversity": {"enabled": False}},
}
BREACHES: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "min-spacing": (DAY, ["0 09:07 bump_normal"], ["0 09:51 dm_farm"]),
    "same-type-gap": (DAY, ["0 09:07 bump_flyer", "0 10:07 dm_farm"], ["0 13:06 bump_flyer"]),
    "no-repeat-type": (DAY, ["0 09:07 bump_normal"], ["0 10:37 bump_normal"]),
    "block-limit": (
        DAY,
        ["0 08:01 bump_normal", "0 08:46 tip_goal", "0 09:32 dm_farm"],
        ["0 10:17 game_post"],
    ),
    "round-minute": (DAY, ["0 09:07 bump_normal"], ["0 10:15 dm_farm"]),
    "active-window": (DAY, ["0 09:07 bump_normal"], ["0 07:31 dm_farm"]),
    "avoid-hours": (
        {**DAY, "rules": {"active-window": {"start": "00:00", "end": "23:59"}}},
        ["0 09:07 bump_normal"],
        ["0 04:07 dm_farm"],
    ),
    "blackout": (
        {**DAY, "blackouts": [("2025-01-20T12:00", "2025-01-20T13:00")]},
        ["0 13:01 bump_normal"],
        ["0 12:01 dm_farm"],
    ),
    "clock-repeat": (
        {"days": 2, "rules": {"clock-repeat": {"max": 1}}},
        ["0 09:07 bump_normal"],
        ["1 09:07 dm_farm"],
    ),
    "daily-quota": ({**DAY, "quota": (1, 1, 0)}, ["0 09:07 bump_normal", "0 11:07 tip_goal"], ["0 10:07 dm_farm"]),
    "ppv-range": (
        {**DAY, "quota": (4, 0, 0), "ppv_range": (1, 2)},
        ["0 09:07 ppv_unlock solo", "0 11:07 bundle", "0 13:07 tip_goal"],
        ["0 20:07 ppv_unlock winner"],
    ),
    "bump-range": (
        {**DAY, "quota": (1, 4, 0), "bump_range": (2, 2)},
        ["0 09:07 bump_normal", "0 11:07 bump_flyer", "0 13:07 dm_farm"],
        ["0 20:07 bump_text_only"],
    ),
    "campaign-spacing by a third game": (
        FREE,
        ["0 10:07 game_post", "0 15:07 game_post"],
        ["0 20:07 game_post"],
    ),
    "campaign-spacing": (
        FREE,
        ["0 10:07 game_post", "1 11:08 game_post"],
        ["6 12:09 game_post"],
    ),
    "weekly-cap": (
        {"days": 3},
        ["0 09:07 vip_program", "1 09:08 bump_normal", "1 10:07 tip_goal", "1 11:07 dm_farm"],
        ["2 09:07 vip_program"],
    ),
    "type-diversity": (
        {"days": 7, "quota": (0, 2, 0)},
        [f"{day} 09:{day + 1:02} {key}" for day, key in enumerate(["dm_farm", "link_drop", "bump_flyer"])],
        [f"{day} 09:{day + 1:02} bump_normal" for day in range(3, 7)],
    ),
    "type-diversity of all types": (
        {"days": 7, "quota": (0, 1, 0), "rules": {"type-diversity": {"types": 3, "revenue": 0, "engagement": 0}}},
        [f"{day} 09:{day + 1:02} {key}" for day, key in enumerate(["dm_farm", "link_drop"])],
        [f"{day} 09:{day + 1:02} dm_farm" for day in range(2, 7)],
    ),
    "category-balance": (
        {**DAY, "rules": {"daily-quota": {"enabled": False}}},
        ["0 09:07 bump_normal", "0 10:07 tip_goal"],
        ["0 11:07 dm_farm", "0 12:07 bump_flyer"],
    ),
    "style-back-to-back": (
        DAY,
        ["0 10:07 ppv_unlock winner", "0 11:37 tip_goal"],
        ["0 13:07 ppv_unlock winner"],
    ),
    "style-am-pm": (
        DAY,
        ["0 13:07 ppv_unlock winner", "0 16:07 bundle"],
        ["0 20:07 ppv_unlock winner"],
    ),
    "followup-window": (DAY, ["0 10:07 ppv_unlock solo +45"], ["0 13:07 tip_goal +46"]),
    "followup-clearance": (DAY, ["0 10:07 ppv_unlock solo +44"], ["0 10:52 dm_farm"]),
    "followup-daily-limit": (
        {**DAY, "rules": {"followup-daily-limit": {"max": 1}}},
        ["0 10:07 ppv_unlock solo +28"],
        ["0 13:07 tip_goal +28"],
    ),
    "followup-late by an hour": (
        {"days": 3, "timing": {"late_followups": "next_morning"}},
        ["0 23:20 ppv_unlock solo +521", "1 10:07 dm_farm"],
        ["1 23:21 tip_goal +590"],
    ),
    "followup-late": (
        {"days": 2, "rules": {"active-window": {"start": "00:00", "end": "23:59"}}},
        ["0 10:07 ppv_unlock solo", "1 10:08 dm_farm"],
        ["0 23:50 tip_goal +21"],
    ),
}


@pytest.mark.parametrize("case", BREACHES)
def test_a_broken_rule_is_a_fault_and_nothing_else_is(case: str) -> None:
    parameters, kept, breaking = BREACHES[case]
    empty_days = {"day-nonempty": {"enabled": False}}
    made = week(**{**parameters, "rules": {**empty_days, **parameters.get("rules", {})}})
    strategies = [day % 3 for day in made.days]
    for lines, broken in ((kept, set[str]()), ([*kept, *breaking], {case.split()[0]})):
        state = state_with(made, lines, strategies)
        judged = evaluate(made, decision_of(state.problem, state.days))
        assert set(judged.violations) == broken
        assert judged.value == state.units
        assert (state.faults == 0) == judged.valid


def test_faults_do_not_depend_on_the_order_in_which_sends_came() -> None:
    history = ["2025-01-19T23:20 bump_normal", "2025-01-19T23:50 ppv_followup", "2025-01-20T00:20 ppv_followup"]
    made = week(days=1, quota=(6, 6, 0), history=history)
    lines = [
        "0 00:01 tip_goal +15",
        "0 00:10 ppv_unlock solo +28",
        "0 00:31 bump_normal",
        "0 00:33 ppv_unlock winner +20",
        "0 00:37 ppv_unlock winner +28",
    ]
    full = state_with(made, lines, [0])
    problem, chance, counts = full.problem, Random(1), {full.faults}
    for order in permutations(full.days[0].sends):
        state = State(problem, [0])
        empty, held = state.faults, list[Send]()
        for send in order:
            held = sorted([*held, send])
            state.swap(0, Day(problem, 0, held, 0))
        counts.add(state.faults)
        while held:
            gone = chance.choice(held)
            held = [send for send in held if send != gone]
            state.swap(0, Day(problem, 0, held, 0))
        assert state.faults == empty
    assert len(counts) == 1


@pytest.mark.parametrize("held", [0, 1, 2])
def test_what_a_range_lacks_costs_units_and_breaks_no_rule(held: int) -> None:
    made = week(days=1, quota=(3, 1, 0), ppv_range=(2, 3))
    lines = [*["0 09:07 ppv_unlock solo", "0 13:07 bundle"][:held], "0 20:07 tip_goal"]
    state = state_with(made, lines, [0])
    judged = evaluate(made, decision_of(state.problem, state.days))
    assert (judged.violations, judged.value) == ({}, state.units)
    assert (state.faults, state.days[0].lacking) == (0, 2 - held)


def test_repeated_and_too_few_strategies_are_faults() -> None:
    made = week(days=4, last_strategy="storytelling")
    lines = ["0 09:07 bump_normal", "1 09:08 dm_farm", "2 09:09 bump_flyer", "3 09:10 link_drop"]
    last = made.strategies.index("storytelling")
    others = [number for number in range(len(made.strategies)) if number != last]
    one, two, three = others[:3]
    for strategies, broken in (
        ([one, two, three, one], set[str]()),
        ([last, one, two, one], {"strategy-repeat"}),
        ([one, one, two, three], {"strategy-repeat"}),
        ([one, two, one, two], {"strategy-variety"}),
    ):
        state = state_with(made, lines, strategies)
        judged = evaluate(made, decision_of(state.problem, state.days))
        assert set(judged.violations) == broken
        assert (state.faults == 0, state.units) == (judged.valid, judged.value)
