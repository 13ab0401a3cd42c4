"""A creator's figures for tests: what a test changes, and the rest as the specification's worked example."""

from __future__ import annotations

from typing import Any

from schedsolve.model.audience import Content, Performance, Pool
from schedsolve.model.catalog import PageType
from schedsolve.model.week import Quota
from schedsolve.pipeline.volume.inputs import VolumeInputs

LOOKS = {
    "7d": {"saturation": 45, "opportunity": 62, "messages": 36},
    "14d": {"saturation": 45, "opportunity": 62, "messages": 75},
    "30d": {"saturation": 45, "opportunity": 62, "messages": 156},
}


def inputs(
    fans: int | None = 8500,
    page: str = "paid",
    performance: dict[str, Any] | None = None,
    content: dict[str, Any] | None = None,
    pools: dict[str, tuple[int, int]] | None = None,
    **more: Any,
) -> VolumeInputs:
    """Figures; `pools` holds captions and usable ones by send type."""
    return VolumeInputs(
        creator_id="alexia",
        page_type=PageType(page),
        fan_count=fans,
        week_start="2025-01-20",
        performance=Performance.model_validate(performance or {}),
        content=Content.model_validate(content or {}),
        pools={key: Pool(captions=held, usable=usable) for key, (held, usable) in (pools or {}).items()},
        **more,
    )


def split(quota: Quota) -> tuple[int, int, int]:
    """Revenue, engagement, retention."""
    return quota.revenue, quota.engagement, quota.retention
