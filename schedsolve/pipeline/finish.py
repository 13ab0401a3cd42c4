"""After the solver: a decision becomes a plan with ids, channels, expiry, pins and metadata."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..constraints.preference import POINT
from ..constraints.preferences.followup_offset import FollowupOffset
from ..constraints.preferences.followup_value import FollowupValue
from ..constraints.preferences.send_timing import placed
from ..model.campaign_families import Family
from ..model.catalog import FOLLOWUP, Category, Channel, SendType
from ..model.plan import DayPlan, Item, Pin, PlanWarning, Quotas, Shortfall, VariationMetadata
from ..model.strategies import STRATEGIES
from ..model.timetable import Send, Timetable
from ..model.timing import Stretch
from ..model.week import Week
from ..solver.campaign_binding import Wanting
from ..solver.decode import DecidedFollowup, Decision
from ..solver.lacking import Key, lacking_of
from .campaigns import campaign_shortfalls, games_to_play
from .content.targets import address
from .minutes import tell_minute
from .numbering import priorities, slot_numbers
from .pins import HeldPin, Pinnable, plan_pins


@dataclass(frozen=True)
class Finished:
    """The parts of a plan that follow from a decision."""

    days: tuple[DayPlan, ...]
    items: tuple[Item, ...]
    pins: tuple[Pin, ...]
    shortfalls: tuple[Shortfall, ...]
    warnings: tuple[PlanWarning, ...]


def utc(week: Week, minute: int) -> str:
    """Absolute minute -> `2025-01-20T14:07:00Z`."""
    return f"{week.horizon.instant(minute):%Y-%m-%dT%H:%M:%SZ}"


def finish(
    week: Week,
    decision: Decision,
    binding: Mapping[Key, tuple[str, ...]],
    campaign_binding: Mapping[Wanting, tuple[str, ...]] | None = None,
) -> Finished:
    """Number the sends, fill catalog defaults, work out expiry and pins, and word shortfalls and warnings.

    `binding` names the rules that bind whatever falls short, `campaign_binding` those that bind missing campaigns.
    """
    warnings: list[PlanWarning] = []
    ids, ranks = _numbered(week, decision)
    places = _stretches(week, decision)
    items = _regular_items(week, decision, ids, ranks, places, warnings)
    items += [_followup_item(week, decision, followup, ids, ranks, places) for followup in decision.followups]
    items.sort(key=lambda item: (item.scheduled_at_utc, item.is_follow_up, item.slot_id))
    held = plan_pins(_pinnable(week, decision, ids), week.old_pins, week.scenario.rules.pin_limit.max, _pin_hours(week))
    return Finished(
        _days(week, decision),
        tuple(items),
        tuple(_pin(week, pin) for pin in held),
        (*_shortfalls(week, decision, binding), *campaign_shortfalls(week, decision, campaign_binding)),
        tuple(warnings),
    )


def _days(week: Week, decision: Decision) -> tuple[DayPlan, ...]:
    return tuple(
        DayPlan(
            date=week.date(day).isoformat(),
            strategy=decision.strategies[day],
            flavor=STRATEGIES[decision.strategies[day]].flavor,
            prime_hours=week.prime_hours[day],
            quotas=Quotas(**{category.value: week.quotas[day].of(category) for category in Category}),
            rotation_pattern=week.pattern(day),
            rotation_state=week.rotations[day].state,
        )
        for day in week.days
    )


def _numbered(week: Week, decision: Decision) -> tuple[list[str], list[int]]:
    """Slot id and priority of every send of the decision."""
    ids, ranks = [""] * len(decision.sends), [0] * len(decision.sends)
    by_day: defaultdict[int, list[int]] = defaultdict(list)
    for place, send in enumerate(decision.sends):
        by_day[send.day].append(place)
    for day, places in by_day.items():
        sends = [decision.sends[place] for place in places]
        order = priorities(sends, [week.worth[send.send_type.key] for send in sends])
        for place, rank, number in zip(places, order, slot_numbers(sends, order), strict=True):
            ids[place], ranks[place] = f"{week.date(day).isoformat()}_{number}", rank
    return ids, ranks


def _regular_items(
    week: Week,
    decision: Decision,
    ids: Sequence[str],
    ranks: Sequence[int],
    places: Sequence[tuple[Stretch, int]],
    warnings: list[PlanWarning],
) -> list[Item]:
    locked = {(lock.minute, lock.send_type.key) for lock in week.locks}
    posted = [_posted(send.send_type, decision.campaigns.get(place)) for place, send in enumerate(decision.sends)]
    addressed = {row: _address(row, week, warnings) for row in dict.fromkeys(posted)}
    games = games_to_play(week) if decision.campaigns else {}
    items = []
    for place, send in enumerate(decision.sends):
        row, strategy, family = send.send_type, decision.strategies[send.day], decision.campaigns.get(place)
        fixed = (send.minute, row.key) in locked
        channel, target = addressed[posted[place]]
        stretch, position = places[place]
        items.append(
            _item(
                week,
                send.minute,
                row,
                slot_id=ids[place],
                ppv_style=send.style,
                channel_key=channel,
                target_key=target,
                priority=ranks[place],
                strategy=strategy,
                expected_value=week.worth[row.key] / POINT,
                locked=fixed,
                variation_metadata=tell_minute(week, row.category, stretch, position, send.minute, strategy, fixed),
                campaign_type=family,
                game_type=games.get(family) if family else None,
            )
        )
    return items


def _posted(row: SendType, family: Family | None) -> SendType:
    """A type as it goes out: on the wall where it carries a campaign."""
    return row if family is None else replace(row, channel=Channel.WALL_POST)


def _stretches(week: Week, decision: Decision) -> list[tuple[Stretch, int]]:
    """Stretch and position of every send, in the decision's order."""
    horizon = week.horizon
    sends = tuple(
        Send(str(place), send.minute, send.day, horizon.clock(send.minute), send.send_type.key, send.send_type)
        for place, send in enumerate(decision.sends)
    )
    return [(stretch, position) for _, stretch, position in placed(Timetable(week, sends))]


def _followup_item(
    week: Week,
    decision: Decision,
    followup: DecidedFollowup,
    ids: Sequence[str],
    ranks: Sequence[int],
    places: Sequence[tuple[Stretch, int]],
) -> Item:
    row, earned = week.catalog[FOLLOWUP], FollowupValue.of(week).units
    if followup.parent is not None:
        parent = decision.sends[followup.parent]
        parent_id, parent_minute, rank, day = ids[followup.parent], parent.minute, ranks[followup.parent], parent.day
        worth = earned[parent.send_type.key] / POINT
        drawn = None if followup.late else _drawn(week, *places[followup.parent])
    else:
        past = next(send for send in week.past if send.index == followup.past)
        parent_id, parent_minute, rank, day = f"history_{past.index}", past.minute, 1, 0
        worth, drawn = earned[past.send_type.key] / POINT, None
    strategy = decision.strategies[day]
    return _item(
        week,
        followup.minute,
        row,
        slot_id=f"{parent_id}_followup",
        is_follow_up=True,
        parent_item_id=parent_id,
        followup_delay_minutes=followup.minute - parent_minute,
        timing_adjusted=followup.late,
        channel_key=row.channel,
        target_key=row.default_target,
        priority=rank,
        strategy=strategy,
        expected_value=worth,
        variation_metadata=VariationMetadata(daily_strategy=strategy, drawn_offset=drawn),
        media_type="none",
        flyer_required=False,
    )


def _drawn(week: Week, stretch: Stretch, position: int) -> int:
    return FollowupOffset.of(week).drawn(
        stretch.day, stretch.block, stretch.start - stretch.midnight < 12 * 60, position
    )


def _item(week: Week, minute: int, row: SendType, *, strategy: str, **fields: object) -> Item:
    """An item with the fields that follow from its minute and type."""
    local: datetime = week.horizon.local(minute)
    filled: dict[str, object] = {
        "ppv_style": None,
        "is_follow_up": False,
        "parent_item_id": None,
        "followup_delay_minutes": None,
        "timing_adjusted": False,
        "locked": False,
        **fields,
    }
    expires = None if row.expiry_hours is None else utc(week, minute + row.expiry_hours * 60)
    return Item(
        scheduled_date=f"{local:%Y-%m-%d}",
        scheduled_time=f"{local:%H:%M:%S}",
        scheduled_at_utc=utc(week, minute),
        timezone=week.horizon.timezone,
        send_type_key=row.key,
        category=row.category,
        expires_at_utc=expires,
        strategy_used=strategy,
        flavor_emphasis=STRATEGIES[strategy].flavor,
        **filled,  # type: ignore[arg-type]
    )


def _address(row: SendType, week: Week, warnings: list[PlanWarning]) -> tuple[Channel, str]:
    """Channel and target of a type: its own where page and channel serve it, else a fallback with a warning."""
    found = address(row, week.scenario.creator.page_type)
    if found.widened:
        message = f"{row.key} goes to {found.target} by {found.channel}: {found.why}"
        warnings.append(PlanWarning(code="target-fallback", message=message))
    return found.channel, found.target


def _pin_hours(week: Week) -> int:
    return week.scenario.rules.pin_duration.hours


def _pinnable(week: Week, decision: Decision, ids: Sequence[str]) -> list[Pinnable]:
    return [
        Pinnable(
            ids[place],
            send.send_type.key,
            send.minute,
            week.worth[send.send_type.key] / POINT,
            None if send.send_type.expiry_hours is None else send.minute + send.send_type.expiry_hours * 60,
        )
        for place, send in enumerate(decision.sends)
        if send.send_type.pinnable
    ]


def _pin(week: Week, pin: HeldPin) -> Pin:
    return Pin(
        item=pin.item,
        send_type_key=pin.type_key,
        starts_at_utc=utc(week, pin.start),
        ends_at_utc=utc(week, pin.end),
        priority=pin.priority,
        replaced_by=pin.replaced_by,
    )


def _shortfalls(week: Week, decision: Decision, binding: Mapping[Key, tuple[str, ...]]) -> tuple[Shortfall, ...]:
    placed_by = Counter((send.day, send.send_type.category) for send in decision.sends)
    of_quotas = (
        Shortfall(
            rule="daily-quota",
            date=week.date(day).isoformat(),
            category=category,
            wanted=week.quotas[day].of(category),
            placed=placed_by[day, category],
            binding=binding[day, category],
        )
        for day in week.days
        for category in Category
        if (day, category) in decision.missing
    )
    of_ranges = (
        Shortfall(
            rule=kind.rule,
            date=week.date(day).isoformat(),
            category=kind.category,
            wanted=week.least(kind, day),
            placed=week.least(kind, day) - lacking,
            binding=binding[day, kind],
        )
        for (day, kind), lacking in lacking_of(week, decision).items()
    )
    return (*of_quotas, *of_ranges)
