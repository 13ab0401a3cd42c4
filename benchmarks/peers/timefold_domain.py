"""The week as Timefold sees it: facts, the planning entity and the planning solution. Runs where Timefold is installed.

A send is an entity of one day and category. Its variables are the minute since the day's start (none: left out), what
it offers (a type and a style) and the delay after which a followup goes out (0: never; types without followups ignore
it). Tables are texts of one character a minute, because Timefold takes over a text at once but numbers one by one.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

domain: Any = import_module("timefold.solver.domain")
score: Any = import_module("timefold.solver.score")

ZERO = 20_000
"""What is added to numbers in a text, so that none is negative."""
NOON = 720
NOWHERE = -(10**6)


def text(numbers: list[int]) -> str:
    """Numbers as one text."""
    return "".join(chr(number + ZERO) for number in numbers)


def number(row: str, place: int) -> int:
    """A number of such a text."""
    return ord(row[place]) - ZERO


class Kind:
    """A send type; `table` is the number of its timing tables.

    `gains` holds units by day, `caps` by span of days, `variety` by plan week and number of uses, 0 to `most_uses`.
    """

    number: int
    category: int
    gap: int
    opening: int
    ppv: bool
    rotated: bool
    takes_followup: bool
    followup_units: int
    table: int
    gains: list[int]
    caps: list[int]
    variety: list[int]
    most_uses: int


class Offer:
    """A type with one of its styles (-1: none); a `guarded` style may not repeat."""

    kind: Kind
    style: int
    guarded: bool


class Day:
    """A day of `length` minutes whose clock jumps by `jump` minutes at `jump_at`.

    Texts hold a number, plus ZERO, by minute: `open` and `followup_open` whether a send may stand there, `stretch_of`
    the stretch, `tables` units by position in a stretch and table. `wishes` holds the drawn delays by stretch and
    position, `per_minute` the units lost off them, `missing` the units lost by category and number of sends left out.
    """

    number: int
    week: int
    spans: list[int]
    start: int
    length: int
    jump_at: int
    jump: int
    open: str
    followup_open: str
    distinct: int
    half_bonus: list[int]
    pattern: list[int]
    period: int
    positions: int
    tables_a_position: int
    tables: list[str]
    stretch_of: str
    wishes: list[int]
    per_minute: int
    missing: list[int]
    most_missing: int
    nonempty: bool

    def clock(self, minute: int) -> int:
        """Local minute of the day."""
        return minute + self.jump if minute >= self.jump_at else minute


class Send:
    """A regular send that a quota asks for; `locked` is the minute at which it stands whatever `minute` says, or -1."""

    id: Annotated[int, domain.PlanningId]
    day: Day
    category: int
    locked: int
    offers: Annotated[list[Offer], domain.ValueRangeProvider(id="offers")]
    offer: Annotated[Offer, domain.PlanningVariable(value_range_provider_refs=["offers"])]
    delay: Annotated[int, domain.PlanningVariable(value_range_provider_refs=["delays"])]
    minute: Annotated[
        int | None, domain.PlanningVariable(value_range_provider_refs=["minutes"], allows_unassigned=True)
    ]

    def when(self) -> int:
        """Its minute since the day's start; joins still ask while a send is being left out."""
        if self.minute is None:
            return NOWHERE
        return self.locked if self.locked >= 0 else self.minute

    def at(self) -> int:
        """Its absolute minute."""
        return self.day.start + self.when()

    def clock(self) -> int:
        """Its local minute of the day."""
        return self.day.clock(self.when())

    def stretch(self) -> int:
        """Its stretch, numbered over all days."""
        return self.day.number * 100 + number(self.day.stretch_of, self.when())

    def half(self) -> int:
        """0 before noon, 1 from noon on."""
        return 0 if self.day.clock(self.when()) < NOON else 1

    def is_open(self) -> bool:
        """Whether its minute is open to it."""
        return self.locked >= 0 or number(self.day.open, self.when()) == 1

    def followup_is_open(self) -> bool:
        """Whether the minute of its followup is open to it."""
        return number(self.day.followup_open, self.when() + self.delay) == 1

    def has_followup(self) -> bool:
        """Whether a followup goes out."""
        return self.delay > 0 and self.offer.kind.takes_followup

    def followup_at(self) -> int:
        """The absolute minute of its followup, if it has one."""
        return self.at() + self.delay

    def followup_day(self) -> int:
        """The day on which its followup goes out."""
        return self.day.number if self.when() + self.delay < self.day.length else self.day.number + 1

    def followup_clock(self) -> int:
        """The local minute of its followup."""
        return self.day.clock(self.when() + self.delay) % 1440

    def units(self, position: int) -> int:
        """What its minute and its followup earn where it is number `position` of its stretch."""
        day = self.day
        place = position if position < day.positions else day.positions - 1
        earned = number(day.tables[place * day.tables_a_position + self.offer.kind.table], self.when())
        if self.delay > 0 and self.offer.kind.takes_followup:
            wish = day.wishes[number(day.stretch_of, self.when()) * day.positions + place]
            earned += self.offer.kind.followup_units - day.per_minute * abs(self.delay - wish)
        return earned


class Plan:
    """The planning solution."""

    minutes: Annotated[list[int], domain.ValueRangeProvider(id="minutes")]
    delays: Annotated[list[int], domain.ValueRangeProvider(id="delays")]
    sends: Annotated[list[Send], domain.PlanningEntityCollectionProperty]
    score: Annotated[score.HardMediumSoftScore | None, domain.PlanningScore]


domain.planning_entity(Send)
domain.planning_solution(Plan)
