"""The operations that only read, against known rows."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from schedsolve.errors import StoreError
from schedsolve.store.captions import CaptionRow, put_captions
from schedsolve.store.creators import CreatorRow, put_creators
from schedsolve.store.engine import Store
from schedsolve.store.errors import CreatorNotFoundError, UnknownReferenceError
from schedsolve.store.operations import READING
from schedsolve.store.operations.captions import freshness
from schedsolve.store.performance import PerformanceRow, put_performance, put_volume
from schedsolve.store.saving import save_schedule
from schedsolve.store.tables import captions
from schedsolve.store.vault import VaultRow, put_vault

from .weeks import NOW, ZONE, at, small_plan, week


@pytest.fixture
def known(store: Store) -> Store:
    alexia = CreatorRow(
        creator_id="alexia",
        page_type="paid",
        timezone=ZONE,
        fan_count=8500,
        performance_tier=1,
        avg_revenue_per_message=31.5,
        analytics_summary={"best": "evenings"},
        top_content_types=("solo",),
        tone="playful",
        archetype="girl next door",
        voice_samples=("hey you",),
        peak_hours=(20, 21),
    )
    mia = CreatorRow(creator_id="mia", page_type="free", timezone="Europe/Berlin")
    gone = CreatorRow(creator_id="zoe", page_type="free", timezone="Europe/Berlin", is_active=False)
    with store.writing() as connection:
        put_creators(connection, [alexia, mia, gone], "creators", NOW)
        put_captions(
            connection,
            [
                CaptionRow(
                    caption_id=n, caption_text=f"t{n}", caption_type=kind, content_type=content, performance_score=score
                )
                for n, kind, content, score in (
                    (1, "ppv_offer", "solo", 90),
                    (2, "teaser", "solo", 80),
                    (3, "teaser", "outdoor", 99),
                    (4, "teaser", None, 60),
                    (5, "teaser", "solo", 30),
                    (6, "flirty", "solo", 95),
                )
            ],
            "captions",
        )
        entries = [
            VaultRow(creator_id="alexia", content_type="solo", media_type="video", item_count=45, tier="top"),
            VaultRow(creator_id="alexia", content_type="solo", media_type="picture", item_count=120),
            VaultRow(
                creator_id="alexia",
                content_type="outdoor",
                media_type="video",
                item_count=3,
                is_allowed=False,
                tier="avoid",
            ),
        ]
        put_vault(connection, entries, "vault", NOW)
        scores = [
            PerformanceRow(
                creator_id="alexia",
                period="14d",
                measured_at=NOW - timedelta(days=n),
                saturation_score=40 + n,
                opportunity_score=60,
            )
            for n in (0, 7)
        ]
        put_performance(connection, scores, "performance", NOW)
    return store


def call(store: Store, name: str, *arguments: object, **options: object) -> object:
    told = READING[name](store, *arguments, **options)
    json.dumps(told)
    return told


def test_sixteen_operations_only_read() -> None:
    assert len(READING) == 16


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in READING
        if name
        not in {
            "execute_query",
            "get_channels",
            "get_send_types",
            "get_send_type_details",
            "get_audience_targets",
            "get_active_creators",
            "get_send_type_captions",
        }
    ],
)
def test_an_unknown_creator_is_told(store: Store, name: str) -> None:
    with pytest.raises(CreatorNotFoundError):
        READING[name](store, "nobody")


def test_a_creators_profile(known: Store) -> None:
    told = READING["get_creator_profile"](known, "alexia")
    assert told["creator"]["avg_revenue_per_message"] == 31.5
    assert (told["analytics"], told["top_content_types"], told["volume"]) == ({"best": "evenings"}, ["solo"], None)


def test_active_creators_by_tier_and_page(known: Store) -> None:
    def found(**chosen: object) -> list[str]:
        return [row["creator_id"] for row in READING["get_active_creators"](known, **chosen)]

    assert found() == ["alexia", "mia"]
    assert found(tier=1) == ["alexia"]
    assert found(page_type="free") == ["mia"]
    assert READING["get_active_creators"](known)[0]["performance"]["saturation_score"] == 40


def test_persona_and_timing_fall_back_to_the_usual(known: Store) -> None:
    persona = READING["get_persona_profile"](known, "alexia")
    assert (persona["persona"]["tone"], persona["enhanced"], persona["voice_samples"]) == ("playful", True, ["hey you"])
    assert READING["get_persona_profile"](known, "mia")["persona"] is None
    timing = READING["get_best_timing"](known, "alexia")
    assert (timing["best_hours"], timing["avoid_hours"], timing["measured"]) == ([20, 21], [3, 4, 5, 6], True)
    usual = READING["get_best_timing"](known, "mia")
    assert (usual["timezone"], usual["best_hours"], usual["measured"]) == ("Europe/Berlin", [19, 20, 21, 22], False)


def test_trends_are_the_latest_or_the_middle(known: Store) -> None:
    assert READING["get_performance_trends"](known, "alexia")["saturation_score"] == 40
    assert READING["get_performance_trends"](known, "alexia", "7d") == {
        "creator_id": "alexia",
        "period": "7d",
        "saturation_score": 50.0,
        "opportunity_score": 50.0,
        "revenue_trend": "stable",
        "engagement_velocity": None,
        "message_count": None,
        "measured": False,
    }
    with pytest.raises(StoreError, match="not one of 7d, 14d, 30d"):
        READING["get_performance_trends"](known, "alexia", "90d")


def test_rankings_and_vault(known: Store) -> None:
    assert READING["get_content_type_rankings"](known, "alexia")["rankings"] == {
        "top": ["solo"],
        "mid": [],
        "low": [],
        "avoid": ["outdoor"],
    }
    vault = READING["get_vault_availability"](known, "alexia")
    assert (vault["content_types"], vault["content_counts"]) == (["solo"], {"picture": 120, "video": 45})
    assert vault["last_updated"] == "2025-01-18T12:00:00Z"


def test_captions_keep_to_the_vault_and_the_floors(known: Store) -> None:
    found = READING["get_send_type_captions"](known, "alexia", "ppv_unlock", as_of=NOW)
    assert [(row["caption_id"], row["type_priority_score"]) for row in found] == [(1, 100.0), (2, 70.0), (4, 70.0)]
    assert READING["get_send_type_captions"](known, "alexia", "ppv_message", as_of=NOW) == found
    assert READING["get_send_type_captions"](known, "mia", "ppv_unlock", as_of=NOW) == []
    low = READING["get_top_captions"](known, "alexia", caption_type="teaser", min_performance=0, as_of=NOW)
    assert [row["caption_id"] for row in low] == [2, 4, 5]
    with pytest.raises(UnknownReferenceError):
        READING["get_send_type_captions"](known, "alexia", "ppv_everything")


def test_a_caption_that_is_planned_is_exhausted(known: Store) -> None:
    sends = tuple(one.model_copy(update={"caption_id": 1}) for one in small_plan().items[:1])
    save_schedule(known, week(items=sends), clock=at())
    found = READING["get_top_captions"](known, "alexia", min_freshness=0, as_of=NOW)
    assert [row["caption_id"] for row in found] == [6, 2, 4, 1]
    assert found[-1]["freshness_score"] == 0


@pytest.mark.parametrize(("days", "score"), [(-3, 0), (0, 0), (0.99, 0), (1, 10), (5.5, 50), (10, 100), (99, 100)])
def test_freshness_grows_with_whole_days_of_rest(days: float, score: float) -> None:
    assert freshness(NOW - timedelta(days=days), NOW) == score
    assert freshness(None, NOW) == 100


def test_a_used_caption_rests_from_its_use_on(known: Store) -> None:
    with known.writing() as connection:
        connection.execute(
            update(captions).where(captions.c.caption_id == 2).values(last_used_at=NOW - timedelta(days=5))
        )
    found = READING["get_top_captions"](known, "alexia", caption_type="teaser", as_of=NOW)
    assert [(row["caption_id"], row["freshness_score"]) for row in found] == [(4, 100), (2, 50)]


def test_the_catalog_by_category_and_page(known: Store) -> None:
    assert len(READING["get_send_types"](known)) == 22
    assert len(READING["get_send_types"](known, page_type="paid")) == 21
    assert len(READING["get_send_types"](known, "retention", "free")) == 1
    details = READING["get_send_type_details"](known, "ppv_video")
    assert (details["send_type_key"], details["caption_types"]) == ("ppv_unlock", ["ppv_offer", "teaser"])
    with pytest.raises(UnknownReferenceError):
        READING["get_send_type_details"](known, "ppv_everything")


def test_targets_and_channels(known: Store) -> None:
    assert len(READING["get_audience_targets"](known)) == 10
    assert len(READING["get_audience_targets"](known, page_type="free")) == 6
    assert [row["target_key"] for row in READING["get_audience_targets"](known, channel_key="story")] == ["all_active"]
    targeted = READING["get_channels"](known, supports_targeting=True)
    assert [row["channel_key"] for row in targeted] == ["mass_message", "targeted_message"]
    assert len(READING["get_channels"](known)) == 5


def test_volumes_computed_and_assigned(known: Store) -> None:
    with pytest.raises(StoreError, match="plan a week first"):
        READING["get_volume_config"](known, "alexia")
    from schedsolve import parse_scenario
    from schedsolve.pipeline.volume.report import volume

    scenario = parse_scenario(
        "schedsolve: 1\nkind: creator-week\nweek_start: 2025-01-20\n"
        "creator: {id: alexia, page_type: paid, timezone: America/New_York, fan_count: 8500}\n"
    )
    result = volume(scenario).result
    with known.writing() as connection:
        put_volume(connection, "alexia", result, NOW)
    told = READING["get_volume_config"](known, "alexia")
    assert told["volume_level"] == "high"
    assert told["weekly_distribution"] == {str(day): count for day, count in result.weekly_distribution.items()}
    assigned = READING["get_volume_assignment"](known, "alexia")
    assert (assigned["volume_level"], assigned["revenue_per_day"]) == ("high", 6)
    assert "get_volume_config" in assigned["deprecated"]
    with pytest.raises(StoreError, match="neither level nor fans"):
        READING["get_volume_assignment"](known, "mia")


def test_free_questions(known: Store) -> None:
    assert call(
        known, "execute_query", "SELECT creator_id FROM creators WHERE page_type = :page ORDER BY 1", {"page": "free"}
    ) == [
        {"creator_id": "mia"},
        {"creator_id": "zoe"},
    ]
