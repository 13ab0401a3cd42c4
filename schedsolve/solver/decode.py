"""From a solution of the model back to sends: nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..model.campaign_families import Family
from ..model.catalog import Category, SendType, Style
from .carrying import carried
from .draft import WeekDraft


@dataclass(frozen=True)
class DecidedFollowup:
    """A followup: its minute, and the send of the decision or of history that it follows.

    `parent` is the parent's place in `Decision.sends`; for a parent in history it is None and `past` its index there.
    """

    minute: int
    parent: int | None
    past: int | None
    late: bool


@dataclass(frozen=True)
class DecidedSend:
    """A regular send at an absolute minute."""

    minute: int
    day: int
    send_type: SendType
    style: Style | None


@dataclass(frozen=True)
class Decision:
    """All that the solver decides about a week, in time order; `campaigns` by the place of their send."""

    sends: tuple[DecidedSend, ...]
    followups: tuple[DecidedFollowup, ...]
    strategies: tuple[str, ...]
    missing: Mapping[tuple[int, Category], int]
    campaigns: Mapping[int, Family] = field(default_factory=dict)


def decode(draft: WeekDraft, solution: Sequence[int], gone: Sequence[Family | None] = ()) -> Decision:
    """Read slots, followups, strategies, missing sends and campaigns off a solution.

    `gone` tells of the first sends, which have gone out, which family each carried.
    """
    week = draft.week
    sends: list[DecidedSend] = []
    place_of: dict[int, int] = {}
    for slot in draft.slots:
        if not solution[slot.used.index]:
            continue
        key = next(key for key, literal in slot.kinds.items() if solution[literal.index])
        row = week.types[key]
        style = row.fixed_style
        if row.rotated:
            style = next(look for (kind, look), lit in slot.looks.items() if kind == key and solution[lit.index])
        place_of[slot.index] = len(sends)
        sends.append(DecidedSend(solution[slot.start.index], slot.day, row, style))
    followups = [
        DecidedFollowup(
            solution[followup.start.index],
            place_of[followup.slot.index] if followup.slot else None,
            followup.past.index if followup.past else None,
            followup.late,
        )
        for followup in draft.followups
        if solution[followup.present.index]
    ]
    strategies = tuple(
        next(key for key, literal in draft.strategy(day).items() if solution[literal.index]) for day in week.days
    )
    missing = {key: solution[amount.index] for key, amount in draft.shortfalls.items() if solution[amount.index]}
    running = [key for key, literal in draft.campaigns.items() if solution[literal.index]]
    return Decision(
        tuple(sends),
        tuple(sorted(followups, key=lambda f: f.minute)),
        strategies,
        missing,
        carried(week, sends, running, gone),
    )
