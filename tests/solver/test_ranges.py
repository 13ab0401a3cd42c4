"""Weeks with ranges: inside them where there is room, and what is lacking declared with the rules that bind."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

from schedsolve.model.catalog import Category
from schedsolve.model.plan import Plan, Receipt
from schedsolve.model.range_reach import unreachable
from schedsolve.model.ranged import Ranged
from schedsolve.model.week import Week
from schedsolve.pipeline.auditing import Making
from schedsolve.pipeline.explaining.purchase import lacks_of
from schedsolve.pipeline.timetables import timetable_of
from schedsolve.solver.binding import binding_rules
from schedsolve.solver.compose import compose, draft_rules
from schedsolve.solver.decode import decode
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.runner import Runner
from schedsolve.solver.search import Budget, search
from schedsolve.solver.shortage import shortage, with_ranges

from ..constraints.weeks import week

BRIEF = Budget(moves=20, improve=0.3, bound=0.0)
LOW: dict[str, Any] = {"quota": (4, 6, 1), "ppv_range": (2, 3), "bump_range": (4, 6)}
HIGH: dict[str, Any] = {"quota": (9, 9, 2), "ppv_range": (7, 9), "bump_range": (7, 9)}


def planned(on: Week) -> Plan:
    """An audited plan."""
    draft = compose(on)
    outcome = search(draft, BRIEF)
    assert outcome is not None
    making = Making(on, "quick", time.monotonic(), Receipt())
    return making.audited(decode(draft, outcome.solution), outcome)


def counts(plan: Plan, on: Week) -> list[tuple[int, int]]:
    """Pay-per-view sends and bumps by day."""
    held = Counter(
        (item.scheduled_date, kind)
        for item in plan.items
        for kind in Ranged
        if not item.is_follow_up and kind.covers(on.catalog[item.send_type_key])
    )
    dates = [on.date(day).isoformat() for day in on.days]
    return [(held[date, Ranged.PPV], held[date, Ranged.BUMP]) for date in dates]


@cache
def high() -> tuple[Week, Plan]:
    on = week(days=3, **HIGH)
    return on, planned(on)


def test_a_low_week_lies_inside_its_ranges_and_declares_nothing() -> None:
    on = week(**LOW)
    plan = planned(on)
    assert plan.audit is not None
    assert plan.audit.verdict == "passed"
    assert plan.shortfalls == ()
    assert all(2 <= ppv <= 3 and 4 <= bumps <= 6 for ppv, bumps in counts(plan, on))
    assert (plan.score["ppv-range"], plan.score["bump-range"]) == (0.0, 0.0)
    assert not [warning for warning in plan.warnings if warning.code == "bump-ratio"]


def test_a_high_week_declares_what_is_lacking_and_what_binds_it() -> None:
    on, plan = high()
    assert plan.audit is not None
    assert plan.audit.verdict == "passed"
    lacking = {(short.date, short.rule): short for short in plan.shortfalls if short.rule != "daily-quota"}
    for day, (ppv, bumps) in enumerate(counts(plan, on)):
        assert ppv <= 9
        assert bumps <= 9
        for rule, held in (("ppv-range", ppv), ("bump-range", bumps)):
            short = lacking.get((on.date(day).isoformat(), rule))
            assert (0 if short is None else short.wanted - short.placed) == max(0, 7 - held)
            if short is not None:
                assert (short.wanted, short.placed, short.binding) == (7, held, ("block-limit",))
    total = sum(short.wanted - short.placed for short in lacking.values())
    assert total >= sum(sum(unreachable(on, day).values()) for day in on.days) == 6
    missing = [short for short in plan.shortfalls if short.rule == "daily-quota"]
    assert sum(short.wanted - short.placed for short in missing) == 3 * 8


def test_a_plan_with_lacking_sends_is_read_back_as_it_was() -> None:
    on, plan = high()
    table = timetable_of(on, plan.to_dict())
    told = [(short.rule, short.category.value, short.wanted - short.placed) for short in plan.shortfalls]
    assert [(short.rule, short.category.value, short.count) for short in table.shortfalls] == told
    assert {short.rule for short in table.short_of("ppv-range")} == {"ppv-range"}


def test_a_range_that_locks_go_beyond_leaves_no_plan() -> None:
    kinds = {"10": "ppv_unlock solo", "14": "bundle", "18": "ppv_unlock winner"}
    locks = [f"2025-01-20T{hour}:07 {kind}" for hour, kind in kinds.items()]
    on = week(days=1, locks=locks, ppv_range=(1, 2))
    assert search(compose(on), BRIEF) is None
    assert search(compose(replace(on, ppv_range=None)), BRIEF) is not None


def test_where_types_cut_a_range_short_they_are_named() -> None:
    on = week(days=1, quota=(9, 1, 0), ppv_range=(8, 9))
    asked = {(0, Ranged.PPV): 1}
    assert binding_rules(on, asked) == {(0, Ranged.PPV): ("no-repeat-type", "style-am-pm")}


def test_a_range_short_of_its_category_is_bound_by_what_binds_that() -> None:
    off = [key for key in week().types if key not in ("bump_normal", "bump_flyer", "game_post")]
    send_types = {key: {"enabled": False} for key in off}
    on = week(days=1, quota=(1, 12, 0), bump_range=(12, 12), send_types=send_types)
    found = binding_rules(on, {(0, Category.ENGAGEMENT): 1, (0, Ranged.BUMP): 1})
    assert found[0, Ranged.BUMP] == ("block-limit",)


def test_the_model_is_asked_where_arithmetic_does_not_tell() -> None:
    blackouts = [("2025-01-20T08:00", "2025-01-20T20:00")]
    off = {key: {"enabled": False} for key in ("bundle", "flash_bundle", "snapchat_bundle")}
    on = week(days=1, quota=(3, 0, 0), ppv_range=(2, 3), blackouts=blackouts, send_types=off)
    ((key, rules),) = binding_rules(on, {(0, Ranged.PPV): 1}).items()
    assert key == (0, Ranged.PPV)
    assert rules


def test_a_week_without_ranges_has_nothing_in_its_model_for_them() -> None:
    draft = draft_rules(week(days=1))
    assert draft.lacking == {}
    off = week(days=1, **LOW, rules={"ppv-range": {"enabled": False}, "bump-range": {"enabled": False}})
    none = replace(off, ppv_range=None, bump_range=None)
    assert str(draft_rules(off).model.proto) == str(draft_rules(none).model.proto)


def test_explain_tells_what_ranges_lack_beside_what_quotas_miss() -> None:
    on = week(days=1, **HIGH)
    with Runner(None, Cancellation()) as runner:
        short = shortage(on, runner)
        assert short is not None
        least = with_ranges(on, short, runner)
        assert with_ranges(week(days=1), short, runner) is short
    assert (short.total, least.total, sum(least.lacking.values())) == (8, 8, 2)
    lacks = lacks_of(on, least)
    assert {lack.rule for lack in lacks} > {"daily-quota"}
    (first, *_) = [lack for lack in lacks if lack.rule != "daily-quota"]
    assert first.binding == ("block-limit",)
    assert "of 7 " in first.message
