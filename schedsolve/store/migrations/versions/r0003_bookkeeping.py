"""The audit trail, which only grows, and the answered requests."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from schedsolve.store.migrations.steps import create, drop, may_change, only_grows
from schedsolve.store.tables.base import json, moment, number, one_of, words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    create(
        "audit_trail",
        number("audit_id", primary_key=True),
        words("generation_id"),
        number("seq"),
        words("creator_id", nullable=True),
        moment("recorded_at"),
        words("record_kind"),
        words("stage", nullable=True),
        words("severity"),
        json("payload"),
        one_of(
            "record_kind", ("run", "stage", "operation", "error", "degradation", "validation", "output", "decision")
        ),
        one_of("severity", ("critical", "high", "medium", "low", "info")),
        UniqueConstraint("generation_id", "seq"),
    )
    create(
        "idempotency_keys",
        words("idempotency_key", primary_key=True),
        words("operation"),
        words("request_hash"),
        words("state"),
        words("holder"),
        json("result", nullable=True),
        moment("claimed_at"),
        moment("lease_until_at"),
        moment("expires_at", index=True),
        one_of("state", ("in_progress", "completed")),
    )
    only_grows("audit_trail")


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    may_change("audit_trail")
    drop("idempotency_keys", "audit_trail")
