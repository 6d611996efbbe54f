"""Marks that a licence demands come along: from another machine, out of a picture that is lent, onto every sheet."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from fake_server import Server, start
from uncaged.archive import blocks, runs
from uncaged.core.errors import NotAllowed
from uncaged.core.marks import SOURCE, made_with, mark_of
from uncaged.core.media import Beside, write_film
from uncaged.core.order import Sound
from uncaged.core.pictures import as_png
from uncaged.core.sounds import read_sound
from uncaged.core.strips import first_frame
from uncaged.engines.asking import Request
from uncaged.engines.remote.place import Place
from uncaged.studio import making, picturing, remoting, sheets, taking, together
from uncaged.studio.seeing import see_through
from uncaged.studio.studio import Studio

MARK = made_with("LTX-2")
FRAMES = [np.full((64, 64, 3), 20 + 10 * i, np.uint8) for i in range(8)]
TONE = np.sin(np.arange(24_000) * 0.1, dtype=np.float32)


@pytest.fixture
def far(studio: Studio, tmp_path: Path) -> Iterator[Server]:
    """Another machine whose films sound and are marked, on the shelf as `far`."""
    beside = Beside([Sound(np.stack([TONE, TONE / 2]), 24_000)], f"{MARK}; by somebody")
    write_film(FRAMES, tmp_path / "film.mp4", 8, "mp4", beside)
    server = Server((tmp_path / "film.mp4").read_bytes())
    listens = start(server)
    there = Place((server.address,), "theirs", "uncaged")
    remoting.add(studio, remoting.Asked(there, ()), "far")
    yield server
    listens.shutdown()
    listens.server_close()


def test_what_comes_from_elsewhere_keeps_its_mark_and_its_sound(
    studio: Studio, far: Server, tmp_path: Path
) -> None:
    work = studio.make("a heron sings", model="far", size=(64, 64), seconds=0.5, fps=8)
    assert mark_of(work.path) == MARK, "the mark, and nothing else that it says"
    sound = read_sound(work.path, 1)
    assert sound is not None and sound.waves.shape[0] == 2 and sound.rate == 24_000
    assert abs(sound.waves.shape[1] - 12_000) < 1_500, "as long as the film that was asked for"
    assert 0.5 < np.abs(sound.waves[0]).max() < 1.2
    taken = taking.take(studio, work, "webm", tmp_path / "taken.webm")
    assert mark_of(taken.path) == MARK and read_sound(taken.path, 1) is not None


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A picture that is marked, and says more of itself."""
    path = tmp_path / "marked.png"
    path.write_bytes(as_png(FRAMES[3], f"by ana at home: {MARK}"))
    return path


def test_what_is_made_of_a_marked_picture_is_marked(
    studio: Studio, marked: Path, tmp_path: Path
) -> None:
    more = {"model": "ink", "size": (64, 64), "fps": 8, "seed": 3}
    for seconds in (0, 0.5):
        work = studio.make("a heron", pictures=[marked], seconds=seconds, **more)
        assert work.row.score is not None and len(work.row.score.pictures) == 1
        assert mark_of(work.path) == MARK
        lent = studio.files.path(work.row.score.pictures[0].sha256)
        assert lent.read_bytes() == as_png(FRAMES[3], MARK), "its pixels and its mark alone"
        drawn = taking.take(studio, work, "svg", tmp_path / f"{seconds}.svg").path
        assert ElementTree.parse(drawn).getroot()[0].text == MARK
    marked.write_bytes(as_png(FRAMES[3]))
    plain = studio.make("a heron", pictures=[marked], seconds=0, **more)
    assert mark_of(plain.path) == ""
    drawn = taking.take(studio, plain, "svg", tmp_path / "plain.svg").path
    assert "metadata" not in drawn.read_text()


def test_a_mark_gets_no_picture_past_the_block_list(studio: Studio, marked: Path) -> None:
    sha = sha256(as_png(FRAMES[3])).hexdigest()
    studio.commit(lambda conn: blocks.add(conn, sha, "Not here.", studio.person, 1))
    with pytest.raises(NotAllowed, match=r"Not here\."):
        studio.ask("a heron", model="ink", pictures=[marked])


def test_pictures_of_a_film_at_rest_are_marked(studio: Studio, far: Server, tmp_path: Path) -> None:
    film = studio.make("a heron", model="far", size=(64, 64), seconds=0.5, fps=8)
    plain = studio.make("a heron", model="echo", size=(64, 64), seconds=0.5, fps=8)
    for work, mark in ((film, MARK), (plain, "")):
        assert work.row.media is not None
        shown = [picturing.picture(studio, work.row.media, what) for what in picturing.WAYS]
        for number, picture in enumerate((*shown, first_frame(work.path))):
            path = tmp_path / f"{work.id}{number}"
            path.write_bytes(picture)
            assert mark_of(path) == mark and (SOURCE.encode() in picture) == bool(mark)


def test_a_sheet_bears_the_marks_of_all_that_are_on_it(
    studio: Studio, far: Server, marked: Path, tmp_path: Path
) -> None:
    other = made_with("another")
    marked.write_bytes(as_png(FRAMES[3], other))
    request = Request("a heron", size=(64, 64), seconds=0.5, fps=8, seed=3)
    parts = [
        making.prepare(studio, request, "far"),
        making.prepare(studio, request, "ink", [marked]),
        making.prepare(studio, replace(request, seed=4), "far"),
        making.prepare(studio, request, "echo"),
    ]
    group = together.put_in_line(studio, parts, together.Terms("images"))
    for part, run_id in zip(parts, group.runs, strict=True):
        with studio.archive.read() as conn:
            run = runs.get(conn, run_id)
        see_through(studio, replace(part, run=run))
    path, shown, left = sheets.take_sheet(studio, group.id, tmp_path / "sheet.png")
    assert (shown, left) == (4, 0)
    assert mark_of(path).splitlines() == [MARK, other]
