"""A part of a picture, or of a film, is drawn again, and the rest is held. Tiny random weights."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parity import returned
from uncaged.core import media
from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.order import Frame, Order
from uncaged.core.pictures import as_png
from uncaged.core.score import Picture
from uncaged.engines.diffusion.families import LTXVideo, Mochi
from uncaged.engines.open_model import OpenModel
from uncaged.engines.pyramid.engine import PyramidFlow
from uncaged.engines.registry import engine
from uncaged.engines.seedling.engine import Seedling

SIZES = {"ltx": (128, 128), "mochi": (64, 64)}
SHA, MASK, FILM = "a" * 64, "b" * 64, "c" * 64
HELD = (Picture(SHA), Picture(MASK, mask=True))


@pytest.fixture(scope="module", params=[LTXVideo, Mochi], ids=lambda kind: kind.name)
def model(request: Any, tmp_path_factory: pytest.TempPathFactory) -> OpenModel:
    """Each family's twin, written once."""
    folder = tmp_path_factory.mktemp(request.param.name)
    request.param().twin(folder, 3)
    return request.param(folder)


@pytest.fixture(scope="module")
def opened(model: OpenModel) -> Any:
    return model.open({})


def files(place: Path, size: tuple[int, int]) -> dict[str, str]:
    """A picture, and a mask whose left half is to be drawn again."""
    chance = np.random.default_rng(4)
    noise = chance.integers(0, 255, (8, 8, 3)).repeat(size[1] // 8, 0).repeat(size[0] // 8, 1)
    mask = np.zeros((size[1], size[0], 3), np.uint8)
    mask[:, : size[0] // 2] = 255
    (place / "picture").write_bytes(as_png(noise.astype(np.uint8)))
    (place / "mask").write_bytes(as_png(mask))
    return {SHA: str(place / "picture"), MASK: str(place / "mask")}


def drawn(opened: Any, score: Any, there: dict[str, str]) -> tuple[Any, Any]:
    """The latents that come of it, and those that were held, with where."""
    order = Order("r_" + "a" * 12, 0, score, there, quiet=True)
    kept: list[Any] = []
    plain = opened.denoiser.frames

    def seen(latents: Any, *rest: Any) -> Any:
        kept.append(latents)
        return plain(latents, *rest)

    opened.denoiser.frames = seen
    try:
        found = [one for one in opened.perform(order) if isinstance(one, Frame)]
    finally:
        del opened.denoiser.frames
    assert len(found) == score.frame_count
    scene = returned(opened._scene(order))
    return kept[-1], scene.given


def check_held(latents: Any, given: Any) -> None:
    mask = given.mask.expand_as(latents)
    assert 0.4 < float(mask.mean()) < 0.6
    assert (latents[mask == 0] == given.latents[mask == 0]).all()
    assert (latents[mask == 1] != given.latents[mask == 1]).all()


def test_a_part_of_a_picture(model: OpenModel, opened: Any, tmp_path: Path) -> None:
    assert model.capabilities.masks
    size = SIZES[model.name]
    wish: dict[str, Any] = {"seconds": 0, "size": size, "options": {"steps": 2}}
    score = model.score("a red door", pictures=HELD, **wish)
    assert type(score).from_json(score.to_json()) == score
    check_held(*drawn(opened, score, files(tmp_path, size)))


def test_a_part_of_a_film(model: OpenModel, opened: Any, tmp_path: Path) -> None:
    size = SIZES[model.name]
    there = files(tmp_path, size)
    stills = [np.full((size[1], size[0], 3), n * 20, np.uint8) for n in range(9)]
    media.write_film(stills, tmp_path / "film.mp4", 8)
    wish: dict[str, Any] = {"seconds": 9 / 8, "size": size, "fps": 8, "film": FILM}
    more: dict[str, Any] = {"options": {"steps": 2, "strength": 1.0}}
    score = model.score("a red door", pictures=HELD[1:], **wish, **more)
    check_held(*drawn(opened, score, there | {FILM: str(tmp_path / "film.mp4")}))


def test_what_cannot_be_masked_is_said(model: OpenModel) -> None:
    wish: dict[str, Any] = {"size": SIZES[model.name]}
    for pictures, seconds in ((HELD[1:], 0), (HELD, 1), ((*HELD, HELD[1]), 0)):
        with pytest.raises(AskedWrong, match="mask"):
            model.score("a", pictures=pictures, seconds=seconds, **wish)
    for other in ("ink", "echo"):
        with pytest.raises(Impossible, match="cannot keep to a mask"):
            engine(other).score("a", pictures=HELD, seconds=0)


def halves(score: Any, player: Any, there: dict[str, str]) -> tuple[Any, Any]:
    """The left half of the picture that comes of a score, which is drawn again, and the right one, which stays."""
    order = Order("r_" + "a" * 12, 0, score, there, quiet=True)
    (frame,) = (one.pixels for one in player.perform(order) if isinstance(one, Frame))
    middle = score.size[0] // 2
    return frame[:, :middle].astype(int), frame[:, middle:].astype(int)


def test_pyramid_flow_holds_a_part_of_a_picture(tmp_path: Path) -> None:
    """Its latents to the last number: `test_drawing`. Its coder looks at all of a picture to say how bright each is."""
    PyramidFlow().twin(tmp_path / "twin", 3)
    model = PyramidFlow(tmp_path / "twin")
    size, player = (256, 128), model.open({})
    wish: dict[str, Any] = {"seconds": 0, "size": size, "options": {"first_steps": "2"}}
    there = files(tmp_path, size)
    one, other = (model.score("a red door", pictures=HELD, seed=n, **wish) for n in (1, 2))
    left, right = halves(one, player, there)
    again, same = halves(other, player, there)
    stays = np.abs(right[:, 64:] - same[:, 64:]).mean()
    assert stays < np.abs(left - again).mean() / 10, "another seed changes nothing that stays"
    plain = model.score("a red door", pictures=HELD[:1], seed=1, **wish)
    assert plain.pictures and model.cost(one) > model.cost(plain), "it draws that frame"
    for given, seconds in ((HELD, 1), (HELD[1:], 0)):
        with pytest.raises(AskedWrong, match="mask"):
            model.score("a", pictures=given, size=size, seconds=seconds)


def test_seedling_holds_a_part_of_a_picture(tiny_seedling: Path, tmp_path: Path) -> None:
    model = Seedling(tiny_seedling)
    size, player = (256, 256), model.open({})
    wish: dict[str, Any] = {"seconds": 0, "size": size, "options": {"steps": 2}}
    there = files(tmp_path, size)
    one, other = (model.score("a red bird", pictures=HELD, seed=n, **wish) for n in (1, 2))
    left, right = halves(one, player, there)
    again, same = halves(other, player, there)
    assert np.abs(left - again).max() > 3 and np.abs(right - left[:, ::-1]).max() > 3
    assert np.abs(right[:, 64:] - same[:, 64:]).max() <= 1
