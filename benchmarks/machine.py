"""Where and with what figures were measured."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("schedsolve", "ortools", "numpy")
PEER_PACKAGES = ("highspy", "timefold")
SOURCE = Path(__file__).parents[1] / "schedsolve"


def versions(names: Sequence[str] = (*PACKAGES, *PEER_PACKAGES)) -> dict[str, str]:
    """The installed version of each package that is there, and of Python."""
    found = {"python": platform.python_version()}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, Any]:
    """Processor, cores and system."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def load() -> list[float]:
    """Processes that wanted a core, on average over the last 1, 5 and 15 minutes."""
    return [round(part, 2) for part in os.getloadavg()]


def source_state(folder: Path = SOURCE) -> str:
    """A short fingerprint of the engine's source: figures of two states are not mixed."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
