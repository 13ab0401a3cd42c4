"""Other good plans of a week: each from a start of its own, improved, then pushed away from those before it.

A push trades value for difference: on a copy of the model every send that is like one of the plans so far costs some
units. With what may be lost divided by the number of alike sends as that price, no improvement of the copy's objective
can lose more than may be lost; a price three times as high goes further and is tried first, mostly within what may be
lost. Five alternatives within 1 %, with `quick`, against the same pool without pushes: the least distance of any two
plans grows from 13 to 17 of 49 sends (01-gentle-low) and from 41 to 47 of 84 (14-high-paid), their mean from 18.1 to
22.7 and from 47.1 to 56.7.
"""

from __future__ import annotations

from .decode import Decision, decode
from .decomposition import Decomposition
from .draft import WeekDraft
from .improvement import Found, Improvement
from .local.search import LocalSearch
from .neighbourhoods import neighbourhoods
from .progress import Reporter
from .runner import Runner
from .starts import Starts, adopted, settled
from .unlike import alike, near, unlike

BOLD = 3
"""Times the safe price of an alike send that a push begins with."""
PUSHES = 2
"""Attempts to push one plan away."""
REMEMBERED = 6
"""Plans, besides the best, that a push goes away from: with more, no minute is left that is like none of them."""


class Variants:
    """Grows a pool of good plans: `best` and `others`, none of which loses more than `share` of the best's |value|.

    `work` is the deterministic time for improving a plan, and for each push.
    """

    def __init__(
        self,
        draft: WeekDraft,
        best: Found,
        local: LocalSearch,
        moves: int,
        work: float,
        share: float,
        runner: Runner,
    ) -> None:
        self._draft = draft
        self._runner = runner
        self._work = work
        self._share = share
        self._quiet = Reporter(lambda _: None)
        self._starts = Starts(draft, runner, self._quiet, local, moves)
        self._days = Decomposition(draft)
        self._grown: list[Found] = []
        self.best = best

    @property
    def least(self) -> int:
        """The value that a plan must have, in units."""
        return self.best.value - int(self._share * abs(self.best.value))

    @property
    def others(self) -> tuple[Found, ...]:
        """The plans of the pool but the best, in the order in which they were found."""
        return tuple(plan for plan in self._grown if plan.value >= self.least)

    def grow(self) -> None:
        """One more plan. Where a new start stays too far below the best, the best itself is pushed away."""
        start = self._starts.another(self.best)
        if start is not None:
            start = self._improved(self._draft, self._days, start)
            if start.value > self.best.value:
                self._grown.append(self.best)
                self.best = start
        pushed = self._pushed(start if start is not None and start.value >= self.least else self.best)
        self._grown.append(pushed)

    def _improved(self, draft: WeekDraft, days: Decomposition, plan: Found) -> Found:
        climb = Improvement(self._runner, neighbourhoods(draft, days, plan.solution), self._quiet)
        return climb.improve(plan, self._work, lambda _: False)[0]

    def _pushed(self, plan: Found) -> Found:
        """The plan, or one that is less like the best and the latest others and still good enough."""
        spans = near(map(self._decided, (self.best, *self.others[-REMEMBERED:])))
        count, bold = alike(self._decided(plan), spans), BOLD
        for _ in range(PUSHES):
            safe = (plan.value - self.least) // max(1, count)
            if not count or safe <= 0 or self._runner.stopped:
                break
            apart = unlike(self._draft, spans, bold * safe)
            start = adopted(apart, self._decided(plan))
            if start is None:
                break
            moved = self._improved(apart, Decomposition(apart), start)
            size = len(self._draft.model.proto.variables)
            moved = settled(self._draft, Found(moved.solution[:size], moved.value))
            fewer = alike(self._decided(moved), spans)
            if moved.value >= self.least and fewer < count:
                plan, count = moved, fewer
            elif bold > 1:
                bold = 1
            else:
                break
        return plan

    def _decided(self, plan: Found) -> Decision:
        return decode(self._draft, plan.solution)
