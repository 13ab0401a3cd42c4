"""What tests of weeks ask for, in how short a search, and which steps they put in place of real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from schedsolve.model.plan import Plan
from schedsolve.solver.search import BUDGETS, Budget
from schedsolve.store.engine import Store
from schedsolve.store.tables import metadata
from schedsolve.weekly.steps import STEPS, Steps
from schedsolve.weekly.tools import Tools
from schedsolve.weekly.wanted import Wanted

NOW = datetime(2025, 1, 18, 12, tzinfo=UTC)
"""A Saturday."""
MONDAY = date(2025, 1, 20)


@contextmanager
def brief() -> Iterator[None]:
    """Effort `quick` ends at once: enough for a plan."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(BUDGETS, "quick", Budget(moves=1, improve=0.01, bound=0.0))
        yield


def wanted(creator_id: str = "dana", as_of: datetime = NOW, **changes: Any) -> Wanted:
    """A week planned in the shortest of searches."""
    return replace(Wanted(creator_id, as_of, effort="quick", time_limit=None), **changes)


def ready(plan: Plan) -> Callable[..., Plan]:
    """A way to solve that has the plan already, without content."""
    bare = plan.model_copy(update={"items": tuple(map(_bare, plan.items)), "warnings": ()})
    return lambda _scenario, **_options: bare


def _bare(item: Any) -> Any:
    content = ("caption_id", "caption_text", "content_type_id", "media_type", "flyer_required", "suggested_price")
    more = ("caption_status", "caption_level", "caption_scores", "needs_caption", "vault_warning", "campaign_goal")
    return item.model_copy(update={**dict.fromkeys((*content, *more, "estimated_revenue")), "warnings": ()})


def with_steps(plan: Plan, **steps: Any) -> Tools:
    """Tools with the plan at hand, and other ways to do the steps that are named."""
    changed: Steps = replace(STEPS, **{"solve": ready(plan), **steps})
    return Tools(steps=changed)


def counts(store: Store) -> dict[str, int]:
    """Rows of every table but the audit trail and the claims."""
    with store.reading() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
            if table.name not in ("audit_trail", "idempotency_keys")
        }
