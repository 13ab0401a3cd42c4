"""Replanning: the past stays word for word, changes hold, little moves, and all of it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from schedsolve import Cancellation, InfeasibleError, Plan, Progress, Replanned, ScenarioError, check, replan, solve
from schedsolve.pipeline.fingerprint import fingerprint
from schedsolve.pipeline.replanning.churned import churned
from schedsolve.solver.search import BUDGETS, Budget

from .old_plans import before, day, later, noon, old_plan, replanned, short_week, spot

BRIEF = Budget(moves=200, improve=0.2, bound=0.05)


@pytest.fixture(scope="module", autouse=True)
def _brief() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BUDGETS, "quick", BRIEF)
        yield


def assert_sound(result: Replanned, old: Plan | None = None) -> None:
    """What holds of every result: audited against the changed scenario, the past untouched, numbers that agree."""
    old = old or old_plan()
    report = check(result.scenario, result.plan)
    assert report.clean
    assert report.objective == result.plan.objective
    assert before(result.plan.items, result.now) == before(old.items, result.now)
    assert len({item.slot_id for item in result.plan.items}) == len(result.plan.items)
    assert result.plan.scenario.sha256 == fingerprint(result.scenario)
    assert result.churn == churned(old.items, result.plan.items, result.now, result.impossible)
    assert result.max_moves is None or result.churn <= result.max_moves
    assert result.net == pytest.approx(result.plan.objective - result.churn * result.move_cost)
    assert result.net <= result.bound


def minutes_apart(one: str, other: str) -> float:
    return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds()) / 60


def test_without_changes_and_with_no_moves_allowed_the_plan_stays_as_it_is() -> None:
    result = replanned(max_moves=0)
    assert_sound(result)
    kept = {item.slot_id: item for item in result.plan.items}
    assert {item.slot_id: spot(item) for item in old_plan().items} == {
        slot: spot(kept[slot]) for slot in (item.slot_id for item in old_plan().items)
    }
    assert result.difference.counts["moved"] == result.difference.counts["dropped"] == 0
    assert result.scenario == short_week()
    assert (result.churn, result.impossible) == (0, ())


def test_a_move_that_gains_less_than_it_costs_is_not_made() -> None:
    result = replanned(move_cost=1000)
    assert_sound(result)
    assert result.churn == 0
    assert result.net >= old_plan().objective


def test_the_past_keeps_every_byte_even_what_later_stages_filled_in() -> None:
    filled = old_plan().model_copy(
        update={
            "items": tuple(
                item.model_copy(update={"caption_id": number, "caption_text": f"text {number}", "expected_value": 77.0})
                for number, item in enumerate(old_plan().items)
            )
        }
    )
    result = replan(short_week(), filled, noon(), effort="quick", max_moves=0)
    assert before(result.plan.items, result.now) == before(filled.items, result.now)
    assert len(before(filled.items, result.now)) >= 6
    captions = {item.slot_id: item.caption_text for item in filled.items}
    kept = [change.old.slot_id for change in result.difference.of("kept") if change.old]
    told = {item.slot_id: item.caption_text for item in result.plan.items}
    assert {slot: told[slot] for slot in kept} == {slot: captions[slot] for slot in kept}


def test_a_cancelled_send_goes_and_its_type_stays_away_for_half_an_hour() -> None:
    cancelled = [later(1)[0], later(2)[-1]]
    result = replanned({"cancelled": [item.slot_id for item in cancelled]})
    assert_sound(result)
    new = {item.slot_id for item in result.plan.items}
    for gone in cancelled:
        assert gone.slot_id not in new
        assert gone.slot_id in result.impossible
        near = [item for item in result.plan.items if item.send_type_key == gone.send_type_key]
        assert all(minutes_apart(item.scheduled_at_utc, gone.scheduled_at_utc) > 30 for item in near)
    dropped = {change.old.slot_id for change in result.difference.of("dropped") if change.old}
    assert {item.slot_id for item in cancelled} <= dropped
    assert result.plan.shortfalls == ()


def test_a_cancelled_followup_leaves_its_parent_and_does_not_come_back() -> None:
    followup = later(2, regular=False)[0]
    result = replanned({"cancelled": [followup.slot_id]}, max_moves=0)
    assert_sound(result)
    assert result.impossible == (followup.slot_id,)
    assert followup.parent_item_id in {item.slot_id for item in result.plan.items}
    assert followup.slot_id not in {item.slot_id for item in result.plan.items}


def test_followups_fall_with_their_cancelled_parents_and_are_no_moves() -> None:
    followup = later(2, regular=False)[0]
    result = replanned({"cancelled": [followup.parent_item_id]}, max_moves=0)
    assert_sound(result)
    assert set(result.impossible) == {followup.parent_item_id, followup.slot_id}


def test_nothing_goes_out_in_a_new_blackout_and_it_begins_now_at_the_earliest() -> None:
    blackout = {"from": f"{day(0)}T08:00", "to": f"{day(1)}T16:00", "reason": "travel"}
    result = replanned({"blackouts": [blackout]})
    assert_sound(result)
    within = [
        item for item in result.plan.items if item.scheduled_date == day(1) and "12:00" <= item.scheduled_time < "16:00"
    ]
    assert within == []
    assert before(old_plan().items, result.now)
    stated = result.scenario.blackouts[-1]
    assert (f"{stated.start:%H:%M}", f"{stated.end:%H:%M}", stated.reason) == ("12:00", "16:00", "travel")
    assert {item.slot_id for item in later(1) if item.scheduled_time < "16:00"} <= set(result.impossible)


def test_approved_sends_stay_where_they_are_while_others_would_gladly_move() -> None:
    sends = [*later(2), *later(2, regular=False)]
    free = replanned({"quotas": [{"date": day(2), "revenue": 5}]}, move_cost=0)
    held = replanned(
        {"quotas": [{"date": day(2), "revenue": 5}], "approved": [item.slot_id for item in sends]}, move_cost=0
    )
    assert_sound(free)
    assert_sound(held)
    kept = {spot(item) for item in held.plan.items}
    assert {spot(item) for item in sends} <= kept
    assert not {spot(item) for item in sends} <= {spot(item) for item in free.plan.items}


def test_new_quotas_hold_and_stand_in_the_changed_scenario() -> None:
    result = replanned({"quotas": [{"date": day(2), "engagement": 4}]})
    assert_sound(result)
    old = old_plan().days[2].quotas
    assert result.plan.days[2].quotas == old.model_copy(update={"engagement": 4})
    stated = result.scenario.volume.quotas
    assert stated is not None
    assert [quota.engagement for quota in stated] == [*(entry.quotas.engagement for entry in old_plan().days[:2]), 4]
    placed = [item for item in result.plan.items if item.scheduled_date == day(2) and item.category == "engagement"]
    assert len(placed) == 4


def test_a_smaller_quota_needs_moves_and_too_few_name_the_least() -> None:
    cut = {"quotas": [{"date": day(2), "engagement": 1}]}
    least = old_plan().days[2].quotas.engagement - 1
    with pytest.raises(InfeasibleError, match=rf"at most {least - 1} of the sends .* force {least} of them"):
        replanned(cut, max_moves=least - 1)
    result = replanned(cut, max_moves=least)
    assert_sound(result)
    assert result.churn == least


def test_new_locks_hold_like_the_scenarios_own() -> None:
    lock = {"at": f"{day(2)}T13:22", "send_type_key": "link_drop"}
    result = replanned({"locks": [lock]})
    assert_sound(result)
    locked = [item for item in result.plan.items if item.locked]
    assert [(item.scheduled_time, item.send_type_key) for item in locked] == [("13:22:00", "link_drop")]


def test_a_failed_send_stays_in_the_plan_and_a_later_quota_of_its_category_grows() -> None:
    failed = next(item for item in old_plan().items if item.category == "engagement")
    result = replanned({"failed": [failed.slot_id]})
    assert_sound(result)
    assert failed in result.plan.items
    (made,) = result.made_up
    assert (made.slot_id, made.date) == (failed.slot_id, day(1))
    quotas = [entry.quotas.engagement for entry in result.plan.days]
    assert quotas == [entry.quotas.engagement + (number == 1) for number, entry in enumerate(old_plan().days)]
    assert result.plan.shortfalls == ()


def test_failed_sends_are_not_made_up_when_that_is_not_wanted() -> None:
    failed = old_plan().items[0].slot_id
    result = replanned({"failed": [failed], "make_up": False}, max_moves=0)
    assert_sound(result)
    assert (result.made_up, result.scenario) == ((), short_week())


@pytest.mark.parametrize("when", ["by arithmetic", "by the rules"])
def test_no_quota_grows_where_no_day_has_room_for_it(when: str) -> None:
    failed = next(item for item in old_plan().items if item.category == "engagement")
    last = [item for item in old_plan().items if not item.is_follow_up][-1]
    assert last.scheduled_time > "22:45"  # the day closes before another send may follow
    now = f"{day(2)}T23:30" if when == "by arithmetic" else last.scheduled_at_utc.replace(":00Z", ":30Z")
    result = replanned({"failed": [failed.slot_id]}, now=now)
    assert_sound(result)
    assert [(made.slot_id, made.date) for made in result.made_up] == [(failed.slot_id, None)]
    assert result.plan.shortfalls == old_plan().shortfalls
    assert "not-made-up" in {warning.code for warning in result.plan.warnings}


def test_a_failed_parent_gets_no_followup_any_more() -> None:
    followup = next(item for item in old_plan().items if item.is_follow_up and item.scheduled_date == day(1))
    parent = next(item for item in old_plan().items if item.slot_id == followup.parent_item_id)
    now = parent.scheduled_at_utc.replace(":00Z", ":30Z")
    result = replanned({"failed": [parent.slot_id]}, now=now)
    assert_sound(result)
    assert result.impossible == (followup.slot_id,)
    assert [item for item in result.plan.items if item.parent_item_id == parent.slot_id] == []


def test_a_replanned_plan_can_be_replanned() -> None:
    cancelled = later(1)[0].slot_id
    first = replanned({"cancelled": [cancelled], "failed": [old_plan().items[0].slot_id]})
    today = [item for item in first.plan.items if item.scheduled_date == day(2)]
    changes = {"cancelled": [today[-1].parent_item_id or today[-1].slot_id]}
    second = replan(first.scenario, first.plan.to_dict(), noon(2), changes, effort="quick", max_moves=4)
    assert_sound(second, first.plan)
    assert len(before(second.plan.items, first.now)) == len(before(old_plan().items, first.now))
    assert not [warning for warning in second.plan.warnings if warning.code == "other-scenario"]


def test_a_plan_of_another_seed_goes_on_with_its_own() -> None:
    other = solve(short_week(), effort="quick", seed=99)
    result = replan(short_week(), other, noon(), effort="quick", max_moves=0)
    assert result.plan.seed == result.scenario.seed == 99
    assert before(result.plan.items, result.now) == before(other.items, result.now)
    assert "other-scenario" not in {warning.code for warning in result.plan.warnings}


def test_a_plan_of_another_state_of_the_scenario_is_told() -> None:
    renamed = short_week().model_copy(update={"name": "renamed"})
    result = replan(renamed, old_plan(), noon(), effort="quick", max_moves=0)
    assert "other-scenario" in {warning.code for warning in result.plan.warnings}


def test_before_the_week_everything_is_free_and_after_it_nothing() -> None:
    early = replanned(now="2000-01-01T00:00", max_moves=1)
    assert_sound(early)
    assert before(early.plan.items, early.now) == []
    with pytest.raises(ValueError, match="is after the plan"):
        replanned(now="2099-01-01T00:00")


def test_the_same_question_gets_the_same_bytes() -> None:
    changes = {"cancelled": [later(1)[0].slot_id]}
    assert replanned(changes).to_json() == replanned(changes).to_json()


def test_the_plans_bound_is_told_only_where_it_is_one() -> None:
    limited, unlimited = replanned(max_moves=2), replanned()
    assert limited.plan.bound == pytest.approx(max(limited.bound + 2 * limited.move_cost, limited.plan.objective))
    assert (unlimited.plan.bound, unlimited.plan.gap, unlimited.plan.status) == (None, None, "feasible")
    assert "bound-of-net" in {warning.code for warning in unlimited.plan.warnings}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"max_moves": -1}, "0 or more"),
        ({"move_cost": -1}, "from 0 to 1000"),
        ({"move_cost": float("nan")}, "from 0 to 1000"),
        ({"move_cost": 1001}, "from 0 to 1000"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replanned(**options)


def faults(changes: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ScenarioError) as caught:
        replanned(changes)
    assert caught.value.source == "changes"
    return {problem.path: problem.message for problem in caught.value.problems}


def test_slot_ids_are_checked_against_the_plan_and_the_clock() -> None:
    past, future = old_plan().items[0].slot_id, later(2)[0].slot_id
    told = faults({"approved": ["nobody", future], "cancelled": [past, future], "failed": [future]})
    assert "no send of the plan" in told["approved[0]"]
    assert "is past" in told["cancelled[0]"]
    assert "approved as well" in told["cancelled[1]"]
    assert "still to come" in told["failed[0]"]


def test_quotas_are_checked_against_the_days_and_what_has_gone_out() -> None:
    gone = [item for item in old_plan().items if item.scheduled_date == day(1) and item.scheduled_time < "12:00"]
    category = gone[0].category.value
    told = faults(
        {
            "quotas": [
                {"date": day(0), "revenue": 9},
                {"date": day(1), category: 0},
                {"date": "2031-01-01", "revenue": 1},
                {"date": day(1), "revenue": 9},
            ]
        }
    )
    assert "is over" in told["quotas[0].date"]
    assert "have gone out" in told[f"quotas[1].{category}"]
    assert "no day of the plan" in told["quotas[2].date"]
    assert "there twice" in told["quotas[3].date"]


def test_locks_and_blackouts_are_checked_against_the_clock_and_each_other() -> None:
    told = faults(
        {
            "locks": [{"at": f"{day(0)}T13:22", "send_type_key": "link_drop"}],
            "blackouts": [
                {"from": f"{day(0)}T08:00", "to": f"{day(0)}T09:00"},
                {"from": f"{day(2)}T09:00", "to": f"{day(2)}T08:00"},
            ],
        }
    )
    assert "is past" in told["locks[0].at"]
    assert "is past" in told["blackouts[0].to"]
    assert "not after it starts" in told["blackouts[1]"]
    again = faults({"locks": [{"at": f"{day(2)}T13:{m}", "send_type_key": "link_drop"} for m in ("22", "32")]})
    assert list(again) == ["locks[1]"]


def test_what_is_approved_cannot_lie_in_a_new_blackout() -> None:
    send = later(2)[0]
    whole = {"from": f"{day(2)}T00:00", "to": f"{day(2)}T23:59"}
    assert "blackout" in faults({"approved": [send.slot_id], "blackouts": [whole]})["approved[0]"]


def test_a_locked_send_cannot_be_cancelled_while_its_lock_stands() -> None:
    first = replanned({"locks": [{"at": f"{day(2)}T13:22", "send_type_key": "link_drop"}]})
    locked = next(item for item in first.plan.items if item.locked)
    with pytest.raises(ScenarioError, match="is locked by the scenario's locks"):
        replan(first.scenario, first.plan, noon(), {"cancelled": [locked.slot_id]}, effort="quick")


def test_changes_that_no_plan_can_hold_are_infeasible_with_reasons() -> None:
    whole = {"from": f"{day(2)}T00:00", "to": f"{day(2)}T23:59"}
    with pytest.raises(InfeasibleError, match="day-nonempty"):
        replanned({"blackouts": [whole]})


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"creator_id": "somebody"}, "the scenario's creator is"),
        ({"status": "infeasible"}, "there is no plan in it"),
        ({"days": ()}, "covers no day"),
        ({"items": None}, "items"),
        ({"bogus": 1}, "bogus"),
    ],
    ids=str,
)
def test_a_plan_that_is_none_of_this_weeks_is_refused(fault: dict[str, Any], words: str) -> None:
    with pytest.raises(ScenarioError, match=words) as caught:
        replan(short_week(), {**old_plan().to_dict(), **fault}, noon(), effort="quick")
    assert caught.value.source == "plan"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("send_type_key", "bogus", "no type on offer"),
        ("scheduled_at_utc", "2031-01-01T12:07:00Z", "on no day"),
        ("scheduled_at_utc", "yesterday", "scheduled_at_utc"),
        ("ppv_style", "winner", "does not go with"),
    ],
)
def test_items_that_the_scenario_cannot_know_are_refused(field: str, value: str, words: str) -> None:
    data = old_plan().to_dict()
    number = next(n for n, item in enumerate(data["items"]) if item["category"] == "engagement")
    data["items"][number][field] = value
    with pytest.raises(ScenarioError, match=words):
        replan(short_week(), data, noon(), effort="quick")


def test_a_past_that_breaks_the_rules_ends_in_a_clear_error() -> None:
    data = old_plan().to_dict()
    first = data["items"][0]
    clock = first["scheduled_at_utc"][14:16]
    for name, place in (("scheduled_at_utc", 14), ("scheduled_time", 3)):
        first[name] = first[name][:place] + "30" + first[name][place + 2 :]
    assert clock != "30"
    with pytest.raises(ScenarioError, match="the past breaks round-minute"):
        replan(short_week(), data, noon(), effort="quick")


def test_a_future_that_breaks_the_rules_is_mended() -> None:
    data = old_plan().to_dict()
    last = [item for item in data["items"] if not item["is_follow_up"]][-1]
    for name, place in (("scheduled_at_utc", 14), ("scheduled_time", 3)):
        last[name] = last[name][:place] + "30" + last[name][place + 2 :]
    data["items"] = [item for item in data["items"] if item["parent_item_id"] != last["slot_id"]]
    broken = Plan.model_validate(data)
    assert not check(short_week(), broken).clean
    result = replan(short_week(), broken, noon(), effort="quick")
    assert_sound(result, broken)
    assert result.churn >= 1


def test_a_stopped_replan_gives_the_best_plan_so_far() -> None:
    cancellation = Cancellation()

    def stop(event: Progress) -> None:
        if event.value is not None:
            cancellation.cancel()

    result = replanned({"cancelled": [later(1)[0].slot_id]}, progress=stop, cancellation=cancellation)
    assert_sound(result)
    assert result.plan.reproducible is False
