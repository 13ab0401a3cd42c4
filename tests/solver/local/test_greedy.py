"""The greedy plan: it breaks no rule, holds nearly all sends, and is the same for the same seed."""

from __future__ import annotations

import math
from itertools import product
from random import Random

import pytest

from benchmarks.evaluator import evaluate
from schedsolve.constraints.preferences.rotation_adherence import ADHERED
from schedsolve.model.capacity import unplaceable
from schedsolve.model.range_reach import unreachable
from schedsolve.model.week import Week
from schedsolve.solver.decode import Decision
from schedsolve.solver.lacking import lacking_of
from schedsolve.solver.local.day import Day
from schedsolve.solver.local.decision import decision_of
from schedsolve.solver.local.greedy import greedy_state
from schedsolve.solver.local.greedy_counts import wanted_sends
from schedsolve.solver.local.greedy_finish import add_followups
from schedsolve.solver.local.greedy_fit import Fit
from schedsolve.solver.local.greedy_places import first_style, put, remove
from schedsolve.solver.local.greedy_strategies import drawn_strategies
from schedsolve.solver.local.problem import Problem
from schedsolve.solver.local.state import State

from ...constraints.weeks import Split, week
from .states import greedy, named_week

NAMES = (
    "01-gentle-low",
    "02-long-weekend",
    "04-mid-paid",
    "05-free-walls",
    "08-twelve-locks",
    "10-heavy-history",
    "11-barely-room",
    "13-launch-days",
    "14-high-paid",
    "16-two-weeks",
)


def plan_of(made: Week, seed: int = 1) -> Decision:
    state = greedy(made, Random(seed))
    return decision_of(state.problem, state.days)


@pytest.mark.parametrize("name", NAMES)
def test_a_greedy_plan_breaks_no_rule_and_holds_nearly_every_send(name: str) -> None:
    made = named_week(name)
    decision = plan_of(made)
    judged = evaluate(made, decision)
    assert judged.violations == {}
    assert judged.missing - sum(unplaceable(made)) <= 1
    assert judged.units["strategy-choice"] == 0
    assert judged.units["followup-value"] > 0
    minutes = [send.minute for send in decision.sends]
    assert minutes == sorted(minutes)
    assert all(count > 0 for count in decision.missing.values())
    assert len(decision.strategies) == len(made.days)


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    made = named_week("04-mid-paid")
    assert plan_of(made, 1) == plan_of(made, 1)
    assert plan_of(made, 1) != plan_of(made, 2)


def test_a_lone_send_is_the_dearest_type_at_its_dearest_minute() -> None:
    made = week(days=1, quota=(1, 0, 0), variation={"temperature": 0.0}, timing={"peak_hours": [20, 21, 22]})
    problem = Problem(made)
    state = greedy_state(problem, Random(1), 0.0, math.inf)
    reached = state.units
    remove(state, 0, state.days[0].sends[0])
    others = []
    for kind in problem.types:
        for minute in range(1440):
            if problem.clock.open[minute]:
                put(state, 0, (minute, kind, first_style(problem, kind), 0))
                add_followups(state)
                others.append(state.units)
                remove(state, 0, state.days[0].sends[0])
    assert reached >= max(others)


@pytest.mark.parametrize("name", ["08-twelve-locks", "12-rolling-wednesday"])
def test_what_fits_breaks_nothing_and_what_does_not_fit_breaks_something(name: str) -> None:
    chance = Random(3)
    state = thinned(greedy(named_week(name), chance), chance)
    problem = state.problem
    fit, asked = Fit(state), {True: 0, False: 0}
    for _ in range(1000):
        day, kind = chance.randrange(problem.days), chance.choice(problem.types)
        minute = chance.randrange(problem.clock.day_start[day], problem.clock.day_start[day + 1])
        category, old = problem.category[kind], state.days[day]
        if old.counts[category] == problem.quota[day][category] or minute in {send[0] for send in old.sends}:
            continue
        allowed = fit.allows(day, minute, kind)
        put(state, day, (minute, kind, first_style(problem, kind), 0))
        assert allowed == (not state.faults - state.tally.faults), (day, minute, problem.rows[kind].key)
        state.swap(day, old)
        asked[allowed] += 1
    assert min(asked.values()) > 10


def thinned(state: State, chance: Random) -> State:
    """Without its followups and without half of its sends, as far as that breaks no rule."""
    problem = state.problem
    for day in range(problem.days):
        sends = [(minute, kind, style, 0) for minute, kind, style, _ in state.days[day].sends]
        state.swap(day, Day(problem, day, sends, state.days[day].strategy))
        for send in chance.sample(sends, len(sends) // 2):
            if (send[0], send[1]) not in problem.locked:
                before = state.days[day]
                remove(state, day, send)
                if state.faults - state.tally.faults:
                    state.swap(day, before)
    assert state.faults == state.tally.faults
    return state


def test_rotation_styled_sends_follow_the_pattern_where_the_style_rules_let_them() -> None:
    made = named_week("04-mid-paid")
    state = greedy(made, Random(1))
    rotated = sum(len(day.rotated) for day in state.days)
    judged = evaluate(made, decision_of(state.problem, state.days))
    assert judged.units["rotation-adherence"] >= ADHERED * rotated * 0.7


def test_strategies_are_the_likeliest_sequence_that_the_rules_allow() -> None:
    made = week(days=3, last_strategy="storytelling")
    problem = Problem(made)
    allowed = [
        (problem.strategy_before, *names)
        for names in product(problem.strategies, repeat=3)
        if len(set(names)) == 3 and names[0] != problem.strategy_before
    ]
    best = max(allowed, key=lambda names: sum(problem.choice[day][name] for day, name in enumerate(names[1:])))
    assert tuple(drawn_strategies(problem)) == best[1:]


def test_a_week_that_its_quotas_balance_stays_in_balance_where_days_cannot_hold_them() -> None:
    made = named_week("20-four-weeks-mid")
    state = greedy(made, Random(1))
    problem = state.problem
    assert sum(unplaceable(made)) > 0
    assert sum(problem.balanced) == 2
    judged = evaluate(made, decision_of(problem, state.days))
    assert judged.units["category-balance"] == 0


@pytest.mark.parametrize(
    ("quota", "wanted"),
    [
        ([(6, 2, 1), (0, 4, 2)], [[5, 1, 0], [0, 4, 2]]),  # 4, 1 and 1 would leave 3 of 12 to retention
        ([(6, 4, 1), (3, 0, 2)], [[3, 3, 0], [3, 0, 2]]),  # 4, 2 and 0 would leave 2 of 11 to engagement
        ([(6, 2, 3), (0, 4, 2)], [[4, 1, 1], [0, 4, 2]]),  # the quotas themselves are off balance
    ],
)
def test_a_day_that_holds_six_sends_misses_those_that_keep_the_week_in_balance(
    quota: list[Split], wanted: list[list[int]]
) -> None:
    problem = Problem(week(days=2, quota=quota, blackouts=[("2025-01-20T08:00", "2025-01-20T18:00")]))
    assert problem.capacity == [6, 12]
    assert wanted_sends(problem) == wanted


@pytest.mark.parametrize(
    ("quota", "ppv", "bumps", "wanted"),
    [
        ((4, 6, 1), (2, 3), (4, 6), [4, 6, 1]),
        ((6, 6, 2), (4, 6), (4, 6), [5, 5, 2]),  # ranges lack nothing: the quotas decide
        ((9, 9, 2), (7, 9), (7, 9), [5, 7, 0]),  # five revenue sends can all be pay-per-view, six cannot
        ((9, 9, 2), (7, 9), (2, 9), [9, 3, 0]),  # only nine revenue sends hold seven pay-per-view ones
    ],
)
def test_a_full_day_is_mixed_so_that_quotas_and_ranges_lose_least(
    quota: Split, ppv: tuple[int, int], bumps: tuple[int, int], wanted: list[int]
) -> None:
    made = week(days=1, quota=quota, ppv_range=ppv, bump_range=bumps)
    assert wanted_sends(Problem(made)) == [wanted]


def test_locked_sends_are_part_of_every_mix() -> None:
    locks = ["2025-01-20T10:07 renew_on_post", "2025-01-20T12:07 tip_goal"]
    made = week(days=1, quota=(9, 9, 2), ppv_range=(7, 9), bump_range=(7, 9), locks=locks)
    (wanted,) = wanted_sends(Problem(made))
    assert sum(wanted) + len(locks) == 12


@pytest.mark.parametrize("seed", range(4))
def test_a_greedy_plan_of_a_small_style_lies_inside_its_ranges(seed: int) -> None:
    made = week(quota=(4, 6, 1), ppv_range=(2, 3), bump_range=(4, 6))
    decision = plan_of(made, seed)
    judged = evaluate(made, decision)
    assert (judged.violations, judged.missing) == ({}, 0)
    assert lacking_of(made, decision) == {}


def test_a_greedy_plan_of_a_great_style_lacks_little_more_than_arithmetic_demands() -> None:
    made = week(quota=(9, 9, 2), ppv_range=(7, 9), bump_range=(7, 9))
    decision = plan_of(made)
    assert evaluate(made, decision).violations == {}
    unavoidable = sum(sum(unreachable(made, day).values()) for day in made.days)
    assert unavoidable == 14
    assert sum(lacking_of(made, decision).values()) <= unavoidable + 6


def test_a_send_beyond_the_high_end_does_not_fit() -> None:
    made = week(days=1, quota=(3, 3, 0), ppv_range=(1, 1), bump_range=(1, 1))
    state = greedy(made, Random(1))
    problem, fit = state.problem, Fit(state)
    for day in state.days[:-1]:
        assert [sum(asked.counts[kind] for _, kind, _, _ in day.sends) for asked in problem.ranges] == [1, 1]
    minutes = [minute for minute in range(1440) if problem.clock.open[minute]]
    more = [kind for kind in problem.types if any(fit.allows(0, minute, kind) for minute in minutes)]
    assert more
    assert not any(problem.rows[kind].ppv or problem.rows[kind].bump for kind in more)
