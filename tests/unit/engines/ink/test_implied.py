"""What goes without saying: mounts that go with their riders, small things on tables, walls that hold doors."""

from typing import Any

from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.implied import implied
from uncaged.engines.ink.motion import pose
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.stage import Film, Stage
from uncaged.engines.ink.words import read

FILM = Film(256, 256, 4.0, 24.0, 96)


def subject(name: str, kind: str, **more: Any) -> Subject:
    return Subject(name, kind, 7, **more)


def stage(text: str, seed: int = 1) -> Stage:
    scene = read(text, seed).scene.evolve(scheme="plain")
    return compose(scene, FILM, palette(scene.palette, scene.colours))


def test_who_flies_sits_on_what_flies() -> None:
    for seed in range(1, 4):
        made = stage("a witch flies on a broom", seed)
        witch, broom = (next(a for a in made.actors if a.key == k) for k in ("s1.0", "s2.0"))
        assert broom.kind.name == "broom-ridden" and broom.domain == "air"
        assert witch.rider == broom.key and witch.subject.posture == "sit"
        assert broom.y - 0.2 * broom.size < witch.y < broom.y + 0.35 * broom.size
        ways = [pose(witch, made, t).x - pose(broom, made, t).x for t in (0.0, 0.4, 0.9)]
        assert max(ways) - min(ways) < 0.1
        assert abs(pose(broom, made, 0.9).x - pose(broom, made, 0.1).x) > 0.1


def test_small_things_stand_on_the_table_at_their_size() -> None:
    for seed in range(1, 4):
        made = stage("a table and three glasses", seed)
        table = next(a for a in made.actors if "board" in a.kind.traits)
        glasses = [a for a in made.actors if a.kind.name == "glass"]
        assert len(glasses) == 3
        for glass in glasses:
            assert glass.rider == table.key and glass.size < 0.45 * table.size
            assert abs(glass.y - (table.y - 0.96 * table.size)) < 0.08
            assert abs(glass.x - table.x) < 0.5 * table.kind.width * table.size


def test_a_rider_of_what_cannot_fly_flies_alone() -> None:
    cat = subject("s1", "cat", motion="walk", relation="on", to="s2")
    wall = subject("s2", "wall")
    assert implied((cat, wall)) == (cat, wall)


def test_a_door_stands_in_its_wall_and_a_small_thing_lies_on_a_table() -> None:
    door = stage("a door in a room")
    (one,) = door.actors
    assert one.y < door.ground.horizon + 0.05 < 0.9 and door.ground.walled
    assert not any(p.name.startswith("curtains") for p in door.placed)
    names = {p.name for p in stage("an apple in a room").placed}
    assert "tabletop" in names
    assert not any(p.name == "tabletop" for p in stage("a cat in a room").placed)
    assert not any(p.name == "tabletop" for p in stage("an apple in a meadow").placed)


def test_what_is_written_is_inside_the_frame() -> None:
    for size in ((256, 256), (448, 192), (144, 256)):
        film = Film(*size, 2.0, 24.0, 48)
        for seed in (1, 2):
            text = "the tenant shall not assign this agreement without prior written consent"
            scene = read(text, seed).scene
            made = compose(scene, film, palette(scene.palette, scene.colours))
            letters = next(a for a in made.actors if a.subject.letters)
            half = 0.5 * letters.kind.width * letters.size
            assert half <= letters.x <= film.across - half
            assert letters.size <= letters.y <= film.down


def test_whoever_was_named_first_keeps_their_side() -> None:
    """Who gives, and who is hugged: the second scene does not change their places."""
    man, woman = subject("s1", "person", form="man"), subject("s2", "person", form="woman")
    for relation in ("facing", "touching"):
        for seed in range(3):
            pairs = (
                (man.evolve(relation=relation, to="s2"), woman),
                (man, woman.evolve(relation=relation, to="s1")),
                (man, woman),
            )
            sides: set[bool] = set()
            for pair in pairs:
                made = compose(Scene(pair, "village", "dawn", seed), FILM, palette("dawn"))
                x = {a.subject.name: a.x for a in made.actors}
                sides.add(x["s1"] < x["s2"])
            assert len(sides) == 1
