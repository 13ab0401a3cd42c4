"""Module 7, caption pool check: which send types run out of captions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ...model.audience import Pool
from .figures import FEW_CAPTIONS, NEW_CAPTIONS

Level = Literal["low", "critical", "exhausted"]


@dataclass(frozen=True)
class CaptionWarning:
    """A send type short of captions: `low` has one or two usable ones, `critical` none, `exhausted` no captions."""

    send_type_key: str
    level: Level
    usable: int
    captions: int

    @property
    def needs_review(self) -> bool:
        """Whether a person must look at the captions before the week goes out."""
        return self.level != "low"

    @property
    def message(self) -> str:
        """One sentence."""
        names = {"low": "low", "critical": "critical shortage", "exhausted": "exhausted"}
        advice = f"; write {NEW_CAPTIONS} or more new ones" if self.needs_review else ""
        return (
            f"{self.send_type_key}: caption pool {names[self.level]}, "
            f"{self.usable} of {self.captions} captions usable{advice}"
        )


def caption_warnings(pools: Mapping[str, Pool]) -> tuple[CaptionWarning, ...]:
    """One warning for each send type with fewer than three usable captions, in the order given."""
    return tuple(
        CaptionWarning(key, _level(pool), pool.usable, pool.captions)
        for key, pool in pools.items()
        if pool.usable < FEW_CAPTIONS
    )


def _level(pool: Pool) -> Level:
    if pool.usable:
        return "low"
    return "critical" if pool.captions else "exhausted"
