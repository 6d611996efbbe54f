"""Scene ↔ position: exact there and back, every finite number a scene, nothing that jumps."""

import json
import math
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from uncaged.core.genome import Genome, between, cross, distance, mutate
from uncaged.engines.ink.colour import PALETTES, ROLES
from uncaged.engines.ink.genes import NEUTRAL, PARTS, SCALE
from uncaged.engines.ink.genome import FAR, genome, nearest, scene, soft
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.scene import (
    FILLS,
    GESTURES,
    HANDS,
    MATERIALS,
    MODES,
    MOTIONS,
    POSTURES,
    RELATIONS,
    SCHEMES,
    Camera,
    Dials,
    Scene,
    Subject,
    Weather,
)
from uncaged.engines.ink.settings import settings as all_settings
from uncaged.engines.ink.words import read

NUMBERS = st.floats(-FAR, FAR, allow_nan=False)
SEEDS = st.integers(0, 2**53 - 1)
LABS = st.tuples(NUMBERS, NUMBERS, NUMBERS)
ALL_ROLES: list[str] = sorted(ROLES)
VISIBLE = sorted(name for name, kind in kinds().items() if not kind.hidden)


@st.composite
def subjects(draw: st.DrawFn, name: str, others: tuple[str, ...]) -> Subject:
    kind = draw(st.sampled_from(VISIBLE))
    return Subject(
        name=name,
        kind=kind,
        seed=draw(SEEDS),
        count=draw(NUMBERS),
        size=draw(NUMBERS),
        hue=draw(st.none() | LABS),
        fill=draw(st.sampled_from(sorted(FILLS))),
        motion=draw(st.sampled_from(sorted(MOTIONS))),
        across=draw(NUMBERS),
        down=draw(NUMBERS),
        form=draw(st.sampled_from(("", *kinds()[kind].forms))),
        parts=draw(st.dictionaries(st.sampled_from(PARTS), LABS, max_size=2)),
        relation=draw(st.sampled_from(sorted(RELATIONS))),
        to=draw(st.sampled_from(("", *others))),
        posture=draw(st.sampled_from(sorted(POSTURES))),
        gesture=draw(st.sampled_from(sorted(GESTURES))),
        material=draw(st.sampled_from(sorted(MATERIALS))),
        joy=draw(NUMBERS),
        stir=draw(NUMBERS),
        letters=draw(
            st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), max_size=3)
        ),
    )


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    first = draw(single_scenes())
    if draw(st.booleans()):
        return first
    second, third = draw(single_scenes()), draw(st.none() | single_scenes())
    return first.evolve(share=draw(NUMBERS), then=second.evolve(share=draw(NUMBERS), then=third))


@st.composite
def single_scenes(draw: st.DrawFn) -> Scene:
    names = [f"s{number}" for number in sorted(draw(st.sets(st.integers(1, 30), max_size=3)))]
    return Scene(
        subjects=tuple(
            draw(subjects(name, tuple(other for other in names if other != name))) for name in names
        ),
        setting=draw(st.sampled_from(sorted(all_settings()))),
        palette=draw(st.sampled_from(sorted(PALETTES))),
        seed=draw(SEEDS),
        horizon=draw(NUMBERS),
        mode=draw(st.sampled_from(sorted(MODES))),
        camera=Camera(*draw(st.tuples(*[NUMBERS] * 3))),
        weather=Weather(*draw(st.tuples(*[NUMBERS] * 5))),
        dials=Dials(*draw(st.tuples(*[NUMBERS] * len(fields(Dials))))),
        hand=draw(st.sampled_from(sorted(HANDS))),
        scheme=draw(st.sampled_from(sorted(SCHEMES))),
        echo=draw(NUMBERS),
        disc=draw(NUMBERS),
        colours=draw(st.dictionaries(st.sampled_from(ALL_ROLES), LABS, max_size=3)),
    )


@given(scenes())
@settings(max_examples=30, deadline=None)
def test_a_scene_comes_back_exactly(there: Scene) -> None:
    position = genome(there)
    assert scene(position) == there
    again = Genome.from_json(json.loads(json.dumps(position.to_json())), "ink")
    assert again == position and scene(again) == there
    assert set(position.genes) == {
        name for name in position.genes if name in NEUTRAL and name in SCALE
    }


@given(
    st.dictionaries(
        st.sampled_from([*NEUTRAL, "dial.unheard-of", "s0.size", "sx.count", "s*.count"]).map(
            lambda name: name.replace("*", "3")
        ),
        st.floats(allow_nan=False, allow_infinity=False),
    )
)
@example(
    {"s1.count": 1e308, "s1.size": -1e308, "s1.kind.x": 1e308, "s2.to": -1e308, "horizon": -1e308}
)
@settings(max_examples=30, deadline=None)
def test_every_finite_number_is_a_scene(genes: dict[str, float]) -> None:
    there = scene(Genome("ink", genes))
    for number in genome(there).genes.values():
        assert math.isfinite(number) and abs(number) <= 2 * FAR
    assert all(subject.kind in VISIBLE for subject in there.subjects)


def test_missing_genes_are_neutral_and_unknown_ones_are_ignored() -> None:
    empty = scene(Genome("ink"))
    assert empty.subjects == () and empty.palette == "dawn" and empty.setting == "hills"
    assert (empty.mode, empty.horizon, empty.dials) == ("brush", 0.63, Dials())
    strange = Genome("ink", {"dial.unheard-of": 5.0, "s2.mood": 3.0, "S1.count": 1.0}, {"s9": 4})
    assert scene(strange) == empty
    one = scene(Genome("ink", {"s7.count": 2.0}, {"s7": 11})).subjects[0]
    assert (one.name, one.count, one.size, one.seed, one.hue) == ("s7", 2.0, 1.0, 11, None)


def test_hidden_kinds_are_never_chosen() -> None:
    hidden = [kind for kind in kinds().values() if kind.hidden]
    assert hidden
    for kind in hidden:
        genes = {"s1.count": 1.0, "s1.kind.x": kind.at[0], "s1.kind.y": kind.at[1]}
        assert not kinds()[scene(Genome("ink", genes)).subjects[0].kind].hidden


def test_the_nearest_place_wins_and_ties_go_by_name() -> None:
    places = {"b": (0.0, 0.0), "a": (1.0, 0.0)}
    assert nearest((0.4, 9.0), places) == "b"
    assert nearest((0.5, 0.5), places) == "a"


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_amounts_saturate_softly_and_keep_their_order_and_sign(one: float, other: float) -> None:
    assert soft(-one) == -soft(one)
    if one <= other:
        assert soft(one) <= soft(other)
    if abs(one) <= FAR:
        assert soft(one) == one


def test_a_relation_is_to_another_subject_that_is_there() -> None:
    there = read("a bird over a hill beside a tree", 1).scene
    genes = genome(there).genes
    assert scene(genome(there).evolve({"s1.to": 2.6})).subjects[0].to == "s3"
    assert scene(genome(there).evolve({"s1.to": 1.0})).subjects[0].to == ""  # never to itself
    assert genes["s1.to"] == 2.0 and genes["s3.to"] == 0.0


def test_a_form_is_the_nearest_of_its_kind() -> None:
    position = genome(read("a cypress", 1).scene)
    forms = kinds()["tree"].forms
    assert scene(position).subjects[0].form == "cypress"
    assert scene(position.evolve({"s1.form": 0.4})).subjects[0].form == ""
    assert scene(position.evolve({"s1.form": 99.0})).subjects[0].form == forms[-1]
    assert scene(position.evolve({"s1.form": -5.0})).subjects[0].form == ""


def test_a_subject_comes_in_on_the_way_between_two_scenes() -> None:
    one, other = (genome(read(text, 1).scene) for text in ("a fox", "a fox and two birds"))
    counts = [
        round(sum(s.count for s in scene(between(one, other, at, NEUTRAL)).subjects), 3)
        for at in (0.0, 0.25, 0.5, 1.0)
    ]
    assert counts == [1.0, 1.5, 2.0, 3.0]
    assert scene(between(one, other, 1.0, NEUTRAL)) == scene(other)
    assert scene(between(one, other, 0.0, NEUTRAL)).subjects[0] == scene(one).subjects[0]


def test_children_stay_near_their_parents() -> None:
    parent = genome(read("two yellow birds over a blue hill at dusk", 1).scene)
    near, far = (mutate(parent, amount, 5, SCALE) for amount in (0.3, 3.0))
    assert (
        0.15 < distance(parent, near, SCALE, NEUTRAL) < 0.5 < distance(parent, far, SCALE, NEUTRAL)
    )
    same = sum(
        [s.kind for s in scene(mutate(parent, 0.7, seed, SCALE)).subjects] == ["bird", "hill"]
        for seed in range(20)
    )
    assert 6 <= same < 20
    other = genome(read("a red fish under the sea", 2).scene)
    child = scene(cross(parent, other, 3, NEUTRAL))
    assert child.subjects and genome(child).genes


def test_a_subject_of_another_name_is_refused() -> None:
    there = read("a fox", 1).scene
    wrong = there.evolve(subjects=(there.subjects[0].evolve(name="fox"),))
    with pytest.raises(ValueError, match="s1, s2"):
        genome(wrong)


def test_places_stand_apart() -> None:
    planes = {
        "kinds": ([kind.at for kind in kinds().values()], 0.06),
        "settings": ([setting.at for setting in all_settings().values()], 0.15),
        "palettes": ([palette.at for palette in PALETTES.values()], 0.1),
    }
    for name, (points, gap) in planes.items():
        for place, (x, y) in enumerate(points):
            for across, down in points[:place]:
                assert (x - across) ** 2 + (y - down) ** 2 >= gap * gap * 0.999, (name, x, y)


def test_a_position_of_the_first_version_still_opens() -> None:
    kept = json.loads(Path(__file__).with_name("first_version.json").read_text(encoding="utf-8"))
    for row in kept:
        opened = scene(Genome.from_json(row["position"], "ink"))
        assert [[s.kind, s.motion, s.relation, s.form, s.fill] for s in opened.subjects] == row[
            "scene"
        ]
        assert (opened.setting, opened.palette) == (row["setting"], row["palette"])
        assert (opened.hand, opened.scheme, opened.then) == ("print", "plain", None)


def test_all_places_of_a_plane_are_apart() -> None:
    planes = (
        FILLS, GESTURES, HANDS, MATERIALS, MODES, MOTIONS, POSTURES, RELATIONS, SCHEMES,
        {name: kind.at for name, kind in kinds().items() if not kind.hidden},
        {name: place.at for name, place in all_settings().items()},
    )  # fmt: skip
    for plane in planes:
        places = list(plane.values())
        for i, (x, y) in enumerate(places):
            assert all(math.hypot(x - u, y - v) > 0.02 for u, v in places[:i]), (x, y)
