"""Moves of local search that change when something is sent."""

from __future__ import annotations

from bisect import insort

from .proposer import Change, Proposer
from .settle import WANTED, settled

RETYPED = 0.3
"""How often a relocated send takes another type as well."""


def relocate(proposer: Proposer) -> list[Change]:
    """A send goes to another place of its day, now and then as another type."""
    picked = proposer.pick()
    if picked is None:
        return []
    day, place = picked
    sends = proposer.sends(day)
    minute, kind, style, followup = sends.pop(place)
    send = (minute, kind, style, WANTED if followup else 0)
    if proposer.random() < RETYPED:
        send = proposer.send(day, minute, proposer.other_kind(day, place))
    return proposer.inserted(day, sends, send, (minute,))


def shift(proposer: Proposer) -> list[Change]:
    """A send moves by a few minutes, or up to an hour."""
    picked = proposer.pick()
    if picked is None:
        return []
    day, place = picked
    sends = proposer.sends(day)
    minute, kind, style, followup = sends.pop(place)
    step = 1 + int(60 * proposer.random() ** 4)
    to = minute + (step if proposer.random() < 0.5 else -step)
    clock = proposer.problem.clock
    if not clock.day_start[day] <= to < clock.day_start[day + 1] or not clock.open[to]:
        return []
    if any(other[0] == to for other in sends):
        return []
    insort(sends, (to, kind, style, WANTED if followup else 0))
    return [proposer.day(day, settled(proposer.state, day, sends, ()))]


def settle_day(proposer: Proposer) -> list[Change]:
    """All sends of a day move to their best minutes."""
    day = proposer.below(proposer.problem.days)
    old = proposer.state.days[day].sends
    sends = settled(proposer.state, day, old, proposer.problem.clock.stretches_on[day])
    return [] if sends == old else [proposer.day(day, sends)]


def change_followup(proposer: Proposer) -> list[Change]:
    """A followup comes, goes, or moves to another minute of its window."""
    problem = proposer.problem
    day = proposer.below(problem.days + bool(problem.followups.open_parents))
    sends = proposer.sends(day)
    eve = day == problem.days
    parents = [place for place, send in enumerate(sends) if eve or problem.takes_followup[send[1]]]
    if not parents:
        return []
    place = parents[proposer.below(len(parents))]
    minute, kind, style, followup = sends[place]
    choices = problem.followups.open_parents[kind].choices if eve else problem.followups.choices(minute)
    if not choices:
        return []
    if followup and proposer.random() < 0.3:
        to = 0
    elif eve or proposer.random() < 0.5:
        to = choices[proposer.below(len(choices))]
    else:
        to = WANTED
    sends[place] = (minute, kind, style, to)
    if to == WANTED:
        sends = settled(proposer.state, day, sends, ())
    return [] if sends[place][3] == followup else [proposer.day(day, sends)]
