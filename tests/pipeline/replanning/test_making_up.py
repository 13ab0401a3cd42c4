"""Which days make up for failed sends: the soonest with room."""

from __future__ import annotations

from collections.abc import Sequence

from schedsolve.model.catalog import Category
from schedsolve.model.plan import Shortfall
from schedsolve.model.week import Quota, Week
from schedsolve.pipeline.replanning.making_up import make_up

from ...constraints.weeks import week

REVENUE, ENGAGEMENT = Category.REVENUE, Category.ENGAGEMENT
HOUR, DAY = 60, 1440


def taken(
    of: Week,
    failed: Sequence[Category],
    now: int = 0,
    gone: Sequence[int] = (0, 0, 0),
    shortfalls: Sequence[Shortfall] = (),
    full: Sequence[tuple[int, Category]] = (),
) -> tuple[int | None, ...]:
    quotas, days = make_up(of, failed, now, gone, shortfalls, full)
    raised = sum(quota.total for quota in quotas) - sum(quota.total for quota in of.quotas)
    assert raised == sum(day is not None for day in days)
    return days


def test_today_comes_first_and_its_quota_grows() -> None:
    quotas, days = make_up(week(days=3), [REVENUE, ENGAGEMENT], 0, (0, 0, 0), (), ())
    assert days == (0, 0)
    assert quotas == (Quota(4, 4, 1), Quota(3, 3, 1), Quota(3, 3, 1))


def test_days_that_are_over_are_left_out() -> None:
    assert taken(week(days=3), [REVENUE], DAY, (7, 0, 0)) == (1,)


def test_a_day_whose_rest_is_full_is_passed_over() -> None:
    assert taken(week(days=3), [REVENUE], 22 * HOUR, (5, 0, 0)) == (1,)
    assert taken(week(days=3), [REVENUE], 22 * HOUR, (7, 0, 0)) == (0,)


def test_room_is_used_up_send_by_send() -> None:
    rest = 12
    assert taken(week(days=2, quota=(8, 2, 1)), [REVENUE] * (rest + 3), 0, (0, 0))[-1] is None


def test_shortfalls_and_days_found_full_are_passed_over() -> None:
    of = week(days=3)
    short = Shortfall(rule="daily-quota", date="2025-01-20", category=REVENUE, wanted=3, placed=2, binding=("x",))
    assert taken(of, [REVENUE, ENGAGEMENT], shortfalls=[short], full=[(1, REVENUE)]) == (2, 0)


def test_a_day_whose_range_lacks_sends_may_still_take_one() -> None:
    lacking = Shortfall(rule="ppv-range", date="2025-01-20", category=REVENUE, wanted=3, placed=2, binding=("x",))
    assert taken(week(days=3), [REVENUE], shortfalls=[lacking]) == (0,)


def test_a_category_without_types_is_not_made_up() -> None:
    assert taken(week(days=1, page="free", quota=(3, 3, 0)), [Category.RETENTION], 0, (0,)) == (None,)
