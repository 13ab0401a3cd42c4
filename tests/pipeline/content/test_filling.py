"""The stage as a whole: shortage, followups, captions that are there already, a stale pool, what it tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schedsolve.model.catalog import CATALOG, FOLLOWUP
from schedsolve.model.content import Library, Persona
from schedsolve.model.filled import Filled
from schedsolve.pipeline.content.filling import Terms, filled

from .small_plans import AS_OF, caption, item, library, plan, volume


def kinds(found: Filled) -> list[str]:
    return [
        finding.type for finding in found.findings if finding.type not in ("persona_missing", "caption_pool_warning")
    ]


# --- shortage -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("performance", "rested", "level", "status", "finding"),
    [
        (60, 4, 0, "assigned", None),
        (60, 3, 1, "assigned", "caption_floor_lowered"),
        (60, 2, 2, "degraded", "caption_shortage_degraded"),
        (25, 5, 3, "degraded", "caption_shortage_degraded"),
        (5, 5, 4, "degraded", "caption_shortage_degraded"),
    ],
)
def test_each_level_of_the_chain_is_told(
    performance: int, rested: int, level: int, status: str, finding: str | None
) -> None:
    found = filled(plan("20 10:07 dm_farm"), library([caption(5, "playful", performance, rested)]), AS_OF)
    (done,) = found.items
    assert (done.caption_id, done.caption_level, done.caption_status) == (5, level, status)
    assert finding is None or finding in kinds(found)
    assert finding is not None or "caption_floor_lowered" not in kinds(found)


def test_without_a_caption_a_person_must_write_one_and_the_run_goes_on() -> None:
    found = filled(plan("20 10:07 dm_farm", "20 12:07 bump_text_only"), library([caption(5, "flirty")]), AS_OF)
    manual, done = found.items
    assert (manual.caption_id, manual.caption_text, manual.caption_status) == (
        None,
        "MANUAL_REQUIRED",
        "manual_required",
    )
    assert (manual.needs_caption, manual.caption_level, manual.caption_scores) == (True, None, None)
    assert (done.caption_id, done.needs_caption) == (5, False)
    (finding,) = [finding for finding in found.findings if finding.type == "caption_missing"]
    assert (finding.severity, finding.log, finding.items) == ("high", "critical", (manual.slot_id,))
    assert "write 5 or more new captions for dm_farm" in found.recommendations
    assert found.degraded
    assert not found.failed


def test_where_all_captions_are_exhausted_performance_decides_and_says_so() -> None:
    texts = [caption(1, "playful", 90, 0), caption(2, "playful", 85, 2)]
    found = filled(plan("20 10:07 dm_farm"), library([*texts, caption(3, "flirty")]), AS_OF)
    assert "low_freshness" in kinds(found)
    assert found.items[0].warnings == ("low_freshness",)
    assert found.items[0].caption_id == 2  # the level comes first, whatever the weights
    scores = found.items[0].caption_scores
    assert scores is not None
    assert scores.composite_score == 0.2 * 20 + 0.5 * 85 + 0.15 * 100 + 0.1 * 100 + 0.05 * 50


def test_captions_of_the_week_so_far_are_not_used_again() -> None:
    texts = [caption(1, "playful", 90), caption(2, "playful", 70)]
    found = filled(plan("20 10:07 dm_farm"), library(texts), AS_OF, Terms(used=frozenset({1})))
    assert found.items[0].caption_id == 2


def test_an_empty_library_leaves_every_caption_to_people() -> None:
    found = filled(plan("20 10:07 dm_farm", "20 12:07 ppv_unlock"), Library(), AS_OF)
    assert all(done.needs_caption for done in found.items)


def test_a_plan_without_items_stays_one() -> None:
    found = filled(plan(), library([caption(1, "casual")]), AS_OF)
    assert (found.items, kinds(found), found.proven) == ((), [], True)


# --- followups ------------------------------------------------------------------------------------

PAIR = ("20 10:07 ppv_unlock", f"20 10:37 {FOLLOWUP} >2025-01-20_1007")


def test_a_followup_has_a_caption_of_its_own_types_and_shows_nothing() -> None:
    texts = [caption(1, "ppv_offer", content_type_id=1), caption(2, "close_sale"), caption(3, "ppv_followup", 75)]
    parent, followup = filled(plan(*PAIR), library(texts), AS_OF).items
    assert (parent.caption_id, followup.caption_id) == (1, 3)
    assert (followup.media_type, followup.flyer_required, followup.content_type_id) == ("none", False, None)
    assert followup.suggested_price is None


def test_a_followup_without_a_caption_stays_and_is_flagged() -> None:
    found = filled(plan(*PAIR), library([caption(1, "ppv_offer", content_type_id=1)]), AS_OF)
    followup = found.items[1]
    assert (followup.needs_caption, followup.warnings) == (True, ("followup_caption_missing",))
    assert "followup_caption_missing" in kinds(found)
    assert "caption_missing" not in kinds(found)


def test_followups_choose_last_from_what_is_left() -> None:
    alike = {**CATALOG, FOLLOWUP: replace(CATALOG[FOLLOWUP], captions=("ppv_offer", "teaser"))}
    texts = [caption(1, "ppv_offer", 60, content_type_id=1), caption(2, "ppv_offer", 90, content_type_id=1)]
    found = filled(plan(*PAIR[::-1]), library(texts), AS_OF, catalog=alike)
    assert [done.caption_id for done in found.items] == [1, 2]


# --- captions that are there already ---------------------------------------------------------------


def test_a_caption_given_by_hand_stays_and_is_scored() -> None:
    given = item("20 10:07 dm_farm", caption_id=7, caption_text="my own words")
    texts = [caption(7, "playful", 50, 9), caption(8, "playful", 99)]
    done, other = filled(plan(given, "20 14:07 dm_farm"), library(texts), AS_OF).items
    assert (done.caption_id, done.caption_text, done.caption_level) == (7, "my own words", 1)
    assert other.caption_id == 8
    assert other.caption_scores is not None
    assert other.caption_scores.diversity_score == 80


def test_a_caption_there_twice_stays_where_it_goes_out_first() -> None:
    sends = [item(f"20 {hour}:07 dm_farm", caption_id=7) for hour in (16, 10)]
    found = filled(plan(*sends), library([caption(7, "playful"), caption(8, "playful", 60)]), AS_OF)
    assert [done.caption_id for done in found.items] == [8, 7]
    assert found.items[0].caption_text == "text 8"
    (finding,) = [finding for finding in found.findings if finding.type == "duplicate_caption"]
    assert (finding.caption_id, finding.items) == (7, ("2025-01-20_1607",))


def test_a_filled_plan_stays_as_it_is_when_filled_again() -> None:
    texts = [caption(1, "ppv_offer", content_type_id=1), caption(2, "ppv_followup"), caption(3, "playful", 45, 3)]
    once = filled(plan(*PAIR, "21 10:07 dm_farm"), library(texts), AS_OF)
    used = library([caption(text.caption_id, text.caption_type, 80, 0) for text in texts])
    assert filled(plan(*once.items), used, AS_OF).items == once.items


def test_a_send_that_waited_for_a_caption_takes_a_new_one() -> None:
    waiting = filled(plan("20 10:07 dm_farm"), library([]), AS_OF).items
    assert filled(plan(*waiting), library([caption(3, "playful")]), AS_OF).items[0].caption_status == "assigned"


def test_a_caption_of_another_type_is_told() -> None:
    found = filled(plan(item("20 10:07 dm_farm", caption_id=7)), library([caption(7, "renewal")]), AS_OF)
    assert found.items[0].warnings == ("type_mismatch",)
    assert "type_mismatch" in kinds(found)


def test_a_caption_that_no_library_knows_stays_without_scores() -> None:
    found = filled(plan(item("20 10:07 dm_farm", caption_id=7, caption_text="hello")), library([]), AS_OF)
    done = found.items[0]
    assert (done.caption_id, done.caption_text, done.caption_status, done.caption_scores) == (
        7,
        "hello",
        "assigned",
        None,
    )
    assert "unknown_reference" in kinds(found)


def test_a_send_of_no_known_type_is_left_alone_and_told() -> None:
    strange = item("20 10:07 dm_farm").model_copy(update={"send_type_key": "telegram"})
    found = filled(plan(strange), library([caption(1, "playful")]), AS_OF)
    assert found.items == (strange,)
    assert ("unknown_reference", "high") in [(finding.type, finding.severity) for finding in found.findings]


def test_retired_names_are_filled_as_what_they_mean() -> None:
    old = item("20 10:07 ppv_unlock").model_copy(update={"send_type_key": "ppv_video"})
    assert filled(plan(old), library([caption(1, "teaser", content_type_id=2)]), AS_OF).items[0].caption_id == 1


# --- the pool -------------------------------------------------------------------------------------


def test_a_stale_pool_asks_for_text_bumps_and_new_captions() -> None:
    texts = [caption(number, "playful", 80, 4) for number in range(1, 5)] + [caption(9, "playful", 10)]
    found = filled(plan("20 10:07 dm_farm"), library(texts), AS_OF)
    assert found.next_run.caption_freshness == 40  # the one never used does not count: its performance is too low
    assert found.next_run.type_weights == {"bump_text_only": 1.3, "ppv_unlock": 0.8}
    assert "stale_pool" in kinds(found)
    assert any("text-only bumps" in line for line in found.recommendations)
    weights = found.items[0].caption_scores
    assert weights is not None
    assert weights.composite_score == 0.4 * 40 + 0.35 * 80 + 15 + 5 + 2.5


def test_a_fresh_pool_asks_for_nothing() -> None:
    found = filled(plan("20 10:07 dm_farm"), library([caption(number, "playful") for number in range(1, 5)]), AS_OF)
    assert (found.next_run.stale, found.next_run.type_weights, found.recommendations) == (False, {}, ())
    assert [finding.type for finding in found.findings] == ["persona_missing"]


def test_a_pool_without_any_usable_caption_is_stale() -> None:
    found = filled(plan("20 10:07 dm_farm"), library([caption(1, "playful", 20)]), AS_OF)
    assert (found.next_run.caption_freshness, found.next_run.stale) == (None, True)


def test_pool_warnings_are_found_and_those_of_the_volume_stage_handed_on() -> None:
    said = "link_drop: caption pool critical shortage, 0 of 4 captions usable; write 5 or more new ones"
    texts = [caption(1, "playful"), caption(2, "casual", 10)]
    found = filled(plan("20 10:07 dm_farm", volume=volume({}, (said,))), library(texts), AS_OF)
    warnings = {finding.message: finding.log for finding in found.findings if finding.type == "caption_pool_warning"}
    assert warnings == {"dm_farm: caption pool low, 1 of 2 captions usable": "warning", said: "critical"}
    assert (found.stock["dm_farm"].captions, found.stock["dm_farm"].usable) == (2, 1)


def test_a_persona_makes_its_captions_better() -> None:
    texts = [caption(1, "playful"), caption(2, "playful", persona_tags=("warm",))]
    found = filled(plan("20 10:07 dm_farm"), library(texts, persona=Persona(tone="warm")), AS_OF)
    assert found.items[0].caption_id == 2
    assert "persona_missing" not in [finding.type for finding in found.findings]


def test_the_performance_of_an_untried_caption_is_the_middle_one_of_its_type() -> None:
    texts = [
        caption(1, "playful", 90),
        caption(2, "playful", 70),
        caption(3, "playful", 74),
        caption(4, "playful", None),
    ]
    sends = [f"2{day} 10:07 dm_farm" for day in range(4)]
    told = {done.caption_id: done.caption_scores for done in filled(plan(*sends), library(texts), AS_OF).items}
    assert told[4] is not None
    assert told[4].performance_score == 74
    alone = filled(plan(sends[0]), library([caption(4, "playful", None)]), AS_OF).items[0].caption_scores
    assert alone is not None
    assert alone.performance_score == 50


def test_confidence_is_recorded() -> None:
    assert filled(plan("20 10:07 dm_farm", volume=volume({})), library([]), AS_OF).confidence_score == 0.55
