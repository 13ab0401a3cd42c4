"""What happened and why, and which requests were answered already."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from .base import json, moment, number, one_of, table, words

RECORD_KINDS = (
    "run",
    "stage",
    "operation",
    "error",
    "degradation",
    "validation",
    "output",
    "decision",
)
SEVERITIES = ("critical", "high", "medium", "low", "info")

audit_trail = table(
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
    one_of("record_kind", RECORD_KINDS),
    one_of("severity", SEVERITIES),
    UniqueConstraint("generation_id", "seq"),
)

idempotency_keys = table(
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
