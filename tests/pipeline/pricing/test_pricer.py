"""Prices: exact where optima are proven, honest where they are not, and counted from one zero point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from schedsolve import Cancellation, InfeasibleError, PriceList, Progress, Scenario, check, price, solve
from schedsolve.constraints import RULES, rules_of
from schedsolve.constraints.same_type_gap import SameTypeGap
from schedsolve.model.catalog import Category
from schedsolve.model.notch import Edit, Notch
from schedsolve.model.price import Price
from schedsolve.model.timetable import Missing
from schedsolve.model.week import Week
from schedsolve.pipeline.prepare import prepare
from schedsolve.pipeline.pricing import pricer as pricing
from schedsolve.pipeline.pricing.pressure import presses
from schedsolve.pipeline.pricing.pricer import NO_EFFECT
from schedsolve.pipeline.pricing.valuation import Solved, solved, valued
from schedsolve.pipeline.timetables import timetable_of
from schedsolve.solver.compose import compose
from schedsolve.solver.search import BUDGETS, Budget

OF_CAMPAIGNS = {"campaign-spacing", "campaign-target"}
"""Rules that do not stand in a week without campaigns."""

BRIEF = Budget(moves=200, improve=0.05, bound=0.05)
PROVING = Budget(moves=200, improve=0.02, bound=3.0)
"""Enough to prove the optimum of a day of three sends."""
RAW: dict[str, Any] = {
    "schedsolve": 1,
    "kind": "creator-week",
    "seed": 5,
    "week_start": "2025-01-20",
    "days": 2,
    "creator": {"id": "mia", "page_type": "paid", "timezone": "America/New_York"},
    "volume": {
        "revenue_per_day": 3,
        "engagement_per_day": 3,
        "retention_per_day": 1,
        "confidence_score": 0.9,
        "weekly_distribution": [2, 2],
    },
    "timing": {"peak_hours": [20, 21]},
}


@pytest.fixture(autouse=True)
def _brief(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BUDGETS, "quick", BRIEF)


@pytest.fixture
def proving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Effort `quick` proves the optimum of a single day."""
    monkeypatch.setitem(BUDGETS, "quick", PROVING)


def tiny(**changes: Any) -> Scenario:
    """Two days of two sends."""
    return Scenario.model_validate({**RAW, **changes})


def one_day(**changes: Any) -> Scenario:
    """A day of three sends."""
    return tiny(days=1, volume={**RAW["volume"], "weekly_distribution": [3]}, **changes)


def overfull(days: int = 1) -> Scenario:
    """Thirteen sends a day, where four blocks of three hold twelve."""
    volume = {"revenue_per_day": 6, "engagement_per_day": 5, "retention_per_day": 2, "confidence_score": 0.9}
    return Scenario.model_validate({**RAW, "days": days, "volume": {**volume, "weekly_distribution": [13] * days}})


def of_rule(prices: PriceList, rule: str, subject: str = "") -> Price:
    return next(found for found in prices.prices if (found.notch.rule, found.notch.subject) == (rule, subject))


def reasons(prices: PriceList) -> dict[str, str]:
    return {left.notch.text if left.notch else left.rule: left.reason for left in prices.unpriced}


OFF = {"enabled": False}
TIGHT: dict[str, dict[str, Any]] = {
    "min-spacing": {"rules": {"min-spacing": {"minutes": 400}}},
    "followup-daily-limit": {"rules": {"followup-daily-limit": {"max": 0}}},
    "weekly-cap": {
        "send_types": {"vip_program": {"weekly_cap": 0, "value": 100}, "tip_goal": OFF, "snapchat_bundle": OFF}
    },
}
"""By rule what makes it stand in the way of a day's three sends."""


@pytest.mark.usefixtures("proving")
@pytest.mark.parametrize("rule", TIGHT)
def test_a_price_is_the_difference_of_two_proven_optima(rule: str) -> None:
    scenario = one_day(**TIGHT[rule])
    prices = price(scenario, rules=[rule])
    before = solve(scenario, effort="quick")
    assert before.status == "optimal"
    assert prices.value == prices.bound == before.objective
    found = prices.prices[0]
    changed = found.notch.applied(scenario)
    assert changed is not None
    after = solve(changed, effort="quick")
    assert after.status == "optimal"
    exact = check(scenario, after).objective - check(scenario, before).objective
    assert exact > 1, "the rule is meant to stand in the way"
    assert found.total.at_least == pytest.approx(found.total.best) == pytest.approx(found.total.at_most)
    assert found.total.best == pytest.approx(exact, abs=0.0011), found.notch.text
    assert found.sends == 0
    assert found.points == found.total
    assert found.certain


def test_without_a_proof_the_interval_holds_the_exact_gain(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = one_day(**TIGHT["min-spacing"])
    monkeypatch.setitem(BUDGETS, "quick", Budget(moves=1, improve=0.0, bound=0.0))
    rough = price(scenario, rules=["min-spacing", "style-am-pm"])
    monkeypatch.setitem(BUDGETS, "quick", PROVING)
    exact = price(scenario, rules=["min-spacing", "style-am-pm"])
    assert rough.value <= exact.value
    assert rough.bound >= exact.bound
    wide = 0
    for found in rough.prices:
        true = next(other for other in exact.prices if other.notch == found.notch).total
        assert true.at_least == pytest.approx(true.at_most)
        assert found.total.at_least - 0.0011 <= true.best <= found.total.at_most + 0.0011
        assert found.total.at_least <= found.total.best <= found.total.at_most
        wide += found.total.at_least < found.total.at_most
    assert wide


@pytest.mark.usefixtures("proving")
def test_a_rule_that_binds_nothing_costs_nothing() -> None:
    prices = price(one_day(timing={"avg_response_minutes": 30}), rules=["clock-repeat", "followup-window"])
    assert reasons(prices) == {"followup-window 15-45 min -> 10-60 min": NO_EFFECT}
    (found,) = prices.prices
    assert (found.points.best, found.points.at_least, found.points.at_most) == (0, 0, 0)
    assert not found.certain


def test_sends_that_find_room_are_told_apart_from_points() -> None:
    prices = price(overfull(), rules=["block-limit"])
    assert prices.missing == 1
    found = of_rule(prices, "block-limit")
    assert found.sends == 1
    assert found.certain
    assert found.total.best > 2000
    assert abs(found.points.best) < 200
    assert found.points.at_most - found.points.at_least == pytest.approx(found.total.at_most - found.total.at_least)
    assert prices.earned == pytest.approx(prices.value)  # the missing send is forgiven: no plan of the week has room
    assert found.percent == pytest.approx(100 * found.points.best / prices.earned, abs=1e-3)


def test_what_missing_sends_cost_is_no_part_of_what_the_others_earn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two posts 12 hours apart have no room in the day's window; nine hours apart they have, if they may repeat."""
    every = SameTypeGap.notches
    monkeypatch.setattr(
        SameTypeGap, "notches", lambda *asked: (notch for notch in every(*asked) if notch.subject == "renew_on_post")
    )
    off = dict.fromkeys(("renew_on_message", "expired_winback"), OFF)
    volume = {"revenue_per_day": 2, "engagement_per_day": 2, "retention_per_day": 2, "confidence_score": 0.9}
    rules = {"active-window": {"start": "10:00", "end": "21:50"}, "no-repeat-type": OFF}
    scenario = tiny(days=1, send_types=off, rules=rules, volume={**volume, "weekly_distribution": [6]})
    prices = price(scenario, rules=["same-type-gap"])
    assert prices.missing == 1
    assert prices.value < -1000 < 0 < prices.earned
    for found in prices.prices:
        assert found.sends == 1
        assert found.total.best > 1900
        assert -100 < found.points.best < 100
        assert found.percent == pytest.approx(100 * found.points.best / prices.earned, abs=1e-3)
    assert len(prices.prices) == 2


def test_strategies_drawn_anew_are_no_gain() -> None:
    scenario = tiny(seed=6, days=7, volume={**RAW["volume"], "weekly_distribution": [2] * 7})
    prices = price(scenario, rules=["strategy-repeat"])
    found = of_rule(prices, "strategy-repeat")
    assert found.draw > 0
    assert found.points.best == pytest.approx(found.total.best - found.draw)
    assert abs(found.points.best) < 100 < found.draw


@cache
def _long_week() -> tuple[Week, Solved]:
    """A week in which missing sends, draws and windows all play a part, with a plan."""
    raw = {
        **RAW,
        "seed": 4,
        "days": 3,
        "volume": {**RAW["volume"], "weekly_distribution": [13, 6, 9]},
        "timing": {"peak_hours": [8, 22, 23], "avoid_hours": [10], "late_followups": "cross_midnight"},
        "rules": {
            "block-limit": {"max": 3, "hours": 6},
            "active-window": {"start": "08:05", "end": "23:20"},
            "followup-window": {"earliest": 30, "latest": 33},
            "strategy-variety": {"strategies": 2},
        },
        "blackouts": [{"from": "2025-01-20T12:00", "to": "2025-01-20T18:00"}],
        "locks": [{"at": "2025-01-21T20:07", "send_type_key": "ppv_unlock"}],
    }
    week = prepare(Scenario.model_validate(raw))
    found = solved(compose(week), "quick", None, lambda _: None)
    assert found is not None
    return week, found


@pytest.mark.parametrize("rule", [rule.id for rule in RULES if rule.id not in OF_CAMPAIGNS])
def test_the_same_plan_counts_the_same_under_every_loosened_rule(rule: str) -> None:
    """The zero point: what the loosened week counts for the old plan is what the week counts for it."""
    week, found = _long_week()
    (one,) = (one for one in rules_of(week) if one.id == rule)
    for notch in one.notches(week):
        changed = notch.applied(week.scenario)
        assert changed is not None
        looser = replace(prepare(changed), yardstick=week)
        after = valued(looser, found.plan)
        assert after is not None, notch.text
        assert after.missing == found.valuation.missing > 0
        assert after.units == found.valuation.units, notch.text


@pytest.mark.parametrize("rule", ["block-limit", "strategy-repeat", "round-minute", "active-window", "followup-window"])
def test_without_a_yardstick_it_would_count_otherwise(rule: str) -> None:
    """So that the test above says something."""
    week, found = _long_week()
    (one,) = (one for one in rules_of(week) if one.id == rule)
    differences = set()
    for notch in one.notches(week):
        changed = notch.applied(week.scenario)
        assert changed is not None
        after = valued(prepare(changed), found.plan)
        assert after is not None
        differences.add(after.value - found.valuation.value)
    assert differences != {0}


def test_what_is_solved_under_a_yardstick_is_valued_by_it() -> None:
    """The solver's value is that of the audit, also where the loosened week would draw other wishes."""
    week, _ = _long_week()
    for rule in ("round-minute", "block-limit", "followup-window", "strategy-repeat"):
        (one,) = (one for one in rules_of(week) if one.id == rule)
        changed = list(one.notches(week))[-1].applied(week.scenario)
        assert changed is not None
        looser = replace(prepare(changed), yardstick=week)
        assert solved(compose(looser), "quick", None, lambda _: None) is not None  # raises when values differ


def test_a_plan_found_by_the_way_counts_for_the_week_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loosened week's plan that breaks no rule is a better plan, not a gain."""
    scenario = tiny(days=3, volume={**RAW["volume"], "weekly_distribution": [6, 6, 6]})
    week = prepare(scenario)
    good = solved(compose(week), "quick", None, lambda _: None)
    monkeypatch.setitem(BUDGETS, "quick", Budget(moves=0, improve=0.0, bound=0.0))
    poor = solved(compose(week), "quick", None, lambda _: None)
    assert good is not None
    assert poor is not None
    assert poor.valuation.value < good.valuation.value
    turns: Iterator[Solved] = iter([poor, good])
    monkeypatch.setattr(pricing, "solved", lambda *_: next(turns))
    prices = price(scenario, rules=["style-am-pm"])
    (found,) = prices.prices
    assert prices.value == good.valuation.value / 1000
    assert found.total.best == 0
    assert not found.certain


def test_a_looser_step_is_never_worth_less_than_the_step_before() -> None:
    prices = price(overfull(), rules=["min-spacing", "block-limit"])
    for rule, steps in (
        ("min-spacing", ["30 min (ladder step 2)", "20 min (ladder step 3)", "15 min (ladder step 4)"]),
        ("block-limit", ["4 per 4 h", "off"]),
    ):
        by_step = {found.notch.after: found.total for found in prices.prices if found.notch.rule == rule}
        gains = [by_step[step] for step in steps if step in by_step]
        assert len(gains) > 1
        assert [gain.best for gain in gains] == sorted(gain.best for gain in gains)
        assert [gain.at_most for gain in gains] == sorted(gain.at_most for gain in gains)


def test_equal_runs_tell_equal_prices_dearest_first() -> None:
    scenario = one_day()
    first, second = (price(scenario, rules=["weekly-cap", "active-window"]) for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()
    assert first.reproducible
    gains = [found.total.best - found.draw for found in first.prices]
    assert gains == sorted(gains, reverse=True)
    assert len(gains) > 3


def test_by_default_only_what_the_plan_comes_up_against_is_priced() -> None:
    scenario = tiny(blackouts=[{"from": "2025-01-20T12:00", "to": "2025-01-20T13:00"}])
    prices = price(scenario)
    told = reasons(prices)
    assert told["blackout Mon 20 Jan 12:00-13:00 closed -> open"] == "a single day, lock or blackout"
    assert told["min-spacing 45 min -> 20 min (ladder step 3)"] == "a further step"
    assert told["active-window end 23:30 -> 23:59"] == "kept with room to spare"
    assert {found.notch.text for found in prices.prices}.isdisjoint(told)
    rules = {found.notch.rule for found in prices.prices} | {left.rule for left in prices.unpriced}
    assert {"weekly-cap", "same-type-gap", "no-repeat-type", "block-limit"} <= rules


def test_every_notch_is_asked_about_with_all_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = tiny(days=1, volume={**RAW["volume"], "weekly_distribution": [1]})
    week = prepare(scenario)
    wanted = {notch.text for rule in rules_of(week) for notch in rule.notches(week)}
    base = solved(compose(week), "quick", None, lambda _: None)
    monkeypatch.setattr(pricing, "solved", lambda *_: base)
    prices = price(scenario, everything=True)
    told = {found.notch.text for found in prices.prices} | set(reasons(prices))
    assert told == wanted
    assert set(reasons(prices).values()) == {NO_EFFECT}


def test_a_rule_without_notches_says_so() -> None:
    prices = price(tiny(rules={"clock-repeat": {"enabled": False}}), rules=["known-type", "clock-repeat"])
    assert reasons(prices) == {
        "known-type": "nothing to loosen in this week",
        "clock-repeat": "switched off in the scenario",
    }


def test_a_change_that_is_no_mere_loosening_has_no_price(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule may offer a notch for another purpose: under it the plan would miss a send."""
    from schedsolve.constraints.clock_repeat import ClockRepeat

    edit = Edit(op="replace", path="/volume/weekly_distribution", value=(3, 2))
    notch = Notch(rule="clock-repeat", before="2 sends", after="3 sends", size=1, patch=(edit,))
    monkeypatch.setattr(ClockRepeat, "notches", lambda *_: iter([notch]))
    prices = price(tiny(), rules=["clock-repeat"])
    assert prices.prices == ()
    assert reasons(prices) == {notch.text: "no mere loosening: the plan at hand would count otherwise"}


def test_the_next_morning_makes_some_loosenings_a_trade(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room in the evening no followup may wait for the morning: the optimum may even fall."""
    scenario = tiny(timing={**RAW["timing"], "late_followups": "next_morning"})
    base = solved(compose(prepare(scenario)), "quick", None, lambda _: None)
    assert base is not None
    turns = iter([base, replace(base, bound=base.valuation.value)])
    monkeypatch.setattr(pricing, "solved", lambda *_: next(turns))
    (found,) = price(scenario, rules=["round-minute"]).prices
    assert found.total.at_least == pytest.approx((base.valuation.value - base.bound) / 1000)
    assert found.total.at_least < 0


def test_a_cancelled_run_tells_what_it_has() -> None:
    cancellation = Cancellation()
    phases: list[str] = []

    def watch(event: Progress) -> None:
        phases.append(event.phase)
        if event.phase.startswith("2 of"):
            cancellation.cancel()

    prices = price(tiny(), rules=["weekly-cap"], progress=watch, cancellation=cancellation)
    assert not prices.reproducible
    assert len(prices.prices) + sum(left.reason == NO_EFFECT for left in prices.unpriced) == 1
    assert sum(left.reason == "interrupted" for left in prices.unpriced) == 5
    assert phases[0] == "the week itself"
    assert "1 of 6: weekly-cap tip_goal 3 a week -> 4 a week" in phases


def test_a_week_without_a_plan_has_no_prices() -> None:
    with pytest.raises(InfeasibleError):
        price(tiny(blackouts=[{"from": "2025-01-20T00:00", "to": "2025-01-21T00:00"}]))


def test_an_unknown_rule_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"unknown rule blok-limit; the rules are known-type, .*block-limit"):
        price(tiny(), rules=["blok-limit"])


@pytest.mark.parametrize(
    ("rules", "text", "expected"),
    [
        ({"followup-daily-limit": {"max": 50}}, "followup-daily-limit", False),
        ({"min-spacing": {"minutes": 120}}, "min-spacing", False),
        ({"min-spacing": {"minutes": 700}}, "min-spacing", True),  # a send is missing
        ({"block-limit": {"max": 1}}, "block-limit", True),
        ({"weekly-cap": {"enabled": True}}, "weekly-cap tip_goal", False),
        ({"category-balance": {"revenue_min": 0.49}}, "category-balance revenue", True),
        ({"category-balance": {"revenue_min": 0.2}}, "category-balance revenue", False),
        ({"type-diversity": {"types": 1, "revenue": 1, "engagement": 1}}, "type-diversity 1", False),
        ({}, "round-minute", True),
        ({}, "day-nonempty", False),
    ],
)
def test_a_plan_comes_up_against_a_rule_that_it_would_break_a_notch_tighter(
    rules: dict[str, Any], text: str, expected: bool
) -> None:
    week = prepare(one_day(rules=rules))
    found = solved(compose(week), "quick", None, lambda _: None)
    assert found is not None
    notch = next(n for rule in rules_of(week) for n in rule.notches(week) if n.text.startswith(text))
    assert presses(timetable_of(week, found.plan), notch) is expected


def test_a_type_is_pressed_where_its_category_lacks_a_send_that_the_day_has_room_for() -> None:
    off = dict.fromkeys(("renew_on_message", "expired_winback"), OFF)
    week = prepare(one_day(send_types=off))
    found = solved(compose(week), "quick", None, lambda _: None)
    assert found is not None
    plan = timetable_of(week, found.plan)
    notch = next(n for rule in rules_of(week) for n in rule.notches(week) if n.subject == "renew_on_post")
    assert not presses(plan, notch)
    assert presses(replace(plan, shortfalls=(Missing(0, Category.RETENTION, 1, ("daily-quota",)),)), notch)
    assert not presses(replace(plan, shortfalls=(Missing(0, Category.ENGAGEMENT, 1, ("daily-quota",)),)), notch)
    lacking = Missing(0, Category.RETENTION, 1, ("block-limit",), "bump-range")
    assert presses(replace(plan, shortfalls=(lacking,)), notch)
