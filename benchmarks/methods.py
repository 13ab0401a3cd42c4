"""Every method of the comparison by the short name under which it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from .peers.peer import Peer
from .peers.unavailable import PeerUnavailable

EFFORTS = {"quick": 3.0, "standard": 12.0, "thorough": 60.0}
"""Our efforts, and the wall seconds on two cores that each may take by its goal."""
GUARD, SHORT_GUARD = 10.0, 2.0
"""A run by effort is cut at this many times its goal, so that a slow machine ends; sooner in the short benchmark."""


@dataclass(frozen=True)
class Method:
    """Where a method lives; it is loaded in the process that runs it, so that a missing one harms no other."""

    label: str
    module: str
    name: str
    arguments: tuple[str, ...] = ()

    def load(self) -> Peer:
        """The method itself; raises `PeerUnavailable` when its module is missing."""
        try:
            module = import_module(f"benchmarks.peers.{self.module}")
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("schedsolve"):
                raise
            raise PeerUnavailable(f"{error.name} is not installed") from error
        peer: Peer = getattr(module, self.name)(*self.arguments)
        return peer


METHODS = {
    "quick": Method("schedsolve quick", "ours", "Ours", ("quick",)),
    "standard": Method("schedsolve standard", "ours", "Ours", ("standard",)),
    "thorough": Method("schedsolve thorough", "ours", "Ours", ("thorough",)),
    "greedy": Method("greedy", "greedy", "Greedy"),
    "restarts": Method("greedy restarts", "restarts", "Restarts"),
    "annealing": Method("annealing", "annealing", "Annealing"),
    "plain": Method("plain CP-SAT", "plain", "Plain"),
    "mip": Method("MIP (HiGHS)", "mip", "Mip"),
    "timefold": Method("Timefold", "timefold", "Timefold"),
}
"""In the order of the tables."""
PEERS = tuple(name for name in METHODS if name not in EFFORTS)
