"""What one send of each type is worth to this creator now: catalog value times the weights of scores and trend."""

from __future__ import annotations

from collections.abc import Mapping

from ..constraints.preference import POINT
from ..model.audience import Audience
from ..model.catalog import SendType
from .volume.type_weights import type_weights


def worth_of_types(types: Mapping[str, SendType], audience: Audience) -> dict[str, int]:
    """Thousandths of a point per send, by type."""
    weights = type_weights(audience)
    return {key: round(row.value * weights.get(key, 1.0) * POINT) for key, row in types.items()}
