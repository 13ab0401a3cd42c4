from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from schedsolve.constraints.campaign_target import CampaignTarget
from schedsolve.model.catalog import Category
from schedsolve.model.timetable import Missing
from schedsolve.model.week import Week

from .plans import broken, plan_of
from .weeks import week

BOUND = ("campaign-spacing",)
WALLS = tuple(f"{day} 21:07 ppv_wall solo campaign=descriptive_wall_campaign" for day in ("Mon", "Wed", "Fri"))
BUNDLE = "Sat 21:07 bundle campaign=bundle_wall_campaign"
GAMES = ("Sun 13:07 game_post campaign=game_other", "Sun 21:07 game_post campaign=spin_the_wheel_game")
ENOUGH = (*WALLS, BUNDLE, *GAMES)


def free_week(**campaigns: Any) -> Week:
    return week(page="free", campaigns=campaigns)


def short(family: str | None, count: int, binding: Sequence[str] = BOUND, day: int = 0) -> Missing:
    return Missing(day, Category.REVENUE, count, tuple(binding), "campaign-target", family)


def subjects(lines: Sequence[str], *declared: Missing, on: Week | None = None) -> list[str]:
    on = on or free_week()
    return broken(CampaignTarget.of(on), plan_of(on, *lines, shortfalls=declared))


def test_a_week_wants_three_walls_and_one_of_each_other_family() -> None:
    rule = CampaignTarget.of(free_week())
    assert {str(family): wanted for family, wanted in rule.wanted.items()} == {
        "descriptive_wall_campaign": 3,
        "spin_the_wheel_game": 1,
        "bundle_wall_campaign": 1,
        "game_other": 1,
    }
    assert rule.wanted_in_all == 4
    assert subjects(ENOUGH) == []


@pytest.mark.parametrize(
    ("days", "wanted", "in_all"),
    [(5, [2, 1, 1, 1], 3), (14, [5, 2, 2, 1], 7), (28, [10, 4, 4, 2], 14)],
)
def test_numbers_grow_with_the_plans_true_length(days: int, wanted: list[int], in_all: int) -> None:
    rule = CampaignTarget.of(week(page="free", days=days, campaigns={}))
    assert (list(rule.wanted.values()), rule.wanted_in_all) == (wanted, in_all)


@pytest.mark.parametrize(
    ("lacking", "family"), [(0, "descriptive_wall_campaign"), (3, "bundle_wall_campaign"), (4, "game_other")]
)
def test_a_family_that_runs_too_seldom_without_a_word_is_found(lacking: int, family: str) -> None:
    lines = [line for number, line in enumerate(ENOUGH) if number != lacking]
    assert subjects(lines) == [family]
    assert subjects(lines, short(family, 1)) == []


def test_two_campaigns_of_a_family_on_a_day_count_once() -> None:
    lines = ("Mon 13:07 ppv_wall solo campaign=descriptive_wall_campaign", WALLS[0], *WALLS[2:], BUNDLE, *GAMES)
    assert subjects(lines) == ["descriptive_wall_campaign"]


def test_all_families_together_are_wanted_too_and_worse_to_miss() -> None:
    on = free_week(families={family: {"per_month": 0} for family in ("descriptive_wall_campaign", "game_other")})
    (found,) = CampaignTarget.of(on).violations(plan_of(on, BUNDLE, GAMES[1], WALLS[0]))
    assert (found.subject, found.amount, found.severity) == ("all families", 1, "high")
    assert subjects((BUNDLE, GAMES[1], WALLS[0]), short(None, 1), on=on) == []


@pytest.mark.parametrize("declared", [1, 3])
def test_a_declaration_of_too_few_or_too_many_is_found(declared: int) -> None:
    assert subjects((WALLS[0], BUNDLE, *GAMES), short("descriptive_wall_campaign", declared)) == [
        "descriptive_wall_campaign"
    ]


def test_what_is_not_missing_may_not_be_declared() -> None:
    assert subjects(ENOUGH, short("game_other", 1)) == ["game_other"]


@pytest.mark.parametrize("declared", [short("game_other", 1, ()), short("game_other", 1, ("bad luck",))])
def test_a_declaration_names_a_rule_that_binds(declared: Missing) -> None:
    assert subjects((*WALLS, BUNDLE, GAMES[1]), declared) == ["2025-01-20 revenue"]


def test_a_shortfall_of_a_quota_explains_no_campaign() -> None:
    quota = Missing(0, Category.REVENUE, 1, BOUND)
    assert subjects((*WALLS, BUNDLE, GAMES[1]), quota) == ["game_other"]


def test_a_plan_without_any_campaign_misses_every_family_and_all_together() -> None:
    assert len(subjects(())) == 5


def test_a_stated_zero_asks_for_nothing() -> None:
    families = {family: {"per_month": 0} for family in CampaignTarget.of(free_week()).wanted}
    assert subjects((), on=free_week(families=families, per_month=0)) == []
