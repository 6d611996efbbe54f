"""Films to train on: a pure function of their seed, one film at every size, and no pair that is held out."""

import subprocess
import sys
from collections import defaultdict
from hashlib import sha256

import numpy as np
import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.grammar import MOTIONS, OF_A_SUBJECT, held_out, holds_out
from uncaged.training.seedling.clips import clip
from uncaged.training.seedling.plans import plan

HASHED = """
from hashlib import sha256
from uncaged.training.seedling.clips import clip
print(*(sha256(clip(seed).frames.tobytes()).hexdigest() for seed in (3, 2**53 - 1)))
"""


def test_a_film_is_the_same_again_in_another_process() -> None:
    here = [sha256(clip(seed).frames.tobytes()).hexdigest() for seed in (3, 2**53 - 1)]
    there = subprocess.run([sys.executable, "-c", HASHED], capture_output=True, text=True)
    assert there.stdout.split() == here, there.stderr
    assert here[0] != here[1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_film_is_the_same_at_every_size_and_length(seed: int) -> None:
    small, large = clip(seed), clip(seed, side=256, frames=48)
    assert small.frames.shape == (16, 64, 64, 3) and large.frames.shape == (48, 256, 256, 3)
    assert small.names == large.names
    every_third = large.frames[1::3].astype(np.float64)
    shrunk = every_third.reshape(16, 64, 4, 64, 4, 3).mean((2, 4))
    assert np.abs(shrunk - small.frames).mean() < 2.5
    assert np.abs(shrunk - small.frames[::-1]).mean() > 0.3 or small.names["s1.motion"] == "still"


def test_films_are_what_they_were() -> None:
    """Coarse means of one film: where they change, the films have, and `VERSION` must be raised."""
    film = clip(7, labels={"s1.kind": "heart", "s1.hue": "red", "s1.motion": "grows"}).frames
    coarse = film[[0, 15]].reshape(2, 4, 16, 4, 16, 3).mean((2, 4))[..., 1]
    assert np.abs(coarse - np.array(COARSE)).max() < 1.5, coarse.round().astype(int).tolist()


COARSE = [
    [[237, 234, 235, 237], [237, 211, 214, 237], [237, 237, 237, 237], [237, 237, 237, 237]],
    [[237, 175, 173, 237], [237, 137, 144, 237], [237, 236, 236, 237], [237, 237, 237, 237]],
]
"""Green, of the first frame and the last, in a grid of 4×4."""


def test_a_pair_that_is_held_out_is_never_drawn() -> None:
    assert not any(holds_out(plan(seed).names) for seed in range(3000))
    assert all(holds_out(plan(seed, held=True).names) for seed in range(200))


def test_every_value_comes_as_often_as_the_next() -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for seed in range(3000):
        for name, value in plan(seed).names.items():
            found[name].append(value)
    for name, values in OF_A_SUBJECT.items():
        counts = [found[f"s1.{name}"].count(value) for value in values]
        even = 3000 / len(values)
        assert min(counts) > 0.7 * even and max(counts) < 1.3 * even, (name, counts)
    assert len(set(found["free"])) == 32 and 1400 < len(found["free"]) < 1600


def test_what_is_fixed_is_drawn_and_changes_nothing_else() -> None:
    fixed = {"s1.kind": "sun", "s1.motion": "spins", "free": "way-09"}
    names = plan(11, fixed).names
    assert names.items() >= fixed.items()
    assert plan(11, fixed | {"s1.place": "top"}).names == dict(names) | {"s1.place": "top"}


@pytest.mark.parametrize(
    ("seed", "fixed", "held", "word"),
    [
        (-1, {}, False, "seed"),
        (2**53, {}, False, "seed"),
        (0, {"s1.kind": "dragon"}, False, "dragon"),
        (0, {"s1.kind": "sun", "s1.motion": "pulses"}, False, "held"),
        (0, {"s1.kind": "sun", "s1.motion": "rises", "s1.hue": "red"}, True, "held"),
        (0, {"s2.kind": "sun"}, False, "one subject"),
    ],
)
def test_what_no_film_can_show_is_refused(
    seed: int, fixed: dict[str, str], held: bool, word: str
) -> None:
    with pytest.raises(AskedWrong, match=word):
        plan(seed, fixed, held)


@pytest.mark.parametrize(("side", "frames"), [(15, 16), (4096, 16), (64, 0), (64, 999)])
def test_sizes_and_lengths_have_bounds(side: int, frames: int) -> None:
    with pytest.raises(AskedWrong, match="film has"):
        clip(0, side=side, frames=frames)


def _middle(frame: np.ndarray) -> tuple[float, float, float]:
    """Where the subject is, x and y, and how many pixels differ from the paper at the corner of a film."""
    apart = np.abs(frame.astype(int) - np.median(frame.reshape(-1, 3), 0)).sum(-1) > 60
    y, x = np.nonzero(apart)
    return float(x.mean()), float(y.mean()), float(apart.sum())


@pytest.mark.parametrize("motion", MOTIONS)
@pytest.mark.parametrize("size", ["small", "large"])
def test_motions_do_what_they_are_called(motion: str, size: str) -> None:
    fixed = {"s1.kind": "boat", "s1.hue": "black", "s1.size": size, "s1.place": "centre"}
    if held_out("boat", motion):
        fixed["s1.kind"] = "snail"
    film = clip(5, labels=fixed | {"s1.motion": motion}).frames
    x, y, area = np.array([_middle(frame) for frame in film]).T
    dx, dy, grown = x[-1] - x[0], y[-1] - y[0], area[-1] / area[0]
    far = {"small": 18, "large": 11}[size]
    match motion:
        case "drifts-left":
            assert dx < -far and abs(dy) < 2
        case "drifts-right":
            assert dx > far and abs(dy) < 2
        case "rises":
            assert dy < -far and abs(dx) < 2
        case "sinks":
            assert dy > far and abs(dx) < 2
        case "grows":
            assert grown > 2.5
        case "shrinks":
            assert grown < 0.4
        case "pulses":
            assert area.max() / area.min() > 2 and 0.6 < grown < 1.7
        case "circles":
            assert np.ptp(x) > far / 2 and np.ptp(y) > far / 2 and abs(grown - 1) < 0.1
        case "bounces":
            assert np.ptp(y) > far / 2 and np.ptp(x) < 2
        case "spins" | "sways":
            assert np.ptp(x) > 1 and np.ptp(y) < {"spins": 14, "sways": 7}[motion]
            assert np.abs(film[0].astype(int) - film[7]).mean() > 3
        case _:
            assert not np.ptp(film, 0).any()
