from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from schedsolve.store.engine import Store, open_store
from schedsolve.weekly.demo import make_demo
from schedsolve.weekly.next_week import next_week
from schedsolve.weekly.week_made import WeekMade

from .weeks import NOW, brief, wanted


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demo in it, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "store.db"
    with open_store(str(path)) as store:
        make_demo(store, NOW)
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own with the demo in it."""
    path = tmp_path / "store.db"
    shutil.copy(demo_file, path)
    with open_store(str(path)) as store:
        yield store


@pytest.fixture(scope="session")
def kept_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, WeekMade]:
    """A store in which dana's first week is kept, and that week as it was made."""
    path = tmp_path_factory.mktemp("kept") / "store.db"
    shutil.copy(demo_file, path)
    with brief(), open_store(str(path)) as store:
        return path, next_week(store, wanted())


@pytest.fixture
def kept(kept_file: tuple[Path, WeekMade], tmp_path: Path) -> Iterator[Store]:
    """A store of one's own in which dana's first week is kept."""
    path = tmp_path / "kept.db"
    shutil.copy(kept_file[0], path)
    with open_store(str(path)) as store:
        yield store


@pytest.fixture
def made(kept_file: tuple[Path, WeekMade]) -> WeekMade:
    """Dana's first week as it was made."""
    return kept_file[1]
