"""LTX-2 by our loop: what the stock pipelines draw, film and sound, and what they cannot. Tiny random weights,
published layout."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import LTX2ConditionPipeline, LTX2ImageToVideoPipeline, LTX2Pipeline
from diffusers.pipelines.ltx2 import pipeline_ltx2_condition
from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import Tensor

from parity import far, pipeline, returned
from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing
from uncaged.core.order import Frame, Order, Sound
from uncaged.core.score import Score
from uncaged.engines.diffusion.family import Shown
from uncaged.engines.diffusion.ltx2 import LTX2 as Networks
from uncaged.engines.diffusion.ltx2_engine import LTX2
from uncaged.engines.diffusion.ltx2_twin import twin
from uncaged.engines.diffusion.performing import DiffusionPerformance, Drawing
from uncaged.engines.named import Named
from uncaged.engines.texts.gemma import BEFORE, Gemma

SIZE, FRAMES, FPS, STEPS = (96, 64), 17, 24.0, 5
"""3 latent frames of 2×3 tokens, and 18 moments of sound."""

PICTURE = np.random.default_rng(1).integers(0, 255, (2, 3, 3), np.uint8).repeat(32, 0).repeat(32, 1)
LEAD = {"stg_layers": "1"}
"""The tiny network has two layers."""

Opened = tuple[Path, Networks]
Twin = Callable[..., Opened]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    """Twins, each written and opened once."""
    found: dict[bool, Opened] = {}

    def build(later: bool = False) -> Opened:
        if later not in found:
            folder = tmp_path_factory.mktemp("ltx2")
            twin(folder, 3, later=later)
            found[later] = folder, Networks(folder, torch.float32, "cpu")
        return found[later]

    return build


def _score(opened: Opened, **options: Any) -> Score:
    given = {"steps": STEPS, **LEAD, **options}
    return LTX2(opened[0]).score(
        "a red bird", size=SIZE, seconds=FRAMES / FPS, fps=FPS, seed=7, options=given
    )


def _planned(opened: Opened, **options: Any) -> Drawing:
    engine, score = LTX2(opened[0]), _score(opened, **options)
    return DiffusionPerformance(engine, opened[1]).planned(score, engine.genome(score))


def _drawn(opened: Opened, picture: Any = None, given: Any = None, **options: Any) -> Named:
    """The latents that our loop draws."""
    folder, networks = opened
    drawing = _planned(opened, **options)
    performance = DiffusionPerformance(LTX2(folder), networks)
    with torch.inference_mode():
        told = [networks.within(networks.told(text)[0], FPS, 7) for text in ("", "a red bird")]
        if picture is not None or given is not None:
            film: Any = given or [picture]
            shown = film if isinstance(film[0], Shown) else [Shown(film)]
            told = [networks.beside(one, shown, drawing.shape) for one in told]
        loop = drawing.loop(told, networks)
        return returned(performance.drawn(loop, drawing, [], quiet=True))


def _stock(
    kind: Any, opened: Opened, monkeypatch: pytest.MonkeyPatch, *lent: Tensor, **more: Any
) -> Any:
    """What the stock pipeline gives by its own settings, from our noise. lent: more noise, of other shapes."""
    noise = _planned(opened).noise()
    film, sound = noise["video"], noise["audio"]
    laid = (
        film.transpose(0, 1)[None],
        sound.transpose(0, 1)[None],
        film.permute(0, 2, 3, 1).flatten(0, 2)[None],
        sound.flatten(1)[None],
        *lent,
    )
    lots = {tuple(one.shape): one for one in laid}
    module = __import__(kind.__module__, fromlist=["randn_tensor"])
    monkeypatch.setattr(module, "randn_tensor", lambda shape, **_more: lots[tuple(shape)].clone())
    pipe = pipeline(kind, opened[0])
    return pipe(
        prompt="a red bird",
        height=SIZE[1],
        width=SIZE[0],
        num_frames=FRAMES,
        frame_rate=FPS,
        num_inference_steps=STEPS,
        spatio_temporal_guidance_blocks=[1],
        return_dict=False,
        **{"output_type": "latent", **more},
    )


def _latents(opened: Opened, made: Any) -> Named:
    """Latents of the stock pipeline, as ours are."""
    networks, (video, audio) = opened[1], made
    ear = networks.ear
    sound = audio[0].transpose(0, 1)
    flat = (sound.flatten(1) - ear.latents_mean) / ear.latents_std
    mean, std = (
        one.view(1, -1, 1, 1) for one in (networks.vae.latents_mean, networks.vae.latents_std)
    )
    return Named(video=(video[0].transpose(0, 1) - mean) / std, audio=flat.view(sound.shape))


@pytest.mark.parametrize("later", [False, True])
def test_our_loop_draws_what_the_stock_pipeline_draws(
    built: Twin, later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = built(later)
    ours, drawing = _drawn(opened), _planned(opened)
    assert drawing.shape == (3, 8, 2, 3) and drawing.sound == (18, 2, 2)
    assert min(float(one.std()) for one in ours.values()) > 0.1
    stock = _latents(opened, _stock(LTX2Pipeline, opened, monkeypatch))
    assert far(ours, stock) <= 1e-4
    assert far(_drawn(opened, stg=0.0, sound_stg=0.0), ours) > 1e-3 or not later


def test_every_part_of_its_guidance_is_as_the_stock_pipeline_has_it(
    built: Twin, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = built(later=True)
    turned = {
        "guidance": 2.5,
        "sound_guidance": 4.0,
        "stg": 0.5,
        "sound_stg": 1.5,
        "modality": 2.0,
        "sound_modality": 1.5,
        "rescale": 0.3,
        "sound_rescale": 0.9,
    }
    theirs = {
        f"{'audio_' * (name.startswith('sound_'))}{word}": turned[name]
        for name in turned
        for word in [
            {
                "guidance": "guidance_scale",
                "stg": "stg_scale",
                "modality": "modality_scale",
                "rescale": "guidance_rescale",
            }[name.removeprefix("sound_")]
        ]
    }
    stock = _latents(opened, _stock(LTX2Pipeline, opened, monkeypatch, **theirs))
    assert far(_drawn(opened, **turned), stock) <= 1e-4


@pytest.mark.parametrize("later", [False, True])
def test_a_picture_begins_a_film_as_the_stock_pipeline_has_it(
    built: Twin, later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = built(later)
    ours = _drawn(opened, PICTURE)
    assert far(_drawn(opened, 255 - PICTURE), ours) > 0.01, "the picture counts"
    image = Image.fromarray(PICTURE)
    stock = _stock(LTX2ImageToVideoPipeline, opened, monkeypatch, image=image)
    assert far(ours, _latents(opened, stock)) <= 1e-4


@pytest.mark.parametrize("later", [False, True])
def test_it_goes_on_from_frames_as_the_stock_pipeline_does(
    built: Twin, later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = built(later)
    film = [np.roll(PICTURE, 3 * n, 1) for n in range(9)]
    ours = _drawn(opened, given=film)
    assert far(_drawn(opened, given=film[::-1]), ours) > 0.01, "each counts"
    condition = LTX2VideoCondition([Image.fromarray(one) for one in film])
    stock = _stock(LTX2ConditionPipeline, opened, monkeypatch, conditions=[condition])
    assert far(ours, _latents(opened, stock)) <= 1e-4


@pytest.mark.parametrize("later", [False, True])
def test_pictures_stand_at_any_moments_as_the_stock_pipeline_has_them(
    built: Twin, later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stock pipeline counts them where it looks how large a film is; it is lent our schedule."""
    opened = built(later)
    where = ((PICTURE, 0, 0), (255 - PICTURE, 1, 1), (PICTURE[::-1].copy(), 9, 2))
    given = [Shown([picture], at) for picture, at, _unit in where]
    ours = _drawn(opened, given=given)
    assert far(_drawn(opened, given=given[:2]), ours) > 1e-3, "each counts"
    known = pipeline_ltx2_condition.calculate_shift
    monkeypatch.setattr(
        pipeline_ltx2_condition, "calculate_shift", lambda _tokens, *more: known(3 * 2 * 3, *more)
    )
    conditions = [
        LTX2VideoCondition(Image.fromarray(picture), unit) for picture, _at, unit in where
    ]
    noise = _planned(opened).noise()["video"].permute(0, 2, 3, 1).flatten(0, 2)
    longer = torch.cat([noise, torch.zeros(2 * 2 * 3, 8)])[None]
    stock = _stock(LTX2ConditionPipeline, opened, monkeypatch, longer, conditions=conditions)
    assert far(ours, _latents(opened, stock)) <= 1e-4
    assert LTX2(opened[0]).capabilities.pictures == 8


@pytest.mark.parametrize("later", [False, True])
def test_frames_and_sound_are_those_of_the_stock_pipeline(
    built: Twin, later: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = built(later)
    events = list(
        DiffusionPerformance(LTX2(opened[0]), opened[1]).perform(
            Order("r_" + "a" * 12, 1, _score(opened), quiet=True)
        )
    )
    sound = next(event for event in events if isinstance(event, Sound))
    frames = [event.pixels for event in events if isinstance(event, Frame)]
    assert events.index(sound) < min(
        number for number, event in enumerate(events) if isinstance(event, Frame)
    )
    video, audio = _stock(LTX2Pipeline, opened, monkeypatch, output_type="np")
    assert len(frames) == FRAMES and np.stack(frames).std() > 1
    assert np.abs(np.stack(frames) - video[0] * 255).max() <= 1
    assert sound.rate == (48_000 if later else 24_000)
    theirs = audio[0].float().numpy()[:, : round(FRAMES / FPS * sound.rate)].clip(-1, 1)
    assert sound.waves.shape == theirs.shape and sound.waves.std() > 1e-3
    assert abs(theirs.shape[1] / sound.rate - FRAMES / FPS) < 0.04, "as long as the film, nearly"
    assert np.abs(sound.waves - theirs).max() <= 1e-4 * theirs.std()


@pytest.mark.parametrize("name", ["guidance", "sound_guidance"])
@pytest.mark.parametrize("guidance", [0.0, 0.5, -3.0, 1e5])
def test_guidance_that_stock_pipelines_take_for_one_acts(
    built: Twin, name: str, guidance: float
) -> None:
    one, other = (_drawn(built(later=True), **{name: weight}) for weight in (1.0, guidance))
    part = "audio" if name == "sound_guidance" else "video"
    assert torch.isfinite(other[part]).all()
    assert float((other[part] - one[part]).abs().max() / one[part].std()) > 1e-3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 4),
        *(("solver", one) for one in ("dpm++2m", "unipc", "heun", "ancestral", "afresh")),
        ("temperature", 1.1),
        ("bend", 1.0),
        ("variation", 0.2),
        ("rescale", 0.0),
        ("sound_rescale", -1.0),
        ("modality", 0.0),
        ("sound_modality", -2.0),
        ("stg", -1.0),
        ("sound_stg", 3.0),
        ("stg_layers", "0 1"),
    ],
)
def test_every_dial_acts(built: Twin, name: str, value: Any) -> None:
    plain, turned = _drawn(built(later=True)), _drawn(built(later=True), **{name: value})
    assert all(torch.isfinite(one).all() for one in turned.values())
    assert far(turned, plain) > 1e-3


def test_what_counts_for_nothing_is_not_asked_for(built: Twin) -> None:
    plain = {f"{of}{name}": 1.0 for of in ("", "sound_") for name in ("guidance", "modality")}
    none = plain | {"stg": 0.0, "sound_stg": 0.0}
    for options, count in ((none, 1), ({}, 4), (none | {"sound_guidance": 0.5}, 2), (plain, 2)):
        score = _score(built(later=True), **options)
        drawing = _planned(built(later=True), **options)
        told = [built(later=True)[1].told(text)[0] for text in ("", "a bird")]
        ask = next(drawing.loop(told, built(later=True)[1]))
        assert len(ask.conds) == count
        assert LTX2(built(later=True)[0]).cost(score) == pytest.approx(score.pixels * STEPS * count)


@pytest.mark.parametrize("count", [1, 8, 10])
def test_a_film_has_the_frames_and_the_sound_that_were_asked_for(built: Twin, count: int) -> None:
    engine = LTX2(built()[0])
    score = engine.score("a bird", size=(64, 96), seconds=count / 25, fps=25, options={"steps": 1})
    events = list(engine.open({}).perform(Order("r_" + "a" * 12, 1, score, quiet=True)))
    frames = [event.pixels.shape for event in events if isinstance(event, Frame)]
    assert frames == [(96, 64, 3)] * count
    (sound,) = (event.waves for event in events if isinstance(event, Sound))
    assert len(sound) == 2 and 0 <= count / 25 - sound.shape[1] / 24_000 < 0.04
    still = engine.score("a bird", size=(64, 96), seconds=0, options={"steps": 1})
    shown = list(engine.open({}).perform(Order("r_" + "a" * 12, 1, still, quiet=True)))
    assert not any(isinstance(event, Sound) for event in shown)


def test_what_a_folder_is_offered_as(built: Twin, tmp_path: Path) -> None:
    engine = LTX2(built()[0])
    offer = engine.offer(built()[0])
    assert offer is not None and "connectors/config.json" in offer.files
    card = engine.described(built()[0])
    assert "a machine made it" in card["binds"] and "ndisclosed" in card["training_data"]
    known = engine.published(built()[0])
    assert (known.size, known.frames, known.fps) == ((768, 512), 121, 24)
    assert engine.defaults == {"size": (64, 64), "seconds": 25 / 24, "fps": 24}, "a twin's"
    can = engine.capabilities
    assert (
        can.sound
        and can.pictures == 8
        and can.multiple == 32
        and can.films == ("remixes", "extends")
    )
    assert engine.usual["guidance"] == 3.0 and engine.usual["steps"] == 30
    assert engine.usual["sound_guidance"] == 7.0
    with pytest.raises(AskedWrong, match="Layers are numbers"):
        engine.score("a bird", options={"stg_layers": "all"})
    twin(tmp_path)
    said = tmp_path / "text_encoder" / "config.json"
    said.write_text(said.read_text().replace('"model_type": "gemma3"', '"model_type": "gemma4"'))
    with pytest.raises(WeightsBroken, match="describes gemma4"):
        engine.offer(tmp_path)


@pytest.mark.parametrize("before", BEFORE)
def test_its_text_encoder_is_found_by_whatever_names_it_was_written_with(
    built: Twin, before: str, tmp_path: Path
) -> None:
    folder, networks = built()
    shutil.copytree(folder / "tokenizer", tmp_path / "tokenizer")
    shutil.copytree(folder / "text_encoder", tmp_path / "text_encoder")
    path = tmp_path / "text_encoder" / "model.safetensors"
    arrays = {
        name.replace("model.language_model.", before): value
        for name, value in load_file(path).items()
        if name.startswith("model.language_model.")
    }
    save_file(arrays, path)
    found = Gemma(tmp_path, torch.float32, "cpu").encoded("a red bird", 32)
    wanted = networks.texts.encoded("a red bird", 32)
    assert torch.equal(found[0], wanted[0]) and found[0].std() > 0.1


def test_a_folder_with_a_part_that_is_missing_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    twin(tmp_path)
    voice = tmp_path / "vocoder" / "config.json"
    voice.write_text(voice.read_text().replace("LTX2Vocoder", "Parrot"))
    with pytest.raises(WeightsBroken, match="no network that can be built"):
        Networks(tmp_path, torch.float32, "cpu")
    shutil.rmtree(tmp_path / "connectors")
    with pytest.raises(WeightsMissing, match="connectors"):
        LTX2().offer(tmp_path)
