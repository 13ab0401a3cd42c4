"""The captions of a week: the best there are, each once, of the right type and of contents that the creator has."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schedsolve.model.catalog import CATALOG
from schedsolve.model.content import Caption, Library, VaultEntry
from schedsolve.model.plan import Plan
from schedsolve.pipeline.content.composite import STANDARD, diversity, scores, type_priority
from schedsolve.pipeline.content.demo_library import demo_library
from schedsolve.pipeline.content.filling import Terms, filled
from schedsolve.pipeline.content.freshness import freshness_of
from schedsolve.pipeline.content.levels import level_of

from .small_plans import AS_OF, LINGERIE, OUTDOOR, SOLO, caption, item, library, plan

TYPES = ("bump_text_only", "dm_farm", "link_drop", "ppv_unlock", "bundle", "bump_normal", "ppv_followup")
KINDS = ("casual", "flirty", "playful", "teaser", "ppv_offer", "bundle_offer", "ppv_followup")
TEXT_TYPES, TEXT_KINDS = ("bump_text_only", "dm_farm", "link_drop"), ("casual", "flirty", "teaser", "playful")


@st.composite
def captions_of(draw: st.DrawFn, kinds: tuple[str, ...], most: int, least_rest: int = 0) -> list[Caption]:
    return [
        replace(
            caption(number, draw(st.sampled_from(kinds)), draw(st.none() | st.integers(0, 100))),
            content_type_id=draw(st.sampled_from([None, SOLO, LINGERIE, OUTDOOR])),
            last_used_on=draw(st.none() | st.integers(least_rest, 12).map(lambda days: AS_OF - timedelta(days=days))),
        )
        for number in draw(st.lists(st.integers(1, 99), unique=True, max_size=most))
    ]


@st.composite
def plans_of(draw: st.DrawFn, types: tuple[str, ...], most: int) -> Plan:
    hours = draw(st.lists(st.integers(8, 22), unique=True, min_size=1, max_size=most))
    return plan(*(f"{draw(st.integers(20, 21))} {hour:02}:07 {draw(st.sampled_from(types))}" for hour in hours))


VAULTS = st.none() | st.lists(
    st.builds(
        VaultEntry,
        st.sampled_from([SOLO, LINGERIE, OUTDOOR]),
        st.sampled_from(["video", "picture", "flyer"]),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=5,
).map(tuple)
LIBRARIES = st.builds(
    lambda texts, vault, tiers: library(texts, vault=vault, rankings=tiers),
    captions_of(KINDS, 25),
    VAULTS,
    st.dictionaries(st.sampled_from([SOLO, LINGERIE, OUTDOOR]), st.sampled_from(["top", "mid", "low", "avoid"])),
)
TERMS = st.builds(
    lambda split, used: Terms(allocations=split, used=frozenset(used)),
    st.dictionaries(st.sampled_from(["solo", "lingerie", "outdoor", "unheard of"]), st.integers(0, 3)),
    st.sets(st.integers(1, 99), max_size=5),
)


@settings(max_examples=60)
@given(plans_of(TYPES, 7), LIBRARIES, TERMS)
def test_captions_come_once_each_of_a_fitting_type_and_of_contents_in_the_vault(
    week: Plan, books: Library, terms: Terms
) -> None:
    found = filled(week, books, AS_OF, terms)
    texts = {one.caption_id: one for one in books.captions}
    allowed = None if books.vault is None else {entry.content_type_id for entry in books.vault if entry.is_allowed}
    given_out = [done.caption_id for done in found.items if done.caption_id is not None]
    assert len(given_out) == len(set(given_out))
    assert not terms.used & set(given_out)
    for done in found.items:
        assert (done.caption_id is None) == (done.caption_text == "MANUAL_REQUIRED") == bool(done.needs_caption)
        if done.caption_id is None:
            continue
        text, row = texts[done.caption_id], CATALOG[done.send_type_key]
        assert text.caption_type in row.captions
        assert done.caption_text == text.caption_text
        assert text.content_type_id is not None or not row.requires_media
        assert allowed is None or text.content_type_id is None or text.content_type_id in allowed
        assert allowed is None or books.vault
    assert found.proven


@settings(max_examples=40)
@given(plans_of(TYPES, 6), LIBRARIES, TERMS, st.randoms(use_true_random=False))
def test_the_order_of_the_library_and_of_the_items_changes_nothing(
    week: Plan, books: Library, terms: Terms, chance: random.Random
) -> None:
    texts, sends = list(books.captions), list(week.items)
    chance.shuffle(texts)
    chance.shuffle(sends)
    mixed = filled(week.model_copy(update={"items": tuple(sends)}), replace(books, captions=tuple(texts)), AS_OF, terms)
    straight = filled(week, books, AS_OF, terms)
    assert sorted(mixed.items, key=lambda done: done.slot_id) == sorted(straight.items, key=lambda done: done.slot_id)
    assert mixed.findings == straight.findings


def choices(week: Plan, books: Library) -> Iterator[list[Caption | None]]:
    fitting = [
        [None, *(text for text in books.captions if text.caption_type in CATALOG[send.send_type_key].captions)]
        for send in week.items
    ]
    for chosen in product(*fitting):
        ids = [text.caption_id for text in chosen if text]
        if len(ids) == len(set(ids)):
            yield list(chosen)


def goal(week: Plan, chosen: list[Caption | None]) -> tuple[int, int, float]:
    """Sends with a caption, less levels, composite with diversity in the order of the clock: best greatest."""
    earlier: Counter[tuple[str, str]] = Counter()
    levels, composite = 0, 0.0
    pairs = sorted(zip(week.items, chosen, strict=True), key=lambda pair: pair[0].scheduled_at_utc)
    for send, text in pairs:
        if text is None:
            continue
        freshness, performance = freshness_of(text.last_used_on, AS_OF), text.performance_score
        assert performance is not None
        levels += level_of(freshness, performance)
        day = (send.scheduled_date, text.caption_type)
        fit = type_priority(CATALOG[send.send_type_key], text.caption_type)
        composite += scores(STANDARD, freshness, performance, fit, diversity(earlier[day]), 50).composite_score
        earlier[day] += 1
    return sum(text is not None for text in chosen), -levels, round(composite, 2)


@settings(max_examples=60)
@given(plans_of(TEXT_TYPES, 4), captions_of(TEXT_KINDS, 6, least_rest=3))
def test_no_other_choice_has_fewer_gaps_lower_levels_or_a_greater_composite(week: Plan, texts: list[Caption]) -> None:
    texts = [replace(text, performance_score=text.performance_score or 0.0) for text in texts]
    books = library(texts)
    by_id = {text.caption_id: text for text in texts}
    found = filled(week, books, AS_OF)
    best = max(goal(week, chosen) for chosen in choices(week, books))
    reached = goal(week, [by_id.get(done.caption_id or 0) for done in found.items])
    assert reached[:2] == best[:2]
    assert abs(reached[2] - best[2]) < 0.005 * len(week.items)
    told = sum(done.caption_scores.composite_score for done in found.items if done.caption_scores)
    assert told == pytest.approx(reached[2], abs=0.005)


def test_levels_come_before_scores() -> None:
    """Together the two lower texts would score more; the level says no."""
    books = library([caption(1, "casual", 60, 4), caption(2, "casual", 100, 3), caption(3, "flirty", 60, 4)])
    found = filled(plan("20 10:07 bump_text_only", "20 14:07 bump_text_only"), books, AS_OF)
    assert {done.caption_id for done in found.items} == {1, 3}


@pytest.mark.parametrize(
    ("texts", "taken"),
    [
        ([caption(1, "casual", 81.4286, 9), caption(2, "casual", 70)], 2),  # 36 + 28.5 = 40 + 24.5
        ([caption(9, "casual"), caption(4, "casual"), caption(6, "casual")], 4),
    ],
)
def test_of_equal_captions_the_fresher_one_is_taken_then_the_lowest_number(texts: list[Caption], taken: int) -> None:
    assert filled(plan("20 10:07 bump_text_only"), library(texts), AS_OF).items[0].caption_id == taken


def test_a_day_is_not_filled_with_one_kind_of_caption_when_there_is_another() -> None:
    """The secondary text scores a point less on its own, and the third casual one of the day two points less."""
    texts = [caption(number, "casual") for number in (1, 2, 3)] + [caption(4, "flirty", 90)]
    sends = [f"20 {hour}:07 bump_text_only" for hour in (10, 12, 15)]
    one_day = filled(plan(*sends), library(texts), AS_OF)
    assert sorted(done.caption_id or 0 for done in one_day.items) == [1, 2, 4]
    three_days = filled(plan(*(f"2{day}{line[2:]}" for day, line in enumerate(sends))), library(texts), AS_OF)
    assert sorted(done.caption_id or 0 for done in three_days.items) == [1, 2, 3]


def test_diversity_is_counted_in_the_order_of_the_clock() -> None:
    texts = [caption(number, "casual") for number in range(1, 8)]
    found = filled(plan(*(f"20 {hour}:07 bump_text_only" for hour in range(10, 17))), library(texts), AS_OF)
    told = [done.caption_scores.diversity_score for done in found.items if done.caption_scores]
    assert told == [100, 80, 60, 40, 20, 0, 0]


def test_the_better_caption_goes_to_the_send_of_higher_priority() -> None:
    late = item("20 15:07 dm_farm", priority=1)
    early = item("20 09:07 dm_farm", priority=2)
    found = filled(plan(early, late), library([caption(1, "playful", 70), caption(2, "playful", 90)]), AS_OF)
    assert [done.caption_id for done in found.items] == [1, 2]


def test_types_that_share_captions_leave_none_unused_that_another_needs() -> None:
    """Seven send types take casual texts: none goes without although each alone would look at the same best few."""
    sends = [f"{20 + day} {9 + hour}:07 {key}" for day in range(3) for hour, key in enumerate(TEXT_TYPES * 3)]
    texts = [caption(number, "casual", 60 + number % 40) for number in range(1, len(sends) + 1)]
    found = filled(plan(*sends), library(texts), AS_OF)
    assert sum(bool(done.needs_caption) for done in found.items) == 0


def test_a_large_library_fills_a_week_without_duplicates() -> None:
    keys = ["ppv_unlock", "bump_normal", "bundle", "dm_farm", "game_post", "bump_text_only", "renew_on_message"]
    sends = [f"{20 + day} {9 + place}:07 {key}" for day in range(7) for place, key in enumerate(keys)]
    found = filled(plan(*sends), demo_library(date(2025, 1, 20), 20_000), date(2025, 1, 20))
    assert len({done.caption_id for done in found.items}) == 49
    assert found.proven
    assert {done.caption_level for done in found.items} == {0}
