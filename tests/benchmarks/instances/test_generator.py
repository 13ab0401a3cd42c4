"""Generated scenarios: equal for equal knobs and seed, accepted by the reader, and what their knobs say."""

from __future__ import annotations

from datetime import datetime

import pytest

from benchmarks.instances.construction import Construction
from benchmarks.instances.dice import Dice
from benchmarks.instances.frame import local_text, week_of
from benchmarks.instances.generator import Knobs, peak_uses, scenario_of
from benchmarks.instances.ground import Ground
from schedsolve.model.catalog import CATALOG, FOLLOWUP
from schedsolve.pipeline.fingerprint import fingerprint
from schedsolve.pipeline.load import parse_scenario

RICH = Knobs(level="high", blackouts=0.3, fill=1.0, locks=10, history_days=2, caps=1.0, gap_scale=1.2, response=20)


def test_equal_knobs_and_seed_make_equal_scenarios() -> None:
    assert scenario_of(RICH, 5) == scenario_of(RICH, 5)


def test_another_seed_makes_another_scenario() -> None:
    first, second = scenario_of(RICH, 5), scenario_of(RICH, 6)
    assert [first[part] != second[part] for part in ("history", "locks", "blackouts")] == [True, True, True]


@pytest.mark.parametrize(
    "knobs",
    [
        Knobs(),
        RICH,
        Knobs(page="free", level="ultra", block_max=5, types_off=8, confidence=0.4),
        Knobs(days=28, history_days=7, rolling=True, block_max=4),
        Knobs(opens="00:00", closes="23:59", start="2025-10-27", locks=20, blackouts=0.5, fill=0.8),
        Knobs(start="2025-03-06", timezone="America/Santiago", opens="10:00", closes="13:00", spacing=120, level="low"),
    ],
    ids=["plain", "rich", "free ultra", "four weeks", "all night in autumn", "three hours a day"],
)
def test_every_scenario_is_accepted(knobs: Knobs) -> None:
    week = week_of(scenario_of(knobs, 3))
    assert (week.horizon.days, str(week.scenario.creator.page_type)) == (knobs.days, knobs.page)


def test_locks_history_and_followups_are_those_of_the_knobs() -> None:
    week = week_of(scenario_of(RICH, 5))
    assert len(week.locks) == RICH.locks
    assert len(week.past) > 20
    assert {week.horizon.day_of(send.minute) for send in week.past} == {-2, -1}
    assert (week.followup_window.earliest, week.followup_window.latest) == (15, 30)


def test_about_the_stated_share_is_closed_and_no_day_altogether() -> None:
    closed = Ground(week_of(scenario_of(Knobs(blackouts=0.5, days=14), 1))).days
    whole = Ground(week_of(scenario_of(Knobs(days=14), 1))).days
    assert 1 - sum(map(len, closed)) / sum(map(len, whole)) == pytest.approx(0.5, abs=0.05)
    assert all(len(left) >= 0.25 * len(day) for left, day in zip(closed, whole, strict=True))


def test_fill_takes_that_share_of_a_days_places() -> None:
    assert [quota.total for quota in week_of(scenario_of(Knobs(fill=1.0), 1)).quotas] == [12] * 7
    assert [quota.total for quota in week_of(scenario_of(Knobs(fill=0.5), 1)).quotas] == [6] * 7


def test_gaps_below_a_day_are_scaled_and_cut_to_a_day() -> None:
    week = week_of(scenario_of(Knobs(gap_scale=4.0), 1))
    for key, row in week.types.items():
        assert row.gap_minutes == max(CATALOG[key].gap_minutes, min(1440, 4 * CATALOG[key].gap_minutes))
    assert week.catalog[FOLLOWUP].gap_minutes == CATALOG[FOLLOWUP].gap_minutes


def test_types_are_switched_off_but_enough_stay() -> None:
    assert len(week_of(scenario_of(Knobs(types_off=4), 1)).types) == 20 - 4
    assert len(week_of(scenario_of(Knobs(types_off=8, page="free"), 1)).types) == 17 - 5


def test_caps_leave_room_for_the_weeks_sends() -> None:
    week = week_of(scenario_of(Knobs(caps=1.0), 1))
    caps = [row.weekly_cap for row in week.types.values() if row.weekly_cap is not None]
    assert sum(caps) == week.week_quota(week.days)


def test_a_drawn_plan_uses_no_type_more_often_than_it_says() -> None:
    week = week_of(scenario_of(Knobs(history_days=3, start="2025-05-15"), 1))
    decision = Construction(week, Dice(1, "test")).decide()
    assert decision is not None
    uses = peak_uses(week, decision)
    assert uses.keys() == {send.send_type.key for send in decision.sends}
    assert all(uses[key] <= (row.weekly_cap or 99) for key, row in week.types.items() if key in uses)


def test_a_time_that_the_clock_shows_twice_is_written_with_its_offset() -> None:
    week = week_of(scenario_of(Knobs(start="2025-10-27"), 1))
    once, again = week.horizon.day_starts[6] + 90, week.horizon.day_starts[6] + 150
    assert local_text(week, once) == "2025-11-02T01:30"
    assert local_text(week, again) == "2025-11-02T01:30-05:00"
    assert week.horizon.minute_of_local(datetime.fromisoformat(local_text(week, again))) == again


def test_the_knobs_are_those_the_generator_hands_on() -> None:
    from benchmarks.instances import knobs

    assert Knobs is knobs.Knobs


def test_a_written_scenario_is_read_as_it_was() -> None:
    from benchmarks.instances.document import text_of
    from schedsolve.model.scenario import Scenario

    raw = scenario_of(RICH, 5)
    text = text_of(raw, ["a comment " * 30])
    assert fingerprint(parse_scenario(text)) == fingerprint(Scenario.model_validate(raw))
    assert max(len(line) for line in text.splitlines() if line.startswith("#")) <= 120
