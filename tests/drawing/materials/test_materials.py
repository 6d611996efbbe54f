"""Materials: each makes something else of any kind, at any moment, the same again; holes; bodies made of others."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from uncaged.engines.ink.appearance import actor_drawing, shadow, sights
from uncaged.engines.ink.curves import Tube, blob, circle, points
from uncaged.engines.ink.display import Clip, Drawing, Form, Multi, Stroke, Unclip
from uncaged.engines.ink.grounds import bare
from uncaged.engines.ink.hand.stepwise import steps_of
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.marks import flat
from uncaged.engines.ink.materials import materials
from uncaged.engines.ink.materials.body import Part
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import MATERIALS, Scene, Subject
from uncaged.engines.ink.stage import Actor, Film, Stage
from uncaged.engines.ink.staging import staged
from uncaged.engines.ink.strokes import strokes

FILM = Film(40, 40, 1.0, 24.0, 24)
NAMES = tuple(name for name in MATERIALS if name != "none")
SOME = ("person", "fish", "head")


def scene(kind: str, material: str = "none", palette: str = "dawn") -> Scene:
    return Scene((Subject("s1", kind, 3, material=material),), "paper", palette, 5)


@cache
def frame(kind: str, material: str) -> np.ndarray:
    return Picture(staged(scene(kind, material), FILM)).frame(7).astype(np.int64)


def lead(stage: Stage) -> Actor:
    assert stage.lead is not None
    return stage.lead


def numbers(drawing: Drawing) -> Array:
    """Every coordinate of a drawing."""
    found: list[Array] = [np.zeros(0)]
    for mark in flat(drawing):
        found += [getattr(mark, "points", np.zeros((1, 2))), *getattr(mark, "polygons", [])]
    return np.concatenate([np.asarray(p).ravel() for p in found])


def test_every_name_has_its_material() -> None:
    assert list(materials()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_material_is_seen_and_unlike_every_other(name: str) -> None:
    for kind in ("cat",):
        own = frame(kind, name)
        assert (np.abs(own - frame(kind, "none")).sum(2) > 24).mean() > 0.03
        for other in NAMES:
            if other != name:
                assert np.abs(own - frame(kind, other)).mean() > 0.5, other


@pytest.mark.parametrize("name", NAMES)
def test_any_kind_at_any_moment(name: str) -> None:
    for k, kind in enumerate(SOME):
        stage = staged(scene(kind, name, ("night", "ink-on-paper")[k % 2]), FILM)
        for moment in (0, 11):
            drawing, _ = actor_drawing(stage, lead(stage), moment)
            p = numbers(drawing)
            assert len(drawing.marks) >= 3 and np.isfinite(p).all(), kind
            assert np.abs(p).max() < 6
            again, _ = actor_drawing(stage, lead(stage), moment)
            assert (numbers(again) == p).all()
            clips = [isinstance(m, Clip) - isinstance(m, Unclip) for m in flat(drawing)]
            assert sum(clips) == 0
            assert steps_of(drawing, 48)


def test_every_kind_there_is_can_be_of_something() -> None:
    for n, kind in enumerate(list(kinds())[::4]):
        one = scene(kind, NAMES[n % len(NAMES)])
        subject = one.subjects[0].evolve(letters="ink")
        stage = staged(one.evolve(subjects=(subject,)), FILM)
        for actor in stage.actors[:1]:
            drawing, _ = actor_drawing(stage, actor, 3)
            assert np.isfinite(numbers(drawing)).all(), kind


@pytest.mark.parametrize("name", NAMES)
def test_loops_close(name: str) -> None:
    picture = Picture(staged(scene("cat", name), replace(FILM, width=24, height=24, loop=True)))
    assert (picture.frame(0) == picture.frame(24)).all()


def test_what_flows_flows() -> None:
    for name in ("smoke", "water", "fire", "sand", "gold", "light"):
        stage = staged(scene("stone", name), FILM)
        one, other = (actor_drawing(stage, lead(stage), n)[0] for n in (2, 12))
        p, q = numbers(one), numbers(other)
        assert p.shape != q.shape or not np.allclose(p, q), name


# ---- parts -----------------------------------------------------------------------------------

FORMS: dict[str, tuple[Array, Tube | None]] = {
    "circle": (circle(0.2, -0.5, 0.3), None),
    "blob": (blob(Stream("b"), 0, 0, 0.4, 0.2), None),
    "square": (points((0, 0), (1, 0), (1, 1), (0, 1)), None),
    "skirt": (points((0, 0), (-0.3, 0.4), (-0.1, 0.5), (0.1, 0.5), (0.3, 0.4), (0.05, 0)), None),
}
_tube = Tube([(0, 0), (0.3, -0.2), (0.8, 0)], [0.05, 0.1, 0.05])
FORMS["tube"] = (_tube.outline(), _tube)
FORMS["tube without body"] = (_tube.outline(), None)
FORMS["body elsewhere"] = (circle(2.0, 2.0, 0.2), _tube)


def inside(p: Array, form: Array) -> np.ndarray:
    """Which points lie in a polygon (even–odd)."""
    a, b = form, np.roll(form, -1, 0)
    over = (a[:, 1] > p[:, None, 1]) != (b[:, 1] > p[:, None, 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        x = a[:, 0] + (p[:, None, 1] - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    return (over & (p[:, None, 0] < x)).sum(1) % 2 == 1


@pytest.mark.parametrize("name", FORMS)
def test_body_coordinates_fill_their_form(name: str) -> None:
    form, body = FORMS[name]
    part = Part(form, (200, 90, 60), "key", body)
    u, v = np.meshgrid(np.linspace(0.05, 0.95, 40), np.linspace(-0.9, 0.9, 20))
    p = part.at(u.ravel(), v.ravel())
    assert inside(p, form).mean() > 0.9
    low, high = form.min(0), form.max(0)
    cells = np.floor((p - low) / (high - low) * 8).clip(0, 7)
    covered = {(int(x), int(y)) for x, y in cells}
    wanted = [(x, y) for x in range(8) for y in range(8)]
    middles = low + (np.array(wanted) + 0.5) / 8 * (high - low)
    wanted = [cell for cell, here in zip(wanted, inside(middles, form), strict=True) if here]
    assert len(covered & set(wanted)) > 0.8 * len(wanted)


def test_a_part_of_nearly_nothing_is_harmless() -> None:
    for form in (points((0, 0), (0, 0), (0, 0)), points((0, 0), (1e-9, 0), (0, 1e-9), (0, 0))):
        part = Part(form, (9, 9, 9), "k")
        assert np.isfinite(part.at(np.array([0.0, 0.5, 1.0]), np.array([-1.0, 0.0, 1.0]))).all()


# ---- holes and bodies made of others ---------------------------------------------------------

Change = Callable[[Actor], Actor]


def changed(stage: Stage, change: Change) -> Stage:
    return replace(
        stage,
        placed=tuple(
            replace(p, what=change(p.what)) if isinstance(p.what, Actor) else p
            for p in stage.placed
        ),
    )


@pytest.mark.parametrize(("hand", "palette"), [("print", "dawn"), ("chalk", "sea"), ("print", "night")])  # fmt: skip
def test_a_hole_shows_the_bare_sheet(hand: str, palette: str) -> None:
    film = replace(FILM, width=128, height=128)
    made = Scene((Subject("s1", "stone", 3),), "hills", palette, 5, hand=hand)
    stage = changed(staged(made, film), lambda a: replace(a, hole=True))
    hole = lead(stage)
    pixels = Picture(stage).frame(5).astype(int)
    x, y = round(hole.x * 128), round((hole.y - 0.45 * hole.size) * 128)
    around = pixels[y - 2 : y + 3, x - 2 : x + 3].reshape(-1, 3).max(0)
    assert np.abs(around - np.array(bare(stage.palette))).max() < 22
    assert shadow(stage, hole, sights(stage, hole, 5)[-1].at) is None


def test_a_hole_has_an_edge_and_the_plotter_sees_its_outline() -> None:
    stage = changed(staged(scene("cat"), FILM), lambda a: replace(a, hole=True))
    drawing, _ = actor_drawing(stage, lead(stage), 3)
    fills = [m.colour for m in drawing.marks if isinstance(m, Multi)]
    assert len(set(fills)) == 3 and fills[-1] == bare(stage.palette)
    assert not [m for m in drawing.marks if isinstance(m, Form | Stroke)]
    assert len(strokes(stage, 0.1)) > 3


def test_a_body_is_made_of_many_others() -> None:
    plain = staged(scene("cat"), FILM)
    bird = kinds()["bird"].build(Stream("b"), lead(plain).paint, "")
    stage = changed(plain, lambda a: replace(a, stuff=bird))
    drawing, _ = actor_drawing(stage, lead(stage), 3)
    stamps = [m for m in drawing.marks if isinstance(m, Multi)]
    assert sum(len(m.polygons) for m in stamps) > 200 and len(stamps) < 60
    p = np.concatenate([q for m in stamps for q in m.polygons])
    own = numbers(actor_drawing(plain, lead(plain), 3)[0]).reshape(-1, 2)
    assert np.abs(p.min(0) - own.min(0)).max() < 0.2 and np.abs(p.max(0) - own.max(0)).max() < 0.2
    later, _ = actor_drawing(stage, lead(stage), 9)
    assert not np.allclose(numbers(later)[:500], numbers(drawing)[:500])
    assert len(Picture(stage).frame(0)) == 40
