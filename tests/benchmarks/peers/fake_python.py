"""An executable in the place of the interpreter that runs a solver's process."""

from __future__ import annotations

import stat
from pathlib import Path


def fake_python(folder: Path, script: str) -> str:
    """A shell script that passes for Python."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)
