"""What people are told is drawn: how things without legs go, and no pattern or colour that came by lot."""

import pytest

from uncaged.engines.ink.words import read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a bus walking", "a bus driving"),
        ("a train walking", "a train driving"),
        ("a car running", "a car driving fast"),
        ("a boat walking", "a boat sailing"),
        ("a boat", "a boat sailing"),
        ("a worm", "a worm crawling"),
        ("a goose walking", "a goose walking"),
        ("a goose", "a goose swimming"),
        ("a woman walking", "a woman walking"),
    ],
)
def test_things_go_as_such_things_do(text: str, told: str) -> None:
    for seed in range(1, 4):
        assert read(text, seed).sentence.startswith(f"Drawn: {told}.")


def test_patterns_and_colours_that_came_by_lot_are_not_told() -> None:
    for text in ("a cat", "a hotel", "a rabbit", "a bus, then a horse"):
        for seed in range(1, 9):
            said = read(text, seed).sentence
            for word in ("striped", "dotted", "hatched", "outline", "grey", "brown", "white"):
                assert word not in said


def test_patterns_and_colours_that_were_asked_for_are_told() -> None:
    for seed in range(1, 5):
        assert "a red dotted dog" in read("a red dotted dog and a cat", seed).sentence
        assert "a striped cat" in read("a dog, then a striped cat", seed).sentence
        assert "two yellow birds" in read("two yellow birds over a hill", seed).sentence
