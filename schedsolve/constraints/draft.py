"""The vocabulary a rule writes with: the draft of a week, as the solver offers it.

A draft is a row of *slots* in time order. A day is cut into segments (blocks, further cut at noon and where the clock
jumps), a segment holds a few ordered positions, and a slot is one position: used or not, at a start minute, with one
send type. Each slot may carry one followup. The concrete class lives with the solver; rules see this protocol only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ..model.campaign_families import Family
from ..model.catalog import Category, Style
from ..model.ranged import Ranged
from ..model.week import FixedSend, Week

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from ortools.sat.python.cp_model import BoundedLinearExpression as BoundedLinearExpression
    from ortools.sat.python.cp_model import IntVar as IntVar
    from ortools.sat.python.cp_model import LinearExprT as LinearExprT

    MinuteMask = NDArray[np.bool_]
else:
    MinuteMask = BoundedLinearExpression = IntVar = LinearExprT = Any

Who = Literal["regular", "followup", "all"]


@dataclass(frozen=True)
class Segment:
    """A stretch [start, end) of absolute minutes inside one block, one half-day and one steady run of the clock.

    The local minute of the day at absolute minute m is `m - midnight`; `block` counts the day's blocks.
    """

    day: int
    block: int
    start: int
    end: int
    midnight: int

    @property
    def morning(self) -> bool:
        """Whether it lies before noon."""
        return self.start - self.midnight < 12 * 60


@dataclass(frozen=True, eq=False)
class Slot:
    """One position: `used`, its `start` minute (an unused slot rests on its predecessor) and its type.

    `kinds` holds one literal per send type, `looks` one per rotated type and style, `categories` one per category;
    each adds up to `used` over what it covers. `earliest` and `latest` bound the start of a used slot.
    """

    index: int
    segment: Segment
    position: int
    used: IntVar
    start: IntVar
    earliest: int
    latest: int
    kinds: Mapping[str, IntVar]
    looks: Mapping[tuple[str, Style], IntVar]
    categories: Mapping[Category, IntVar]

    @property
    def day(self) -> int:
        """Number of its local day."""
        return self.segment.day

    def style(self, style: Style, fixed: Mapping[str, Style | None]) -> list[IntVar]:
        """The literals of which one is true when the slot carries a send of that style."""
        literals = [literal for (_, look), literal in self.looks.items() if look is style]
        return literals + [self.kinds[key] for key, only in fixed.items() if only is style and key in self.kinds]


@dataclass(frozen=True, eq=False)
class FollowupVar:
    """A possible followup: `present`, and its `start` minute (which rests on the parent's when absent).

    The parent is a slot, or a send of history that waits for one. `late` marks the next-morning kind.
    """

    present: IntVar
    start: IntVar
    earliest: int
    latest: int
    slot: Slot | None
    past: FixedSend | None = None
    late: bool = False
    by_type: Mapping[str, IntVar] | None = None

    @property
    def day(self) -> int:
        """The day it is planned with: its parent's, or the first for a parent in history."""
        return self.slot.day if self.slot else 0


class Draft(Protocol):
    """What `post` may use. Amounts are minutes.

    A subject says what of the rule is meant (a day, a type, a lock), in the words of `wording`: rows under one rule
    and subject are switched together when a conflict is explained.
    """

    @property
    def week(self) -> Week:
        """The week that is planned."""

    @property
    def slots(self) -> Sequence[Slot]:
        """All slots in time order. The first look builds them: minutes and types can be forbidden only before."""

    @property
    def followups(self) -> Sequence[FollowupVar]:
        """All possible followups."""

    @property
    def shortfalls(self) -> Mapping[tuple[int, Category], IntVar]:
        """Sends missing on a day in a category."""

    @property
    def lacking(self) -> Mapping[tuple[int, Ranged], IntVar]:
        """Sends that a day lacks at most of the low end of a range; none where no range is asked for."""

    @property
    def campaigns(self) -> Mapping[tuple[int, Family], IntVar]:
        """Whether a campaign of a planned family runs on a day: no more of them than sends that carry one.

        A game carries one of the two games' families at most; whether it must is a rule's to say.
        """

    @property
    def separate(self) -> bool:
        """Whether a rule must hold on its own, without leaving out what other rules of the week keep anyway."""

    def forbid_minutes(self, rule: str, minutes: MinuteMask, who: Who = "all", subject: str = "") -> None:
        """Take minutes out of every start domain; the mask covers minute 0 to the end of the domain.

        Without a subject, the minutes of each day are a subject of their own.
        """

    def forbid_type(self, rule: str, key: str) -> None:
        """Take a send type out of every slot."""

    def clock(self) -> NDArray[np.int_]:
        """Local minute of the day for every minute of the domain (the horizon and the morning after)."""

    def strategy(self, day: int) -> Mapping[str, IntVar]:
        """One literal per strategy on offer; exactly one is true."""

    def add(self, rule: str, subject: str, expression: BoundedLinearExpression | bool) -> None:
        """Post a linear constraint under the rule's switch."""

    def imply(
        self, rule: str, subject: str, when: Sequence[IntVar], expression: BoundedLinearExpression | bool
    ) -> None:
        """Post a linear constraint that holds when all the given literals are true."""

    def at_most_one(self, rule: str, subject: str, literals: Sequence[IntVar]) -> None:
        """At most one of the literals is true."""

    def spread(self, rule: str, subject: str, items: Sequence[tuple[IntVar, LinearExprT]], gap: int) -> None:
        """Keep present moments at least `gap` apart, in any order (no-overlap)."""

    def capacity(
        self, rule: str, subject: str, items: Sequence[tuple[IntVar, LinearExprT]], width: int, limit: int
    ) -> None:
        """At most `limit` present moments in any half-open window of `width` minutes (cumulative)."""

    def apart(self, rule: str, followup: FollowupVar, slot: Slot, minutes: int) -> None:
        """Keep a followup and another slot's send at least `minutes` apart."""

    def local_moment(self, slot_or_followup: Slot | FollowupVar) -> LinearExprT:
        """Its local minute of the day (from 0 to 1439)."""

    def least_distance(self, first: Slot, second: Slot) -> int:
        """Minutes that lie at least between two used slots, `first` before `second`."""

    @property
    def always(self) -> IntVar:
        """The literal that is true."""

    def sent_on(self, followup: FollowupVar) -> Sequence[tuple[int, IntVar]]:
        """The days on which a followup may be sent, each with the literal that says it is."""

    def literal(self, name: str, day: int | None = None, chained: bool = False) -> IntVar:
        """A new 0/1 variable of a day, or of several (None); `chained` when it hangs on other days' sends as well."""

    def integer(self, low: int, high: int, name: str, day: int | None = None, chained: bool = False) -> IntVar:
        """A new whole-number variable, of a day or of several, chained or not."""

    def reward(self, rule: str, units: int, variable: IntVar) -> None:
        """Add `units` (thousandths of a point; negative to penalise) times the variable to the objective."""

    def tighten(self, post: Callable[[Draft], None]) -> None:
        """Post implied rows that only the bound needs, on a draft of its own, once everything else is posted."""

    def constant(self, rule: str, units: int) -> None:
        """Move the zero point of a rule's reward."""
