"""From sends to the model and back: nothing is lost, and both count the same units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest

from schedsolve.solver.compose import compose
from schedsolve.solver.decode import Decision, decode
from schedsolve.solver.draft import WeekDraft
from schedsolve.solver.encode import encode
from schedsolve.solver.local.decision import decision_of, state_of
from schedsolve.solver.local.problem import Problem
from schedsolve.solver.local.search import LocalSearch

from ..constraints.weeks import week
from .adoption import adopted
from .local.states import named_week, state_with

NAMES = (
    "05-free-walls",
    "07-autumn-clock",
    "10-heavy-history",
    "13-launch-days",
    "08-locks-20-high",
    "12-late-followups-mid",
    "13-next-morning-free",
    "22-tight-blocks-high",
    "35-autumn-clock-free",
)
MOVES = 1500


@cache
def drafted(name: str) -> WeekDraft:
    return compose(named_week(name))


@cache
def planned(name: str) -> tuple[Decision, Decision]:
    """The greedy plan, and one that moves have led away from it."""
    local = LocalSearch(named_week(name))
    first = local.first("1")
    return first, local.shaken(first, MOVES, "1")


@pytest.mark.parametrize("name", NAMES)
def test_a_decision_comes_back_from_the_model_as_it_went_in_and_is_worth_the_same(name: str) -> None:
    draft, problem = drafted(name), Problem(named_week(name))
    first, shaken = planned(name)
    assert first != shaken
    for decision in (first, shaken):
        answer = adopted(draft, decision, strategies=True)
        assert answer.optimal
        assert decode(draft, answer.solution) == decision
        assert answer.value == state_of(problem, decision).units


def test_these_decisions_hold_followups_of_every_kind_and_missing_sends() -> None:
    kinds = set[str]()
    for name in NAMES:
        horizon = named_week(name).horizon
        for decision in planned(name):
            kinds |= {"missing sends"} if decision.missing else set()
            for followup in decision.followups:
                if followup.parent is None:
                    kinds.add("of history")
                elif horizon.day_of(followup.minute) == decision.sends[followup.parent].day:
                    kinds.add("on the same day")
                else:
                    kinds.add("left for the morning" if followup.late else "past midnight")
    assert kinds == {"missing sends", "of history", "on the same day", "left for the morning", "past midnight"}


def allowed(problem: Problem, decision: Decision) -> Iterator[Decision]:
    """The decision with its strategies in any other order that the rules allow."""
    for names in permutations(decision.strategies):
        other = replace(decision, strategies=names)
        if names != decision.strategies and not state_of(problem, other).faults:
            yield other


def test_strategies_are_not_encoded_so_the_model_chooses_the_best_for_the_sends() -> None:
    draft, problem = drafted("13-launch-days"), Problem(named_week("13-launch-days"))
    first, _ = planned("13-launch-days")
    best = adopted(draft, first)
    values = [state_of(problem, other).units for other in (first, *allowed(problem, first))]
    assert min(values) < max(values) <= best.value
    for other in allowed(problem, first):
        assert encode(draft, other) == encode(draft, first)
    chosen = decode(draft, best.solution)
    assert replace(chosen, strategies=first.strategies) == first
    assert state_of(problem, chosen).units == best.value


BLOCK = ["0 08:01 bump_normal", "0 08:46 tip_goal", "0 09:32 dm_farm", "0 10:17 game_post"]
"""The block from 8 to 12 holds three sends."""


def test_a_stretch_with_more_sends_than_positions_cannot_be_encoded() -> None:
    made = week(days=1)
    draft = compose(made)
    state = state_with(made, BLOCK, [0])
    assert state.faults
    assert encode(draft, decision_of(state.problem, state.days)) is None
    state = state_with(made, BLOCK[:3], [0])
    decision = decision_of(state.problem, state.days)
    values = encode(draft, decision)
    assert values is not None
    assert [values[slot.start.index] for slot in draft.slots if values[slot.used.index]] == [481, 526, 572]


def test_a_send_at_a_minute_that_the_model_does_not_have_cannot_be_encoded_or_is_refused() -> None:
    made = week(days=1)
    draft = compose(made)
    for line in ("0 07:31 bump_normal", "0 10:15 bump_normal"):
        state = state_with(made, [line], [0])
        decision = decision_of(state.problem, state.days)
        assert state.faults
        assert encode(draft, decision) is None or adopted(draft, decision).infeasible
