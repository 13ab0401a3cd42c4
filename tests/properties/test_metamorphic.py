"""What must not change, or only in one direction, when a scenario changes."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve import Plan, Scenario, solve
from schedsolve.solver.search import BUDGETS, Budget

DAY: dict[str, Any] = {
    "schedsolve": 1,
    "kind": "creator-week",
    "seed": 5,
    "week_start": "2025-01-20",
    "days": 1,
    "creator": {"id": "mia", "page_type": "paid", "timezone": "America/New_York"},
    "volume": {"revenue_per_day": 2, "engagement_per_day": 2, "retention_per_day": 1, "confidence_score": 0.9,
               "weekly_distribution": [5]},
    "timing": {"peak_hours": [20, 21]},
}  # fmt: skip
ROTATION = {"pattern": ["solo", "bundle", "winner", "sextape"], "started": "2025-01-20"}


def planned(**changes: Any) -> Plan:
    return solve(Scenario.model_validate({**DAY, **changes}), effort="quick")


@pytest.fixture
def proving_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough work to prove a single day's optimum."""
    monkeypatch.setitem(BUDGETS, "quick", Budget(moves=200, improve=2.0, bound=12.0))


@pytest.mark.usefixtures("brief_search")
def test_without_noise_the_creators_name_changes_nothing_but_the_name() -> None:
    still: dict[str, Any] = {"variation": {"temperature": 0}, "history": {"rotation": ROTATION}}
    one = planned(**still)
    other = planned(**still, creator={**DAY["creator"], "id": "somebody-else"})
    assert one.items == other.items
    assert one.score == other.score
    assert one.scenario.sha256 != other.scenario.sha256


@pytest.mark.usefixtures("brief_search")
def test_with_noise_another_name_draws_another_week() -> None:
    names = [planned(creator={**DAY["creator"], "id": name}).items for name in ("mia", "zoe", "ava")]
    assert names[0] != names[1] or names[1] != names[2]


@pytest.mark.usefixtures("proving_search")
def test_more_room_never_lowers_the_optimum() -> None:
    tight = planned(blackouts=[{"from": "2025-01-20T19:00", "to": "2025-01-20T21:30"}])
    free = planned()
    assert tight.shortfalls == free.shortfalls == ()
    assert tight.objective is not None
    assert free.objective is not None
    assert free.bound is not None
    assert tight.objective <= free.bound
    if tight.status == "optimal" and free.status == "optimal":
        assert tight.objective <= free.objective


@pytest.mark.usefixtures("brief_search")
def test_a_scenario_built_around_a_valid_plan_is_never_infeasible() -> None:
    plan = planned()
    locks = [
        {
            "at": f"{item.scheduled_date}T{item.scheduled_time[:5]}",
            "send_type_key": item.send_type_key,
            **({"ppv_style": item.ppv_style.value} if item.ppv_style else {}),
        }
        for item in plan.items
        if not item.is_follow_up
    ]
    around = planned(locks=locks)
    assert around.status in ("optimal", "feasible")
    assert {(i.scheduled_at_utc, i.send_type_key) for i in around.items if i.locked} == {
        (i.scheduled_at_utc, i.send_type_key) for i in plan.items if not i.is_follow_up
    }
    assert around.objective is not None
    assert plan.objective is not None
    assert around.bound is not None
    assert around.bound >= plan.objective


@pytest.mark.usefixtures("brief_search")
def test_another_seed_gives_another_plan_and_says_so() -> None:
    one, other = planned(seed=1), planned(seed=2)
    assert (one.seed, other.seed) == (1, 2)
    assert one.items != other.items
