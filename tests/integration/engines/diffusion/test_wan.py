"""Wan by our loop: what the stock pipelines draw, and what they cannot. Tiny random weights, published layout."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import FlowMatchEulerDiscreteScheduler, WanImageToVideoPipeline, WanPipeline
from diffusers.pipelines.wan import pipeline_wan_i2v
from PIL import Image
from torch import Tensor

from parity import far, pipeline, returned
from uncaged.core.errors import AskedWrong, Impossible, WeightsMissing
from uncaged.core.score import Picture, Score
from uncaged.engines.diffusion.families import Wan
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing
from uncaged.engines.diffusion.wan import Wan as Networks
from uncaged.engines.diffusion.wan import twin

SIZE, FRAMES, STEPS = (96, 64), 9, 7
"""3 latent frames of 4×6 tokens, and a number of steps that is no even one."""

PICTURE = np.random.default_rng(1).integers(0, 255, (2, 3, 3), np.uint8).repeat(32, 0).repeat(32, 1)
BESIDE = "WanImageToVideoPipeline"

Opened = tuple[Path, Networks]
Twin = Callable[..., Opened]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    """Twins by what they are, each written and opened once."""
    found: dict[str, Opened] = {}

    def build(**what: Any) -> Opened:
        key = json.dumps(what, sort_keys=True)
        if key not in found:
            folder = tmp_path_factory.mktemp("wan")
            twin(folder, 3, **what)
            found[key] = folder, Networks(folder, torch.float32, "cpu")
        return found[key]

    return build


def _planned(opened: Opened, steps: int = STEPS, **options: Any) -> tuple[Score, Drawing]:
    engine = Wan(opened[0])
    score = engine.score(
        "a red bird",
        size=SIZE,
        seconds=FRAMES / 16,
        fps=16,
        seed=7,
        options={"steps": steps, **options},
        pictures=(Picture("a" * 64),) * engine.capabilities.pictures,
    )
    return score, DiffusionPerformance(engine, opened[1]).planned(score, engine.genome(score))


def _drawn(
    opened: Opened, picture: Any = None, steps: int = STEPS, last: Any = None, **options: Any
) -> Tensor:
    """The latents that our loop draws."""
    folder, networks = opened
    _score, drawing = _planned(opened, steps, **options)
    performance = DiffusionPerformance(Wan(folder), networks)
    with torch.inference_mode():
        told = [networks.told(text)[0] for text in ("", "a  red bird")]
        if picture is not None:
            given = [Shown([picture])] + ([] if last is None else [Shown([last], FRAMES - 1)])
            told = [networks.beside(one, given, drawing.shape) for one in told]
        loop = drawing.loop(told, networks)
        return returned(performance.drawn(loop, drawing, [], quiet=True))


@pytest.fixture(autouse=True)
def unmended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stock pipeline mends broken letters by a library that only it needs; ours has none."""
    monkeypatch.setattr(pipeline_wan_i2v, "ftfy", SimpleNamespace(fix_text=str), raising=False)


def _stock(kind: Any, folder: Path, noise: Tensor, steps: int = STEPS, **more: Any) -> Any:
    """What the stock pipeline draws, laid out as ours where it is latents."""
    pipe = pipeline(kind, folder)
    if scheduler := more.pop("scheduler", None):
        pipe.scheduler = scheduler
    given = {"output_type": "latent", **more}
    made = pipe(
        prompt="a red bird",
        height=SIZE[1],
        width=SIZE[0],
        num_frames=FRAMES,
        num_inference_steps=steps,
        guidance_scale=5.0,
        latents=noise.transpose(0, 1)[None].clone(),
        **given,
    ).frames[0]
    return made if given["output_type"] != "latent" else made.transpose(0, 1)


@pytest.mark.parametrize("steps", [1, 2, 3, STEPS, 20])
def test_our_loop_draws_what_the_stock_pipeline_draws(built: Twin, steps: int) -> None:
    ours = _drawn(built(), steps=steps)
    _score, drawing = _planned(built(), steps)
    assert drawing.solver == "unipc" and drawing.shape == (3, 16, 8, 12) and ours.std() > 0.1
    assert far(ours, _stock(WanPipeline, built()[0], drawing.noise(), steps)) <= 1e-4


def test_the_same_with_another_scheduler(built: Twin, tmp_path: Path) -> None:
    twin(tmp_path, 3)
    scheduler = FlowMatchEulerDiscreteScheduler(shift=5.0)
    scheduler.save_pretrained(tmp_path / "scheduler")
    opened = tmp_path, Networks(tmp_path, torch.float32, "cpu")
    ours = _drawn(opened)
    _score, drawing = _planned(opened)
    assert drawing.solver == "euler"
    stock = _stock(WanPipeline, built()[0], drawing.noise(), scheduler=scheduler)
    assert far(ours, stock) <= 1e-4


def test_two_networks_take_turns(built: Twin) -> None:
    opened = built(boundary_ratio=0.875)
    ours = _drawn(opened)
    _score, drawing = _planned(opened)
    early = [time for time in drawing.times if time >= 0.875]
    assert 0 < len(early) < STEPS
    assert far(ours, _stock(WanPipeline, opened[0], drawing.noise())) <= 1e-4
    assert far(ours, _drawn(built())) > 0.01


@pytest.mark.parametrize("second", [3.0, 8.5])
def test_the_second_network_has_guidance_of_its_own(built: Twin, second: float) -> None:
    opened = built(boundary_ratio=0.875)
    plain, ours = _drawn(opened), _drawn(opened, guidance_2=second)
    _score, drawing = _planned(opened)
    stock = _stock(WanPipeline, opened[0], drawing.noise(), guidance_scale_2=second)
    assert far(ours, stock) <= 1e-4 and far(ours, plain) > 1e-3
    assert far(_drawn(opened, guidance_2=5.0), plain) == 0


@pytest.mark.parametrize("second", [0.0, 0.5, -3.0])
def test_it_is_no_number_that_is_taken_for_one(built: Twin, second: float) -> None:
    opened = built(boundary_ratio=0.875)
    one, other = (_drawn(opened, guidance_2=weight) for weight in (1.0, second))
    assert torch.isfinite(other).all() and far(other, one) > 1e-3


def test_what_the_second_network_is_guided_by_costs_as_often_as_it_is_asked(built: Twin) -> None:
    engine = Wan(built(boundary_ratio=0.875)[0])
    twice, once = (
        engine.cost(engine.score("a bird", options={"guidance_2": weight})) for weight in (None, 1)
    )
    assert once == twice * 0.75
    with pytest.raises(Impossible, match="no second one to guide"):
        Wan(built()[0]).score("a bird", options={"guidance_2": 1.0})


@pytest.mark.parametrize("what", [{}, {"sees": True}, {"boundary_ratio": 0.9}])
def test_a_picture_stands_beside_a_film_as_the_stock_pipeline_has_it(
    built: Twin, what: dict[str, Any]
) -> None:
    opened = built(pipeline=BESIDE, **what)
    ours = _drawn(opened, PICTURE)
    assert far(_drawn(opened, 255 - PICTURE), ours) > 0.01, "the picture counts"
    _score, drawing = _planned(opened)
    image = Image.fromarray(PICTURE)
    stock = _stock(WanImageToVideoPipeline, opened[0], drawing.noise(), image=image)
    assert far(ours, stock) <= 1e-4
    with pytest.raises(AskedWrong, match="begins every film with a picture"):
        Wan(opened[0]).score("a bird")


@pytest.mark.parametrize("what", [{}, {"sees": True, "both": True}, {"boundary_ratio": 0.9}])
def test_a_film_leads_from_a_picture_to_another_as_the_stock_pipeline_has_it(
    built: Twin, what: dict[str, Any]
) -> None:
    opened = built(pipeline=BESIDE, **what)
    ours = _drawn(opened, PICTURE, last=255 - PICTURE)
    assert far(_drawn(opened, PICTURE, last=PICTURE), ours) > 0.01, "the last picture counts"
    _score, drawing = _planned(opened)
    one, other = (Image.fromarray(picture) for picture in (PICTURE, 255 - PICTURE))
    stock = _stock(WanImageToVideoPipeline, opened[0], drawing.noise(), image=one, last_image=other)
    assert far(ours, stock) <= 1e-4
    can = Wan(opened[0]).capabilities
    assert can.pictures == 2 and (can.shots > 1) == ("both" not in what)
    if "both" in what:
        with pytest.raises(AskedWrong, match="from a first picture to a last"):
            Wan(opened[0]).score("a bird", pictures=(Picture("a" * 64),))


def test_a_first_frame_without_noise_begins_a_film_as_the_stock_pipeline_has_it(
    built: Twin,
) -> None:
    opened = built(expand_timesteps=True)
    plain, ours = _drawn(opened), _drawn(opened, PICTURE)
    assert far(_drawn(opened, 255 - PICTURE)[1:], ours[1:]) > 1e-3, "the picture counts"
    _score, drawing = _planned(opened)
    assert far(plain, _stock(WanPipeline, opened[0], drawing.noise())) <= 1e-4
    image = Image.fromarray(PICTURE)
    stock = _stock(WanImageToVideoPipeline, opened[0], drawing.noise(), image=image)
    assert far(ours, stock) <= 1e-4
    can = Wan(opened[0])
    assert can.capabilities.pictures == 1 and can.published(opened[0]).size == (1280, 704)
    assert can.score("a bird").shots[0].pictures == (), "and it draws without one"


def test_frames_are_those_of_the_stock_pipeline(built: Twin) -> None:
    score, drawing = _planned(built())
    ours = np.stack(list(Wan(built()[0]).perform(score)))
    stock = _stock(WanPipeline, built()[0], drawing.noise(), output_type="np")
    assert ours.shape == (FRAMES, SIZE[1], SIZE[0], 3) and ours.std() > 1
    assert np.abs(ours - stock * 255).max() <= 1


@pytest.mark.parametrize("guidance", [0.0, 0.5, -3.0, 1e5])
def test_guidance_that_stock_pipelines_take_for_one_acts(built: Twin, guidance: float) -> None:
    one, other = (_drawn(built(), guidance=weight) for weight in (1.0, guidance))
    assert torch.isfinite(other).all() and far(other, one) > 1e-3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 4),
        *(("solver", one) for one in ("euler", "dpm++2m", "heun", "ancestral", "afresh")),
        ("temperature", 1.1),
        ("bend", 1.0),
        ("variation", 0.2),
    ],
)
def test_every_dial_acts(built: Twin, name: str, value: Any) -> None:
    plain, turned = _drawn(built()), _drawn(built(), **{name: value})
    assert torch.isfinite(turned).all() and far(turned, plain) > 1e-3


@pytest.mark.parametrize("count", [1, 4, 6])
def test_a_film_has_the_frames_that_were_asked_for(built: Twin, count: int) -> None:
    films = [
        np.stack(
            list(
                Wan(built()[0]).perform(
                    "a bird",
                    size=(64, 80),
                    seconds=count / 16,
                    fps=16,
                    seed=7,
                    options={"steps": 2, "guidance": 20.0},
                    negative=negative,
                )
            )
        )
        for negative in (None, "a blue cat")
    ]
    assert films[0].shape == (count, 80, 64, 3) and (films[0] != films[1]).any()


def test_what_a_folder_is_offered_as(built: Twin) -> None:
    engine = Wan(built()[0])
    assert engine.offer(built()[0]) is not None
    card = engine.described(built()[0])
    assert card["licence"] == "Apache-2.0" and not card["terms"]
    assert "undisclosed" in card["training_data"]
    known = engine.published(engine.home())
    assert (known.size, known.frames, known.fps) == ((832, 480), 81, 16)
    assert engine.defaults == {"size": (64, 64), "seconds": 25 / 16, "fps": 16}, "a twin's"
    assert engine.capabilities.multiple == 16 and engine.capabilities.pictures == 0
    assert engine.usual["guidance"] == 5.0 and engine.usual["steps"] == 50


def test_a_folder_is_offered_with_all_of_its_networks(built: Twin, tmp_path: Path) -> None:
    more = {"pipeline": BESIDE, "sees": True}
    offer = Wan().offer(built(**more)[0])
    assert offer is not None
    assert {"image_encoder/model.safetensors", "image_processor/preprocessor_config.json"} <= set(
        offer.files
    )
    two = Wan().offer(built(boundary_ratio=0.875)[0])
    assert two is not None and any(name.startswith("transformer_2/") for name in two.files)
    twin(tmp_path, boundary_ratio=0.5)
    for path in (tmp_path / "transformer_2").iterdir():
        path.unlink()
    (tmp_path / "transformer_2").rmdir()
    with pytest.raises(WeightsMissing):
        Wan().offer(tmp_path)
