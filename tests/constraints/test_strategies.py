"""Rules `strategy-variety` and `strategy-repeat`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schedsolve.constraints.strategy_repeat import StrategyRepeat
from schedsolve.constraints.strategy_variety import StrategyVariety
from schedsolve.model.timetable import Timetable
from schedsolve.model.week import Week

from .plans import amounts, broken, plan_of, with_days
from .weeks import week

FULL = {
    "r": "revenue_focus",
    "e": "engagement_burst",
    "b": "balanced_standard",
    "v": "variety_max",
    "s": "storytelling",
    "-": "-",
}


def days(letters: str, week_of: Week | None = None) -> Timetable:
    """A plan whose days state strategies by first letter."""
    made = week_of or week(days=len(letters))
    return with_days(plan_of(made), " ".join(FULL[letter] for letter in letters))


@pytest.mark.parametrize("letters", ["rebrebr", "rererev", "reb----", "re-----", "r------", "-------", "rs", "r"])
def test_three_strategies_or_as_many_as_days_that_tell_pass(letters: str) -> None:
    assert broken(StrategyVariety(3), days(letters)) == []


@pytest.mark.parametrize(
    ("letters", "missing"), [("rererer", 1), ("rrrrrrr", 2), ("rer----", 1), ("rr", 1), ("rr-----", 1)]
)
def test_too_few_strategies_are_found(letters: str, missing: int) -> None:
    (violation,) = StrategyVariety(3).violations(days(letters))
    assert (violation.amount, violation.severity) == (missing, "medium")


def test_the_stated_number_of_strategies_holds() -> None:
    assert broken(StrategyVariety(4), days("rebrebr")) == ["2025-01-20..2025-01-26"]
    assert broken(StrategyVariety(4), days("rebvreb")) == []


def test_the_floor_falls_to_the_strategies_on_offer() -> None:
    two = week(variation={"strategies": ["revenue_focus", "storytelling"]})
    assert broken(StrategyVariety(3), days("rsrsrsr", two)) == []
    assert broken(StrategyVariety(3), days("rrrrrrr", two)) == ["2025-01-20..2025-01-26"]


def test_every_plan_week_needs_its_own_variety() -> None:
    assert broken(StrategyVariety(3), days("rebrebr" + "rererer")) == ["2025-01-27..2025-02-02"]


def test_a_strategy_told_by_the_sends_alone_counts() -> None:
    plan = days("-e")
    sends = plan_of(plan.week, "Mon 09:07 bump_normal").sends
    told = replace(plan, sends=(replace(sends[0], strategy="engagement_burst"),))
    assert broken(StrategyVariety(2), told) == ["2025-01-20..2025-01-21"]
    assert broken(StrategyRepeat(), told) == ["2025-01-21"]


@pytest.mark.parametrize("letters", ["rebrebr", "rerere", "r-r", "-", "r"])
def test_days_that_change_their_strategy_pass(letters: str) -> None:
    assert broken(StrategyRepeat(), days(letters)) == []


@pytest.mark.parametrize(
    ("letters", "dates"),
    [
        ("rr", ["2025-01-21"]),
        ("rrr", ["2025-01-21", "2025-01-22"]),
        ("-rr", ["2025-01-22"]),
        ("rebbeb-" + "ss", ["2025-01-23", "2025-01-28"]),
        ("rebrebr" + "rebrebs", ["2025-01-27"]),
    ],
)
def test_a_strategy_on_two_days_running_is_found(letters: str, dates: list[str]) -> None:
    assert broken(StrategyRepeat(), days(letters)) == dates
    assert set(amounts(StrategyRepeat(), days(letters))) == {1}


def test_the_eve_of_the_first_day_counts() -> None:
    handed = week(days=2, last_strategy="storytelling")
    assert broken(StrategyRepeat(), days("sr", handed)) == ["2025-01-20"]
    assert broken(StrategyRepeat(), days("rs", handed)) == []
    assert broken(StrategyRepeat(), days("-s", handed)) == []


def test_without_history_the_border_does_not_bind() -> None:
    assert broken(StrategyRepeat(), days("sr")) == []


def test_one_strategy_on_offer_may_repeat() -> None:
    only = week(days=3, variation={"strategies": ["balanced_standard"]}, last_strategy="balanced_standard")
    assert broken(StrategyRepeat(), days("bbb", only)) == []
    two = week(days=3, variation={"strategies": ["balanced_standard", "storytelling"]})
    assert broken(StrategyRepeat(), days("bbs", two)) == ["2025-01-21"]
