"""Campaigns of a plan that is partly history: what has gone out stays, and carries nothing new."""

from __future__ import annotations

import pytest

from schedsolve.model.campaign_families import Family
from schedsolve.model.week import Week
from schedsolve.solver.compose import draft_rules
from schedsolve.solver.decode import DecidedSend, Decision
from schedsolve.solver.frozen import freeze
from schedsolve.solver.progress import Cancellation
from schedsolve.solver.runner import Runner
from schedsolve.solver.standing import Standing

from ..constraints.plans import minute_at, plan_of
from ..constraints.weeks import week

DESCRIPTIVE, SPIN, BUNDLE, OTHER = Family
LINES = ("Mon 09:07 ppv_wall solo", "Mon 13:07 bundle", "Tue 09:07 ppv_wall solo", "Tue 14:07 game_post")


def free_week() -> Week:
    rules = {
        rule: {"enabled": False} for rule in ("daily-quota", "type-diversity", "strategy-variety", "no-repeat-type")
    }
    return week(page="free", days=3, quota=(3, 0, 0), rules=rules, campaigns={})


def may_run(
    day: int, family: Family, carried: dict[int, Family], now: str, runs: int = 1, more: str = "ppv_unlock"
) -> bool:
    """Whether a family may run, or not, on a day, when the lines before `now` have gone out with these families.

    What the day still sends is of the type `more`.
    """
    on = free_week()
    sends = plan_of(on, *LINES).sends
    decided = tuple(DecidedSend(one.minute, one.day, on.types[one.type_key], one.style) for one in sends)
    strategies = (on.strategies[0], on.strategies[1], on.strategies[0])
    standing = Standing(Decision(decided, (), strategies, {}, carried), minute_at(on, *now.split()), 2)
    draft = draft_rules(on)
    freeze(draft, standing)
    draft.model.add(draft.campaigns[day, family] == runs)
    for slot in draft.slots:
        if slot.day == day and slot.earliest >= standing.now:
            draft.model.add(slot.kinds[more] == slot.used)
        elif slot.day == day and slot.latest >= standing.now:
            draft.model.add(slot.start < standing.now)
    with Runner(None, Cancellation()) as runner:
        answer = runner.solve(draft.model, 2.0, "satisfy")
    assert answer.solution or answer.infeasible
    return bool(answer.solution)


@pytest.mark.parametrize(
    ("day", "family", "carried", "now", "more", "may"),
    [
        (0, DESCRIPTIVE, {0: DESCRIPTIVE}, "Tue 12:00", "ppv_unlock", True),
        (0, DESCRIPTIVE, {}, "Tue 12:00", "ppv_unlock", False),
        (0, BUNDLE, {0: DESCRIPTIVE}, "Tue 12:00", "ppv_unlock", False),
        (1, DESCRIPTIVE, {}, "Tue 12:00", "ppv_unlock", False),
        (1, DESCRIPTIVE, {}, "Tue 12:00", "ppv_wall", True),
        (1, DESCRIPTIVE, {2: DESCRIPTIVE}, "Tue 12:00", "ppv_unlock", True),
        (1, DESCRIPTIVE, {0: DESCRIPTIVE}, "Tue 12:00", "ppv_wall", False),
        (2, DESCRIPTIVE, {0: DESCRIPTIVE}, "Tue 12:00", "ppv_wall", True),
        (1, SPIN, {3: SPIN}, "Tue 16:00", "ppv_unlock", True),
        (1, OTHER, {3: SPIN}, "Tue 16:00", "ppv_unlock", False),
        (1, OTHER, {3: SPIN}, "Tue 16:00", "game_post", True),
    ],
)
def test_a_family_runs_where_it_ran_or_where_a_later_send_carries_it(
    day: int, family: Family, carried: dict[int, Family], now: str, more: str, may: bool
) -> None:
    assert may_run(day, family, carried, now, more=more) is may


def test_what_ran_cannot_be_called_off() -> None:
    assert not may_run(0, DESCRIPTIVE, {0: DESCRIPTIVE}, "Tue 12:00", runs=0)
    assert may_run(0, DESCRIPTIVE, {}, "Tue 12:00", runs=0)
