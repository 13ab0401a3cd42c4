"""What the greedy method sends on a day: types drawn by what they would earn, under caps, gaps and diversity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from ...constraints.preferences.full_range import LACKING
from .problem import NO_STYLE, RETENTION, Problem
from .state import State


class Draw:
    """Draws a day's types one after the other. `spread` is the scale of the seeded noise, in units.

    The draw is Gumbel-max: with noise of scale s a type is drawn with a weight that grows as exp(earned / s).
    """

    def __init__(self, state: State, chance: Random, spread: float) -> None:
        self._state = state
        self._problem = state.problem
        self._chance = chance
        self._spread = spread
        timing = state.problem.timing
        self._hours = [_best_hour(state.problem, timing.group[kind]) for kind in state.problem.types]

    def ranked(self, day: int, category: int, drawn: Sequence[int] = ()) -> list[int]:
        """The types that may be added to the day's sends and to those drawn beside them, best first."""
        kinds = [send[1] for send in self._state.days[day].sends] + list(drawn)
        allowed = [kind for kind in self._problem.types_in[category] if self._allowed(day, kind, kinds, drawn)]
        earned = {kind: self._earned(day, kind, kinds, drawn) for kind in allowed}
        return sorted(allowed, key=lambda kind: (-earned[kind], kind))

    def draw(self, day: int, category: int, drawn: Sequence[int], left: list[int]) -> int | None:
        """One more type of a category; `left` counts what is still to be drawn in the week, by category."""
        ranked = self.ranked(day, category, drawn)
        if self._must_widen(day, category, drawn, left):
            uses = self._state.tally.uses[self._problem.week_of[day]]
            fresh = [kind for kind in ranked if not uses[kind] and kind not in drawn]
            ranked = fresh or ranked
        return ranked[0] if ranked else None

    def _allowed(self, day: int, kind: int, kinds: Sequence[int], drawn: Sequence[int]) -> bool:
        """Whether cap, gap, repeats and styles leave room for one more of the type beside the day's `kinds`."""
        problem, count = self._problem, kinds.count(kind)
        in_span = self._state.tally.in_span
        if any(in_span[span][kind] + drawn.count(kind) >= problem.cap[kind] for span in problem.spans_of[day]):
            return False
        quota = problem.quota[day][problem.category[kind]]
        if problem.no_repeat and count >= (quota + 1) // 2:
            return False
        for asked in problem.ranges:
            if asked.counts[kind] and sum(asked.counts[other] for other in kinds) >= asked.most:
                return False
        if count * problem.gap[kind] > problem.clock.closes - problem.clock.opens:
            return False
        if self._campaign(day, kind, kinds)[0] > 0:
            return False
        style = problem.fixed[kind]
        same = sum(problem.fixed[other] == style for other in kinds)
        return style == NO_STYLE or same < 2 * problem.am_pm_max

    def _earned(self, day: int, kind: int, kinds: Sequence[int], drawn: Sequence[int]) -> float:
        """Units that the type would earn, with noise: worth, boost, variety, its hour, its followup."""
        problem, state = self._problem, self._state
        strategy, week = state.days[day].strategy, problem.week_of[day]
        units = float(problem.gain[day][strategy][kind] + self._hours[kind])
        steps, uses = problem.variety[week][kind], state.tally.uses[week][kind] + drawn.count(kind)
        if uses + 1 < len(steps):
            units += steps[uses + 1] - steps[uses]
        if problem.category[kind] != RETENTION and kind not in kinds:
            units += problem.distinct[strategy]
        if problem.takes_followup[kind]:
            parents = sum(problem.takes_followup[other] for other in kinds)
            units += problem.followup_units[kind] if parents < problem.followups_a_day else 0
        for asked in problem.ranges:
            if asked.counts[kind] and sum(asked.counts[other] for other in kinds) < asked.least[day]:
                units += LACKING
        units += self._campaign(day, kind, kinds)[1]
        if self._spread:
            units -= self._spread * math.log(-math.log(self._chance.random() or 0.5))
        return units

    def _campaign(self, day: int, kind: int, kinds: Sequence[int]) -> tuple[int, int]:
        """Faults and units that one more send of the type adds to the campaigns of a day with these types."""
        book, running = self._problem.campaigns, self._state.campaigns
        if book is None or running is None or not book.shows[kind]:
            return 0, 0
        faults, units = running.after(day, book.shown(kinds))
        more_faults, more_units = running.after(day, book.shown([*kinds, kind]))
        return more_faults - faults, more_units - units

    def _must_widen(self, day: int, category: int, drawn: Sequence[int], left: list[int]) -> bool:
        """Whether the sends left are just enough for the distinct types that the week still needs."""
        problem, week = self._problem, self._problem.week_of[day]
        uses, floors = self._state.tally.uses[week], self._problem.floors[week]
        met = list(self._state.tally.met[week])
        for kind in set(drawn):
            met[problem.category[kind]] += not uses[kind]
        own = floors[1 + category] - met[category] if category < RETENTION else 0
        return own >= left[category] or floors[0] - sum(met) >= sum(left)


def _best_hour(problem: Problem, group: int) -> int:
    """The most that any hour of the first day earns for a group of types."""
    timing = problem.timing
    tops = [timing.peaks(timing.key(stretch, 0, group))[:1] for stretch in problem.clock.stretches_on[0]]
    return max((peak[0][0] for peak in tops if peak), default=0)
