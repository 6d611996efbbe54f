"""Relations: each puts a where it says relative to b, for every pair of kinds and every aspect; chains end."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.bonds import bonds
from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.relations import RELATIONS
from uncaged.engines.ink.scene import RELATIONS as NAMES
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.stage import Actor, Film, Stage

SIZES = {"21:9": (448, 192), "1:1": (256, 256), "9:16": (144, 256)}
KINDS = sorted(
    name for name, kind in kinds().items() if not kind.hidden and kind.domain not in ("base",)
)


def stage(*subjects: Subject, setting: str = "hills", aspect: str = "1:1", seed: int = 1) -> Stage:
    scene = Scene(subjects, setting, "dawn", seed, horizon=0.64)
    return compose(scene, Film(*SIZES[aspect], 6, 24, 144), palette("dawn"))


def middle(a: Actor) -> float:
    return a.y if a.domain in ("air", "sky") else a.y - a.size / 2


def order(made: Stage, a: Actor) -> int:
    return [p.name for p in made.placed].index(a.key)


def _over(s: Stage, a: Actor, b: Actor) -> bool:
    return middle(a) < middle(b) and abs(a.x - b.x) < 0.35


def _under(s: Stage, a: Actor, b: Actor) -> bool:
    return middle(a) > middle(b) - 0.02 and abs(a.x - b.x) < 0.45 * s.film.across + 0.1


def _beside(s: Stage, a: Actor, b: Actor) -> bool:
    apart = (a.kind.width * a.size + b.kind.width * b.size) / 2
    return min(0.3, 0.9 * apart) <= abs(a.x - b.x) < max(1.3, 1.6 * apart)


def _facing(s: Stage, a: Actor, b: Actor) -> bool:
    right = b.x > a.x
    looks = (a.flip != right or not a.kind.faces) and (b.flip == right or not b.kind.faces)
    return _beside(s, a, b) and looks


def _following(s: Stage, a: Actor, b: Actor) -> bool:
    right = b.x > a.x
    same = (a.flip != right or not a.kind.faces) and (b.flip != right or not b.kind.faces)
    return _beside(s, a, b) and same


def _behind(s: Stage, a: Actor, b: Actor) -> bool:
    return order(s, a) < order(s, b) and _overlap(a, b)


def _front(s: Stage, a: Actor, b: Actor) -> bool:
    return order(s, a) > order(s, b) and _overlap(a, b)


def _overlap(a: Actor, b: Actor) -> bool:
    across = (a.kind.width * a.size + b.kind.width * b.size) / 2
    return abs(a.x - b.x) < across and abs(middle(a) - middle(b)) < (a.size + b.size) / 2 + 0.1


def _on(s: Stage, a: Actor, b: Actor) -> bool:
    top = b.y + b.kind.top[1] * b.size
    return a.rider == b.key and abs(middle(a) + a.size / 2 - top) < 0.35 * b.size + 0.3 * a.size


def _in(s: Stage, a: Actor, b: Actor) -> bool:
    return a.rider == b.key and abs(a.x - b.x) < 0.5 * b.kind.width * b.size and a.size < b.size


def _touching(s: Stage, a: Actor, b: Actor) -> bool:
    apart = (a.kind.width * a.size + b.kind.width * b.size) / 2
    return abs(a.x - b.x) <= max(0.7, 1.1 * apart)


def _pushing(s: Stage, a: Actor, b: Actor) -> bool:
    return b.rider == a.key and a.flip == b.flip and _touching(s, a, b)


def _held(s: Stage, a: Actor, b: Actor) -> bool:
    """What it is held by lies where the other one holds; what is carried stands there."""
    kind, side = b.kind, -1 if b.flip else 1
    x, y = kind.holds.get("stand", kind.top)
    if a.subject.relation == "carried":
        x, y = kind.holds.get("carry", kind.top)
        grip = (0.0, 0.3 if a.domain in ("air", "sky") else 0.0)
    else:
        grip = a.kind.grip
    there = (b.x + side * (x * b.size - grip[0] * a.size), b.y + y * b.size - grip[1] * a.size)
    near = abs(a.x - there[0]) < 1e-6 and abs(a.y - there[1]) < 1e-6
    return a.rider == b.key and near and a.size <= b.size


def _around(s: Stage, a: Actor, b: Actor) -> bool:
    centre = sum(o.x for o in s.actors if o.subject is a.subject) / max(1, a.subject.count)
    return abs(centre - b.x) < 1.5


def _between(s: Stage, a: Actor, b: Actor) -> bool:
    flank = [o for o in s.actors if o.subject is b.subject]
    return min(o.x for o in flank) < a.x < max(o.x for o in flank)


HOLDS: dict[str, Callable[[Stage, Actor, Actor], bool]] = {
    "over": _over,
    "under": _under,
    "beside": _beside,
    "facing": _facing,
    "following": _following,
    "behind": _behind,
    "front": _front,
    "on": _on,
    "in": _in,
    "between": _between,
    "touching": _touching,
    "pushing": _pushing,
    "pulling": _pushing,
    "held": _held,
    "carried": _held,
    "around": _around,
}


def test_every_relation_of_the_scene_places_something() -> None:
    assert set(RELATIONS) == set(HOLDS) == set(NAMES) - {"none", "of"}


@settings(max_examples=45, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.sampled_from(KINDS),
    st.sampled_from(sorted(HOLDS)),
    st.sampled_from(sorted(SIZES)),
    st.integers(0, 3),
)
def test_a_is_where_the_relation_says(
    one: str, other: str, relation: str, aspect: str, seed: int
) -> None:
    a = Subject("s1", one, 1, relation=relation, to="s2")
    made = stage(a, Subject("s2", other, 2), aspect=aspect, seed=seed)
    bodies = {x.subject.name: x for x in made.actors}
    assert HOLDS[relation](made, bodies["s1"], bodies["s2"]), (bodies["s1"], bodies["s2"])
    assert all(-0.1 < x.x < made.film.across + 0.1 for x in made.actors)


@pytest.mark.parametrize("relation", sorted(HOLDS))
def test_the_order_in_which_subjects_come_does_not_matter(relation: str) -> None:
    a, b = Subject("s1", "cat", 1, relation=relation, to="s2"), Subject("s2", "house", 2)
    for made in (stage(a, b), stage(b, a)):
        bodies = {x.subject.name: x for x in made.actors}
        assert HOLDS[relation](made, bodies["s1"], bodies["s2"])


def test_a_chain_is_built_from_its_foot() -> None:
    made = stage(
        Subject("s1", "cat", 1, relation="on", to="s2"),
        Subject("s2", "horse", 2, relation="on", to="s3"),
        Subject("s3", "hill", 3),
    )
    bodies = {x.subject.name: x for x in made.actors}
    assert bodies["s1"].rider == bodies["s2"].key
    assert bodies["s2"].rider == bodies["s3"].key
    assert bodies["s1"].y < bodies["s2"].y < bodies["s3"].y
    drawn = [order(made, bodies[name]) for name in ("s3", "s2", "s1")]
    assert drawn == sorted(drawn)


@given(
    st.lists(st.tuples(st.sampled_from([*sorted(HOLDS), "none"]), st.integers(0, 8)), max_size=8)
)
def test_circles_are_opened_and_nothing_is_placed_twice(links: list[tuple[str, int]]) -> None:
    subjects = [
        Subject(f"s{i}", "cat", i, relation=relation, to=f"s{to}")
        for i, (relation, to) in enumerate(links)
    ]
    found = bonds(subjects)
    assert len({bond.a for bond in found}) == len(found)
    placed: set[str] = set()
    moved = {bond.a for bond in found}
    for bond in found:
        assert bond.a != bond.b
        assert bond.b in placed or bond.b not in moved, "what carries is placed before what rides"
        placed.add(bond.a)


def test_three_thousand_links_are_no_deep_recursion() -> None:
    subjects = [
        Subject(f"s{i}", "cat", i, relation="on", to=f"s{(i + 1) % 3_000}") for i in range(3_000)
    ]
    assert len(bonds(subjects)) == 2_999


def test_two_beside_one_stand_on_both_sides() -> None:
    made = stage(
        Subject("s1", "cat", 1, relation="beside", to="s3"),
        Subject("s2", "dog", 2, relation="beside", to="s3"),
        Subject("s3", "house", 3),
    )
    x = {a.subject.name: a.x for a in made.actors}
    assert min(x["s1"], x["s2"]) < x["s3"] < max(x["s1"], x["s2"])


def test_several_on_one_do_not_sit_on_each_other() -> None:
    made = stage(
        Subject("s1", "cat", 1, relation="on", to="s3"),
        Subject("s2", "bird", 2, relation="on", to="s3"),
        Subject("s3", "house", 3),
    )
    x = {a.subject.name: a.x for a in made.actors}
    assert abs(x["s1"] - x["s2"]) > 0.05


def test_birds_on_three_houses_are_shared_out() -> None:
    made = stage(
        Subject("s1", "bird", 1, count=6, relation="on", to="s2"),
        Subject("s2", "house", 2, count=3),
    )
    riders = [a.rider for a in made.actors if a.rider]
    assert sorted(riders) == ["s2.0", "s2.0", "s2.1", "s2.1", "s2.2", "s2.2"]


def test_self_and_unknown_relations_are_ignored() -> None:
    plain = stage(Subject("s1", "cat", 1))
    for relation, to in (("on", "s1"), ("on", "nobody"), ("within a dream of", "s1")):
        made = stage(Subject("s1", "cat", 1, relation=relation, to=to))
        assert [(a.x, a.y) for a in made.actors] == [(a.x, a.y) for a in plain.actors]


def test_several_things_in_one_hand_lie_beside_each_other() -> None:
    made = stage(
        Subject("s1", "flower", 1, count=3, relation="held", to="s2"), Subject("s2", "person", 2)
    )
    flowers = [a for a in made.actors if a.kind.name == "flower"]
    assert len({round(a.x, 4) for a in flowers}) == 3
    assert {a.rider for a in flowers} == {"s2.0"}


def test_a_ring_has_the_other_in_its_middle() -> None:
    made = stage(
        Subject("s1", "person", 1, count=8, relation="around", to="s2"), Subject("s2", "tree", 2)
    )
    tree = next(a for a in made.actors if a.kind.name == "tree")
    ring = [a for a in made.actors if a.kind.name == "person"]
    assert min(a.x for a in ring) < tree.x < max(a.x for a in ring)
    assert {a.z < tree.z for a in ring} == {True, False}


def test_who_faces_somebody_looks_there() -> None:
    made = stage(Subject("s1", "person", 1, relation="facing", to="s2"), Subject("s2", "bird", 2))
    one = next(a for a in made.actors if a.subject.name == "s1")
    assert one.look != (0.0, 0.0) and abs(one.look[0] ** 2 + one.look[1] ** 2 - 1) < 1e-6
