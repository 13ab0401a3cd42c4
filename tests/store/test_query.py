"""Free questions: one SELECT, that reads, in time."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from schedsolve.errors import StoreError
from schedsolve.store.audit_trail import Record, record
from schedsolve.store.engine import Store
from schedsolve.store.errors import OperationTimeoutError, QueryRefusedError
from schedsolve.store.query import query

from .weeks import add_creator, counts

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"


def test_rows_come_with_the_names_of_their_columns(store: Store) -> None:
    add_creator(store)
    answer = query(store, "SELECT creator_id AS id, page_type FROM creators WHERE creator_id = :id", {"id": "alexia"})
    assert answer.records() == [{"id": "alexia", "page_type": "paid"}]
    assert not answer.more


def test_no_more_rows_than_asked_for(store: Store) -> None:
    answer = query(store, "SELECT send_type_key FROM send_types", most=5)
    assert (len(answer.rows), answer.more) == (5, True)


@pytest.mark.parametrize(
    "text",
    [
        "DELETE FROM creators",
        "UPDATE creators SET page_type = 'free'",
        "SELECT 1; DELETE FROM creators",
        "SELECT 1; SELECT 2",
        "/* SELECT */ DROP TABLE creators",
        "-- SELECT\nDELETE FROM creators",
        "PRAGMA query_only = OFF",
        "ATTACH 'x.db' AS x",
        "VACUUM",
        "BEGIN",
        "",
        "WITH gone AS (DELETE FROM creators RETURNING 1) SELECT * FROM gone",
        "WITH x AS (SELECT 1) INSERT INTO channels VALUES ('x', 1)",
        "SELECT nothing FROM creators",
        "SELECT FROM WHERE",
    ],
)
def test_everything_but_one_select_is_refused(store: Store, text: str) -> None:
    add_creator(store)
    before = counts(store)
    with pytest.raises(QueryRefusedError):
        query(store, text)
    assert counts(store) == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ';' AS a",
        "SELECT 'it''s; fine' AS a;",
        "select 1 as a -- ; no more",
        "WITH x AS (SELECT 1 AS a) SELECT * FROM x",
    ],
)
def test_what_looks_like_more_but_is_one_select_is_answered(store: Store, text: str) -> None:
    assert query(store, text).columns == ("a",)


def test_an_endless_question_ends(store: Store) -> None:
    with pytest.raises(OperationTimeoutError, match="took too long"):
        query(store, ENDLESS, seconds=0.2)
    assert query(store, "SELECT 1 AS a").rows == ((1,),)


def test_an_audit_trail_only_grows(store: Store) -> None:
    record(store, "run", None, [Record("run")])
    for statement in ("UPDATE audit_trail SET stage = 'x'", "DELETE FROM audit_trail"):
        with pytest.raises((StoreError, DBAPIError), match="only grows"), store.writing() as connection:
            connection.execute(text(statement))
    assert counts(store)["audit_trail"] == 1
