"""Things of a house, and writing: every form draws at any moment, is itself again, can be held and stood on."""

import unicodedata
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from built import colours, draw, numbers
from hypothesis import example, given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.display import Drawing, Flat, Form, Manner, Multi, Stroke, Union
from uncaged.engines.ink.kinds import Kind, imported, kinds
from uncaged.engines.ink.kinds.writing import HIGH, MOST, WIDE
from uncaged.engines.ink.letters import invented, letters, plain_latin, spelled
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.scene import FILLS, MOTIONS

THINGS = tuple(
    name for name, kind in imported().items() if kind.build.__module__.endswith("kinds.thing")
)
FORMS = [(name, form) for name in THINGS for form in kinds()[name].forms or ("",)]
OURS = (*THINGS, "writing")
HANGS = {"hanging-lamp"}
"""Things whose cord leaves the frame."""


def outlines(drawing: Drawing) -> list[Array]:
    """The contours of what is solid."""
    found: list[Array] = []
    for mark in drawing.marks:
        if isinstance(mark, Form) and mark.alpha > 100:
            found.append(mark.points)
        elif isinstance(mark, Union | Multi):
            found += mark.polygons
    return found


def holds(outline: Array, x: float, y: float) -> bool:
    """Whether a point lies in a closed contour, or within 0.06 of it."""
    if np.sqrt(((outline - (x, y)) ** 2).sum(1)).min() < 0.06:
        return True
    after = np.roll(outline, -1, 0)
    hit = (outline[:, 1] <= y) != (after[:, 1] <= y)
    a, b = outline[hit], after[hit]
    across = a[:, 0] + (b[:, 0] - a[:, 0]) * ((y - a[:, 1]) / (b[:, 1] - a[:, 1]))
    return bool((across > x).sum() % 2)


moments = st.builds(
    Moment,
    t=st.floats(-1, 2),
    seconds=st.floats(0.1, 120),
    grow=st.floats(0, 1),
    sway=st.floats(-5, 50),
    act=st.sampled_from(("still", "walk", "dance", "spin", "hop", "glide")),
    speed=st.sampled_from((0.0, 0.3, 1.0, 40.0, -3.0, 1e6)),
)


@settings(max_examples=80, deadline=None)
@given(
    which=st.sampled_from([*FORMS, ("writing", "Größe 1"), ("lamp", "no such form")]),
    moment=moments,
    seed=st.integers(0, 2**53),
    palette=st.sampled_from(sorted(PALETTES)),
    fill=st.sampled_from(sorted(FILLS)),
    cut=st.booleans(),
)
def test_every_number_draws_something_finite(
    which: tuple[str, str], moment: Moment, seed: int, palette: str, fill: str, cut: bool
) -> None:
    dress = colours(palette, fill=fill)
    drawing = draw(which[0], moment, which[1], seed, dress.silhouette() if cut else dress)
    found = numbers(drawing.marks)
    assert len(drawing.marks) >= 2
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 60
    for mark in drawing.marks:
        if isinstance(mark, Form):
            assert mark.points.shape[1] == 2 and len(mark.points) >= 3
            assert isinstance(mark.alpha, int) and 0 <= mark.alpha <= 255


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_a_thing_is_itself_again_stirs_and_ends_as_it_began(name: str, form: str) -> None:
    dress = colours()
    figure = kinds()[name].build(Stream("a"), dress, form)

    def at(t: float) -> Drawing:
        drawing = Drawing("k", Manner(dress.palette, dress.palette.ink), 0.5)
        figure(drawing, Moment(t, 3.3))
        return drawing

    first, later = at(0.13), at(0.61)
    assert not np.array_equal(numbers(first.marks), numbers(later.marks)), "it never stirs"
    assert np.array_equal(numbers(at(0.13).marks), numbers(first.marks))
    again = Drawing("k", Manner(dress.palette, dress.palette.ink), 0.5)
    kinds()[name].build(Stream("a"), dress, form)(again, Moment(0.61, 3.3))
    assert np.array_equal(numbers(again.marks), numbers(later.marks))
    start, end = at(0.0), at(1.0)
    assert np.allclose(numbers(start.marks), numbers(end.marks), atol=1e-6)


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_a_thing_has_the_size_its_kind_says_and_few_marks(name: str, form: str) -> None:
    kind, drawing = kinds()[name], draw(name, Moment(0.3), form)
    strokes = [mark.points for mark in drawing.marks if isinstance(mark, Stroke)]
    everything = np.concatenate(outlines(drawing) + (strokes if name in ("web", "needle") else []))
    low, high = everything.min(0), everything.max(0)
    assert high[1] < (0.16 if kind.domain == "ground" else 1.1)
    assert high[1] - low[1] > 0.3
    assert low[1] > -1.2
    wide = 2 * max(-low[0], high[0])
    assert kind.width * 0.5 < wide < kind.width * 1.35 + 0.15, f"{wide:.2f}, said {kind.width}"
    assert len(drawing.marks) <= 85


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_a_thing_is_held_where_it_is_and_stood_on_where_it_ends(name: str, form: str) -> None:
    kind, drawing = kinds()[name], draw(name, Moment(0.0), form, 2)
    strings = [mark.points for mark in drawing.marks if isinstance(mark, Stroke)]
    solid = outlines(drawing)

    def there(x: float, y: float) -> bool:
        by_a_string = any(np.sqrt(((s - (x, y)) ** 2).sum(1)).min() < 0.1 for s in strings)
        return by_a_string or any(holds(shape, x, y) for shape in solid)

    x, y = kind.top
    assert -1.05 <= y <= 0.6 and abs(x) < 1
    if form in ("", *kind.forms[:1]):  # the other forms are held and stood on nearby
        assert there(*kind.grip), f"nothing to hold at {kind.grip}"
        assert there(x, y + 0.02), f"nothing under {kind.top}"


@pytest.mark.parametrize("name", sorted(n for n in THINGS if kinds()[n].lights))
def test_what_gives_light_glows_at_night_only(name: str) -> None:
    def glows(palette: str) -> int:
        dress = colours(palette)
        marks = draw(name, Moment(0.1), "", 1, dress).marks
        return sum(isinstance(m, Flat) and m.colour == dress.glow for m in marks)

    assert glows("night") >= 3 > glows("dawn") - 2
    assert glows("night") > glows("dawn")


def test_what_the_composition_knows_of_them() -> None:
    assert len(THINGS) >= 100
    everybody: list[Kind] = list(kinds().values())
    for name in OURS:
        kind = kinds()[name]
        assert -0.95 <= kind.at[0] <= -0.10 and 0 <= kind.at[1] <= 1
        for other in everybody:
            across, down = kind.at[0] - other.at[0], kind.at[1] - other.at[1]
            near = across * across + down * down < 0.0599 * 0.0599
            assert other is kind or not near, (name, other.name)
        assert kind.motion in MOTIONS and (not kind.hue or kind.hue in HUES)
        assert 0.01 < kind.metres < 4 and 0.1 < kind.height < 1
        assert not kind.holds and not kind.gait
    chair = kinds()["chair"]
    assert {kinds()[name].faces for name in ("chair", "sofa", "bed")} == {True}
    for form in chair.forms:  # one may sit on any of them
        shapes = outlines(draw("chair", Moment(0.0), form))
        assert any(holds(shape, *chair.top) for shape in shapes), form


def test_a_form_that_is_named_is_drawn_and_one_that_is_not_comes_by_lot() -> None:
    named = [len(draw("hat", Moment(0.0), form).marks) for form in kinds()["hat"].forms]
    assert len(set(named)) > 1
    seen = {len(draw("hat", Moment(0.0), "", seed).marks) for seed in range(12)}
    assert seen <= {*named, *(n + 2 for n in named), *(n - 2 for n in named)} and len(seen) > 1


# -- letters and writing -------------------------------------------------------------------------------------------

SCRIPTS = {
    "LATIN": "The quick brown fox jumps over the lazy dog, ÄÖÜäöüß çñéèêåøæœ łžšřčąę!",
    "GREEK": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία ΑΩ",
    "CYRILLIC": "Съешь ещё этих мягких французских булок, да выпей чаю ЖЩЪЮЯ їєґ ђљџ",
    "HIRAGANA": "いろはにほへと ちりぬるを がぎぐ ぱぴぷ っゃ",
    "KATAKANA": "カタカナ ヴァイオリン ポケット",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_letter_of_four_scripts_is_known(script: str) -> None:
    for character in unicodedata.normalize("NFC", SCRIPTS[script]):
        if character.isspace():
            continue
        (found,) = letters(character)
        made_up = invented(ord(character))
        assert not all(
            len(a) == len(b) and np.array_equal(a, b)
            for a, b in zip(found.strokes, made_up.strokes, strict=False)
        ), f"{character} is not known"
        everything = np.concatenate(found.strokes)
        assert 2 < found.advance < 40
        assert everything[:, 0].min() > -8 and everything[:, 0].max() < found.advance + 9
        assert everything[:, 1].min() > -36 and everything[:, 1].max() < 16


def test_marks_stand_over_and_under_their_letters() -> None:
    (plain,), (marked,), (cedilla,) = letters("e"), letters("é"), letters("ç")
    assert len(marked.strokes) == len(plain.strokes) + 1
    assert marked.strokes[-1][:, 1].max() < plain.strokes[0][:, 1].min()
    assert cedilla.strokes[-1][:, 1].max() > 3
    (dotted,), (acute,) = letters("i"), letters("í")
    assert len(dotted.strokes) == len(acute.strokes) == 2, "the accent takes the dot's place"
    (twice,) = letters("ệ")
    assert len(twice.strokes) == len(plain.strokes) + 2


def test_what_no_alphabet_has_is_made_up_always_alike_and_never_twice_the_same() -> None:
    (fish,), (again,), (bird,) = letters("🐟"), letters("🐟"), letters("🐦")
    assert fish is again or np.array_equal(fish.strokes[0], again.strokes[0])
    shapes = {np.concatenate(invented(c).strokes).tobytes() for c in range(0x5D0, 0x5D0 + 27)}
    assert len(shapes) > 24
    assert not np.array_equal(np.concatenate(fish.strokes), np.concatenate(bird.strokes))
    assert letters("\u200d") == () and spelled("a b") == [letters("a")[0], None, letters("b")[0]]
    assert spelled("ﬁ") == [*letters("f"), *letters("i")]


def test_the_running_hand_writes_plain_latin() -> None:
    assert plain_latin("Über den Wolken, 99!") and not plain_latin("Ελλάδα")
    assert spelled("on", "running") != spelled("on")
    assert spelled("9", "running") == spelled("9")


def test_the_data_is_small_and_says_whose_it_is() -> None:
    data = (files("uncaged.engines.ink") / "letters.toml").read_bytes()
    assert len(data) < 150_000
    for name in (b"Hershey", b"James Hurt", b"National Bureau"):
        assert name in data


def written(text: str, grow: float = 1.0, seed: int = 1) -> list[Array]:
    drawing = draw("writing", Moment(0.0, grow=grow), text, seed)
    return [mark.points for mark in drawing.marks if isinstance(mark, Stroke)]


def length(strokes: list[Array]) -> float:
    return sum(float(np.sqrt((np.diff(s, axis=0) ** 2).sum(1)).sum()) for s in strokes)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=230), seed=st.integers(0, 2**53), grow=st.floats(0, 1))
@example(text="y", seed=2436, grow=1.0)  # one letter, and a loop under its line
def test_any_text_is_written_into_the_block(text: str, seed: int, grow: float) -> None:
    strokes = written(text, grow, seed)
    assert 2 <= len(strokes) < 20 * MOST
    everything = np.concatenate(strokes)
    assert np.isfinite(everything).all()
    low, high = everything.min(0), everything.max(0)
    assert high[0] - low[0] < WIDE * 1.3 and low[0] > -WIDE * 0.72 and high[0] < WIDE * 0.72
    assert low[1] > -0.5 - HIGH * 0.8 and high[1] < -0.5 + HIGH * 0.8


@pytest.mark.parametrize("text", [*SCRIPTS.values(), "hope", "", " \n "])
def test_the_pen_writes_letter_after_letter(text: str) -> None:
    steps = [length(written(text, g)) for g in (0.0, 0.2, 0.5, 0.8, 1.0)]
    assert steps == sorted(steps) and steps[0] < 0.05 * steps[-1]
    half, whole = written(text, 0.5), written(text)
    assert len(half) == len(whole), "the same marks at every moment, so that nothing flickers"
    assert np.array_equal(half[0], whole[0])


def test_more_is_written_smaller_and_on_more_lines() -> None:
    short = np.ptp(np.concatenate(written("hope")[:2])[:, 1])
    long = np.ptp(np.concatenate(written("hope " * 30)[:2])[:, 1])
    assert short > 3 * long
    assert len(written("x" * 400)) == len(written("x" * MOST))
    one, other = written("hope", seed=1), written("hope", seed=2)
    assert not np.array_equal(one[0], other[0]), "two hands"
    calm = draw("writing", Moment(0.2), "hope").marks
    late = draw("writing", replace(Moment(0.2), t=0.5), "hope").marks
    assert not np.array_equal(numbers(calm), numbers(late)), "the letters breathe"
