"""Ways out of a conflict: the smallest changes of the scenario after which a plan exists, each proven by a solve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product

from ...constraints import rules_of
from ...constraints.audit import faults_of_locks
from ...constraints.wording import lock_words
from ...errors import ScenarioError
from ...model.climb import loosest
from ...model.explanation import Conflict, Fix
from ...model.notch import Edit, Notch
from ...model.scenario import Scenario
from ...model.week import FixedSend, Week
from ...solver.conflicts import UndecidedError
from ...solver.runner import Runner
from ...solver.shortage import shortage
from ..prepare import prepare

MOST_TRIES = 60
"""Changed scenarios that are looked at before the search for fixes ends."""
MOST_CHANGES = 8
"""Changes that one fix may be made of."""
MOVES = (1, 30, 90, 240)
"""Minutes by which a lock is moved at least in one try after the other, and at most in the last."""
A_STEP = 15
"""Minutes of moving a lock that count as one smallest step; dropping a lock is as much as moving it an hour."""

COUNTING = frozenset(("daily-quota", "weekly-cap", "day-nonempty", "type-diversity", "category-balance", "page-type"))
"""Rules of how many and which: moving a lock by some hours does not help against these alone."""
QUOTAS = "/volume/quotas"
Finder = Callable[[Week], tuple[Conflict, ...]]
Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Node:
    """A scenario on the way to a fix, and the conflicts that were met on it."""

    scenario: Scenario
    changes: tuple[Notch, ...] = ()
    met: tuple[Names, ...] = ()

    @property
    def size(self) -> float:
        return sum(change.size for change in self.changes)

    def touches(self, option: Notch) -> bool:
        """Whether a change edits what another did already: one rule may state the quotas of several days."""
        paths = {edit.path for edit in option.patch if not edit.path.endswith("/-")}
        return any(
            edit.path in paths and (edit.path != QUOTAS or change.rule != option.rule)
            for change in self.changes
            for edit in change.patch
        )


class Repair:
    """Looks for fixes of one scenario; `find` tells the conflicts of a changed one, the first at least."""

    def __init__(self, scenario: Scenario, find: Finder, runner: Runner, tell: Callable[[], None]) -> None:
        self._root = _Node(scenario)
        self._find = find
        self._runner = runner
        self._tell = tell
        self._tries = 0
        self._habits: dict[Names, str] = {}
        self._enough: set[str] = set()

    def fixes(self, conflict: Conflict, count: int) -> tuple[Fix, ...]:
        """Fixes, smallest first: one for each way out of the first conflict, completed where others are left."""
        found: list[_Node] = []
        for option in _options(self._root.scenario, conflict):
            if len(found) == count or self._spent:
                break
            node = self._mended(self._root, option, conflict)
            if node is not None:
                found.append(node)
                self._enough |= {change.text for change in node.changes if len(node.changes) == 1}
        found.sort(key=lambda node: (node.size, [change.text for change in node.changes]))
        return tuple(Fix(changes=node.changes, size=round(node.size, 3), verified=True) for node in found)

    @property
    def _spent(self) -> bool:
        return self._tries >= MOST_TRIES or self._runner.stopped

    def _mended(self, node: _Node, option: Notch, conflict: Conflict) -> _Node | None:
        """The scenario with an option, and what else it takes until a plan exists; None when that leads nowhere."""
        self._tell()
        self._tries += 1
        changed = option.applied(node.scenario)
        left = None if changed is None else self._left(changed)
        if changed is None or left is None:
            return None
        node = _Node(changed, (*node.changes, option), (*node.met, _names(conflict)))
        if not left:
            return node if self._has_plan(changed) and not self._wasteful(node) else None
        if _names(left[0]) in node.met or len(node.changes) == MOST_CHANGES:
            return None
        return self._completed(node, left[0])

    def _completed(self, node: _Node, conflict: Conflict) -> _Node | None:
        """The first way out of another conflict, what helped before first."""
        habit = self._habits.get(_names(conflict))
        for option in sorted(_options(node.scenario, conflict), key=lambda option: option.text != habit):
            if self._spent:
                break
            if option.text in self._enough or node.touches(option):
                continue
            mended = self._mended(node, option, conflict)
            if mended is not None:
                self._habits[_names(conflict)] = option.text
                return mended
        return None

    def _left(self, scenario: Scenario) -> tuple[Conflict, ...] | None:
        """The conflicts of a changed scenario; None when it is no valid one, or the question stays open."""
        try:
            return self._find(prepare(scenario, agreeing=False))
        except (ScenarioError, UndecidedError):
            return None

    def _has_plan(self, scenario: Scenario) -> bool:
        """Whether the planner's own model has a solution, too."""
        try:
            return shortage(loosest(prepare(scenario)), self._runner) is not None
        except ScenarioError:
            return False

    def _wasteful(self, node: _Node) -> bool:
        """Whether the changes do as well without one of them; it is found again by its words, as places shift."""
        for spare in node.changes[:-1]:
            scenario = self._root.scenario
            for change in node.changes:
                if change is not spare:
                    scenario = _again(scenario, change) or scenario
            if self._left(scenario) == ():
                return True
        return False


def _again(scenario: Scenario, change: Notch) -> Scenario | None:
    """The change made in another state of the scenario."""
    week = prepare(scenario, agreeing=False)
    same = next((other for other in _changes(week, change.rule, change.subject) if other.text == change.text), None)
    return None if same is None else same.applied(scenario)


def _names(conflict: Conflict) -> Names:
    """By what a conflict is known again: a lock that was moved within its day is the same lock."""
    return tuple(
        (member.rule, member.subject[: -len(" 20:07")] if member.rule == "lock" else member.subject)
        for member in conflict.members
    )


def _options(scenario: Scenario, conflict: Conflict) -> list[Notch]:
    """Changes that touch a member of the conflict, smallest first."""
    week = prepare(scenario, agreeing=False)
    ruling = {member.rule for member in conflict.members if member.rule != "lock"}
    found = {
        notch.text: notch
        for member in conflict.members
        for notch in _changes(week, member.rule, member.subject, moves=bool(ruling - COUNTING))
        if notch.subject in member.subject
    }
    return sorted(found.values(), key=lambda notch: (notch.size, notch.text))


def _changes(week: Week, rule_id: str, subject: str, moves: bool = True) -> Iterator[Notch]:
    """Every change that loosens a rule; with `moves`, those of the lock with that subject too."""
    rule = next(rule for rule in rules_of(week) if rule.id == rule_id)
    yield from rule.day_notches(week)
    yield from rule.notches(week)
    for lock in week.locks:
        if moves and rule_id == "lock" and lock_words(week, lock) == subject:
            yield from _moves(week, lock)


def _moves(week: Week, lock: FixedSend) -> Iterator[Notch]:
    """Near and farther minutes, earlier and later, at which the lock breaks no rule with other locks and history."""
    rules = [rule for rule in rules_of(week) if rule.monotone]
    others = tuple(other for other in week.locks if other is not lock)
    before = len(faults_of_locks(replace(week, locks=others), rules))
    for sign, (least, most) in product((-1, 1), pairwise(MOVES)):
        for by in range(least, most):
            minute = lock.minute + sign * by
            moved = replace(week, locks=(*others, replace(lock, minute=minute)))
            if 0 <= minute < week.horizon.length and len(faults_of_locks(moved, rules)) <= before:
                was, now = week.horizon.local(lock.minute), week.horizon.local(minute)
                yield Notch(
                    rule="lock",
                    subject=lock_words(week, lock),
                    before=f"{was:%H:%M}",
                    after=f"{now:%H:%M}" if was.date() == now.date() else f"{now:%a %d %b %H:%M}",
                    size=by / A_STEP,
                    patch=(Edit(op="replace", path=f"/locks/{lock.index}/at", value=f"{now:%Y-%m-%dT%H:%M}"),),
                )
                break
