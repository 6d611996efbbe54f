"""`seedling` performs: every dial moves the film, nothing breaks it, and a position brings it back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong, Impossible
from uncaged.core.order import Event, Frame, Order, PositionFound, Preview, Progress, Understood
from uncaged.core.pictures import as_png
from uncaged.core.score import MAX_SEED, Score
from uncaged.engines.registry import engine
from uncaged.engines.seedling import performing
from uncaged.engines.seedling.engine import Seedling

TEXT = "a red fish rises"


@pytest.fixture(scope="module")
def seedling(tiny_seedling: Path) -> Seedling:
    return Seedling(tiny_seedling)


@pytest.fixture(scope="module")
def opened(seedling: Seedling) -> performing.SeedlingPerformance:
    return seedling.open({})


def events(
    opened: performing.SeedlingPerformance, score: Score, quiet: bool = True
) -> Iterator[Event]:
    return opened.perform(Order("r_" + "a" * 12, 0, score, quiet=quiet))


@pytest.fixture(scope="module")
def film(seedling: Seedling, opened: performing.SeedlingPerformance) -> Any:
    """One frame a second of a film, as numbers: enough to tell two films apart."""

    def perform(text: str = TEXT, options: dict[str, Any] | None = None, **given: Any) -> Any:
        score = seedling.score(text, options=options or {}, fps=1, **given)
        frames = [event.pixels for event in events(opened, score) if isinstance(event, Frame)]
        assert len(frames) == 2 and all(frame.dtype == np.uint8 for frame in frames)
        return np.stack(frames).astype(np.int16)

    return perform


def test_it_performs(seedling: Seedling, opened: performing.SeedlingPerformance) -> None:
    score = seedling.score(TEXT)
    seen = list(events(opened, score, quiet=False))
    understood, position = seen[0], seen[1]
    assert isinstance(understood, Understood) and understood.words["fish"] == "a fish"
    assert isinstance(position, PositionFound)
    assert position.position["genes"]["s1.kind.fish"] == 1.0
    frames = [event.pixels for event in seen if isinstance(event, Frame)]
    assert len(frames) == 48 and {frame.shape for frame in frames} == {(256, 256, 3)}
    assert not np.array_equal(frames[0], frames[40])
    previews = [i for i, event in enumerate(seen) if isinstance(event, Preview)]
    ways = [event for event in seen if isinstance(event, Progress)]
    assert len(previews) == 1 and isinstance(seen[previews[0] + 1], Progress)
    assert [way.done for way in ways] == list(range(26)) and ways[-1].done == ways[-1].total
    doing = [way.doing for way in ways]
    assert doing == ["sketching"] * 12 + ["drawing"] * 12 + ["inking"] * 2
    again = [event.pixels for event in events(opened, score) if isinstance(event, Frame)]
    assert all(np.array_equal(a, b) for a, b in zip(frames, again, strict=True))


def test_a_film_of_fewer_frames_is_the_same_film(seedling: Seedling) -> None:
    whole = list(seedling.perform(TEXT))
    for fps in (24, 12, 8, 6, 4, 3, 2, 1, 0.5):
        frames = list(seedling.perform(TEXT, fps=fps))
        assert len(frames) == 2 * fps
        assert all(
            np.array_equal(frame, whole[round(i * 24 / fps)]) for i, frame in enumerate(frames)
        )


def test_it_makes_a_larger_one(seedling: Seedling) -> None:
    frames = list(seedling.perform(TEXT, size=(512, 512), fps=1))
    assert [frame.shape for frame in frames] == [(512, 512, 3)] * 2


DIALS: list[dict[str, Any]] = [
    {"guidance": 1.0},
    {"guidance": 0.0},
    {"guidance": 0.5},
    {"guidance": -2.0},
    {"guidance": 40.0},
    {"negative": "a green bird"},
    {"temperature": 0.5},
    {"temperature": 2.0},
    {"temperature": -1.0},
    {"temperature": 0.0},
    {"labels": "bird=1"},
    {"labels": "bird=-1"},
    {"labels": "bird=10"},
    {"labels": "bird=1e6"},
    {"labels": {"s2.hue.violet": 1.0}},
    {"labels": "fish=0.5"},
    {"labels": "way-07=1"},
    {"steps": 1},
    {"steps": 4},
    {"steps": 24},
    {"calm": 0.0},
    {"calm": 200.0},
    {"bend": 3.0},
    {"bend": -2.0},
    {"variation": 0.1},
    {"variation": 1.0},
    {"variation": -3.0},
]


def test_every_dial_moves_the_film_and_each_number_elsewhere(film: Any) -> None:
    plain = film()
    found = [film(options=options) for options in DIALS]
    for i, one in enumerate(found):
        assert np.abs(one - plain).max() > 0, DIALS[i]
        for j, other in enumerate(found[:i]):
            assert np.abs(one - other).max() > 0, (DIALS[i], DIALS[j])
    moved = {name for options in DIALS for name in options}
    assert moved == set(Seedling.options.model_fields)


def test_a_little_of_a_dial_is_a_little_of_a_change(film: Any) -> None:
    plain = film()
    for name, near, far in (
        ("variation", 0.1, 1.0),
        ("temperature", 1.05, 3.0),
        ("guidance", 2.05, 12.0),
    ):
        little, much = (
            np.abs(film(options={name: number}) - plain).mean() for number in (near, far)
        )
        assert 0 < little < much / 2, name


def test_the_answer_knows_labels_too(
    seedling: Seedling, opened: performing.SeedlingPerformance, tiny_model: Any, tmp_path: Path
) -> None:
    def answer(labels: str, text: str = "a red fox") -> str:
        score = seedling.score(text, options={"labels": labels})
        first = next(iter(events(opened, score)))
        assert isinstance(first, Understood)
        return first.sentence

    plain = "Drawn: red cat.\nThe nearest it has learnt: a cat for a fox."
    assert answer("") == plain
    assert answer("cat=-1 fish=2") == plain.replace("red cat", "red fish; without a cat")
    tiny_model.build(tmp_path, learned=["s1.kind", "s1.hue"])
    bare = Seedling(tmp_path)
    score = bare.score("a bird", options={"labels": "night=1"})
    first = next(iter(events(bare.open({}), score)))
    assert isinstance(first, Understood)
    assert first.sentence == "Drawn: bird.\nThese weights have not learnt: palette.night."


def test_words_and_seeds_move_it(film: Any) -> None:
    films = [film(), film(seed=2), film("a blue fish rises"), film("a red fish"), film("森")]
    for i, one in enumerate(films):
        assert all(np.abs(one - other).max() > 0 for other in films[:i])
    assert np.array_equal(film(seed=MAX_SEED), film(seed=MAX_SEED))


@pytest.mark.parametrize(
    "options",
    [
        {"guidance": 1e38},
        {"guidance": -1e308},
        {"temperature": 1e308},
        {"labels": "bird=1e308 fish=-1e308"},
        {"calm": 1e308},
        {"calm": -1e308},
        {"bend": 1e308},
        {"bend": -1e308},
        {"variation": 1e308},
        {"guidance": 1e30, "temperature": -1e30, "labels": "bird=1e30"},
    ],
)
def test_wild_numbers_give_a_film(film: Any, options: dict[str, Any]) -> None:
    assert film(options=options).shape == (2, 256, 256, 3)


def test_it_says_when_numbers_left_what_a_computer_holds(
    seedling: Seedling, opened: performing.SeedlingPerformance
) -> None:
    score = seedling.score(TEXT, options={"guidance": 1e300})
    told = [event for event in events(opened, score) if isinstance(event, Understood)]
    assert len(told) == 2 and told[0].words == told[1].words
    assert "left what a computer can hold" in told[1].sentence
    assert "what was there before" in told[1].sentence


def test_a_position_brings_the_film_back(seedling: Seedling, film: Any) -> None:
    options = {
        "guidance": 5.0,
        "steps": 7,
        "temperature": 0.8,
        "bend": -1.0,
        "variation": 0.4,
        "labels": "bird=0.3 way-03=-2",
        "negative": "a house",
    }
    made = film(options=options, seed=77)
    position = seedling.genome(seedling.score(TEXT, options=options, seed=77)).to_json()
    kept = json.loads(json.dumps(position))
    assert np.array_equal(film("", position=kept, seed=5), made)
    genes = kept["genes"]
    assert genes["guidance"] == 5.0 and genes["steps"] == 7 and genes["not.s1.kind.house"] == 1.0
    assert genes["s1.kind.bird"] == 0.3 and genes["free.way-03"] == -2.0
    turned = film("", position=kept, options={"guidance": -1.0})
    assert np.abs(turned - made).max() > 0
    assert np.abs(film("", position=kept, options={"labels": "bird=9"}) - made).max() > 0


def test_a_film_s_negative_can_stand_in_the_score(film: Any) -> None:
    own = film(options={"negative": "a green bird"})
    assert np.array_equal(film(negative="a green bird"), own)


def test_a_person_s_own_words_are_read(
    seedling: Seedling, opened: performing.SeedlingPerformance, tmp_path: Path
) -> None:
    words = b'[kinds]\nbird = ["grumph"]\n'
    seedling.check_words(words, "mine.toml")
    with pytest.raises(AskedWrong):
        seedling.check_words(b'[nothing]\nx = ["y"]\n', "mine.toml")
    assert seedling.understand("a grumph", words=[("mine.toml", words)]).words["grumph"] == "a bird"
    path = tmp_path / "mine.toml"
    path.write_bytes(words)
    score = seedling.score("a grumph", lexicons=("ab" * 32,))
    first = next(opened.perform(Order("r_" + "a" * 12, 0, score, {"ab" * 32: str(path)})))
    assert isinstance(first, Understood) and first.words["grumph"] == "a bird"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"size": (512, 256)}, "makes films of 256x256 or 512x512 pixels"),
        ({"size": (300, 300)}, "makes films of 256x256 or 512x512 pixels"),
        ({"size": (1024, 1024)}, "draws sides from 256 to 512"),
        ({"seconds": 3}, "makes films of 2 seconds"),
        ({"fps": 25}, "makes films of 24, 12, 8"),
        ({"fps": 48}, "frames a second"),
        ({"loop": True}, "cannot close a film to a loop"),
        ({"options": {"steps": 0}}, "takes 1 to 100 steps, not 0"),
        ({"options": {"steps": 10**9}}, "1,000,000,000"),
        ({"options": {"steps": 12.5}}, "cannot be 12.5"),
        ({"options": {"guidance": "much"}}, "cannot be 'much'"),
        ({"options": {"labels": "brid=1"}}, "no label called 'brid'"),
        ({"options": {"guidence": 1.0}}, "no option called"),
    ],
)
def test_what_it_cannot_do_is_refused_with_what_it_can(
    seedling: Seedling, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(AskedWrong, match=words):
        seedling.score(TEXT, **given)


def test_steps_of_a_position_cost_no_more_than_steps_may(seedling: Seedling, film: Any) -> None:
    position = {"model": "seedling", "genome": 1, "genes": {"steps": 1e300}, "seeds": {}}
    assert film("", position=position).any()
    score = seedling.score("", position=position)
    assert seedling.cost(score) == seedling.cost(seedling.score(TEXT, options={"steps": 100}))


def test_what_it_costs(seedling: Seedling) -> None:
    def cost(**given: Any) -> float:
        return seedling.cost(seedling.score(TEXT, **given))

    assert cost() < cost(options={"steps": 24}) < cost(options={"steps": 48})
    assert cost(options={"guidance": 1.0}) < cost() < cost(size=(512, 512))
    assert cost(options={"guidance": 0.0}) == cost(options={"guidance": 1.0})
    for genes in ({"guidance": 1.0}, {"guidance": "x"}, [], None):
        position = {"model": "seedling", "genome": 1, "genes": genes, "seeds": {}}
        assert seedling.cost(seedling.score(TEXT).evolve(position=position)) > 0


def test_closing_ends_it(
    seedling: Seedling, opened: performing.SeedlingPerformance, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    film = opened._networks.film  # pyright: ignore[reportPrivateUsage]

    def counted(**given: Any) -> Any:
        nonlocal asked
        asked += 1
        return film(**given)

    networks = performing.Networks(opened._networks.frame, counted)  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(opened, "_networks", networks)
    performance = events(opened, seedling.score(TEXT))
    for event in performance:
        if isinstance(event, Progress) and event.doing == "drawing" and event.done == 15:
            break
    performance.close()  # type: ignore[attr-defined] - what performs is a generator
    assert asked == 2 * 3
    with pytest.raises(StopIteration):
        next(performance)


def test_threads_do_not_change_a_film(tiny_seedling: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = []
    for threads in (1, 2, 3):
        monkeypatch.setattr(performing, "threads_allowed", lambda n=threads: n)
        found.append(np.stack(list(Seedling(tiny_seedling).perform(TEXT, fps=1))))
    assert np.array_equal(found[0], found[1]) and np.array_equal(found[0], found[2])


def test_a_picture_is_the_key_frame_and_costs_less(
    seedling: Seedling, opened: performing.SeedlingPerformance
) -> None:
    score = seedling.score(TEXT, seconds=0)
    seen = list(events(opened, score, quiet=False))
    frames = [event.pixels for event in seen if isinstance(event, Frame)]
    assert [frame.shape for frame in frames] == [(256, 256, 3)]
    steps = [event for event in seen if isinstance(event, Progress)]
    assert steps[-1].done == steps[-1].total
    assert seedling.cost(score) < seedling.cost(seedling.score(TEXT)) / 2


def test_from_farther_away_the_picture_lies_in_the_middle(
    seedling: Seedling, opened: performing.SeedlingPerformance, tmp_path: Path
) -> None:
    near = seedling.score(TEXT, seconds=0, seed=1)
    red = np.zeros((256, 256, 3), np.uint8)
    red[..., 0] = 200
    (tmp_path / "red").write_bytes(as_png(red))
    more = dict(seedling.farther(near, seedling.genome(near), "a" * 64, 2.0))
    assert not any(name.startswith("noise.") for name in more["position"]["genes"])
    found = []
    for seed in (1, 2):
        score = seedling.score(TEXT, seconds=0, seed=seed, **more)
        order = Order("r_" + "a" * 12, 0, score, {"a" * 64: str(tmp_path / "red")}, quiet=True)
        held = opened._staying(order)
        assert held is not None and held.given.shape == (1, 16, 16, 32)
        assert not held.mask[0, 4:12, 4:12].any() and held.mask.sum() == 256 - 64
        key = _last(opened, score, order)
        assert np.array_equal(key[0, 4:12, 4:12], held.given[0, 4:12, 4:12])
        found.append(key)
    assert not np.array_equal(found[0][0, :4], found[1][0, :4])  # each seed draws another field
    film = seedling.score(TEXT)
    with pytest.raises(Impossible):
        seedling.farther(film, seedling.genome(film), "a" * 64, 2.0)


def _last(opened: performing.SeedlingPerformance, score: Score, order: Order) -> Any:
    """The key frame's latents, as the performance draws them."""
    asked = performing.key_frame(
        performing.plan(opened_genome(score), score.seed), opened._networks, opened._staying(order)
    )
    try:
        while True:
            next(asked)
    except StopIteration as end:
        return end.value


def opened_genome(score: Score) -> Any:
    return engine("seedling").genome(score)
