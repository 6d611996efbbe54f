"""The store: films of one root, drawn once; another root, half a store and strangers' files are told apart."""

import json
import time
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from uncaged.core.errors import AskedWrong, DiskFull, Failed, FileDamaged
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import holds_out, names
from uncaged.training.seedling import placing
from uncaged.training.seedling import store as stores
from uncaged.training.seedling.clips import clip
from uncaged.training.seedling.coding import chunks, coded
from uncaged.training.seedling.fitting import codec_of, moments
from uncaged.training.seedling.store import Root, drawn_store, opened


@pytest.fixture(scope="module")
def codec() -> Codec:
    return codec_of(*moments(clip(seed).frames for seed in range(20)), 32)


def test_a_store_holds_what_its_seeds_draw(tmp_path: Path, codec: Codec) -> None:
    root, heard = Root(40, 3, "train", codec.hash), list[int]()
    store = drawn_store(tmp_path / "films", root, codec, processes=1, told=heard.append)
    assert heard == [3]
    assert store.latents.shape == (3, 8, 16, 16, 32) and store.latents.dtype == np.float16
    film = clip(42)
    np.testing.assert_array_equal(store.latents[2], codec.encode(film.frames).astype(np.float16))
    assert names(store.labels[2]) == film.names
    again = drawn_store(tmp_path / "films", root, codec, processes=1, told=heard.append)
    assert heard == [3], "it is drawn once"
    np.testing.assert_array_equal(again.labels, store.labels)
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith(".")) == ["films"]


def test_workers_draw_the_same_as_one_process(
    codec: Codec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uncaged.training.seedling.coding.CHUNK", 3)
    some = range(90, 98)
    alone, together = coded(some, codec, processes=1), coded(some, codec, processes=2)
    np.testing.assert_array_equal(alone[0], together[0])
    np.testing.assert_array_equal(alone[1], together[1])
    held, said = coded(some[:3], codec, split="held", processes=1)
    assert len(held) == 3 and all(holds_out(names(row)) for row in said)


def test_films_of_another_root_are_refused_and_both_are_named(tmp_path: Path, codec: Codec) -> None:
    root, other = Root(0, 2, "train", codec.hash), Root(7, 2, "train", codec.hash)
    drawn_store(tmp_path / "films", root, codec, processes=1)
    with pytest.raises(AskedWrong) as refused:
        drawn_store(tmp_path / "films", other, codec, processes=1)
    assert root.hash[:12] in refused.value.message and other.hash[:12] in refused.value.message
    assert "first 0, not 7" in refused.value.message
    hashes = {
        root.hash,
        other.hash,
        Root(0, 2, "held", codec.hash).hash,
        Root(0, 2, "train", "").hash,
    }
    assert len(hashes) == 4


def test_half_a_store_is_no_store(
    tmp_path: Path, codec: Codec, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, folder = Root(0, 2, "train", codec.hash), tmp_path / "films"
    left = tmp_path / ".films.unfinished"
    left.mkdir()
    (left / "latents.npy").write_bytes(b"half")
    with pytest.raises(AskedWrong, match="no folder of drawn films"):
        opened(left, root, codec)

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(stores, "chunks", dies)
        with pytest.raises(KeyboardInterrupt):
            drawn_store(folder, root, codec, processes=1)
    assert not folder.exists() and not left.exists()
    drawn_store(folder, root, codec, processes=1)
    data = (folder / "latents.npy").read_bytes()
    (folder / "latents.npy").write_bytes(data[:-9])
    with pytest.raises(FileDamaged, match="latents"):
        opened(folder, root, codec)


@pytest.mark.parametrize("record", [None, b"", b'{"root": {"fir'], ids=["lost", "empty", "half"])
def test_a_store_whose_record_cannot_be_read_is_drawn_again(
    tmp_path: Path, codec: Codec, record: bytes | None
) -> None:
    root, folder, heard = Root(0, 2, "train", codec.hash), tmp_path / "films", list[int]()
    drawn_store(folder, root, codec, processes=1)
    (folder / "store.json").unlink()
    if record is not None:
        (folder / "store.json").write_bytes(record)
    (folder / "notes.txt").write_text("somebody's")
    with pytest.raises(AskedWrong, match="no folder of drawn films"):
        drawn_store(folder, root, codec, processes=1, told=heard.append)
    (folder / "notes.txt").unlink()
    store = drawn_store(folder, root, codec, processes=1, told=heard.append)
    assert heard == [2] and store.root == root


def test_a_record_of_another_version_is_refused_and_stays(tmp_path: Path, codec: Codec) -> None:
    root, folder = Root(0, 2, "train", codec.hash), tmp_path / "films"
    drawn_store(folder, root, codec, processes=1)
    newer = json.dumps({"root": {"colour": 3}})
    (folder / "store.json").write_text(newer)
    with pytest.raises(AskedWrong, match="no folder of drawn films"):
        drawn_store(folder, root, codec, processes=1)
    assert (folder / "store.json").read_text() == newer


def test_all_of_a_store_is_brought_to_the_disk(
    tmp_path: Path, codec: Codec, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    monkeypatch.setattr(placing, "to_disk", lambda path: synced.append(path.name))
    drawn_store(tmp_path / "films", Root(0, 1, "train", codec.hash), codec, processes=1)
    assert {"store.json", "latents.npy", "labels.npy", tmp_path.name} <= set(synced)


def test_what_kills_left_half_drawn_is_swept_and_what_is_being_drawn_is_not(
    tmp_path: Path, codec: Codec
) -> None:
    for name in ("older", "drawn-now"):
        (tmp_path / f".{name}.unfinished").mkdir()
        (tmp_path / f".{name}.unfinished" / "latents.npy").write_bytes(b"half")
    with FileLock(tmp_path / ".drawn-now.lock"):
        drawn_store(tmp_path / "films", Root(0, 1, "train", codec.hash), codec, processes=1)
    assert [path.name for path in tmp_path.glob(".*.unfinished")] == [".drawn-now.unfinished"]


def test_workers_end_where_nobody_wants_more_films(
    codec: Codec, monkeypatch: pytest.MonkeyPatch
) -> None:
    films = chunks(range(10**6), codec, processes=2)
    monkeypatch.setattr("uncaged.training.seedling.coding.CHUNK", 1)
    next(films)
    monkeypatch.setattr("uncaged.training.seedling.coding.CHUNK", 2_000)
    for _ in range(2):  # of those that were begun before
        next(films)
    began = time.monotonic()
    films.close()
    assert time.monotonic() - began < 10 and not active_children()


def test_a_worker_that_is_killed_is_missed_in_words(codec: Codec) -> None:
    films = chunks(range(10**6), codec, processes=2)
    next(films)
    for worker in active_children():
        worker.kill()
    with pytest.raises(Failed, match="ended before its work"):
        list(films)
    assert not active_children()


def test_films_of_another_ink_are_refused(tmp_path: Path, codec: Codec) -> None:
    root, folder = Root(0, 2, "train", codec.hash), tmp_path / "films"
    store = drawn_store(folder, root, codec, processes=1)
    path = folder / "latents.npy"
    np.save(path, np.asarray(store.latents)[::-1].copy())
    with pytest.raises(AskedWrong, match="another ink"):
        opened(folder, root, codec)


def test_without_room_nothing_is_drawn(
    tmp_path: Path, codec: Codec, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Root(0, 10**12, "train", codec.hash)
    with pytest.raises(DiskFull, match="free"):
        drawn_store(tmp_path / "films", root, codec)
    assert not (tmp_path / "films").exists()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores, "_write", full)
    with pytest.raises(DiskFull, match="No space left"):
        drawn_store(tmp_path / "films", Root(0, 2, "train", codec.hash), codec)
    assert [p.name for p in tmp_path.iterdir()] == [".films.lock"]


def test_strangers_files_are_no_store(tmp_path: Path, codec: Codec) -> None:
    root = Root(0, 2, "train", codec.hash)
    (tmp_path / "store.json").write_text(json.dumps({"root": {"colour": 3}}))
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(AskedWrong, match="no folder of drawn films"):
            opened(folder, root, codec)
    with pytest.raises(AskedWrong, match="coded by"):
        drawn_store(tmp_path / "films", Root(0, 2, "train", "another"), codec)
