"""The picture: frames that depend on nothing but their number, loops without a seam, camera, shadows, echoes."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from uncaged.engines.ink.appearance import camera_place, sights, wiped
from uncaged.engines.ink.layers import view
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import Camera, Dials
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.stage import Actor, Stage

Make = Callable[..., Stage]

SCENES = {
    "still camera": {},
    "pan": {"camera": Camera(pan=1.0)},
    "zoom": {"camera": Camera(zoom=1.0)},
    "echoes": {"echo": 1.0},
    "what is to come": {"echo": -1.0},
    "draws itself": {"drawing": True, "motion": "draw"},
    "pen": {"palette": "ink-on-paper"},
    "walks": {"motion": "walk", "domain": "ground"},
}


def apart(one: np.ndarray, other: np.ndarray) -> int:
    """How many pixels differ."""
    return int((one != other).any(2).sum())


@pytest.mark.parametrize("name", SCENES)
def test_frames_do_not_depend_on_the_order_in_which_they_are_asked_for(
    name: str, small_stage: Make
) -> None:
    stage = small_stage(**SCENES[name])
    forth = Picture(stage)
    frames = [forth.frame(i) for i in range(24)]
    back = Picture(stage)
    for i in reversed(range(24)):
        assert (back.frame(i) == frames[i]).all(), i
    assert (forth.frame(5) == frames[5]).all()
    assert len({frame.tobytes() for frame in frames}) > 5


@pytest.mark.parametrize("size", [(72, 54), (54, 72), (101, 43), (2, 64), (1, 1)])
def test_a_frame_has_the_films_size(size: tuple[int, int], small_stage: Make) -> None:
    frame = Picture(small_stage(*size)).frame(3)
    assert frame.shape == (size[1], size[0], 3) and frame.dtype == np.uint8
    assert frame.flags.c_contiguous


def test_a_frame_is_the_callers_own(small_stage: Make) -> None:
    picture = Picture(small_stage(motion="still"))
    first = picture.frame(0)
    kept = first.copy()
    first[:] = 0
    again = picture.frame(0)
    assert (again == kept).all()
    again[:] = 0
    assert (picture.frame(1) == kept).all() or apart(picture.frame(1), kept) > 0
    assert (picture.frame(0) == kept).all()


@pytest.mark.parametrize("name", SCENES)
def test_a_loop_closes(name: str, small_stage: Make) -> None:
    stage = small_stage(loop=True, seconds=2.0, **SCENES[name])
    picture = Picture(stage)
    assert apart(picture.frame(0), picture.frame(48)) == 0


def test_places_move_on_every_frame_and_drawings_do_not(small_stage: Make) -> None:
    picture = Picture(small_stage())
    frames = [picture.frame(i) for i in range(8)]
    assert all(apart(frames[i], frames[i + 1]) > 0 for i in range(7))
    grass = [frame[40:, :12] for frame in frames]
    assert (grass[0] == grass[1]).all() and (grass[2] == grass[3]).all()
    assert (grass[1] != grass[2]).any()


def test_what_is_kept_does_not_grow(small_stage: Make) -> None:
    picture = Picture(small_stage(echo=1.0))
    for i in range(24):
        picture.frame(i)
    kept = [len(plate.kept) for plate in picture._plates]  # pyright: ignore[reportPrivateUsage]
    assert max(kept) <= 18


def test_a_moved_layer_is_as_large_as_the_camera_needs(small_stage: Make) -> None:
    stage = small_stage(seconds=2.0, camera=Camera(pan=3.0, tilt=-2.0, zoom=0.5))
    for depth in (0.3, 1.0, 1.4):
        seen = view(stage, depth)
        for frame in range(48):
            place = camera_place(stage, depth, frame)
            assert seen.box[0] <= -place.e / place.a + 1e-6
            assert seen.box[1] <= -place.f / place.d + 1e-6
            assert seen.box[2] >= (72 - place.e) / place.a - 1e-6
            assert seen.box[3] >= (54 - place.f) / place.d - 1e-6
            assert place.a <= seen.scale + 1e-9


def test_near_layers_move_more_than_far_ones(small_stage: Make) -> None:
    stage = small_stage(camera=Camera(pan=1.0))

    def way(depth: float) -> float:
        return abs(camera_place(stage, depth, 23).e - camera_place(stage, depth, 0).e)

    assert 0 == way(0.0) < way(0.5) < way(1.3)


def test_a_moving_camera_leaves_no_dark_edges(small_stage: Make) -> None:
    """Premultiplied images: a pale form on a pale ground stays pale at its edge."""
    stage = small_stage(camera=Camera(pan=0.3))
    pale = (250, 250, 250)

    def cloud(d: object, _: object) -> None:
        d.flat(np.array([(0.2, 0.2), (0.9, 0.25), (0.5, 0.45)]), pale)  # pyright: ignore

    def paper(d: object, _: object) -> None:
        d.flat(np.array([(-1, -1), (4, -1), (4, 4), (-1, 4)]), pale)  # pyright: ignore

    placed = (
        replace(stage.placed[0], what=Layer("sky", 0.0, "sky", paper)),
        replace(stage.placed[1], what=Layer("cloud", 0.4, "still", cloud)),
    )
    frame = Picture(replace(stage, placed=placed)).frame(7)
    assert frame.min() > 230


def test_shadows_lie_under_what_stands(small_stage: Make) -> None:
    stage = small_stage(288, 216)
    alone = replace(stage, placed=tuple(p for p in stage.placed if p.name != "s2.0"))
    changed = (Picture(stage).frame(0) != Picture(alone).frame(0)).any(2)
    feet = round(0.8 * 216)
    assert changed[feet + 2].sum() > 20 and changed[feet + 9].sum() == 0


def test_what_floats_is_mirrored_in_the_water(small_stage: Make) -> None:
    def rows(**more: object) -> int:
        stage = small_stage(domain="water", motion="still", **more)
        alone = replace(stage, placed=tuple(p for p in stage.placed if p.name != "s1.0"))
        changed = (Picture(stage).frame(0) != Picture(alone).frame(0)).any(2)
        return int(changed.any(1).sum())

    assert rows(setting="water") > 1.3 * rows(setting="hills")


def test_echoes_are_earlier_drawings(small_stage: Make) -> None:
    stage = small_stage(echo=1.0, seconds=2.0)
    ball = next(p.what for p in stage.placed if isinstance(p.what, Actor))
    seen = sights(stage, ball, 30)
    assert [s.frame for s in seen] == [6, 10, 14, 18, 22, 26, 30]
    assert [s.alpha for s in seen] == sorted(s.alpha for s in seen)
    assert [s.frame for s in sights(stage, ball, 5)] == [1, 5]
    ahead = replace(stage, scene=stage.scene.evolve(echo=-1.0))
    assert [s.frame for s in sights(ahead, ball, 30)] == [46, 42, 38, 34, 30]
    loop = replace(stage, film=replace(stage.film, loop=True))
    assert [s.frame for s in sights(loop, ball, 5)] == [29, 33, 37, 41, 45, 1, 5]


def test_a_picture_draws_itself_layer_after_layer(small_stage: Make) -> None:
    stage = small_stage(drawing=True, motion="draw")
    layers = [p.what for p in stage.placed if isinstance(p.what, Layer)]
    for layer in layers:
        shares = [wiped(stage, layer, i)[0] for i in range(24)]
        assert shares == sorted(shares) and shares[-1] == 1.0
    assert wiped(stage, layers[0], 4)[0] > wiped(stage, layers[2], 4)[0]
    picture = Picture(stage)
    first, last = picture.frame(0), picture.frame(23)
    assert first.reshape(-1, 3).std(0).max() < 6, "the sheet is not empty at first"
    finished = Picture(small_stage(motion="still")).frame(23)
    assert apart(last, finished) < 72 * 54 / 2


def test_turning_round_keeps_the_light(small_stage: Make) -> None:
    """Who walks back is drawn the other way, not mirrored: the drawing's flip changes, its place is not negative."""
    stage = small_stage(motion="walk", domain="ground", seconds=30.0, loop=True)
    ball = next(p.what for p in stage.placed if isinstance(p.what, Actor))
    assert all(sights(stage, ball, i)[-1].place.a > -1e-9 for i in range(0, 720, 2))


@pytest.mark.parametrize("amount", [0.0, -5.0, 1e6, 1e300])
def test_any_dial_gives_a_frame(amount: float, small_stage: Make) -> None:
    stage = small_stage(
        dials=Dials(amount, amount, amount, amount, amount),
        echo=amount,
        camera=Camera(amount, -amount, amount),
    )
    assert Picture(stage).frame(11).shape == (54, 72, 3)
