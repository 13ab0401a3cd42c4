"""Plans that run campaigns: marked, on the wall, audited, the same bytes twice, and replanned around the past."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from schedsolve import Plan, ScenarioError, check, replan, solve
from schedsolve.cli.exports.csv import plan_as_csv
from schedsolve.constraints.audit import audit
from schedsolve.model.campaign_families import Family
from schedsolve.model.scenario import Scenario
from schedsolve.pipeline.campaigns import break_warnings, games_to_play
from schedsolve.pipeline.load import load_plan
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.carrying import carried
from schedsolve.solver.decode import DecidedSend

from ..constraints.plans import plan_of
from ..constraints.weeks import week

DESCRIPTIVE, SPIN, BUNDLE, OTHER = Family
BASE: dict[str, Any] = {
    "schedsolve": 1,
    "kind": "creator-week",
    "name": "campaigns",
    "seed": 3,
    "week_start": "2025-01-20",
    "creator": {"id": "lola", "page_type": "free", "timezone": "America/New_York"},
    "volume": {"revenue_per_day": 3, "engagement_per_day": 3, "retention_per_day": 0, "confidence_score": 0.9},
    "campaigns": {
        "history": [{"date": "2025-01-19", "campaign_type": "descriptive_wall_campaign"}],
        "games": [{"game_type": "prize_wheel", "earnings": 9000}] * 4,
    },
}


def scenario(**changes: Any) -> Scenario:
    return Scenario.model_validate({**BASE, **changes})


@cache
def planned() -> Plan:
    return solve(scenario(), effort="quick")


def campaigns_of(plan: Plan) -> list[tuple[str, str]]:
    return [(item.scheduled_date, item.campaign_type) for item in plan.items if item.campaign_type is not None]


def test_a_week_runs_its_families_and_passes_the_audit() -> None:
    plan = planned()
    assert plan.audit is not None
    assert {"campaign-spacing", "campaign-target"} <= set(plan.audit.checked)
    assert (plan.audit.verdict, plan.shortfalls) == ("passed", ())
    assert sorted(family for _, family in campaigns_of(plan)) == sorted([DESCRIPTIVE] * 3 + [SPIN, BUNDLE, OTHER])
    assert plan.score["campaign-target"] == -0.006
    report = check(scenario(), plan)
    assert report.clean


def test_what_carries_a_campaign_stands_on_the_wall_and_games_have_their_game() -> None:
    for item in planned().items:
        games = {SPIN: "spin_the_wheel", OTHER: "prize_wheel"}
        assert item.game_type == games.get(item.campaign_type)  # type: ignore[call-overload]
        if item.campaign_type is not None:
            assert item.channel_key == "wall_post"
        assert (item.campaign_type in games) == (item.send_type_key == "game_post")


def test_the_same_scenario_gives_the_same_bytes() -> None:
    assert solve(scenario(), effort="quick").to_json() == planned().to_json()


def test_a_csv_of_the_plan_is_audited_for_its_campaigns(tmp_path: Any) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(plan_as_csv(planned()))
    report = check(scenario(), load_plan(path))
    assert {"campaign-spacing", "campaign-target"} <= set(report.audit.checked)
    assert not [found for found in report.audit.violations if found.rule.startswith("campaign")]
    text = path.read_text().replace("bundle_wall_campaign", "descriptive_wall_campaign")
    path.write_text(text)
    found = {violation.rule for violation in check(scenario(), load_plan(path)).audit.violations}
    assert "campaign-target" in found


def test_a_scenario_without_campaigns_names_none() -> None:
    plan = solve(scenario(campaigns=None), effort="quick")
    assert not any(item.campaign_type or item.game_type for item in plan.items)
    assert plan.audit is not None
    told = {*plan.audit.checked, *(skipped.rule for skipped in plan.audit.skipped), *plan.score}
    assert not {"campaign-spacing", "campaign-target"} & told


def test_what_cannot_be_reached_is_declared_with_what_binds() -> None:
    paid = {**BASE["creator"], "page_type": "paid"}
    volume = {**BASE["volume"], "retention_per_day": 1}
    plan = solve(scenario(creator=paid, volume=volume, send_types={"bundle": {"enabled": False}}), effort="quick")
    assert plan.audit is not None
    assert plan.audit.verdict == "passed"
    told = {short.campaign_type: short for short in plan.shortfalls if short.rule == "campaign-target"}
    assert {family: (short.wanted, short.placed, short.binding) for family, short in told.items()} == {
        DESCRIPTIVE: (3, 0, ("page-type",)),
        BUNDLE: (1, 0, ("known-type",)),
        None: (4, 2, ("page-type", "campaign-spacing", "known-type")),
    }
    assert {(short.date, short.category.value) for short in told.values()} == {("2025-01-20", "revenue")}
    assert "campaign_type" not in told[None].model_dump()
    assert check(scenario(creator=paid, volume=volume, send_types={"bundle": {"enabled": False}}), plan).clean


def test_a_rule_without_which_one_more_campaign_fits_binds() -> None:
    tight = scenario(send_types={"ppv_wall": {"weekly_cap": 1}})
    plan = solve(tight, effort="quick")
    (short,) = plan.shortfalls
    assert (short.campaign_type, short.wanted, short.placed, short.binding) == (DESCRIPTIVE, 3, 1, ("weekly-cap",))
    later = replan(tight, plan, "2025-01-22T12:00", effort="quick")
    assert [(one.campaign_type, one.binding) for one in later.plan.shortfalls] == [(DESCRIPTIVE, ("weekly-cap",))]


@pytest.mark.parametrize("now", ["2025-01-20T20:30", "2025-01-22T12:00", "2025-01-24T00:00"])
def test_campaigns_that_have_gone_out_stay_and_the_others_keep_their_distance(now: str) -> None:
    closed = {"blackouts": [{"from": "2025-01-24T12:00", "to": "2025-01-24T23:30"}]}
    made = replan(scenario(), planned(), now, closed, effort="quick")
    gone = [(item.slot_id, item.campaign_type) for item in planned().items if item.scheduled_at_utc < made.now]
    assert [(item.slot_id, item.campaign_type) for item in made.plan.items if item.scheduled_at_utc < made.now] == gone
    assert check(made.scenario, made.plan).clean
    assert len(campaigns_of(made.plan)) >= 5


def test_a_past_that_breaks_the_distances_is_refused() -> None:
    other = scenario(campaigns={"history": [{"date": "2025-01-19", "campaign_type": family} for family in Family]})
    late = max(date for date, _ in campaigns_of(planned()))
    with pytest.raises(ScenarioError, match="the past breaks campaign-spacing"):
        replan(other, planned(), f"{late}T23:50", effort="quick")


def sends(on: Any, *lines: str) -> list[DecidedSend]:
    return [DecidedSend(one.minute, one.day, one.send_type, one.style) for one in plan_of(on, *lines).sends]  # type: ignore[arg-type]


def marked(lines: Sequence[str], running: Sequence[tuple[int, Family]], gone: Sequence[Family | None] = ()) -> Any:
    on = week(page="free", campaigns={})
    return carried(on, sends(on, *lines), running, gone)


def test_the_dearest_carrier_of_a_day_carries_and_of_equal_ones_the_latest() -> None:
    lines = ("Mon 09:07 ppv_wall solo", "Mon 13:07 bundle", "Mon 20:07 ppv_wall solo", "Tue 09:07 ppv_wall solo")
    assert marked(lines, [(0, DESCRIPTIVE), (0, BUNDLE)]) == {1: BUNDLE, 2: DESCRIPTIVE}


def test_of_two_games_the_latest_is_the_wheel() -> None:
    lines = ("Mon 09:07 game_post", "Mon 20:07 game_post")
    assert marked(lines, [(0, OTHER), (0, SPIN)]) == {0: OTHER, 1: SPIN}


def test_what_has_gone_out_keeps_what_it_carried_and_carries_nothing_new() -> None:
    lines = ("Mon 09:07 ppv_wall solo", "Mon 13:07 bundle", "Mon 20:07 ppv_wall solo", "Mon 21:07 bundle")
    running = [(0, DESCRIPTIVE), (0, BUNDLE)]
    assert marked(lines, running, [DESCRIPTIVE, None]) == {0: DESCRIPTIVE, 3: BUNDLE}


def test_the_other_game_is_the_best_of_the_creators_own_and_never_an_avoided_one() -> None:
    on = prepare(scenario(campaigns={"games": [{"game_type": "trivia", "earnings": 4000}]}))
    assert games_to_play(on) == {SPIN: "spin_the_wheel", OTHER: "trivia"}
    poor = prepare(scenario(campaigns={"games": [{"game_type": "trivia", "earnings": 400}]}))
    assert games_to_play(poor)[OTHER] == "mystery_box"


def test_breaks_that_are_too_long_are_told() -> None:
    history = [{"date": "2025-01-10", "campaign_type": "bundle_wall_campaign"}]
    on = week(page="free", campaigns={"history": history})
    wall = "ppv_wall solo campaign=descriptive_wall_campaign"
    plan = plan_of(on, f"Mon 09:07 {wall}", f"Fri 09:07 {wall}", "Mon 13:07 bundle campaign=bundle_wall_campaign")
    assert [(warning.code, warning.message) for warning in break_warnings(plan)] == [
        (
            "campaign-break",
            "descriptive_wall_campaign: 4 days lie between 2025-01-20 and 2025-01-24; at most 3 are wanted",
        ),
        ("campaign-break", "bundle_wall_campaign: 10 days lie between 2025-01-10 and 2025-01-20; at most 7 are wanted"),
    ]
    assert not [found for found in audit(plan).violations if found.rule == "campaign-spacing"]
    assert break_warnings(plan_of(week(), "Mon 09:07 bump_normal")) == []
