"""All that a creator's sends can be filled with, read from the store for the content stage."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from ..model.content import Caption, ContentType, Library, Persona, VaultEntry
from .captions import pool
from .engine import Store
from .errors import CreatorNotFoundError
from .resilience import READ
from .tables import content_rankings, content_types, creators, personas, vault


def library_of(store: Store, creator_id: str, planning: date | None = None, *, with_vault: bool = True) -> Library:
    """Captions, contents, vault, rankings and persona; days of use are those of the creator's wall clock.

    Parameters
    ----------
    planning
        First day of a week that is planned (again): what was planned for it so far is no use of a caption.
    with_vault
        Without, the library is one whose vault cannot be read.

    Raises
    ------
    CreatorNotFoundError
        When the creator is not known.
    """
    return store.read(lambda connection: _library(connection, creator_id, planning, with_vault), READ, "library_of")


def _library(connection: Connection, creator_id: str, planning: date | None, with_vault: bool) -> Library:
    zone = connection.scalar(select(creators.c.timezone).where(creators.c.creator_id == creator_id))
    if zone is None:
        raise CreatorNotFoundError(creator_id)
    clock = ZoneInfo(zone)
    contents = connection.execute(select(content_types).order_by(content_types.c.content_type_id))
    ranked = connection.execute(select(content_rankings).where(content_rankings.c.creator_id == creator_id))
    return Library(
        captions=tuple(
            Caption(
                caption.caption_id,
                caption.caption_text,
                caption.caption_type,
                caption.content_type_id,
                caption.performance_score,
                None if caption.last_used_at is None else caption.last_used_at.astimezone(clock).date(),
                caption.persona_tags,
            )
            for caption in pool(connection, planning=None if planning is None else (creator_id, planning))
        ),
        content_types=tuple(ContentType(row.content_type_id, row.name) for row in contents),
        vault=_vault(connection, creator_id) if with_vault else None,
        rankings={row.content_type_id: row.tier for row in ranked},
        persona=_persona(connection, creator_id),
    )


def _vault(connection: Connection, creator_id: str) -> tuple[VaultEntry, ...]:
    stock = connection.execute(
        select(vault).where(vault.c.creator_id == creator_id).order_by(*vault.primary_key.columns)
    )
    return tuple(VaultEntry(row.content_type_id, row.media_type, row.item_count, row.is_allowed) for row in stock)


def _persona(connection: Connection, creator_id: str) -> Persona | None:
    row = connection.execute(select(personas).where(personas.c.creator_id == creator_id)).one_or_none()
    if row is None:
        return None
    return Persona(row.tone or None, row.archetype or None, row.emoji_frequency or None, row.slang_level or None)
