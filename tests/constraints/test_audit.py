from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import pytest

from schedsolve.constraints import RULES
from schedsolve.constraints.audit import audit, contradictions
from schedsolve.constraints.clock_repeat import ClockRepeat
from schedsolve.constraints.min_spacing import MinSpacing
from schedsolve.constraints.round_minute import RoundMinute
from schedsolve.model.catalog import Category, Style
from schedsolve.model.timetable import DayRecord, Missing, PinRecord, Send, Timetable

from .plans import good_week, plan_of, told
from .weeks import week

EVERY = tuple(rule.id for rule in RULES if rule.concerns(week()))


def test_a_good_week_passes_every_rule() -> None:
    report = audit(good_week())
    assert report.violations == ()
    assert report.checked == EVERY
    assert report.skipped == ()
    assert report.verdict == "passed"


def test_the_duration_is_wall_clock_time_in_milliseconds() -> None:
    plan = good_week()
    started = perf_counter()
    report = audit(plan)
    assert 0 < report.duration_ms <= (perf_counter() - started) * 1000


def changed(which: Callable[[Send], bool], **fields: object) -> Callable[[Timetable], Timetable]:
    """A change to the first send of a plan that fits."""

    def change(plan: Timetable) -> Timetable:
        first = next(send for send in plan.sends if which(send))
        sends = (replace(send, **fields) if send is first else send for send in plan.sends)  # type: ignore[arg-type]
        return replace(plan, sends=tuple(sends))

    return change


def of_type(key: str) -> Callable[[Send], bool]:
    return lambda send: send.type_key == key


def day_changed(day: int, **fields: object) -> Callable[[Timetable], Timetable]:
    def change(plan: Timetable) -> Timetable:
        records = list(plan.days)
        records[day] = replace(records[day], **fields)  # type: ignore[arg-type]
        return replace(plan, days=tuple(records))

    return change


def said(**fields: object) -> Callable[[Timetable], Timetable]:
    return lambda plan: replace(plan, **fields)  # type: ignore[arg-type]


def moved(key: str, minutes: int) -> Callable[[Timetable], Timetable]:
    """The first send of a type, moved within its day."""

    def change(plan: Timetable) -> Timetable:
        first = next(send for send in plan.sends if send.type_key == key)
        away = replace(first, minute=first.minute + minutes, clock=first.clock + minutes)
        away = replace(away, expires=None if away.expires is None else away.expires + minutes)
        away = away if away.followup else told(away)
        sends = (away if send is first else send for send in plan.sends)
        return replace(plan, sends=tuple(sorted(sends, key=lambda send: send.minute)))

    return change


def jitter_of_nine(plan: Timetable) -> Timetable:
    """The first send adds up to its minute as before, but with a jitter out of range."""
    first, *others = plan.sends
    shifted = {"time_shift": -15, "adjustment_minutes": first.clock % 60 + 6, "time_adjusted": True}
    return replace(plan, sends=(told(first, jitter=9, adjustment_reason="moved", **shifted), *others))


def first_send_pinned(plan: Timetable) -> Timetable:
    first = plan.sends[0]
    pin = PinRecord(first.id, first.type_key, first.minute, first.minute + 60, 0.0)
    return replace(plan, pins=(*(plan.pins or ()), pin))


FAULTS: dict[str, Callable[[Timetable], Timetable]] = {
    "required-fields": changed(of_type("bump_normal"), missing=("target",)),
    "target-required": changed(of_type("renew_on_message"), target="renew_on"),
    "target-page": changed(of_type("dm_farm"), channel="targeted_message"),
    "daily-quota": said(shortfalls=(Missing(0, Category.REVENUE, 1, ("block-limit",)),)),
    "strategy-repeat": day_changed(1, strategy="revenue_focus"),
    "min-spacing": moved("link_drop", 90),
    "round-minute": moved("bump_normal", -1),
    "active-window": moved("first_to_tip", 155),
    "style-fixed": changed(of_type("game_post"), style="solo"),
    "style-known": changed(of_type("ppv_unlock"), style=None),
    "followup-window": moved("ppv_followup", 27),
    "followup-linked": changed(of_type("ppv_followup"), parent=None),
    "followup-target": changed(of_type("ppv_followup"), channel="mass_message"),
    "jitter-range": jitter_of_nine,
    "variation-metadata": changed(of_type("dm_farm"), metadata=None),
    "expiry-set": changed(of_type("link_drop"), expires=None),
    "pin-type": first_send_pinned,
    "rotation-transition": day_changed(3, pattern=("solo",)),
}


@pytest.mark.parametrize("rule_id", FAULTS)
def test_a_fault_planted_in_a_good_week_is_found_by_its_rule(rule_id: str) -> None:
    report = audit(FAULTS[rule_id](good_week()))
    assert rule_id in {violation.rule for violation in report.violations}
    assert report.checked == EVERY


def test_high_fails_and_the_rest_warns() -> None:
    plan = plan_of(week(), "Mon 20:30 bump_normal", "Mon 20:52 link_drop")
    assert audit(plan, [RoundMinute(15)]).verdict == "failed"
    assert audit(plan, [MinSpacing(45)]).verdict == "passed_with_warnings"
    assert audit(plan, [MinSpacing(45), RoundMinute(15)]).verdict == "failed"
    assert audit(plan, [MinSpacing(20)]).verdict == "passed"
    repeated = plan_of(week(), *(f"{day} 20:52 link_drop" for day in ("Mon", "Tue", "Wed")))
    assert audit(repeated, [ClockRepeat(2)]).verdict == "passed_with_warnings"


def test_only_the_rules_given_are_checked() -> None:
    report = audit(good_week(), [MinSpacing(45), RoundMinute(15)])
    assert report.checked == ("min-spacing", "round-minute")
    assert report.skipped == ()


def test_a_rule_switched_off_is_named_as_skipped() -> None:
    report = audit(plan_of(week(days=1, quota=(0, 0, 0), rules={"min-spacing": {"enabled": False}})))
    assert "min-spacing" not in report.checked
    assert ("min-spacing", "switched off in the scenario") in report.skipped


def skipped_of(plan: Timetable) -> set[str]:
    report = audit(plan)
    assert set(report.checked) == set(EVERY) - {rule_id for rule_id, _ in report.skipped}
    assert all(reason for _, reason in report.skipped)
    return {rule_id for rule_id, _ in report.skipped}


ABOUT_DAYS = {"strategy-variety", "strategy-repeat", "rotation-span", "rotation-transition"}
ABOUT_METADATA = {"jitter-range", "variation-metadata"}
ABOUT_PINS = {"pin-limit", "pin-duration", "pin-type"}
ABOUT_STYLES = {"style-known", "style-back-to-back", "style-am-pm"}


def test_a_bare_list_skips_by_name_what_it_cannot_tell() -> None:
    good = good_week()
    sends = tuple(
        replace(send, style=None, strategy=None, metadata=None, metadata_known=False, expires=None, expiry_known=False)
        for send in good.sends
    )
    bare = Timetable(good.week, sends, bare=True)
    expected = ABOUT_DAYS | ABOUT_METADATA | ABOUT_PINS | ABOUT_STYLES | {"expiry-set"}
    assert skipped_of(bare) == expected
    assert audit(bare).violations == ()


def test_one_told_day_is_enough_to_check_days() -> None:
    good = good_week()
    silent = replace(good, sends=tuple(replace(send, strategy=None) for send in good.sends))
    assert skipped_of(replace(silent, days=(DayRecord(),) * 7)) == ABOUT_DAYS
    assert skipped_of(replace(good, days=(DayRecord(),) * 7)) == {"rotation-span", "rotation-transition"}
    assert skipped_of(replace(good, days=(DayRecord(), DayRecord(strategy="variety_max")))) == set()
    assert skipped_of(replace(good, days=(DayRecord(), DayRecord(pattern=good.days[0].pattern)))) == set()


def test_one_send_that_tells_is_enough_to_check_metadata_expiry_and_styles() -> None:
    good = good_week()
    silent = tuple(replace(send, metadata_known=False, expiry_known=False, style=None) for send in good.sends)
    bare = replace(good, sends=silent, bare=True)
    assert skipped_of(bare) == ABOUT_METADATA | ABOUT_STYLES | {"expiry-set"}
    first = replace(silent[0], metadata_known=True)
    assert skipped_of(replace(bare, sends=(first, *silent[1:]))) == ABOUT_STYLES | {"expiry-set"}
    first = replace(silent[0], expiry_known=True)
    assert skipped_of(replace(bare, sends=(first, *silent[1:]))) == ABOUT_METADATA | ABOUT_STYLES
    first = replace(silent[0], style=Style.SOLO)
    assert skipped_of(replace(bare, sends=(first, *silent[1:]))) == ABOUT_METADATA | {"expiry-set"}
    first = replace(silent[0], style_text="weird")
    assert skipped_of(replace(bare, sends=(first, *silent[1:]))) == ABOUT_METADATA | {"expiry-set"}


def test_a_full_plan_without_styles_is_not_excused() -> None:
    good = good_week()
    silent = tuple(replace(send, style=None) for send in good.sends)
    assert skipped_of(replace(good, sends=silent)) == set()
    assert "style-known" in {violation.rule for violation in audit(replace(good, sends=silent)).violations}


def test_no_pins_are_checked_and_unknown_pins_are_not() -> None:
    good = good_week()
    assert skipped_of(replace(good, pins=())) == set()
    assert skipped_of(replace(good, pins=None)) == ABOUT_PINS


def test_an_empty_plan_is_checked_and_found_empty() -> None:
    empty = Timetable(week(), (), days=good_week().days, pins=(), bare=True)
    assert skipped_of(empty) == set()
    assert {violation.rule for violation in audit(empty).violations} == {"day-nonempty", "daily-quota"}


def test_violations_come_in_the_order_of_the_rules() -> None:
    plan = plan_of(week(), "Mon 20:30 bump_normal", "Mon 20:30 link_drop", "Mon 03:00 mystery")
    order = [EVERY.index(violation.rule) for violation in audit(plan).violations]
    assert order == sorted(order)
    assert len(set(order)) > 5


def test_every_message_is_a_sentence_with_its_subjects_date_or_id() -> None:
    plan = plan_of(week(), "Mon 20:30 bump_normal", "Mon 20:30 link_drop winner", "Mon 03:00 mystery")
    for violation in audit(plan).violations:
        assert violation.subject in violation.message
        assert "  " not in violation.message


def test_the_audit_of_120_sends_takes_less_than_50_ms() -> None:
    crowded = week(
        quota=(9, 8, 0), history=[f"2025-01-{10 + n % 10}T{8 + n // 10:02d}:07 link_drop" for n in range(100)]
    )
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    keys = [key for key in crowded.types if key not in ("vip_program", "snapchat_bundle", "tip_goal")]
    lines = [f"{day} {8 + n:02d}:{n + 1:02d} {keys[n]}" for day in days for n in range(15)]
    followups = [f"{day} {clock} ppv_followup parent=history_0" for day in days for clock in ("09:41", "12:41")]
    plan = plan_of(crowded, *lines, *followups)
    assert len(plan.sends) == 119
    assert min(audit(replace(plan, bare=False)).duration_ms for _ in range(5)) < 50


def test_locks_that_go_together_contradict_nothing() -> None:
    assert contradictions(week(locks=["2025-01-22T20:07 ppv_unlock winner", "2025-01-23T09:07 bump_normal"])) == []


@pytest.mark.parametrize(
    ("locks", "rule_id", "subject"),
    [
        (["2025-01-22T20:07 bump_normal", "2025-01-22T20:51 link_drop"], "min-spacing", "lock_1"),
        (["2025-01-22T20:07 bump_normal", "2025-01-22T20:07 link_drop"], "time-conflict", "lock_1"),
        (["2025-01-22T20:07 like_farm", "2025-01-23T20:06 like_farm"], "same-type-gap", "lock_1"),
        (
            ["2025-01-22T20:07 vip_program", "2025-01-25T20:08 vip_program"],
            "weekly-cap",
            "2025-01-20..2025-01-26",
        ),
        (["2025-01-22T20:30 bump_normal"], "round-minute", "lock_0"),
        (["2025-01-22T07:31 bump_normal"], "active-window", "lock_0"),
        (["2025-01-22T13:07 bundle", "2025-01-22T19:07 bundle"], "style-am-pm", "2025-01-22 pm bundle"),
    ],
)
def test_locks_that_no_plan_can_hold_are_found(locks: list[str], rule_id: str, subject: str) -> None:
    assert (rule_id, subject) in {(found.rule, found.subject) for found in contradictions(week(locks=locks))}


def test_locks_in_an_order_that_other_sends_can_mend_are_no_contradiction() -> None:
    assert contradictions(week(locks=["2025-01-22T09:07 bundle", "2025-01-22T19:07 bundle"])) == []


def test_history_and_blackouts_do_not_make_locks_contradict() -> None:
    made = week(
        locks=["2025-01-20T00:07 bump_normal"],
        history=["2025-01-19T23:41 bump_normal"],
        blackouts=[("2025-01-20T00:00", "2025-01-21T00:00")],
        rules={"active-window": {"enabled": False}},
    )
    assert contradictions(made) == []
    made = week(locks=["2025-01-20T00:07 bump_normal"])
    assert [found.rule for found in contradictions(made)] == ["active-window"]
