"""The catalog against the specification's table of send types, restated here row by row."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from schedsolve.model.catalog import (
    CATALOG,
    DEPRECATED,
    FOLLOWUP,
    GUARDED_STYLES,
    TARGETS,
    Category,
    Channel,
    Media,
    PageType,
    Style,
)

# key, category, page, gap, week cap, channel, target, required targets, expiry (h), followup, style, bump, captions
TABLE = """
ppv_unlock       | revenue    | both | 120  | - | mass_message     | all_active | - | -  | yes | rotation | no  | ppv_offer / teaser
ppv_wall         | revenue    | free | 180  | - | wall_post        | all_active | - | -  | yes | rotation | no  | ppv_offer / teaser
tip_goal         | revenue    | paid | 240  | 3 | mass_message     | all_active | - | -  | yes | -        | no  | tip_goal_promo / game_invite
vip_program      | revenue    | both | 1440 | 1 | mass_message     | high_spenders | - | - | no | -       | no  | vip_promo / exclusive
game_post        | revenue    | both | 240  | - | wall_post        | all_active | - | 24 | no  | -        | no  | game_invite / playful
bundle           | revenue    | both | 180  | - | mass_message     | all_active | - | -  | no  | bundle   | no  | bundle_offer / ppv_offer
flash_bundle     | revenue    | both | 360  | - | mass_message     | all_active | - | 24 | no  | bundle   | no  | urgency / bundle_offer
snapchat_bundle  | revenue    | both | 1440 | 1 | mass_message     | all_active | - | -  | no  | bundle   | no  | bundle_offer / exclusive
first_to_tip     | revenue    | both | 360  | - | mass_message     | all_active | - | 24 | no  | -        | no  | game_invite / urgency
link_drop        | engagement | both | 120  | - | mass_message     | all_active | - | 24 | no  | -        | no  | teaser / casual
wall_link_drop   | engagement | both | 180  | - | wall_post        | all_active | - | 24 | no  | -        | no  | teaser / casual
bump_normal      | engagement | both | 60   | - | mass_message     | all_active | - | -  | no  | -        | yes | flirty / casual
bump_descriptive | engagement | both | 120  | - | mass_message     | all_active | - | -  | no  | -        | yes | story / personal
bump_text_only   | engagement | both | 120  | - | mass_message     | all_active | - | -  | no  | -        | yes | casual / flirty
bump_flyer       | engagement | both | 240  | - | mass_message     | all_active | - | -  | no  | -        | yes | flirty / casual
dm_farm          | engagement | both | 240  | - | mass_message     | all_active | - | -  | no  | -        | no  | playful / casual
like_farm        | engagement | both | 1440 | - | mass_message     | all_active | - | -  | no  | -        | no  | playful / casual
live_promo       | engagement | both | 120  | - | mass_message     | all_active | - | -  | no  | -        | no  | exclusive / urgency
renew_on_post    | retention  | paid | 720  | - | wall_post        | all_active | - | -  | no  | -        | no  | renewal / appreciation
renew_on_message | retention  | paid | 1440 | - | targeted_message | renew_off  | renew_off | - | no | -   | no  | renewal / appreciation
ppv_followup     | retention  | both | 60   | - | targeted_message | ppv_non_purchasers | ppv_non_purchasers | - | no | - | no | ppv_followup / close_sale
expired_winback  | retention  | paid | 1440 | - | targeted_message | expired_recent | expired_recent, expired_all | - | no | - | no | winback / miss_you
"""  # noqa: E501
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]
KEYS = [row[0] for row in ROWS]
PAGES = {"both": {"paid", "free"}, "paid": {"paid"}, "free": {"free"}}

# Sends a day inside 08:01-23:29 when only the gap limits them: the specification's "per day" column.
PER_DAY = {
    60: 16,
    120: 8,
    180: 6,
    240: 4,
    360: 3,
    720: 2,
    1440: 1,
}

AUDIENCES = {
    "all_active": ("paid free", "mass_message wall_post story"),
    "renew_off": ("paid", "targeted_message mass_message"),
    "renew_on": ("paid", "targeted_message mass_message"),
    "expired_recent": ("paid", "targeted_message"),
    "expired_all": ("paid", "targeted_message"),
    "never_purchased": ("paid free", "targeted_message mass_message"),
    "recent_purchasers": ("paid free", "targeted_message mass_message"),
    "high_spenders": ("paid free", "targeted_message mass_message"),
    "inactive_7d": ("paid free", "targeted_message mass_message"),
    "ppv_non_purchasers": ("paid free", "targeted_message"),
}


def known(cell: str) -> str | None:
    return None if cell == "-" else cell


def test_the_catalog_holds_exactly_the_types_of_the_table_in_its_order() -> None:
    assert list(CATALOG) == KEYS
    assert len(CATALOG) == 22


@pytest.mark.parametrize("row", ROWS, ids=KEYS)
def test_every_cell_of_a_row_is_as_specified(row: tuple[str, ...]) -> None:
    key, category, page, gap, cap, channel, target, required, expiry, followup, style, bump, captions = row
    send_type = CATALOG[key]
    stated: dict[str, Any] = {
        "key": key,
        "category": category,
        "pages": PAGES[page],
        "gap_minutes": int(gap),
        "weekly_cap": None if cap == "-" else int(cap),
        "channel": channel,
        "default_target": target,
        "required_targets": [] if required == "-" else required.split(", "),
        "expiry_hours": None if expiry == "-" else int(expiry),
        "followup": followup == "yes",
        "ppv": style != "-",
        "rotated": style == "rotation",
        "fixed_style": None if style == "rotation" else known(style),
        "bump": bump == "yes",
        "captions": captions,
    }
    held = {name: getattr(send_type, name) for name in stated}
    held["pages"] = set(held["pages"])
    held["required_targets"] = list(held["required_targets"])
    held["captions"] = " / ".join(held["captions"])
    assert held == stated


@pytest.mark.parametrize(("gap", "most"), PER_DAY.items())
def test_the_gap_alone_allows_the_stated_sends_a_day(gap: int, most: int) -> None:
    usable = [minute for minute in range(8 * 60 + 1, 23 * 60 + 30) if minute % 15]
    taken: list[int] = []
    for minute in usable:
        if not taken or minute - taken[-1] >= gap:
            taken.append(minute)
    assert len(taken) == most


def test_every_gap_of_the_catalog_has_its_sends_a_day() -> None:
    assert {row.gap_minutes for row in CATALOG.values()} == set(PER_DAY)


def test_there_are_9_revenue_9_engagement_and_4_retention_types() -> None:
    counts = {category: sum(row.category is category for row in CATALOG.values()) for category in Category}
    assert counts == {Category.REVENUE: 9, Category.ENGAGEMENT: 9, Category.RETENTION: 4}


@pytest.mark.parametrize(
    ("page", "everything", "regular"),
    [(PageType.PAID, 21, (8, 9, 3)), (PageType.FREE, 18, (8, 9, 0))],
)
def test_each_page_has_its_number_of_types(page: PageType, everything: int, regular: tuple[int, int, int]) -> None:
    there = [row for row in CATALOG.values() if page in row.pages]
    planned = [row for row in there if row.key != FOLLOWUP]
    assert len(there) == everything
    assert tuple(sum(row.category is category for row in planned) for category in Category) == regular


def test_only_wall_ppv_is_missing_on_paid_pages_and_four_types_on_free_ones() -> None:
    missing = {page: {key for key, row in CATALOG.items() if page not in row.pages} for page in PageType}
    assert missing[PageType.PAID] == {"ppv_wall"}
    assert missing[PageType.FREE] == {"tip_goal", "renew_on_post", "renew_on_message", "expired_winback"}


def test_targets_exist_on_the_stated_pages_and_channels() -> None:
    held = {
        key: ({str(page) for page in target.pages}, {str(channel) for channel in target.channels})
        for key, target in TARGETS.items()
    }
    assert held == {key: (set(pages.split()), set(channels.split())) for key, (pages, channels) in AUDIENCES.items()}
    assert all(key == target.key for key, target in TARGETS.items())


def test_wall_and_story_take_only_all_active_and_nothing_is_for_live() -> None:
    for key, target in TARGETS.items():
        open_posts = {Channel.WALL_POST, Channel.STORY} & set(target.channels)
        assert bool(open_posts) is (key == "all_active")
        assert Channel.LIVE not in target.channels


@pytest.mark.parametrize("key", KEYS)
def test_a_types_default_channel_reaches_its_targets_on_every_page_of_the_type(key: str) -> None:
    row = CATALOG[key]
    for target in (row.default_target, *row.required_targets):
        assert set(row.pages) & set(TARGETS[target].pages)
        assert row.channel in TARGETS[target].channels
    assert not row.required_targets or row.default_target in row.required_targets


def test_only_wall_ppv_and_games_can_be_pinned_and_paid_pages_pin_only_games() -> None:
    pinnable = [row for row in CATALOG.values() if row.pinnable]
    assert [row.key for row in pinnable] == ["ppv_wall", "game_post"]
    assert all(row.channel is Channel.WALL_POST for row in pinnable)
    assert [row.key for row in pinnable if PageType.PAID in row.pages] == ["game_post"]


def test_suggested_families_are_those_of_the_specification() -> None:
    families = {key: row.family for key, row in CATALOG.items() if row.family}
    assert families == {
        "ppv_wall": "descriptive_wall_campaign",
        "game_post": "game_other",
        "bundle": "bundle_wall_campaign",
    }


@pytest.mark.parametrize("key", KEYS)
def test_styles_are_the_fixed_one_or_all_four_or_none(key: str) -> None:
    row = CATALOG[key]
    if row.rotated:
        assert row.styles == tuple(Style)
    elif row.ppv:
        assert row.styles == (Style.BUNDLE,)
    else:
        assert row.styles == ()


def test_the_guarded_styles_are_winner_and_bundle() -> None:
    assert list(Style) == ["solo", "bundle", "winner", "sextape"]
    assert set(GUARDED_STYLES) == {Style.WINNER, Style.BUNDLE}


def test_what_is_sold_shows_video_or_pictures_and_followups_show_nothing() -> None:
    for row in CATALOG.values():
        assert row.ppv <= ({Media.VIDEO, Media.PICTURE} == set(row.media))
        assert row.requires_media is (row.media_type is not Media.NONE)
    assert not CATALOG[FOLLOWUP].requires_media


def test_of_the_bumps_one_is_text_alone_and_one_a_flyer() -> None:
    shown = {row.key: (row.media_type, row.requires_flyer) for row in CATALOG.values() if row.bump}
    assert shown == {
        "bump_normal": ("picture", False),
        "bump_descriptive": ("picture", False),
        "bump_text_only": ("none", False),
        "bump_flyer": ("flyer", True),
    }
    assert [row.key for row in CATALOG.values() if row.requires_flyer] == ["bump_flyer"]


def test_retired_names_mean_ppv_unlock_and_are_no_types_of_their_own() -> None:
    assert dict(DEPRECATED) == {"ppv_message": "ppv_unlock", "ppv_video": "ppv_unlock"}
    assert not set(DEPRECATED) & set(CATALOG)


def test_every_type_is_worth_something() -> None:
    assert all(row.value > 0 for row in CATALOG.values())


def test_nobody_can_change_the_catalog() -> None:
    with pytest.raises(FrozenInstanceError):
        CATALOG["bundle"].gap_minutes = 1  # type: ignore[misc]
    for table in (CATALOG, TARGETS, DEPRECATED):
        with pytest.raises(TypeError):
            table["bundle"] = None  # type: ignore[index]
