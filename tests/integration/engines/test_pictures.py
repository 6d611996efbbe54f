"""Pictures by open models: one frame each, and a larger field around one of them. Tiny random weights."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from parity import returned
from uncaged.core.errors import Impossible
from uncaged.core.genome import Genome
from uncaged.core.order import Event, Frame, Order
from uncaged.core.pictures import as_png
from uncaged.core.score import Picture
from uncaged.engines import noises
from uncaged.engines.diffusion.families import LTXVideo, Mochi
from uncaged.engines.open_model import OpenModel
from uncaged.engines.pyramid.engine import PyramidFlow
from uncaged.studio import growing

SIZES = {"ltx": (128, 128), "mochi": (64, 64), "pyramid-flow": (128, 64)}
STEPS: dict[str, Any] = {"ltx": {"steps": 2}, "mochi": {"steps": 2}, "pyramid-flow": {}}
RED = np.zeros((96, 96, 3), np.uint8)
RED[..., 0] = 220


@pytest.fixture(scope="module", params=[LTXVideo, Mochi, PyramidFlow], ids=lambda kind: kind.name)
def model(request: Any, tmp_path_factory: pytest.TempPathFactory) -> OpenModel:
    """Each family's twin, written once."""
    folder = tmp_path_factory.mktemp(request.param.name)
    request.param().twin(folder, 3)
    return request.param(folder)


@pytest.fixture(scope="module")
def opened(model: OpenModel) -> Any:
    return model.open({})


def asked(model: OpenModel, **given: Any) -> Any:
    options = {"options": STEPS[model.name]} | given
    return model.score("a red bird", seconds=0, size=SIZES[model.name], **options)


def frames(opened: Any, score: Any, **files: str) -> list[Any]:
    order = Order("r_" + "a" * 12, 0, score, files, quiet=True)
    found: list[Event] = list(opened.perform(order))
    return [event.pixels for event in found if isinstance(event, Frame)]


def test_every_family_makes_one_frame(model: OpenModel, opened: Any) -> None:
    score = asked(model, seed=1)
    (first,), (same,) = frames(opened, score), frames(opened, score)
    (other,) = frames(opened, asked(model, seed=2))
    wide, high = SIZES[model.name]
    assert first.shape == (high, wide, 3)
    assert np.array_equal(first, same) and not np.array_equal(first, other)
    film = model.score("a red bird", size=SIZES[model.name], options=STEPS[model.name])
    assert 0 < model.cost(score) < model.cost(film) / 4


def test_a_field_is_drawn_around_a_picture(model: OpenModel, opened: Any, tmp_path: Path) -> None:
    (tmp_path / "red").write_bytes(as_png(RED))
    near, sha = asked(model, seed=1), "a" * 64
    if model.name == "pyramid-flow":
        with pytest.raises(Impossible):
            model.farther(near, model.genome(near), sha, 2.0)
        with pytest.raises(Impossible):
            asked(model, pictures=(Picture(sha, 0, 0.5),))
        return
    more = dict(model.farther(near, model.genome(near), sha, 2.0))
    score = asked(model, seed=2, **more)
    drawing = opened.planned(score, model.genome(score))
    held = opened.lain(RED, score.size, 0.5, drawing.shape)
    assert held.latents.shape == drawing.shape and 0 < held.mask.mean() < 1
    told = [opened.told(text)[0] for text in ("", "a red bird")]
    told = [opened.denoiser.within(one, score.fps, score.seed) for one in told]
    drawing = replace(drawing, given=held)
    loop = drawing.loop(told, opened.denoiser)
    latents = returned(opened.drawn(loop, drawing, [], quiet=True))
    kept = (held.mask == 0).expand_as(latents)
    assert (latents[kept] == held.latents[kept]).all() and not (latents == held.latents).all()
    one, another = (
        frames(opened, asked(model, seed=seed, **more), **{sha: str(tmp_path / "red")})[0]
        for seed in (2, 3)
    )
    assert not np.array_equal(one, another)
    with pytest.raises(Impossible):
        opened.lain(RED, score.size, 0.001, drawing.shape)


def test_children_keep_the_words_and_the_size_that_their_noise_has(model: OpenModel) -> None:
    near = asked(model, seed=1)
    child = model.mutate(model.genome(near), 0.0, 5)
    form = growing.form_of(model, near, "breed")
    assert (form["size"], form["seconds"]) == (near.size, 0)
    born = model.score("", seed=5, position=child.to_json(), options=STEPS[model.name], **form)
    assert model.genome(born) == model.genome(near) and child.given.text == "a red bird"
    shape = (1, 4, 4)
    same, fresh = (noises.mixed(one, shape, 7) for one in (model.genome(born), Genome(model.name)))
    assert np.array_equal(same, noises.mixed(model.genome(near), shape, 9))
    assert not np.array_equal(same, fresh)
    film = growing.form_of(model, model.score("a red bird", size=SIZES[model.name]), "breed")
    assert film["size"] == near.size and 0 < film["seconds"] <= growing.SECONDS
