"""From a state to the decision that the judge reads, and back."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.campaign_families import Family
from ..carrying import carried
from ..decode import DecidedFollowup, DecidedSend, Decision
from .day import Day
from .problem import CATEGORIES, NO_STYLE, STYLE_NUMBER, STYLES, Problem, Send
from .state import State


def decision_of(problem: Problem, days: Sequence[Day]) -> Decision:
    """The plan of a state's days in time order, missing sends declared."""
    sends: list[DecidedSend] = []
    followups: list[DecidedFollowup] = []
    for day in range(problem.days):
        for minute, kind, style, followup in days[day].sends:
            if followup:
                late = problem.followups.late(day, followup)
                followups.append(DecidedFollowup(followup, len(sends), None, late))
            look = None if style == NO_STYLE else STYLES[style]
            sends.append(DecidedSend(minute, day, problem.rows[kind], look))
    for parent, (_, _, _, followup) in zip(problem.followups.open_parents, days[-1].sends, strict=True):
        if followup:
            late = problem.followups.late(-1, followup)
            followups.append(DecidedFollowup(followup, None, parent.index, late))
    names = problem.week.strategies
    missing = {
        (day, category): wanted - placed
        for day in range(problem.days)
        for category, wanted, placed in zip(CATEGORIES, problem.quota[day], days[day].counts, strict=True)
        if wanted > placed and problem.quotas_bind
    }
    return Decision(
        tuple(sends),
        tuple(sorted(followups, key=lambda followup: followup.minute)),
        tuple(names[days[day].strategy] for day in range(problem.days)),
        missing,
        _campaigns(problem, days, sends),
    )


def _campaigns(problem: Problem, days: Sequence[Day], sends: Sequence[DecidedSend]) -> dict[int, Family]:
    """The best choice of campaigns that the days leave room for."""
    if problem.campaigns is None:
        return {}
    shown = tuple(day.shown for day in days[: problem.days])
    return carried(problem.week, sends, problem.campaigns.running(shown))


def state_of(problem: Problem, decision: Decision) -> State:
    """The state of a decision."""
    names = problem.week.strategies
    state = State(problem, [names.index(name) for name in decision.strategies])
    own = {followup.parent: followup.minute for followup in decision.followups if followup.parent is not None}
    own_days: list[list[Send]] = [[] for _ in range(problem.days)]
    for place, send in enumerate(decision.sends):
        style = NO_STYLE if send.style is None else STYLE_NUMBER[send.style]
        own_days[send.day].append((send.minute, problem.number[send.send_type.key], style, own.get(place, 0)))
    for day, sends in enumerate(own_days):
        state.swap(day, Day(problem, day, sends, state.days[day].strategy))
    past = {followup.past: followup.minute for followup in decision.followups if followup.past is not None}
    parents = problem.followups.open_parents
    eve = [
        (minute, kind, style, past.get(parent.index, 0))
        for parent, (minute, kind, style, _) in zip(parents, state.days[-1].sends, strict=True)
    ]
    state.swap(problem.days, Day(problem, problem.days, eve, 0))
    return state
