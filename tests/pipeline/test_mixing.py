"""The mix of revenue and engagement, as a plan is warned of it."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve import Plan, Scenario, solve


def planned(fans: int, **more: Any) -> Plan:
    creator = {"id": "mia", "page_type": "paid", "timezone": "Europe/Rome", "fan_count": fans}
    creator |= more.pop("creator", {})
    return solve(
        Scenario.model_validate(
            {"schedsolve": 1, "kind": "creator-week", "week_start": "2025-01-20", "days": 1, "creator": creator, **more}
        ),
        effort="quick",
    )


def mixes(plan: Plan) -> list[str]:
    return [warning.message for warning in plan.warnings if warning.code == "mix"]


@pytest.mark.usefixtures("brief_search")
def test_a_computed_mix_inside_its_bounds_is_not_told() -> None:
    assert mixes(planned(2000)) == []


@pytest.mark.usefixtures("brief_search")
def test_a_mix_that_saturation_moved_out_of_its_bounds_is_told_as_such() -> None:
    (told,) = mixes(planned(2000, performance={"saturation": 90, "opportunity": 20, "message_count": 90}))
    assert "week of 2025-01-20" in told
    assert "37.5" in told
    assert told.endswith("saturation moved the quotas")


@pytest.mark.usefixtures("brief_search")
def test_stated_quotas_and_those_of_a_style_are_not_judged_by_their_mix() -> None:
    stated = {"revenue_per_day": 1, "engagement_per_day": 6, "retention_per_day": 0, "confidence_score": 1}
    assert mixes(planned(500, volume=stated)) == []
    assert mixes(planned(500, creator={"content_style": "porno", "sub_type": "commercial"})) == []
