"""A made-up library to try things with: plausible captions, a vault, rankings and a persona, the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from ...model.audience import Tier
from ...model.catalog import Media
from ...model.content import Caption, ContentType, Library, Persona, VaultEntry
from ...model.noise import Noise
from .demo_texts import ENDINGS, MARKS, MIDDLES, OPENINGS, PLAIN_MIDDLES

CONTENTS = ("solo", "lingerie", "outdoor", "shower", "fitness", "cosplay", "behind the scenes", "couple")
"""Names of contents; ids count from 1. The creator has all but the last."""
RANKINGS: Mapping[int, Tier] = {1: "top", 2: "top", 3: "mid", 4: "mid", 5: "low", 6: "low", 7: "avoid"}
TONES = ("playful", "warm", "bold", "dreamy")
ARCHETYPES = ("girl next door", "muse", "athlete")
PERSONA = Persona("playful", "girl next door", "high", "low")
GENERAL, NEVER_USED, WITHOUT_HISTORY = 0.25, 0.45, 0.1
"""Shares of captions that speak of no content, were never used, have no history."""
SPAN = 40
"""Days back to the earliest use."""


def demo_library(as_of: date, captions: int = 2000, seed: int = 7) -> Library:
    """A library as it stands on a day: captions of all types in turn, each with its own draws.

    A larger library begins with the captions of a smaller one of the same seed.
    """
    noise, types = Noise(seed), tuple(OPENINGS)
    draws = {kind: noise.generator("demo caption", kind) for kind in types}
    return Library(
        tuple(_caption(number, types[number % len(types)], draws, as_of) for number in range(captions)),
        tuple(ContentType(number, name) for number, name in enumerate(CONTENTS, start=1)),
        tuple(_vault()),
        RANKINGS,
        PERSONA,
    )


def _caption(number: int, kind: str, draws: dict[str, np.random.Generator], as_of: date) -> Caption:
    """The next caption of a type: of one type always the same number of draws each."""
    chance = draws[kind].random(12).tolist()
    content = None if chance[0] < GENERAL else 1 + int(chance[1] * len(CONTENTS))
    rest = int(chance[3] * SPAN)
    return Caption(
        caption_id=1000 + number,
        caption_text=_text(kind, content, chance[4:8]),
        caption_type=kind,
        content_type_id=content,
        performance_score=None if chance[8] < WITHOUT_HISTORY else round(100 * max(chance[9], chance[10]), 1),
        last_used_on=None if chance[2] < NEVER_USED else as_of - timedelta(days=rest),
        persona_tags=_tags(chance[11]),
    )


def _text(kind: str, content: int | None, chance: list[float]) -> str:
    middle = _one(PLAIN_MIDDLES if content is None else MIDDLES, chance[1])
    told = middle.format(subject="" if content is None else CONTENTS[content - 1])
    return f"{_one(OPENINGS[kind], chance[0])}, {told}: {_one(ENDINGS, chance[2])}{_one(MARKS, chance[3])}"


def _one(options: tuple[str, ...], chance: float) -> str:
    return options[int(chance * len(options))]


def _tags(chance: float) -> tuple[str, ...]:
    """A tone, an archetype, and how it writes: one number in 0..1 tells all four, digit by digit."""
    tone, chance = divmod(chance * len(TONES), 1)
    archetype, chance = divmod(chance * len(ARCHETYPES), 1)
    emoji, chance = divmod(chance * 2, 1)
    slang = int(chance * 2)
    return (
        TONES[int(tone)],
        ARCHETYPES[int(archetype)],
        f"emoji: {('high', 'low')[int(emoji)]}",
        f"slang: {('low', 'high')[slang]}",
    )


def _vault() -> list[VaultEntry]:
    """Videos and pictures of most contents, a few gifs and flyers; the last content is not the creator's."""
    entries = []
    for number in range(1, len(CONTENTS)):
        entries.append(VaultEntry(number, Media.VIDEO, 5 * number % 17 + 3))
        entries.append(VaultEntry(number, Media.PICTURE, 20 + 7 * number))
    entries += [VaultEntry(1, Media.GIF, 6), VaultEntry(2, Media.FLYER, 12), VaultEntry(3, Media.FLYER, 18)]
    return entries
