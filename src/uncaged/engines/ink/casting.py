"""From spots to actors: every body with its place, its face, its depth, and what it sits on.

Knows where spots are and how relations order them; nothing of time and pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from uncaged.engines.ink.bonds import Bond
from uncaged.engines.ink.colour import lightness, mix
from uncaged.engines.ink.costume import Wardrobe, ground_colour, manner
from uncaged.engines.ink.footing import footing
from uncaged.engines.ink.herds import Body, herd
from uncaged.engines.ink.holding import held, ring, towards
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.manner import Manner
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.paint import Paint
from uncaged.engines.ink.places import drawn_as
from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.seats import seated
from uncaged.engines.ink.settings import Ground
from uncaged.engines.ink.space import STANDS, Space, Spot
from uncaged.engines.ink.stage import Actor, Film

Plane: TypeAlias = Literal["sky", "land", "stage"]
"""Which part of the setting an actor moves with: the far sky, the middle land, or the stage in front."""

ON_FOOT = frozenset({"walk", "run", "hop", "crawl"})
"""Motions of legs; what has none hops along."""

GOES = ON_FOOT | {"fly", "glide", "swim", "drift-left", "drift-right", "enter", "leave", "roll"}
"""Motions that go somewhere: all bodies of a herd look where they go."""

RIDING = frozenset({"on", "in", "held", "carried"})
"""Relations in which a body moves with the one it relates to."""

HELD = frozenset({"held", "carried"})
ORDERED = RIDING | {"behind", "front", "between", "around"}
MOVED = frozenset({"pushing", "pulling"})
"""Relations in which the other one moves with the body."""

MEETING = frozenset({"facing", "touching", "following", "pushing"})
LOOK_UP = (0.5, -0.866)
"""Where one looks who looks at nothing."""

_ALIKE = 0.06
"""Lightness by which a body and its contour differ at least."""

_ON, _APART = 0.003, 0.02
"""Steps of depth: what sits on something is drawn right after it, what stands before it a little later."""


@dataclass(frozen=True, slots=True)
class Cast:
    """An actor and the plane it is drawn in."""

    actor: Actor
    plane: Plane


@dataclass(slots=True)
class Casting:
    """What all bodies are made with. cast: those made so far, by the subject's name."""

    scene: Scene
    film: Film
    space: Space
    ground: Ground
    spots: Mapping[str, Spot]
    cast: dict[str, list[Cast]] = field(default_factory=dict[str, list[Cast]])


def cast(
    scene: Scene,
    film: Film,
    space: Space,
    ground: Ground,
    spots: Mapping[str, Spot],
    bonds: Sequence[Bond],
) -> tuple[Cast, ...]:
    """Every body of every spot, back to front within its plane."""
    casting = Casting(scene, film, space, ground, spots)
    bound = {bond.a for bond in bonds}
    for name, spot in spots.items():
        if name not in bound:
            casting.cast[name] = _actors(casting, spot, None)
    for bond in bonds:
        casting.cast[bond.a] = _actors(casting, spots[bond.a], bond)
        _order(casting.cast, bond)
    for bond in bonds:
        _meet(casting.cast, bond)
    everyone = [c for name in spots for c in casting.cast[name]]
    return tuple(sorted(everyone, key=lambda c: (c.actor.z, c.actor.size)))


def _actors(casting: Casting, spot: Spot, bond: Bond | None) -> list[Cast]:
    """The bodies of one subject. Those that ride are seated on the bodies they ride on."""
    scene, space, ground = casting.scene, casting.space, casting.ground
    holders = _holders(casting, bond)
    bodies = _bodies(casting, spot, bond, holders)
    faces = _faces(casting, spot, bodies, holders)
    behind = ground_colour(spot, space, ground)
    wardrobe = Wardrobe(scene, spot.subject, spot.kind, ground.palette, behind, spot.count > 1)
    stuff = _stuff(casting, spot)
    out: list[Cast] = []
    for i, (body, flip) in enumerate(zip(bodies, faces, strict=True)):
        paint, figure = wardrobe.dress(i)
        own = Stream(f"{spot.subject.seed}/{i}")
        actor = Actor(
            key=f"{spot.name}.{i}",
            subject=spot.subject,
            kind=spot.kind,
            x=body.x,
            y=body.y,
            size=body.size,
            z=_depth(spot, body, space),
            phase=own.uniform() if spot.count > 1 else 0.0,
            flip=flip,
            paint=paint,
            figure=figure,
            manner=_seen(manner(scene, ground.palette, casting.film.side, body.size), paint),
            domain=spot.domain,
            rider=holders[i % len(holders)].key if holders else "",
            look=LOOK_UP if spot.subject.gesture == "look" else (0.0, 0.0),
            hole=spot.subject.count < 0,
            stuff=stuff,
        )
        out.append(Cast(actor, _plane(spot)))
    return out


def _seen(own: Manner, paint: Paint) -> Manner:
    """A body as dark as the ink is drawn with a lighter line, or it would be one black shape."""
    if own.mode != "brush" or abs(lightness(paint.colour) - lightness(own.ink)) > _ALIKE:
        return own
    p = own.palette
    return own.evolve(ink=mix(paint.colour, p.deep if p.negative else p.low, 0.42))


def _stuff(casting: Casting, spot: Spot) -> Figure | None:
    """The figure of the subject that this one is made of; that one is not seen by itself."""
    other = casting.scene.subject(spot.subject.to) if spot.subject.relation == "of" else None
    if other is None or other.name == spot.name:
        return None
    kind = drawn_as(other, {})
    palette = casting.ground.palette
    return Wardrobe(casting.scene, other, kind, palette, palette.mid, False).dress(0)[1]


def _holders(casting: Casting, bond: Bond | None) -> list[Actor]:
    """The bodies that carry those of a bond's first subject."""
    if bond is None or bond.relation not in RIDING:
        return []
    return [c.actor for c in casting.cast[bond.b]]


def _bodies(
    casting: Casting, spot: Spot, bond: Bond | None, holders: Sequence[Actor]
) -> list[Body]:
    stream = Stream(f"{casting.scene.seed}/compose/{spot.name}")
    if bond is not None and bond.relation == "around":
        centre = casting.cast[bond.b][0].actor
        return ring(spot, casting.spots[bond.b], centre, casting.space, stream)
    if bond is None or not holders:
        return herd(spot, casting.space, stream)
    if bond.relation in HELD:
        everyone = {c.actor.key: c.actor for casts in casting.cast.values() for c in casts}
        return held(spot, bond, holders, everyone)
    outlines = {
        h.key: footing(h.figure, h.manner, casting.film.seconds)
        for h in (holders if bond.relation == "on" else ())
    }
    return seated(spot, casting.spots[bond.b], bond, holders, outlines, stream)


def _plane(spot: Spot) -> Plane:
    if spot.domain == "sky":
        return "sky"
    return "land" if spot.domain == "land" else "stage"


def _depth(spot: Spot, body: Body, space: Space) -> float:
    """Order among the actors: what stands lower in the picture is nearer; what flies is in front of what stands."""
    down = clamp(body.y / space.height, -1, 2)
    match spot.domain:
        case "ground" | "land":
            return down
        case "water":
            return down - 0.3
        case "float":
            return 0.9 + 0.01 * down
        case "base":
            return 1.5
        case "air":
            return 2.0 + 0.1 * body.size
        case "sky":
            return 0.1 * body.size


def _faces(
    casting: Casting, spot: Spot, bodies: Sequence[Body], holders: Sequence[Actor]
) -> list[bool]:
    """For each body whether it looks to the left. Two often look at each other, and not all of a herd one way."""
    stream = Stream(f"{spot.subject.seed}/faces")
    count = len(bodies)
    if spot.subject.letters:  # nobody reads it in a mirror
        return [False] * count
    if not spot.kind.faces:
        return [stream.chance(0.5) for _ in bodies]
    if spot.face:
        return [spot.face < 0] * count
    if holders and holders[0].kind.faces:
        return [holders[i % len(holders)].flip for i in range(count)]
    left = _way(casting, spot, stream) < 0
    if spot.subject.motion == "leave":  # out by the nearer edge
        left = spot.x < casting.space.middle
    goes = spot.subject.motion in GOES
    meets = spot.subject.motion == "walk" and "somebody" in spot.kind.traits
    asked = spot.subject.relation == "facing"  # each other
    asked = asked or ((not goes or meets) and stream.chance(0.6))
    if count == 2 and not spot.flank and asked:
        first = bodies[0].x < bodies[1].x
        return [not first, first]
    if count > 1 and not goes:
        return [stream.chance(0.3) != left for _ in bodies]
    return [left] * count


def _way(casting: Casting, spot: Spot, stream: Stream) -> int:
    """Which way it looks when nothing is said: into the picture, more often than not."""
    aside = spot.x - casting.space.middle
    if abs(aside) < 0.02 * casting.space.width:
        return casting.space.side
    inwards = -1 if aside > 0 else 1
    alone = len(casting.spots) == 1 and spot.subject.motion not in GOES
    return -inwards if alone and stream.chance(0.2) else inwards


def _meet(casts: dict[str, list[Cast]], bond: Bond) -> None:
    """Who looks at whom; and what is pushed or pulled moves with who does it."""
    a, b = casts[bond.a], casts[bond.b]
    if bond.relation in MEETING:
        casts[bond.a] = [_looking(c, b) for c in a]
    if bond.relation == "facing":
        casts[bond.b] = [_looking(c, a) for c in b]
    if bond.relation == "held":
        casts[bond.b] = [_laden(c, a) for c in b]
    if bond.relation in MOVED:
        mover = a[0].actor
        casts[bond.b] = [
            Cast(replace(c.actor, rider=mover.key, flip=mover.flip), c.plane) for c in b
        ]


def _laden(c: Cast, things: Sequence[Cast]) -> Cast:
    """Something is in its hand; who reads, eats or plays looks at it."""
    mine = [t.actor for t in things if t.actor.rider == c.actor.key]
    if not mine:
        return c
    minds = c.actor.subject.gesture in ("read", "eat", "play")
    look = towards(c.actor, mine[0]) if minds else c.actor.look
    return Cast(replace(c.actor, laden=True, look=look), c.plane)


def _looking(c: Cast, others: Sequence[Cast]) -> Cast:
    if c.actor.look not in ((0.0, 0.0), LOOK_UP):
        return c
    other = min(others, key=lambda o: abs(o.actor.x - c.actor.x)).actor
    return Cast(replace(c.actor, look=towards(c.actor, other)), c.plane)


def _order(casts: dict[str, list[Cast]], bond: Bond) -> None:
    """Sets the depth of a's bodies against b's: what sits on something is drawn right after it, and so on."""
    if bond.relation not in ORDERED:
        return
    a, b = casts[bond.a], casts[bond.b]
    if b[0].plane == "sky" and a[0].plane != "sky":
        b = casts[bond.b] = _brought_forward(b, a[0].actor.z)
    if a[0].plane == "sky" and b[0].plane != "sky" and bond.relation == "front":
        a = _brought_forward(a, b[0].actor.z)
    depth = {c.actor.key: c.actor.z for c in b}
    casts[bond.a] = [_ordered(c, b[0], depth, bond, 0.00001 * i) for i, c in enumerate(a)]


def _brought_forward(casts: Sequence[Cast], z: float) -> list[Cast]:
    """Things of the sky come to the stage when somebody of the stage is on, in, behind or before them."""
    return [
        Cast(replace(c.actor, domain="air", z=z + 0.0001 * i), "stage") for i, c in enumerate(casts)
    ]


def _ordered(c: Cast, b: Cast, depth: Mapping[str, float], bond: Bond, step: float) -> Cast:
    low, high = min(depth.values()), max(depth.values())
    actor, plane = c.actor, c.plane
    match bond.relation:
        case "on":
            z, plane = depth[actor.rider] + _ON, b.plane
        case "held" | "carried":
            z, plane = depth[actor.rider] + _ON, b.plane
        case "around":  # those behind are behind it
            centre = b.actor.y - (0.5 * b.actor.size if actor.domain == "air" else 0.0)
            z, plane = (low - _APART if actor.y < centre else high + _APART), b.plane
        case "in":  # the side of a boat hides the legs
            z = depth[actor.rider] + (-_ON if b.actor.domain == "water" else _ON)
            plane = b.plane
        case "behind" if plane == b.plane:
            z = low - _APART
        case "behind" if plane == "stage":  # behind a hill
            z, plane = low - _APART, b.plane
        case "front":
            z, plane = high + _APART, b.plane if plane == "land" else plane
        case "between" if actor.domain in STANDS:
            z = high + _ON
        case _:
            z = actor.z
    return Cast(replace(actor, z=z + step), plane)
