"""What a score costs before anybody reads it: by frames, pixels, and the numbers in its words or genes."""

import pytest

from uncaged.core.score import Score
from uncaged.engines.ink import amounts
from uncaged.engines.ink.crowd import bodies, cost, counted_in
from uncaged.engines.registry import engine

INK = engine("ink")


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("", 0),
        ("a slow bird", 0),
        ("forty lanterns", 40),
        ("40 lanterns and two cats", 42),
        ("twenty-one foxes", 21),
        ("zweiundvierzig Vögel", 42),
        ("cincuenta y dos perros", 52),
        ("quatre-vingt-dix-neuf ballons rouges", 99),
        ("nine hundred birds", amounts.MANY),
        ("9" * 5000, amounts.MANY),
        ("½ ٣ birds", 0),
        ("the wonders of a thunderstorm", 0),
    ],
)
def test_numbers_are_counted_as_far_as_they_are_drawn(text: str, many: int) -> None:
    assert counted_in(text) == many


def test_numbers_of_a_long_text_end_somewhere() -> None:
    assert amounts.MOST <= counted_in("ninety cats, " * 10_000) <= amounts.MOST + amounts.MANY


def test_an_ordinary_film_costs_its_pixels() -> None:
    ordinary = INK.score("a slow bird")
    assert INK.cost(ordinary) == pytest.approx(ordinary.pixels)
    assert INK.cost(INK.score("a slow bird", seconds=12.0)) == pytest.approx(2 * ordinary.pixels)


def test_small_pictures_cost_more_than_their_share_and_large_ones_less() -> None:
    small, large = INK.score("a bird", size=(128, 128)), INK.score("a bird", size=(2048, 2048))
    assert cost(small) > small.pixels and cost(large) < large.pixels
    assert cost(small) < cost(large)


def test_more_bodies_cost_more() -> None:
    costs = [cost(INK.score(f"{many} trees")) for many in (1, 3, 10, 40, 100)]
    assert costs == sorted(set(costs))
    twice = INK.score("ten trees", options={"repetition": 1.0})
    assert cost(twice) > cost(INK.score("ten trees"))
    for dial in (-1e300, 1e300):
        assert cost(INK.score("ten trees", options={"repetition": dial})) <= 3 * costs[2]


def test_a_position_says_how_many_there_are() -> None:
    forty = INK.score("forty lanterns")
    stood = INK.score("whatever", position=INK.genome(forty).to_json())
    assert bodies(stood) == bodies(forty) == 40
    strange = {"model": "ink", "genome": 1, "genes": {"s1.count": 1e308}, "seeds": {}}
    assert bodies(INK.score("", position=strange)) == amounts.MANY


def test_shots_count_by_their_length() -> None:
    both: Score = INK.score("a bird. Then forty birds.")
    assert 1 < bodies(both) <= 41
