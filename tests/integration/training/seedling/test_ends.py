"""Whatever is killed, whenever: no process stays behind, nothing half-written, and the next one goes on."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import DiskFull
from uncaged.engines.seedling.codec import Codec
from uncaged.training.seedling import chores, export, model_card
from uncaged.training.seedling.checkpoint import latest
from uncaged.training.seedling.opening import Files
from uncaged.training.seedling.progress import records
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.slots import reserve
from uncaged.training.seedling.store import Root, drawn_store
from uncaged.training.seedling.training import train

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

LONG = 10**9
"""Samples that no test waits for."""

Process = subprocess.Popen[bytes]


def words_of(files: Files, out: Path, samples: int, *more: str) -> list[str]:
    changes = {"size": "tiny", "frames_a_step": 4, "samples": samples, "gossip_every": 2}
    changes |= {"precision": "fp32", "save_steps": 8}
    command = [sys.executable, "-m", "uncaged.training.seedling.leg", str(out), "--world=2"]
    command += [f"--store={files.store}", f"--codec={files.codec}", *more]
    return [*command, *(f"--set={name}={value}" for name, value in changes.items())]


Begins = Callable[..., Process]
"""Begins a leg: its folder, its samples, and what else is said."""


@pytest.fixture
def leg(files: Files) -> Iterator[Begins]:
    begun: list[Process] = []

    def begin(out: Path, samples: int, *more: str, **pipes: Any) -> Process:
        begun.append(subprocess.Popen(words_of(files, out, samples, *more), **pipes))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def alive(*words: str) -> list[int]:
    """Processes whose command says all these words."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = path.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if all(word in said for word in words):
            found.append(int(path.parent.name))
    return found


def children(pid: int) -> list[int]:
    """All that it started, and they in turn."""
    try:
        own = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return own + [further for one in own for further in children(one)]


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(what: Callable[[], object], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < ends, "it does not come"
        time.sleep(0.01)


def said(out: Path, what: str) -> list[dict[str, Any]]:
    return [record for record in records(out) if record["what"] == what]


def rests(out: Path) -> list[str]:
    """What is half-written, or of a leg that is at work."""
    return sorted(p.name for p in out.rglob("*") if p.name == "pid" or ".unfinished" in p.name)


def test_workers_whose_leader_is_killed_while_they_start_are_gone_at_once(
    leg: Begins, tmp_path: Path
) -> None:
    leader = leg(tmp_path, LONG)
    until(lambda: len(alive(str(tmp_path), "--rank=0") + alive(str(tmp_path), "--rank=1")) == 2)
    leader.kill()
    leader.wait()
    until(lambda: not alive(str(tmp_path)), 10)
    assert records(tmp_path) == [], "none of them has begun to learn"


def test_a_leg_whose_leader_is_killed_keeps_and_ends_before_the_next_begins(
    leg: Begins, tmp_path: Path
) -> None:
    leader = leg(tmp_path, LONG)
    until(lambda: said(tmp_path, "kept"))
    leader.kill()
    leader.wait()
    again = leg(tmp_path, 1, "--accept-changes")
    assert again.wait(60) == 0
    assert not alive(str(tmp_path))
    what = [record["what"] for record in records(tmp_path)]
    assert what.index("ended") < what.index("begun", 1), "the next one waits"
    ended, begun = said(tmp_path, "ended")[0], said(tmp_path, "begun")[1]
    assert ended["why"] == "stopped" and ended["step"] == begun["step"]
    found = latest(tmp_path)
    assert found is not None and found.step == ended["step"] and rests(tmp_path) == []


def test_a_process_that_dies_ends_the_leg_in_words_and_with_a_checkpoint(
    leg: Begins, tmp_path: Path
) -> None:
    leader = leg(tmp_path, LONG, stderr=subprocess.PIPE)
    until(lambda: said(tmp_path, "kept"))
    os.kill(alive(str(tmp_path), "--rank=1")[0], signal.SIGKILL)
    _, words = leader.communicate(timeout=60)
    assert leader.returncode == 1 and not alive(str(tmp_path))
    assert b"Process 2 of the leg was killed by signal 9" in words and b"memory" in words
    assert [record["process"] for record in said(tmp_path, "lost")] == [1]
    ended, found = said(tmp_path, "ended")[0], latest(tmp_path)
    assert found is not None and found.step == ended["step"] and rests(tmp_path) == []


def test_the_first_process_is_missed_too(leg: Begins, tmp_path: Path) -> None:
    leader = leg(tmp_path, LONG, stderr=subprocess.PIPE)
    until(lambda: said(tmp_path, "begun"))
    os.kill(alive(str(tmp_path), "--rank=0")[0], signal.SIGKILL)
    _, words = leader.communicate(timeout=60)
    assert leader.returncode == 1 and b"Process 1 of the leg was killed by signal 9" in words
    assert [record["process"] for record in said(tmp_path, "lost")] == [0]


def test_what_one_process_refuses_is_said_by_it_alone(leg: Begins, tmp_path: Path) -> None:
    wrong = ["--start", str(tmp_path / "nowhere")]
    refused = leg(tmp_path, 8, *wrong, stderr=subprocess.PIPE)
    _, words = refused.communicate(timeout=60)
    assert refused.returncode == 2 and b"no checkpoint" in words and not said(tmp_path, "lost")


@pytest.fixture
def drawing(tmp_path: Path) -> Iterator[tuple[Process, list[int]]]:
    """The chore that draws films, in the middle of it, and all processes that it has started."""
    store = tmp_path / "drawings" / "seedling"
    ask = {"films": 20_000, "drawings": "one", "codec": str(tmp_path / "codec.npz"), "processes": 2}
    words = [str(os.getpid()), "draw", json.dumps(ask | {"store": str(store)})]
    command = [sys.executable, "-m", "uncaged.training.seedling.chores", *words]
    process = subprocess.Popen(command)
    drawn = store.with_name(".seedling.unfinished") / "latents.npy"
    until(lambda: drawn.exists() and drawn.stat().st_size > 10**6)
    yield process, children(process.pid)
    process.kill()
    process.wait()


def test_told_to_end_while_films_are_drawn_nothing_stays(
    drawing: tuple[Process, list[int]], tmp_path: Path
) -> None:
    process, workers = drawing
    assert len(workers) == 3, "two that draw, and what multiprocessing cleans up by"
    process.terminate()
    assert process.wait(20) == 128 + signal.SIGTERM
    until(lambda: not any(running(pid) for pid in workers), 10)
    assert rests(tmp_path) == []


def test_killed_while_films_are_drawn_no_worker_stays_and_the_next_one_sweeps(
    drawing: tuple[Process, list[int]], tmp_path: Path
) -> None:
    process, workers = drawing
    process.kill()
    process.wait()
    until(lambda: not any(running(pid) for pid in workers), 10)
    assert rests(tmp_path) == [".seedling.unfinished"]
    codec = Codec.shipped()
    drawn_store(tmp_path / "drawings" / "others", Root(0, 1, "train", codec.hash), codec)
    assert rests(tmp_path) == []


def test_a_model_is_whole_or_not_there(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its card is, all is: whatever ends the writing between two of its files."""
    leg, model = tmp_path / "training" / "frames", tmp_path / "training" / "model"
    train(Recipe(size="tiny", samples=2, frames_a_step=2, precision="fp32"), files, leg)
    ask = {"name": "mine", "leg": str(leg), "legs": [str(leg)], "judged": "", "out": str(model)}
    ask |= {"store": str(files.store), "codec": str(files.codec)}

    def weights(folder: Path, *_: Any, **__: Any) -> None:
        folder.mkdir()
        (folder / "weights-1.safetensors").write_bytes(b"many")

    def stopped(said: Any) -> str:
        raise SystemExit(143)

    monkeypatch.setattr(export, "export", weights)
    with monkeypatch.context() as patched:
        patched.setattr(model_card, "markdown", stopped)
        with pytest.raises(SystemExit):
            chores._export(ask)
    assert [path.name for path in model.parent.iterdir()] == ["frames"]
    for _ in range(2):  # once more takes the place of the first
        chores._export(ask)
        names = {path.name for path in model.iterdir()}
        assert names == {"card.json", "card.md", "data.json", "weights-1.safetensors"}
    assert sorted(path.name for path in model.parent.iterdir()) == ["frames", "model"]


def test_a_leg_needs_no_room_where_containers_have_little(files: Files, tmp_path: Path) -> None:
    """With a /dev/shm of 64 kilobytes two processes learn all the same."""
    small = "mount -t tmpfs -o size=64k tmpfs /dev/shm && touch /dev/shm/small"
    unshare = shutil.which("unshare")
    mounted = unshare and subprocess.run([unshare, "-m", "sh", "-c", small], capture_output=True)
    if not unshare or not mounted or mounted.returncode:
        pytest.skip("nothing can be mounted here")
    run = [unshare, "-m", "sh", "-c", f'{small} && exec "$@"', "leg"]
    run += words_of(files, tmp_path, 80)
    assert subprocess.run(run, timeout=60, check=False).returncode == 0
    assert said(tmp_path, "ended")[0]["why"] == "done"


def test_a_full_disk_is_a_sentence_and_no_signal(small_disk: Path) -> None:
    with pytest.raises(DiskFull, match="There is no room for the 2 MiB"):
        reserve(small_disk / "0.slot", 2 << 20)
