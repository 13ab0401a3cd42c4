"""Passwords stay where they are."""

from __future__ import annotations

import logging
import traceback

import pytest

from schedsolve.errors import StoreError
from schedsolve.store.address import VARIABLE, address_of, redacted, told
from schedsolve.store.engine import open_store
from schedsolve.store.resilience import Retries

URL = "postgresql://dana:hun%3At3r2@127.0.0.1:9/weeks?sslpassword=hunt3r2"


def test_a_store_is_shown_without_its_password() -> None:
    with open_store(URL) as store:
        for shown in (repr(store), str(store), f"{store}", told(store.url)):
            assert "t3r2" not in shown
            assert "dana:***@127.0.0.1" in shown or "***@127.0.0.1" in shown


def test_a_failure_tells_where_but_not_how(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with open_store(URL) as store, pytest.raises(StoreError) as failed:
        store.read(lambda connection: connection.scalar, Retries(0))
    whole = "".join(traceback.format_exception(failed.value)) + caplog.text
    assert "t3r2" not in whole
    assert "127.0.0.1" in str(failed.value)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://dana:hunter2@db/x",
        "postgresql+psycopg://dana:hunter2@db:5432/x?connect_timeout=3",
        "could not connect: host=db user=dana password=hunter2 dbname=x",
        "password='hunter2 and more' host=db",
        "postgresql://db/x?user=dana&password=hunter2&sslmode=require",
    ],
)
def test_text_is_cleaned(text: str) -> None:
    assert "hunter2" not in redacted(text)


@pytest.mark.parametrize("text", ["at 20:22 @home", "https://example.org/a:b", "no secret here", "sqlite:///week.db"])
def test_other_text_is_left_alone(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://dana:hunter2@db/x", "cannot be mysql"),
        ("://hunter2", "not a URL"),
        ("postgresql://dana:hunter2@db:port/x", "not a URL"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("/no/such/folder/week.db", "does not exist"),
    ],
)
def test_what_cannot_be_a_store_is_told_without_secrets(address: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as refused:
        open_store(address)
    assert "hunter2" not in "".join(traceback.format_exception(refused.value))


def test_the_address_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "postgres://dana@db/weeks")
    assert address_of().drivername == "postgresql+psycopg"
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(StoreError, match="give --db or set SCHEDSOLVE_DB"):
        address_of()


def test_a_bare_path_is_a_file() -> None:
    assert str(address_of("weeks.db")) == "sqlite:///weeks.db"
