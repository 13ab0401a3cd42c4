"""Why a send is not at a place, or why it is: the week is planned the other way, and both plans are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from ...errors import AuditError
from ...model.difference import ALIKE, difference
from ...model.placement import Conflict, Nearby, Otherwise, ScoreLine, WhyNot
from ...model.plan import CheckReport, Item, Plan
from ...model.scenario import Lock, Scenario
from ...model.timetable import Timetable
from ...model.week import Ban, Week
from ...solver.progress import Cancellation, Progress
from ...solver.search import BUDGETS, Effort
from ..checker import check
from ..fingerprint import fingerprint
from ..load import as_plan
from ..planner import solved
from ..prepare import prepare
from ..timetables import timetable_of
from .foreign_items import items_of
from .placing import conflict_of, forbidden, lock_of, minute_of, nearby, placement_of, with_lock

TRIES = 3
"""Minutes nearby that are solved for, at most, when the first ones turn out impossible as well."""


def why_not(
    scenario: Scenario,
    plan: Plan | Mapping[str, Any] | Sequence[Mapping[str, Any]],
    at: str | datetime,
    send_type: str,
    style: str | None = None,
    *,
    effort: Effort | None = None,
    seed: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancellation: Cancellation | None = None,
) -> WhyNot:
    """What a send at another place would cost and move, or what forbids it; of one that is there, what it is worth.

    Parameters
    ----------
    scenario, plan
        The week, and a plan of it: the engine's own, its plain data, or a list of items from anywhere.
    at
        The creator's wall clock, to the minute: `Tue 18:00` (the first Tuesday of the plan) or `2025-01-21 18:00`.
    send_type, style
        What would go out then; any style when none is given.
    effort, seed
        Instead of the plan's own (which are `standard` and the scenario's where it states none).
    progress, cancellation
        As for `solve`.

    Raises
    ------
    ScenarioError
        When the scenario contradicts itself, or the plan cannot be read.
    NoPlanError
        When the search was stopped before it found a plan.
    ValueError
        When the time, the type or the style makes no sense.
    """
    data = plan.to_dict() if isinstance(plan, Plan) else as_plan(plan if isinstance(plan, dict) else list(plan))
    own = data.get("seed") if seed is None else seed
    scenario = scenario.model_copy(update={"seed": own}) if isinstance(own, int) else scenario
    lock = lock_of(scenario, at, send_type, style)
    question = _Question(scenario, data, _effort(data, effort), progress, cancellation or Cancellation())
    return question.answered(lock)


def _effort(data: Mapping[str, Any], effort: Effort | None) -> Effort:
    stated = data.get("effort") if effort is None else effort
    return next((known for known in BUDGETS if known == stated), "standard")


@dataclass(frozen=True)
class _Known:
    """What is known of the week as it stands, in points: the best value met, and a bound that holds for it."""

    value: float
    bound: float
    reproducible: bool = True


class _Question:
    """One question about a plan; solving is done when it is answered."""

    def __init__(
        self,
        scenario: Scenario,
        data: Mapping[str, Any],
        effort: Effort,
        progress: Callable[[Progress], None] | None,
        cancellation: Cancellation,
    ) -> None:
        self._scenario = scenario
        self._effort: Effort = effort
        self._progress = progress
        self._cancellation = cancellation
        self._report: CheckReport = check(scenario, dict(data))
        self._data = data
        self._week: Week = prepare(scenario)
        self._table: Timetable = timetable_of(self._week, data)
        self._items: tuple[Item, ...] = items_of(self._week, data, self._table)

    def answered(self, lock: Lock) -> WhyNot:
        """The whole answer."""
        present = self._holds(lock)
        other = self._without(lock) if present else self._with(lock)
        conflicts: tuple[Conflict, ...] = ()
        near: tuple[int, Lock, Plan] | None = None
        if other is None:
            conflicts = _NEEDED if present else conflict_of(self._scenario, lock)
            near = None if present else self._nearest(lock)
        plans = [plan for plan in (other, near and near[2]) if plan is not None]
        known = self._known() if plans else self._stated()
        freed = present and self._scenario != self._freed(lock)
        return WhyNot(
            placement=placement_of(self._week, lock),
            present=present,
            effort=self._effort,
            seed=self._scenario.seed,
            value=self._report.objective,
            bound=None if known is None else known.bound,
            otherwise=None if other is None else self._compared(other, known, freed),
            conflicts=conflicts,
            nearest=near
            and Nearby(
                placement=placement_of(self._week, near[1]),
                minutes=near[0],
                otherwise=self._compared(near[2], known, freed),
            ),
            reproducible=all(plan.reproducible for plan in plans) and (known is None or known.reproducible),
            notes=tuple(self._notes(known, plans, freed)),
        )

    def _holds(self, lock: Lock) -> bool:
        """Whether the plan has that send there."""
        minute, style = minute_of(self._week, lock), lock.ppv_style
        return any(
            send.minute == minute and send.type_key == lock.send_type_key and style in (None, send.style)
            for send in self._table.regular
        )

    def _with(self, lock: Lock) -> Plan | None:
        """The best plan found with the send there; None when there is none."""
        return None if forbidden(self._scenario, lock) else self._solved(with_lock(self._scenario, lock))

    def _without(self, lock: Lock) -> Plan | None:
        """The best plan found with no send of the type near the place; None when there is none."""
        ban = self._ban(lock)
        plan = self._solved(self._freed(lock), (ban,))
        for item in plan.items if plan else ():
            minute = self._week.horizon.minute_of_instant(datetime.fromisoformat(item.scheduled_at_utc))
            if item.send_type_key == ban.send_type_key and ban.start <= minute < ban.end:
                raise AuditError(f"{item.slot_id} is a {ban.send_type_key} that was to be kept out; please report this")
        return plan

    def _ban(self, lock: Lock) -> Ban:
        minute = minute_of(self._week, lock)
        return Ban(lock.send_type_key, minute - ALIKE, minute + ALIKE + 1)

    def _freed(self, lock: Lock) -> Scenario:
        """The scenario without the locks that the ban would contradict."""
        ban = self._ban(lock)
        barred = {
            one.index
            for one in self._week.locks
            if one.send_type.key == ban.send_type_key and ban.start <= one.minute < ban.end
        }
        kept = tuple(one for index, one in enumerate(self._scenario.locks) if index not in barred)
        return self._scenario.model_copy(update={"locks": kept})

    def _nearest(self, lock: Lock) -> tuple[int, Lock, Plan] | None:
        """The nearest minute at which the send may stand, and the best plan found with it there."""
        for minutes, moved in islice(nearby(self._scenario, lock, ALIKE), TRIES):
            plan = self._solved(with_lock(self._scenario, moved))
            if plan is not None:
                return minutes, moved, plan
        return None

    def _solved(self, scenario: Scenario, bans: tuple[Ban, ...] = ()) -> Plan | None:
        """The plan of a scenario; None when it has none. Raises NoPlanError when stopped before a first one."""
        plan = solved(
            scenario,
            effort=self._effort,
            progress=self._progress,
            cancellation=self._cancellation,
            bans=bans,
        ).plan
        return None if plan.status == "infeasible" else plan.raise_for_status()

    def _stated(self) -> _Known | None:
        """What the plan itself tells, where it was made of this very scenario and its claim is true."""
        stamp, bound, value = self._data.get("scenario"), self._data.get("bound"), self._report.objective
        if not isinstance(stamp, Mapping) or stamp.get("sha256") != fingerprint(self._scenario):
            return None
        if not self._report.clean or not isinstance(bound, int | float) or bound < value:
            return None
        return _Known(value, float(bound))

    def _known(self) -> _Known | None:
        """What the plan tells, or else what solving the week as it stands does; None when it has no plan at all."""
        stated = self._stated()
        if stated is not None:
            return stated
        plan = self._solved(self._scenario)
        if plan is None or plan.objective is None or plan.bound is None:
            return None
        own = self._report.objective if not self._report.audit.violations else plan.objective
        return _Known(max(own, plan.objective), max(own, plan.bound), plan.reproducible)

    def _compared(self, plan: Plan, known: _Known | None, freed: bool) -> Otherwise:
        """The price of a plan. Where no lock was freed the other way is a narrower one, so that it cannot gain."""
        assert plan.objective is not None
        assert plan.bound is not None
        best, bound = (known.value, known.bound) if known else (plan.objective, plan.bound)
        if not freed:
            best, bound = max(best, plan.objective), max(bound, plan.objective)
        least = best - plan.bound
        return Otherwise(
            value=plan.objective,
            bound=plan.bound,
            price=_rounded(self._report.objective - plan.objective),
            least=_rounded(least if freed else max(0.0, least)),
            most=_rounded(bound - plan.objective),
            score=tuple(_score(self._report.score, plan.score)),
            difference=difference(self._items, plan.items),
            plan=plan,
        )

    def _notes(self, known: _Known | None, plans: Sequence[Plan], freed: bool) -> Iterator[str]:
        yield from self._report.notes
        broken = list(dict.fromkeys(found.rule for found in self._report.audit.violations))
        if broken:
            yield f"the plan breaks {', '.join(broken)}: its value counts what no valid plan may have"
        if self._report.score_agrees is False:
            yield f"the plan claims {self._report.stated_objective} points, which is not so"
        if freed:
            yield "the scenario locks this send: what it is worth is told as if that lock were gone"
        best = max((plan.objective or 0.0 for plan in plans), default=None)
        if best is not None and not freed and best > self._report.objective and not broken:
            yield "the plan is not the best of its week: the other way is even worth more"
        elif known is not None and known.value > self._report.objective and not broken:
            yield f"the plan is not the best of its week: one worth {known.value:.1f} points was found"


_NEEDED = (Conflict(rules=(), message="without it no plan holds all the rules"),)


def _score(before: Mapping[str, float], after: Mapping[str, float]) -> list[ScoreLine]:
    """The preferences that earn or cost something else now, those that lose most first."""
    lines = [
        ScoreLine(
            rule=rule,
            before=before.get(rule, 0.0),
            after=after.get(rule, 0.0),
            change=_rounded(after.get(rule, 0.0) - before.get(rule, 0.0)),
        )
        for rule in dict.fromkeys([*before, *after])
    ]
    return sorted((line for line in lines if line.change), key=lambda line: line.change)


def _rounded(value: float) -> float:
    """Points to the last thousandth, which is the least unit."""
    return round(value, 3)
