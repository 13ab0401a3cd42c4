"""`strategy-choice`: each day's strategy is drawn by weight."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ...model.timetable import Timetable
from ...model.week import Week
from ..draft import Draft
from ..preference import POINT, Preference

PER_NAT = 1000 * POINT
"""Units per unit of log-weight: so large that the draw decides and what a strategy would earn does not."""


@dataclass(frozen=True)
class StrategyChoice(Preference):
    """Perturb-and-MAP over the week's strategies: log weight plus Gumbel noise, per day.

    `units[day][strategy]` count from the best sequence that the strategy rules allow (`zero` is its sum), so that the
    score is 0 for that sequence and negative for any other.
    """

    id = "strategy-choice"
    units: tuple[Mapping[str, int], ...]
    zero: int

    @classmethod
    def of(cls, week: Week) -> StrategyChoice:
        units = tuple(_units(week, day) for day in week.days)
        return cls(units, _best_sequence(week.measure, units))

    def post(self, draft: Draft) -> None:
        for day, units in enumerate(self.units):
            for key, literal in draft.strategy(day).items():
                draft.reward(self.id, units[key], literal)
        draft.constant(self.id, -self.zero)

    def score(self, plan: Timetable) -> int:
        return sum(units.get(plan.strategy(day) or "", 0) for day, units in enumerate(self.units)) - self.zero


def _units(week: Week, day: int) -> Mapping[str, int]:
    temperature = week.scenario.variation.temperature
    keys = (week.scenario.creator.id, week.date(day).isoformat())
    return {
        key: round(PER_NAT * (math.log(weight) + temperature * week.noise.gumbel("strategy", *keys, key)))
        for key, weight in week.strategy_weights.items()
    }


def _best_sequence(week: Week, units: tuple[Mapping[str, int], ...]) -> int:
    """Sum of the best sequence under `strategy-repeat` and `strategy-variety`: dynamic programme over days.

    State: yesterday's strategy and the set of strategies met in the current plan week.
    """
    rules = week.scenario.rules
    keys = week.strategies
    may_repeat = not rules.strategy_repeat.enabled or len(keys) < 2
    wanted = rules.strategy_variety.strategies if rules.strategy_variety.enabled else 0
    best: dict[tuple[str | None, frozenset[str]], int] = {(week.last_strategy, frozenset()): 0}
    for days in week.horizon.plan_weeks:
        for day in days:
            extended: dict[tuple[str | None, frozenset[str]], int] = {}
            for (last, met), total in best.items():
                for key in keys:
                    if key == last and not may_repeat:
                        continue
                    state = (key, met | {key})
                    extended[state] = max(extended.get(state, total + units[day][key]), total + units[day][key])
            best = extended
        floor = min(wanted, len(keys), len(days))
        ended: dict[tuple[str | None, frozenset[str]], int] = {}
        for (last, met), total in best.items():
            if len(met) >= floor:
                ended[last, frozenset()] = max(ended.get((last, frozenset()), total), total)
        best = ended
    return max(best.values(), default=0)
