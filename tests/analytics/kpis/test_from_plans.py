from __future__ import annotations

from datetime import date

import pytest

from schedsolve.analytics.kpis.bump_compliance import bump_ratio_compliance
from schedsolve.analytics.kpis.daily import ScheduleDay
from schedsolve.analytics.kpis.followup_utilization import followup_limit_utilization
from schedsolve.analytics.kpis.from_plans import schedule_days, weeks_of_types
from schedsolve.analytics.kpis.limit_violations import EXCLUSIVE, WeekOfType, weekly_limit_violations
from schedsolve.errors import TableError

from ...cli.sample_plans import MONDAY, item, plan

THURSDAY = date(2025, 1, 23)
SENDS = (
    item("2025-01-20 09:07", "ppv_unlock", slot_id="a"),
    item("2025-01-20 09:34", "ppv_followup", slot_id="a_followup", parent_item_id="a"),
    item("2025-01-20 12:11", "flash_bundle", slot_id="b"),
    item("2025-01-20 15:22", "bump_flyer", slot_id="c"),
    item("2025-01-20 20:22", "snapchat_bundle", slot_id="d"),
    item("2025-01-21 09:07", "bump_text_only", slot_id="e"),
    item("2025-01-21 12:08", "vip_program", slot_id="f"),
    item("2025-01-21 20:08", "tip_goal", slot_id="g"),
)


def test_a_plans_days_are_counted_by_the_catalog() -> None:
    """Snapchat and flash bundles are pay-per-view, VIP and tips are not; a followup is neither PPV nor bump."""
    rows = schedule_days([plan(days=3, items=SENDS)], expected=(0.25, 4.0))
    assert [(row.ppv_count, row.bump_count, row.followup_count) for row in rows] == [(3, 1, 1), (0, 1, 0), (0, 0, 0)]
    assert [row.date for row in rows] == [date(2025, 1, 20), date(2025, 1, 21), date(2025, 1, 22)]
    assert {(row.creator_id, row.expected_min, row.expected_max) for row in rows} == {("alexia", 0.25, 4.0)}


def test_the_kpis_of_a_plan_are_those_of_its_rows() -> None:
    """Monday holds 1 bump for 3 PPVs, Tuesday a bump alone, Wednesday nothing; one followup of twelve goes out."""
    rows = schedule_days([plan(days=3, items=SENDS)], expected=(0.25, 4.0))
    assert (bump_ratio_compliance(rows).value, bump_ratio_compliance(rows).counted) == (50.0, 2)
    assert followup_limit_utilization(rows).value == pytest.approx(100 / 12)


def test_without_an_expected_range_days_with_ppv_are_not_judged() -> None:
    assert bump_ratio_compliance(schedule_days([plan(days=3, items=SENDS)])).counted == 1


def test_a_followup_counts_on_the_day_on_which_it_goes_out() -> None:
    late = item("2025-01-21 08:12", "ppv_followup", slot_id="a_followup", parent_item_id="a")
    rows = schedule_days([plan(days=2, items=(*SENDS[:1], late))])
    assert [row.followup_count for row in rows] == [0, 1]


def test_retired_types_count_as_what_they_have_become() -> None:
    old = item("2025-01-20 09:07", "ppv_unlock").model_copy(update={"send_type_key": "ppv_video"})
    assert schedule_days([plan(days=1, items=(old,))])[0].ppv_count == 1


def test_a_week_without_vip_keeps_its_limit() -> None:
    rows = weeks_of_types([plan(days=7, items=())])
    assert rows == tuple(
        WeekOfType(creator_id="alexia", week_start=MONDAY, send_type_key=key, actual=0) for key in EXCLUSIVE
    )
    assert weekly_limit_violations(rows).value == 0.0


def test_plans_that_share_a_calendar_week_add_up() -> None:
    """Two plans with one VIP each: Monday to Wednesday, and Thursday on; the second reaches into the next week."""
    early = plan(days=3, items=SENDS)
    vip = [item(f"{day} 12:08", "vip_program", slot_id=day) for day in ("2025-01-25", "2025-01-28")]
    later = plan(days=7, first=THURSDAY, items=tuple(vip))
    rows = weeks_of_types([later, early])
    assert [(row.week_start.day, row.send_type_key, row.actual, row.excess) for row in rows] == [
        (20, "vip_program", 2, 1),
        (20, "snapchat_bundle", 1, 0),
        (27, "vip_program", 1, 0),
        (27, "snapchat_bundle", 0, 0),
    ]
    assert weekly_limit_violations(rows).value == 1.0


def test_the_order_of_plans_is_irrelevant() -> None:
    plans = [plan(days=3), plan(days=7, first=THURSDAY), plan(creator_id="bella")]
    assert schedule_days(plans) == schedule_days(plans[::-1])
    assert weeks_of_types(plans) == weeks_of_types(plans[::-1])


def test_a_day_in_two_plans_is_an_error() -> None:
    with pytest.raises(TableError, match="alexia 2025-01-20 is there twice"):
        schedule_days([plan(days=3), plan(days=7)])


def test_two_creators_may_share_a_day() -> None:
    rows = schedule_days([plan(days=1), plan(days=1, creator_id="bella")])
    assert [row.creator_id for row in rows] == ["alexia", "bella"]
    assert isinstance(rows[0], ScheduleDay)
