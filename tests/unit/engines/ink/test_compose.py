"""Composition: the same stage for the same scene, room for any number and any aspect, everything in drawing order."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.amounts import MOST, shares
from uncaged.engines.ink.colour import palette, under
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.scene import (
    MODES,
    MOTIONS,
    RELATIONS,
    Camera,
    Dials,
    Scene,
    Subject,
    Weather,
)
from uncaged.engines.ink.settings import Ground, Layer
from uncaged.engines.ink.settings import settings as all_settings
from uncaged.engines.ink.stage import Actor, Film, Stage

SIZES = {"21:9": (448, 192), "1:1": (256, 256), "9:16": (144, 256), "1:8": (64, 512)}
SHOWN = sorted(name for name, kind in kinds().items() if not kind.hidden)


def film(size: tuple[int, int] = (256, 256), seconds: float = 6.0, loop: bool = False) -> Film:
    return Film(*size, seconds, 24.0, max(1, round(seconds * 24)), loop)


def subject(name: str, kind: str, **more: object) -> Subject:
    return Subject(name, kind, seed=sum(map(ord, name + kind))).evolve(**more)


def scene(*subjects: Subject, setting: str = "hills", seed: int = 3, **more: object) -> Scene:
    return Scene(subjects, setting, "dawn", seed).evolve(**more)


def stage(of: Scene, size: tuple[int, int] = (256, 256), **more: object) -> Stage:
    return compose(of, film(size, **more), palette(of.palette, of.colours))  # type: ignore[arg-type]  (a test names any field of a film)


def places(made: Stage) -> list[tuple[object, ...]]:
    return [
        (a.key, a.x, a.y, a.size, a.z, a.phase, a.flip, a.paint.colour, a.rider)
        for a in made.actors
    ]


def test_the_same_scene_gives_the_same_stage() -> None:
    of = scene(subject("s1", "bird", count=9, motion="fly"), subject("s2", "house", count=2))
    assert places(stage(of)) == places(stage(of))
    assert [p.name for p in stage(of).placed] == [p.name for p in stage(of).placed]


def test_seed_and_only_the_seed_changes_the_composition() -> None:
    of = scene(subject("s1", "person", motion="walk"), setting="village")
    several = {tuple(places(stage(of.evolve(seed=seed)))) for seed in range(8)}
    assert len(several) > 2
    assert places(stage(of)) == places(stage(of.evolve(echo=1.0)))


def test_a_subject_stays_itself_in_another_scene() -> None:
    tree = subject("s1", "tree", count=3, form="round")
    here = stage(scene(tree, setting="meadow", seed=1)).actors
    there = stage(scene(subject("s2", "horse"), tree, setting="forest", seed=99)).actors
    mine = sorted((a.key, a.phase, a.paint.skin) for a in here)
    assert mine == sorted((a.key, a.phase, a.paint.skin) for a in there if a.subject is tree)


def test_layers_and_actors_come_back_to_front() -> None:
    made = stage(
        scene(subject("s1", "sun"), subject("s2", "hill"), subject("s3", "horse", motion="walk"))
    )
    names = [p.name for p in made.placed]
    assert len(names) == len(set(names))
    depths = {a.kind.name: names.index(a.key) for a in made.actors}
    assert depths["sun"] < depths["hill"] < depths["horse"]
    layers = {p.name: i for i, p in enumerate(made.placed) if isinstance(p.what, Layer)}
    assert layers["sky"] < depths["sun"] < layers["far"]
    front = [i for i, p in enumerate(made.placed) if p.depth > 1]
    assert not front or depths["horse"] < min(front)


def test_nearer_bodies_of_a_herd_are_lower_and_drawn_later() -> None:
    bodies = stage(scene(subject("s1", "sheep", count=40))).actors
    assert [a.y for a in bodies] == sorted(a.y for a in bodies)
    far, near = bodies[:10], bodies[-10:]
    assert sum(a.size for a in far) < sum(a.size for a in near)


def test_two_people_sometimes_look_at_each_other_and_a_herd_does_not_face_one_way() -> None:
    pairs = [
        stage(scene(subject("s1", "person", count=2, motion="walk", seed=n), seed=n)).actors
        for n in range(12)
    ]
    meet = [{a.flip for a in sorted(p, key=lambda a: a.x)} for p in pairs]
    assert sum(len(flips) == 2 for flips in meet) in range(3, 12)
    for two in pairs:
        left, right = sorted(two, key=lambda a: a.x)
        assert not (left.flip and not right.flip), "nobody turns their back on the other"
    flocks = [stage(scene(subject("s1", "sheep", count=9, seed=n))).actors for n in range(6)]
    assert sum(len({a.flip for a in flock}) == 2 for flock in flocks) >= 4
    flying = stage(scene(subject("s1", "bird", count=9, motion="fly"))).actors
    assert len({a.flip for a in flying}) == 1


def test_paint_follows_the_scene() -> None:
    red = (0.6, 0.18, 0.1)
    person = subject("s1", "person", parts={"accent": red, "nonsense": red})
    dry = stage(scene(person)).actors[0]
    wet = stage(scene(person, weather=Weather(rain=1))).actors[0]
    assert dry.paint.accent == under(red, palette("dawn"))
    assert wet.paint.umbrella and not dry.paint.umbrella
    assert stage(scene(subject("s1", "head", parts={"accent": red}))).actors[0].paint.wears
    cut = stage(scene(person, subject("s2", "moon"), mode="silhouette")).actors
    colours = {a.kind.name: a.paint.colour for a in cut}
    assert colours["person"] == palette("dawn").deep != colours["moon"]
    assert all(a.manner.mode == "none" and a.manner.shade == 0 for a in cut)


def test_a_thing_with_a_colour_of_its_own_keeps_it_unless_a_hue_is_named() -> None:
    own = kinds()["sun"].colour
    assert own is not None
    plain = stage(scene(subject("s1", "sun"))).actors[0]
    named = stage(scene(subject("s1", "sun", hue=(0.54, -0.05, -0.12)))).actors[0]
    assert plain.paint.colour == own(palette("dawn")) != named.paint.colour


def test_birds_perch_and_cats_walk() -> None:
    tree = subject("s2", "tree")
    perched = stage(scene(subject("s1", "bird", motion="fly", relation="in", to="s2"), tree))
    assert {a.kind.name for a in perched.actors} == {"bird-standing", "tree"}
    assert stage(scene(subject("s1", "cat", motion="walk"))).actors[0].kind.name == "cat-walking"
    sunk = stage(
        scene(subject("s1", "bird", motion="fly", relation="in", to="s2"), subject("s2", "fish"))
    )
    assert {a.kind.name for a in sunk.actors} == {"bird", "fish"}


@pytest.mark.parametrize(
    ("count", "bodies"),
    [(0, 0), (-0.4, 0), (-3, 3), (0.4, 0), (0.6, 1), (2.6, 3), (1e9, 100), (-1e9, 100)],
)
def test_any_count(count: float, bodies: int) -> None:
    actors = stage(scene(subject("s1", "bird", count=count, motion="fly"))).actors
    assert len(actors) == bodies
    assert all(actor.hole == (count < 0) for actor in actors)


def test_absent_subjects_leave_no_hole() -> None:
    cat, house = subject("s1", "cat", relation="on", to="s2"), subject("s2", "house", count=0)
    made = stage(scene(cat, house))
    alone = stage(scene(cat.evolve(relation="none", to="")))
    assert [(a.x, a.y, a.size) for a in made.actors] == [(a.x, a.y, a.size) for a in alone.actors]


def test_what_something_is_made_of_is_not_seen_by_itself() -> None:
    dancer, birds = subject("s1", "dancer", relation="of", to="s2"), subject("s2", "bird")
    (made,) = stage(scene(dancer, birds)).actors
    assert made.kind.name == "dancer" and made.stuff is not None
    circle = stage(scene(dancer, birds.evolve(relation="of", to="s1"))).actors
    assert circle  # of each other: both are seen


def test_sizes_turned_over() -> None:
    pair = subject("s1", "stone"), subject("s2", "head")
    plain = {a.subject.name: a.size for a in stage(scene(*pair)).actors}
    turned = scene(*pair).evolve(dials=Dials(inversion=1.0))
    other = {a.subject.name: a.size for a in stage(turned).actors}
    assert plain["s1"] < plain["s2"] and other["s1"] > other["s2"]
    for amount in (-1e9, -1.0, 0.4, 5.0, 1e9):
        far = scene(*pair).evolve(dials=Dials(inversion=amount))
        assert all(0 < a.size < 3 for a in stage(far).actors)


def test_twelve_subjects_and_none() -> None:
    some = tuple(subject(f"s{i}", SHOWN[i * 2 % len(SHOWN)]) for i in range(12))
    made = stage(scene(*some))
    assert {a.subject.name for a in made.actors} == {s.name for s in some}
    standing = sorted(a.x for a in made.actors if a.domain == "ground")
    assert all(b - a > 0.04 for a, b in itertools.pairwise(standing))
    assert stage(scene()).actors == () and stage(scene()).placed


def test_sizes_are_tame_but_felt() -> None:
    heights = [
        stage(scene(subject("s1", "horse", size=size))).actors[0].size
        for size in (0, 0.3, 0.8, 1.6, 5.0, 1e6)
    ]
    assert heights == sorted(heights) and len(set(heights)) == 6
    assert heights[0] > 0.01 and heights[-1] < 2.2


def visible(a: Actor, made: Stage) -> bool:
    film_ = made.film
    half = a.size * (0.5 if a.domain in ("air", "sky") else 0)
    up = a.size if half == 0 else half
    wide = max(0.1, a.kind.width * a.size / 2)
    across = -wide < a.x < film_.across + wide
    return across and a.y + half > 0 and a.y - up < film_.down


finite = st.floats(allow_nan=False, allow_infinity=False)
tame = st.floats(-3, 3)


@st.composite
def wild_scenes(draw: st.DrawFn) -> Scene:
    number = draw(st.sampled_from([finite, tame]))
    count = draw(st.integers(0, 4))
    subjects = tuple(
        Subject(
            f"s{i}",
            draw(st.sampled_from(SHOWN)),
            seed=draw(st.integers(0, 5)),
            count=draw(number),
            size=draw(number),
            motion=draw(st.sampled_from(sorted(MOTIONS))),
            across=draw(number),
            down=draw(number),
            relation=draw(st.sampled_from([*sorted(RELATIONS), "beyond"])),
            to=draw(st.sampled_from(["s0", "s1", "s2", "s9", ""])),
        )
        for i in range(count)
    )
    return Scene(
        subjects,
        draw(st.sampled_from(sorted(all_settings()))),
        draw(st.sampled_from(["dawn", "night", "ink-on-paper", "negative"])),
        draw(st.integers(0, 9)),
        horizon=draw(number),
        mode=draw(st.sampled_from(sorted(MODES))),
        camera=Camera(draw(number), draw(number), draw(number)),
        weather=Weather(*(draw(number) for _ in range(5))),
        dials=Dials(*(draw(number) for _ in range(5))),
        disc=draw(number),
    )


@settings(max_examples=15, deadline=None)
@given(wild_scenes(), st.sampled_from(sorted(SIZES)))
def test_any_scene_composes_and_every_body_is_in_sight(wild: Scene, aspect: str) -> None:
    made = stage(wild, SIZES[aspect])
    keys = [a.key for a in made.actors]
    assert len(keys) == len(set(keys))
    for a in made.actors:
        values = (a.x, a.y, a.size, a.z, a.phase, a.manner.line, a.manner.wobble)
        assert all(abs(v) < 1e4 for v in values) and a.size > 0
        assert not a.rider or a.rider in keys
    for name in {a.subject.name for a in made.actors if not a.rider}:
        assert any(visible(a, made) for a in made.actors if a.subject.name == name)


def test_nobody_stands_beside_the_frame_in_a_ring_round_what_is_at_its_edge() -> None:
    """Each goes round the other, so neither makes room."""
    one = subject("s1", "accordion", motion="bounce", size=0.0, relation="around", to="s2")
    for seed in range(12):
        other = subject(
            "s2", "accordion", seed=seed, size=1.0, across=-1.0, relation="around", to="s1"
        )
        made = stage(scene(one, other, seed=seed), SIZES["1:1"])
        assert all(visible(a, made) for a in made.actors)


def test_a_shift_moves_as_far_as_it_says_and_never_out_of_sight() -> None:
    def at(across: float) -> float:
        return stage(scene(subject("s1", "horse", across=across, down=0.0))).actors[0].x

    middle = at(1e-9)
    assert at(0.2) - middle == pytest.approx(0.2, abs=0.02)
    assert middle < at(0.2) < at(1.0) < at(1e6) < 1.01


def test_horizons_anywhere_keep_subjects_in_the_frame() -> None:
    for horizon in (-5.0, 0.0, 0.3, 0.9, 1.4, 1e6):
        made = stage(scene(subject("s1", "horse"), subject("s2", "bird"), horizon=horizon))
        assert all(visible(a, made) for a in made.actors)


def test_composition_does_not_wait_for_large_counts_of_subjects() -> None:
    many = tuple(subject(f"s{i}", "stone", count=1) for i in range(300))
    made = stage(scene(*many))
    assert len({a.subject.name for a in made.actors}) == 60


def test_dials_reach_the_pen() -> None:
    def line(dials: Dials, size: tuple[int, int] = (256, 256)) -> float:
        return stage(scene(subject("s1", "cat"), dials=dials), size).actors[0].manner.line

    plain = line(Dials())
    assert line(Dials(line=2)) == pytest.approx(2 * plain)
    assert plain < line(Dials(line=1e9)) < 10 * plain
    assert line(Dials(line=-2)) == line(Dials(line=2))
    assert line(Dials(), (1024, 1024)) < plain < line(Dials(), (64, 64))


def test_what_draws_itself_makes_the_picture_draw_itself() -> None:
    assert stage(scene(subject("s1", "tree", motion="draw"))).drawing
    assert not stage(scene(subject("s1", "tree"))).drawing


def test_the_setting_hears_who_comes() -> None:
    def ground(*subjects: Subject) -> Ground:
        return stage(scene(*subjects, setting="water")).ground

    boat = subject("s1", "boat", motion="swim")
    person = subject("s2", "person")
    assert not ground(boat).shore and ground(boat, person).shore
    assert not ground(boat, replace(person, relation="in", to="s1")).shore
    assert ground(boat).disc_at is None
    lit = stage(scene(boat, subject("s2", "moon"), setting="water"))
    moon = next(a for a in lit.actors if a.kind.name == "moon")
    assert lit.ground.disc_at is not None and lit.ground.disc_at.x == pytest.approx(moon.x)
    assert ground(subject("s1", "bird", motion="fly")).airy


@given(st.lists(st.integers(0, 100), max_size=60), st.integers(60, 300))
def test_bodies_are_shared_fairly(counts: list[int], most: int) -> None:
    drawn = shares(counts, most)
    assert sum(drawn) == min(sum(counts), most)
    level = max(drawn, default=0)
    for had, has in zip(counts, drawn, strict=True):
        assert has == had or level - 1 <= has < had, "only those above the common level give way"
    cut = [has for had, has in zip(counts, drawn, strict=True) if has < had]
    assert cut == sorted(cut, reverse=True), "what is left over goes to the first"


def test_a_whole_scene_has_a_most_and_a_few_stay_as_many_as_they_are() -> None:
    herds = tuple(subject(f"s{i}", "bird", count=100, motion="fly") for i in range(100))
    made = stage(scene(subject("s100", "person", count=2), *herds))
    assert len(made.actors) == MOST
    assert sum(a.kind.name == "person" for a in made.actors) == 2
    three = stage(scene(*(herds[i].evolve(count=80) for i in range(3))))
    assert len(three.actors) == MOST, "as long as there is room for all, all are there"


def test_nothing_just_touches() -> None:
    for seed in range(40):
        made = stage(
            Scene((subject("s1", "cat"), subject("s2", "dog")), "meadow", "dawn", seed, disc=1.0)
        )
        one, other = made.actors
        gap = abs(one.x - other.x) - 0.42 * (
            one.kind.width * one.size + other.kind.width * other.size
        )
        assert abs(gap) > 0.02
