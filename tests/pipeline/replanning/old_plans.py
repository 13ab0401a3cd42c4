"""A short week and its plan, for tests of replanning."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from schedsolve import Plan, Replanned, Scenario, load_scenario, replan, solve
from schedsolve.model.plan import Item

GENTLE = Path(__file__).parents[3] / "scenarios" / "01-gentle-low.yaml"


@cache
def short_week(days: int = 3) -> Scenario:
    """Some days of the gentle scenario, which still have all parts."""
    whole = load_scenario(GENTLE)
    volume = whole.volume.model_copy(update={"weekly_distribution": None})
    return whole.model_copy(update={"days": days, "volume": volume})


@cache
def old_plan(days: int = 3) -> Plan:
    """A plan of the short week; callers see to brief budgets."""
    return solve(short_week(days), effort="quick")


def day(number: int) -> str:
    """The date of a day of the plan."""
    return old_plan().days[number].date


def noon(number: int = 1) -> str:
    """Twelve o'clock of a day, as `now` takes it."""
    return f"{day(number)}T12:00"


def replanned(changes: Any = None, now: str | None = None, **options: Any) -> Replanned:
    """The short week replanned from its second noon on."""
    return replan(short_week(), old_plan(), now or noon(), changes, effort="quick", **options)


def before(items: tuple[Item, ...], now: str) -> list[Item]:
    """What has gone out by then (UTC)."""
    return [item for item in items if item.scheduled_at_utc < now]


def later(number: int, regular: bool = True) -> list[Item]:
    """Sends of a day after its noon."""
    return [
        item
        for item in old_plan().items
        if item.scheduled_date == day(number) and item.scheduled_time > "12:00" and item.is_follow_up is not regular
    ]


def spot(item: Item) -> tuple[str, str, str | None]:
    """When what goes out."""
    return item.scheduled_at_utc, item.send_type_key, item.ppv_style
