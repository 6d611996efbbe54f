"""From what was typed to a score: defaults written out, small repairs said aloud, the impossible refused."""

import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from uncaged.core.errors import AskedWrong, Impossible, NotFound, WeightsMissing
from uncaged.core.score import Picture, Score, Shot
from uncaged.engines.asking import Request, check_score, score_of
from uncaged.engines.registry import engine
from uncaged.engines.sorts import parse_size

INK, ECHO = engine("ink"), engine("echo")


def test_defaults_are_written_out() -> None:
    score = score_of(Request("a bird", seed=7), INK).score
    assert (score.size, score.seconds, score.fps, score.seed) == ((512, 512), 6.0, 24, 7)
    assert score.options["line"] == 1.0
    assert set(score.options) == set(INK.options.model_fields)


def test_without_a_seed_one_is_drawn_by_lot() -> None:
    assert len({score_of(Request("a bird"), INK).score.seed for _ in range(20)}) > 1


def test_odd_sizes_are_rounded_and_it_is_said() -> None:
    asked = score_of(Request("a bird", size=(101, 64)), INK)
    assert asked.score.size == (102, 64)
    assert "102x64" in asked.notes[0]
    assert score_of(Request("a bird", size=(2047, 64)), INK).score.size == (2048, 64)


@pytest.mark.parametrize("number", [-1e300, -3.0, 0.0, 1e300])
def test_no_dial_is_clamped(number: float) -> None:
    assert (
        score_of(Request("a bird", options={"line": number}), INK).score.options["line"] == number
    )


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"text": ""}, "empty"),
        ({"text": " \n\t"}, "empty"),
        ({"text": "x" * 100_001}, "100,001"),
        ({"text": "\udfff"}, "surrogate"),
        ({"text": "a\0b"}, "zero"),
        ({"size": (0, 0)}, "64 to 2048"),
        ({"size": (3, 512)}, "64 to 2048"),
        ({"size": (10**6, 512)}, "64 to 2048"),
        ({"seconds": -1}, "seconds"),
        ({"seconds": math.nan}, "finite"),
        ({"seconds": 121}, "120"),
        ({"fps": 0}, "frames a second"),
        ({"fps": math.inf}, "finite"),
        ({"seconds": 120, "fps": 1000}, "frames"),
        ({"seed": -1}, "seed"),
        ({"options": {"lime": 2}}, "line"),
        ({"options": {"line": "thick"}}, "line"),
        ({"options": {"line": math.nan}}, "line"),
        ({"position": {"model": "echo", "genome": 1}}, "echo"),
        ({"position": {"model": "ink", "genome": 1, "genes": {"a": math.nan}}}, "finite"),
    ],
)
def test_what_cannot_be_is_refused_with_its_name(changes: dict[str, Any], word: str) -> None:
    request = Request(**({"text": "a bird"} | changes))
    with pytest.raises(AskedWrong) as refused:
        score_of(request, INK)
    assert word in str(refused.value)


def test_any_text_is_legal() -> None:
    for text in ("🐦", "鳥が飛ぶ", "طائر", "a" * 100_000, "Ünïcödé\nzwei Zeilen", "<script>"):
        assert score_of(Request(text), ECHO).score.text == text


def test_a_position_needs_no_words() -> None:
    position = {"model": "echo", "genome": 1, "genes": {"shift": 2.0}, "seeds": {"hash": 5}}
    assert score_of(Request("", position=position), ECHO).score.position == position


def test_sizes_as_they_are_typed() -> None:
    assert parse_size("512x288") == (512, 288)
    assert parse_size("512×288") == (512, 288)
    assert parse_size("512") == (512, 512)
    for text in ("", "x", "1x2x3", "1.5x2", "big"):
        with pytest.raises(AskedWrong):
            parse_size(text)


def test_the_nearest_model_is_offered() -> None:
    with pytest.raises(NotFound, match="ink"):
        engine("inc")


def test_pictures_are_refused_by_those_who_take_none() -> None:
    class Deaf(type(ECHO)):
        capabilities = ECHO.capabilities.__class__()

    with pytest.raises(AskedWrong, match="no pictures"):
        score_of(Request("a", pictures=(Picture("0" * 64),), size=(64, 64)), Deaf())


def test_a_score_from_elsewhere_is_checked_before_it_is_performed() -> None:
    whole = INK.score("a bird", size=(64, 64))
    check_score(whole, INK)
    for wrong in (
        whole.evolve(size=(64, 60_000)),
        whole.evolve(options={"unheard-of": 1}),
        whole.evolve(shots=(*whole.shots, *whole.shots) * 20, fps=1000),
    ):
        with pytest.raises(AskedWrong):
            check_score(wrong, INK)


def test_one_picture_is_one_picture() -> None:
    two = (Picture("0" * 64), Picture("1" * 64))
    with pytest.raises(AskedWrong, match="takes 1 picture"):
        score_of(Request("a", pictures=two, size=(64, 64)), INK)


def test_a_truth_value_is_no_number() -> None:
    for value in (True, "2"):
        with pytest.raises(AskedWrong, match="line"):
            INK.check({"line": value})


def test_a_film_goes_on_as_often_as_its_model_can() -> None:
    from uncaged.engines.ink.genes import MOST_SCENES

    ink = engine("ink")
    assert ink.capabilities.shots == MOST_SCENES
    earlier = tuple(Shot("a bird", 1.0) for _ in range(MOST_SCENES - 1))
    assert len(score_of(Request("it goes on", 1.0, earlier=earlier), ink).score.shots) == 12
    with pytest.raises(Impossible, match="12 shots"):
        score_of(Request("and on", 1.0, earlier=(*earlier, earlier[0])), ink)


class Few(type(ECHO)):
    """A model that makes few sizes and rates."""

    capabilities = replace(ECHO.capabilities, sizes=((64, 64), (128, 96)), rates=(12.0, 6.0))
    defaults: Mapping[str, Any] = MappingProxyType({"size": (64, 64), "seconds": 1.0, "fps": 12})

    def ready(self, score: Score) -> None:
        if score.seconds > 2:
            raise WeightsMissing("No weights for so long a film.")


def test_a_model_may_know_only_some_sizes_and_rates() -> None:
    few = Few()
    score = score_of(Request("a", size=(128, 96), fps=6), few).score
    assert (score.size, score.fps) == ((128, 96), 6)
    with pytest.raises(Impossible, match="makes films of 64x64 or 128x96 pixels"):
        score_of(Request("a", size=(96, 128)), few)
    with pytest.raises(Impossible, match="makes films of 12, 6 frames a second"):
        score_of(Request("a", fps=24), few)
    can = few.capabilities
    assert can.size_near((320, 200)) == (128, 96) and can.size_near((16, 16)) == (64, 64)
    assert can.rate_near(7.0) == 6.0 and can.rate_near(90.0) == 12.0
    assert ECHO.capabilities.size_near((7, 90)) == (16, 90)
    assert ECHO.capabilities.rate_near(7.5) == 7.5


def test_what_is_not_here_is_said_at_the_door() -> None:
    assert score_of(Request("a", seconds=2), Few()).score.seconds == 2
    with pytest.raises(WeightsMissing):
        score_of(Request("a", seconds=3), Few())


class Coarse(Few):
    """A model that draws in steps of sixteen pixels."""

    capabilities = replace(ECHO.capabilities, multiple=16, sides=(64, 1000))


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((480, 720), (480, 720)),
        ((65, 72), (64, 80)),
        ((1000, 999), (992, 992)),
        ((64, 88), (64, 96)),
    ],
)
def test_a_side_is_a_multiple_of_what_the_model_draws_in(
    asked: tuple[int, int], given: tuple[int, int]
) -> None:
    found = score_of(Request("a cat", size=asked), Coarse())
    assert found.score.size == given
    assert bool(found.notes) == (asked != given)
    assert all("multiples of 16" in note for note in found.notes)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": None}, "text must be a text"),
        ({"text": b"x"}, "text must be a text"),
        ({"size": (256,)}, "size must be two numbers"),
        ({"size": "256x256"}, "size must be two numbers"),
        ({"position": "x"}, "position must be a position"),
        ({"options": 5}, "options must be an object"),
        ({"lexicons": 5}, "lexicons must be a list"),
        ({"negative": 5}, "negative must be a text"),
        ({"parents": 5}, "parents must be a list"),
    ],
)
def test_what_a_program_gives_of_another_sort_is_named(given: dict[str, Any], words: str) -> None:
    given = dict(given)
    with pytest.raises(AskedWrong, match=words):
        engine("seedling").score(given.pop("text", "a bird"), **given)


def test_an_option_among_the_rest_is_pointed_to_its_place() -> None:
    with pytest.raises(AskedWrong, match="A score has no 'steps'") as caught:
        engine("seedling").score("a bird", steps=12)
    assert "give it in options" in caught.value.hint
    with pytest.raises(Impossible, match="257x256 pixels is not possible"):
        engine("seedling").score("a bird", size=(257, 256))


def test_no_seconds_are_a_picture_where_a_model_makes_some() -> None:
    asked = score_of(Request("a bird", seconds=0, loop=True), INK)
    assert asked.score.is_picture and not asked.score.loop and "loop" in asked.notes[0]
    check_score(asked.score, INK)

    class Films(type(ECHO)):
        capabilities = replace(ECHO.capabilities, stills=False)

    with pytest.raises(Impossible, match="films only"):
        score_of(Request("a bird", seconds=0), Films())
    shot = Shot("a bird", 2.0)
    for request in (
        Request("a bird", seconds=0, earlier=(shot,)),
        Request("a bird", earlier=(replace(shot, seconds=0),)),
    ):
        with pytest.raises(Impossible, match="no length"):
            score_of(request, INK)


def test_a_larger_field_is_drawn_where_a_model_can_and_around_a_picture_only() -> None:
    small = (Picture("a" * 64, 0, 0.5),)
    with pytest.raises(Impossible, match="around"):
        score_of(Request("a bird", seconds=0, pictures=small), INK)
    seedling = engine("seedling")
    asked = Request("a bird", seconds=0, size=(256, 256), pictures=small)
    _check = seedling.capabilities  # it takes no pictures but these
    assert _check.around and not _check.pictures
    with pytest.raises(Impossible, match="is a picture itself"):
        score_of(replace(asked, seconds=2), seedling)
    with pytest.raises(Impossible, match="is a picture itself"):
        score_of(replace(asked, pictures=small * 2), seedling)
