"""Kept files: whole or not at all, named by what they are."""

import errno
import os
import time
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.archive.files import Files, salted_name
from uncaged.core.errors import DiskFull, FileDamaged, HomeUnusable, NotFound


@pytest.fixture
def store(tmp_path: Path) -> Files:
    return Files(tmp_path / "files", fsync=False)


def everything(store: Files) -> list[str]:
    return sorted(path.name for path in store.root.rglob("*") if path.is_file())


def test_bytes_and_files_are_kept_under_their_sha256(store: Files, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"film" * 500_000)
    one, two = store.keep(b"film" * 500_000), store.keep(tmp_path / "film.mp4")
    assert one == two == sha256(b"film" * 500_000).hexdigest()
    assert store.path(one).read_bytes() == b"film" * 500_000
    assert store.path(one).parent.name == one[:2]
    assert everything(store) == [one]
    with store.open(one) as opened:
        assert opened.read(4) == b"film"


def test_keeping_again_heals_a_damaged_file(store: Files) -> None:
    sha = store.keep(b"a film")
    store.path(sha).write_bytes(b"a f1lm")
    assert not store.verify(sha)
    assert store.keep(b"a film") == sha
    assert store.verify(sha)


def test_nothing_is_visible_when_the_disk_is_full(
    store: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(b"before")
    before = everything(store)

    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DiskFull, match="Make room"):
        store.keep(b"after")
    assert everything(store) == before


def test_a_source_that_breaks_off_leaves_nothing(store: Files) -> None:
    def broken() -> object:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store._keep(broken())  # pyright: ignore
    assert everything(store) == []


def test_what_is_not_there(store: Files, tmp_path: Path) -> None:
    sha = sha256(b"never").hexdigest()
    assert not store.verify(sha)
    with pytest.raises(FileDamaged, match="missing"):
        store.open(sha)
    with pytest.raises(NotFound, match="cannot be read"):
        store.keep(tmp_path / "nothing.mp4")
    store.delete(sha)


def test_a_root_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("not a folder")
    with pytest.raises(HomeUnusable):
        Files(tmp_path / "files").keep(b"film")


@given(st.text(max_size=80))
def test_no_name_but_a_sha256_becomes_a_path(text: str) -> None:
    store = Files(Path("/nowhere"))
    with pytest.raises(NotFound):
        store.path(text)


@pytest.mark.parametrize("name", ["../" * 21 + "a", "A" * 64, "a" * 63 + "\n", "a" * 65, "/" * 64])
def test_names_that_look_like_one(name: str) -> None:
    with pytest.raises(NotFound):
        Files(Path("/nowhere")).path(name)


def test_sweeping_takes_old_leftovers_only(store: Files) -> None:
    known, left, young = store.keep(b"known"), store.keep(b"left"), store.keep(b"young")
    half = store.root / ".keeping-0123456789abcdef"
    half.write_bytes(b"ha")
    (store.root / "notes.txt").write_text("a person's own")
    (store.root / "ab").mkdir(exist_ok=True)
    (store.root / "ab" / "mine.txt").write_text("a person's own")
    for path in (store.path(known), store.path(left), half, store.root / "ab" / "mine.txt"):
        os.utime(path, (1, 1))
    old = list(store.leftovers(3600))
    assert {path.name for path in old} == {known, left, half.name}
    store.keep(b"known")
    assert store.clear(old, 3600) == (".keeping-0123456789abcdef", left)
    assert everything(store) == sorted([known, young, "notes.txt", "mine.txt"])


def test_keeping_makes_a_leftover_young_again(store: Files) -> None:
    sha = store.keep(b"film")
    os.utime(store.path(sha), (1, 1))
    store.keep(b"film")
    assert list(store.leftovers(3600)) == []


def test_when_the_last_sweep_was(store: Files) -> None:
    store.note_sweep()
    assert not store.root.exists() and not store.swept_within(3600)
    store.keep(b"film")
    store.note_sweep()
    assert store.swept_within(3600) and not store.swept_within(0)
    for moment in (time.time() - 3601, time.time() + 9999):
        os.utime(store.root / ".swept", (moment, moment))
        assert not store.swept_within(3600)


@pytest.mark.parametrize("spoil", ["missing", "a folder"])
def test_bytes_that_the_disk_does_not_give(store: Files, spoil: str) -> None:
    sha = store.keep(b"film")
    assert b"".join(store.chunks(sha)) == b"film"
    store.path(sha).unlink()
    if spoil == "a folder":
        store.path(sha).mkdir()
    with pytest.raises(FileDamaged):
        list(store.chunks(sha))


def test_the_order_of_keeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write, wait for the disk, take the name, wait for the folder: nothing else survives a power cut."""
    seen: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def watch_fsync(handle: int) -> None:
        name = Path(f"/proc/self/fd/{handle}").readlink().name
        seen.append("fsync " + ("temporary" if name.startswith(".keeping-") else name))
        fsync(handle)

    def watch_replace(self: Path, target: Path) -> Path:
        seen.append("rename")
        return replace(self, target)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("Needs /proc to see which file is meant.")
    monkeypatch.setattr(os, "fsync", watch_fsync)
    monkeypatch.setattr(Path, "replace", watch_replace)
    sha = Files(tmp_path / "files").keep(b"film")
    assert seen == ["fsync temporary", "fsync files", "rename", f"fsync {sha[:2]}"]


def test_a_salted_name_says_nothing_without_its_salt() -> None:
    sha = sha256(b"a prompt that can be guessed").hexdigest()
    assert salted_name(sha, "a") != salted_name(sha, "b")
    assert len(salted_name(sha, "a")) == 64
