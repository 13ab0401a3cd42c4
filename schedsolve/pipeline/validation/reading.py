"""A plan's plain data, whoever made it, read into the schedule that the checks look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ...constraints.audit import audit
from ...model.timetable import Send, Timetable
from ...model.volume import VolumeResult
from ...model.week import Week
from ..timetables import ALIASES, timetable_of
from .broken_rules import by_check, unable
from .schedule import KnownCaption, Schedule, ScheduledItem

_SEPARATORS = str.maketrans(";|", ",,")


def schedule_of(
    week: Week,
    plan: Mapping[str, Any],
    captions: Mapping[int, KnownCaption] | None = None,
    vault: Collection[int] | None = None,
    override: bool = False,
) -> Schedule:
    """The plan, audited and ready for the checks.

    Raises
    ------
    ValueError
        With the place, when something in it cannot be read.
    """
    table = timetable_of(week, plan)
    report = audit(table)
    return Schedule(
        table=table,
        items=_items(table, plan["items"]),
        broken=by_check(report, table),
        unable=unable(report, table),
        volume=_volume(plan.get("volume")) or week.volume,
        notes=tuple(_notes(plan.get("warnings"))),
        relaxations=tuple(
            (str(entry.get("rule", "a rule")), int(entry.get("step", 0))) for entry in plan.get("relaxations") or ()
        ),
        captions=captions,
        vault=vault,
        override=override,
    )


def _items(table: Timetable, items: Sequence[Mapping[str, Any]]) -> tuple[ScheduledItem, ...]:
    read = []
    for number, item in enumerate(items):
        name = item.get("slot_id")
        send = table.by_id[f"item_{number + 1}" if name in (None, "") else str(name)]
        try:
            read.append(_item(send, item))
        except (ValueError, TypeError, OverflowError) as error:
            raise ValueError(f"items[{number}]: {error}") from None
    return tuple(sorted(read, key=lambda item: (item.send.minute, item.send.followup, item.send.id)))


def _item(send: Send, item: Mapping[str, Any]) -> ScheduledItem:
    scores = item.get("caption_scores") or {}
    if not isinstance(scores, Mapping):
        raise ValueError("caption_scores is not an object")
    return ScheduledItem(
        send=send,
        stated_type=_text(item, "send_type_key") or _text(item, ALIASES["send_type_key"]),
        caption_id=_whole(item, "caption_id"),
        caption_text=_text(item, "caption_text"),
        caption_status=_text(item, "caption_status"),
        freshness=_score(scores, "freshness_score"),
        performance=_score(scores, "performance_score"),
        persona=_score(scores, "persona_score"),
        content_type_id=_whole(item, "content_type_id"),
        vault_warning=_text(item, "vault_warning"),
        warnings=tuple(_codes(item.get("warnings"))),
    )


def _text(item: Mapping[str, Any], name: str) -> str | None:
    value = item.get(name)
    return None if value in (None, "") else str(value)


def _whole(item: Mapping[str, Any], name: str) -> int | None:
    value = item.get(name)
    if value in (None, ""):
        return None
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError(f"{name}: found {value!r}, expected a whole number")
    return int(value)


def _score(scores: Mapping[str, Any], name: str) -> float | None:
    value = scores.get(name)
    if value in (None, ""):
        return None
    score = float(value)
    if not 0 <= score <= 100:
        raise ValueError(f"{name}: found {value!r}, scores run from 0 to 100")
    return score


def _codes(told: Any) -> Iterator[str]:
    """Warnings of an item: a list of codes, or one text with commas, semicolons or bars between them."""
    entries = told.translate(_SEPARATORS).split(",") if isinstance(told, str) else told or ()
    return (str(entry).strip() for entry in entries if str(entry).strip())


def _notes(warnings: Any) -> Iterator[tuple[str, str]]:
    """Code and sentence of the plan's own warnings; whatever has another form is left out."""
    for entry in warnings if isinstance(warnings, Sequence) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("code"), str):
            yield entry["code"], str(entry.get("message") or entry["code"])


def _volume(told: Any) -> VolumeResult | None:
    try:
        return None if told is None else VolumeResult.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"volume.{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
