"""Tables from outside: all rows or none, each fault with its row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from schedsolve.analytics.tables import Row, parse_rows
from schedsolve.errors import TableError
from schedsolve.store.captions import CaptionRow, pool, put_captions
from schedsolve.store.creators import CreatorRow, put_creators
from schedsolve.store.engine import Store
from schedsolve.store.importing import Imported, import_rows
from schedsolve.store.library import library_of
from schedsolve.store.performance import PerformanceRow, put_performance
from schedsolve.store.saving import save_schedule
from schedsolve.store.tables import captions, creators, timing_profiles
from schedsolve.store.vault import VaultRow, put_vault

from .weeks import NOW, add_creator, at, counts, week

Put = Callable[[Connection, Any, str, Any], Imported]
CREATORS = """\
creator_id,page_type,timezone,fan_count,avg_revenue_per_message,peak_hours,best_days,hourly_performance,top_content_types
alexia,paid,America/New_York,8500,31.50,20; 21,friday;saturday,"{""20"": 1.0}",solo; outdoor
mia,free,Europe/Berlin,,,,,,
"""
CAPTIONS = """\
caption_text,caption_type,content_type,performance_score,persona_tags,last_used_at
New set is up tonight,ppv_offer,solo,92.5,playful; emoji: high,2025-01-10
hey you,flirty,,,,
"""


def bring(store: Store, row_type: type[Row], put: Put, text: str, dry_run: bool = False) -> Imported:
    rows = parse_rows(text, "table.csv", row_type)
    return import_rows(store, lambda connection: put(connection, rows, "table.csv", NOW), dry_run)


def test_creators_with_profile_in_cents_and_lists(store: Store) -> None:
    assert bring(store, CreatorRow, put_creators, CREATORS) == Imported(2, 0)
    with store.reading() as connection:
        alexia = connection.execute(select(creators).where(creators.c.creator_id == "alexia")).one()
        (timing,) = connection.execute(select(timing_profiles)).all()
    assert (alexia.avg_revenue_per_message_cents, alexia.top_content_types) == (3150, ["solo", "outdoor"])
    assert (timing.creator_id, timing.peak_hours, timing.best_days) == ("alexia", [20, 21], ["friday", "saturday"])
    assert timing.hourly_performance == {"20": 1.0}


def test_a_second_import_changes_what_the_first_added(store: Store) -> None:
    bring(store, CreatorRow, put_creators, CREATORS)
    before = counts(store)
    assert bring(store, CreatorRow, put_creators, CREATORS.replace("8500", "9000")) == Imported(0, 2)
    assert counts(store) == before
    with store.reading() as connection:
        assert connection.scalar(select(creators.c.fan_count).where(creators.c.creator_id == "alexia")) == 9000


def test_a_trial_tells_and_changes_nothing(store: Store) -> None:
    before = counts(store)
    told = bring(store, CaptionRow, put_captions, CAPTIONS, dry_run=True)
    assert told == Imported(2, 0, ("1 new content types: solo",))
    assert counts(store) == before


def test_captions_without_numbers_are_known_by_their_text(store: Store) -> None:
    assert bring(store, CaptionRow, put_captions, CAPTIONS).added == 2
    assert bring(store, CaptionRow, put_captions, CAPTIONS.replace("92.5", "50")) == Imported(0, 2)
    with store.reading() as connection:
        first, second = pool(connection)
    assert (first.caption_id, first.performance_score, first.persona_tags) == (1, 50.0, ("playful", "emoji: high"))
    assert (second.content_type_id, second.last_used_at) == (None, None)


def test_an_import_without_a_day_of_use_keeps_the_known_one(store: Store) -> None:
    bring(store, CaptionRow, put_captions, CAPTIONS)
    bring(store, CaptionRow, put_captions, CAPTIONS.replace("2025-01-10", ""))
    with store.reading() as connection:
        used = connection.scalar(select(captions.c.last_used_at).where(captions.c.caption_id == 1))
    assert used is not None
    assert used.isoformat() == "2025-01-10T00:00:00+00:00"


def test_json_does_as_well(store: Store) -> None:
    text = '[{"caption_id": 789, "caption_text": "x", "caption_type": "teaser", "persona_tags": ["playful"]}]'
    rows = parse_rows(text, "table.json", CaptionRow)
    assert import_rows(store, lambda connection: put_captions(connection, rows, "table.json")) == Imported(1, 0)


def test_vault_entries_bring_their_tier(store: Store) -> None:
    add_creator(store, captions=2)
    text = "creator_id,content_type,media_type,item_count,tier\nalexia,solo,video,45,top\nalexia,solo,picture,120,\n"
    assert bring(store, VaultRow, put_vault, text).added == 2
    library = library_of(store, "alexia")
    assert library.rankings == {1: "top"}
    assert [(entry.media_type, entry.item_count) for entry in library.vault or ()] == [("picture", 120), ("video", 45)]
    assert len(library.captions) == 2


def test_the_library_knows_planned_uses(store: Store) -> None:
    add_creator(store, captions=2)
    kept = week(captions=(2,))
    save_schedule(store, kept, clock=at())
    used = {caption.caption_id: caption.last_used_on for caption in library_of(store, "alexia").captions}
    assert used[1] is None
    assert str(used[2]) == kept.plan.items[0].scheduled_date


FAULTS: list[tuple[type[Row], Put, str, list[str]]] = [
    (
        CreatorRow,
        put_creators,
        "creator_id,page_type,timezone\nalexia,paid,Mars/Olympus\nmia,gratis,Europe/Berlin\n",
        ["table.csv:2: timezone", "table.csv:3: page_type"],
    ),
    (
        CreatorRow,
        put_creators,
        "creator_id,page_type,timezone\nmia,free,Europe/Berlin\nmia,paid,Europe/Berlin\n",
        ["row 2: mia is there already, in row 1"],
    ),
    (
        CaptionRow,
        put_captions,
        "caption_text,caption_type,content_type_id,performance_score\na,b,9,50\nc,d,,101\n",
        ["table.csv:3: performance_score"],
    ),
    (
        CaptionRow,
        put_captions,
        "caption_text,caption_type,content_type_id\na,b,9\n",
        ["row 1: no content type 9 is known"],
    ),
    (CaptionRow, put_captions, "caption_text,caption_type\na,b\na,b\n", ["row 2: 1 is there already, in row 1"]),
    (
        VaultRow,
        put_vault,
        "creator_id,content_type,media_type,item_count\nnobody,solo,video,1\nalexia,solo,video,1\nnoone,solo,video,1\n",
        ["row 1: no creator nobody is known", "row 3: no creator noone is known"],
    ),
    (VaultRow, put_vault, "creator_id,media_type,item_count\nalexia,video,-1\n", ["table.csv:2"]),
    (
        PerformanceRow,
        put_performance,
        "creator_id,period,saturation_score,opportunity_score\nalexia,90d,1,1\nalexia,7d,1,101\n",
        ["table.csv:2: period", "table.csv:3: opportunity_score"],
    ),
    (
        PerformanceRow,
        put_performance,
        "creator_id,period,saturation_score,opportunity_score\nalexia,7d,1,1\nalexia,7d,2,1\n",
        ["row 2: alexia 7d", "is there already, in row 1"],
    ),
]


@pytest.mark.parametrize(("row_type", "put", "text", "told"), FAULTS)
def test_a_fault_names_its_row_and_nothing_is_kept(
    store: Store, row_type: type[Row], put: Put, text: str, told: list[str]
) -> None:
    add_creator(store)
    before = counts(store)
    with pytest.raises(TableError) as refused:
        bring(store, row_type, put, text)
    for part in told:
        assert part in str(refused.value)
    assert counts(store) == before


def test_a_whole_pool_of_captions_comes_in_and_out(store: Store) -> None:
    """As many captions as the pool has; how long it takes is measured elsewhere."""
    rows = [
        CaptionRow(caption_id=n, caption_text=f"text {n}", caption_type="teaser", performance_score=n % 101)
        for n in range(1, 59_406)
    ]
    imported = import_rows(store, lambda connection: put_captions(connection, rows, "captions"))
    assert imported == Imported(59_405, 0)
    with store.reading() as connection:
        assert len(pool(connection)) == 59_405


def test_paths_of_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"creators\.csv"):
        parse_rows("a\n1\n", str(tmp_path / "creators.csv"), CreatorRow)
