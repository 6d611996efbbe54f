"""What a run in hand still needs: as was expected of it, until it is seen to take longer."""

import pytest

from uncaged.studio.desks import InHand


def test_a_film_that_takes_longer_than_was_thought_lets_short_ones_begin_beside_it() -> None:
    one = InHand("r_a", "m", 16.0, 3)
    assert one.left == 16.0
    one = one.come(0.02, 100.0)
    assert one.left == pytest.approx(16 * 0.98), "nothing is seen yet"
    one = one.come(0.04, 120.0)
    assert one.left == pytest.approx(20 * 0.96 / 0.02)
    assert one.come(1.0, 1100.0).left == 0.0


def test_one_that_is_quicker_is_taken_for_what_was_expected() -> None:
    one = InHand("r_a", "m", 100.0, 3).come(0.0, 5.0).come(0.5, 6.0)
    assert one.left == 50.0
    assert InHand("r_a", "m", 0.0, 3).come(0.5, 1.0).left == 0.0
