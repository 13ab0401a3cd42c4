from __future__ import annotations

import os
import stat
from pathlib import Path

import click
import pytest

from schedsolve.cli.saving import Destination


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        Destination.of(tmp_path / "plan.json").save(b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "plan.json").stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    path.chmod(0o600)
    Destination.of(path).save(b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_trying_out_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(b"old")
    Destination.of(tmp_path / "plan.json")
    assert (tmp_path / "plan.json").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_failure_while_writing_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    destination = Destination.of(path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        destination.save(b"new")
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real.json")
    Destination.of(tmp_path / "link.json").save(b"new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


def test_a_device_is_written_to_not_replaced() -> None:
    Destination.of(Path(os.devnull)).save(b"new")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", ["absent/plan.json", ".", "nul\0byte", "x" * 300])
def test_what_cannot_be_written_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(click.BadParameter, match="cannot write"):
        Destination.of(tmp_path / name)
