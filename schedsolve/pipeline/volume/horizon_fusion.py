"""Module 2, multi-horizon fusion: one saturation and one opportunity from looks back of 7, 14 and 30 days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from ...model.audience import Horizon, Period
from .figures import DIVERGING, UNKNOWN_SCORE


@dataclass(frozen=True)
class Fused:
    """The settled scores, from how many looks back, and whether these disagree."""

    saturation: float
    opportunity: float
    looks: int
    divergence: bool


def fuse(horizons: Mapping[Period, Horizon], saturation: float | None, opportunity: float | None) -> Fused:
    """The mean of the looks back weighted by their messages; a single one as it is; without any the stated scores.

    The windows are nested, so that recent sends count up to three times. Looks back without messages drop out.
    """
    used = [horizon for horizon in horizons.values() if horizon.messages]
    if not used:
        return Fused(
            UNKNOWN_SCORE if saturation is None else saturation,
            UNKNOWN_SCORE if opportunity is None else opportunity,
            0,
            False,
        )
    if len(used) == 1:
        return Fused(used[0].saturation, used[0].opportunity, 1, False)
    messages = sum(horizon.messages for horizon in used)
    saturations, opportunities = [h.saturation for h in used], [h.opportunity for h in used]
    return Fused(
        fsum(h.messages * h.saturation for h in used) / messages,
        fsum(h.messages * h.opportunity for h in used) / messages,
        len(used),
        max(_spread(saturations), _spread(opportunities)) > DIVERGING,
    )


def _spread(scores: list[float]) -> float:
    return max(scores) - min(scores)
