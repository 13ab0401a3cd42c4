"""What a scenario says of its campaigns: carriers, history, numbers, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from schedsolve.errors import ScenarioError
from schedsolve.model.campaign_families import Family
from schedsolve.model.campaign_week import CampaignWeek, campaign_week, family_of
from schedsolve.pipeline.fingerprint import content_of, fingerprint
from schedsolve.pipeline.load import parse_scenario

from ..constraints.weeks import week

DESCRIPTIVE, SPIN, BUNDLE, OTHER = Family
SCENARIO = """schedsolve: 1
kind: creator-week
week_start: 2025-01-20
creator: {id: lola, page_type: free, timezone: America/New_York}
"""


def campaigns(**changes: Any) -> CampaignWeek:
    found = campaign_week(week(**{"page": "free", "campaigns": {}, **changes}))
    assert found is not None
    return found


def test_without_the_section_there_are_no_campaigns() -> None:
    assert campaign_week(week()) is None


def test_families_are_carried_by_the_types_of_the_catalog() -> None:
    found = campaigns()
    assert {family: plan.carriers for family, plan in found.families.items()} == {
        DESCRIPTIVE: ("ppv_wall",),
        SPIN: ("game_post",),
        BUNDLE: ("bundle",),
        OTHER: ("game_post",),
    }
    assert found.games == ("game_post",)
    assert campaigns(page="paid").families[DESCRIPTIVE].carriers == ()


def test_a_scenario_may_give_a_type_another_family_or_none() -> None:
    types = {"wall_link_drop": {"family": "descriptive_wall_campaign"}, "bundle": {"family": "none"}}
    found = campaigns(page="paid", send_types=types)
    assert found.families[DESCRIPTIVE].carriers == ("wall_link_drop",)
    assert found.families[BUNDLE].carriers == ()
    on = week(send_types={"ppv_message": {"family": "game_other"}})
    assert (family_of(on, "ppv_unlock"), family_of(on, "bundle"), family_of(on, "dm_farm")) == (
        "game_other",
        "bundle_wall_campaign",
        None,
    )


def test_a_type_that_is_switched_off_carries_nothing() -> None:
    assert campaigns(send_types={"game_post": {"enabled": False}}).games == ()


@pytest.mark.parametrize(
    ("past", "last"),
    [(["2025-01-19"], -1), (["2025-01-02", "2025-01-11"], -9), (["2024-12-21"], -30), (["2024-12-20"], None)],
)
def test_the_last_campaign_of_the_last_thirty_days_counts(past: list[str], last: int | None) -> None:
    history = [{"date": day, "campaign_type": "game_other"} for day in past]
    found = campaigns(campaigns={"history": history})
    assert (found.families[OTHER].last, found.families[SPIN].last) == (last, None)


def test_what_is_wanted_and_what_fits() -> None:
    past = [{"date": "2025-01-18", "campaign_type": "spin_the_wheel_game"}]
    found = campaigns(days=28, campaigns={"history": past})
    assert [(plan.wanted, plan.most) for plan in found.families.values()] == [(10, 14), (4, 4), (4, 6), (2, 4)]
    assert (found.wanted, found.reachable) == (14, 14)
    nothing = campaigns(days=28, quota=(0, 3, 0))
    assert [plan.reachable for plan in nothing.families.values()] == [0, 0, 0, 0]
    assert nothing.reachable == 0


def test_without_distances_every_day_may_run_every_family() -> None:
    found = campaigns(rules={"campaign-spacing": {"enabled": False}})
    assert [plan.most for plan in found.families.values()] == [7, 7, 7, 7]


def test_a_scenario_may_want_other_distances_and_numbers() -> None:
    families = {"bundle_wall_campaign": {"min_days": 2, "max_days": 9, "per_month": 30}}
    found = campaigns(campaigns={"families": families, "per_month": 30})
    bundle = found.families[BUNDLE]
    assert (bundle.nearest, bundle.farthest, bundle.wanted, bundle.reachable) == (2, 9, 7, 4)
    assert found.wanted == 7


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("{history: [{date: 2025-01-20, campaign_type: game_other}]}", "is not before the first day 2025-01-20"),
        ("{history: [{date: 2025-01-19, campaign_type: sale}]}", "found 'sale'"),
        ("{games: [{game_type: trivia, earnings: -1}]}", "must be at least 0"),
        ("{families: {bundle_wall_campaign: {min_days: 8}}}", "min_days must not exceed max_days, found 8 and 7"),
        ("{families: {summer_sale: {min_days: 8}}}", "summer_sale"),
        ("{per_month: -1}", "must be at least 0"),
        ("{weekly: 3}", "unknown key"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(section: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(f"{SCENARIO}campaigns: {section}\n")
    assert message in str(caught.value)


def test_a_family_of_a_type_is_one_of_the_four_or_none() -> None:
    with pytest.raises(ValidationError):
        week(send_types={"bundle": {"family": "summer_sale"}})


def test_the_section_reads_back_from_what_a_plan_carries() -> None:
    section = "{games: [{game_type: trivia, earnings: 5}], families: {game_other: {min_days: 3}}}"
    scenario = parse_scenario(f"{SCENARIO}campaigns: {section}")
    assert type(scenario).model_validate_json(json.dumps(content_of(scenario))) == scenario
    plain = parse_scenario(SCENARIO)
    assert "campaigns" not in content_of(plain)
    assert fingerprint(plain) != fingerprint(scenario)
