"""Ways out of a conflict: the smallest changes of the scenario after which a plan exists, each proven by a solve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ..constraints import rules_of
from ..constraints.audit import faults_of_locks
from ..constraints.wording import lock_words
from ..errors import ScenarioError
from ..model.explanation import Conflict, Fix
from ..model.notch import Edit, Notch
from ..model.scenario import Scenario
from ..model.week import FixedSend, Week
from ..solver.runner import Runner
from ..solver.shortage import shortage
from .prepare import prepare

MOST_TRIES = 60
"""Changed scenarios that are looked at before the search for fixes ends."""
MOST_CHANGES = 8
"""Changes that one fix may be made of."""
FARTHEST = 240
"""Minutes by which a lock may be moved to mend a conflict."""
A_STEP = 15
"""Minutes of moving a lock that count as one smallest step; dropping a lock is as much as moving it an hour."""

Finder = Callable[[Week], tuple[Conflict, ...]]


@dataclass(frozen=True)
class _Node:
    """A scenario on the way to a fix."""

    scenario: Scenario
    changes: tuple[Notch, ...]

    @property
    def size(self) -> float:
        return sum(change.size for change in self.changes)


class Repair:
    """Looks for fixes; `find` tells the first conflict of a week, `count` fixes are wanted at most."""

    def __init__(self, find: Finder, runner: Runner, tell: Callable[[], None] = lambda: None) -> None:
        self._find = find
        self._runner = runner
        self._tell = tell
        self._tries = 0
        self._habits: dict[tuple[str, ...], str] = {}

    def fixes(self, scenario: Scenario, conflict: Conflict, count: int) -> tuple[Fix, ...]:
        """Fixes, smallest first: one for each way out of the first conflict, completed where others are left."""
        found: list[_Node] = []
        for option in _options(scenario, conflict):
            if len(found) == count or self._tries >= MOST_TRIES or self._runner.stopped:
                break
            node = self._mended(_Node(scenario, ()), option, conflict)
            if node is not None:
                found.append(node)
        found.sort(key=lambda node: (node.size, [change.text for change in node.changes]))
        return tuple(Fix(changes=node.changes, size=round(node.size, 3), verified=True) for node in found)

    def _mended(self, node: _Node, option: Notch, conflict: Conflict) -> _Node | None:
        """The scenario with an option, and what else it takes until a plan exists; None when that leads nowhere."""
        changed = option.applied(node.scenario)
        self._tries += 1
        self._tell()
        if changed is None:
            return None
        node = _Node(changed, (*node.changes, option))
        try:
            week = prepare(changed, agreeing=False)
        except ScenarioError:
            return None
        left = self._find(week)
        if not left:
            return node if self._has_plan(changed) else None
        if _names(left[0]) == _names(conflict) or len(node.changes) == MOST_CHANGES:
            return None
        return self._completed(node, left[0])

    def _completed(self, node: _Node, conflict: Conflict) -> _Node | None:
        habit = self._habits.get(_names(conflict))
        options = sorted(_options(node.scenario, conflict), key=lambda option: option.text != habit)
        for option in options:
            if self._tries >= MOST_TRIES or self._runner.stopped:
                return None
            mended = self._mended(node, option, conflict)
            if mended is not None:
                self._habits[_names(conflict)] = option.text
                return mended
        return None

    def _has_plan(self, scenario: Scenario) -> bool:
        """Whether the planner's own model has a solution, too."""
        try:
            week = prepare(scenario)
        except ScenarioError:
            return False
        return shortage(week, self._runner) is not None


def _names(conflict: Conflict) -> tuple[str, ...]:
    return tuple(member.text for member in conflict.members)


def _options(scenario: Scenario, conflict: Conflict) -> list[Notch]:
    """Changes that touch a member of the conflict, smallest first."""
    week = prepare(scenario, agreeing=False)
    rules = {rule.id: rule for rule in rules_of(week)}
    found: dict[str, Notch] = {}
    for member in conflict.members:
        for notch in rules[member.rule].notches(week):
            if notch.subject in member.subject:
                found.setdefault(notch.text, notch)
        for lock in week.locks:
            if member.rule == "lock" and lock_words(week, lock) == member.subject:
                for notch in _moves(week, lock):
                    found.setdefault(notch.text, notch)
    return sorted(found.values(), key=lambda notch: (notch.size, notch.text))


def _moves(week: Week, lock: FixedSend) -> Iterator[Notch]:
    """The nearest earlier and the nearest later minute at which the lock agrees with all others and with the clock."""
    for sign in (-1, 1):
        for by in range(1, FARTHEST + 1):
            minute = lock.minute + sign * by
            if 0 <= minute < week.horizon.length and _agrees(week, lock, minute):
                before, after = week.horizon.local(lock.minute), week.horizon.local(minute)
                yield Notch(
                    rule="lock",
                    subject=lock_words(week, lock),
                    before=f"{before:%H:%M}",
                    after=_moment(before, after),
                    size=by / A_STEP,
                    patch=(Edit(op="replace", path=f"/locks/{lock.index}/at", value=f"{after:%Y-%m-%dT%H:%M}"),),
                )
                break


def _moment(before: datetime, after: datetime) -> str:
    return f"{after:%H:%M}" if before.date() == after.date() else f"{after:%a %d %b %H:%M}"


def _agrees(week: Week, lock: FixedSend, minute: int) -> bool:
    """Whether the lock breaks no rule at another minute, by the rules' own arithmetic on the locks alone."""
    others = tuple(other for other in week.locks if other is not lock)
    moved = (*others, replace(lock, minute=minute))
    return len(faults_of_locks(replace(week, locks=moved))) <= len(faults_of_locks(replace(week, locks=others)))
