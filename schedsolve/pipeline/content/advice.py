"""What people should do about what the content stage met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.filled import NextRun
from ...model.plan import Item
from ..volume.figures import NEW_CAPTIONS

MADE = {"missing_video": "videos", "missing_picture": "pictures", "missing_gif": "gifs", "missing_flyer": "flyers"}


def recommendations(items: Sequence[Item], coming: NextRun) -> Iterator[str]:
    """One sentence each, what concerns single send types first."""
    for key in dict.fromkeys([*coming.captions_wanted, *(item.send_type_key for item in items if item.needs_caption)]):
        yield f"write {NEW_CAPTIONS} or more new captions for {key}"
    for warning in dict.fromkeys(item.vault_warning for item in items if item.vault_warning):
        count = sum(item.vault_warning == warning for item in items)
        yield f"add {MADE.get(warning, warning)} to the vault: {count} send{'s' if count != 1 else ''} could show them"
    if coming.stale:
        yield (
            "write new captions: the pool is stale, so the next plan favours text-only bumps "
            "and sends fewer pay-per-view messages"
        )
