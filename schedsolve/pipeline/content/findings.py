"""What the content stage met, as findings; slot ids stand in time order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ...model.audience import Pool
from ...model.filled import CaptionStock, LogLevel, Severity, StageFinding
from ...model.plan import Item
from ..volume.caption_pool import CaptionWarning, caption_warnings
from .composite import LOW_FRESHNESS, Weights
from .figures import DEGRADED_FROM, STALE_POOL, STANDARD_FRESHNESS
from .levels import LOGGED, MEANINGS, SEVERITIES
from .slots import Slot

Told = tuple[Slot, Item]
"""A send before and after."""


def caption_findings(told: Sequence[Told]) -> Iterator[StageFinding]:
    """Captions that lie below what is wanted, and sends that have none."""
    for level, log in enumerate(LOGGED):
        severity = SEVERITIES[level]
        low = [item.slot_id for _, item in told if item.caption_level == level]
        if low and log and severity:
            name = "caption_shortage_degraded" if level >= DEGRADED_FROM else "caption_floor_lowered"
            message = f"{_sends(low)} at caption level {level}: {MEANINGS[level]}"
            yield _finding(name, severity, message, low, log, value=level)
    for key, items in _by_type(told, lambda item: bool(item.needs_caption)).items():
        followups = all(item.is_follow_up for item in items)
        yield _finding(
            "followup_caption_missing" if followups else "caption_missing",
            "medium" if followups else "high",
            f"{key}: no caption left for {_sends(items)}; a person must write one",
            [item.slot_id for item in items],
            "critical",
            value=len(items),
        )


def weight_findings(told: Sequence[Told], weights: Mapping[str, Weights]) -> Iterator[StageFinding]:
    """Send types of which every candidate is exhausted."""
    for key, items in _by_type(told, lambda item: not item.needs_caption).items():
        if weights.get(key) == LOW_FRESHNESS:
            message = f"{key}: every caption is below freshness {STANDARD_FRESHNESS}; performance decides"
            ids = [item.slot_id for item in items]
            yield _finding("low_freshness", "medium", message, ids, limit=STANDARD_FRESHNESS)


def standing_findings(told: Sequence[Told], twice: Sequence[Slot], unknown: Sequence[Slot]) -> Iterator[StageFinding]:
    """Captions that items brought along and that were there twice, are of the wrong type or in no library."""
    for slot in twice:
        number = slot.item.caption_id
        message = f"caption {number} is there twice; {slot.item.slot_id} takes another"
        yield _finding("duplicate_caption", "medium", message, [slot.item.slot_id], caption_id=number)
    for key, items in _by_type(told, lambda item: "type_mismatch" in item.warnings).items():
        message = f"{key}: {_sends(items)} with a caption of another type"
        yield _finding("type_mismatch", "medium", message, [item.slot_id for item in items])
    for slot in unknown:
        number = slot.item.caption_id
        message = f"caption {number} is in no library: it stays, without scores"
        yield _finding("unknown_reference", "low", message, [slot.item.slot_id], "info", caption_id=number)


def vault_findings(told: Sequence[Told], checked: bool, cleared: Sequence[Slot]) -> Iterator[StageFinding]:
    """What the vault lacks, or that it could not be read."""
    if not checked:
        message = "the vault could not be read: it is taken to hold video, picture and gif, and nothing is checked"
        yield _finding("vault_unchecked", "medium", message, [])
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for _, item in told:
        if item.vault_warning:
            lacking[item.vault_warning].append(item.slot_id)
    for warning, ids in lacking.items():
        yield _finding("vault_warning", "medium", f"{warning}: {_sends(ids)} without it", ids)
    for slot in cleared:
        content = slot.item.content_type_id
        message = f"{slot.item.slot_id} named content {content}, which the vault lacks; it shows another or none"
        yield _finding("vault_missing", "medium", message, [slot.item.slot_id], value=content)
    showing = [(slot, item) for slot, item in told if slot.row.requires_media]
    if showing and all(item.vault_warning for _, item in showing):
        ids = [item.slot_id for _, item in showing]
        message = f"the vault holds nothing of what {_sends(ids)} show"
        yield _finding("vault_content_missing", "high", message, ids, "error", value=len(ids))


def pool_findings(
    stock: Mapping[str, CaptionStock], freshness: float | None, stale: bool, stated: Iterable[str]
) -> Iterator[StageFinding]:
    """Send types short of captions, as found here or as the volume stage said, and a stale pool."""
    found = {warning.message: warning for warning in pool_warnings(stock)}
    for message in dict.fromkeys([*found, *stated]):
        serious = found[message].needs_review if message in found else "shortage" in message or "exhausted" in message
        yield _finding("caption_pool_warning", "medium", message, [], "critical" if serious else "warning")
    if stale:
        mean = (
            "no caption is usable" if freshness is None else f"usable captions have freshness {freshness:g} on average"
        )
        message = f"the caption pool is stale: {mean}"
        yield _finding("stale_pool", "medium", message, [], value=freshness, limit=STALE_POOL)


def pool_warnings(stock: Mapping[str, CaptionStock]) -> tuple[CaptionWarning, ...]:
    """Send types with fewer than three usable captions."""
    return caption_warnings({key: Pool(captions=row.captions, usable=row.usable) for key, row in stock.items()})


def other_findings(persona: bool, proven: bool, unknown: Sequence[Item]) -> Iterator[StageFinding]:
    """A persona nobody described, a search that ended early, send types that nobody knows."""
    if not persona:
        yield _finding("persona_missing", "low", "no persona is known: all captions suit it alike", [], "info")
    if not proven:
        yield _finding(
            "choice_unproven", "low", "a better choice of captions may exist: the search ended early", [], "info"
        )
    for item in unknown:
        message = f"{item.slot_id}: {item.send_type_key!r} is no known send type and gets no content"
        yield _finding("unknown_reference", "high", message, [item.slot_id], "error")


def _by_type(told: Sequence[Told], wanted: Callable[[Item], bool]) -> dict[str, list[Item]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for slot, item in told:
        if wanted(item):
            found[slot.row.key].append(item)
    return found


def _sends(ids: Sequence[object]) -> str:
    return f"{len(ids)} send{'s' if len(ids) != 1 else ''}"


def _finding(
    name: str,
    severity: Severity,
    message: str,
    items: Sequence[str],
    log: LogLevel = "warning",
    *,
    caption_id: int | None = None,
    value: float | None = None,
    limit: float | None = None,
) -> StageFinding:
    return StageFinding(
        type=name,
        severity=severity,
        log=log,
        message=message,
        items=tuple(items),
        caption_id=caption_id,
        value=value,
        limit=limit,
    )
