"""A disk without any room: everything can still be looked at, and deleting works and makes room."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import crate, people, spare
from uncaged.archive.database import Archive, open_archive
from uncaged.archive.files import Files
from uncaged.core.clock import SystemClock
from uncaged.core.errors import DiskFull
from uncaged.core.settings import Settings
from uncaged.studio.studio import open_studio

FILM = 300_000


def quick(home: Path) -> Settings:
    return Settings(home=home, fsync=False, busy_seconds=5)


def fill(disk: Path) -> None:
    """Not a byte is left."""
    with (disk / "ballast").open("wb", buffering=0) as out:
        while True:
            try:
                out.write(b"x" * 4096)
            except OSError:
                return


@pytest.fixture
def home(roomy_disk: Path, make_world: Callable[[str], Any]) -> Settings:
    """A home with three works on a disk that is full by now; nobody has it open."""
    world = make_world("disk/home")
    noise = random.Random(1)
    for name in ("one", "two", "three"):
        world.make(name * 10, content=noise.randbytes(FILM))
    world.archive.close()
    assert spare.is_there(world.home)
    fill(roomy_disk)
    return world.settings


def texts(settings: Settings) -> list[str]:
    with open_studio(settings=settings, looking=True) as studio:
        return [work.score.text[:3] for work in studio.works()]


def test_it_can_be_looked_at(home: Settings, tmp_path: Path) -> None:
    before = home.database.read_bytes()
    for _ in range(2):
        assert texts(home) == ["thr", "two", "one"]
    with open_studio(settings=home, looking=True) as studio:
        assert studio.work("latest").path.stat().st_size == FILM
        assert studio.work("latest").run.state == "completed"
        out = crate.export_studio(studio.archive, studio.files, tmp_path / "export")
    assert (out.works, out.files) == (3, 3)
    assert home.database.read_bytes() == before
    assert spare.is_there(home.home)


def test_it_can_be_looked_at_with_a_log_that_a_killed_process_left(
    roomy_disk: Path, make_world: Callable[[str], Any]
) -> None:
    """What stands only in the write-ahead log counts, with and without the index beside it."""
    world = make_world("disk/home")
    world.make("one", content=b"one")
    log = world.settings.database.with_name("archive.sqlite3-wal")
    saved = log.read_bytes()
    database = world.settings.database.read_bytes()
    world.archive.close()
    world.settings.database.write_bytes(database)
    log.write_bytes(saved)
    assert saved and not log.with_name("archive.sqlite3-shm").exists()
    fill(roomy_disk)
    assert texts(world.settings) == ["one"]


def test_two_look_at_once(home: Settings) -> None:
    """Whoever looks alone lets go between two looks, so that others wait for a moment only."""
    with open_archive(home, SystemClock(), looking=True) as archive:
        with archive.read() as conn:
            assert people.owner(conn)
        assert texts(home) == ["thr", "two", "one"]


def test_deleting_makes_room(home: Settings, roomy_disk: Path) -> None:
    with open_studio(settings=home) as studio:
        work = studio.work("latest")
        path = work.path
        with pytest.raises(DiskFull, match="delete works"), studio.archive.write() as conn:
            people.add(conn, "guest", 1)
        studio.delete(work)
    assert not path.exists()
    assert texts(home) == ["two", "one"]
    assert shutil.disk_usage(roomy_disk).free > FILM * 0.8
    assert spare.is_there(home.home)
    fill(roomy_disk)
    with open_studio(settings=home) as studio:
        for _ in range(2):
            studio.delete(studio.work("latest"))
        assert studio.works() == ()
    assert shutil.disk_usage(roomy_disk).free > FILM
    with open_studio(settings=home) as studio, studio.archive.write() as conn:
        people.add(conn, "guest", 1)


def test_deleting_while_another_process_has_it_open(
    roomy_disk: Path, make_world: Callable[[str], Any]
) -> None:
    world = make_world("disk/home")
    work = world.make("one", content=random.Random(1).randbytes(FILM))
    fill(roomy_disk)
    with open_studio(settings=world.settings) as studio:
        studio.delete(studio.work(work.id))
        assert studio.works() == ()
    assert not world.store.path(work.media).exists()
    assert spare.is_there(world.home)


def test_without_spare_room_deleting_says_what_else_to_do(home: Settings) -> None:
    (home.home / spare.NAME).rename(home.home / "mine")
    with open_studio(settings=home) as studio:
        with pytest.raises(DiskFull) as caught:
            studio.delete(studio.work("latest"))
        assert "remove something else" in caught.value.hint
        assert "uncaged delete" not in caught.value.hint
        assert len(studio.works()) == 3


def test_spare_room_is_put_by_where_there_is_room(tmp_path: Path, small_disk: Path) -> None:
    small = Settings(home=small_disk / "home", fsync=False)
    open_archive(small, SystemClock()).close()
    assert not (small.home / spare.NAME).exists()
    large = Settings(home=tmp_path / "home", fsync=False)
    open_archive(large, SystemClock()).close()
    before = (large.home / spare.NAME).stat()
    assert before.st_size == spare.SIZE and before.st_blocks * 512 >= spare.SIZE
    open_archive(large, SystemClock()).close()
    assert (large.home / spare.NAME).stat().st_mtime_ns == before.st_mtime_ns
    (large.home / spare.NAME).unlink()
    open_archive(large, SystemClock(), looking=True).close()
    assert not (large.home / spare.NAME).exists()


def test_spare_room_is_never_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / spare.NAME).symlink_to(tmp_path / "mine")
    open_archive(Settings(home=tmp_path / "home", fsync=False), SystemClock()).close()
    assert (tmp_path / "mine").read_text() == "mine"


def test_another_disk_is_not_emptied_by_deleting_here(small_disk: Path, full: Any) -> None:
    full.make("large", content=b"x" * 1_500_000)
    with pytest.raises(DiskFull) as caught:
        crate.export_studio(full.archive, full.store, small_disk / "export")
    assert "uncaged delete" not in caught.value.hint and "another folder" in caught.value.hint


def test_a_steward_on_a_full_disk_forgets_no_epoch(small_disk: Path) -> None:
    store = Files(small_disk / "files", fsync=False)
    assert store.note_epoch(7)
    fill(small_disk)
    with pytest.raises(DiskFull):
        store.note_epoch(8)
    (small_disk / "ballast").unlink()
    assert not store.note_epoch(7) and store.unsure
    assert [path.name for path in store.root.glob(".keeping-*")] == []


LIMITED = """
import resource
import sys
from pathlib import Path
from uncaged.archive import people
from uncaged.archive.database import Archive, open_archive
from uncaged.core.clock import SystemClock
from uncaged.core.errors import UncagedError
from uncaged.core.settings import Settings

archive = open_archive(Settings(home=Path(sys.argv[1]), fsync=False), SystemClock())
limit = int(sys.argv[2])
with archive.write() as conn:
    for n in range(2000):
        people.add(conn, "guest", n, name="somebody with a long name " * 20)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
def write(conn_name="guest"):
    with archive.write() as conn:
        people.add(conn, conn_name, 1)
def look():
    with open_archive(Settings(home=Path(sys.argv[1])), SystemClock(), looking=True) as other:
        with other.read() as conn:
            people.owner(conn)
def free():
    archive.free(lambda conn: people.add(conn, "guest", 1))
def begin():
    open_archive(Settings(home=Path(sys.argv[1]) / "new"), SystemClock()).close()
steps = (archive.checkpoint, look, write, free, archive.replenish, begin, archive.close, look)
for step in steps:
    try:
        step()
        print(step.__name__, "went well")
    except UncagedError as error:
        print(step.__name__, type(error).__name__)
"""


@pytest.mark.parametrize("limit", [0, 3000, 40_000, 300_000])
def test_a_limit_on_the_size_of_files_is_said_in_words(tmp_path: Path, limit: int) -> None:
    """As under `ulimit -f`: every write beyond it fails with EFBIG, and no driver's error gets out."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), str(limit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "" and done.returncode == 0
    assert "checkpoint HomeUnusable" in done.stdout
    assert done.stdout.count("look went well") == 2


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    home = quick(small_disk / "home")
    store = Files(home.files)
    with open_archive(home, SystemClock()) as archive:
        sha = store.keep(b"the first film")
        with pytest.raises(DiskFull, match="Make room"):
            store.keep(b"x" * 2_000_000)
        assert [path.name for path in store.root.rglob("*") if path.is_file()] == [sha]
        (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))
        with pytest.raises(DiskFull, match="no room"):
            crowd(archive)
        (small_disk / "ballast").unlink()
        with archive.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM people").scalar_one() == 1
        with archive.write() as conn:
            people.add(conn, "guest", 1)
    assert store.verify(sha)


def crowd(archive: Archive) -> None:
    with archive.write() as conn:
        for n in range(3000):
            people.add(conn, "guest", n, name="somebody with a long name " * 20)


def test_a_disk_too_full_to_begin(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 8192))
    home = quick(small_disk / "home")
    with pytest.raises(DiskFull, match="no room"):
        open_archive(home, SystemClock())
    (small_disk / "ballast").unlink()
    open_archive(home, SystemClock()).close()
