"""Slots of memory: seen by those that are given them, gone with the last of them, and there for real."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from uncaged.core.errors import DiskFull
from uncaged.training.seedling import slots
from uncaged.training.seedling.slots import reserve, shared

LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has memory of nobody's folder"
)
WRITES = "import sys; open(sys.argv[1], 'r+b').write(b'from a child')"


def write(path: Path, handles: tuple[int, ...]) -> None:
    child = [sys.executable, "-c", WRITES, str(path)]
    subprocess.run(child, pass_fds=handles, check=True, timeout=30)


@LINUX
def test_memory_is_seen_by_all_and_lies_in_no_folder(tmp_path: Path) -> None:
    with shared(tmp_path, 2) as two:
        assert len(two.paths) == len(two.handles) == 2
        for path in two.paths:
            reserve(path, 1000)
        write(two.paths[1], two.handles)
        assert [path.read_bytes()[:4] for path in two.paths] == [bytes(4), b"from"]
        assert all("memfd" in str(path.readlink()) for path in two.paths)
        assert list(tmp_path.iterdir()) == []
    for handle in two.handles:
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(handle)


def test_without_such_memory_they_lie_in_the_legs_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(name: str) -> int:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "memfd_create", forbidden, raising=False)
    left = tmp_path / slots.FOLDER
    left.mkdir()
    (left / "7.slot").write_bytes(b"of a leg that was killed")
    with shared(tmp_path, 2) as two:
        assert two.handles == () and list(left.iterdir()) == []
        for path in two.paths:
            reserve(path, 1000)
        write(two.paths[0], two.handles)
        assert two.paths[0].read_bytes().startswith(b"from a child")
    assert list(tmp_path.iterdir()) == []


def test_who_learns_alone_needs_none(tmp_path: Path) -> None:
    with shared(tmp_path, 0) as none:
        assert none.paths == none.handles == ()


def test_what_is_reserved_has_no_holes(tmp_path: Path) -> None:
    path = tmp_path / "0.slot"
    path.write_bytes(b"older, and longer than that" * 100_000)
    reserve(path, 3_000_000)
    assert path.read_bytes() == bytes(3_000_000)
    assert path.stat().st_blocks * 512 >= 3_000_000


@pytest.mark.parametrize("error", [errno.EOPNOTSUPP, errno.EINVAL])
def test_where_room_cannot_be_reserved_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    def unknown(handle: int, start: int, size: int) -> None:
        raise OSError(error, "Not here")

    monkeypatch.setattr(os, "posix_fallocate", unknown, raising=False)
    reserve(tmp_path / "0.slot", 2_500_000)
    assert (tmp_path / "0.slot").read_bytes() == bytes(2_500_000)


@LINUX
def test_lack_of_room_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int, start: int, size: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(DiskFull, match="There is no room for the 34 MiB"):
        reserve(tmp_path / "0.slot", 34 << 20)
