"""Paper stands still, and what moves is shown as it is."""

import numpy as np

from uncaged.engines.seedling.codec import Codec, Floats
from uncaged.engines.seedling.inking import STILL, calmed, steady, stilled
from uncaged.engines.seedling.usual import CALM
from uncaged.training.seedling.clips import clip


def test_small_changes_are_not_shown_and_large_ones_are() -> None:
    film = np.zeros((4, 1, 3, 3), np.uint8)
    film[:, 0, 0, 0] = [100, 102, 98, 100]
    film[:, 0, 1, 0] = [100, 104, 105, 90]
    film[:, 0, 2, 0] = [0, 255, 253, 1]
    shown = steady(film)
    assert shown[:, 0, 0, 0].tolist() == [100, 100, 100, 100]
    assert shown[:, 0, 1, 0].tolist() == [100, 104, 104, 90]
    assert shown[:, 0, 2, 0].tolist() == [0, 255, 255, 1]


def test_nothing_is_shown_wrong_by_more_than_that_even_where_a_tone_creeps() -> None:
    film = np.repeat(np.arange(0, 250, 2, dtype=np.uint8)[:, None, None, None], 3, 3)
    shown = steady(film)
    assert np.abs(shown.astype(int) - film).max() == 2
    assert np.abs(shown.astype(int) - film).max() <= STILL
    assert len(np.unique(shown)) == len(film) / 2 + 0.5


def test_the_film_that_was_given_stays_as_it_was() -> None:
    film = np.random.default_rng(0).integers(0, 256, (3, 4, 4, 3), dtype=np.uint8)
    before = film.copy()
    steady(film)
    assert np.array_equal(film, before)


def test_what_stands_in_the_small_film_stands_in_the_large_one() -> None:
    small = np.zeros((16, 64, 64, 3), np.float32)
    small[5:, 40, 40] = 1
    inked = np.random.default_rng(0).integers(100, 140, (48, 256, 256, 3), dtype=np.uint8)
    shown = stilled(inked, small)
    moving = np.zeros((256, 256), bool)
    moving[4 * 38 : 4 * 43, 4 * 38 : 4 * 43] = True
    assert np.array_equal(shown[:, moving], inked[:, moving])
    rest = shown[:, ~moving]
    assert (rest == rest[0]).all() and np.abs(rest[0] - inked[:, ~moving].mean(0)).max() <= 0.51


def levels(*places: list[float]) -> Floats:
    """A film of one row: each place a colour in so many frames, in levels of 255."""
    film = np.array(places, np.float32).T[:, None, :, None].repeat(3, 3)
    return film / 127.5 - 1


def shown(film: Floats) -> list[list[float]]:
    return np.round((film[:, 0, :, 0] + 1) * 127.5, 2).T.tolist()


def test_what_wavers_stands_and_what_moves_stays() -> None:
    wavers, crossed, leaps = (
        [90, 120, 100, 80, 100],
        [100, 108, 96, 220, 100],
        [0, 60, 120, 180, 240],
    )
    calm = calmed(levels(wavers, crossed, leaps), 32.0)
    assert shown(calm) == [[100] * 5, [100, 100, 100, 220, 100], [0, 60, 120, 180, 240]]
    assert calm.dtype == np.float32
    same = levels(wavers, crossed)
    assert calmed(same, 0.0) is same and calmed(same, -5.0) is same and calmed(same, np.nan) is same
    assert shown(calmed(levels(leaps), 1e308)) == [[120] * 5]


def test_drawings_that_move_are_hardly_touched() -> None:
    codec = Codec.shipped()
    for seed in range(5):
        film = codec.pixels(codec.encode(clip(seed, labels={"s1.motion": "drifts-left"}).frames))
        off = np.abs(calmed(film, CALM) - np.clip(film, -1, 1))
        assert off.mean() < 0.01 and np.quantile(off, 0.99) < 0.1
