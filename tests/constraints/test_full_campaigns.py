"""What missing campaigns and long breaks cost, in a plan and in the model alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from schedsolve.constraints.preferences.full_campaigns import EACH, MISSING, MISSING_IN_ALL, TOO_WIDE, FullCampaigns
from schedsolve.model.campaign_families import Family
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver.draft import WeekDraft

from .plans import plan_of
from .weeks import week

DESCRIPTIVE, SPIN, BUNDLE, OTHER = Family
CARRIERS = {DESCRIPTIVE: "ppv_wall solo", SPIN: "game_post", BUNDLE: "bundle", OTHER: "game_post"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def free_week(days: int = 7, **campaigns: Any) -> Week:
    return week(page="free", days=days, campaigns=campaigns)


def line(day: int, family: Family) -> str:
    shift = f"+{day // 7}" if day >= 7 else ""
    return f"{DAYS[day % 7]}{shift} {12 + list(Family).index(family)}:07 {CARRIERS[family]} campaign={family}"


def score(on: Week, campaigns: Sequence[tuple[int, Family]]) -> int:
    return FullCampaigns.of(on).score(plan_of(on, *(line(day, family) for day, family in campaigns)))


FULL = [(0, DESCRIPTIVE), (2, DESCRIPTIVE), (5, DESCRIPTIVE), (1, SPIN), (3, BUNDLE), (6, OTHER)]


def test_a_week_that_reaches_every_number_loses_next_to_nothing() -> None:
    assert score(free_week(), FULL) == -6 * EACH


def test_a_missing_campaign_costs_its_family_and_all_together() -> None:
    assert score(free_week(), FULL[1:]) == -MISSING - 5 * EACH
    assert score(free_week(), FULL[3:]) == -3 * MISSING - MISSING_IN_ALL - 3 * EACH
    assert score(free_week(), []) == -6 * MISSING - 4 * MISSING_IN_ALL


def test_a_break_beyond_a_familys_most_costs_once_history_included() -> None:
    wide = [(0, DESCRIPTIVE), (4, DESCRIPTIVE), (6, DESCRIPTIVE), *FULL[3:]]
    assert score(free_week(), wide) == -TOO_WIDE - 6 * EACH
    past = [{"date": "2025-01-12", "campaign_type": "spin_the_wheel_game"}]
    assert score(free_week(history=past), FULL) == -TOO_WIDE - 6 * EACH
    assert score(free_week(history=past), [(0, SPIN) if each == (1, SPIN) else each for each in FULL]) < -TOO_WIDE


def test_more_than_wanted_earns_nothing() -> None:
    assert score(free_week(), [*FULL, (1, DESCRIPTIVE)]) == score(free_week(), FULL) - EACH


def test_what_arithmetic_says_cannot_be_reached_costs_nothing() -> None:
    past = [{"date": "2025-01-19", "campaign_type": "spin_the_wheel_game"}]
    assert score(free_week(days=6, history=past), []) == -(2 + 1 + 1 + 1 - 1) * MISSING - 3 * MISSING_IN_ALL
    paid = FullCampaigns.of(week(campaigns={}))
    assert DESCRIPTIVE not in [plan.family for plan in paid.families]


def test_a_missing_campaign_costs_less_than_a_missing_send() -> None:
    assert MISSING + MISSING_IN_ALL <= 250_000
    assert EACH < TOO_WIDE < MISSING


def test_numbers_are_those_of_the_week_by_whose_wishes_plans_are_valued() -> None:
    tight = free_week(days=14)
    loose = prepare(tight.scenario.model_copy(update={"rules": tight.scenario.rules.model_copy(deep=True)}))
    settings_ = {"campaigns": loose.scenario.campaigns and loose.scenario.campaigns.model_copy(update={"per_month": 0})}
    other = replace(loose, scenario=loose.scenario.model_copy(update=settings_), yardstick=tight)
    assert FullCampaigns.of(other) == FullCampaigns.of(tight)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from(list(Family))), unique=True, max_size=12),
    st.lists(st.tuples(st.integers(-12, -1), st.sampled_from(list(Family))), max_size=3),
)
def test_the_model_pays_what_the_plan_scores(
    campaigns: list[tuple[int, Family]], past: list[tuple[int, Family]]
) -> None:
    first = free_week(days=12)
    history = [
        {"date": (first.date(0).fromordinal(first.date(0).toordinal() + day)).isoformat(), "campaign_type": str(family)}
        for day, family in past
    ]
    on = free_week(days=12, history=history)
    draft = WeekDraft(on)
    FullCampaigns.of(on).post(draft)
    for key, literal in draft.campaigns.items():
        draft.model.add(literal == (key in campaigns))
    draft.finish()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(draft.model) == cp_model.OPTIMAL
    assert round(solver.objective_value) == score(on, campaigns)


@pytest.mark.parametrize("rule", [{}, {"campaign-target": {"enabled": False}}])
def test_a_week_without_campaigns_or_targets_has_no_such_wish(rule: dict[str, Any]) -> None:
    assert not FullCampaigns.concerns(week(rules=rule, campaigns={} if rule else None))
