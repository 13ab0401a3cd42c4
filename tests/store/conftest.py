from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schedsolve.store.engine import Store, open_store
from schedsolve.store.migrate import upgrade

from .databases import VARIABLE, answers, clean, database, text_of

KINDS = ("sqlite", "postgresql")
NewUrl = Callable[[str], str]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    with open_store(str(path)) as store:
        upgrade(store)
    return path


@pytest.fixture(scope="session")
def shared_database() -> Iterator[str]:
    """The URL of a database with all tables, for one test after the other."""
    if not answers():
        pytest.skip(f"no PostgreSQL server answers; set {VARIABLE} to the URL of one")
    with database() as url:
        with open_store(text_of(url)) as store:
            upgrade(store)
        yield text_of(url)


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """The URL of a migrated database of a kind, without any row but the catalog's."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            path = tmp_path / "store.db"
            shutil.copy(request.getfixturevalue("migrated_file"), path)
            return f"sqlite:///{path}"
        shared: str = request.getfixturevalue("shared_database")
        clean(shared)
        return shared

    return make


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Both kinds of database."""
    return str(request.param)


@pytest.fixture
def url(kind: str, new_url: NewUrl) -> str:
    """The URL of a store with all tables."""
    return new_url(kind)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store with all tables, without any creator."""
    with open_store(url) as opened:
        yield opened
