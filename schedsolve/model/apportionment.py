"""Whole parts in proportion that sum exactly."""

from __future__ import annotations

from collections.abc import Sequence


def largest_remainder(total: int, ratio: Sequence[int]) -> tuple[int, ...]:
    """Split `total` in proportion to `ratio` (Hamilton's method): whole parts that sum exactly, ties to the first."""
    whole = sum(ratio)
    if whole == 0:
        return tuple(0 for _ in ratio)
    parts = [total * part // whole for part in ratio]
    order = sorted(range(len(ratio)), key=lambda i: (-(total * ratio[i] % whole), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return tuple(parts)
