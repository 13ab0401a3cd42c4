from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from schedsolve.constraints.audit import audit
from schedsolve.constraints.bump_range import BumpRange
from schedsolve.constraints.category_balance import CategoryBalance
from schedsolve.constraints.count_range import RangeRule
from schedsolve.constraints.daily_quota import DailyQuota
from schedsolve.constraints.ppv_range import PpvRange
from schedsolve.constraints.preferences import preferences_of
from schedsolve.constraints.preferences.full_range import LACKING, FullBumpRange, FullPpvRange
from schedsolve.model.catalog import CATALOG, Category
from schedsolve.model.range_reach import cutting, most_among, unreachable
from schedsolve.model.ranged import Ranged
from schedsolve.model.timetable import Missing
from schedsolve.pipeline.scoring import score_units

from .plans import broken, plan_of
from .weeks import week

R, E = Category.REVENUE, Category.ENGAGEMENT
BOUND = ("no-repeat-type",)
TWO_PPV = ("Mon 09:07 ppv_unlock solo", "Mon 11:07 tip_goal", "Mon 13:07 bundle")
TWO_BUMPS = ("Mon 09:37 bump_normal", "Mon 11:37 dm_farm", "Mon 13:37 bump_flyer")
ASKED: dict[str, Any] = {"days": 1, "quota": (4, 4, 1), "ppv_range": (2, 3), "bump_range": (2, 3)}
RULES: dict[str, tuple[RangeRule, tuple[str, ...], Category, str]] = {
    "ppv-range": (PpvRange(), TWO_PPV, R, "Mon {} flash_bundle"),
    "bump-range": (BumpRange(), TWO_BUMPS, E, "Mon {} bump_text_only"),
}
each = pytest.mark.parametrize("name", RULES)


@each
def test_counts_between_the_ends_pass(name: str) -> None:
    rule, sends, _, more = RULES[name]
    on = week(**ASKED)
    assert broken(rule, plan_of(on, *sends)) == []
    assert broken(rule, plan_of(on, *sends, more.format("20:07"))) == []


@each
def test_one_more_than_the_high_end_is_found_whatever_is_declared(name: str) -> None:
    rule, sends, category, more = RULES[name]
    four = (*sends, more.format("18:07"), more.format("20:07"))
    declared = Missing(0, category, 1, BOUND, name)
    for plan in (plan_of(week(**ASKED), *four), plan_of(week(**ASKED), *four, shortfalls=[declared])):
        (violation,) = rule.violations(plan)
        assert (violation.rule, violation.subject, violation.amount) == (name, "2025-01-20", 1)
        assert violation.severity == "medium"
        assert "exceed 3" in violation.message


@each
def test_less_than_the_low_end_must_be_declared(name: str) -> None:
    rule, sends, category, _ = RULES[name]
    on = week(**ASKED)
    (violation,) = rule.violations(plan_of(on, *sends[:2]))
    assert (violation.subject, violation.amount) == ("2025-01-20", 1)
    assert broken(rule, plan_of(on, *sends[:2], shortfalls=[Missing(0, category, 1, BOUND, name)])) == []
    assert broken(rule, plan_of(on, shortfalls=[Missing(0, category, 1, BOUND, name)] * 2)) == []


@each
@pytest.mark.parametrize(
    ("day", "count", "binding"), [(0, 2, BOUND), (0, 1, ()), (0, 1, ("luck",)), (1, 1, BOUND), (0, 0, BOUND)]
)
def test_a_false_or_unfounded_declaration_is_found(name: str, day: int, count: int, binding: tuple[str, ...]) -> None:
    rule, sends, category, _ = RULES[name]
    declared = Missing(day, category, count, binding, name)
    assert broken(rule, plan_of(week(**ASKED), *sends[:2], shortfalls=[declared]))


@each
def test_a_declaration_under_another_rule_or_category_does_not_count(name: str) -> None:
    rule, sends, category, _ = RULES[name]
    other = E if category is R else R
    for declared in (Missing(0, category, 1, BOUND), Missing(0, other, 1, BOUND, name)):
        assert broken(rule, plan_of(week(**ASKED), *sends[:2], shortfalls=[declared])) == ["2025-01-20"]


@each
def test_nothing_lacks_but_a_shortfall_is_declared(name: str) -> None:
    rule, sends, category, _ = RULES[name]
    plan = plan_of(week(**ASKED), *sends, shortfalls=[Missing(0, category, 1, BOUND, name)])
    assert broken(rule, plan) == ["2025-01-20"]


@each
def test_the_low_end_reaches_no_further_than_the_quota(name: str) -> None:
    rule, sends, *_ = RULES[name]
    on = week(**{**ASKED, "quota": (1, 1, 1)})
    assert broken(rule, plan_of(on, sends[0])) == []
    assert broken(rule, plan_of(on)) == ["2025-01-20"]
    assert broken(rule, plan_of(week(**{**ASKED, "quota": (0, 0, 1)}))) == []
    assert on.least(rule.kind, 0) == 1


@each
def test_without_a_range_the_rule_is_silent(name: str) -> None:
    rule, sends, category, more = RULES[name]
    plan = plan_of(week(days=1), *sends, more.format("18:07"), more.format("20:07"))
    assert broken(rule, plan) == []
    assert broken(rule, plan_of(week(days=1), shortfalls=[Missing(0, category, 1, (), name)])) == []


@each
def test_followups_and_other_days_do_not_count(name: str) -> None:
    rule, sends, *_ = RULES[name]
    on = week(**{**ASKED, "days": 2})
    followup = "Mon 09:27 ppv_followup after Mon 09:07"
    tuesday = [line.replace("Mon", "Tue") for line in sends]
    assert broken(rule, plan_of(on, *sends, *tuesday, *([followup] if name == "ppv-range" else []))) == []


def test_the_quota_counts_only_what_is_declared_under_its_own_name() -> None:
    on = week(**{**ASKED, "quota": (3, 0, 0), "bump_range": None})
    sends = ("Mon 09:07 ppv_unlock solo", "Mon 11:07 tip_goal")
    lacking = Missing(0, R, 1, BOUND, "ppv-range")
    assert broken(DailyQuota(), plan_of(on, *sends, shortfalls=[lacking])) == ["2025-01-20 revenue"]
    assert broken(DailyQuota(), plan_of(on, *sends, shortfalls=[lacking, Missing(0, R, 1, BOUND)])) == []


def test_a_week_that_holds_its_quotas_is_excused_from_balance_though_a_range_lacks_something() -> None:
    on = week(**{**ASKED, "quota": (1, 3, 0), "bump_range": None})
    plan = plan_of(on, "Mon 15:07 tip_goal", *TWO_BUMPS, shortfalls=[Missing(0, R, 1, BOUND, "ppv-range")])
    assert broken(CategoryBalance.of(on), plan) == []
    assert broken(CategoryBalance.of(on), replace(plan, shortfalls=(Missing(0, R, 1, BOUND),))) != []


def test_ranged_kinds_are_the_catalogs() -> None:
    ppv = {key for key, row in CATALOG.items() if Ranged.PPV.covers(row)}
    bumps = {key for key, row in CATALOG.items() if Ranged.BUMP.covers(row)}
    assert ppv == {"ppv_unlock", "ppv_wall", "bundle", "flash_bundle", "snapchat_bundle"}
    assert bumps == {"bump_normal", "bump_descriptive", "bump_text_only", "bump_flyer"}
    for kind in Ranged:
        assert {CATALOG[key].category for key in (ppv if kind is Ranged.PPV else bumps)} == {kind.category}


def test_each_lacking_send_costs_the_same_and_what_is_over_the_low_end_earns_nothing() -> None:
    on = week(**ASKED)
    for sends, lacking in (((), 2), (TWO_PPV[:1], 1), (TWO_PPV, 0), ((*TWO_PPV, "Mon 20:07 flash_bundle"), 0)):
        assert score_units(plan_of(on, *sends))["ppv-range"] == -LACKING * lacking


def test_a_week_without_ranges_has_no_such_preference() -> None:
    assert not {"ppv-range", "bump-range"} & set(score_units(plan_of(week())))
    only = week(ppv_range=(1, 2))
    assert {preference.id for preference in preferences_of(only)} >= {"ppv-range"}
    assert "bump-range" not in score_units(plan_of(only))


def test_a_range_that_is_switched_off_asks_and_costs_nothing() -> None:
    on = week(**{**ASKED, "rules": {"ppv-range": {"enabled": False}}})
    assert on.count_range(Ranged.PPV) is None
    assert score_units(plan_of(on))["ppv-range"] == 0
    assert score_units(plan_of(on))["bump-range"] == -2 * LACKING
    assert "ppv-range" not in audit(plan_of(on)).checked


@pytest.mark.parametrize(
    ("page", "room", "most"),
    [("paid", 1, 1), ("paid", 4, 4), ("paid", 5, 5), ("paid", 6, 5), ("paid", 9, 7), ("paid", 12, 8), ("free", 12, 12)],
)
def test_repeats_and_half_days_cut_the_pay_per_view_sends_of_a_day(page: str, room: int, most: int) -> None:
    on = week(page=page, quota=(9, 9, 0))
    assert most_among(on, Ranged.PPV, room) == most
    assert most_among(on, Ranged.BUMP, room) == room
    assert bool(cutting(on, Ranged.PPV, room)) == (most < room)


def test_the_rules_that_cut_are_those_without_which_more_would_fit() -> None:
    assert cutting(week(), Ranged.PPV, 9) == ("no-repeat-type", "style-am-pm")
    alone = week(rules={"style-am-pm": {"enabled": False}})
    assert cutting(alone, Ranged.PPV, 9) == ()
    off = {key: {"enabled": False} for key in ("bundle", "flash_bundle", "snapchat_bundle")}
    assert cutting(week(send_types=off), Ranged.PPV, 9) == ("no-repeat-type",)
    assert cutting(week(send_types={**off, "ppv_unlock": {"enabled": False}}), Ranged.PPV, 3) == ("known-type",)


@pytest.mark.parametrize(
    ("quota", "ppv", "bumps", "lost"),
    [
        ((4, 6, 1), (2, 3), (4, 6), (0, 0)),
        ((6, 6, 2), (4, 6), (4, 6), (0, 0)),
        ((9, 9, 2), (7, 9), (7, 9), (2, 0)),
        ((12, 12, 3), (10, 12), (10, 12), (5, 3)),
        ((12, 1, 0), (10, 12), (1, 12), (2, 0)),
    ],
)
def test_what_no_plan_can_reach_is_the_zero_point(
    quota: tuple[int, int, int], ppv: tuple[int, int], bumps: tuple[int, int], lost: tuple[int, int]
) -> None:
    on = week(days=2, quota=quota, ppv_range=ppv, bump_range=bumps)
    assert tuple(unreachable(on, 0).values()) == lost
    assert [full.of(on).zero for full in (FullPpvRange, FullBumpRange)] == [2 * LACKING * count for count in lost]


def test_the_zero_point_is_the_yardsticks() -> None:
    tight = week(days=1, quota=(9, 9, 2), ppv_range=(7, 9), bump_range=(7, 9))
    loose = week(days=1, quota=(9, 9, 2), ppv_range=(7, 9), bump_range=(7, 9), rules={"block-limit": {"max": 6}})
    assert FullPpvRange.of(loose).zero == 0
    assert FullPpvRange.of(replace(loose, yardstick=tight)).zero == FullPpvRange.of(tight).zero > 0
