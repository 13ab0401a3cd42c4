"""Different good plans: valid, apart, within the percentage, the same every time, the most different first."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from schedsolve import Alternatives, Cancellation, InfeasibleError, Progress, alternatives, check
from schedsolve.model.difference import distance
from schedsolve.model.plan import Item
from schedsolve.pipeline.asking.alternatives import farthest
from schedsolve.pipeline.prepare import prepare
from schedsolve.solver import variants
from schedsolve.solver.compose import compose
from schedsolve.solver.decode import Decision
from schedsolve.solver.local.search import LocalSearch
from schedsolve.solver.search import BUDGETS
from schedsolve.solver.starts import adopted
from schedsolve.solver.unlike import alike, near, unlike

from .small_weeks import BRIEF, short

WITHIN = 0.05


@pytest.fixture(scope="module", autouse=True)
def _brief() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BUDGETS, "quick", BRIEF)
        patch.setattr(sys.modules["schedsolve.pipeline.asking.alternatives"], "LEAST_WORK", 0.05)
        yield


def asked(count: int = 3, within: float = WITHIN, **options: Any) -> Alternatives:
    return alternatives(short(), count, within, effort="quick", **options)


@pytest.fixture(scope="module")
def found() -> Alternatives:
    return asked()


def test_every_alternative_is_valid_and_worth_what_it_says(found: Alternatives) -> None:
    assert len(found.alternatives) == 3
    for plan in found.plans:
        assert check(short(), plan).clean
    assert [other.value for other in found.alternatives] == [other.plan.objective for other in found.alternatives]


def test_none_loses_more_than_the_percentage(found: Alternatives) -> None:
    best = found.best.objective
    assert best is not None
    for other in found.alternatives:
        assert 0 <= other.loss == pytest.approx(best - other.value, abs=1e-6)
        assert other.value >= best - WITHIN * abs(best) - 1e-3
        assert other.loss_share == pytest.approx(other.loss / abs(best), abs=1e-6)


def test_distances_are_those_of_the_plans_and_none_is_zero(found: Alternatives) -> None:
    plans = found.plans
    assert found.distances == tuple(tuple(distance(one.items, two.items) for two in plans) for one in plans)
    for other in found.alternatives:
        row = found.distances[other.number]
        assert other.from_best == row[0]
        assert other.nearest == min(away for place, away in enumerate(row) if place != other.number) > 0


def test_the_same_call_gives_the_same_bytes(found: Alternatives) -> None:
    assert asked().to_json() == found.to_json()
    assert found.reproducible


def test_fewer_than_asked_for_are_said_so_plainly() -> None:
    found = asked(within=0.0)
    assert len(found.alternatives) < 3
    assert not found.complete
    assert "3 asked for" in found.message
    assert "within 0%" in found.message


def test_pushing_makes_plans_more_different(found: Alternatives, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variants, "PUSHES", 0)
    assert sum(map(sum, asked().distances)) < sum(map(sum, found.distances))


def test_a_cancelled_search_gives_what_it_has_and_does_not_promise_to_repeat() -> None:
    cancellation = Cancellation()

    def at_the_second_plan(event: Progress) -> None:
        if event.phase.startswith("plan 2"):
            cancellation.cancel()

    found = asked(progress=at_the_second_plan, cancellation=cancellation)
    assert found.tried <= 2
    assert not found.reproducible
    assert "cut short" in found.message
    assert all(check(short(), plan).clean for plan in found.plans)


def test_a_week_without_a_plan_has_no_alternatives() -> None:
    closed = short(blackouts=[{"from": "2025-01-20T00:00", "to": "2025-01-21T00:00"}])
    with pytest.raises(InfeasibleError):
        alternatives(closed, effort="quick")


@pytest.mark.parametrize(("count", "within"), [(0, 0.01), (21, 0.01), (1, -0.1), (1, 1.5), (1, float("nan"))])
def test_nonsense_is_refused(count: int, within: float) -> None:
    with pytest.raises(ValueError, match="found"):
        alternatives(short(), count, within, effort="quick")


def greedy(seed: str) -> Decision:
    return LocalSearch(prepare(short())).first(seed)


def test_alike_sends_cost_what_the_copy_of_the_draft_says() -> None:
    draft = compose(prepare(short()))
    spans = near([greedy("1")])
    for decision in (greedy("1"), greedy("2"), greedy("3")):
        plain, dear = adopted(draft, decision), adopted(unlike(draft, spans, 7), decision)
        assert plain is not None
        assert dear is not None
        assert plain.value - dear.value == 7 * alike(decision, spans)
    assert alike(greedy("1"), spans) == len(greedy("1").sends)


def line(*places: int, template: Item) -> Sequence[Item]:
    """Plans of one send each, at hours so far apart that none is alike, where the numbers differ."""
    return [
        template.model_copy(update={"slot_id": f"s{at}", "scheduled_at_utc": f"2025-01-20T{hour:02d}:00:00Z"})
        for at, hour in enumerate(places)
    ]


def test_the_farthest_come_first_and_what_differs_in_nothing_is_left_out(found: Alternatives) -> None:
    send = next(item for item in found.best.items if not item.is_follow_up)
    plans = [
        line(1, 3, 5, template=send),
        line(1, 3, 7, template=send),  # 1 from the first
        line(1, 3, 5, template=send),  # the first again
        line(9, 11, 13, template=send),  # 3 from the first
        line(9, 11, 15, template=send),  # 3 from the first, 1 from the one before
        line(1, 17, 19, template=send),  # 2 from the first, 3 from the others
    ]
    assert farthest(plans, 5) == [0, 3, 5, 4, 1]
    assert farthest(plans, 1) == [0, 3]
