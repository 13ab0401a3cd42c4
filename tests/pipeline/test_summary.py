"""A plan in figures, and what its reader is told about floors that gave way."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve import Plan, Scenario, ScenarioError, solve

VOLUME = {"revenue_per_day": 6, "engagement_per_day": 3, "retention_per_day": 1, "confidence_score": 0.9}


def scenario(**changes: Any) -> Scenario:
    raw: dict[str, Any] = {
        "schedsolve": 1,
        "kind": "creator-week",
        "week_start": "2025-01-20",
        "days": 1,
        "creator": {"id": "mia", "page_type": "paid", "timezone": "America/New_York"},
        "volume": {**VOLUME, "weekly_distribution": [10]},
    }
    return Scenario.model_validate({**raw, **changes})


def codes(plan: Plan) -> set[str]:
    return {warning.code for warning in plan.warnings}


@pytest.mark.usefixtures("brief_search")
def test_followups_are_counted_by_their_place_in_the_window() -> None:
    plan = solve(scenario(), effort="quick")
    assert plan.summary is not None
    told = plan.summary.followups
    delays = [item.followup_delay_minutes or 0 for item in plan.items if item.is_follow_up]
    assert told.generated == len(delays) == told.early + told.optimal + told.late
    assert told.early == sum(delay < 20 for delay in delays)
    assert told.late == sum(delay > 40 for delay in delays)
    assert told.eligible == told.generated + told.skipped_limit + told.skipped_timing
    assert len(told.without) == told.skipped_limit + told.skipped_timing


@pytest.mark.usefixtures("brief_search")
def test_a_full_day_of_followups_names_the_parents_that_go_without() -> None:
    plan = solve(scenario(rules={"followup-daily-limit": {"max": 1}}), effort="quick")
    assert plan.summary is not None
    told = plan.summary.followups
    assert told.generated == 1
    assert told.skipped_limit == told.eligible - 1 == len(told.without) > 0


@pytest.mark.usefixtures("brief_search")
def test_floors_that_give_way_are_told() -> None:
    few = {key: {"enabled": False} for key in ("bundle", "flash_bundle", "snapchat_bundle", "vip_program")}
    offered = {"strategies": ["balanced_standard"]}
    rules = {"type-diversity": {"types": 10, "revenue": 42, "engagement": 5}}
    plan = solve(scenario(send_types=few, variation=offered, rules=rules), effort="quick")
    assert "type-diversity-scaled" in codes(plan)
    assert "strategy-variety-scaled" not in codes(plan)
    assert {day.strategy for day in plan.days} == {"balanced_standard"}


@pytest.mark.usefixtures("brief_search")
def test_a_plain_day_is_told_nothing() -> None:
    assert codes(solve(scenario(), effort="quick")) == set()


def test_a_scenario_of_absurd_size_is_refused_with_advice() -> None:
    huge = scenario(
        days=28,
        volume={**VOLUME, "weekly_distribution": [60] * 28},
        rules={"block-limit": {"enabled": False}, "min-spacing": {"enabled": False}},
    )
    with pytest.raises(ScenarioError, match=r"at most 700 can be planned at once \(plan fewer days"):
        solve(huge)
