"""Paper stands still, and what moves is shown as it is."""

import numpy as np

from uncaged.engines.seedling.inking import STILL, steady


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
