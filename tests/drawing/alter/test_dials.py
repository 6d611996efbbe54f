"""Strangeness: every dial changes the picture, in its range and far past it; none raises; 1 and 0 change nothing."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.alter.density import scattered
from uncaged.engines.ink.alter.multiples import repeated, shattered
from uncaged.engines.ink.alter.proportion import strength, warp
from uncaged.engines.ink.appearance import actor_drawing, sights
from uncaged.engines.ink.colour import PALETTES
from uncaged.engines.ink.curves import Tube, circle, points
from uncaged.engines.ink.display import Drawing, Form, Manner
from uncaged.engines.ink.hand.place import Place
from uncaged.engines.ink.marks import flat, tinted, warped
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import Dials, Scene, Subject
from uncaged.engines.ink.sight import Sight
from uncaged.engines.ink.stage import Film, Pose, Stage
from uncaged.engines.ink.staging import staged

FILM = Film(64, 64, 1.0, 24.0, 24)
SCENE = Scene(
    (Subject("s1", "cat", 3, fill="striped"), Subject("s2", "bird", 4, motion="fly")), "meadow", "moss", 5
)  # fmt: skip
P = PALETTES["dawn"]
ENDS = {
    "line": 2.5, "wobble": 4.0, "shade": 1.6, "offset": 5.0, "proportion": 2.5, "density": 2.5, "repetition": 2.0,
    "fragments": 2.0, "hunger": 2.0, "symmetry": 2.0, "emptiness": 1.0, "memory": 2.0,
}  # fmt: skip
AMOUNTS = ("repetition", "fragments", "hunger", "symmetry", "emptiness", "memory")


def with_dial(scene: Scene, name: str, value: float) -> Scene:
    if name == "memory":
        return scene.evolve(echo=value)
    return scene.evolve(dials=Dials(**{name: value}))


@cache
def frame(name: str = "", value: float = 0.0) -> np.ndarray:
    scene = with_dial(SCENE, name, value) if name else SCENE
    return Picture(staged(scene, FILM)).frame(17).astype(np.int64)


def changed(one: np.ndarray, other: np.ndarray) -> float:
    """Share of pixels that are clearly another colour."""
    return float((np.abs(one - other).sum(2) > 24).mean())


@pytest.mark.parametrize("name", ENDS)
def test_a_dial_is_seen_in_its_range_and_far_past_it(name: str) -> None:
    end = ENDS[name]
    plain, far, farther = frame(), frame(name, 1.5 * end), frame(name, 5 * end)
    assert changed(plain, far) > 0.02, "nothing is seen"
    assert (far != farther).any(), "it stops at its range"
    low = frame(name, 0.3)
    assert changed(plain, low) > 0.003


def all_at(values: Mapping[str, float]) -> Scene:
    """A quick scene with several dials turned at once."""
    own = {name: value for name, value in values.items() if name != "memory"}
    return SCENE.evolve(setting="paper", dials=Dials(**own), echo=values.get("memory", 0.0))


@pytest.mark.parametrize("value", [-1.0, 1e300, -1e9, float("inf"), float("-inf")])
def test_any_dial_gives_a_frame(value: float) -> None:
    film = Film(32, 24, 0.5, 12.0, 6)
    names = tuple(ENDS)
    for some in (names[:4], names[4:8], names[8:], names):
        picture = Picture(staged(all_at(dict.fromkeys(some, value)), film))
        assert picture.frame(3).shape == (24, 32, 3), some


@pytest.mark.parametrize(
    "some", [("memory", "repetition"), ("fragments", "hunger"), ("proportion", "symmetry")]
)
def test_frames_do_not_depend_on_their_order_and_loops_close(some: tuple[str, str]) -> None:
    film = Film(32, 32, 1.0, 6.0, 6, loop=True)
    stage = staged(all_at({name: ENDS[name] for name in some}), film)
    forth, back = Picture(stage), Picture(stage)
    frames = [forth.frame(i) for i in range(6)]
    assert all((back.frame(i) == frames[i]).all() for i in reversed(range(6)))
    assert (forth.frame(6) == frames[0]).all()


# ---- single alterations ----------------------------------------------------------------------


def drawing() -> Drawing:
    d = Drawing("d", Manner(P, P.ink))
    body = Tube([(0, -0.1), (0, -0.9)], [0.2, 0.1])
    d.form(body.outline(), P.a, body=body, fill="striped", key="body")
    d.dot(0.1, -0.8, 0.02, P.ink)
    d.clip(circle(0, -0.5, 0.1))
    d.grain((-0.1, -0.6, 0.1, -0.4), P.deep, (0, 1), 0.5)
    d.unclip()
    inner = d.inside("inner", scale=0.5, flip=True)
    inner.stroke(points((0, -0.2), (0.1, 0)), key="neck")
    inner.multi([circle(0.3, -0.3, 0.1)], P.b)
    d.group(inner, 0.2, -0.5, -0.5, 0.5, 0.4)
    return d


def _all_points(d: Drawing) -> np.ndarray:
    """The points of forms, strokes and small forms, groups dissolved."""
    found = [getattr(m, "points", None) for m in flat(d)]
    found += [p for m in flat(d) for p in getattr(m, "polygons", [])]
    return np.concatenate([p for p in found if p is not None])


def test_a_warp_moves_groups_as_it_moves_the_rest() -> None:
    d = drawing()
    moved = warped(d, lambda p: p * (1.0, 2.0) + (0.3, 0.0))
    assert np.allclose(_all_points(moved), _all_points(d) * (1.0, 2.0) + (0.3, 0.0))
    assert np.allclose(_all_points(d), _all_points(drawing())), (
        "it changed the drawing it was given"
    )
    one, other = (next(m for m in x.marks if isinstance(m, Form)).body for x in (d, moved))
    assert one is not None and other is not None
    for u, v in ((0.5, 1.0), (0.2, -0.6), (0.9, 0.0)):
        assert np.allclose(other.at(u, v), one.at(u, v) * (1, 2) + (0.3, 0))


def test_a_tint_reaches_every_colour() -> None:
    grey = tinted(drawing(), lambda colour: (9, 9, 9))
    for mark in flat(grey):
        assert getattr(mark, "colour", None) in (None, (9, 9, 9))
    assert grey.manner.ink == (9, 9, 9)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(0, 50),
    st.booleans(),
    st.floats(0.1, 3),
)
def test_proportion_is_smooth_and_keeps_feet_on_the_ground(
    dial: float, seed: int, centred: bool, width: float
) -> None:
    assert abs(strength(dial)) <= 3.6
    bent = warp(dial, seed, centred, width)
    if bent is None:
        return
    feet = np.stack([np.linspace(-0.3, 0.3, 9), np.zeros(9)], 1)
    if not centred:
        assert np.abs(bent(feet)[:, 1]).max() < 1e-9
    line = np.stack([np.zeros(200), np.linspace(0.5, -1.5, 200)], 1)
    step = np.diff(bent(line), axis=0)
    assert np.isfinite(step).all() and (step[:, 1] < 0).all() and np.abs(step).max() < 0.3


def test_proportion_of_one_is_none() -> None:
    assert warp(1.0, 3, False, 0.5) is None
    one, other = (warp(2.0, seed, False, 0.5) for seed in (3, 4))
    assert one is not None and other is not None
    p = circle(0, -0.5, 0.4)
    assert not np.allclose(one(p), other(p))


OWN = Sight(0, Pose(0, 0), Place(e=10.0, f=20.0))


@pytest.mark.parametrize(("dial", "count"), [(0.0, 1), (0.3, 2), (1.0, 3), (1e9, 10), (-1.0, 3)])
def test_copies_stand_behind_the_body(dial: float, count: int) -> None:
    found = repeated(OWN, dial, 30, 100)
    assert len(found) == count and found[-1] is OWN
    assert len({(s.place.e, s.place.f) for s in found}) == count


@pytest.mark.parametrize("dial", [0.2, 1.0, 5.0, 1e300, -3.0])
def test_shards_are_the_whole_body_and_not_more(dial: float) -> None:
    found = shattered(OWN, dial, "s1.0", 0.3, 100.0, -50.0, 1)
    assert 2 <= len(found) <= 16
    areas = 0.0
    for shard in found:
        assert shard.cut is not None
        x, y = shard.cut[:, 0], shard.cut[:, 1]
        areas += abs(float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())) / 2
    assert areas == pytest.approx(400.0 * 400.0)
    assert shattered(OWN, 0.0, "s1.0", 0.3, 100.0, -50.0, 1) == [OWN]


def test_more_fragments_lie_farther_apart() -> None:
    def spread(dial: float) -> float:
        found = shattered(OWN, dial, "s1.0", 0.3, 100.0, -50.0, 1)
        return float(np.std([s.place.e for s in found]))

    assert spread(0.5) < spread(1.5) < spread(6.0)


def test_what_stands_still_leaves_traces_too() -> None:
    stage = staged(
        SCENE.evolve(subjects=(Subject("s1", "cat", 3, motion="still"),), echo=1.0), FILM
    )
    seen = sights(stage, stage.actors[0], 20)
    aside = [s.place.e - seen[-1].place.e for s in seen[:-1]]
    assert len(seen) > 2 and len({round(x, 3) for x in aside}) == len(aside)
    assert abs(aside[0]) > abs(aside[-1]) > 0


def names(stage: Stage) -> list[str]:
    return [p.name for p in stage.placed]


def test_emptiness_takes_a_little_more_each_time_and_leaves_the_lead() -> None:
    def left(dial: float) -> list[str]:
        return names(staged(SCENE.evolve(dials=Dials(emptiness=dial)), FILM))

    counts = [len(left(dial)) for dial in (0.0, 0.3, 0.6, 1.0, 5.0)]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[2] > counts[-1]
    assert "s1.0" in left(1e9)
    gone = left(-1.0)
    assert "s1.0" not in gone and "s2.0" not in gone and len(gone) == counts[0] - 2


def test_density_adds_and_takes_small_marks_only() -> None:
    d = Drawing("d", Manner(P, P.ink))
    d.form(circle(0.5, 0.5, 0.4), P.a, key="large")
    for k in range(40):
        d.stroke(points((k / 40, 0.9), (k / 40, 0.87)), key=f"tuft{k}")
    counts = [len(scattered(d, dial).marks) for dial in (-1.0, 0.3, 1.0, 2.0, 1e9)]
    assert counts == sorted(counts) and counts[0] == 1 and counts[2] == 41 and counts[-1] <= 300
    assert counts[1] < 30 and counts[3] > 60


def test_a_second_ink_is_one_ink() -> None:
    stage = staged(SCENE.evolve(dials=Dials(repetition=1.0)), FILM)
    cat = next(a for a in stage.actors if a.kind.name == "cat")

    def hues(look: Any) -> set[Any]:
        drawn, _ = actor_drawing(stage, cat, 0, look)
        return {mark.colour for mark in flat(drawn) if isinstance(mark, Form)}

    assert len(hues("own")) > 1 and hues("own").isdisjoint(hues("second"))


def test_the_suggested_ends_are_those_of_the_engine() -> None:
    from uncaged.engines.ink.engine import InkOptions

    found: Mapping[str, Any] = InkOptions.model_json_schema()["properties"]
    for name in ENDS:
        assert found[name]["default"] == (0.0 if name in AMOUNTS else 1.0), name
