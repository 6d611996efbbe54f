"""Films made of films: drawn anew as the stock pipelines have it, gone on with, and what neither loses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.pipelines.cogvideo import pipeline_cogvideox_video2video as stock_cogvideox
from diffusers.pipelines.ltx import pipeline_ltx_condition as stock_ltx
from diffusers.pipelines.wan import pipeline_wan_video2video as stock_wan
from diffusers.schedulers import scheduling_dpm_cogvideox
from PIL import Image
from torch import Tensor

from parity import by_the_middle, far, pipeline, returned
from uncaged.core.errors import AskedWrong, FileDamaged, Impossible
from uncaged.core.media import read_film, write_film
from uncaged.core.order import Event, Frame, Order
from uncaged.core.score import Picture, Score, Shot
from uncaged.engines import films
from uncaged.engines.diffusion import cogvideox, ltx, mochi, remaking, wan
from uncaged.engines.diffusion.engine import DiffusionEngine
from uncaged.engines.diffusion.families import CogVideoX, LTXVideo, Mochi, Wan
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing

SIZE, FRAMES, FPS, STEPS = (64, 64), 9, 8, 5
FILM = "f" * 64
Made = tuple[DiffusionEngine, DiffusionPerformance]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Made]:
    """Opened twins by name, each built once."""
    found: dict[str, Made] = {}
    builders: dict[str, tuple[Callable[..., None], type[DiffusionEngine], dict[str, Any]]] = {
        "cogvideox": (cogvideox.twin, CogVideoX, {}),
        "cogvideox-1.5": (cogvideox.twin, CogVideoX, {"patch_size_t": 2}),
        "cogvideox-picture": (cogvideox.twin, CogVideoX, {"in_channels": 8}),
        "mochi": (mochi.twin, Mochi, {}),
        "ltx": (ltx.twin, LTXVideo, {}),
        "ltx-later": (ltx.twin, LTXVideo, {"pipeline": ltx.LTX_CONDITIONS}),
        "wan": (wan.twin, Wan, {}),
        "wan-picture": (wan.twin, Wan, {"pipeline": "WanImageToVideoPipeline"}),
        "wan-5b": (wan.twin, Wan, {"expand_timesteps": True}),
    }

    def make(name: str) -> Made:
        if name not in found:
            folder = tmp_path_factory.mktemp("twin")
            build, kind, what = builders[name]
            build(folder, 3, **what)
            engine = kind(folder)
            found[name] = engine, engine.open({})
        return found[name]

    return make


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A film, and its frames: (F, height, width, 3)."""
    rows = np.linspace(0, 255, SIZE[1])[None, :, None, None]
    across = np.linspace(0, 1, SIZE[0])[None, None, :, None] * [[[[255, 60, 120]]]]
    moves = np.arange(FRAMES)[:, None, None, None] * 8
    frames = ((rows + across + moves) / 2).clip(0, 255).astype(np.uint8)
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    write_film(frames, path, FPS)
    return path, np.stack(list(read_film(path)))


def _score(engine: DiffusionEngine, text: str = "a red bird", **given: Any) -> Score:
    options = {"steps": STEPS, **given.pop("options", {})}
    asked = {"size": SIZE, "seconds": FRAMES / FPS, "fps": FPS, "seed": 7, **given}
    return engine.score(text, options=options, **asked)


def _order(score: Score, path: Path, **more: Path) -> Order:
    files = {FILM: str(path), **{sha: str(one) for sha, one in more.items()}}
    return Order("r_" + "a" * 12, 0, score, files, quiet=True)


def _frames(events: Iterator[Event]) -> Any:
    return np.stack([event.pixels for event in events if isinstance(event, Frame)])


def _drawn(made: Made, score: Score, path: Path) -> tuple[Tensor, Drawing]:
    """The latents that our loop draws of a film, and the plan."""
    engine, performance = made
    order, den = _order(score, path), performance.denoiser
    scene = remaking.anew(order, den, score.options["strength"], 0)
    drawing = performance.planned(score, engine.genome(score), scene)
    told = [den.within(den.told(text)[0], FPS, 7) for text in ("", "a red bird")]
    return returned(performance.drawn(drawing.loop(told, den), drawing, [], quiet=True)), drawing


def _stock(kind: Any, folder: Path, frames: Any, **more: Any) -> Any:
    pipe = pipeline(kind, folder)
    by_the_middle(pipe)
    return pipe(
        prompt="a red bird",
        height=SIZE[1],
        width=SIZE[0],
        num_inference_steps=STEPS,
        output_type="latent",
        **({} if frames is None else {"video": [Image.fromarray(one) for one in frames]}),
        **more,
    ).frames[0]


@pytest.mark.parametrize("strength", [0.4, 0.8, 1.0])
def test_cogvideox_draws_a_film_anew_as_the_stock_pipeline_does(
    made: Any, film: Any, monkeypatch: pytest.MonkeyPatch, strength: float
) -> None:
    path, frames = film
    engine, _performance = made("cogvideox")
    score = _score(engine, film=FILM, options={"strength": strength})
    ours, drawing = _drawn(made("cogvideox"), score, path)
    assert drawing.steps == round(STEPS * strength)
    monkeypatch.setattr(
        stock_cogvideox, "randn_tensor", lambda *_args, **_more: drawing.noise()[None].clone()
    )
    # its scheduler draws once in the first step and twice in each other, of which the second counts
    lots = iter([0, *(step for step in range(1, STEPS) for _ in range(2))])
    monkeypatch.setattr(
        scheduling_dpm_cogvideox,
        "randn_tensor",
        lambda *_args, **_more: drawing.fresh(next(lots), "cpu")[None],
    )
    stock = _stock(
        stock_cogvideox.CogVideoXVideoToVideoPipeline,
        engine.home(),
        frames,
        strength=strength,
        guidance_scale=6.0,
        max_sequence_length=16,
    )
    assert ours.std() > 0.1 and far(ours, stock) <= 1e-4


@pytest.mark.parametrize("strength", [0.4, 0.8])
def test_wan_draws_a_film_anew_as_the_stock_pipeline_does(
    made: Any, film: Any, monkeypatch: pytest.MonkeyPatch, strength: float
) -> None:
    path, frames = film
    engine, _performance = made("wan")
    score = _score(engine, film=FILM, options={"strength": strength})
    ours, drawing = _drawn(made("wan"), score, path)
    assert drawing.steps == round(STEPS * strength)
    monkeypatch.setattr(
        stock_wan,
        "randn_tensor",
        lambda *_args, **_more: drawing.noise().transpose(0, 1)[None].clone(),
    )
    monkeypatch.setattr(stock_wan, "prompt_clean", str.strip)
    stock = _stock(
        stock_wan.WanVideoToVideoPipeline,
        engine.home(),
        frames,
        strength=strength,
        guidance_scale=5.0,
    )
    assert ours.std() > 0.1 and far(ours, stock.transpose(0, 1)) <= 1e-4


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of theirs
@pytest.mark.parametrize("strength", [0.4, 0.8])
def test_ltx_draws_a_film_anew_as_the_stock_pipeline_does(
    made: Any, film: Any, monkeypatch: pytest.MonkeyPatch, strength: float
) -> None:
    path, frames = film
    engine, performance = made("ltx-later")
    score = _score(engine, film=FILM, options={"strength": strength})
    ours, drawing = _drawn(made("ltx-later"), score, path)
    monkeypatch.setattr(
        stock_ltx,
        "randn_tensor",
        lambda *_args, **_more: drawing.noise().transpose(0, 1)[None].clone(),
    )
    stock = _stock(
        stock_ltx.LTXConditionPipeline,
        engine.home(),
        None,
        latents=performance.denoiser.latents(list(frames)).transpose(0, 1)[None],
        denoise_strength=strength,
        num_frames=FRAMES,
        frame_rate=FPS,
        guidance_scale=3.0,
        max_sequence_length=256,
    )
    assert ours.std() > 0.1 and far(ours, stock.transpose(0, 1)) <= 1e-4


EVERY = ("cogvideox", "cogvideox-1.5", "mochi", "ltx", "ltx-later", "wan", "wan-5b")
TAKING = ("cogvideox-picture", "wan-picture")
"""Those that begin every film with a picture."""


@pytest.mark.parametrize("name", [*EVERY, *TAKING])
def test_without_strength_a_film_comes_back_but_for_what_the_coder_loses(
    made: Any, film: Any, name: str
) -> None:
    path, frames = film
    engine, performance = made(name)
    den = performance.denoiser
    score = _score(engine, film=FILM, options={"strength": 0.0})
    ours = _frames(performance.perform(_order(score, path)))
    coded = den.latents([*frames, *frames[-1:].repeat(-(FRAMES - 1) % den.ratio, 0)])
    if name == "cogvideox-1.5":
        coded = torch.cat([coded[:1], coded])
    assert (ours == np.stack(list(den.frames(coded, FRAMES, 7)))).all() and ours.std() > 1


@pytest.mark.parametrize("name", ["cogvideox-1.5", "mochi", "ltx-later", *TAKING])
def test_the_strength_says_how_far_a_film_is_left(made: Any, film: Any, name: str) -> None:
    path, _pixels = film
    engine, performance = made(name)

    def drawn(strength: float, text: str = "a red bird") -> Any:
        score = _score(engine, text, film=FILM, options={"strength": strength, "guidance": 3.0})
        return _frames(performance.perform(_order(score, path))).astype(float)

    same = drawn(0.0)
    half = drawn(0.5)
    far = [np.abs(one - same).mean() for one in (drawn(0.1), half, drawn(1.0))]
    assert 0 < far[0] < min(far[1:])
    assert (drawn(0.5, "a blue cat") != half).any(), "the words count"
    for beyond in (-0.5, 1.5):
        assert (drawn(beyond) != half).any()


def test_any_strength_is_legal(made: Any, film: Any) -> None:
    engine, performance = made("wan")
    for strength in (-1e300, 1e30):
        score = _score(engine, film=FILM, options={"strength": strength})
        assert len(_frames(performance.perform(_order(score, film[0])))) == FRAMES


@pytest.mark.parametrize("name", [*EVERY, *TAKING])
def test_a_film_goes_on_after_every_frame_that_it_had(made: Any, film: Any, name: str) -> None:
    path, frames = film
    engine, performance = made(name)

    def drawn(text: str = "it sleeps", past: int = 17) -> Any:
        score = _score(
            engine,
            text,
            seconds=7 / FPS,
            film=FILM,
            earlier=(Shot("a red bird", FRAMES / FPS),),
            options={"past": past, "guidance": 3.0},
        )
        assert score.frame_count == FRAMES + 7
        return _frames(performance.perform(_order(score, path)))

    ours = drawn()
    assert ours.shape == (FRAMES + 7, SIZE[1], SIZE[0], 3)
    assert (ours[:FRAMES] == frames).all() and (ours[FRAMES:] != ours[FRAMES - 1]).any()
    assert (drawn("a blue cat")[FRAMES:] != ours[FRAMES:]).any(), "the words count"
    assert (drawn(past=1)[FRAMES:] != ours[FRAMES:]).any(), "what it looks back at counts"


@pytest.mark.parametrize("name", [*EVERY, *TAKING])
def test_pictures_are_taken_where_the_model_can_see_them_and_nowhere_else(
    made: Any, name: str
) -> None:
    engine, _performance = made(name)
    before: dict[str, Any] = {"film": FILM, "earlier": (Shot("a", FRAMES / FPS),)}
    pictures = (Picture("b" * 64), Picture("c" * 64, at=1.0))
    if engine.capabilities.pictures > 1:
        engine.score("on", seconds=1.0, pictures=pictures, **before)
        with pytest.raises(Impossible, match="a picture from one picture"):
            engine.score("on", seconds=0, pictures=pictures)
    else:
        with pytest.raises(Impossible, match=r"takes (no pictures|a picture for the beginning)"):
            engine.score("on", seconds=1.0, pictures=pictures[:1], **before)


@pytest.mark.parametrize("name", [*EVERY, *TAKING])
def test_what_is_held_stays_as_it_is(made: Any, film: Any, name: str) -> None:
    """The latents of the end of a film that goes on are those of the film, to the last step."""
    path, frames = film
    engine, performance = made(name)
    den = performance.denoiser
    score = _score(engine, seconds=1.0, film=FILM, earlier=(Shot("a", FRAMES / FPS),))
    scene = returned(remaking.after(_order(score, path), den, 17))
    seen = (FRAMES - 1) // den.ratio * den.ratio + 1
    assert scene.held == seen and scene.given is not None
    drawing = performance.planned(score, engine.genome(score), scene)
    told = [
        den.beside(den.within(den.told(text)[0], FPS, 7), scene.shown, drawing.shape)
        for text in ("", "a red bird")
    ]
    latents = returned(performance.drawn(drawing.loop(told, den), drawing, [], quiet=True))
    known = den.latents(list(frames[-seen:]))
    first = len(latents) - len(range(0, seen + 8, den.ratio)) if name == "cogvideox-1.5" else 0
    assert torch.allclose(latents[first : first + len(known)], known, atol=1e-5)


def test_a_film_of_another_pace_and_size_fits_and_a_short_one_stands_still(
    made: Any, film: Any
) -> None:
    path, frames = film
    engine, _performance = made("cogvideox")
    slow = _score(engine, film=FILM, fps=16.0, seconds=1.5)
    found = list(films.frames(_order(slow, path), 24))
    assert len(found) == 24 and (found[0] == found[1]).all() and (found[3] == frames[1]).all()
    assert all((one == frames[-1]).all() for one in found[18:])
    quick = _score(engine, film=FILM, fps=4.0)
    assert (next(reversed(list(films.frames(_order(quick, path), 5)))) == frames[8]).all()
    other = _score(engine, film=FILM, size=(96, 64))
    assert next(films.frames(_order(other, path), 1)).shape == (64, 96, 3)


def test_films_that_cannot_be_used_are_refused(made: Any, film: Any, tmp_path: Path) -> None:
    engine, performance = made("cogvideox")
    (tmp_path / "film").write_bytes(b"no film")
    with pytest.raises(FileDamaged):
        _frames(performance.perform(_order(_score(engine, film=FILM), tmp_path / "film")))
    with pytest.raises(AskedWrong, match="goes on only with a film"):
        _score(engine, earlier=(Shot("a", 1.0),))
    with pytest.raises(AskedWrong, match="1 to 257 frames"):
        _score(engine, options={"past": 0})
    with pytest.raises(Impossible, match="beginning of a film alone"):
        _score(made("cogvideox-picture")[0], pictures=(Picture("a" * 64, 0.5),))
    from uncaged.engines.registry import engine as built_in

    with pytest.raises(Impossible, match="draws no film anew"):
        built_in("ink").score("a bird", film=FILM)


def test_a_film_costs_what_is_drawn_of_it(made: Any) -> None:
    engine = made("cogvideox")[0]
    plain = engine.cost(_score(engine))
    half = engine.cost(_score(engine, film=FILM, options={"strength": 0.5}))
    longer = _score(engine, seconds=1.0, film=FILM, earlier=(Shot("a", 60.0),), options={"past": 9})
    assert half == pytest.approx(plain / 2)
    assert engine.cost(longer) == pytest.approx(plain * 17 / 9)


def test_the_rest_of_a_way() -> None:
    times = [1.0, 0.75, 0.5, 0.25, 0.0]
    assert remaking.rest(times, 1.0) == remaking.rest(times, -3.0) == times
    assert remaking.rest(times, 0.5) == [0.5, 0.25, 0.0]
    assert remaking.rest(times, 0.6) == pytest.approx([0.6, 0.5, 0.25, 0.0])
    assert remaking.rest(times, 0.0) == [0.0]
    assert remaking.rest(list(range(8)), 1 - 1 / 7) == list(range(1, 8))
