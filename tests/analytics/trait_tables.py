"""Records whose top ten have a value exactly as often as a test wants."""

from __future__ import annotations

from typing import Any

from schedsolve.analytics.trait_record import TraitRecord

LONG, SHORT = "x" * 300, "x" * 100


def record(number: int, **stated: Any) -> TraitRecord:
    """The record that earns the `number`-th most; what is not stated is like no other record's."""
    fields: dict[str, Any] = {
        "id": f"r{number}",
        "earnings": 10_000.0 - number,
        "caption_text": SHORT,
        "content_type": f"type {number}",
        "detected_tone": f"tone {number}",
        "price": float(number),
    }
    return TraitRecord(**fields | stated)


def table(top: int, rest: int, others: int = 90, **stated: Any) -> list[TraitRecord]:
    """Ten records that earn most, `top` of which have what is stated, and `others`, of which `rest` have it."""
    having = {*range(top), *range(10, 10 + rest)}
    return [record(number, **(stated if number in having else {})) for number in range(10 + others)]
