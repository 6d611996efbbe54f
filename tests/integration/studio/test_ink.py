"""`ink` through the whole studio: own words, a picture that lends, positions, loops, wild numbers, strokes."""

import json
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from uncaged.core.errors import AskedWrong
from uncaged.engines.registry import engine
from uncaged.studio.studio import Studio
from uncaged.studio.taking import take
from uncaged.studio.work import Work

TINY = {"size": (64, 64), "seconds": 0.5, "fps": 12, "seed": 3}


def first(work: Work) -> np.ndarray:
    return next(iter(work.frames()))


def test_own_words_come_first_and_stay_with_the_work(studio: Studio, tmp_path: Path) -> None:
    before = studio.make("a liability in the desert", **TINY)
    folder = studio.settings.lexicons
    folder.mkdir()
    (folder / "mine.toml").write_text('liability = "cactus"\n', encoding="utf-8")
    work = studio.make("a liability in the desert", **TINY)
    words = dict(work.understood["words"])
    assert "cactus" in words["liability"]
    assert work.path != before.path
    (sha,) = work.score.lexicons
    assert studio.files.path(sha).read_text() == 'liability = "cactus"\n'
    (folder / "mine.toml").unlink()  # the work does not forget what its words meant
    taken = take(studio, work, "frames", tmp_path / "frames")
    assert taken.exact


def test_a_word_file_with_a_mistake_is_named(studio: Studio) -> None:
    studio.settings.lexicons.mkdir()
    for data in (
        b"liability = cactus",
        b'[kinds]\nnosuch = "liability"',
        b"\xff\xfe",
        b"liability = [[1]]",
    ):
        (studio.settings.lexicons / "mine.toml").write_bytes(data)
        with pytest.raises(AskedWrong, match=r"mine\.toml"):
            studio.make("a bird", **TINY)


def test_a_picture_lends_its_colours(studio: Studio, tmp_path: Path) -> None:
    for name, colour in (("red", (210, 40, 30)), ("green", (30, 160, 60))):
        Image.new("RGB", (40, 30), colour).save(tmp_path / f"{name}.png")
    red, green = (
        studio.make("a boat", pictures=[tmp_path / f"{name}.png"], **TINY)
        for name in ("red", "green")
    )
    means = [first(work).reshape(-1, 3).mean(axis=0) for work in (red, green)]
    assert means[0][0] - means[0][1] > means[1][0] - means[1][1] + 20
    assert red.position is not None
    again = studio.make(
        "", position=red.position.to_json(), **TINY
    )  # what was lent is part of the position
    assert np.array_equal(first(again), first(red))


def test_a_position_is_the_film(studio: Studio) -> None:
    work = studio.make("two birds over a hill", **TINY)
    assert work.position is not None
    again = studio.make("words that do not matter", position=work.position.to_json(), **TINY)
    assert again.path == work.path
    other = studio.make("a red fish under the sea", **TINY).position
    assert other is not None
    ink = engine("ink")
    for child in (
        ink.between(work.position, other, 0.5),
        ink.between(work.position, other, 3.0),
        ink.cross(work.position, other, 1),
        ink.mutate(work.position, 0.5, 1),
        ink.mutate(work.position, 500.0, 1),
    ):
        assert ink.distance(work.position, child) > 0
        assert studio.make("", position=child.to_json(), **TINY).path != work.path


@pytest.mark.parametrize("number", [-1e308, -7.0, 0.0, 1e-308, 1e6, 1e308])
def test_every_finite_number_draws_something(studio: Studio, number: float) -> None:
    work = studio.make("three birds and a tree in the rain, pan right", **TINY)
    assert work.position is not None
    wild = work.position.evolve(dict.fromkeys(work.position.genes, number)).to_json()
    options = dict.fromkeys(("line", "wobble", "shade", "offset", "tempo", "poses"), number)
    made = studio.make("", position=wild, options=options, **TINY)
    assert first(made).shape == (64, 64, 3)


def test_a_loop_closes(studio: Studio) -> None:
    loop = studio.make("a bird over the sea", **(TINY | {"seconds": 2, "loop": True}))
    frames = [pixels.astype(int) for pixels in loop.frames()]
    steps = [np.abs(a - b).mean() for a, b in pairwise(frames)]
    seam = np.abs(frames[-1] - frames[0]).mean()
    assert seam <= max(steps) * 1.3


def test_strokes_are_lines_on_a_page(studio: Studio, tmp_path: Path) -> None:
    work = studio.make("a tree, ink on paper", **TINY)
    taken = take(studio, work, "svg", tmp_path, at=0.2)
    page = ElementTree.parse(taken.path).getroot()
    assert page.attrib["width"].endswith("mm")
    assert len(page.findall(".//{http://www.w3.org/2000/svg}path")) > 20
    assert (
        taken.path.read_text()
        == take(studio, work, "svg", tmp_path / "again.svg", at=0.2).path.read_text()
    )


@pytest.mark.parametrize(
    "text",
    [
        "🐦",
        "鳥が山の上を飛ぶ",
        "птица",
        "طائر",
        "a" * 5000,
        "\n\n,,,;;!!",
        "<b>bird</b>",
        "NaN",
        "0 birds",
    ],
)
def test_any_text_is_a_film(studio: Studio, text: str) -> None:
    work = studio.make(text, **TINY)
    assert work.score.text == text
    assert json.dumps(dict(work.understood))


@pytest.mark.parametrize("size", [(64, 2048), (2048, 64), (66, 64)])
def test_any_shape_is_a_film(studio: Studio, size: tuple[int, int]) -> None:
    work = studio.make("a boat on the sea", size=size, seconds=0.5, fps=4, seed=1)
    assert first(work).shape == (size[1], size[0], 3)


def test_a_film_of_one_frame_and_of_a_strange_rate(studio: Studio) -> None:
    assert len(list(studio.make("a bird", size=(64, 64), seconds=0.5, fps=1).frames())) == 1
    assert len(list(studio.make("a bird", size=(64, 64), seconds=1, fps=7.5).frames())) == 8
