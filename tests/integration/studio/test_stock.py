"""The stock: drawn while nobody waits, whole or not at all, bounded, and never missed when it is gone."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from PIL import Image

from uncaged.core.errors import NotFound
from uncaged.core.media import film_facts
from uncaged.core.score import Score
from uncaged.core.settings import Settings
from uncaged.studio import growing, stocking, twelve
from uncaged.studio.stock import Reference, Stock
from uncaged.studio.studio import Studio, open_studio

ROOM = 10**9


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of today with its scores, and nothing drawn: written once, since that takes a while."""
    folder = tmp_path_factory.mktemp("stock") / "prepared"
    (folder / "sets").mkdir(parents=True)
    stocking.plan(Stock(folder), twelve.set_of(today()))
    return folder


@pytest.fixture
def here(tmp_path: Path, planned: Path) -> Iterator[Studio]:
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False)) as opened:
        shutil.copytree(planned, opened.settings.stock)
        yield opened


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def draw(here: Studio, only: int, most: int = ROOM) -> int:
    return stocking.work(here, threading.Event(), most, only)


def whole(stock: Stock) -> int:
    """How many drawings there are, each of them looked through."""
    names = 0
    for path in stock.folder.iterdir():
        if path.suffix == ".jpg":
            with Image.open(path) as picture:
                picture.load()
                assert picture.size == (growing.SIDE, growing.SIDE)
            names += 1
        elif path.suffix == ".mp4":
            assert film_facts(path).frames == growing.SECONDS * growing.FPS
        elif path.suffix == ".json":
            assert Score.from_json(json.loads(path.read_bytes())).hash == path.stem
    return names


def test_it_is_drawn_the_twelve_first_and_outside_the_archive(here: Studio) -> None:
    stock = Stock(here.settings.stock)
    assert stock.today(today()) is None  # a list alone shows nothing
    assert draw(here, 3) == 3
    found = stock.today(today())
    assert found is not None and found.ready == 3 and not found.whole
    assert [one.first.ready for one in found.kin] == [True] * 3 + [False] * 9
    assert whole(stock) == 3 and not here.works() and not here.unkept()
    assert draw(here, 1) == 1 and whole(stock) == 4
    for one, sown in zip(found.kin, twelve.sown(found.name), strict=True):
        score = stock.score_named(one.first.name)
        assert score is not None and score.text == sown.text == one.first.alt
        assert score.position is not None and len({d.name for d in one.children}) == 12
        assert all(child.alt for child in one.children)


def test_nothing_is_drawn_while_somebody_waits(here: Studio) -> None:
    asked = here.ask("a bird", model="echo", size=(64, 64), seconds=1)
    stop = threading.Event()
    threading.Timer(1.5, stop.set).start()
    assert stocking.work(here, stop, ROOM, 5) == 0
    asked.cancel()
    assert draw(here, 1) == 1


def test_there_is_a_bound_and_one_who_draws(here: Studio) -> None:
    assert draw(here, 5, most=0) == 0
    stock = Stock(here.settings.stock)
    with FileLock(stock.folder / "lock"):
        assert draw(here, 5) == 0
    assert draw(here, 1) == 1


def test_what_is_old_or_nobodys_goes(here: Studio) -> None:
    stock = Stock(here.settings.stock)
    old = twelve.set_of("2020-01-01")
    stock.list_of(twelve.set_of(today())).rename(stock.list_of(old))
    (stock.folder / ("a" * 64 + ".jpg")).write_bytes(b"nobody's")
    (stock.folder / ("b" * 64 + ".mp4.part")).write_bytes(b"half")
    names = stocking.wanted(datetime.now(UTC))
    for day in ("2020-01-02", "2020-01-03"):
        shutil.copy(stock.list_of(old), stock.list_of(twelve.set_of(day)))
    stocking.tidy(stock, names, ROOM)
    kept = {name[:10] for name in stock.names()}
    assert kept == {"2020-01-03"}  # today's and tomorrow's count, too
    assert not list(stock.folder.rglob("*.part")) and not list(stock.folder.glob("aaaa*"))
    stocking.tidy(stock, names, 1)
    assert stock.names() == () and not list(stock.folder.glob("*.json"))


@pytest.mark.parametrize("damage", [b"", b"{", b'{"twelve": []}', b"[1]", b"\xff" * 3_000_000])
def test_a_damaged_list_is_none(here: Studio, damage: bytes) -> None:
    stock, name = Stock(here.settings.stock), twelve.set_of(today())
    stock.list_of(name).write_bytes(damage)
    assert stock.find(name) is None and stock.today(today()) is None


def test_all_of_it_may_be_deleted_at_any_time(here: Studio) -> None:
    stock, name = Stock(here.settings.stock), twelve.set_of(today())
    draw(here, 2)
    child = Reference(name, 1, 1)
    assert growing.parents_of(here, [str(child)])[0].work is None
    shutil.rmtree(stock.folder)
    assert stock.today(today()) is None and stock.score(child) is None
    with pytest.raises(NotFound, match="not here any more"):
        growing.parents_of(here, [str(child)])
    assert draw(here, 1) == 1
    for path in stock.folder.glob("*.json"):
        path.unlink()
    assert draw(here, 1) == 1  # the scores are written anew; what was drawn stays
    found = stock.find(name)
    assert found is not None and found.ready == 2 and whole(stock) == 2


def test_children_of_the_stock_and_of_works_are_asked_for(here: Studio) -> None:
    draw(here, 1)
    name = twelve.set_of(today())
    asked = here.breed(f"{name}/1/2", f"{name}/4/7", rate=0.2, seed=5, children=2)
    runs = [part.run for part in asked.parts]
    assert len(runs) == 2 and all(run.score is not None and not run.score.parents for run in runs)
    again = here.breed(f"{name}/1/2", f"{name}/4/7", rate=0.2, seed=5, children=3)
    scores = [part.run.score for part in again.parts]
    assert [run.score for run in runs] == scores[:2]
    asked.cancel()
    again.cancel()


def test_killed_in_the_middle_nothing_half_drawn_lies_there(tmp_path: Path, planned: Path) -> None:
    environment: dict[str, Any] = os.environ | {
        "UNCAGED_HOME": str(tmp_path / "home"),
        "UNCAGED_STOCK_MEGABYTES": "100",
    }
    stock = Stock(tmp_path / "home" / "prepared")
    shutil.copytree(planned, stock.folder)
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False)):
        pass
    for wait in (0.0, 0.4):
        child = subprocess.Popen(
            [sys.executable, "-m", "uncaged", "stock"], env=environment, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        before = len(list(stock.folder.glob("*.jpg"))) if stock.folder.exists() else 0
        while time.monotonic() < deadline and child.poll() is None:
            if len(list(stock.folder.glob("*.jpg"))) > before:
                break
            time.sleep(0.05)
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert whole(stock) > before
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False)) as opened:
        assert draw(opened, 1) == 1
    assert not list(stock.folder.rglob("*.part"))
