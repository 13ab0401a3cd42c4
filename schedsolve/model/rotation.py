"""The rotation of pay-per-view styles: standard patterns and the state machine that keeps one for 3 or 4 days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import permutations
from types import MappingProxyType
from typing import Any, Literal

from ..errors import InvalidTransitionError
from .catalog import Style
from .noise import Noise

Pattern = tuple[Style, Style, Style, Style]
Method = Literal["reverse", "shuffle", "new"]


def parse_pattern(value: Any) -> Any:
    """A list of the four styles in some order -> Pattern; raises ValueError otherwise."""
    expected = f"expected the four styles {', '.join(Style)} in some order"
    if not isinstance(value, list | tuple) or any(not isinstance(style, str) for style in value):
        raise ValueError(f"found {str(value)[:60]!r}, {expected}")
    if sorted(value) != sorted(Style):
        raise ValueError(f"found [{', '.join(value)[:60]}], {expected}")
    return tuple(Style(style) for style in value)


STANDARD_PATTERNS: tuple[Pattern, ...] = (
    (Style.SOLO, Style.BUNDLE, Style.WINNER, Style.SEXTAPE),
    (Style.WINNER, Style.SOLO, Style.SEXTAPE, Style.BUNDLE),
    (Style.BUNDLE, Style.SEXTAPE, Style.SOLO, Style.WINNER),
    (Style.SEXTAPE, Style.WINNER, Style.BUNDLE, Style.SOLO),
)
METHODS: tuple[Method, ...] = ("reverse", "shuffle", "new")
RECENT = 3
"""Method `new` avoids the standard patterns among this many last ones while it can."""


class RotationState(StrEnum):
    """Where the state machine stands."""

    INITIALIZING = "initializing"
    PATTERN_ACTIVE = "pattern_active"
    ROTATION_PENDING = "rotation_pending"
    ROTATING = "rotating"
    PATTERN_EXHAUSTED = "pattern_exhausted"
    ERROR = "error"


_S = RotationState
TRANSITIONS: Mapping[RotationState, tuple[RotationState, ...]] = MappingProxyType(
    {
        _S.INITIALIZING: (_S.PATTERN_ACTIVE, _S.ERROR),
        _S.PATTERN_ACTIVE: (_S.ROTATION_PENDING, _S.ERROR),
        _S.ROTATION_PENDING: (_S.ROTATING, _S.PATTERN_ACTIVE),
        _S.ROTATING: (_S.PATTERN_ACTIVE, _S.PATTERN_EXHAUSTED, _S.ERROR),
        _S.PATTERN_EXHAUSTED: (_S.PATTERN_ACTIVE,),
        _S.ERROR: (_S.INITIALIZING,),
    }
)


@dataclass(frozen=True)
class Rotation:
    """A creator's rotation on one day. Immutable: every change gives a new one.

    `started` is the day from which `pattern` holds, `recent` the patterns before it (oldest first), `trail` the states
    passed through since this value was created.
    """

    creator: str
    state: RotationState
    pattern: Pattern
    started: date
    recent: tuple[Pattern, ...] = ()
    method: Method | None = None
    trail: tuple[RotationState, ...] = field(default=(), compare=False)

    def to(self, state: RotationState) -> Rotation:
        """Change state.

        Raises
        ------
        InvalidTransitionError
            When the machine does not know that change; this value stays as it is.
        """
        allowed = TRANSITIONS[self.state]
        if state not in allowed:
            raise InvalidTransitionError(
                f"rotation cannot go from {self.state} to {state}; allowed: {', '.join(allowed)}"
            )
        return replace(self, state=state, trail=(*self.trail, self.state))

    def on(self, day: date, noise: Noise, shortest: int = 3, longest: int = 4) -> Rotation:
        """The rotation as it holds on `day`: kept, or moved on by the rules of the span."""
        current = replace(self, trail=())
        if current.state is _S.ERROR:
            current = current.to(_S.INITIALIZING)
        if current.state is _S.INITIALIZING:
            current = current.to(_S.PATTERN_ACTIVE)
        age = (day - current.started).days
        if current.state in (_S.ROTATING, _S.PATTERN_EXHAUSTED):
            current = current.to(_S.PATTERN_ACTIVE)
        if age < shortest:
            return current.to(_S.PATTERN_ACTIVE) if current.state is _S.ROTATION_PENDING else current
        if current.state is _S.PATTERN_ACTIVE:
            current = current.to(_S.ROTATION_PENDING)
        if age < longest and not _rotates_early(current.creator, current.started):
            return current.to(_S.PATTERN_ACTIVE)
        return _rotated(current, day, noise)


def first_rotation(creator: str, day: date, noise: Noise) -> Rotation:
    """A new creator's rotation: a random standard pattern that starts on `day`."""
    pattern = noise.pick(STANDARD_PATTERNS, "first pattern", creator, day.isoformat())
    return Rotation(creator, _S.INITIALIZING, pattern, day).to(_S.PATTERN_ACTIVE)


def rotations(start: Rotation, first: date, days: int, noise: Noise, shortest: int, longest: int) -> list[Rotation]:
    """The rotation of each of `days` days from `first`, one after the other."""
    held: list[Rotation] = []
    current = start
    for offset in range(days):
        current = current.on(first + timedelta(days=offset), noise, shortest, longest)
        held.append(current)
    return held


def _rotates_early(creator: str, started: date) -> bool:
    """The even chance on the first day on which a rotation is allowed: hash of `creator:start`, even = rotate."""
    digest = sha256(f"{creator}:{started.isoformat()}".encode()).hexdigest()
    return int(digest[:8], 16) % 2 == 0


def _rotated(current: Rotation, day: date, noise: Noise) -> Rotation:
    keys = (current.creator, current.started.isoformat())
    method = noise.pick(METHODS, "rotation method", *keys)
    rotating = current.to(_S.ROTATING)
    pattern: Pattern
    if method == "new":
        pattern, exhausted = _new_pattern(current, noise, keys)
        rotating = rotating.to(_S.PATTERN_EXHAUSTED) if exhausted else rotating
    elif method == "reverse":
        first, second, third, fourth = current.pattern
        pattern = (fourth, third, second, first)
    else:
        orders = [(a, b, c, d) for a, b, c, d in permutations(sorted(Style)) if (a, b, c, d) != current.pattern]
        pattern = noise.pick(orders, "rotation shuffle", *keys)
    active = rotating.to(_S.PATTERN_ACTIVE)
    return replace(
        active,
        pattern=pattern,
        started=day,
        recent=(*current.recent, current.pattern)[-RECENT:],
        method=method,
    )


def _new_pattern(current: Rotation, noise: Noise, keys: Sequence[str]) -> tuple[Pattern, bool]:
    """A standard pattern other than the current, and whether all others were used recently."""
    others = [pattern for pattern in STANDARD_PATTERNS if pattern != current.pattern]
    recent = current.recent[-RECENT:]  # history may hand over more
    fresh = [pattern for pattern in others if pattern not in recent]
    if fresh:
        return noise.pick(fresh, "rotation pattern", *keys), False
    return min(others, key=recent.index), True
