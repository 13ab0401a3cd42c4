"""What a send shows: content type and medium, the flyer, and what the vault lacks for it."""

from __future__ import annotations

from typing import TypedDict

from ...model.catalog import Media, SendType
from ...model.content import Library
from .content_choice import best_ranked
from .vault import Vault

MISSING_FLYER = f"missing_{Media.FLYER}"


class Shown(TypedDict):
    """The item's fields."""

    content_type_id: int | None
    media_type: str
    flyer_required: bool
    vault_warning: str | None


def shown(row: SendType, content: int | None, library: Library, vault: Vault) -> Shown:
    """What a send of this type shows when its caption speaks of `content`.

    It shows what its caption speaks of where that is in stock in one of the type's media, else the content that ranks
    best, else nothing: the medium stays the wanted one, so that it can be made.
    """
    medium: Media | None = row.media_type
    warning = None
    if row.requires_media:
        if content is None or vault.medium(content, row.media) is None:
            content = best_ranked(library, vault, row.media)
        medium = None if content is None else vault.medium(content, row.media)
        if medium is None and vault.checked:
            warning = f"missing_{row.media_type}"
    else:
        content = None
    if row.requires_flyer and vault.without_flyers:
        warning = warning or MISSING_FLYER
    return Shown(
        content_type_id=content,
        media_type=(medium or row.media_type).value,
        flyer_required=row.requires_flyer,
        vault_warning=warning,
    )
