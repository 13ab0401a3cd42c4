"""What sends show: vault, rankings, allocations, media and flyers."""

from __future__ import annotations

from collections import Counter

import pytest

from schedsolve.model.content import Library, VaultEntry
from schedsolve.model.filled import Filled
from schedsolve.pipeline.content.filling import Terms, filled

from .small_plans import AS_OF, CONTENTS, LINGERIE, OUTDOOR, SOLO, caption, item, library, plan, volume

SPEAKING = [
    caption(10 * content + number, "ppv_offer", 90 - 5 * content, content_type_id=content)
    for content in (SOLO, LINGERIE, OUTDOOR)
    for number in range(8)
]
WEEK = tuple(f"2{day} {hour}:07 ppv_unlock" for day in range(3) for hour in (10, 15))


def types(found: Filled) -> set[str]:
    return {finding.type for finding in found.findings}


def contents(found: Filled) -> Counter[int | None]:
    return Counter(done.content_type_id for done in found.items)


# --- which content --------------------------------------------------------------------------------


def test_a_send_shows_what_its_caption_speaks_of() -> None:
    found = filled(plan(*WEEK), library(SPEAKING), AS_OF)
    speaks = {text.caption_id: text.content_type_id for text in SPEAKING}
    assert all(done.content_type_id == speaks[done.caption_id or 0] for done in found.items)


def test_without_rankings_the_score_alone_decides() -> None:
    assert contents(filled(plan(*WEEK), library(SPEAKING), AS_OF)) == {SOLO: 6}


def test_content_that_ranks_better_is_shown_although_its_captions_score_less() -> None:
    books = library(SPEAKING, rankings={SOLO: "avoid", LINGERIE: "mid", OUTDOOR: "top"})
    assert contents(filled(plan(*WEEK), books, AS_OF)) == {OUTDOOR: 6}


def test_ranking_never_costs_a_level() -> None:
    low = [caption(99, "ppv_offer", 50, content_type_id=OUTDOOR), caption(1, "ppv_offer", 60, content_type_id=SOLO)]
    books = library(low, rankings={SOLO: "avoid", OUTDOOR: "top"})
    assert contents(filled(plan(WEEK[0]), books, AS_OF)) == {SOLO: 1}


def test_ranking_leaves_sends_alone_that_show_nothing() -> None:
    texts = [caption(1, "playful", 70, content_type_id=SOLO), caption(2, "playful", 90, content_type_id=LINGERIE)]
    found = filled(plan("20 10:07 dm_farm"), library(texts, rankings={SOLO: "top", LINGERIE: "avoid"}), AS_OF)
    assert (found.items[0].caption_id, found.items[0].content_type_id) == (2, None)


def test_allocations_split_the_week() -> None:
    split = volume({"solo": 3, "lingerie": 2, "outdoor": 1})
    assert contents(filled(plan(*WEEK, volume=split), library(SPEAKING), AS_OF)) == {SOLO: 3, LINGERIE: 2, OUTDOOR: 1}


def test_stated_allocations_come_before_those_of_the_plan() -> None:
    terms = Terms(allocations={"outdoor": 1})
    found = filled(plan(*WEEK, volume=volume({"solo": 1})), library(SPEAKING), AS_OF, terms)
    assert contents(found) == {OUTDOOR: 6}


def test_allocated_contents_that_the_vault_lacks_leave_their_share_to_the_others() -> None:
    books = library(SPEAKING, vault=(VaultEntry(SOLO, "video", 1), VaultEntry(LINGERIE, "picture", 1)))
    found = filled(plan(*WEEK), books, AS_OF, Terms(allocations={"solo": 1, "lingerie": 1, "outdoor": 4}))
    assert contents(found) == {SOLO: 3, LINGERIE: 3}


def test_a_send_without_a_caption_shows_what_ranks_best() -> None:
    books = library([], rankings={LINGERIE: "mid", SOLO: "low"})
    found = filled(plan("20 10:07 bundle"), books, AS_OF)
    assert (found.items[0].content_type_id, found.items[0].needs_caption) == (LINGERIE, True)


# --- the vault ------------------------------------------------------------------------------------


def test_captions_of_contents_that_are_not_allowed_are_never_used() -> None:
    vault = (VaultEntry(SOLO, "video", 9, is_allowed=False), VaultEntry(LINGERIE, "video", 1))
    assert contents(filled(plan(*WEEK), library(SPEAKING, vault=vault), AS_OF)) == {LINGERIE: 6}
    text = library([caption(1, "casual", content_type_id=SOLO)], vault=vault)
    assert filled(plan("20 10:07 bump_text_only"), text, AS_OF).items[0].needs_caption


def test_an_empty_vault_leaves_no_captions() -> None:
    found = filled(plan("20 10:07 bump_text_only"), library([caption(1, "casual")], vault=()), AS_OF)
    assert found.items[0].needs_caption


def test_captions_that_speak_of_nothing_go_only_with_sends_that_show_nothing() -> None:
    books = library([caption(1, "casual", content_type_id=None)])
    found = filled(plan("20 10:07 bump_text_only"), books, AS_OF)
    assert found.items[0].caption_id == 1
    assert filled(plan("20 10:07 bump_normal"), books, AS_OF).items[0].needs_caption


def test_a_vault_that_cannot_be_read_is_not_checked_and_that_is_told() -> None:
    found = filled(plan(*WEEK, "20 18:07 bump_flyer"), library(SPEAKING, vault=None), AS_OF)
    assert found.vault_check_disabled
    assert "vault_unchecked" in types(found)
    assert not {"vault_warning", "vault_content_missing"} & types(found)
    assert {done.media_type for done in found.items[:6]} == {"video"}


@pytest.mark.parametrize(
    ("stock", "medium"),
    [(("video", "picture"), "video"), (("picture",), "picture"), (("gif", "picture"), "picture")],
)
def test_the_medium_is_the_best_one_in_which_the_content_is_there(stock: tuple[str, ...], medium: str) -> None:
    books = library(SPEAKING, vault=tuple(VaultEntry(SOLO, kind, 3) for kind in stock))
    assert {done.media_type for done in filled(plan(*WEEK), books, AS_OF).items} == {medium}


def test_what_the_vault_lacks_is_told_and_the_send_stays() -> None:
    vault = (VaultEntry(SOLO, "gif", 4), VaultEntry(LINGERIE, "video", 0))
    found = filled(plan("20 10:07 ppv_unlock", "20 12:07 bump_normal"), library(SPEAKING, vault=vault), AS_OF)
    sold, light = found.items
    assert (sold.vault_warning, sold.content_type_id, sold.media_type) == ("missing_video", None, "video")
    assert (light.vault_warning, light.content_type_id, light.media_type) == (None, SOLO, "gif")
    assert "vault_warning" in types(found)
    assert "add videos to the vault: 1 send could show them" in found.recommendations
    assert not found.failed


def test_a_stage_fails_when_nothing_of_what_is_shown_is_there() -> None:
    found = filled(plan(*WEEK), library(SPEAKING, vault=(VaultEntry(SOLO, "gif", 4),)), AS_OF)
    assert found.failed


@pytest.mark.parametrize(("flyers", "warning"), [(0, "missing_flyer"), (2, None)])
def test_a_flyer_is_required_whether_or_not_there_is_one(flyers: int, warning: str | None) -> None:
    vault = (VaultEntry(SOLO, "video", 2), VaultEntry(LINGERIE, "flyer", flyers))
    found = filled(plan("20 10:07 bump_flyer", "20 12:07 bump_text_only"), library([], vault=vault), AS_OF)
    flyer, text = found.items
    assert (flyer.flyer_required, flyer.vault_warning, flyer.media_type) == (True, warning, "flyer")
    assert (text.flyer_required, text.vault_warning, text.media_type) == (False, None, "none")


def test_content_that_a_hand_made_item_names_stays_while_it_is_there() -> None:
    kept = item("20 10:07 bundle", content_type_id=OUTDOOR)
    found = filled(plan(kept), library(SPEAKING), AS_OF)
    assert found.items[0].content_type_id == OUTDOOR


def test_content_that_the_vault_lost_is_cleared_from_a_filled_send() -> None:
    once = filled(plan(WEEK[0]), library(SPEAKING), AS_OF)
    assert once.items[0].content_type_id == SOLO
    again = filled(plan(*once.items), library(SPEAKING, vault=(VaultEntry(LINGERIE, "video", 1),)), AS_OF)
    assert again.items[0].content_type_id == LINGERIE
    assert again.items[0].caption_id == once.items[0].caption_id
    assert "vault_missing" in types(again)


def test_libraries_refuse_ids_that_are_there_twice_and_scores_out_of_range() -> None:
    with pytest.raises(ValueError, match="found an id twice"):
        library([caption(1, "casual"), caption(1, "flirty")])
    with pytest.raises(ValueError, match="found an id twice"):
        Library(content_types=(CONTENTS[0], CONTENTS[0]))
    with pytest.raises(ValueError, match="found performance 101, expected 0 to 100"):
        caption(1, "casual", 101)
