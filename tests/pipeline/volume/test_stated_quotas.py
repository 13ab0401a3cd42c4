"""`volume.quotas`: exactly so many sends on each day, whatever the other figures say."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve import Scenario, ScenarioError, check, parse_scenario, solve
from schedsolve.model.scenario import Creator
from schedsolve.model.week import Quota
from schedsolve.pipeline.fingerprint import fingerprint
from schedsolve.pipeline.prepare import prepare

STATED = [{"revenue": 2, "engagement": 1, "retention": 0}, {"revenue": 1, "engagement": 3, "retention": 1}]
TEXT = """\
schedsolve: 1
kind: creator-week
week_start: 2025-01-20
days: 2
creator: {id: mia, page_type: free, timezone: America/New_York}
volume:
  quotas:
    - {revenue: 2, engagement: 1, retention: 0}
    - {revenue: 2, engagement: 1, retention: 1}
    - {revenue: 2, engagement: 1, retention: 0}
"""


def scenario(**volume: Any) -> Scenario:
    return Scenario.model_validate(
        {
            "schedsolve": 1,
            "kind": "creator-week",
            "week_start": "2025-01-20",
            "days": 2,
            "creator": {"id": "mia", "page_type": "paid", "timezone": "America/New_York"},
            "volume": volume,
        }
    )


def test_stated_quotas_override_every_other_figure() -> None:
    week = prepare(
        scenario(
            quotas=STATED,
            revenue_per_day=6,
            engagement_per_day=5,
            retention_per_day=2,
            weekly_distribution=[9, 9],
            confidence_score=0.4,
        )
    )
    assert week.quotas == (Quota(2, 1, 0), Quota(1, 3, 1))
    assert week.confidence == 0.4
    assert week.notices == ()


def test_quotas_alone_are_enough() -> None:
    assert prepare(scenario(quotas=STATED)).quotas == (Quota(2, 1, 0), Quota(1, 3, 1))


def test_other_scenarios_keep_their_fingerprint() -> None:
    assert "quotas" not in scenario().model_dump_json()
    assert fingerprint(scenario(quotas=STATED)) != fingerprint(scenario())


def test_a_wrong_number_of_days_and_retention_on_a_free_page_are_told_at_their_places() -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(TEXT)
    told = [(problem.path, problem.line) for problem in caught.value.problems]
    assert told == [("volume.quotas", 8), ("volume.quotas[1].retention", 9)]


@pytest.mark.usefixtures("brief_search")
def test_a_plan_holds_them() -> None:
    plan = solve(scenario(quotas=STATED), effort="quick")
    assert [(day.quotas.revenue, day.quotas.engagement, day.quotas.retention) for day in plan.days] == [
        (2, 1, 0),
        (1, 3, 1),
    ]
    assert check(scenario(quotas=STATED), plan).clean


@pytest.mark.parametrize(("stated", "kept"), [({}, True), ({"revenue_per_day": 4, "engagement_per_day": 6}, False)])
def test_quotas_by_day_leave_the_ranges_of_a_content_style(stated: dict[str, int], kept: bool) -> None:
    styled = {"id": "mia", "page_type": "paid", "timezone": "Europe/Rome", "fan_count": 600, "content_style": "nude"}
    week = prepare(scenario(quotas=STATED, **stated).model_copy(update={"creator": Creator.model_validate(styled)}))
    assert week.quotas == (Quota(2, 1, 0), Quota(1, 3, 1))
    assert (week.ppv_range is not None, week.bump_range is not None) == (kept, kept)
