"""The benchmark's hard instances: 40 frozen scenarios, half of them planted around a hidden valid plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schedsolve import load_scenario
from schedsolve.model.scenario import Scenario

from .specs import SPECS

__all__ = ["Instance", "frozen"]

_FOLDER = Path(__file__).parent / "frozen"


@dataclass(frozen=True)
class Instance:
    """A scenario on file. A planted one is known to have a plan without missing sends."""

    name: str
    path: Path
    planted: bool

    def load(self) -> Scenario:
        """Read and check the file."""
        return load_scenario(self.path)


def frozen() -> tuple[Instance, ...]:
    """All instances in name order."""
    found = [Instance(spec.name, _FOLDER / f"{spec.name}.yaml", spec.planted) for spec in SPECS]
    return tuple(sorted(found, key=lambda instance: instance.name))
