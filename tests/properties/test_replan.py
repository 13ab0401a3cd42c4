"""Whatever changes, whenever: the past stays, the churn budget holds, no rule breaks, and no value is given away."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from schedsolve import InfeasibleError, Plan, Replanned, Scenario, check, replan
from schedsolve.pipeline.replanning.churned import churned

from ..pipeline.replanning.old_plans import old_plan, short_week

ROUNDS = 12


def some_changes(dice: Random, plan: Plan, now: str) -> dict[str, Any]:
    """A few changes that can be: sends called off or failed, and blackouts of some hours."""
    past = [item.slot_id for item in plan.items if item.scheduled_at_utc < now and not item.is_follow_up]
    future = [item.slot_id for item in plan.items if item.scheduled_at_utc >= now]
    changes: dict[str, Any] = {
        "cancelled": dice.sample(future, min(len(future), dice.randrange(3))),
        "failed": dice.sample(past, min(len(past), dice.randrange(2))),
    }
    rest = [slot for slot in future if slot not in changes["cancelled"]]
    if dice.random() < 0.5:
        begin = datetime.fromisoformat(now) + timedelta(minutes=dice.randrange(0, 1440))
        end = begin + timedelta(hours=dice.randrange(1, 6))
        changes["blackouts"] = [{"from": f"{begin:%Y-%m-%dT%H:%M}Z", "to": f"{end:%Y-%m-%dT%H:%M}Z"}]
    elif rest and dice.random() < 0.5:
        approved = dice.choice(rest)
        if approved.removesuffix("_followup") in rest:
            changes["approved"] = [approved]
    return changes


def assert_properties(scenario: Scenario, old: Plan, result: Replanned, limit: int | None) -> None:
    new = result.plan
    ago = [item.model_dump_json() for item in old.items if item.scheduled_at_utc < result.now]
    assert [item.model_dump_json() for item in new.items if item.scheduled_at_utc < result.now] == ago
    over = [day for day in old.days if day.date < result.now[:10]][:-1]  # UTC is ahead of New York
    assert list(new.days[: len(over)]) == over
    moves = churned(old.items, new.items, result.now, result.impossible)
    assert moves == result.churn
    assert limit is None or moves <= limit
    report = check(result.scenario, new)
    assert report.clean
    assert report.score_agrees
    kept = check(result.scenario, old)
    if not kept.audit.violations and not result.impossible:
        assert new.objective is not None
        assert new.objective - result.move_cost * moves >= kept.objective - 1e-6
    assert scenario.seed == result.scenario.seed


def outcome(*given: Any, **options: Any) -> Replanned | InfeasibleError:
    try:
        return replan(*given, effort="quick", **options)
    except InfeasibleError as error:
        return error


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize("number", range(ROUNDS))
def test_whatever_changes_the_past_stays_the_budget_holds_and_no_rule_breaks(number: int) -> None:
    dice = Random(number)
    scenario, plan = short_week(), old_plan()
    first = datetime.fromisoformat(f"{plan.days[0].date}T05:00")
    now = f"{first + timedelta(minutes=dice.randrange(-60, 2 * 1440)):%Y-%m-%dT%H:%M:00Z}"
    limit = dice.choice([None, 0, 1, 3, 8])
    changes = some_changes(dice, plan, now)
    cost = dice.choice([0.0, 10.0])
    result = outcome(scenario, plan, now, changes, max_moves=limit, move_cost=cost)
    if isinstance(result, InfeasibleError):
        assert limit is not None
        assert f"at most {limit} of the sends" in str(result)
        assert replan(scenario, plan, now, changes, effort="quick").churn > limit
        return
    assert_properties(scenario, plan, result, limit)
    later = f"{datetime.fromisoformat(now) + timedelta(hours=dice.randrange(1, 18)):%Y-%m-%dT%H:%M:00Z}"
    again = replan(result.scenario, result.plan, later, max_moves=2, effort="quick")
    assert_properties(result.scenario, result.plan, again, 2)
