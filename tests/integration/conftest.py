"""A small world for tests: an archive of its own, a clock that stands still until told, one person."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from uncaged.archive import people, runs, works
from uncaged.archive.database import Archive, open_archive
from uncaged.archive.files import Files, forget, note
from uncaged.archive.work import Work
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Picture, Score, Shot
from uncaged.core.settings import Settings


@dataclass
class HeldClock:
    """Microseconds that pass only one at a time, whenever somebody asks."""

    at: int = 1_700_000_000_000_000

    def now(self) -> int:
        self.at += 1
        return self.at

    def monotonic(self) -> float:
        return self.at / 1e6

    def sleep(self, seconds: float) -> None:
        self.at += int(seconds * 1e6)


def a_score(text: str = "a slow bird", pictures: tuple[str, ...] = (), **more: Any) -> Score:
    shot = Shot(text, 2.0, tuple(Picture(sha) for sha in pictures))
    return Score((shot,), more.pop("model", ModelRef("echo")), (64, 64), 12.0, 7, **more)


@dataclass
class World:
    """An open archive with its files, and the short way to a run or a work."""

    home: Path
    clock: HeldClock = field(default_factory=HeldClock)

    def __post_init__(self) -> None:
        self.settings = Settings(home=self.home, fsync=False, busy_seconds=5)
        self.archive: Archive = open_archive(self.settings, self.clock)
        self.store = Files(self.settings.files, fsync=False)
        with self.archive.read() as conn:
            self.me = people.owner(conn).id
        with self.archive.write() as conn:
            self.epoch = runs.raise_epoch(conn)

    def picture(self, content: bytes) -> str:
        """A picture's bytes, kept and noted."""
        sha = self.store.keep(content)
        with self.archive.write() as conn:
            note(conn, self.store, sha, "image/png", self.clock.now())
        return sha

    def ask(self, text: str = "a slow bird", **more: Any) -> runs.Run:
        """A run in line. `pictures`, `parents`, `model` go into its score, the rest into `Asked`."""
        parts = {key: more.pop(key) for key in ("pictures", "parents", "model") if key in more}
        asked = runs.Asked(
            more.pop("run_id", new_id("run")),
            new_id("work"),
            more.pop("person_id", self.me),
            a_score(text, **parts),
            **more,
        )
        with self.archive.write() as conn:
            return runs.ask(conn, asked, self.clock.now())

    def claim(self, run_id: str) -> runs.Run | None:
        with self.archive.write() as conn:
            return runs.claim(conn, run_id, self.epoch, self.clock.now())

    def kept(self, content: bytes = b"a film", **more: Any) -> runs.Kept:
        """What a performance of 24 frames brings."""
        facts: dict[str, Any] = {
            "media_sha": self.store.keep(content),
            "bytes": len(content),
            "mime": "video/mp4",
            "width": 64,
            "height": 64,
            "fps": 12.0,
            "frames": 24,
            "seconds": 2.0,
            "position": {"model": "echo", "genome": 1, "genes": {"hue": 0.5}, "seeds": {}},
            "recipe": {"echo": "1"},
            "understood": {"words": [["bird", "bird"]], "sentence": "a bird"},
            "measured_seconds": 0.5,
        }
        return runs.Kept(**facts | more)

    def complete(self, run: runs.Run, attempt: int | None = None, **more: Any) -> bool:
        kept = self.kept(**more)
        with self.archive.write() as conn:
            turn = run.attempt if attempt is None else attempt
            return runs.complete(conn, self.store, run.id, turn, kept, self.clock.now())

    def make(self, text: str = "a slow bird", content: bytes | None = None, **more: Any) -> Work:
        """A kept work, all the way."""
        run = self.ask(text, **more)
        assert self.claim(run.id) is not None
        assert self.complete(run, content=text.encode() if content is None else content)
        return self.work(run.work_id, run.person_id)

    def work(self, work_id: str | None, person_id: str | None = None) -> Work:
        assert work_id is not None
        with self.archive.read() as conn:
            return works.get(conn, person_id or self.me, work_id)

    def run(self, run_id: str) -> runs.Run:
        with self.archive.read() as conn:
            return runs.get(conn, run_id)

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self.archive.read() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(statement, values)]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables, to see that nothing changed."""
        names = [
            name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: self.rows(f'SELECT * FROM "{name}" ORDER BY 1, 2')
            for name in names
            if "_" not in name
        }


@pytest.fixture
def make_world(tmp_path: Path) -> Iterator[Callable[[str], World]]:
    made: list[World] = []

    def make(name: str) -> World:
        made.append(World(tmp_path / name))
        return made[-1]

    yield make
    for world in made:
        world.archive.close()


@pytest.fixture
def world(make_world: Callable[[str], World]) -> World:
    return make_world("home")


@pytest.fixture
def full(make_world: Callable[[str], Any]) -> Any:
    """A studio with a picture, two kept works, a deleted one, one in line, one in progress, one failed."""
    world = make_world("full")
    picture = world.picture(b"a picture")
    world.parent = world.make("a slow bird", pictures=(picture,))
    world.child = world.make("its child", parents=(world.parent.id,))
    world.gone = world.make("deleted", parents=(world.parent.id,))
    world.waiting, world.going, failed = world.ask("later"), world.ask("now"), world.ask("broken")
    world.claim(world.going.id)
    world.claim(failed.id)
    with world.archive.write() as conn:
        runs.fail(conn, failed.id, 1, "No paper left.", world.clock.now())
        gone = works.delete(conn, world.me, world.gone.id, world.clock.now())
    with world.archive.write() as conn:
        forget(conn, world.store, gone)
    return world


@pytest.fixture
def hub_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """A hub of models on this machine that has what lies in a folder: see `fake_hub.Hub`."""
    from huggingface_hub import constants

    place = Path(__file__).parents[1] / "fake_hub.py"
    spec = spec_from_file_location("fake_hub", place)
    assert spec is not None and spec.loader is not None
    fake = sys.modules.setdefault("fake_hub", module_from_spec(spec))
    spec.loader.exec_module(fake)
    servers: list[Any] = []

    def serve(folder: Path, **more: Any) -> Any:
        hub = fake.Hub.of(folder, **more)
        servers.append(fake.serve(hub))
        monkeypatch.setattr(constants, "ENDPOINT", hub.address)
        monkeypatch.setattr(
            constants,
            "HUGGINGFACE_CO_URL_TEMPLATE",
            hub.address + "/{repo_id}/resolve/{revision}/{filename}",
        )
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_HUB_DOWNLOAD_TIMEOUT", 5)
        monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 1000)
        monkeypatch.setattr("huggingface_hub.file_download.time.sleep", lambda seconds: None)
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        return hub

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, for tests that fill it or make it read-only."""
    yield from _mounted(tmp_path / "disk", "1m")


@pytest.fixture
def roomy_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes: enough for a home with spare room."""
    yield from _mounted(tmp_path / "disk", "4m")


def _mounted(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
    )
    if not done or done.returncode:
        why = f"A small disk cannot be mounted here: {done.stderr.strip() if done else 'no mount'}."
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@dataclass(frozen=True)
class Shelf:
    """A small twin of CogVideoX, and adapters of it, as files. Built once: nobody writes to them."""

    model: Path
    layers: dict[str, tuple[int, ...]]

    def adapter(self, path: Path, seed: int = 1, before: str = "transformer.", **said: str) -> Path:
        """Writes an adapter of rank 2 for every query and value."""
        chance = np.random.default_rng(seed)
        arrays: dict[str, Any] = {}
        for name, (high, wide) in self.layers.items():
            arrays[f"{before}{name}.lora_A.weight"] = chance.standard_normal((2, wide), np.float32)
            arrays[f"{before}{name}.lora_B.weight"] = chance.standard_normal((high, 2), np.float32)
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file(arrays, path, said)
        return path


@pytest.fixture(scope="session")
def cogvideox(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """See `Shelf`."""
    from uncaged.engines.diffusion.families import CogVideoX

    folder = tmp_path_factory.mktemp("cogvideox") / "small"
    CogVideoX().twin(folder, 4)
    shapes = CogVideoX().adaptable(folder)["transformer"]
    layers = {
        name.removesuffix(".weight"): shape
        for name, shape in shapes.items()
        if name.endswith(("to_q.weight", "to_v.weight"))
    }
    return Shelf(folder, layers)
