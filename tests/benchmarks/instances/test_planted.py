"""How a planted scenario closes in on its hidden plan."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from benchmarks.evaluator import evaluate
from benchmarks.instances.frame import week_of
from benchmarks.instances.knobs import Knobs
from benchmarks.instances.planted import WIDEST_GAP, Planted, plant
from schedsolve.model.catalog import CATALOG
from schedsolve.model.week import Week

CLOSE = Knobs(
    level="high", fill=1.0, blackouts=0.4, margin=20, tight_gaps=1.0, caps=1.0, locks=12, history_days=2, types_off=2
)


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant(CLOSE, 4)


@pytest.fixture(scope="module")
def week(planted: Planted) -> Week:
    return week_of(planted.scenario)


def test_equal_knobs_and_seed_hide_equal_plans(planted: Planted) -> None:
    assert plant(CLOSE, 4) == planted


@pytest.mark.parametrize("seed", range(3))
def test_the_hidden_plan_is_valid_and_misses_nothing(seed: int) -> None:
    planted = plant(replace(CLOSE, page="free", days=8), seed)
    found = evaluate(week_of(planted.scenario), planted.decision)
    assert (found.violations, found.missing) == ({}, 0)


def test_a_broken_hidden_plan_would_be_noticed(planted: Planted, week: Week) -> None:
    first, *others = planted.decision.sends
    later = replace(planted.decision, sends=(replace(first, minute=first.minute + 90), *others))
    assert not evaluate(week, later).valid
    fewer = replace(planted.decision, sends=planted.decision.sends[:-1], followups=())
    assert evaluate(week, fewer).violations["daily-quota"] == 1


def test_caps_leave_nothing_over(planted: Planted, week: Week) -> None:
    sent = [send.send_type.key for send in planted.decision.sends]
    for key, row in week.types.items():
        assert row.weekly_cap == sent.count(key)


def test_unused_types_are_off(planted: Planted, week: Week) -> None:
    assert week.types.keys() == {send.send_type.key for send in planted.decision.sends}


def test_gaps_are_as_long_as_the_plan_keeps_them(planted: Planted, week: Week) -> None:
    grown = 0
    for key, row in week.types.items():
        minutes = [send.minute for send in planted.decision.sends if send.send_type.key == key]
        least = min((later - earlier for earlier, later in pairwise(minutes)), default=10**6)
        assert CATALOG[key].gap_minutes <= row.gap_minutes <= min(least, WIDEST_GAP * CATALOG[key].gap_minutes)
        grown += row.gap_minutes > CATALOG[key].gap_minutes
    assert grown >= 5


def test_history_ends_where_gaps_are_tight(planted: Planted, week: Week) -> None:
    slack = []
    for key, row in week.types.items():
        last = max((send.minute for send in week.past if send.send_type.key == key), default=None)
        first = min(send.minute for send in planted.decision.sends if send.send_type.key == key)
        if last is not None and row.gap_minutes >= 720:
            slack.append(first - last - row.gap_minutes)
    assert min(slack) >= 0
    assert sum(minutes <= 15 for minutes in slack) >= 2


def test_closed_time_lies_close_around_the_sends(planted: Planted, week: Week) -> None:
    minutes = [send.minute for send in planted.decision.sends]
    minutes += [followup.minute for followup in planted.decision.followups]
    for span in week.blackouts:
        assert span.end - span.start >= 30
        assert not [minute for minute in minutes if span.start <= minute < span.end]
        near = min(min(abs(minute - span.start), abs(minute - span.end)) for minute in minutes)
        assert near <= CLOSE.margin + 5


def test_locks_are_sends_of_the_plan(planted: Planted, week: Week) -> None:
    sent = {(send.minute, send.send_type.key, send.style) for send in planted.decision.sends}
    assert len(week.locks) == CLOSE.locks
    assert {(lock.minute, lock.send_type.key, lock.style) for lock in week.locks} <= sent


def test_knobs_that_leave_no_room_are_refused() -> None:
    with pytest.raises(ValueError, match="no valid plan found"):
        plant(Knobs(fill=1.5), 1)
