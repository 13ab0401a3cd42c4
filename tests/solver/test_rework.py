"""The past in the model, and moves: what is fixed, what is paid, what is refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from schedsolve.errors import InfeasibleError
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.replanning.standing_plan import as_standing
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import Decision, decode
from schedsolve.solver.draft import WeekDraft
from schedsolve.solver.frozen import freeze, hold
from schedsolve.solver.progress import Cancellation, Reporter
from schedsolve.solver.rework import Limits, Rework
from schedsolve.solver.runner import Runner
from schedsolve.solver.search import Budget
from schedsolve.solver.standing import Standing

from ..pipeline.replanning.old_plans import old_plan, short_week

BRIEF = Budget(moves=200, improve=0.2, bound=0.0)


@cache
def week() -> Week:
    return prepare(short_week())


@pytest.fixture
def standing(brief_search: None) -> Standing:
    """The short plan on its second day, in the middle of the longest stretch without a send."""
    decision = as_standing(week(), old_plan()).decision
    second = [send.minute for send in decision.sends if send.day == 1]
    before, after = max(pairwise(second), key=lambda pair: pair[1] - pair[0])
    assert after - before > 100  # there would be room for another send before now
    return Standing(decision, (before + after) // 2, 2)


def earliest_plan(draft: WeekDraft) -> Decision:
    """What the model finds when everything shall go out as early as it can."""
    draft.model.clear_objective()
    draft.model.minimize(sum(slot.start for slot in draft.slots) + sum(item.start for item in draft.followups))
    with Runner(None, Cancellation()) as runner:
        answer = runner.solve(draft.model, 2.0)
    assert answer.solution
    return decode(draft, answer.solution)


def test_the_past_is_fixed_and_nothing_else_starts_before_now(standing: Standing) -> None:
    decision = earliest_plan(compose(week(), lambda draft: freeze(draft, standing)))
    gone = [send for send in decision.sends if send.minute < standing.now]
    assert gone == list(standing.decision.sends[: standing.gone])
    assert [f.minute for f in decision.followups if f.minute < standing.now] == [
        f.minute for f in standing.decision.followups if f.minute < standing.now
    ]
    assert decision.strategies[:2] == standing.decision.strategies[:2]
    assert decision.sends[standing.gone :] != standing.decision.sends[standing.gone :]


@pytest.mark.parametrize("minute", [10, 2 * 60, 12 * 60 + 30])
def test_a_past_that_the_rules_have_no_place_for_is_refused(standing: Standing, minute: int) -> None:
    first, *others = standing.decision.sends
    crooked = replace(standing, decision=replace(standing.decision, sends=(replace(first, minute=minute), *others)))
    crooked = replace(crooked, decision=replace(crooked.decision, followups=()))
    with pytest.raises(InfeasibleError, match="has gone out where"):
        compose(week(), lambda draft: freeze(draft, crooked))


def test_a_strategy_that_is_not_on_offer_is_refused(standing: Standing) -> None:
    other = replace(standing, decision=replace(standing.decision, strategies=("bogus", "bogus", "bogus")))
    with pytest.raises(InfeasibleError, match="bogus, is not on offer"):
        compose(week(), lambda draft: freeze(draft, other))


def test_a_variable_is_never_held_outside_its_domain() -> None:
    draft = WeekDraft(week())
    literal = draft.literal("x")
    assert hold(draft.model, {literal.index: 2}) == literal.index
    assert list(draft.model.proto.variables[literal.index].domain) == [0, 1]
    assert hold(draft.model, {literal.index: 1}) is None
    assert list(draft.model.proto.variables[literal.index].domain) == [1, 1]


@pytest.mark.parametrize("cost", [0, 10_000, 1_000_000])
def test_moves_are_counted_as_they_are_paid(standing: Standing, cost: int) -> None:
    with Rework(week(), standing, Limits(cost, 4), Reporter(lambda _: None)) as rework:
        start = rework.start()
        found = rework.finish(start, BRIEF)
    assert found.churn <= 4
    assert found.value - cost * found.churn >= start.value
    assert found.bound >= found.value - cost * found.churn
    if cost == 1_000_000:
        assert found.churn == 0
