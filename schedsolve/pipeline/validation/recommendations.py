"""What to do about what was found: new captions, content for the vault, another mix, and the action of each check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ...model.validation_report import CategoryShare, Recommendation
from ..volume.figures import NEW_CAPTIONS
from .caption_pool import pool_warnings
from .check import Check, Found
from .schedule import Schedule
from .vault import FLYER, missing_medium

STALE_BELOW = 50
"""Average freshness 0-100 of the pool under which text-only bumps are favoured."""


def recommendations(
    schedule: Schedule, found: Mapping[str, tuple[Check, Found]], shares: tuple[CategoryShare, ...]
) -> tuple[Recommendation, ...]:
    """Actions, those that need work by hand first; `found` holds every check's result by its id."""
    return (
        *_captions(schedule),
        *_contents(schedule),
        *_mix(shares),
        *_freshness(schedule),
        *(
            Recommendation(action=check.id, message=check.action)
            for check, result in found.values()
            if result.flaws and check.action
        ),
    )


def _captions(schedule: Schedule) -> Iterator[Recommendation]:
    """New captions: at least five for a type that has run out, and as many as items wait for one."""
    waiting = Counter(item.send.type_key for item in schedule.items if schedule.captioned and item.lacks_caption)
    short = {warning.send_type_key: warning for warning in pool_warnings(schedule.volume) if warning.critical}
    for key in dict.fromkeys([*short, *waiting]):
        count = max(NEW_CAPTIONS, waiting[key or ""])
        message = f"write {count} or more new captions for {key or 'the types named'}"
        yield Recommendation(action="write_captions", about=key, count=count, message=message)


def _contents(schedule: Schedule) -> Iterator[Recommendation]:
    lacking = Counter(medium for item in schedule.items if (medium := missing_medium(item)) is not None)
    for medium, count in sorted(lacking.items()):
        action = "design_flyers" if medium == FLYER else "add_to_vault"
        message = f"{medium}: the vault has none, {count} item{'s need' if count > 1 else ' needs'} one"
        yield Recommendation(action=action, about=medium, count=count, message=message)


def _mix(shares: tuple[CategoryShare, ...]) -> Iterator[Recommendation]:
    for share in shares:
        if not share.passed:
            way = "more" if share.bound == "at least" else "fewer"
            message = (
                f"rebalance the allocation: {way} {share.category} sends "
                f"({share.percent:g} % now, {share.bound} {share.limit:g} %)"
            )
            yield Recommendation(action="rebalance", about=share.category, message=message)


def _freshness(schedule: Schedule) -> Iterator[Recommendation]:
    average = schedule.week.scenario.performance.caption_freshness
    if average is not None and average < STALE_BELOW:
        message = (
            f"the caption pool is stale (freshness {average:g}): text-only bumps were favoured; write new captions"
        )
        yield Recommendation(action="text_only_bumps", about="bump_text_only", message=message)
