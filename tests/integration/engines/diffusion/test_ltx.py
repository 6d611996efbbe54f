"""LTX Video by our loop: what the stock pipelines draw, and what they cannot. Tiny random weights, published layout."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import LTXConditionPipeline, LTXImageToVideoPipeline, LTXPipeline
from diffusers.pipelines.ltx import pipeline_ltx, pipeline_ltx_condition
from diffusers.schedulers import scheduling_flow_match_euler_discrete as stock_steps
from PIL import Image
from torch import Tensor

from parity import by_the_middle, far, pipeline, returned
from uncaged.core.score import Score
from uncaged.engines.diffusion import ltx
from uncaged.engines.diffusion.families import LTXVideo
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing

SIZE, FRAMES, FPS, SEED, STEPS = (96, 64), 17, 24, 7, 7
"""3 latent frames of 2×3 tokens, and a number of steps that is no even one."""

PICTURE = np.random.default_rng(1).integers(0, 255, (SIZE[1], SIZE[0], 3), np.uint8)

Twin = Callable[..., tuple[Path, ltx.LTXVideo]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    """Twins by what they are, each written and opened once."""
    found: dict[str, tuple[Path, ltx.LTXVideo]] = {}

    def build(**what: Any) -> tuple[Path, ltx.LTXVideo]:
        key = json.dumps(what, sort_keys=True)
        if key not in found:
            folder = tmp_path_factory.mktemp("ltx")
            ltx.twin(folder, 3, **what)
            found[key] = folder, ltx.LTXVideo(folder, torch.float32, "cpu")
        return found[key]

    return build


def _planned(
    twin: tuple[Path, ltx.LTXVideo], fps: float = FPS, **options: Any
) -> tuple[Score, Drawing]:
    engine = LTXVideo(twin[0])
    given = {"steps": STEPS, **options}
    score = engine.score(
        "a red bird", size=SIZE, seconds=FRAMES / fps, fps=fps, seed=SEED, options=given
    )
    return score, DiffusionPerformance(engine, twin[1]).planned(score, engine.genome(score))


def _drawn(
    twin: tuple[Path, ltx.LTXVideo],
    picture: Any = None,
    fps: float = FPS,
    given: Any = None,
    **options: Any,
) -> Tensor:
    """The latents that our loop draws."""
    folder, networks = twin
    _score, drawing = _planned(twin, fps, **options)
    performance = DiffusionPerformance(LTXVideo(folder), networks)
    with torch.inference_mode():
        told = [networks.within(networks.told(text)[0], fps, SEED) for text in ("", "a red bird")]
        if picture is not None or given is not None:
            shown = given or [Shown([picture])]
            told = [networks.beside(one, shown, drawing.shape) for one in told]
        loop = drawing.loop(told, networks)
        return returned(performance.drawn(loop, drawing, [], quiet=True))


def _packed(latents: Tensor) -> Tensor:
    return latents.permute(0, 2, 3, 1).flatten(0, 2)[None].clone()


def _stock(kind: Any, folder: Path, most: int, **more: Any) -> Any:
    pipe = pipeline(kind, folder)
    if (
        "image" in more
    ):  # the stock pipeline draws its picture by lot from what the coder says; we take the middle
        by_the_middle(pipe)
    given = {"output_type": "latent", **more}
    return pipe(
        prompt="a red bird",
        height=SIZE[1],
        width=SIZE[0],
        num_frames=FRAMES,
        frame_rate=FPS,
        num_inference_steps=STEPS,
        guidance_scale=3.0,
        max_sequence_length=most,
        **given,
    ).frames[0]


def test_our_loop_draws_what_the_stock_pipeline_draws(built: Twin) -> None:
    ours = _drawn(built())
    _score, drawing = _planned(built())
    assert drawing.solver == "euler" and drawing.shape == (3, 8, 2, 3) and ours.std() > 0.1
    assert drawing.times[-2] == pytest.approx(0.1), "its schedule is stretched to end there"
    stock = _stock(LTXPipeline, built()[0], 128, latents=_packed(drawing.noise()))
    assert far(_packed(ours)[0], stock) <= 1e-4


def test_a_picture_begins_a_film_as_the_stock_pipeline_has_it(built: Twin) -> None:
    folder, networks = built()
    ours = _drawn(built(), PICTURE)
    with torch.inference_mode():
        first = networks.latents([PICTURE])
    assert torch.allclose(ours[:1], first, atol=1e-5)
    assert far(_drawn(built(), 255 - PICTURE)[1:], ours[1:]) > 0.01, "the picture counts"
    _score, drawing = _planned(built())
    begins = _packed(torch.cat([first, drawing.noise()[1:]]))
    stock = _stock(
        LTXImageToVideoPipeline, folder, 128, latents=begins, image=Image.fromarray(PICTURE)
    )
    assert far(_packed(ours)[0], stock) <= 1e-4


@pytest.mark.parametrize("solver", ["heun", "dpm++2m", "unipc", "ancestral"])
def test_a_picture_begins_a_film_with_every_solver(built: Twin, solver: str) -> None:
    drawn = _drawn(built(), PICTURE, solver=solver)
    with torch.inference_mode():
        first = built()[1].latents([PICTURE])
    assert torch.isfinite(drawn).all() and torch.allclose(drawn[:1], first, atol=1e-5)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of theirs
def test_later_models_are_drawn_as_their_pipeline_does(
    built: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, networks = built(pipeline=ltx.LTX_CONDITIONS)
    ours = _drawn((folder, networks))
    _score, drawing = _planned((folder, networks))
    monkeypatch.setattr(
        pipeline_ltx_condition,
        "randn_tensor",
        lambda *_args, **_more: drawing.noise().transpose(0, 1)[None].clone(),
    )
    stock = _stock(LTXConditionPipeline, folder, 256)
    assert far(ours, stock.transpose(0, 1)) <= 1e-4
    assert far(ours, _drawn(built())) > 0.01, "another schedule, and other places in time"


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of theirs
def test_later_models_begin_with_a_picture_as_their_pipeline_does(
    built: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stock pipeline shakes the given frame by lot in every step; it is lent our lots."""
    folder, networks = built(pipeline=ltx.LTX_CONDITIONS)
    ours = _drawn((folder, networks), PICTURE)
    _score, drawing = _planned((folder, networks))
    steps = iter(drawing.times)

    def lots(shape: Any, **_more: Any) -> Tensor:
        if len(shape) == 5:
            return drawing.noise().transpose(0, 1)[None].clone()
        shaken = networks._noise((1, 8, 2, 3), SEED, round(next(steps) * 2**30))
        return _packed(torch.cat([shaken, torch.zeros(2, 8, 2, 3)]))

    monkeypatch.setattr(pipeline_ltx_condition, "randn_tensor", lots)
    stock = _stock(LTXConditionPipeline, folder, 256, image=Image.fromarray(PICTURE))
    assert far(ours[1:], stock.transpose(0, 1)[1:]) <= 1e-4
    with torch.inference_mode():
        assert torch.allclose(ours[:1], networks.latents([PICTURE]), atol=1e-5)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of theirs
def test_later_models_have_pictures_at_any_moment_as_their_pipeline_does(
    built: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, networks = built(pipeline=ltx.LTX_CONDITIONS)
    where = ((PICTURE, 0), (255 - PICTURE, 9), (PICTURE[::-1].copy(), 16))
    given = [Shown([picture], at) for picture, at in where]
    ours = _drawn((folder, networks), given=given)
    assert far(_drawn((folder, networks), given=given[:2]), ours) > 1e-3, "each counts"
    _score, drawing = _planned((folder, networks))
    steps = iter(drawing.times)

    def lots(shape: Any, **_more: Any) -> Tensor:
        if len(shape) == 5:  # the noise it begins from; that of what is given counts for nothing
            return torch.zeros(shape) if shape[2] == 1 else drawing.noise().transpose(0, 1)[None]
        shaken = networks._noise((3, 8, 2, 3), SEED, round(next(steps) * 2**30))
        return _packed(torch.cat([shaken[1:], shaken[:1], torch.zeros(2, 8, 2, 3)]))

    monkeypatch.setattr(pipeline_ltx_condition, "randn_tensor", lots)
    stock = _stock(
        LTXConditionPipeline,
        folder,
        256,
        image=[Image.fromarray(picture) for picture, _at in where],
        video=[None] * 3,
        frame_index=[at for _picture, at in where],
        strength=[1.0] * 3,
    )
    assert far(ours[1:], stock.transpose(0, 1)[1:]) <= 1e-4
    assert LTXVideo(folder).capabilities.pictures == 8


def test_models_of_few_steps_are_drawn_afresh(built: Twin, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = built(stochastic_sampling=True)
    ours = _drawn(twin)
    _score, drawing = _planned(twin)
    assert drawing.solver == "afresh"
    fresh = iter(_packed(drawing.fresh(number, "cpu")) for number in range(STEPS))
    monkeypatch.setattr(stock_steps, "randn_tensor", lambda *_args, **_more: next(fresh))
    stock = _stock(LTXPipeline, twin[0], 128, latents=_packed(drawing.noise()))
    assert far(_packed(ours)[0], stock) <= 1e-4
    assert far(_drawn(twin, eta=0.5), ours) > 1e-3


def test_frames_are_those_of_the_stock_pipeline(built: Twin) -> None:
    score, drawing = _planned(built())
    ours = np.stack(list(LTXVideo(built()[0]).perform(score)))
    begins = _packed(drawing.noise())
    stock = _stock(LTXPipeline, built()[0], 128, latents=begins, output_type="np")
    assert ours.shape == (FRAMES, SIZE[1], SIZE[0], 3) and ours.std() > 1
    assert np.abs(ours - stock * 255).max() <= 1


def test_a_coder_that_takes_noise_away_is_given_some_of_the_films_seed(
    built: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, networks = built(taking=True)
    score, drawing = _planned((folder, networks))
    ours = np.stack(list(LTXVideo(folder).perform(score)))
    lot = networks._noise(drawing.shape, SEED, ltx.LAST).transpose(0, 1)[None]

    def lots(*_args: Any, **_more: Any) -> Tensor:
        torch.manual_seed(SEED)  # what the coder itself adds, it takes from here
        return lot

    monkeypatch.setattr(pipeline_ltx, "randn_tensor", lots)
    begins = _packed(drawing.noise())
    stock = _stock(
        LTXPipeline,
        folder,
        128,
        latents=begins,
        output_type="np",
        decode_timestep=0.05,
        decode_noise_scale=0.025,
    )
    assert np.abs(ours - stock * 255).max() <= 1
    latents = drawing.noise()
    with torch.inference_mode():
        one, same, other = (np.stack(list(networks.frames(latents, 9, seed))) for seed in (1, 1, 2))
        plain = [np.stack(list(built()[1].frames(latents, 9, seed))) for seed in (1, 2)]
    assert (one == same).all() and (one != other).any() and (plain[0] == plain[1]).all()


def test_the_pace_of_a_film_counts(built: Twin) -> None:
    assert far(_drawn(built(), fps=12), _drawn(built())) > 1e-3


@pytest.mark.parametrize("guidance", [0.0, 0.5, -3.0, 1e5])
def test_guidance_that_stock_pipelines_take_for_one_acts(built: Twin, guidance: float) -> None:
    one, other = (_drawn(built(), guidance=weight) for weight in (1.0, guidance))
    assert torch.isfinite(other).all() and far(other, one) > 1e-3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 4),
        *(("solver", one) for one in ("dpm++2m", "unipc", "heun", "ancestral", "afresh")),
        ("temperature", 1.1),
        ("bend", 1.0),
        ("variation", 0.2),
    ],
)
def test_every_dial_acts(built: Twin, name: str, value: Any) -> None:
    plain, turned = _drawn(built()), _drawn(built(), **{name: value})
    assert torch.isfinite(turned).all() and far(turned, plain) > 1e-3


@pytest.mark.parametrize("count", [1, 8, 10])
def test_a_film_has_the_frames_that_were_asked_for(built: Twin, count: int) -> None:
    films = [
        np.stack(
            list(
                LTXVideo(built()[0]).perform(
                    "a bird",
                    size=(64, 96),
                    seconds=count / 25,
                    fps=25,
                    seed=7,
                    options={"steps": 1},
                    negative=negative,
                )
            )
        )
        for negative in (None, "a blue cat")
    ]
    assert films[0].shape == (count, 96, 64, 3) and (films[0] != films[1]).any()


def test_what_a_folder_is_offered_as(built: Twin) -> None:
    engine = LTXVideo(built()[0])
    folders = [built(**what)[0] for what in ({}, {"pipeline": ltx.LTX_CONDITIONS})]
    assert all(engine.offer(folder) is not None for folder in folders)
    early, later = map(engine.described, folders)
    assert "Research" in early["binds"] and "OpenRail-M" in later["terms"]
    assert "undisclosed" in later["training_data"]
    known = engine.published(folders[0])
    assert (known.size, known.frames, known.fps) == ((704, 512), 161, 25)
    assert engine.defaults == {"size": (64, 64), "seconds": 1.0, "fps": 25}, "a twin's"
    assert engine.capabilities.multiple == 32 and engine.capabilities.pictures == 1
    assert engine.usual["guidance"] == 3.0 and engine.usual["steps"] == 50
