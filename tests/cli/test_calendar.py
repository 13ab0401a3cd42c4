from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from rich.console import Console, RenderableType

from schedsolve.cli.calendar import WeekCalendar
from schedsolve.cli.labels import TYPE_LABELS, hour_runs, type_label
from schedsolve.cli.plan_report import PlanReport
from schedsolve.model.catalog import CATALOG, FOLLOWUP
from schedsolve.model.plan import Plan, ScenarioStamp

from .sample_plans import MONDAY, item, plan, without_a_plan


def drawn(renderable: RenderableType, width: int = 100, colour: bool = False) -> str:
    buffer = StringIO()
    system = "standard" if colour else None
    Console(
        file=buffer, width=width, force_terminal=colour, color_system=system, highlight=False, legacy_windows=False
    ).print(renderable)
    return buffer.getvalue()


def one_day(*items: Any) -> Plan:
    return plan(days=1, items=items, shortfalls=())


@pytest.mark.parametrize("width", [40, 60, 79, 80, 99, 100, 120, 160, 250])
@pytest.mark.parametrize("days", [1, 7, 10, 28])
def test_no_line_is_wider_than_the_terminal(width: int, days: int) -> None:
    assert max(map(len, drawn(PlanReport(plan(days)), width).splitlines())) <= width


@pytest.mark.parametrize("width", [40, 80, 100, 160])
def test_every_send_is_shown_with_its_time_whatever_the_width(width: int) -> None:
    text = drawn(WeekCalendar(plan()), width)
    for one in plan().items:
        assert one.scheduled_time[:5] in text
    assert text.count("↳") == 15 + 7  # each followup, and the count at the foot of each day
    assert "…" not in text


def test_a_hundred_columns_hold_seven_days_side_by_side() -> None:
    head = drawn(WeekCalendar(plan())).splitlines()[0]
    days = [f"{MONDAY + timedelta(days=number):%a %d %b}" for number in range(7)]
    assert [place for place in map(head.find, days) if place < 0] == []


def test_eighty_columns_spread_the_week_over_two_rows() -> None:
    lines = drawn(WeekCalendar(plan()), 80).splitlines()
    heads = [line for line in lines if " Jan" in line]
    assert len(heads) == 2
    assert "Mon 20 Jan" in heads[0]
    assert "Sun 26 Jan" in heads[1]


def test_a_narrow_terminal_stacks_the_days() -> None:
    heads = [line for line in drawn(WeekCalendar(plan()), 60).splitlines() if " Jan" in line]
    assert len(heads) == 7
    assert heads[0].rstrip() == "Mon 20 Jan  revenue focus  prime 19–21"


def test_a_longer_plan_has_one_calendar_a_week() -> None:
    lines = drawn(WeekCalendar(plan(days=17)), 100).splitlines()
    heads = [line for line in lines if "Mon " in line]
    assert [head.split("│")[1].strip() for head in heads] == ["Mon 20 Jan", "Mon 27 Jan", "Mon 03 Feb"]


def test_the_head_of_a_day_tells_strategy_and_prime_hours() -> None:
    lines = drawn(WeekCalendar(plan(days=1))).splitlines()
    assert [line.split("│")[1].strip() for line in lines[:3]] == ["Mon 20 Jan", "revenue focus", "prime 19–21"]


def test_a_followup_stands_under_its_parent_with_its_delay() -> None:
    parent = item("2025-01-20 20:22", "ppv_unlock", slot_id="p", ppv_style="winner")
    between = item("2025-01-20 20:41", "link_drop", slot_id="b")
    followup = item("2025-01-20 20:51", FOLLOWUP, slot_id="f", parent_item_id="p", followup_delay_minutes=29)
    lines = drawn(WeekCalendar(one_day(parent, between, followup))).splitlines()
    sends = [line.split("│")[1].rstrip() for line in lines[4:7]]
    assert sends == [" 20:22 ppv winner", "  ↳20:51 +29m followup", " 20:41 link"]


def test_a_followup_of_the_eve_stands_by_itself_in_the_first_hours() -> None:
    late = item("2025-01-20 00:12", FOLLOWUP, parent_item_id="2025-01-19_9", followup_delay_minutes=41)
    lines = drawn(WeekCalendar(one_day(late))).splitlines()
    assert lines[4].startswith("00│")
    assert "↳00:12 +41m" in lines[4]


def test_bands_of_four_hours_line_up_across_days() -> None:
    lines = drawn(WeekCalendar(plan())).splitlines()
    assert [line[:2] for line in lines if line[:2].isdigit()] == ["08", "12", "16", "20"]


def test_locked_sends_are_marked() -> None:
    locked = item("2025-01-20 20:07", "ppv_unlock", ppv_style="winner", locked=True)
    assert "20:07*ppv winner" in drawn(WeekCalendar(one_day(locked)))


def test_a_shortfall_stands_at_the_foot_of_its_day() -> None:
    lines = drawn(WeekCalendar(plan(shortfalls=plan().shortfalls[2:3]))).splitlines()
    assert lines[-1].split("│")[3].strip() == "−1 engagement"
    assert lines[-1].split("│")[1].strip() == ""


def test_a_range_that_lacks_sends_is_called_by_what_it_counts() -> None:
    first = plan().shortfalls[0]
    short = [first.model_copy(update={"rule": rule}) for rule in ("ppv-range", "bump-range")]
    lines = drawn(WeekCalendar(plan(shortfalls=short))).splitlines()
    assert [line.split("│")[1].strip() for line in lines[-2:]] == ["−1 ppv", "−1 bumps"]
    text = drawn(PlanReport(plan(shortfalls=short)))
    assert "ppv −1 on " in text
    assert "bumps −1 on " in text


def test_every_category_has_its_colour_and_without_colour_there_is_none() -> None:
    coloured = drawn(PlanReport(plan()), colour=True)
    assert {code for code in ("32m", "36m", "35m", "33m") if f"\x1b[{code}" in coloured} == {"32m", "36m", "35m", "33m"}
    assert "\x1b" not in drawn(PlanReport(plan()))


def test_every_send_type_has_a_label_that_fits_its_column() -> None:
    assert set(TYPE_LABELS) == set(CATALOG)
    for key, label in TYPE_LABELS.items():
        style = 2 if CATALOG[key].rotated else 0
        assert key == FOLLOWUP or len("20:22 ") + len(label.short) + style <= 13
        assert len({one.short for one in TYPE_LABELS.values()}) == len(TYPE_LABELS)


def test_a_type_nobody_knows_names_itself() -> None:
    assert type_label("new_idea").long == "new idea"


@pytest.mark.parametrize(
    ("hours", "text"), [((19, 20, 21), "19–21"), ((20, 22), "20 22"), ((22, 20, 21, 9), "9 20–22"), ((), "")]
)
def test_hours_are_told_as_runs(hours: tuple[int, ...], text: str) -> None:
    assert hour_runs(hours) == text


def test_the_title_tells_whose_week_it_is() -> None:
    title = drawn(PlanReport(plan())).splitlines()[0].rstrip()
    assert title == "alexia, late January · 20 Jan to 26 Jan 2025 · alexia · America/New_York"


def test_an_escape_sequence_in_the_name_is_shown_not_obeyed() -> None:
    named = plan(scenario=ScenarioStamp(name="\x1b[31mred\nline", sha256="00"))
    title = drawn(PlanReport(named)).splitlines()[0]
    assert title.startswith(r"\x1b[31mred\nline")


def test_the_figures_tell_value_bound_audit_and_what_is_missing() -> None:
    text = drawn(PlanReport(plan()))
    for expected in (
        "feasible · reproducible · seed 7 · standard effort",
        "2,187.4 points; no plan is worth more than 2,201.9 (gap 0.66%)",
        "passed: 44 rules checked, no violation",
        "engagement −1 on every day: held back by block-limit, active-window",
        "min-spacing loosened (step 2) on Tue 21 Jan for 2025-01-21_4",
        "15  of 17 possible · 1 over the daily limit · 1 without a good minute",
        "full-quota −70.0 · type-value 1,641.3",
        "retention per day taken from: 8500 fans",
    ):
        assert expected in text


def test_an_interrupted_plan_says_that_it_is_not_reproducible() -> None:
    assert "not reproducible" in drawn(PlanReport(plan(reproducible=False)))


def test_a_proven_plan_says_so() -> None:
    assert "proven" in drawn(PlanReport(plan(status="optimal", bound=2187.4, gap=0.0)))


def test_a_plan_without_sends_is_only_status_and_reasons() -> None:
    text = drawn(PlanReport(without_a_plan("infeasible", "infeasible", "two locks collide")))
    assert "infeasible" in text
    assert "two locks collide" in text
    assert "│" not in text


def test_shortfalls_of_single_days_name_the_day() -> None:
    some = plan(shortfalls=plan().shortfalls[1:2])
    day = date.fromisoformat(some.shortfalls[0].date)
    assert f"engagement −1 on {day:%a %d %b}: held back by" in drawn(PlanReport(some))
