"""Saving to a file: tried before the work, atomic after it.

The file is written beside its place under another name and then moved over it, so that a reader sees the old file or
the new one, never half of one. What is no regular file (/dev/stdout, a pipe) is written to directly.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True)
class Destination:
    """A file that can be written, as far as one can know beforehand."""

    path: Path

    @classmethod
    def of(cls, path: Path, option: str = "--out") -> Destination:
        """The destination at `path`, tried out.

        Raises
        ------
        click.BadParameter
            When nothing can be written there.
        """
        if str(path) == "-":
            raise click.BadParameter("- is no file; --format writes to stdout", param_hint=option)
        try:
            target = Path(os.path.realpath(path))
            _try_out(target)
        except (OSError, ValueError) as error:  # ValueError: a path with a NUL character
            reason = getattr(error, "strerror", None) or str(error)
            raise click.BadParameter(
                f"cannot write {path}: {reason[:1].lower()}{reason[1:]}", param_hint=option
            ) from None
        return cls(target)

    def save(self, data: bytes) -> None:
        """Write the file. Raises OSError."""
        if self.path.exists() and not self.path.is_file():
            self.path.write_bytes(data)
            return
        beside = _beside(self.path)
        try:
            with open(_created(beside), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if self.path.exists():
                beside.chmod(self.path.stat().st_mode & 0o7777)
            os.replace(beside, self.path)
        finally:
            beside.unlink(missing_ok=True)


def _try_out(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    if not target.parent.is_dir():
        raise NotADirectoryError(0, f"the folder {target.parent} does not exist")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(0, "the file is write-protected")
    if not target.exists() or target.is_file():
        beside = _beside(target)
        os.close(_created(beside))
        beside.unlink()


def _beside(target: Path) -> Path:
    return target.with_name(f".schedsolve-{secrets.token_hex(6)}")


def _created(path: Path) -> int:
    """A new file's descriptor; with open's own flags, so that the user's umask decides on its mode."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
