"""Motion in films of any length: no seam, honest feet, riders that follow, numbers that stay finite."""

import itertools
from math import isfinite, pi, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.camera import camera
from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.motion import hold, moment, pose, surroundings, variant
from uncaged.engines.ink.scene import MOTIONS, Camera, Dials, Scene, Subject
from uncaged.engines.ink.stage import Actor, Film, Pose, Stage

SIZES = {"21:9": (448, 192), "1:1": (256, 256), "9:16": (144, 256)}
WALKERS = sorted(name for name, kind in kinds().items() if kind.gait > 0 and not kind.hidden)
LENGTHS = (0.5, 2.0, 6.0, 15.0, 60.0, 120.0)


def staged(
    *subjects: Subject,
    seconds: float = 6.0,
    loop: bool = False,
    size: tuple[int, int] = (256, 256),
    seed: int = 1,
    fps: float = 24.0,
    **more: object,
) -> Stage:
    scene = Scene(subjects, "paper", "dawn", seed).evolve(**more)
    film = Film(*size, seconds, fps, max(1, round(seconds * fps)), loop)
    return compose(scene, film, palette("dawn"))


def same(one: Pose, other: Pose, within: float = 1e-6) -> bool:
    a = (one.x, one.y, one.turn, one.scale_x, one.scale_y, one.grow, one.lift, one.stride)
    b = (other.x, other.y, other.turn, other.scale_x, other.scale_y, other.grow, other.lift)
    whole = abs(a[2] - b[2]) / (2 * pi)
    turned = abs(whole - round(whole)) < 1e-4
    rest = (0, 1, 3, 4, 5, 6)
    return turned and all(abs(a[i] - b[i]) < within for i in rest) and one.reveal == other.reveal


@pytest.mark.parametrize("seconds", [0.5, 6.0, 60.0])
@pytest.mark.parametrize("motion", sorted(MOTIONS))
def test_a_loop_ends_where_it_began(motion: str, seconds: float) -> None:
    kind = {"fly": "bird", "swim": "fish", "walk": "person", "dance": "dancer"}.get(motion, "cat")
    others = [Subject("s2", "boat", 3, motion=motion), Subject("s3", "tree", 4, motion=motion)]
    one = staged(Subject("s1", kind, 2, motion=motion), *others, seconds=seconds, loop=True)
    flock = staged(Subject("s1", kind, 2, count=5, motion=motion), seconds=seconds, loop=True)
    for made in (one, flock):
        for a in made.actors:
            begin, end = pose(a, made, 0.0), pose(a, made, 1.0)
            assert same(begin, end), (motion, begin, end)
            first, last = moment(a, made, 0.0), moment(a, made, 1.0)
            for hertz in (0.5, 1.0, 1.5):
                turned = last.turn(hertz) - first.turn(hertz)
                assert abs(turned - round(turned)) < 1e-6


@pytest.mark.parametrize("motion", ["fly", "swim", "drift-left", "walk", "fall", "rise", "melt"])
def test_a_loop_has_no_jump_in_sight(motion: str) -> None:
    kind = {"fly": "bird", "swim": "fish", "walk": "person"}.get(motion, "cloud")
    for seconds in (2.0, 6.0, 20.0):
        made = staged(Subject("s1", kind, 2, count=3, motion=motion), seconds=seconds, loop=True)
        for a in made.actors:
            steps = int(seconds * 24)
            way = [pose(a, made, i / steps) for i in range(steps + 1)]
            for one, other in itertools.pairwise(way):
                far = abs(one.x - other.x) + abs(one.y - other.y)
                assert far < max(0.05, 0.15 / seconds) or (
                    out_of_sight(a, one) and out_of_sight(a, other)
                )


def out_of_sight(a: Actor, at: Pose, across: float = 1.0, down: float = 1.0) -> bool:
    wide = a.kind.width * a.size / 2
    up, low = (0.6, 0.6) if a.domain in ("air", "sky") else (1.0, 0.0)
    beside = at.x + wide < 0.001 or at.x - wide > across - 0.001
    return beside or at.y + low * a.size < 0.001 or at.y - up * a.size > down - 0.001


@pytest.mark.parametrize("aspect", ["21:9", "1:1"])
@pytest.mark.parametrize("loop", [False, True])
@pytest.mark.parametrize("seconds", [0.5, 6.0, 15.0, 120.0])
@pytest.mark.parametrize("count", [1, 2])
def test_feet_do_not_slide(seconds: float, loop: bool, aspect: str, count: int) -> None:
    """Ground speed is gait × height × stride × cadence, turned the way it faces; at turns and halts, nearly."""
    for kind in WALKERS[::4]:
        subject = Subject("s1", kind, 7, count=count, motion="walk")
        made = staged(subject, seconds=seconds, loop=loop, size=SIZES[aspect])
        for a in made.actors[:2]:
            cycles = max(1, int(seconds * moment(a, made, 0.3).speed + 0.5))
            h = 1e-4
            for t in (0.07, 0.21, 0.33, 0.48, 0.62, 0.77, 0.91):
                before, now, after = (pose(a, made, t + d) for d in (-h, 0.0, h))
                moved = (after.x - before.x) / (2 * h)
                facing = (-1 if a.flip else 1) * (1 if now.scale_x > 0 else -1)
                walked = facing * a.kind.gait * a.size * now.stride * cycles
                walked = walked if now.act == "walk" else 0.0
                if abs(moved) < 100:  # else it just went round the frame, out of sight
                    slack = 0.02 * a.size * cycles
                    assert moved == pytest.approx(walked, abs=slack), (kind, t, now)


@pytest.mark.parametrize("seconds", LENGTHS)
def test_walks_keep_a_believable_rhythm(seconds: float) -> None:
    for kind in WALKERS:
        for seed in range(3):
            made = staged(Subject("s1", kind, seed, motion="walk"), seconds=seconds, seed=seed)
            a = made.actors[0]
            cycles = max(1, int(seconds * moment(a, made, 0.3).speed + 0.5))
            strides = [pose(a, made, i / 60).stride for i in range(60)]
            if seconds >= 2:
                assert 0.5 <= cycles / seconds <= 1.6
            assert 0.44 <= max(strides) <= 1.0 + 1e-9
            seen = [not out_of_sight(a, pose(a, made, i / 60)) for i in range(60)]
            assert sum(seen) > 36 and (seconds > 6 or seen[27])


def test_two_people_meet() -> None:
    found = 0
    for seed in range(12):
        made = staged(Subject("s1", "person", seed, count=2, motion="walk"), seed=seed)
        left, right = sorted(made.actors, key=lambda a: a.x)
        if left.flip or not right.flip:
            continue
        found += 1
        gaps = [pose(right, made, t).x - pose(left, made, t).x for t in (0, 0.3, 0.6, 0.9, 1.0)]
        assert gaps[0] > gaps[1] > gaps[3] > 0.1
        assert gaps[3] == pytest.approx(gaps[4])
        assert pose(left, made, 0.1).act == "walk" and pose(left, made, 0.95).act == "still"
    assert found >= 3


def test_who_follows_keeps_the_distance_with_steps_of_its_own() -> None:
    dog, horse = Subject("s1", "dog", 1, motion="walk"), Subject("s2", "horse", 2, motion="walk")
    for seconds in (3.0, 6.0, 40.0):
        made = staged(dog.evolve(relation="following", to="s2"), horse, seconds=seconds)
        a, b = (next(x for x in made.actors if x.kind.name == k) for k in ("dog", "horse"))
        assert a.flip == b.flip
        apart = [abs(pose(a, made, t).x - pose(b, made, t).x) for t in (0.0, 0.1, 0.95, 1.0)]
        if seconds < 10:
            assert max(apart) - min(apart) < 0.01
        assert moment(a, made, 0.5).speed >= moment(b, made, 0.5).speed


@pytest.mark.parametrize("motion", sorted(MOTIONS))
def test_riders_go_where_they_are_carried(motion: str) -> None:
    rider = Subject("s1", "cat", 1, relation="on", to="s2")
    kind = {"fly": "bird", "swim": "boat"}.get(motion, "horse")
    made = staged(rider, Subject("s2", kind, 2, motion=motion), seconds=6.0)
    cat = next(a for a in made.actors if a.rider)
    holder = next(a for a in made.actors if a.key == cat.rider)
    reach = sqrt((cat.x - holder.x) ** 2 + (cat.y - holder.y) ** 2)
    for i in range(12):
        a, b = pose(cat, made, i / 12), pose(holder, made, i / 12)
        stretch = max(abs(b.scale_x), abs(b.scale_y))
        assert sqrt((a.x - b.x) ** 2 + (a.y - b.y + b.pivot) ** 2) <= (
            (reach + 2 * b.pivot) * stretch + 0.02
        )
        assert (a.scale_x > 0) == (b.scale_x > 0)
        assert a.turn == pytest.approx(b.turn)


def test_what_rides_does_not_walk_off() -> None:
    walker = Subject("s1", "person", 1, motion="walk", relation="on", to="s2")
    made = staged(walker, Subject("s2", "stone", 2))
    person = next(a for a in made.actors if a.rider)
    assert {pose(person, made, t).x for t in (0.0, 0.3, 0.8)} == {person.x}
    assert pose(person, made, 0.4).act == "still"


def test_flights_are_alive() -> None:
    for seconds in (2.0, 6.0, 30.0):
        made = staged(Subject("s1", "bird", 5, motion="fly"), seconds=seconds)
        way = [pose(made.actors[0], made, i / 90) for i in range(90)]
        heights = [p.y for p in way]
        assert max(heights) - min(heights) > 0.05
        ups = [b - a > 0 for a, b in itertools.pairwise(heights)]
        assert sum(a != b for a, b in itertools.pairwise(ups)) >= 2, "not one shallow arc"
        assert max(abs(p.turn) for p in way) < 0.5
        speeds = [abs(b.x - a.x) * 90 / seconds for a, b in itertools.pairwise(way)]
        assert sum(speeds) / len(speeds) > 0.04, "not in slow motion"


def test_plants_grow_by_age_and_the_rest_by_size() -> None:
    made = staged(Subject("s1", "tree", 1, motion="grow"), Subject("s2", "house", 2, motion="grow"))
    tree, house = (next(a for a in made.actors if a.kind.name == k) for k in ("tree", "house"))
    assert pose(tree, made, 0.3).scale_x == 1 and 0 < pose(tree, made, 0.3).grow < 1
    assert pose(house, made, 0.05).scale_x < 0.3 < pose(house, made, 0.98).scale_x == 1


def test_volume_stays_when_something_bounces_and_it_leaves_the_ground() -> None:
    made = staged(Subject("s1", "stone", 1, motion="bounce"))
    way = [pose(made.actors[0], made, i / 48) for i in range(48)]
    assert all(p.scale_x * p.scale_y == pytest.approx(1) for p in way)
    assert max(p.lift for p in way) > 0.1 and min(p.lift for p in way) == 0
    assert all(p.y + p.lift == pytest.approx(made.actors[0].y) for p in way)


def test_a_size_below_zero_stands_on_its_head() -> None:
    up = staged(Subject("s1", "house", 1, size=1.0))
    down = staged(Subject("s1", "house", 1, size=-1.0))
    plain, turned = pose(up.actors[0], up, 0.5), pose(down.actors[0], down, 0.5)
    assert turned.scale_y == -plain.scale_y
    assert turned.y == pytest.approx(plain.y - up.actors[0].size)


def test_tempo_scales_rates_and_runs_backwards_below_zero() -> None:
    def turns(tempo: float) -> float:
        made = staged(Subject("s1", "cat", 1), dials=Dials(tempo=tempo))
        return moment(made.actors[0], made, 0.999).turn(1.0) / 0.999

    assert turns(2.0) == pytest.approx(2 * turns(1.0))
    assert turns(0.0) == pytest.approx(1)
    assert turns(1.0) < turns(1e9) <= 80
    forward = staged(Subject("s1", "bird", 1, motion="fly"))
    backward = staged(Subject("s1", "bird", 1, motion="fly"), dials=Dials(tempo=-1.0))
    one, other = pose(forward.actors[0], forward, 0.2), pose(backward.actors[0], backward, 0.8)
    assert (one.x, one.y) == pytest.approx((other.x, other.y))
    assert surroundings(backward, 0.2).t == pytest.approx(0.8)


wild = st.floats(allow_nan=False, allow_infinity=False)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(name for name, kind in kinds().items() if not kind.hidden)),
    st.sampled_from([*sorted(MOTIONS), "levitate"]),
    st.sampled_from(LENGTHS),
    st.booleans(),
    wild,
    wild,
    st.floats(0, 1),
)
def test_every_pose_is_finite(
    kind: str, motion: str, seconds: float, loop: bool, size: float, tempo: float, t: float
) -> None:
    subject = Subject("s1", kind, 1, size=size, motion=motion)
    rider = Subject("s2", "cat", 2, relation="on", to="s1", motion=motion)
    made = staged(subject, rider, seconds=seconds, loop=loop, dials=Dials(tempo=tempo))
    for a in made.actors:
        p, m = pose(a, made, t), moment(a, made, t)
        values = (p.x, p.y, p.turn, p.scale_x, p.scale_y, p.grow, p.lift, p.stride, p.pivot)
        assert all(isfinite(v) and abs(v) < 1e5 for v in (*values, m.t, m.sway, m.speed))
        assert p.scale_x != 0 and p.scale_y != 0
        assert 0 <= p.grow <= 1 and (p.reveal is None or 0 <= p.reveal <= 1)


def test_poses_do_not_depend_on_the_order_they_are_asked_in() -> None:
    subject = Subject("s1", "bird", 1, count=5, motion="fly")
    one, other = staged(subject), staged(subject)
    times = [i / 17 for i in range(17)]
    forwards = [pose(a, one, t) for t in times for a in one.actors]
    backwards = [pose(a, other, t) for t in reversed(times) for a in reversed(other.actors)]
    assert forwards == backwards[::-1]


# ------------------------------------------------------------------------------------------------------------- holds


def test_twelve_drawings_a_second_whatever_the_frames() -> None:
    for fps in (12.0, 23.976, 24.0, 25.0, 50.0, 60.0):
        film = Film(64, 64, 4.0, fps, round(4.0 * fps))
        drawn = [hold(film, i) for i in range(film.frames)]
        assert len(set(drawn)) == 48
        assert drawn == sorted(drawn) and drawn[0] == 0
        assert all(abs(t - i / film.frames) < 1 / 12 for i, t in enumerate(drawn))
    slow = Film(64, 64, 4.0, 5.0, 20)
    assert [hold(slow, i) for i in range(20)] == [i / 20 for i in range(20)]


def test_any_number_of_poses_a_second() -> None:
    for poses in (-3.0, 0.0, 0.1, 24.0, 1e9):
        film = Film(64, 64, 2.0, 24.0, 48, poses=poses)
        drawn = [hold(film, i) for i in range(48)]
        assert drawn == sorted(drawn) and all(0 <= t < 1 for t in drawn)


@pytest.mark.parametrize("seconds", LENGTHS)
def test_the_pen_trembles_without_a_seam(seconds: float) -> None:
    film = Film(64, 64, seconds, 24.0, round(seconds * 24), loop=True)
    seen = [variant(film, i) for i in range(film.frames)]
    assert set(seen) <= {0, 1, 2, 3} and seen[0] == 0 and seen[-1] == 3
    changes = [b - a for a, b in itertools.pairwise(seen) if a != b]
    assert set(changes) <= {1, -3}
    once = Film(64, 64, seconds, 24.0, round(seconds * 24))
    assert [variant(once, i) for i in range(min(6, once.frames))] == [0] * min(6, once.frames)


# ------------------------------------------------------------------------------------------------------------ camera


def test_the_camera_goes_where_it_is_told() -> None:
    scene = Scene((), "hills", "dawn", 1)
    assert camera(scene, 0.3) == (0.0, 0.0, 1.0)
    right = scene.evolve(camera=Camera(pan=1))
    assert camera(right, 0)[0] == pytest.approx(-0.13) and camera(right, 1)[0] > 0.12
    up = scene.evolve(camera=Camera(tilt=1))
    assert camera(up, 0)[1] > camera(up, 1)[1]
    closer, away = scene.evolve(camera=Camera(zoom=1)), scene.evolve(camera=Camera(zoom=-1))
    assert camera(closer, 0)[2] == 1 and camera(closer, 1)[2] == pytest.approx(1.32)
    assert camera(away, 0)[2] == pytest.approx(1.32) and camera(away, 1)[2] == pytest.approx(1)


@given(wild, wild, wild, st.floats(0, 1), st.booleans())
def test_the_edge_of_a_layer_never_shows(
    pan: float, tilt: float, zoom: float, t: float, loop: bool
) -> None:
    """Layers are drawn 0.22 of the shorter side beyond the frame; the nearest has a depth of 1.45."""
    scene = Scene((), "hills", "dawn", 1, camera=Camera(pan, tilt, zoom))
    x, y, z = camera(scene, t, loop)
    for depth in (0.0, 0.2, 0.5, 1.0, 1.45):
        grown = 1 + (z - 1) * (0.25 + 0.75 * depth)
        for shift in (x, y):
            assert 0.5 / grown + abs(shift) * depth <= 0.5 + 0.22
    assert z >= 1
    begin, end = camera(scene, 0.0, True), camera(scene, 1.0, True)
    assert begin == pytest.approx(end)


@pytest.mark.parametrize("motion", ["enter", "leave"])
@pytest.mark.parametrize("kind", ["person", "bird", "boat"])
@pytest.mark.parametrize("seconds", [2.0, 6.0, 30.0])
def test_who_enters_comes_from_outside_and_who_leaves_goes_there(
    motion: str, kind: str, seconds: float
) -> None:
    made = staged(Subject("s1", kind, 2, motion=motion), seconds=seconds)
    (a,) = made.actors
    begin, end = pose(a, made, 0.0), pose(a, made, 1.0)
    outside, inside = (begin, end) if motion == "enter" else (end, begin)
    edge = 0.3 * a.kind.width * a.size
    assert outside.x < edge or outside.x > made.film.across - edge
    assert abs(inside.x - a.x) < 1e-6


def test_a_runner_is_faster_than_a_walker_and_a_crawler_slower() -> None:
    def way(motion: str) -> float:
        made = staged(Subject("s1", "dog", 2, size=0.3, motion=motion), seconds=2.0)
        (a,) = made.actors
        return abs(pose(a, made, 1.0).x - pose(a, made, 0.0).x)

    assert way("crawl") < way("walk") < way("run")


def test_what_is_pushed_moves_with_who_pushes_it() -> None:
    made = staged(
        Subject("s1", "person", 1, motion="walk", relation="pushing", to="s2"),
        Subject("s2", "stone", 2),
    )
    bodies = {a.kind.name: a for a in made.actors}
    apart = {
        round(pose(bodies["stone"], made, t).x - pose(bodies["person"], made, t).x, 6)
        for t in (0.0, 0.3, 0.7, 1.0)
    }
    assert len(apart) == 1
    assert pose(bodies["stone"], made, 0.0).x != pose(bodies["stone"], made, 1.0).x
