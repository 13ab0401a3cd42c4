"""The demo library: the same every time, and rich enough to fill any week."""

from __future__ import annotations

from datetime import date

from schedsolve.model.catalog import CATALOG
from schedsolve.pipeline.content.demo_library import demo_library
from schedsolve.pipeline.content.demo_texts import OPENINGS
from schedsolve.pipeline.content.freshness import band_of, freshness_of

DAY = date(2025, 1, 20)


def test_the_same_day_and_seed_give_the_same_library() -> None:
    assert demo_library(DAY, 300) == demo_library(DAY, 300)
    assert demo_library(DAY, 300) != demo_library(DAY, 300, seed=8)


def test_a_larger_library_begins_with_the_smaller_one() -> None:
    assert demo_library(DAY, 400).captions[:300] == demo_library(DAY, 300).captions


def test_it_has_captions_of_every_type_that_the_catalog_asks_for_and_no_others() -> None:
    assert set(OPENINGS) == {kind for row in CATALOG.values() for kind in row.captions}
    assert {caption.caption_type for caption in demo_library(DAY).captions} == set(OPENINGS)


def test_its_captions_differ_in_all_that_counts() -> None:
    captions = demo_library(DAY).captions
    assert len(captions) == 2000
    assert {band_of(freshness_of(caption.last_used_on, DAY)) for caption in captions} == {
        "fresh",
        "moderate",
        "stale",
        "exhausted",
    }
    assert any(caption.performance_score is None for caption in captions)
    assert any(caption.content_type_id is None for caption in captions)
    assert len({caption.caption_text for caption in captions}) > 1800
    assert not [caption for caption in captions if "{" in caption.caption_text]


def test_its_vault_has_every_medium_and_lacks_a_content() -> None:
    library = demo_library(DAY)
    assert library.vault is not None
    assert {entry.media_type for entry in library.vault} == {"video", "picture", "gif", "flyer"}
    held = {entry.content_type_id for entry in library.vault}
    assert held < {content.content_type_id for content in library.content_types}
    assert set(library.rankings.values()) == {"top", "mid", "low", "avoid"}
