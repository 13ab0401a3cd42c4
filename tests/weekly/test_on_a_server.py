"""The same weeks on a PostgreSQL server as in a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from schedsolve.store.engine import Store, open_store
from schedsolve.weekly.demo import make_demo
from schedsolve.weekly.next_week import next_week
from schedsolve.weekly.week_made import WeekMade

from ..store.databases import VARIABLE, answers, database, text_of
from .weeks import NOW, wanted, with_steps


@pytest.fixture(scope="module")
def server() -> Iterator[Store]:
    """A database of one's own with the demo in it."""
    if not answers():
        pytest.skip(f"no PostgreSQL server answers; set {VARIABLE} to the URL of one")
    with database() as url, open_store(text_of(url)) as store:
        make_demo(store, NOW)
        yield store


def test_the_week_is_the_same_as_in_a_file(server: Store, made: WeekMade) -> None:
    week = next_week(server, wanted(), with_steps(made.plan))
    assert week.plan.items == made.plan.items
    assert week.report == made.report


def test_it_is_replayed_and_followed_by_another(server: Store, made: WeekMade) -> None:
    assert next_week(server, wanted(), with_steps(made.plan)).replayed
    seen = []

    def solve(scenario: object, **_options: object) -> object:
        seen.append(scenario)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next_week(server, wanted(as_of=NOW + timedelta(days=7)), with_steps(made.plan, solve=solve))
    (scenario,) = seen
    assert len(scenario.history.sends) == len(made.plan.items)  # type: ignore[attr-defined]
    assert scenario.history.last_strategy == made.plan.days[-1].strategy  # type: ignore[attr-defined]
