"""The best value and the best bound that any method reached on each frozen instance.

All figures are points with three decimals; the objective is maximised, so a higher value and a lower bound are better.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from warnings import warn

from schedsolve.pipeline.auditing import NAMED_VERSIONS
from schedsolve.pipeline.fingerprint import fingerprint

from . import frozen

FILE = Path(__file__).with_suffix(".json")


@cache
def fingerprint_of(name: str) -> str:
    """The fingerprint of the frozen instance of that name; raises ValueError when there is none."""
    for instance in frozen():
        if instance.name == name:
            return fingerprint(instance.load())
    raise ValueError(f"{name!r} is not a frozen instance")


@dataclass(frozen=True)
class Finder:
    """Who reached a figure, with which seed and versions, on which day (ISO date)."""

    method: str
    seed: int | None
    versions: Mapping[str, str]
    date: str


@dataclass(frozen=True)
class Entry:
    """What is known of one instance: figures in points, None where nothing is known, each with its finder."""

    sha256: str
    value: float | None = None
    value_by: Finder | None = None
    bound: float | None = None
    bound_by: Finder | None = None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Entry:
        """The entry as the file holds it."""
        finders = {name: Finder(**data[name]) for name in ("value_by", "bound_by") if data.get(name)}
        return cls(**{**data, **finders})


class BestKnown:
    """Best known figures by instance name.

    An entry counts for the scenario whose fingerprint it carries: when the instance has changed, it is dropped with a
    warning.
    """

    def __init__(
        self,
        entries: Mapping[str, Entry] | None = None,
        path: Path = FILE,
        fingerprint_of: Callable[[str], str] = fingerprint_of,
    ) -> None:
        self.path = path
        self._fingerprint_of = fingerprint_of
        self._entries = dict(entries or {})
        for name in list(self._entries):
            self._drop_if_stale(name)

    @classmethod
    def load(cls, path: Path = FILE, fingerprint_of: Callable[[str], str] = fingerprint_of) -> BestKnown:
        """Read the file; an absent file is an empty one."""
        data = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return cls({name: Entry.read(entry) for name, entry in data.items()}, path, fingerprint_of)

    def get(self, name: str) -> Entry | None:
        """What is known of an instance, if anything."""
        return self._entries.get(name)

    def update(
        self,
        name: str,
        *,
        value: float | None = None,
        bound: float | None = None,
        method: str,
        seed: int | None = None,
        versions: Mapping[str, str] | None = None,
        date: str | None = None,
    ) -> bool:
        """Keep what beats the figures known so far, and tell whether anything did. A tie changes nothing.

        `versions` are those of this package and its solver when not given, `date` is today.

        Raises
        ------
        ValueError
            When a value lies above a bound, given or known: one of the two is wrong. Nothing is changed then. Also for
            an unknown instance and for figures that are not finite.
        """
        sha256 = self._fingerprint_of(name)
        if name in self._entries:
            self._drop_if_stale(name)
        before = self._entries.get(name, Entry(sha256))
        finder = Finder(method, seed, dict(versions or _installed()), date or datetime.now(UTC).date().isoformat())
        after = before
        if value is not None and (before.value is None or _units(value) > _units(before.value)):
            after = replace(after, value=_units(value) / 1000, value_by=finder)
        if bound is not None and (before.bound is None or _units(bound) < _units(before.bound)):
            after = replace(after, bound=_units(bound) / 1000, bound_by=finder)
        _must_agree(name, after)
        if after == before:
            return False
        self._entries[name] = after
        return True

    def save(self) -> None:
        """Write the file, sorted by name."""
        data = {name: asdict(self._entries[name]) for name in sorted(self._entries)}
        self.path.write_text(json.dumps(data, indent=2) + "\n", "utf-8", newline="\n")

    def _drop_if_stale(self, name: str) -> None:
        try:
            fault = "the instance has changed since" if self._fingerprint_of(name) != self._entries[name].sha256 else ""
        except ValueError as error:
            fault = str(error)
        if fault:
            del self._entries[name]
            warn(f"best known figures of {name} are dropped: {fault}", stacklevel=3)


def _units(points: float) -> int:
    """Thousandths of a point, in which figures are compared."""
    if not math.isfinite(points):
        raise ValueError(f"found {points}, expected a finite number of points")
    return round(points * 1000)


def _must_agree(name: str, entry: Entry) -> None:
    if entry.value is None or entry.bound is None or _units(entry.value) <= _units(entry.bound):
        return
    assert entry.value_by is not None
    assert entry.bound_by is not None
    raise ValueError(
        f"{name}: the value {entry.value} of {entry.value_by.method} lies above the bound {entry.bound} of "
        f"{entry.bound_by.method}; one of the two is wrong"
    )


def _installed() -> dict[str, str]:
    return {name: version(name) for name in NAMED_VERSIONS}
