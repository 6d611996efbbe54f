"""Herds: bodies that are alike share their drawings, keep their places and beats, and cost no more for it."""

from dataclasses import replace

import numpy as np
import pytest

import uncaged.engines.ink.motion as motion
import uncaged.engines.ink.picture as pictures
from uncaged.engines.ink.appearance import actor_drawing, showing, sights
from uncaged.engines.ink.flocks import drawn_in, flocked
from uncaged.engines.ink.hand import record, stamped
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.plan import Plan
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.stage import Actor, Film, Pose, Stage
from uncaged.engines.ink.staging import staged

FILM = Film(64, 64, 1.0, 24.0, 24)


def herd(kind: str, count: int, motion: str = "fly", film: Film = FILM) -> Stage:
    subjects = (Subject("s1", kind, 3, count=count, motion=motion),)
    return staged(Scene(subjects, "paper", "dawn", 5), film)


def test_few_are_drawn_one_by_one() -> None:
    for stage in (herd("bird", 5), herd("tree", 9, "still"), herd("horse", 8, "walk")):
        assert all(a.block is None for a in stage.actors)
    assert all(not a.slow for a in herd("bird", 9).actors)


def test_a_flock_is_printed_from_few_blocks() -> None:
    stage = herd("bird", 100)
    blocks = {a.block.key for a in stage.actors if a.block is not None}
    assert len(stage.actors) == 100 and all(a.block is not None for a in stage.actors)
    assert len(blocks) <= 10
    for actor in stage.actors:
        assert actor.block is not None and actor.block.figure is actor.figure
        assert 1 / 1.61 < actor.size / actor.block.size <= 1.0


def test_a_flock_does_not_beat_as_one() -> None:
    stage = herd("bird", 40)
    moments = {showing(stage, a, 0).m.t for a in stage.actors}
    assert len(moments) >= 8


def test_those_who_are_all_different_are_drawn_on_every_second_pose() -> None:
    stage = herd("person", 12, "walk", Film(64, 64, 2.0, 24.0, 48))
    assert {a.slow for a in stage.actors} == {1, 2}
    for actor in stage.actors[:3]:
        shown = [sights(stage, actor, i)[-1].frame for i in range(48)]
        assert len(set(shown)) in (12, 13) and shown == sorted(shown)
        places = {sights(stage, actor, i)[-1].place.e for i in range(48)}
        assert len(places) > 40, "places move on every frame"


@pytest.mark.parametrize("poses", [4.0, 12.0, 24.0, 1000.0, float("inf")])
def test_a_slow_body_shows_this_pose_or_the_one_before(poses: float) -> None:
    film = replace(FILM, poses=poses)
    for slow in (1, 2):
        shown = [drawn_in(film, i, slow) for i in range(24)]
        assert all(0 <= s <= i for i, s in enumerate(shown)) and shown == sorted(shown)


def test_everybody_is_where_they_would_be() -> None:
    stage = herd("bird", 30)
    alone = replace(
        stage,
        placed=tuple(
            replace(p, what=replace(p.what, block=None, slow=0)) if p.name.startswith("s1") else p  # pyright: ignore
            for p in stage.placed
        ),
    )
    for one, other in zip(stage.actors, alone.actors, strict=True):
        a, b = sights(stage, one, 7)[-1].place, sights(alone, other, 7)[-1].place
        assert (a.e, a.f) == (b.e, b.f)
        drawn = [
            actor_drawing(on, x, 7)[0].scale * abs(place.a)
            for on, x, place in ((stage, one, a), (alone, other, b))
        ]
        assert drawn[0] == pytest.approx(drawn[1], rel=1e-6)


def test_growing_bodies_keep_their_own_moment() -> None:
    assert all(a.block is None and not a.slow for a in herd("bird", 30, "draw").actors)
    stage = herd("bird", 4)
    assert flocked(stage) is stage


def test_each_drawing_is_recorded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(drawing: object, *rest: object) -> object:
        made.append(drawing.key)  # pyright: ignore
        return stamped(drawing, *rest)  # pyright: ignore

    monkeypatch.setattr(pictures, "stamped", counted)
    picture = Picture(herd("bird", 60))
    for i in range(24):
        picture.frame(i)
    assert 10 < len(made) <= 6 * 12 * 2, "no more than blocks × poses × ways to look"


def test_frames_of_a_herd_do_not_depend_on_their_order() -> None:
    for stage in (herd("bird", 30), herd("person", 10, "walk")):
        forth, back = Picture(stage), Picture(stage)
        frames = [forth.frame(i) for i in range(0, 24, 3)]
        for i in reversed(range(0, 24, 3)):
            assert (back.frame(i) == frames[i // 3]).all()


def test_a_herd_loops_without_a_seam() -> None:
    stage = herd("fish", 30, "swim", replace(FILM, loop=True, seconds=2.0, frames=48))
    picture = Picture(stage)
    assert (picture.frame(0) == picture.frame(48)).all()


def test_a_stamp_is_the_drawing_and_large_ones_are_none() -> None:
    stage = herd("bird", 30)
    drawing, _ = actor_drawing(stage, stage.actors[-1], 3)
    small, large = stamped(drawing, 64), stamped(drawing, 8000)
    assert small.stamp is not None and small.box is not None and large.stamp is None
    width, height = small.box[2] - small.box[0], small.box[3] - small.box[1]
    assert (small.stamp.width(), small.stamp.height()) == (width, height)
    assert np.asarray(small.stamp.toarray())[..., 3].max() == 255
    box = record(drawing, 64, boxed=True).box
    assert box is not None and box[0] >= small.box[0] and box[3] <= small.box[3]


def test_sizes_that_differ_little_share_a_block_wherever_the_largest_is() -> None:
    """Nine birds of two builds, from large to half as large: four drawings at a time at most."""
    for seed in range(6):
        subjects = (Subject("s1", "bird", seed, count=9, motion="fly"),)
        stage = staged(Scene(subjects, "paper", "dawn", seed), FILM)
        blocks = {a.block.key for a in stage.actors if a.block is not None}
        figures = {id(a.figure) for a in stage.actors}
        assert 1 <= len(blocks) <= 2 * len(figures)


def test_bodies_of_any_size_find_a_block() -> None:
    for size in (0.0, 1e-300, 1e300, float("inf")):
        stage = herd("bird", 12)
        some = {a.key: replace(a, size=size, block=None) for a in stage.actors[::2]}
        again = flocked(stage.exchanged(some))
        assert len(again.actors) == 12


def test_a_pose_is_worked_out_once_for_all_that_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A held drawing needs the pose it is held at in every frame that shows it."""
    asked: list[float] = []
    real = motion._pose  # pyright: ignore[reportPrivateUsage]

    def counted(actor: Actor, stage: Stage, found: Plan, t: float, depth: int) -> Pose:
        asked.append(t)
        return real(actor, stage, found, t, depth)

    monkeypatch.setattr(motion, "_pose", counted)
    picture = Picture(herd("bird", 60))
    for i in range(24):
        picture.frame(i)
    assert len(asked) <= 60 * 24 + 60, "one for each body and frame, and the first held ones"
