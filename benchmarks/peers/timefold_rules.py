"""The rules and preferences as Timefold's constraint streams. Runs where Timefold is installed.

Hard: broken rules. Medium: units lost by missing sends and by weeks off balance, and a large loss for empty days: local
search starts without sends, and a start that breaks rules would let it break as many later. Soft: units of all other
preferences.
"""

# ruff: noqa: ARG005 (a lambda takes the whole tuple of its stream)

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.timefold_domain import Send

score: Any = import_module("timefold.solver.score")
Joiners, Collect = score.Joiners, score.ConstraintCollectors
HARD, MEDIUM, SOFT = (getattr(score.HardMediumSoftScore, name) for name in ("ONE_HARD", "ONE_MEDIUM", "ONE_SOFT"))
RETENTION = 2
EMPTY_DAY = 10**9
"""More than all missing sends lose."""


def provider(rules: dict[str, Any]) -> Any:
    """The constraint provider with a week's parameters."""

    def define(factory: Any) -> list[Any]:
        return [
            *minutes(factory, rules),
            *types(factory, rules),
            *followups(factory, rules),
            *styles(factory, rules),
            *counts(factory, rules),
            *preferences(factory, rules),
        ]

    return score.constraint_provider(define)


def minutes(factory: Any, rules: dict[str, Any]) -> list[Any]:
    """Open minutes and locks, spacing, block limits, repeated clock times."""
    spacing, width, most = rules["spacing"], rules["block_width"], rules["block_max"]
    window, within, uses = rules["rolling_minutes"], rules["rolling_max"], rules["clock_max"]
    times = factory.for_each(Send).map(lambda send: send.day.week * 10000 + send.clock())
    later = with_followup(factory).map(lambda send: send.day.week * 10000 + send.followup_clock())
    found = [
        factory.for_each(Send).filter(lambda send: not send.is_open()).penalize(HARD).as_constraint("open minute"),
        factory.for_each_including_unassigned(Send)
        .filter(lambda send: send.minute is None and send.locked >= 0)
        .penalize(HARD)
        .as_constraint("lock"),
        factory.for_each_unique_pair(
            Send, Joiners.overlapping(lambda send: send.at(), lambda send: send.at() + spacing)
        )
        .penalize(HARD)
        .as_constraint("min-spacing"),
        factory.for_each(Send)
        .group_by(lambda send: send.day.number * 100 + send.clock() // width, Collect.count())
        .filter(lambda block, count: count > most)
        .penalize(HARD, lambda block, count: count - most)
        .as_constraint("block-limit"),
        times.concat(later)
        .group_by(lambda time: time, Collect.count())
        .filter(lambda time, count: count > uses)
        .penalize(HARD, lambda time, count: count - uses)
        .as_constraint("clock-repeat"),
    ]
    if within:
        found.append(
            factory.for_each(Send)
            .join(Send, Joiners.filtering(lambda first, other: 0 <= other.at() - first.at() < window))
            .group_by(lambda first, other: first, Collect.count_bi())
            .filter(lambda first, count: count > within)
            .penalize(HARD, lambda first, count: count - within)
            .as_constraint("block-limit, rolling")
        )
    return found


def with_followup(factory: Any) -> Any:
    """The sends that have a followup."""
    return factory.for_each(Send).filter(lambda send: send.has_followup())


def types(factory: Any, rules: dict[str, Any]) -> list[Any]:
    """Gaps, repeats, caps and diversity of types."""
    found = [
        factory.for_each_unique_pair(
            Send,
            Joiners.equal(lambda send: send.offer.kind.number),
            Joiners.overlapping(lambda send: send.at(), lambda send: send.at() + send.offer.kind.gap),
        )
        .penalize(HARD)
        .as_constraint("same-type-gap"),
        factory.for_each(Send)
        .filter(lambda send: send.at() < send.offer.kind.opening)
        .penalize(HARD)
        .as_constraint("same-type-gap to history"),
    ]
    if rules["no_repeat"]:
        found.append(
            factory.for_each_unique_pair(
                Send,
                Joiners.equal(lambda send: send.day.number),
                Joiners.equal(lambda send: send.offer.kind.number),
            )
            .if_not_exists(
                Send,
                Joiners.equal(lambda first, second: first.day.number, lambda between: between.day.number),
                Joiners.equal(lambda first, second: first.category, lambda between: between.category),
                Joiners.filtering(lies_between),
            )
            .penalize(HARD)
            .as_constraint("no-repeat-type")
        )
    found += [cap(factory, place) for place in (0, 1)]
    return found + [diversity(factory, place - 1, floors) for place, floors in enumerate(rules["floors"])]


def cap(factory: Any, place: int) -> Any:
    """Caps within the first or the second span of days that a day belongs to."""
    return (
        factory.for_each(Send)
        .group_by(lambda send: send.offer.kind, lambda send: send.day.spans[place], Collect.count())
        .filter(lambda kind, span, count: count > kind.caps[span])
        .penalize(HARD, lambda kind, span, count: count - kind.caps[span])
        .as_constraint(f"weekly-cap {place}")
    )


def diversity(factory: Any, category: int, floors: list[int]) -> Any:
    """Enough distinct types a week, of a category or (-1) of all; the list must live as long as the solver."""
    sends = factory.for_each(Send)
    if category >= 0:
        sends = sends.filter(lambda send: send.category == category)
    return (
        sends.group_by(
            lambda send: send.day.week, Collect.count_distinct(lambda send: send.offer.kind.number), Collect.count()
        )
        .filter(lambda week, met, count: met < min(floors[week], count))
        .penalize(HARD, lambda week, met, count: min(floors[week], count) - met)
        .as_constraint(f"type-diversity {category}")
    )


def lies_between(first: Send, second: Send, other: Send) -> bool:
    """Whether the third send goes out between the first two, in whichever order they stand."""
    at = other.at()
    return first.at() < at < second.at() or second.at() < at < first.at()


def followups(factory: Any, rules: dict[str, Any]) -> list[Any]:
    """Open minutes of followups, their gap, their clearance and their number a day."""
    gap, clear, most = rules["followup_gap"], rules["clearance"], rules["followups_max"]
    return [
        with_followup(factory)
        .filter(lambda send: not send.followup_is_open())
        .penalize(HARD)
        .as_constraint("followup minute"),
        with_followup(factory)
        .join(
            with_followup(factory),
            Joiners.less_than(lambda send: send.id),
            Joiners.overlapping(lambda send: send.followup_at(), lambda send: send.followup_at() + gap),
        )
        .penalize(HARD)
        .as_constraint("followup gap"),
        with_followup(factory)
        .join(
            Send,
            Joiners.overlapping(
                lambda send: send.followup_at() - clear + 1,
                lambda send: send.followup_at() + clear,
                lambda other: other.at(),
                lambda other: other.at() + 1,
            ),
        )
        .filter(lambda send, other: send.id != other.id)
        .penalize(HARD)
        .as_constraint("followup-clearance"),
        with_followup(factory)
        .group_by(lambda send: send.followup_day(), Collect.count())
        .filter(lambda day, count: count > most[day])
        .penalize(HARD, lambda day, count: count - most[day])
        .as_constraint("followup-daily-limit"),
    ]


def styles(factory: Any, rules: dict[str, Any]) -> list[Any]:
    """Guarded styles: once a half-day, never twice in a row."""
    most, before = rules["am_pm_max"], rules["style_before"]
    found = [
        factory.for_each(Send)
        .filter(lambda send: send.offer.guarded)
        .group_by(lambda send: send.day.number * 2 + send.half(), lambda send: send.offer.style, Collect.count())
        .filter(lambda half, style, count: count > most)
        .penalize(HARD, lambda half, style, count: count - most)
        .as_constraint("style-am-pm")
    ]
    if rules["back_to_back"]:
        paid = factory.for_each(Send).filter(lambda send: send.offer.kind.ppv)
        found += [
            factory.for_each_unique_pair(Send, Joiners.equal(lambda send: send.offer.style))
            .filter(lambda first, second: first.offer.guarded)
            .if_not_exists(paid, Joiners.filtering(lies_between))
            .penalize(HARD)
            .as_constraint("style-back-to-back"),
            factory.for_each(Send)
            .filter(lambda send: send.offer.guarded and send.offer.style == before)
            .if_not_exists(paid, Joiners.greater_than(lambda send: send.at(), lambda other: other.at()))
            .penalize(HARD)
            .as_constraint("style-back-to-back with history"),
        ]
    return found


def counts(factory: Any, rules: dict[str, Any]) -> list[Any]:
    """Missing sends, empty days, shares of categories."""
    balanced, bounds, lost = rules["balanced"], rules["bounds"], rules["off_balance"]
    return [
        factory.for_each_including_unassigned(Send)
        .filter(lambda send: send.minute is None)
        .group_by(lambda send: send.day, lambda send: send.category, Collect.count())
        .penalize(MEDIUM, lambda day, category, count: day.missing[category * (day.most_missing + 1) + count])
        .as_constraint("full-quota"),
        factory.for_each_including_unassigned(Send)
        .group_by(lambda send: send.day, Collect.sum(lambda send: 0 if send.minute is None else 1))
        .filter(lambda day, count: day.nonempty and count == 0)
        .penalize(MEDIUM, lambda day, count: EMPTY_DAY)
        .as_constraint("day-nonempty"),
        factory.for_each(Send)
        .filter(lambda send: balanced[send.day.week])
        .group_by(
            lambda send: send.day.week,
            Collect.sum(lambda send: 1 if send.category == 0 else 0),
            Collect.sum(lambda send: 1 if send.category == 1 else 0),
            Collect.sum(lambda send: 1 if send.category == 2 else 0),
        )
        .filter(lambda week, revenue, engagement, retention: off(bounds, revenue, engagement, retention))
        .penalize(MEDIUM, lambda week, revenue, engagement, retention: lost)
        .as_constraint("category-balance"),
    ]


def off(bounds: list[int], revenue: int, engagement: int, retention: int) -> bool:
    """Whether a share leaves its bounds: at least, at least and at most so many millionths."""
    total = revenue + engagement + retention
    return (
        1000000 * revenue < bounds[0] * total
        or 1000000 * engagement < bounds[1] * total
        or 1000000 * retention > bounds[2] * total
    )


def preferences(factory: Any, rules: dict[str, Any]) -> list[Any]:
    """Type values with the day's strategy, variety, timing with followups and interleaving, half-days, rotation."""
    adhered, first, alike = rules["adhered"], rules["first_position"], rules["alike"]
    rotated = factory.for_each(Send).filter(lambda send: send.offer.kind.rotated)
    return [
        factory.for_each(Send)
        .reward(SOFT, lambda send: send.offer.kind.gains[send.day.number])
        .as_constraint("type-value and strategy-mix"),
        factory.for_each(Send)
        .filter(lambda send: send.offer.guarded)
        .reward(SOFT, lambda send: send.day.half_bonus[send.half()])
        .as_constraint("half-day"),
        factory.for_each(Send)
        .group_by(lambda send: send.offer.kind, lambda send: send.day.week, Collect.count())
        .reward(SOFT, lambda kind, week, count: kind.variety[week * (kind.most_uses + 1) + min(count, kind.most_uses)])
        .as_constraint("type-variety"),
        factory.for_each(Send)
        .group_by(lambda send: send.stretch(), Collect.to_list())
        .impact(SOFT, lambda stretch, sends: stretch_units(sends, alike))
        .as_constraint("send-timing, followups, interleaving"),
        factory.for_each(Send)
        .filter(lambda send: send.day.distinct > 0 and send.category != RETENTION)
        .group_by(lambda send: send.day, Collect.count_distinct(lambda send: send.offer.kind.number))
        .reward(SOFT, lambda day, met: day.distinct * met)
        .as_constraint("strategy-mix of spreading days"),
        rotated.join(
            rotated,
            Joiners.equal(lambda send: send.day.period),
            Joiners.greater_than_or_equal(lambda send: send.at()),
        )
        .group_by(lambda send, other: send, Collect.count_bi())
        .filter(lambda send, count: send.offer.style == send.day.pattern[(first[send.day.period] + count - 1) % 4])
        .reward(SOFT, lambda send, count: adhered)
        .as_constraint("rotation-adherence"),
    ]


def stretch_units(sends: list[Send], alike: int) -> int:
    """Units of the sends of one stretch; neighbours of one category lose."""
    total = 0
    for send in sends:
        position = 0
        latest = -1
        category = -1
        for other in sends:
            if other.when() < send.when():
                position += 1
                if other.when() > latest:
                    latest = other.when()
                    category = other.category
        total += send.units(position)
        if category == send.category:
            total -= alike
    return total
