"""Audiences and channels: what is allowed stays, what is not falls back, what is required never widens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedsolve.model.catalog import CATALOG, FOLLOWUP, TARGETS, Channel, PageType
from schedsolve.pipeline.content.readdressing import readdressed
from schedsolve.pipeline.content.targets import address

from .small_plans import item

PAID, FREE = PageType.PAID, PageType.FREE
WALL, MASS, DIRECT = Channel.WALL_POST, Channel.MASS_MESSAGE, Channel.TARGETED_MESSAGE


@pytest.mark.parametrize("key", CATALOG)
def test_what_the_catalog_says_stays(key: str) -> None:
    row = CATALOG[key]
    found = address(row, row.pages[0])
    assert (found.channel, found.target, found.fallback) == (row.channel, row.default_target, None)


@pytest.mark.parametrize(
    ("key", "page", "target", "channel", "unavailable", "expected"),
    [
        ("vip_program", PAID, None, WALL, (), (WALL, "all_active", "channel_without_targeting")),
        ("vip_program", PAID, None, Channel.LIVE, (), (MASS, "all_active", "channel_without_targeting")),
        ("bundle", FREE, "renew_on", None, (), (MASS, "all_active", "target_not_for_page_type")),
        ("bundle", PAID, "renew_on", None, (), (MASS, "renew_on", None)),
        ("bundle", PAID, "friends", None, (), (MASS, "all_active", "target_unavailable")),
        ("vip_program", PAID, None, None, ("high_spenders",), (MASS, "all_active", "target_unavailable")),
        ("renew_on_post", PAID, None, None, ("all_active",), (DIRECT, "renew_off", "category_target")),
        ("renew_on_post", PAID, "x", None, ("renew_off",), (DIRECT, "ppv_non_purchasers", "category_target")),
        ("bundle", PAID, None, None, ("all_active",), (MASS, "all_active", "no_compatible_target")),
        ("renew_on_message", PAID, None, WALL, (), (DIRECT, "renew_off", "other_channel")),
        ("renew_on_message", PAID, "renew_on", None, (), (DIRECT, "renew_off", "other_required_target")),
        ("expired_winback", PAID, "expired_all", None, (), (DIRECT, "expired_all", None)),
        ("expired_winback", PAID, None, None, ("expired_recent",), (DIRECT, "expired_all", "other_required_target")),
        ("expired_winback", FREE, None, None, (), (DIRECT, "expired_recent", "no_compatible_target")),
        (FOLLOWUP, PAID, None, None, ("ppv_non_purchasers",), (DIRECT, "ppv_non_purchasers", "no_compatible_target")),
    ],
)
def test_each_case_has_its_fallback(
    key: str,
    page: PageType,
    target: str | None,
    channel: Channel | None,
    unavailable: tuple[str, ...],
    expected: tuple[str, str, str | None],
) -> None:
    found = address(CATALOG[key], page, target, channel, unavailable)
    assert (found.channel, found.target, found.fallback) == expected
    assert found.skipped == (expected[2] == "no_compatible_target")
    assert bool(found.why) == (expected[2] is not None)


@given(
    st.sampled_from(sorted(CATALOG)),
    st.sampled_from(PageType),
    st.none() | st.sampled_from([*TARGETS, "friends"]),
    st.none() | st.sampled_from(Channel),
    st.sets(st.sampled_from(sorted(TARGETS))),
)
def test_an_address_exists_or_the_send_is_skipped(
    key: str, page: PageType, target: str | None, channel: Channel | None, unavailable: set[str]
) -> None:
    row = CATALOG[key]
    found = address(row, page, target, channel, unavailable)
    if not found.skipped:
        assert page in TARGETS[found.target].pages
        assert found.channel in TARGETS[found.target].channels
        assert found.target not in unavailable
        assert not row.required_targets or found.target in row.required_targets


def test_items_are_moved_flagged_or_left_out_with_their_followups() -> None:
    vip = item("20 10:07 vip_program", channel_key="wall_post")
    fine = item("20 12:07 dm_farm")
    lost = item("20 14:07 ppv_unlock", target_key="all_active")
    child = item(f"20 14:37 {FOLLOWUP} >2025-01-20_1407")
    winback = item("20 16:07 expired_winback")
    items, findings = readdressed([vip, fine, lost, child, winback], FREE)
    assert [one.slot_id for one in items] == [one.slot_id for one in (vip, fine, lost, child)]
    assert (items[0].target_key, items[0].warnings) == ("all_active", ("target_fallback",))
    assert items[1:] == (fine, lost, child)
    assert [(one.type, one.severity) for one in findings] == [
        ("channel_without_targeting", "medium"),
        ("no_compatible_target", "high"),
    ]
    none_left, told = readdressed([lost, child], FREE, unavailable={"all_active"})
    assert none_left == ()
    assert [one.type for one in told] == ["no_compatible_target", "orphan_removed"]


def test_items_of_types_that_nobody_knows_are_left_alone() -> None:
    strange = item("20 10:07 dm_farm").model_copy(update={"send_type_key": "telegram", "target_key": "friends"})
    assert readdressed([strange], PAID) == ((strange,), ())
