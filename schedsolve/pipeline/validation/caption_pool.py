"""Warnings about the caption pool that were made with the volume."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.catalog import CATALOG
from ...model.volume import VolumeResult
from .check import Flaw, Found
from .schedule import Schedule

CRITICAL_WORDS = ("critical shortage", "exhaust")
CRITICAL_WEIGHT = 10


@dataclass(frozen=True)
class PoolWarning:
    """One warning; `send_type_key` is None where it names no send type."""

    send_type_key: str | None
    critical: bool
    message: str


def pool_warnings(volume: VolumeResult | None) -> tuple[PoolWarning, ...]:
    """The volume's caption warnings, with the send type each begins with."""
    warnings = []
    for message in volume.caption_warnings if volume else ():
        key = message.partition(":")[0].strip()
        critical = any(words in message.lower() for words in CRITICAL_WORDS)
        warnings.append(PoolWarning(key if key in CATALOG else None, critical, message))
    return tuple(warnings)


def short_pools(schedule: Schedule) -> Found:
    """Send types that run out of captions; it weighs more, and a person must look, where one has none left to use."""
    warnings = pool_warnings(schedule.volume)
    flaws = tuple(Flaw(warning.message, origin="volume.caption_warnings") for warning in warnings)
    critical = any(warning.critical for warning in warnings)
    return Found(flaws, int(bool(flaws)), 1, weight=CRITICAL_WEIGHT if critical else None, review=critical)
