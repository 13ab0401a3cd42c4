"""The error of a method that cannot run here."""

from __future__ import annotations


class PeerUnavailable(RuntimeError):  # noqa: N818 (a state of the machine rather than a fault)
    """What a method needs is not installed; the message says what to do."""
