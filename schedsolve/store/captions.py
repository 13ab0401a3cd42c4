"""The pool of captions: tables of them into the store, and out again with the day of their last use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AliasChoices, Field, StringConstraints
from sqlalchemy import ColumnElement, Connection, Select, case, func, select
from sqlalchemy import Row as DatabaseRow

from ..analytics.tables import Row
from .content_types import add_content_types
from .engine import exclusively
from .importing import Imported, counted, require_all, require_once
from .row_fields import Id, Key, Listed, Moment, Score, Truth
from .tables import caption_usage, captions, content_types
from .upsert import upsert


class CaptionRow(Row):
    """A caption. Without a number it is known by its text and type, or gets the next number."""

    caption_id: Id | None = None
    caption_text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    caption_type: Key
    content_type_id: Id | None = None
    content_type: Key | None = None
    performance_score: Score | None = None
    origin_creator_id: Annotated[
        Key | None, Field(validation_alias=AliasChoices("origin_creator_id", "creator_id"))
    ] = None
    persona_tags: Listed = ()
    last_used_at: Moment | None = None
    is_active: Truth = True


@dataclass(frozen=True)
class KeptCaption:
    """A caption of the pool; `last_used_at` may lie ahead, where a kept week plans to use it."""

    caption_id: int
    caption_text: str
    caption_type: str
    content_type_id: int | None
    performance_score: float | None
    persona_tags: tuple[str, ...]
    last_used_at: datetime | None


def put_captions(
    connection: Connection,
    rows: Sequence[CaptionRow],
    source: str,
    now: datetime | None = None,  # noqa: ARG001
) -> Imported:
    """Add captions, or change those that are known; contents that are named for the first time are added.

    `now` is there for all tables to be written alike; captions carry no moment of their own.

    Raises
    ------
    TableError
        When a caption is there twice, or its content has a number that is not known.
    """
    exclusively(connection, "captions")
    ids, new = add_content_types(connection, (row.content_type for row in rows))
    known = set(connection.scalars(select(content_types.c.content_type_id)))
    require_all(source, rows, lambda row: _content_faults(row, known, ids), "name the content in content_type")
    held = set(connection.scalars(select(captions.c.caption_id)))
    numbers = _numbers(connection, rows, held)
    require_once(source, numbers)
    upsert(
        connection,
        captions,
        [_caption(row, number, ids) for row, number in zip(rows, numbers, strict=True)],
        keep_if_null=("last_used_at",),
    )
    notes = [f"{len(new)} new content types: {', '.join(new)}"] if new else []
    return counted(held, numbers, notes)


def _content_faults(row: CaptionRow, known: set[int], ids: dict[str, int]) -> list[str]:
    if row.content_type_id is None:
        return []
    if row.content_type_id not in known:
        return [f"no content type {row.content_type_id} is known"]
    if row.content_type is not None and ids[row.content_type] != row.content_type_id:
        return [f"content type {row.content_type_id} is not {row.content_type}"]
    return []


def _numbers(connection: Connection, rows: Sequence[CaptionRow], held: set[int]) -> list[int]:
    """The number of every row: its own, that of the same text and type, or the next."""
    by_text: dict[tuple[str, str], int] = {}
    if any(row.caption_id is None for row in rows):
        pool = connection.execute(select(captions.c.caption_text, captions.c.caption_type, captions.c.caption_id))
        by_text = {(row.caption_text, row.caption_type): row.caption_id for row in pool}
    stated = (row.caption_id for row in rows if row.caption_id is not None)
    following = max([0, *held, *stated]) + 1
    numbers = []
    for row in rows:
        number = row.caption_id if row.caption_id is not None else by_text.get((row.caption_text, row.caption_type))
        if number is None:
            number, following = following, following + 1
            by_text[row.caption_text, row.caption_type] = number
        numbers.append(number)
    return numbers


def _caption(row: CaptionRow, number: int, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "caption_id": number,
        "caption_text": row.caption_text,
        "caption_type": row.caption_type,
        "content_type_id": row.content_type_id if row.content_type is None else ids[row.content_type],
        "performance_score": row.performance_score,
        "origin_creator_id": row.origin_creator_id,
        "persona_tags": list(row.persona_tags),
        "last_used_at": row.last_used_at,
        "is_active": row.is_active,
    }


def pool(connection: Connection, planning: tuple[str, date] | None = None) -> tuple[KeptCaption, ...]:
    """All active captions, by number.

    `planning` is a creator and the first day of a week that is planned (again): what was planned for it so far is no
    use of a caption.
    """
    query, _ = _with_last_use(planning)
    return tuple(map(_kept, connection.execute(query.order_by(captions.c.caption_id))))


def best(
    connection: Connection,
    rested_since: datetime,
    limit: int,
    *,
    caption_types: Collection[str] | None = None,
    content_type_ids: Collection[int | None],
    least_performance: float,
    without_history: float,
) -> tuple[KeptCaption, ...]:
    """Active captions of some types and contents that earned enough: all of those used after `rested_since`, and of the
    others, equally fresh, the `limit` best. `without_history` is the performance of captions that have none."""
    query, last_use = _with_last_use()
    performance = func.coalesce(captions.c.performance_score, without_history)
    numbers = [number for number in content_type_ids if number is not None]
    fits = captions.c.content_type_id.in_(numbers)
    bare = captions.c.content_type_id.is_(None)
    query = query.where(fits | bare if None in content_type_ids else fits, performance >= least_performance)
    if caption_types is not None:
        query = query.where(captions.c.caption_type.in_(caption_types))
    rested = query.where(last_use.is_(None) | (last_use <= rested_since))
    rested = rested.order_by(performance.desc(), captions.c.caption_id).limit(limit)
    rows = [*connection.execute(query.where(last_use > rested_since)), *connection.execute(rested)]
    return tuple(map(_kept, rows))


def _with_last_use(planning: tuple[str, date] | None = None) -> tuple[Select[Any], ColumnElement[Any]]:
    """Active captions beside the moment of their last use, planned ones included, but for those of one week."""
    counted = caption_usage.c.state != "cancelled"
    if planning is not None:
        mine = (caption_usage.c.creator_id == planning[0]) & (caption_usage.c.week_start == planning[1])
        counted &= ~(mine & (caption_usage.c.state == "planned"))
    used = (
        select(caption_usage.c.caption_id, func.max(caption_usage.c.used_at).label("used_at"))
        .where(counted)
        .group_by(caption_usage.c.caption_id)
        .subquery()
    )
    known, planned = captions.c.last_used_at, used.c.used_at
    last_use = case((planned.is_not(None) & (known.is_(None) | (planned > known)), planned), else_=known)
    columns = (captions.c[name] for name in KeptCaption.__dataclass_fields__ if name != "last_used_at")
    query = (
        select(*columns, last_use.label("last_used_at"))
        .outerjoin(used, used.c.caption_id == captions.c.caption_id)
        .where(captions.c.is_active)
    )
    return query, last_use


def _kept(row: DatabaseRow[Any]) -> KeptCaption:
    return KeptCaption(**{**row._mapping, "persona_tags": tuple(row.persona_tags)})
