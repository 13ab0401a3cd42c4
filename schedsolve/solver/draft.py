"""The draft of a week as one CP-SAT model: slots, followups and strategies, on which the rules write themselves.

The formulation is the slot model: a day is cut into segments of few ordered positions, so that the block limit and the
order of sends hold by construction and spacing is a chain of linear inequalities. An unused slot rests on its
predecessor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import BoundedLinearExpression, IntVar, LinearExprT

from ..constraints.draft import Draft, FollowupVar, MinuteMask, Slot, Who
from ..model.campaign_families import Family
from ..model.campaign_week import campaign_week
from ..model.catalog import Category
from ..model.ranged import Ranged
from ..model.week import Ban, Week
from .followup_vars import FollowupVars
from .grid import Grid, Place

Term = tuple[str, int, IntVar]
"""A rule id, units, and the variable they are paid for."""


class WeekDraft:
    """Implements `schedsolve.constraints.draft.Draft` for a creator's week."""

    separate = False

    def __init__(self, week: Week) -> None:
        self._week = week
        self.model = cp_model.CpModel()
        self.terms: list[Term] = []
        self.constants: Counter[str] = Counter()
        self.home: dict[int, int] = {}
        self.chained: set[int] = set()
        self._implied: list[Callable[[Draft], None]] = []
        self._grid = Grid(week)
        self._types = dict(week.types)
        self._strategies: dict[int, dict[str, IntVar]] = {}
        self._days_sent: dict[FollowupVar, tuple[tuple[int, IntVar], ...]] = {}

    @property
    def week(self) -> Week:
        """The week that is planned."""
        return self._week

    def forbid_minutes(self, rule: str, minutes: MinuteMask, who: Who = "all", subject: str = "") -> None:  # noqa: ARG002
        """Close minutes; only before the slots are built."""
        self._must_be_open(rule)
        self._grid.forbid(minutes, who)

    def forbid_type(self, rule: str, key: str) -> None:
        """Take a type out; only before the slots are built."""
        self._must_be_open(rule)
        self._types.pop(key, None)

    def _must_be_open(self, rule: str) -> None:
        assert "slots" not in self.__dict__, f"{rule} narrows the domains after the slots were built"

    def clock(self) -> NDArray[np.int_]:
        """Local minute of the day, for every minute of the domain."""
        return self._grid.clock

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """All slots in time order, in a chain."""
        built: list[Slot] = []
        for place in self._grid.places():
            domain = cp_model.Domain.from_values(place.minutes)
            for position in range(place.positions):
                slot = self._slot(len(built), place, position, domain)
                if built:
                    self.model.add(slot.start >= built[-1].start)
                if position:
                    self.model.add_implication(slot.used, built[-1].used)
                built.append(slot)
        return tuple(built)

    def _slot(self, index: int, place: Place, position: int, domain: cp_model.Domain) -> Slot:
        day = place.segment.day
        used = self.literal("used", day)
        kinds = {key: self.literal(key, day) for key in self._types}
        looks = {
            (key, style): self.literal(style, day)
            for key, row in self._types.items()
            if row.rotated
            for style in row.styles
        }
        categories = {category: self.literal(category, day) for category in Category}
        for key in dict.fromkeys(key for key, _ in looks):
            self.model.add(sum(looks[key, style] for style in self._types[key].styles) == kinds[key])
        for category, literal in categories.items():
            members = [kinds[key] for key, row in self._types.items() if row.category is category]
            self.model.add(sum(members) == literal)
        self.model.add(sum(categories.values()) == used)
        return Slot(
            index,
            place.segment,
            position,
            used,
            self._at_home(self.model.new_int_var_from_domain(domain, "start"), day),
            place.earliest[position],
            place.minutes[-1],
            kinds,
            looks,
            categories,
        )

    @cached_property
    def followups(self) -> tuple[FollowupVar, ...]:
        """All possible followups."""
        built = FollowupVars(self._week, self._grid, self._types, self.model).build(self.slots)
        for followup in built:
            for variable in (followup.present, followup.start, *(followup.by_type or {}).values()):
                self._at_home(variable, followup.day)
        return built

    @cached_property
    def shortfalls(self) -> Mapping[tuple[int, Category], IntVar]:
        """Sends missing on a day in a category; none can be when quotas do not bind."""
        binding = self._week.scenario.rules.daily_quota.enabled
        return {
            (day, category): self.integer(0, self._week.quotas[day].of(category) if binding else 0, "shortfall", day)
            for day in self._week.days
            for category in Category
        }

    @cached_property
    def lacking(self) -> Mapping[tuple[int, Ranged], IntVar]:
        """Sends that a day lacks at most of the low end of a range; none where no range is asked for."""
        return {
            (day, kind): self.integer(0, self._week.least(kind, day), "lacking", day)
            for kind in Ranged
            if self._week.count_range(kind) is not None
            for day in self._week.days
        }

    @cached_property
    def campaigns(self) -> Mapping[tuple[int, Family], IntVar]:
        """Whether a campaign of a family runs on a day, no more of them than sends that carry one."""
        campaigns = campaign_week(self._week)
        if campaigns is None:
            return {}
        runs = {
            (day, plan.family): self.literal(plan.family, day, chained=True)
            for plan in campaigns.planned
            for day in self._week.days
        }
        for day in self._week.days:
            for families, sends in self.carriers(day, self.slots):
                self.model.add(sum(runs[day, family] for family in families) <= sum(sends))
        return runs

    def carriers(self, day: int, slots: Sequence[Slot]) -> Iterator[tuple[tuple[Family, ...], list[IntVar]]]:
        """The planned families, the games' two together, each with the literals of a day's sends that carry them."""
        campaigns = campaign_week(self._week)
        by_types: dict[tuple[str, ...], tuple[Family, ...]] = {}
        for plan in campaigns.planned if campaigns else ():
            by_types[plan.carriers] = (*by_types.get(plan.carriers, ()), plan.family)
        here = [slot for slot in slots if slot.day == day]
        for keys, families in by_types.items():
            yield families, [slot.kinds[key] for slot in here for key in keys if key in slot.kinds]

    def strategy(self, day: int) -> Mapping[str, IntVar]:
        """One literal per strategy on offer; exactly one is true."""
        if day not in self._strategies:
            literals = {key: self.literal(key, day, chained=True) for key in self._week.strategies}
            self.model.add_exactly_one(literals.values())
            self._strategies[day] = literals
        return self._strategies[day]

    @cached_property
    def always(self) -> IntVar:
        """The literal that is true."""
        return self.model.new_constant(1)

    def sent_on(self, followup: FollowupVar) -> Sequence[tuple[int, IntVar]]:
        """The days on which a followup may be sent, each with the literal that says it is."""
        if followup not in self._days_sent:
            self._days_sent[followup] = self._split_by_day(followup)
        return self._days_sent[followup]

    def _split_by_day(self, followup: FollowupVar) -> tuple[tuple[int, IntVar], ...]:
        pieces = [
            piece for piece in self._grid.pieces if piece.start <= followup.latest and piece.end > followup.earliest
        ]
        days = sorted({piece.day for piece in pieces})
        if len(days) == 1:
            return ((days[0], followup.present),)
        split = []
        for day in days:
            start = min(piece.start for piece in pieces if piece.day == day)
            end = max(piece.end for piece in pieces if piece.day == day)
            here = self.literal("sent on this day", followup.day)
            self.model.add(followup.start >= start).only_enforce_if(here)
            self.model.add(followup.start < end).only_enforce_if(here)
            split.append((day, here))
        self.model.add(sum(here for _, here in split) == followup.present)
        return tuple(split)

    def literal(self, name: str, day: int | None = None, chained: bool = False) -> IntVar:
        """A new 0/1 variable."""
        return self._at_home(self.model.new_bool_var(name), day, chained)

    def integer(self, low: int, high: int, name: str, day: int | None = None, chained: bool = False) -> IntVar:
        """A new whole-number variable."""
        return self._at_home(self.model.new_int_var(low, high, name), day, chained)

    def _at_home(self, variable: IntVar, day: int | None, chained: bool = False) -> IntVar:
        if day is not None:
            self.home[variable.index] = day
        if chained:
            self.chained.add(variable.index)
        return variable

    def switch(self, rule: str, subject: str) -> Sequence[IntVar]:  # noqa: ARG002
        """The literals under which rows of a rule are posted: none where every rule simply holds."""
        return ()

    def add(self, rule: str, subject: str, expression: BoundedLinearExpression | bool) -> None:
        """Post a linear constraint."""
        self._under(rule, subject, self.model.add(expression))

    def imply(
        self, rule: str, subject: str, when: Sequence[IntVar], expression: BoundedLinearExpression | bool
    ) -> None:
        """Post a linear constraint that holds when all literals are true."""
        self.model.add(expression).only_enforce_if(*when, *self.switch(rule, subject))

    def at_most_one(self, rule: str, subject: str, literals: Sequence[IntVar]) -> None:
        """At most one literal is true."""
        self._under(rule, subject, self.model.add_at_most_one(literals))

    def spread(self, rule: str, subject: str, items: Sequence[tuple[IntVar, LinearExprT]], gap: int) -> None:
        """No-overlap of optional intervals of length `gap`."""
        self._under(rule, subject, self.model.add_no_overlap(self._intervals(items, gap)))

    def capacity(
        self, rule: str, subject: str, items: Sequence[tuple[IntVar, LinearExprT]], width: int, limit: int
    ) -> None:
        """Cumulative of optional intervals of length `width`."""
        intervals = self._intervals(items, width)
        self._under(rule, subject, self.model.add_cumulative(intervals, [1] * len(intervals), limit))

    def _under(self, rule: str, subject: str, constraint: cp_model.Constraint) -> None:
        if switches := self.switch(rule, subject):
            constraint.only_enforce_if(*switches)

    def _intervals(self, items: Sequence[tuple[IntVar, LinearExprT]], width: int) -> list[cp_model.IntervalVar]:
        return [
            self.model.new_optional_fixed_size_interval_var(moment, width, present, "interval")
            for present, moment in items
        ]

    def apart(self, rule: str, followup: FollowupVar, slot: Slot, minutes: int) -> None:
        """Keep a followup and another slot's send `minutes` apart, with as few literals as their order allows."""
        if followup.earliest - slot.latest >= minutes or slot.earliest - followup.latest >= minutes:
            return
        after, before = slot.start >= followup.start + minutes, slot.start <= followup.start - minutes
        both = (followup.present, slot.used)
        parent = followup.slot
        if parent is not None and not followup.late:
            window = self._week.followup_window
            if slot.index < parent.index:
                if window.earliest + self.least_distance(slot, parent) < minutes:
                    self.imply(rule, "followup", both, before)
                return
            distance = self.least_distance(parent, slot)
            if distance >= window.latest + minutes:
                return
            if distance > window.latest - minutes:
                self.imply(rule, "followup", both, after)
                return
        order = self.literal("followup first", followup.day)
        self.imply(rule, "followup", (*both, order), after)
        self.imply(rule, "followup", (*both, order.negated()), before)  # type: ignore[arg-type]

    def least_distance(self, first: Slot, second: Slot) -> int:
        """Minutes between two used slots at least: packed positions are all their day's spacing apart."""
        on = self._week.scenario.rules.min_spacing.enabled
        spacing = self._week.spacing(second.day) if on else 0
        if first.segment == second.segment:
            return (second.position - first.position) * spacing
        return max((second.position + 1) * spacing, second.earliest - first.latest)

    def local_moment(self, item: Slot | FollowupVar) -> LinearExprT:
        """Local minute of the day; a followup that may cross a jump of the clock or midnight gets its own cases."""
        if isinstance(item, Slot):
            return item.start - item.segment.midnight
        low = min(item.earliest, item.slot.segment.start) if item.slot and not item.late else item.earliest
        pieces = [piece for piece in self._grid.pieces if piece.start <= item.latest and piece.end > low]
        if len(pieces) == 1:
            return item.start - pieces[0].midnight
        moment = self.integer(0, int(self._grid.clock.max()), "moment", item.day)
        inside = [self.literal("piece", item.day) for _ in pieces]
        self.model.add_exactly_one(inside)
        for piece, literal in zip(pieces, inside, strict=True):
            self.model.add(item.start >= piece.start).only_enforce_if(literal)
            self.model.add(item.start < piece.end).only_enforce_if(literal)
            self.model.add(moment == item.start - piece.midnight).only_enforce_if(literal)
        return moment

    def ban(self, ban: Ban) -> None:
        """Keep a type out of a span."""
        outside = cp_model.Domain(ban.start, ban.end - 1).complement()
        for slot in self.slots:
            kind = slot.kinds.get(ban.send_type_key)
            if kind is not None and slot.latest >= ban.start and slot.earliest < ban.end:
                self.model.add_linear_expression_in_domain(slot.start, outside).only_enforce_if(kind)

    def reward(self, rule: str, units: int, variable: IntVar) -> None:
        """Add `units` times the variable to the objective, under the rule's name."""
        if units:
            self.terms.append((rule, units, variable))

    def tighten(self, post: Callable[[Draft], None]) -> None:
        """Keep implied rows for the tight draft, where they stand alone."""
        self._implied.append(post)

    def finish(self) -> None:
        """Complete the model with its objective, and with what every solution tells, asked for by a rule or not."""
        _ = self.followups, self.shortfalls, self.lacking
        earned = cp_model.LinearExpr.weighted_sum(
            [variable for _, _, variable in self.terms], [units for _, units, _ in self.terms]
        )
        self.model.maximize(earned + sum(self.constants.values()))

    @cached_property
    def tight(self) -> WeekDraft:
        """The finished draft with its implied rows: its model begins with the same variables and constraints."""
        tight = self.copied()
        for post in self._implied:
            post(tight)
        return tight

    def copied(self) -> WeekDraft:
        """The same variables on a model of its own, which can be added to and finished anew."""
        twin = copy(self)
        twin.__dict__.pop("tight", None)
        twin.model, twin.home = self.model.clone(), dict(self.home)
        twin.terms, twin.constants, twin.chained = list(self.terms), Counter(self.constants), set(self.chained)
        return twin

    def constant(self, rule: str, units: int) -> None:
        """Move the zero point of a rule's reward."""
        self.constants[rule] += units
