"""Contents, media and flyers that the vault must hold."""

from __future__ import annotations

from .check import Flaw, Found, of_items, of_schedule, words
from .schedule import Schedule, ScheduledItem

MISSING = "missing_"
"""Beginning of an item's vault warning; the medium follows."""
FLYER = "flyer"


def missing_medium(item: ScheduledItem) -> str | None:
    """The medium that an item needs and the vault lacks."""
    warning = item.vault_warning or ""
    return warning.removeprefix(MISSING) if warning.startswith(MISSING) else None


def names_what_is_not_there(schedule: Schedule) -> Found:
    """Items that name a content type which the vault lacks; not to be told where the vault is not at hand."""
    named = [item for item in schedule.items if item.content_type_id is not None]
    flaws = [
        Flaw(
            f"{words(item)} names content type {item.content_type_id}, which is not in the vault",
            (item.id,),
            origin="content_type_id",
        )
        for item in named
        if _absent(schedule, item)
    ]
    unread = schedule.vault is None and bool(named)
    why = "items name content types, and the vault is not at hand" if unread else ""
    return Found(tuple(flaws), len(flaws), max(len(schedule.items), len(flaws)), unchecked=why)


def _absent(schedule: Schedule, item: ScheduledItem) -> bool:
    if schedule.vault is not None:
        return item.content_type_id not in schedule.vault
    return missing_medium(item) not in (None, FLYER)


def warned(schedule: Schedule) -> Found:
    """Items without the medium or flyer they need."""
    return of_items(
        (
            Flaw(f"{words(item)} needs a {medium}, and the vault has none", (item.id,), origin="vault_warning")
            for item in schedule.items
            if (medium := missing_medium(item)) is not None
        ),
        len(schedule.items),
    )


def unreadable(schedule: Schedule) -> Found:
    """Whether contents were chosen without knowing the vault."""
    told = [*schedule.noted("vault_unchecked"), *schedule.noted("vault_check_disabled")]
    ids = tuple(item.id for item in schedule.items if "vault_unchecked" in item.warnings)
    if not told and not ids:
        return of_schedule(())
    message = told[0] if told else "contents were chosen without reading the vault"
    return of_schedule([Flaw(message, ids, origin="vault_check_disabled")])
