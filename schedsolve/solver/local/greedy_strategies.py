"""The draw of each day's strategy: by weight and seeded noise, never the eve's again, enough different ones a week."""

from __future__ import annotations

from .problem import Problem

Met = frozenset[int]
Sequences = dict[tuple[int, Met], tuple[int, tuple[int, ...]]]
"""The best sequence so far and its units, by its last strategy and the strategies met in the week."""


def drawn_strategies(problem: Problem) -> list[int]:
    """The likeliest sequence under the noise that the week's seed draws, among those that the rules allow."""
    best: Sequences = {(problem.strategy_before, frozenset()): (0, ())}
    for days, wanted in zip(problem.weeks, problem.strategies_wanted, strict=True):
        for day in days:
            best = _extended(problem, best, day)
        enough = {key: found for key, found in best.items() if len(key[1]) >= wanted}
        best = {}
        for (last, _), found in (enough or best).items():
            best[last, frozenset()] = max(best.get((last, frozenset()), found), found)
    return list(max(best.values())[1])


def _extended(problem: Problem, best: Sequences, day: int) -> Sequences:
    extended: Sequences = {}
    for (last, met), (units, drawn) in best.items():
        for strategy in problem.strategies:
            if strategy == last and not problem.may_repeat:
                continue
            key, found = (strategy, met | {strategy}), (units + problem.choice[day][strategy], (*drawn, strategy))
            extended[key] = max(extended.get(key, found), found)
    return extended
