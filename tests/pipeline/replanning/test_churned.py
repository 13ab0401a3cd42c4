"""Counting moves from two plans."""

from __future__ import annotations

from schedsolve.model.catalog import FOLLOWUP
from schedsolve.model.plan import Item
from schedsolve.pipeline.replanning.churned import churned

from ...cli.sample_plans import item

NOW = "2025-01-20T17:00:00Z"  # noon in New York


def parent(at: str = "2025-01-20T13:07") -> Item:
    return item(at, "ppv_unlock", slot_id="p")


def follower(at: str = "2025-01-20T13:35", of: str = "p") -> Item:
    return item(at, FOLLOWUP, slot_id=f"{of}_followup", is_follow_up=True, parent_item_id=of)


def test_what_stays_is_no_move() -> None:
    assert churned([parent(), follower()], [follower(), parent()], NOW, ()) == 0


def test_a_minute_is_a_move_and_so_is_another_type_or_style() -> None:
    old = [item("2025-01-20T13:07", "ppv_unlock", slot_id="p")]
    for new in (
        parent("2025-01-20T13:08"),
        item("2025-01-20T13:07", "link_drop"),
        old[0].model_copy(update={"ppv_style": "sextape" if old[0].ppv_style != "sextape" else "solo"}),
    ):
        assert churned(old, [new], NOW, ()) == 1


def test_a_followup_moves_with_its_parent_even_when_its_own_minute_stays() -> None:
    assert churned([parent(), follower()], [parent("2025-01-20T13:09"), follower()], NOW, ()) == 2


def test_a_followup_that_changes_its_parent_moves() -> None:
    other = item("2025-01-20T13:08", "game_post", slot_id="q")
    assert churned([parent(), other, follower()], [parent(), other, follower(of="q")], NOW, ()) == 1


def test_new_sends_the_past_and_the_impossible_are_no_moves() -> None:
    past = item("2025-01-20T11:59", "link_drop", slot_id="early")
    assert churned([past, parent(), follower()], [item("2025-01-20T20:07", "link_drop")], NOW, ("p", "p_followup")) == 0
    assert churned([past, parent()], [], NOW, ()) == 1


def test_a_send_at_this_very_minute_is_still_to_come() -> None:
    assert churned([item("2025-01-20T12:00", "link_drop")], [], NOW, ()) == 1
