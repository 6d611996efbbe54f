"""Pyramid Flow miniFLUX from end to end, by a tiny model in the published folders: every option, bad folders."""

import hashlib
import json
import pickle
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from uncaged.core.errors import AskedWrong, Impossible, UncagedError, WeightsBroken, WeightsMissing
from uncaged.core.media import read_film, write_film
from uncaged.core.order import (
    BROKE_OFF,
    Frame,
    Noted,
    Order,
    PositionFound,
    Preview,
    Progress,
    Understood,
)
from uncaged.core.score import Picture, Score, Shot
from uncaged.engines.precision import Opening
from uncaged.engines.pyramid import performing
from uncaged.engines.pyramid.answering import finish, on_device
from uncaged.engines.pyramid.drawing import draw
from uncaged.engines.pyramid.engine import PyramidFlow
from uncaged.engines.pyramid.latents import outward
from uncaged.engines.pyramid.networks import Networks
from uncaged.engines.pyramid.performing import PyramidPerformance, planned
from uncaged.engines.pyramid.vae import to_bytes

Scored = Callable[..., Score]
Made = Callable[..., Any]
Ordered = Callable[..., Order]


@pytest.fixture
def folder(twins: Mapping[str, Path]) -> Path:
    return twins["miniflux"]


@pytest.fixture(scope="module")
def networks(twins: Mapping[str, Path]) -> Networks:
    return Networks.opened(twins["miniflux"], Opening("", 0, "cpu"))


@pytest.fixture
def engine(folder: Path) -> PyramidFlow:
    return PyramidFlow(folder)


@pytest.fixture
def performance(engine: PyramidFlow, networks: Networks) -> PyramidPerformance:
    return PyramidPerformance(engine, networks)


def whole(networks: Networks, engine: PyramidFlow, score: Score, before: Any = ()) -> Any:
    """The film drawn to its end, then decoded at once."""
    plan = planned(engine, score, len(before))
    told = networks.words.told(score.text + plan.suffix)[0]
    against = networks.words.told(str(score.options["negative"]))[0]
    given = networks.coded(before) if len(before) else []
    noise = on_device(plan.noise(16))
    units = finish(draw(plan.numbers, noise, (against, told), given), networks.transformer("64p"))
    latents = torch.cat([outward(unit, i, "miniflux") for i, unit in enumerate(units)], 2)
    with torch.no_grad():
        return to_bytes(networks.coder.decode(latents))[0].numpy()


def alike(one: Any, other: Any) -> bool:
    """But for what rounding a number to a byte may do."""
    return one.shape == other.shape and int(np.abs(one.astype(int) - other).max()) <= 1


def test_a_film_is_shown_while_it_is_drawn_and_is_the_whole_one(
    engine: PyramidFlow,
    networks: Networks,
    performance: PyramidPerformance,
    scored: Scored,
    order: Ordered,
) -> None:
    score = scored(engine)
    events = list(performance.perform(order(score, quiet=False)))
    film = np.stack([event.pixels for event in events if isinstance(event, Frame)])
    assert film.shape == (17, 64, 64, 3) and film.std() > 1
    assert alike(film, whole(networks, engine, score))
    assert isinstance(events[0], Understood) and "reads no single words" in events[0].sentence
    assert isinstance(events[1], PositionFound)
    assert events[1].position == engine.genome(score).to_json()
    steps = [event.done for event in events if isinstance(event, Progress)]
    asked = planned(engine, score).numbers.asked()
    assert asked == 6 + 2 * 4 and steps == [*range(asked), asked + 1]
    kinds = [type(event) for event in events]
    early = kinds[: kinds.index(Frame)].count(Progress)
    assert early == 6 + 1, "the first frame comes as soon as the second is asked for"
    assert kinds.count(Preview) == 2, "how the first frame grows"
    assert networks.dtype == torch.float32 and networks.device == "cpu"


def test_the_same_seed_gives_the_same_film_and_begins_a_longer_one(
    folder: Path, made: Made
) -> None:
    film = made(folder)
    assert (made(folder) == film).all()
    assert (made(folder, seed=8) != film).any()
    assert alike(made(folder, seconds=1.0)[:17], film)


@pytest.mark.parametrize(
    ("count", "size"), [(1, (64, 64)), (2, (64, 64)), (9, (128, 64)), (12, (64, 128))]
)
def test_as_many_frames_as_were_asked_for(
    folder: Path, made: Made, count: int, size: tuple[int, int]
) -> None:
    assert made(folder, seconds=count / 24, size=size).shape == (count, size[1], size[0], 3)


@pytest.mark.parametrize("guidance", [0.0, 0.5, -3.0])
def test_guidance_acts_whatever_its_number(folder: Path, made: Made, guidance: float) -> None:
    both = {"guidance": 1.0, "first_guidance": 1.0}
    one = made(folder, options=both)
    later = made(folder, options={**both, "guidance": guidance})
    first = made(folder, options={**both, "first_guidance": guidance})
    assert (later[0] == one[0]).all() and (later[1:] != one[1:]).any()
    assert (first[0] != one[0]).any()


@pytest.mark.parametrize(
    "options",
    [
        {"fall": 0.5},
        {"steps": "2"},
        {"first_steps": "1 2 3"},
        {"temperature": 1.1},
        {"variation": 0.3},
        {"suffix": ""},
        {"negative": ""},
        {"brief": True},
    ],
    ids=lambda options: next(iter(options)),
)
def test_every_option_acts(folder: Path, made: Made, options: dict[str, Any]) -> None:
    assert (made(folder, options=options) != made(folder)).any()


def test_a_variant_is_chosen_by_the_size_or_by_its_name(
    folder: Path, tmp_path: Path, made: Made, scored: Scored
) -> None:
    two = shutil.copytree(folder, tmp_path / "two")
    PyramidFlow().twin(tmp_path / "other", 4)
    part = "diffusion_transformer_64p"
    shutil.copytree(tmp_path / "other" / part, two / "diffusion_transformer_128p")
    small = made(two)
    assert (small == made(folder)).all()
    large = made(two, options={"variant": "128p"})
    assert (large != small).any()
    assert (made(two, options={"variant": "64p"}) == small).all()
    wide = {"size": (192, 128), "seconds": 1 / 24}
    assert (made(two, **wide) == made(two, **wide, options={"variant": "128p"})).all()
    with pytest.raises(AskedWrong, match="no variant 12p"):
        scored(PyramidFlow(two), options={"variant": "12p"})


def test_a_negative_text_acts(folder: Path, made: Made) -> None:
    assert (made(folder, negative="a blue cat") != made(folder)).any()


@pytest.fixture
def picture(tmp_path: Path) -> tuple[Picture, dict[str, Path]]:
    """One of another shape than the film."""
    pixels = np.random.default_rng(1).integers(0, 255, (40, 90, 3), np.uint8)
    path = tmp_path / "picture.png"
    Image.fromarray(pixels).save(path)
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    return Picture(sha), {sha: path}


def test_a_picture_begins_a_film(
    folder: Path, made: Made, picture: tuple[Picture, dict[str, Path]]
) -> None:
    one, files = picture
    plain = made(folder)
    film = made(folder, files, pictures=(one,))
    assert film.shape == plain.shape and (film[0] != plain[0]).any()
    steps = made(folder, files, pictures=(one,), options={"first_steps": "3"})
    assert (steps == film).all(), "the first frame is not drawn"
    again = made(folder, files, pictures=(one,), seed=8)
    assert (again[0] == film[0]).all() and (again[1:] != film[1:]).any()
    assert made(folder, files, pictures=(one,), seconds=1 / 24).shape[0] == 1


def test_a_film_goes_on_from_frames(
    engine: PyramidFlow,
    networks: Networks,
    performance: PyramidPerformance,
    scored: Scored,
    order: Ordered,
) -> None:
    """Of eleven frames nine are seen; twelve come after them."""
    before = [
        event.pixels
        for event in performance.perform(order(scored(engine)))
        if isinstance(event, Frame)
    ]
    score = scored(engine, seconds=12 / 24, text="it flies away")

    def on(frames: Any) -> Any:
        events = performance.go_on(order(score), frames)
        return np.stack([event.pixels for event in events if isinstance(event, Frame)])

    film = on(before[:11])
    assert film.shape == (12, 64, 64, 3)
    assert alike(film, whole(networks, engine, score, before[2:11])[9:21])
    assert (on(before[2:11]) == film).all() and (on(before[:1]) != film).any()
    for wrong in ([], [before[0][:32]]):
        with pytest.raises(AskedWrong, match="goes on from frames of its own size"):
            on(wrong)


def test_numbers_beyond_any_end_in_a_film_and_a_sentence(
    engine: PyramidFlow, performance: PyramidPerformance, scored: Scored, order: Ordered
) -> None:
    for options, most in (({"first_guidance": 1e38}, 1), ({"guidance": 1e38}, 9)):
        events = list(performance.perform(order(scored(engine, options=options))))
        said = [event.sentence for event in events if isinstance(event, Understood)]
        assert "left what a computer can hold" in said[-1] and len(said) == 2
        facts = [event.facts for event in events if isinstance(event, Noted)]
        assert [BROKE_OFF in one for one in facts] == [False, True]
        frames = [event.pixels for event in events if isinstance(event, Frame)]
        assert len(frames) == 17
        assert all((frame == frames[-1]).all() for frame in frames[most:]), "then it stands still"


def test_whoever_stops_closes_the_drawing_and_others_go_on(
    engine: PyramidFlow,
    performance: PyramidPerformance,
    scored: Scored,
    order: Ordered,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[Any] = []

    def drawing(*given: Any) -> Any:
        begun.append(draw(*given))
        return begun[-1]

    monkeypatch.setattr(performing, "draw", drawing)
    alone = frames(performance.perform(order(scored(engine))))
    one, other = (performance.perform(order(scored(engine, seed=seed))) for seed in (8, 7))
    kept: list[Any] = []
    for _turn in range(8):
        next(one)
        kept += frames([next(other)])
    one.close()
    assert [drawing.gi_frame is None for drawing in begun] == [True, True, False]
    assert not torch.is_inference_mode_enabled() and torch.is_grad_enabled()
    rest = frames(other)
    assert len(kept + rest) == 17
    assert all((a == b).all() for a, b in zip(kept + rest, alone, strict=True))


def frames(events: Any) -> list[Any]:
    return [event.pixels for event in events if isinstance(event, Frame)]


def test_a_text_that_is_too_long_is_cut_and_said_to_be(
    engine: PyramidFlow, performance: PyramidPerformance, scored: Scored, order: Ordered
) -> None:
    events = performance.perform(
        order(scored(engine, " ".join(["bird"] * 40), options={"suffix": ""}))
    )
    first = next(events)
    assert isinstance(first, Understood) and "last 73 parts of it found no place" in first.sentence


def test_a_folder_is_offered_with_all_that_it_needs(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "model")
    (tmp_path / "model" / "README.md").write_text("about")
    offer = PyramidFlow().offer(tmp_path / "model")
    assert offer is not None and len(offer.files) == 13
    assert {"tokenizer/vocab.json", "text_encoder_2/model.safetensors"} < offer.files.keys()
    numbers = sum(
        array.numel()
        for path in folder.rglob("*.safetensors")
        for array in load_file(path).values()
    )
    assert offer.card["parameters"] == numbers and offer.card["architecture"] == "miniflux"
    assert "tiny twin" in offer.card["summary"] and offer.card["licence"] == "CC0-1.0"
    alone = tmp_path / "alone"
    for name, path in offer.files.items():
        (alone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, alone / name)
    assert Networks.opened(alone, Opening("", 0, "cpu")).words.told("a bird")[1] == 0
    assert PyramidFlow().offer(tmp_path) is None
    told(alone / "diffusion_transformer_64p" / "config.json", _uncaged_twin=False)
    real = PyramidFlow().offer(alone)
    assert real is not None and "undisclosed" in real.card["training_data"]
    assert "not verified" in real.card["licence"] and not real.card["binds"]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8])


def pickled(path: Path) -> None:
    path.write_bytes(pickle.dumps({"a": 1}, 4))


def told(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


BAD: dict[str, tuple[str, Callable[[Path], Any], type[UncagedError], str]] = {
    "no coder": ("causal_video_vae", shutil.rmtree, WeightsMissing, "causal_video_vae"),
    "no words": ("text_encoder_2", shutil.rmtree, WeightsMissing, "text_encoder_2"),
    "no tokenizer": ("tokenizer", shutil.rmtree, WeightsMissing, "tokenizer_config.json"),
    "no weights": ("text_encoder/model.safetensors", Path.unlink, WeightsMissing, "text_encoder"),
    "cut off": ("text_encoder_2/model.safetensors", cut, WeightsBroken, "no whole safetensors"),
    "pickle": ("text_encoder/model.safetensors", pickled, WeightsBroken, "is a pickle"),
    "other words": (
        "text_encoder_2/config.json",
        lambda path: told(path, d_model=48),
        WeightsBroken,
        "do not fit each other",
    ),
    "no encoder": (
        "text_encoder/config.json",
        lambda path: path.write_text('{"model_type": "gpt2"}'),
        WeightsBroken,
        "describes no text encoder",
    ),
    "another network": (
        "diffusion_transformer_64p/config.json",
        lambda path: path.write_text('{"_class_name": "MochiTransformer3DModel"}'),
        WeightsBroken,
        "describes no network of Pyramid Flow",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_folder_that_is_not_right_is_refused_with_a_sentence(
    folder: Path, tmp_path: Path, name: str
) -> None:
    """At the door and, had it changed since, when it is opened."""
    part, spoil, error, sentence = BAD[name]
    model = shutil.copytree(folder, tmp_path / "model")
    spoil(model / part)
    with pytest.raises(error, match=sentence):
        PyramidFlow().offer(model)
    with pytest.raises(error, match=sentence):
        PyramidFlow(model).open({})


def test_a_score_goes_on_with_the_film_that_it_names(
    twins: Any, made: Any, scored: Any, tmp_path: Path
) -> None:
    film, path = "f" * 64, tmp_path / "film.mp4"
    write_film(made(twins["miniflux"]), path, 24)
    kept = np.stack(list(read_film(path)))
    earlier = (Shot("a red bird", 17 / 24),)
    given = {"film": film, "earlier": earlier, "seconds": 8 / 24}
    whole = made(twins["miniflux"], {film: path}, text="it sleeps", **given)
    assert whole.shape[0] == 25 and (whole[:17] == kept).all() and whole[17:].std() > 0
    other = made(twins["miniflux"], {film: path}, text="a blue cat", **given)
    assert (other[17:] != whole[17:]).any(), "the words count"
    engine = PyramidFlow(twins["miniflux"])
    score, plain = scored(engine, **given), scored(engine, seconds=8 / 24)
    assert engine.cost(score) == engine.cost(plain) and engine.genome(score).given.film is None
    with pytest.raises(Impossible, match="draws no film anew"):
        scored(engine, film=film)
