"""Named hands: every one draws anything, each unlike the others, the print as ever; one's own hands and palettes."""

import tomllib
import warnings
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import skia
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.core.errors import AskedWrong
from uncaged.engines.ink.colour import PALETTES, lightness, palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing, Manner
from uncaged.engines.ink.grounds import bare, grounded
from uncaged.engines.ink.hand import draw
from uncaged.engines.ink.hands import PRINT, Hand, hand, hands
from uncaged.engines.ink.own import own
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import HANDS, Dials, Scene, Subject
from uncaged.engines.ink.stage import Film
from uncaged.engines.ink.staging import staged
from uncaged.engines.ink.strokes import strokes

FILM = Film(96, 96, 1.0, 24.0, 24)
SCENE = Scene((Subject("s1", "cat", 3), Subject("s2", "tree", 4)), "hills", "dawn", 5, disc=1.0)


@cache
def frame(name: str) -> np.ndarray:
    return Picture(staged(SCENE.evolve(hand=name), FILM)).frame(9)


def test_every_name_has_its_file() -> None:
    assert list(hands()) == list(HANDS) and all(hands()[name].name == name for name in HANDS)
    assert hand("print") is PRINT and hand("no such hand") is PRINT


def test_the_print_is_what_the_composition_drew_without_hands() -> None:
    plain = Picture(compose(SCENE, FILM, palette("dawn"))).frame(9)
    assert (frame("print") == plain).all()


def test_hands_are_unmistakable() -> None:
    """In means of 8 × 8 cells no two hands come near each other."""
    small = {
        name: frame(name).reshape(12, 8, 12, 8, 3).mean((1, 3)).astype(np.float64) for name in HANDS
    }
    ink = {name: float(np.abs(np.diff(frame(name).astype(int), axis=1)).mean()) for name in HANDS}
    for one in HANDS:
        for other in HANDS:
            if one < other:
                apart = np.abs(small[one] - small[other]).mean()
                assert apart > 6 or abs(ink[one] - ink[other]) > 3, (one, other)


@pytest.mark.parametrize("name", HANDS)
def test_a_hand_is_the_same_again_and_draws_lines_for_a_plotter(name: str) -> None:
    stage = staged(SCENE.evolve(hand=name, setting="paper"), replace(FILM, width=48, height=48))
    assert (Picture(stage).frame(5) == Picture(stage).frame(5)).all()
    plot = strokes(stage, 0.3)
    assert len(plot) > 20 and all(s.points.min() >= 0 for s in plot)


def test_one_line_is_joined_and_goes_from_edge_to_edge() -> None:
    alone = Scene((Subject("s1", "cat", 3),), "paper", "dawn", 5, hand="one-line")
    plot = strokes(staged(alone, FILM), 0.3)
    reach = np.concatenate([s.points for s in plot if s.width > 0.004])[:, 0]
    assert reach.min() < 0.02 and reach.max() > 0.98
    lengths = [float(np.abs(np.diff(s.points, axis=0)).sum()) for s in plot]
    printed = [
        float(np.abs(np.diff(s.points, axis=0)).sum())
        for s in strokes(staged(alone.evolve(hand="print"), FILM), 0.3)
    ]
    assert max(lengths) > 0.9 * max(printed)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("which", HANDS)
def test_any_palette_works_in_any_hand(name: str, which: str) -> None:
    made = grounded(palette(name), hand(which))
    apart = abs(lightness(made.ink) - lightness(bare(made)))
    assert apart > (0.25 if which == "silhouette" else 0.35 if which != "print" else 0.2)
    if hand(which).ground == "board":
        assert made.negative and lightness(bare(made)) < 0.3


def _every_mark(made: Manner) -> Drawing:
    d = Drawing("all", made)
    d.gradation((0, 0, 1, 1), made.palette.top, made.palette.low, 0.1, 0.7)
    d.form(circle(0.4, 0.4, 0.3), made.palette.a, fill="striped")
    d.union([circle(0.2, 0.75, 0.1), circle(0.3, 0.8, 0.09)[::-1]], made.palette.far)
    d.multi([circle(0.8, 0.8, 0.05, count=6)], made.palette.near)
    d.stroke(points((0.1, 0.9), (0.5, 0.6), (0.9, 0.9)), 2.0)
    d.flat(points((0.6, 0.6), (0.9, 0.6), (0.65, 0.7)), made.palette.deep)
    d.overprint(circle(0.7, 0.3, 0.1), circle(0.76, 0.3, 0.1), made.palette.a, made.palette.light)
    d.clip(circle(0.5, 0.95, 0.1))
    d.grain((0.4, 0.85, 0.6, 1.0), made.palette.deep, (0.1, 1.0), 0.9)
    return d


NUMBER = st.one_of(
    st.sampled_from([0.0, 1e-300, 1e17, -1e300, float("nan"), float("inf")]), st.floats(-3, 9)
)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(list(HANDS)), st.lists(NUMBER, min_size=6, max_size=6))
def test_no_number_is_too_wild_for_a_hand(name: str, n: list[float]) -> None:
    which, p = hand(name), PALETTES["dawn"]
    mode = which.contour
    made = Manner(p, p.ink, n[0], n[1], mode, n[2], n[3], which, n[4], n[5], light=(n[0], n[1]))
    pixels = np.zeros((40, 40, 4), np.uint8)
    with warnings.catch_warnings(), skia.Surface(pixels) as canvas:
        warnings.simplefilter("error")
        draw(canvas, _every_mark(made), 40)


# ---- one's own -------------------------------------------------------------------------------

ROWS = "".join(
    f'{role} = "#{value}"\n'
    for role, value in zip(
        ("top", "low", "far", "mid", "near", "deep", "ink", "light", "a", "b", "c"),
        "101020 202040 303050 404060 505070 0a0a10 080810 f0f0e0 ff8844 44aaff ffee66".split(),
        strict=True,
    )
)


def read(text: str) -> object:
    return own(tomllib.loads(text), "mine.toml")


def test_an_own_hand_becomes_a_shipped_one_and_dials() -> None:
    found = own(
        tomllib.loads(
            '[hand.sooty]\nbase = "chalk"\nline = 2.7\nhunger = 0.5\npalette = "soot"\n'
            f"[palette.soot]\n{ROWS}"
        ),
        "mine.toml",
    )
    made = found.hands["sooty"]
    scene = made.on(SCENE.evolve(dials=Dials(line=2.0)))
    assert scene.hand == "chalk" and scene.dials.hunger == 0.5 and made.palette == "soot"
    assert scene.dials.line == pytest.approx(2.0 * 2.7 / hands()["chalk"].line)
    dyed = found.palettes["soot"].on(scene)
    assert dyed.palette == "night" and len(dyed.colours) == 11
    assert palette(dyed.palette, dyed.colours).a == (255, 136, 68)
    assert made.on(SCENE) == made.on(SCENE.evolve(hand="pen"))


def test_every_shipped_hand_may_be_copied_as_it_is() -> None:
    for name, shipped in hands().items():
        lines = [
            f"{key} = {list(value) if isinstance(value, tuple) else value!r}".replace("'", '"')
            for key in Hand.__dataclass_fields__
            if key != "name" and (value := getattr(shipped, key)) != ""
        ]
        made = own(tomllib.loads(f'[hand.copy]\nbase = "{name}"\n' + "\n".join(lines)), "x")
        assert made.hands["copy"].on(SCENE) == SCENE.evolve(hand=name)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[hand.m]\nbase = "chlk"', "Did you mean chalk?"),
        ("[hand.m]\nlin = 2", "Did you mean line?"),
        ('[hand.m]\nbase = "pen"\noffset = 2', "has none of it"),
        ('[hand.m]\nfills = "rubbed"', "choose another base"),
        ('[hand.m]\nline = "thick"', "number"),
        ("[hand.m]\nline = nan", "number"),
        ('[hand.m]\npalette = "mine"', "is no palette"),
        ('[hand.m]\ncontour = "joined"', 'base = "one-line"'),
        ("hand = 3", "is no table"),
        ("[palette]\nmine = 3", "is no table"),
        ('[palette.m]\ntop = "#12"', "six digits"),
        ('[palette.m]\ntop = "#112233"', "all eleven roles"),
        (f"[palette.m]\n{ROWS.replace('#f0f0e0', '#101018')}", "nearly alike"),
        (f"[palette.m]\n{ROWS}sky = 3", "is no role"),
        ('[palette."  "]\nbase = "dawn"', "cannot be the name"),
    ],
)
def test_what_is_wrong_says_what_to_do(text: str, says: str) -> None:
    with pytest.raises(AskedWrong) as raised:
        read(text)
    assert says in str(raised.value) and "mine.toml" in str(raised.value)


def test_without_tables_there_is_nothing() -> None:
    assert read('[words]\nbird = "bird"') == own({}, "x")
