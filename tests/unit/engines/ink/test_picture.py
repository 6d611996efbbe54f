"""A picture of `ink`: the middle of the film that the same score would be, and its strokes; stepped back from."""

import numpy as np
import pytest

from uncaged.core.genome import Genome
from uncaged.core.order import Order
from uncaged.engines.ink.engine import ORDINARY
from uncaged.engines.ink.genes import stepped_back
from uncaged.engines.registry import engine

INK = engine("ink")
SMALL = {"size": (64, 64), "seed": 3}


def test_it_is_the_middle_of_its_film() -> None:
    (picture,) = INK.perform("a red fox walks", seconds=0, fps=2, **SMALL)
    film = list(INK.perform("a red fox walks", seconds=ORDINARY, fps=2, **SMALL))
    assert np.array_equal(picture, film[6]) and not np.array_equal(picture, film[0])


@pytest.mark.parametrize("text", ["a red fox. Then a blue boat.", "two birds, a page of pictures"])
def test_whatever_a_score_says_it_is_one_frame(text: str) -> None:
    score = INK.score(text, seconds=0, **SMALL)
    assert len(list(INK.perform(score))) == 1
    assert INK.cost(score) > 0
    strokes = INK.open({}).strokes(Order("", 0, score), 0.0)
    assert strokes.startswith("<?xml") or strokes.startswith("<svg")


def test_stepped_back_everybody_is_smaller_and_nothing_else_moves() -> None:
    score = INK.score("a fox, then a boat, pan right", seconds=0, **SMALL)
    here = INK.genome(score)
    there = stepped_back(here, 4.0)
    for name, value in there.genes.items():
        size, camera = name.endswith(".size"), "camera." in name
        assert value == (here.genes[name] / 4 if size or camera else here.genes[name])
    assert there.seeds == here.seeds
    assert stepped_back(Genome("ink", {"s2.count": 1.0}), 2.0).genes["s2.size"] == 0.5
