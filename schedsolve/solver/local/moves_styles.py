"""Moves of local search that change how a send or a day looks: styles and strategies."""

from __future__ import annotations

from .day import Day
from .problem import GUARDED, NO_STYLE, STYLES, Send
from .proposer import Change, Proposer


def change_style(proposer: Proposer) -> list[Change]:
    """Another style for a rotation-styled send, or two such sends of a day exchange theirs."""
    day = proposer.below(proposer.problem.days)
    sends = proposer.sends(day)
    free = [place for place, send in enumerate(sends) if _free_style(proposer, send)]
    if not free:
        return []
    one, two = free[proposer.below(len(free))], free[proposer.below(len(free))]
    first, second = sends[one][2], sends[two][2]
    if first == second:
        two, second = one, proposer.below(len(STYLES))
    sends[two] = (*sends[two][:2], first, sends[two][3])
    sends[one] = (*sends[one][:2], second, sends[one][3])
    return [] if first == second else [proposer.day(day, sends)]


def _free_style(proposer: Proposer, send: Send) -> bool:
    problem = proposer.problem
    return problem.rotated[send[1]] and not problem.locked.get((send[0], send[1]), False)


def follow_pattern(proposer: Proposer) -> list[Change]:
    """From a day on to the end of its pattern, every rotation-styled send takes the pattern's style where it may."""
    problem, state = proposer.problem, proposer.state
    first = proposer.below(problem.days)
    position = state.position_before(first)
    before = next((d.last for d in reversed(state.days[:first]) if d.last is not None), problem.style_before)
    changes = []
    for day in problem.periods[problem.period_of[first]]:
        if day < first:
            continue
        old = state.days[day].sends
        sends, before = _patterned(proposer, old, [problem.pattern[day][(position + n) % 4] for n in range(4)], before)
        position += len(state.days[day].rotated)
        if sends != old:
            changes.append(proposer.day(day, sends))
    return changes


def _patterned(proposer: Proposer, sends: list[Send], pattern: list[int], before: int) -> tuple[list[Send], int]:
    """A day's sends with the pattern's styles, and the last style of the day."""
    problem, result, position = proposer.problem, list(sends), 0
    for place, (minute, kind, style, followup) in enumerate(sends):
        if style == NO_STYLE:
            continue
        if problem.rotated[kind]:
            wished, position = pattern[position % 4], position + 1
            following = next((send[2] for send in sends[place + 1 :] if send[2] != NO_STYLE), NO_STYLE)
            barred = GUARDED[wished] and wished in (before, following)
            if _free_style(proposer, sends[place]) and not barred:
                style = wished
                result[place] = (minute, kind, style, followup)
        before = style
    return result, before


def change_strategy(proposer: Proposer) -> list[Change]:
    """Another strategy for a day, or two days exchange theirs."""
    problem, days = proposer.problem, proposer.state.days
    day, other = proposer.below(problem.days), proposer.below(problem.days)
    one, two = days[day].strategy, days[other].strategy
    if one == two or proposer.random() < 0.5:
        strategy = proposer.below(len(problem.strategies))
        return [] if strategy == one else [(day, Day(problem, day, days[day].sends, strategy))]
    return [(day, Day(problem, day, days[day].sends, two)), (other, Day(problem, other, days[other].sends, one))]
