"""Shortfalls: which day, which category, how many, and which rule binds."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve import Plan, Scenario, solve


def planned(**changes: Any) -> Plan:
    raw: dict[str, Any] = {
        "schedsolve": 1,
        "kind": "creator-week",
        "week_start": "2025-01-20",
        "days": 1,
        "creator": {"id": "mia", "page_type": "paid", "timezone": "America/New_York"},
        "volume": {"revenue_per_day": 6, "engagement_per_day": 5, "retention_per_day": 2, "confidence_score": 0.9,
                   "weekly_distribution": [13]},
    }  # fmt: skip
    return solve(Scenario.model_validate({**raw, **changes}), effort="quick")


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize(("total", "missing"), [(12, 0), (13, 1), (14, 2), (17, 5)])
def test_a_day_takes_twelve_sends_and_names_the_block_limit_for_the_rest(total: int, missing: int) -> None:
    volume = {"revenue_per_day": 6, "engagement_per_day": 5, "retention_per_day": 2, "confidence_score": 0.9}
    plan = planned(volume={**volume, "weekly_distribution": [total]})
    assert sum(short.wanted - short.placed for short in plan.shortfalls) == missing
    assert {short.binding for short in plan.shortfalls} <= {("block-limit",)}
    assert {short.date for short in plan.shortfalls} <= {"2025-01-20"}
    assert sum(not item.is_follow_up for item in plan.items) == total - missing


@pytest.mark.usefixtures("brief_search")
def test_a_raised_block_limit_takes_thirteen() -> None:
    assert planned(rules={"block-limit": {"max": 4}}).shortfalls == ()


@pytest.mark.usefixtures("brief_search")
def test_a_category_that_its_types_cannot_fill_names_the_gap() -> None:
    off = {key: {"enabled": False} for key in ("renew_on_message", "expired_winback")}
    volume = {"revenue_per_day": 2, "engagement_per_day": 2, "retention_per_day": 2, "confidence_score": 0.9}
    plan = planned(send_types=off, volume={**volume, "weekly_distribution": [6]})
    (short,) = plan.shortfalls
    assert (short.category, short.wanted, short.placed) == ("retention", 2, 1)
    assert short.binding


@pytest.mark.usefixtures("brief_search")
def test_a_blackout_that_eats_the_day_is_named() -> None:
    plan = planned(blackouts=[{"from": "2025-01-20T10:00", "to": "2025-01-20T22:00"}])
    assert sum(short.wanted - short.placed for short in plan.shortfalls) == 13 - 5
    assert all("blackout" in short.binding for short in plan.shortfalls)


@pytest.mark.usefixtures("brief_search")
def test_what_falls_short_is_spread_by_the_quotas() -> None:
    volume = {"revenue_per_day": 8, "engagement_per_day": 6, "retention_per_day": 3, "confidence_score": 0.9}
    plan = planned(volume={**volume, "weekly_distribution": [17]})
    missing = {str(short.category): short.wanted - short.placed for short in plan.shortfalls}
    assert missing == {"revenue": 2, "engagement": 2, "retention": 1}
