"""Moves of local search that change what is sent."""

from __future__ import annotations

from .problem import CATEGORIES
from .proposer import Change, Proposer
from .settle import WANTED


def change_type(proposer: Proposer) -> list[Change]:
    """Another type of the same category at the same place."""
    picked = proposer.pick()
    if picked is None:
        return []
    day, place = picked
    sends = proposer.sends(day)
    minute, kind, _, _ = sends[place]
    other = proposer.other_kind(day, place)
    if other == kind:
        return []
    sends[place] = proposer.send(day, minute, other)
    return [proposer.changed(day, sends, (minute,))]


def swap_in_day(proposer: Proposer) -> list[Change]:
    """Two sends of a day change places."""
    picked = proposer.pick()
    other = proposer.pick_on(picked[0]) if picked else None
    if picked is None or other is None:
        return []
    day = picked[0]
    sends = proposer.sends(day)
    one, two = sends[picked[1]], sends[other[1]]
    sends[picked[1]] = (one[0], two[1], two[2], WANTED if two[3] else 0)
    sends[other[1]] = (two[0], one[1], one[2], WANTED if one[3] else 0)
    return [] if one[1] == two[1] else [proposer.changed(day, sends, (one[0], two[0]))]


def swap_between_days(proposer: Proposer) -> list[Change]:
    """Two sends of one category on different days exchange their types."""
    problem, first = proposer.problem, proposer.pick()
    day = proposer.below(problem.days)
    if first is None or day == first[0]:
        return []
    ones, twos = proposer.sends(first[0]), proposer.sends(day)
    minute, kind, _, _ = ones[first[1]]
    category = problem.category[kind]
    alike = [
        place
        for place, (at, other, _, _) in enumerate(twos)
        if problem.category[other] == category and other != kind and (at, other) not in problem.locked
    ]
    if not alike:
        return []
    place = alike[proposer.below(len(alike))]
    at, other, _, _ = twos[place]
    if proposer.repeats(first[0], first[1], other) or proposer.repeats(day, place, kind):
        return []
    ones[first[1]] = proposer.send(first[0], minute, other)
    twos[place] = proposer.send(day, at, kind)
    return [proposer.changed(first[0], ones, (minute,)), proposer.changed(day, twos, (at,))]


def add_or_trade(proposer: Proposer) -> list[Change]:
    """A missing send comes in, or an existing one turns into a missing one of another category."""
    problem = proposer.problem
    day = proposer.below(problem.days)
    counts, quota = proposer.state.days[day].counts, problem.quota[day]
    short = [c for c in range(len(CATEGORIES)) if counts[c] < quota[c] or not problem.quotas_bind]
    short = [c for c in short if problem.types_in[c]]
    if not short:
        return []
    category = short[proposer.below(len(short))]
    kind = proposer.kind(category)
    sends, way = proposer.sends(day), proposer.random()
    if way < 0.6:
        send = proposer.send(day, problem.clock.day_start[day], kind)
        return proposer.inserted(day, sends, send, ()) if way < 0.3 else proposer.squeezed(day, sends, send)
    picked = proposer.pick_on(day)
    if picked is None:
        return []
    minute = sends[picked[1]][0]
    sends[picked[1]] = proposer.send(day, minute, kind)
    return [proposer.changed(day, sends, (minute,))]


def drop(proposer: Proposer) -> list[Change]:
    """A send goes out."""
    picked = proposer.pick()
    if picked is None:
        return []
    day, place = picked
    sends = proposer.sends(day)
    minute = sends.pop(place)[0]
    return [proposer.changed(day, sends, (minute,))]
