from __future__ import annotations

from dataclasses import replace

import pytest

from schedsolve.constraints.expiry_set import ExpirySet
from schedsolve.model.catalog import CATALOG

from .plans import broken, minute_at, plan_of
from .weeks import week

RULE = ExpirySet()
EXPIRING = ("link_drop", "wall_link_drop", "game_post", "flash_bundle", "first_to_tip")


@pytest.mark.parametrize("key", EXPIRING)
@pytest.mark.parametrize(("expires", "off"), [("+1440", 0), ("+1439", 1), ("+1441", 1), ("none", 1), ("+60", 1380)])
def test_five_types_expire_exactly_a_day_after_the_send(key: str, expires: str, off: int) -> None:
    violations = list(RULE.violations(plan_of(week(), f"Mon 20:07 {key} expires={expires}")))
    assert [(v.subject, v.amount, v.severity) for v in violations] == ([("2025-01-20_1", off, "high")] if off else [])


@pytest.mark.parametrize("key", [key for key in CATALOG if key not in EXPIRING])
@pytest.mark.parametrize(("expires", "found"), [("none", []), ("+1440", [("it", 1)])])
def test_all_other_types_never_expire(key: str, expires: str, found: list[tuple[str, float]]) -> None:
    violations = RULE.violations(plan_of(week(), f"Mon 20:07 {key} expires={expires} id=it"))
    assert [(violation.subject, violation.amount) for violation in violations] == found


def test_an_overridden_expiry_holds() -> None:
    shorter = week(send_types={"link_drop": {"expiry_hours": 12}, "dm_farm": {"expiry_hours": 6}})
    right = ["Mon 20:07 link_drop expires=+720", "Mon 21:07 dm_farm expires=+360"]
    assert broken(RULE, plan_of(shorter, *right)) == []
    wrong = ["Mon 20:07 link_drop expires=+1440", "Mon 21:07 dm_farm expires=none"]
    assert broken(RULE, plan_of(shorter, *wrong)) == ["2025-01-20_1", "2025-01-20_2"]


def test_a_day_is_24_hours_where_the_clock_changes() -> None:
    spring = week(start="2025-03-03")
    sent, local_day_later = minute_at(spring, "Sat", "20:07"), minute_at(spring, "Sun", "20:07")
    assert local_day_later - sent == 1380
    assert broken(RULE, plan_of(spring, "Sat 20:07 link_drop expires=+1440")) == []
    assert broken(RULE, plan_of(spring, "Sat 20:07 link_drop expires=+1380")) == ["2025-03-08_1"]


def test_unknown_types_and_untold_expiries_are_left_alone() -> None:
    plan = plan_of(week(), "Mon 19:07 mystery expires=+60", "Mon 20:07 link_drop expires=none")
    untold = replace(plan, sends=(plan.sends[0], replace(plan.sends[1], expiry_known=False)))
    assert broken(RULE, untold) == []
