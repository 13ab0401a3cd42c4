"""How far the volume can be trusted, and the flags that came with it."""

from __future__ import annotations

from collections.abc import Iterator

from ...constraints.valid_input import LEAST_CONFIDENCE
from ..volume.figures import DAMPED_BELOW
from .check import Flaw, Found, of_schedule
from .schedule import Schedule

DEFAULT_SOURCES = {
    "base_tier": "the quotas are the row of a volume level",
    "fan_estimate": "the quotas are guessed from the number of fans",
    "minimum_safe": "nothing is known of the creator: the quotas are the safe minimum",
}
DEFAULT_NOTICES = ("volume-guessed", "distribution-malformed", "volume")
"""Notices of the week that tell of a default in use."""


def confidence_of(schedule: Schedule) -> float:
    """Trust in the volume, 0..1."""
    return schedule.week.confidence if schedule.volume is None else schedule.volume.confidence_score


def refused(schedule: Schedule) -> Found:
    """Whether the figures are trusted too little to be used without a person's word."""
    confidence = confidence_of(schedule)
    if confidence >= LEAST_CONFIDENCE or schedule.override:
        return of_schedule(())
    message = f"confidence is {confidence:g}; below {LEAST_CONFIDENCE:g} a person must accept the week"
    return of_schedule([Flaw(message, value=confidence, limit=LEAST_CONFIDENCE, origin="confidence_score")])


def low(schedule: Schedule) -> Found:
    """Whether the figures are trusted so little that the quotas are drawn down."""
    confidence, least = confidence_of(schedule), float(DAMPED_BELOW)
    if confidence >= least:
        return of_schedule(())
    messages = schedule.volume.message_count if schedule.volume else 0
    message = f"confidence is {confidence:.3g}, from {messages} messages; volumes are conservative below {least:g}"
    return of_schedule([Flaw(message, value=confidence, limit=least, origin="confidence_score")])


def diverging(schedule: Schedule) -> Found:
    """Whether the looks back disagree."""
    if schedule.volume is None or not schedule.volume.divergence_detected:
        return of_schedule(())
    return of_schedule([Flaw("the looks back of 7 and 30 days disagree", origin="divergence_detected")])


def capped(schedule: Schedule) -> Found:
    """Whether more sends brought less each, so that the volume was held."""
    if schedule.volume is None or not schedule.volume.elasticity_capped:
        return of_schedule(())
    return of_schedule([Flaw("more sends brought less each: the volume is held", origin="elasticity_capped")])


def defaults(schedule: Schedule) -> Found:
    """Figures that nobody gave, so that defaults stand in for them."""
    return of_schedule(_defaults(schedule))


def _defaults(schedule: Schedule) -> Iterator[Flaw]:
    stated = schedule.week.scenario.volume.quotas is not None
    source = None if schedule.volume is None else DEFAULT_SOURCES.get(schedule.volume.calculation_source)
    if source is not None and not stated:
        yield Flaw(source, origin="calculation_source")
    for notice in schedule.week.notices:
        if notice.code in DEFAULT_NOTICES:
            yield Flaw(notice.message, origin=notice.code)
    if not schedule.week.scenario.timing.peak_hours:
        yield Flaw("the creator's best hours are not known: the generic ones are used", origin="peak_hours")
