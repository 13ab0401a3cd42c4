"""Text from files made safe for a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text on one line, with control characters (an escape sequence, say) shown instead of obeyed."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
