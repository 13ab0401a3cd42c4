"""How many sends a day can take."""

from __future__ import annotations

from typing import Any

import pytest

from schedsolve.model.capacity import Capacity, day_capacity, unplaceable
from schedsolve.model.week import Week

from ..constraints.weeks import week

ROLLING = {"block-limit": {"window": "rolling"}}


def most(made: Week, day: int = 0) -> int:
    return day_capacity(made, day).most


def test_a_plain_day_takes_twelve_sends_bound_by_the_block_limit() -> None:
    made = week()
    assert [day_capacity(made, day) for day in made.days] == [Capacity(12, ("block-limit",))] * 7


def test_a_rolling_limit_also_takes_twelve_a_day() -> None:
    made = week(rules=ROLLING)
    assert [day_capacity(made, day) for day in made.days] == [Capacity(12, ("block-limit",))] * 7


@pytest.mark.parametrize(
    ("rules", "takes", "binding"),
    [
        ({"block-limit": {"max": 4}}, 16, ("block-limit",)),
        ({"block-limit": {"max": 1}}, 4, ("block-limit",)),
        ({"block-limit": {"max": 4, "window": "rolling"}}, 16, ("block-limit",)),
        ({"block-limit": {"max": 2, "hours": 2}}, 16, ("block-limit", "min-spacing")),
        ({"block-limit": {"max": 20, "hours": 24}}, 20, ("block-limit",)),
        ({"min-spacing": {"minutes": 240}}, 4, ("min-spacing",)),
        ({"block-limit": {"max": 24}, "min-spacing": {"minutes": 15}}, 62, ("min-spacing",)),
        (
            {"block-limit": {"max": 1, "window": "rolling"}, "active-window": {"start": "08:00", "end": "12:01"}},
            2,
            ("block-limit",),
        ),
        (
            {"block-limit": {"max": 1, "window": "rolling"}, "active-window": {"start": "08:00", "end": "12:00"}},
            1,
            ("block-limit",),
        ),
        ({"avoid-hours": {"hours": [20, 21, 22, 23]}}, 9, ("block-limit",)),
        ({"active-window": {"start": "08:00", "end": "12:00"}}, 3, ("block-limit",)),
        ({"active-window": {"start": "08:00", "end": "08:05"}}, 1, ("min-spacing",)),
        ({"active-window": {"enabled": False}}, 17, ("block-limit", "min-spacing")),
        ({"active-window": {"enabled": False}, "avoid-hours": {"enabled": False}}, 18, ("block-limit",)),
    ],
)
def test_changed_rules_change_what_fits(rules: dict[str, Any], takes: int, binding: tuple[str, ...]) -> None:
    assert day_capacity(week(rules=rules), 0) == Capacity(takes, binding)


def test_without_any_rule_of_the_clock_every_minute_counts() -> None:
    off = ("min-spacing", "block-limit", "active-window", "avoid-hours", "round-minute")
    assert most(week(rules={rule: {"enabled": False} for rule in off})) == 1440


def test_avoid_hours_of_the_creator_add_to_the_rule() -> None:
    assert most(week(timing={"avoid_hours": [8, 9, 10, 11]})) == 9
    off = {"avoid-hours": {"enabled": False}}
    assert most(week(timing={"avoid_hours": [8, 9, 10, 11]}, rules=off)) == 12


@pytest.mark.parametrize(
    ("span", "fixed", "rolling"),
    [
        (("2025-01-20T00:00", "2025-01-20T12:00"), 9, 9),
        (("2025-01-20T08:00", "2025-01-20T11:50"), 10, 9),
        (("2025-01-19T00:00", "2025-01-21T00:00"), 0, 0),
        (("2025-01-20T00:00", "2025-01-20T08:00"), 12, 12),
        (("2025-01-20T12:30", "2025-01-20T13:00"), 12, 12),
    ],
)
def test_a_blackout_takes_its_minutes_away(span: tuple[str, str], fixed: int, rolling: int) -> None:
    for window, takes in (("fixed", fixed), ("rolling", rolling)):
        made = week(blackouts=[span], rules={"block-limit": {"window": window}})
        capacity = day_capacity(made, 0)
        assert capacity.most == takes
        assert "blackout" in capacity.binding
        untouched = day_capacity(made, 2)
        assert untouched == Capacity(12, ("block-limit",))


@pytest.mark.parametrize(
    ("span", "takes"),
    [(("08:01", "08:30"), 0), (("08:02", "08:30"), 1), (("08:01", "08:29"), 1), (("08:00", "08:28"), 1)],
)
def test_a_blackout_holds_its_first_minute_but_not_its_last(span: tuple[str, str], takes: int) -> None:
    first, end = (f"2025-01-20T{clock}" for clock in span)
    made = week(blackouts=[(first, end)], rules={"active-window": {"start": "08:00", "end": "08:30"}})
    assert most(made) == takes


def test_a_blackout_rule_switched_off_takes_nothing() -> None:
    made = week(blackouts=[("2025-01-20T00:00", "2025-01-21T00:00")], rules={"blackout": {"enabled": False}})
    assert day_capacity(made, 0) == Capacity(12, ("block-limit",))


@pytest.mark.parametrize(("start", "zone"), [("2025-03-03", "America/New_York"), ("2025-10-27", "America/New_York")])
@pytest.mark.parametrize("rules", [{}, ROLLING])
def test_a_change_at_night_leaves_the_day_its_twelve(start: str, zone: str, rules: dict[str, Any]) -> None:
    made = week(start=start, zone=zone, rules=rules)
    assert made.horizon.length != 7 * 1440
    assert [most(made, day) for day in made.days] == [12] * 7


@pytest.mark.parametrize(("start", "takes"), [("2025-03-03", 2), ("2025-10-27", 3), ("2025-01-20", 3)])
def test_with_an_open_night_a_skipped_hour_costs_room_and_a_repeated_one_gives_it(start: str, takes: int) -> None:
    rules = {
        "active-window": {"start": "00:00", "end": "03:00"},
        "min-spacing": {"minutes": 60},
    }
    assert most(week(start=start, rules=rules), 6) == takes


def test_what_no_plan_can_place_is_the_surplus_over_capacity() -> None:
    made = week(quota=[(6, 5, 1), (6, 5, 2), (7, 5, 2), (8, 6, 3), (0, 0, 0), (12, 0, 0), (3, 3, 1)])
    assert unplaceable(made) == (0, 1, 2, 5, 0, 0, 0)


def test_sends_of_a_category_without_types_cannot_be_placed() -> None:
    off = {key: {"enabled": False} for key in ("renew_on_post", "renew_on_message", "expired_winback")}
    assert unplaceable(week(quota=(3, 3, 2), send_types=off)) == (2,) * 7
    assert unplaceable(week(page="free", quota=(6, 6, 3))) == (3,) * 7


def test_without_the_quota_rule_nothing_is_lost() -> None:
    assert unplaceable(week(quota=(8, 6, 3), rules={"daily-quota": {"enabled": False}})) == (0,) * 7
