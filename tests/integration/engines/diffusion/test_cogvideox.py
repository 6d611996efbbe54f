"""CogVideoX by our loop: what the stock pipelines draw, and what they cannot. Tiny random weights, published layout."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import (
    CogVideoXDDIMScheduler,
    CogVideoXImageToVideoPipeline,
    CogVideoXPipeline,
)
from diffusers.schedulers import scheduling_dpm_cogvideox
from PIL import Image
from torch import Tensor

from parity import by_the_middle, far, pipeline, returned
from uncaged.core.errors import AskedWrong
from uncaged.core.score import Picture, Score
from uncaged.engines.diffusion.cogvideox import CogVideoX as Networks
from uncaged.engines.diffusion.cogvideox import twin
from uncaged.engines.diffusion.families import CogVideoX
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing
from uncaged.engines.within import covering

SIZE, SECONDS, STEPS = (64, 64), 1.125, 10
"""9 frames, 3 latent frames."""

Twin = Callable[..., Path]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    """Twins by their changes, each written once."""
    found: dict[str, Path] = {}

    def build(**changes: Any) -> Path:
        key = json.dumps(changes, sort_keys=True)
        if key not in found:
            found[key] = tmp_path_factory.mktemp("cogvideox")
            twin(found[key], 3, **changes)
        return found[key]

    return build


def _score(folder: Path, **options: Any) -> tuple[CogVideoX, Score]:
    engine = CogVideoX(folder)
    given = {"steps": STEPS, **options}
    pictures = (Picture("a" * 64),) * engine.capabilities.pictures
    return engine, engine.score(
        "a red bird", size=SIZE, seconds=SECONDS, fps=8, seed=7, options=given, pictures=pictures
    )


def _ours(folder: Path, beside: Any = None, **options: Any) -> tuple[Tensor, Drawing]:
    """The latents that our loop draws, and the plan."""
    engine, score = _score(folder, **options)
    networks = Networks(folder, torch.float32, "cpu")
    performance = DiffusionPerformance(engine, networks)
    drawing = performance.planned(score, engine.genome(score))
    with torch.inference_mode():
        told = [networks.told(text)[0] for text in ("", "a red bird")]
        if beside is not None:
            told = [networks.beside(one, [Shown([beside])], drawing.shape) for one in told]
        events = performance.drawn(drawing.loop(told, networks), drawing, [], quiet=True)
        return returned(events), drawing


def _begins(drawing: Drawing) -> Tensor:
    """The noise as the stock pipelines take it: (1, F, C, H, W)."""
    return drawing.noise()[None].clone()


@pytest.fixture
def same_noise(monkeypatch: pytest.MonkeyPatch) -> Callable[[Drawing], None]:
    """Lets the stock scheduler add the noise that our loop adds: it draws once in the first step and twice in each
    other, of which the second counts."""

    def patch(drawing: Drawing) -> None:
        calls = iter([0, *(step for step in range(1, STEPS) for _ in range(2))])
        monkeypatch.setattr(
            scheduling_dpm_cogvideox,
            "randn_tensor",
            lambda *_args, **_more: drawing.fresh(next(calls), "cpu")[None],
        )

    return patch


def test_our_loop_draws_what_the_stock_pipeline_draws(
    built: Twin, same_noise: Callable[[Drawing], None]
) -> None:
    folder = built()
    ours, drawing = _ours(folder)
    same_noise(drawing)
    pipe = pipeline(CogVideoXPipeline, folder)
    stock = pipe(
        "a red bird",
        height=64,
        width=64,
        num_frames=9,
        num_inference_steps=STEPS,
        guidance_scale=6.0,
        latents=_begins(drawing),
        output_type="latent",
        max_sequence_length=16,
    ).frames[0]
    assert drawing.solver == "dpm++2m-sde" and ours.std() > 0.1
    assert far(ours, stock) <= 1e-4


def test_the_same_with_the_other_scheduler_and_a_deeper_patch(built: Twin) -> None:
    folder = built(patch_size_t=2, sample_frames=9)
    path = folder / "scheduler" / "scheduler_config.json"
    config = json.loads(path.read_text()) | {"_class_name": "CogVideoXDDIMScheduler"}
    path.write_text(json.dumps(config))
    ours, drawing = _ours(folder)
    assert drawing.solver == "euler" and drawing.shape[0] == 4  # three, and one to make it even
    networks = Networks(folder, torch.float32, "cpu")
    pipe: Any = CogVideoXPipeline(
        networks.texts.tokens,
        networks.texts.net,
        networks.vae,
        networks.net,
        CogVideoXDDIMScheduler.from_config(config),
    )
    pipe.set_progress_bar_config(disable=True)
    stock = pipe(
        "a red bird",
        height=64,
        width=64,
        num_frames=9,
        num_inference_steps=STEPS,
        guidance_scale=6.0,
        latents=_begins(drawing),
        output_type="latent",
        max_sequence_length=16,
    ).frames[0]
    assert far(ours[-3:], stock[-3:]) <= 1e-4


def test_the_later_one_draws_upright_and_larger_than_it_learnt(built: Twin) -> None:
    folder = built(patch_size_t=2, sample_frames=9, sample_width=16)
    engine = CogVideoX(folder)
    assert engine.published(folder).size == (128, 64)
    for size in ((64, 128), (192, 96)):
        film = engine.perform("a red bird", size=size, seconds=0.25, options={"steps": 1})
        assert [frame.shape for frame in film] == [(size[1], size[0], 3)] * 4
    networks = Networks(folder, torch.float32, "cpu")

    def turns(height: int, width: int) -> Tensor:
        found = networks._turns((2, 4, height, width))  # pyright: ignore[reportPrivateUsage] - where tokens stand shows in no film
        assert found is not None
        return found[0].unflatten(0, (1, height // 2, width // 2))

    assert torch.equal(turns(16, 24)[:, :4, :8], turns(8, 16))  # what it learnt stays where it was
    assert torch.equal(turns(16, 8)[:, :4], turns(8, 16)[:, :, :4])


def test_a_picture_begins_a_film_as_the_stock_pipeline_has_it(
    built: Twin, same_noise: Callable[[Drawing], None]
) -> None:
    folder = built(in_channels=8)
    assert CogVideoX(folder).capabilities.pictures == 1
    with pytest.raises(AskedWrong, match="begins every film with a picture"):
        CogVideoX(folder).score("a red bird")
    picture = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    ours, drawing = _ours(folder, beside=picture)
    plain, _again = _ours(folder, beside=255 - picture)
    assert far(plain, ours) > 0.01  # the picture counts
    same_noise(drawing)
    pipe = pipeline(CogVideoXImageToVideoPipeline, folder)
    by_the_middle(pipe)
    stock = pipe(
        image=Image.fromarray(picture),
        prompt="a red bird",
        height=64,
        width=64,
        num_frames=9,
        num_inference_steps=STEPS,
        guidance_scale=6.0,
        latents=_begins(drawing),
        output_type="latent",
        max_sequence_length=16,
    ).frames[0]
    assert far(ours, stock) <= 1e-4


@pytest.mark.parametrize("guidance", [0.0, 0.5, -3.0, 1e5])
def test_guidance_that_stock_pipelines_take_for_one_acts(built: Twin, guidance: float) -> None:
    one, _drawing = _ours(built(), guidance=1.0)
    other, _same = _ours(built(), guidance=guidance)
    assert far(other, one) > 1e-3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 4),
        ("solver", "euler"),
        ("solver", "dpm++2m"),
        ("solver", "heun"),
        ("solver", "ancestral"),
        ("eta", 0.5),
        ("temperature", 1.1),
        ("bend", 1.0),
        ("variation", 0.2),
    ],
)
def test_every_dial_acts(built: Twin, name: str, value: Any) -> None:
    rest = {"solver": "euler"} if name == "temperature" else {}  # what adds noise forgets the first
    plain, _drawing = _ours(built(), **rest)
    turned, _same = _ours(built(), **{name: value}, **rest)
    assert torch.isfinite(turned).all() and far(turned, plain) > 1e-3


def test_a_negative_text_acts_and_a_film_has_the_frames_that_were_asked_for(built: Twin) -> None:
    engine = CogVideoX(built())
    assert engine.defaults == {"size": (64, 64), "seconds": 9 / 8, "fps": 8}
    films = [
        np.stack(list(engine.perform("a red bird", size=size, seconds=seconds, seed=7, **given)))
        for size, seconds, given in (
            ((64, 64), 1.0, {"options": {"steps": 2}}),
            ((64, 64), 1.0, {"options": {"steps": 2}, "negative": "a blue cat"}),
            ((96, 64), 0.375, {"options": {"steps": 1}}),
            ((64, 64), 0.125, {"options": {"steps": 1}}),
        )
    ]
    assert [film.shape for film in films] == [
        (8, 64, 64, 3),
        (8, 64, 64, 3),
        (3, 64, 96, 3),
        (1, 64, 64, 3),
    ]
    assert (films[0] != films[1]).any()


def test_numbers_beyond_any_end_in_a_film_and_a_sentence(built: Twin) -> None:
    from uncaged.core.order import BROKE_OFF, Frame, Order, Understood

    engine, score = _score(built(), guidance=1e38, steps=3)
    events = list(engine.open({}).perform(Order("r_" + "a" * 12, 0, score, quiet=True)))
    said = [event.sentence for event in events if isinstance(event, Understood)]
    assert "left what a computer can hold" in said[-1]
    noted = [event.facts[BROKE_OFF] for event in events if BROKE_OFF in getattr(event, "facts", {})]
    assert len(noted) == 1 and said[-1].endswith(noted[0])
    assert sum(isinstance(event, Frame) for event in events) == 9


def test_a_text_that_is_too_long_is_cut_and_said_to_be(built: Twin) -> None:
    from uncaged.core.order import Order, Understood

    engine = CogVideoX(built())
    score = engine.score("a very long sentence about birds", seconds=0.125, options={"steps": 1})
    first = next(engine.open({}).perform(Order("r_" + "a" * 12, 0, score)))
    assert isinstance(first, Understood) and "found no place" in first.sentence


def test_the_same_seed_begins_alike_however_long_the_film(built: Twin) -> None:
    engine, score = _score(built())
    performance = DiffusionPerformance(engine, Networks(built(), torch.float32, "cpu"))
    genome = engine.genome(score)
    short = performance.planned(score, genome).noise()
    long = performance.planned(score.evolve(fps=16), genome).noise()
    assert len(long) > len(short) and torch.equal(long[: len(short)], short)


def test_a_picture_fills_the_frame_unstretched() -> None:
    wide = np.zeros((10, 40, 3), np.uint8)
    wide[:, 15:25] = 255
    assert covering(wide, (10, 10)).shape == (10, 10, 3)
    assert (covering(wide, (10, 10)) == 255).all()


def test_two_films_at_once_leave_nothing_behind(built: Twin) -> None:
    from uncaged.core.order import Order

    engine, score = _score(built(), steps=3)
    performance = engine.open({})
    one, other = (
        performance.perform(Order("r_" + letter * 12, 0, score, quiet=True)) for letter in "ab"
    )
    for _step in range(4):
        next(one), next(other)
    assert not torch.is_inference_mode_enabled() and torch.is_grad_enabled()
    one.close()  # in the order in which they began
    other.close()
    assert not torch.is_inference_mode_enabled() and torch.is_grad_enabled()
    estimate = performance.denoiser.estimate(torch.zeros(3, 4, 8, 8), 0.5, performance.told("a")[0])
    assert not estimate.requires_grad
