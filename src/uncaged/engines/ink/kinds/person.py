"""A person: of any age and trade, standing, sitting, lying, kneeling or on the way, arms busy or at rest.

How it is built, in painter's order: far arm, far leg, near leg, garment, neck, scarf, head, what the hands hold, near
arm. `person_postures` and `person_gaits` say where the joints are, `person_reaches` what the arms do, `person_roles`
who it is and what is worn. Knows no street and no weather; an umbrella is in the hand of whom `paint.umbrella` says.

Where it is: standing and going, the origin is the ground between the feet. Sitting, kneeling and lying it is where the
body touches what carries it: posture ``sit`` is on bare ground, ``perch`` on a seat at y = 0, over whose edge the feet
hang down to y = `SEAT`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np

from uncaged.engines.ink.curves import points
from uncaged.engines.ink.display import Drawing, Flat, Form, Mark, Stroke
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.face import Face, Place, draw_face, face
from uncaged.engines.ink.kinds.garments import garment, skirt
from uncaged.engines.ink.kinds.person_attire import ATTIRE, BEHIND
from uncaged.engines.ink.kinds.person_belongings import bag, broom, fist, scarf, umbrella
from uncaged.engines.ink.kinds.person_cuts import CUTS, Worn
from uncaged.engines.ink.kinds.person_gaits import GAIT, GAITS, RUNS, STANCE
from uncaged.engines.ink.kinds.person_gestures import doing, engaged
from uncaged.engines.ink.kinds.person_limbs import arm, leg, neck
from uncaged.engines.ink.kinds.person_postures import POSTURES, SEAT, ride
from uncaged.engines.ink.kinds.person_reaches import HOLDS, Doing, Given, bound
from uncaged.engines.ink.kinds.person_resting import IDLE, Idle
from uncaged.engines.ink.kinds.person_rig import NOWHERE, Rig, reach, turned
from uncaged.engines.ink.kinds.person_roles import DYES, ROLES, Role, complexion, role
from uncaged.engines.ink.kinds.person_stature import Stature, stature
from uncaged.engines.ink.kinds.person_strange import STRANGE
from uncaged.engines.ink.kinds.person_strange import Given as StrangeBody
from uncaged.engines.ink.kinds.person_things import THINGS, Grip
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.paint import Paint

__all__ = ["SEAT", "STANCE", "build"]


@dataclass(frozen=True, slots=True)
class Person:
    """What the lot decided. habit, stance: numbers that choose between ways to do something and to stand or sit."""

    paint: Paint
    role: Role
    body: Stature
    worn: Worn
    bathing: Worn
    face: Face
    idle: Idle
    habit: int
    stance: int
    scarf: bool
    bag: bool


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A person; `form` is a key of `ROLES`, or "" for somebody by lot."""
    return somebody(stream, paint, "", form)


def somebody(stream: Stream, paint: Paint, cut: str, form: str = "") -> Figure:
    """A person in a garment that somebody else chose (a row of `CUTS`, or "" for one of the form's)."""
    who, small = role(stream.sub("role"), form or ("woman" if cut else ""))
    dress, looks = stream.sub("dress"), stream.sub("looks")
    name = stream.pick(who.bodies)
    body = stature(stream.sub("body"), "youth" if small else name)
    body = body.scaled(0.78 if small else stream.uniform(0.95, 1.0) if form == "" else 1.0)
    hat, style = dress.pick(who.hats), looks.pick(who.hairs)
    hat = "" if paint.bare else hat
    beard = looks.pick(who.beards)
    wide = dress.uniform(0.9, 1.12)
    own = DYES[who.dye](complexion(stream.sub("skin"), paint, who.grey))
    scarfed = dress.chance(who.scarf) or paint.wears
    carries = dress.chance(who.bag)
    return partial(
        _draw,
        Person(
            own,
            who,
            body,
            Worn(CUTS[cut or dress.pick(who.cuts)], body, wide, who.bare_feet),
            Worn(CUTS[dress.pick(("swimsuit", "trunks"))], body, wide, True),
            face(stream.sub("face"), style, hat, beard, 0.6, who.young),
            IDLE[0] if carries else stream.pick(IDLE),
            stream.integer(0, 5),
            stream.integer(0, 5),
            scarfed and hat not in ("headscarf", "wimple", "hood"),
            carries and not who.thing,
        ),
    )


def _draw(person: Person, d: Drawing, m: Moment) -> None:
    rig = engaged(_rig(person, m), m)
    first = len(d.marks)
    _figure(person, d, m, rig)
    if rig.floor < NOWHERE:
        _settle(d.marks[first:], rig.floor)


def _settle(marks: Sequence[Mark], floor: float) -> None:
    """Hair, wings and cloth of who sits or lies spread on the ground instead of hanging into it."""
    for mark in marks:
        match mark:
            case Form() | Stroke() | Flat() if float(mark.points[:, 1].max()) > floor:
                mark.points = mark.points.copy()
                mark.points[:, 1] = np.minimum(mark.points[:, 1], floor)
            case _:
                pass


def _figure(person: Person, d: Drawing, m: Moment, rig: Rig) -> None:
    body = person.body
    arms = _busy(person, rig, m)
    place = _place(person, rig, m)
    if person.role.strange:
        strange = StrangeBody(person.paint, rig, body, arms, place)
        STRANGE[person.role.strange](d, strange, m)
        _thing(person, d, rig, arms, place, m)
        return
    paint = person.paint
    swims = rig.name == "swim" and person.role.plain
    worn = person.bathing if swims else person.worn
    attire = () if swims else person.role.attire
    for name in attire:
        if name in BEHIND:
            ATTIRE[name](d, paint, rig, body, m)
    if rig.name == "ride":
        broom(d, paint, rig, body.unit)
    if not arms.over:
        arm(d, paint, arms.far, worn, True)
    if rig.over:
        garment(d, paint, rig, worn, m)
    leg(d, paint, rig.far, worn, True)
    leg(d, paint, rig.near, worn, False)
    skirt(d, paint, rig, worn)
    if not rig.over:
        garment(d, paint, rig, worn, m)
    neck(d, paint, rig, body)
    for name in attire:
        if name not in BEHIND:
            ATTIRE[name](d, paint, rig, body, m)
    if person.scarf and not swims:
        scarf(d, paint, rig, body, m)
    draw_face(d, paint, person.face, place, m, rig.view or _view(m))
    if arms.over:
        arm(d, paint, arms.far, worn, True)
    _thing(person, d, rig, arms, place, m)
    arm(d, paint, arms.near, worn, False)


def _rig(person: Person, m: Moment) -> Rig:
    """The joints before the arms join in. Babies crawl and sit, witches fly on brooms."""
    body, variant = person.body, person.stance
    small = "baby" if body.head > 0.14 * body.unit else ""
    if m.posture in ("", "stand") or m.posture not in POSTURES:
        gait = GAITS.get(m.act)
        if small and m.act != "fly":
            moves = m.act in ("walk", "run", "hop", "crawl", "dance")
            return GAITS["crawl"](body, m) if moves else POSTURES["sit"](body, m, 1)
        if person.role.thing == "besom" and m.act in ("fly", "glide"):
            return ride(body, m)
        if gait is not None:
            return gait(body, m)
    posture = m.posture if m.posture in POSTURES else "stand"
    if m.gesture != "none":
        variant = {"lie": 1, "sit": variant % 2, "kneel": variant}.get(posture, variant)
    return POSTURES[posture](body, m, variant)


def _busy(person: Person, rig: Rig, m: Moment) -> Doing:
    """What the arms do: a gesture, or what the trade or the weather puts into the hand."""
    given = Given(person.body, rig, m, person.idle, person.habit)
    arms = doing(given)
    if m.gesture != "none" or bound(rig.name) or not rig.name.startswith(("stand", "walk")):
        return arms
    body, shoulder = person.body, rig.shoulder_of(False)
    if person.paint.umbrella:
        wrist = shoulder + points(0.132, -0.06) * body.unit
        near = reach(body, shoulder, wrist, points(0.22, -0.975), "fist")
        return Doing(near, arms.far, thing="umbrella")
    if person.role.thing:
        wrist = shoulder + points(0.16, 0.155) * body.unit
        near = reach(body, shoulder, wrist, points(0.94, -0.34), "fist")
        return Doing(near, arms.far, thing=person.role.thing)
    if person.bag:
        return Doing(arms.near, arms.far, thing="bag")
    return arms


def _thing(person: Person, d: Drawing, rig: Rig, arms: Doing, place: Place, m: Moment) -> None:
    """What the hands have, before the near one closes over it."""
    hand, body = fist(arms.near, person.body), person.body
    if arms.thing == "umbrella":
        umbrella(d, person.paint, hand, m)
    elif arms.thing == "bag":
        bag(d, person.paint, hand, body.unit)
    elif arms.thing:
        r = body.head
        mouth = rig.head + turned(points(0.95, 0.62) * r, place.tilt, points(0.0, 0.0))
        grip = Grip(
            hand, fist(arms.far, body), arms.near.along, mouth, rig.shoulder, arms.beat, body.unit
        )
        THINGS[arms.thing](d, person.paint, grip)


def _view(m: Moment) -> str:
    """Who eats or plays the flute is seen from the side, so that the mouth is where the hand goes."""
    return "profile" if m.gesture in ("eat", "hide") else ""


def _place(person: Person, rig: Rig, m: Moment) -> Place:
    """Where the head is, and where it looks."""
    x, y = float(rig.head[0]), float(rig.head[1])
    yaw, tilt, back = 0.5 + 0.12 * m.cycle(0.25), rig.tilt, False
    aside, down = _direction(m.look)
    if aside or down:
        yaw, back = clamp(0.75 * aside, -0.75, 0.75), aside < -0.25
        tilt += 0.5 * down * (-1 if back else 1)
        back = back and not (person.face.half and not rig.view)
    if rig.view == "front":
        yaw = 0.1
    blown = clamp(rig.pace + 0.5 * (abs(m.sway) - 0.6), 0.0, 2.0)
    blown = blown if abs(rig.lean) < 1.25 else 0.0
    return Place(x, y, person.body.head, tilt, yaw, back, blown)


def _direction(look: tuple[float, float]) -> tuple[float, float]:
    """A unit vector, or zeros for none."""
    x, y = clamp(look[0], -1e6, 1e6), clamp(look[1], -1e6, 1e6)
    length = sqrt(x * x + y * y)
    return (x / length, y / length) if length > 1e-6 else (0.0, 0.0)


register(
    Kind(
        "person",
        build,
        at=(0.60, 0.08),
        height=0.62,
        home="village",
        width=0.4,
        top=(0.01, -0.97),
        shadow=0.22,
        gait=GAIT,
        runs=RUNS,
        motion="walk",
        forms=tuple(ROLES),
        instead={"dance": "dancer"},
        metres=1.7,
        postures=("sit", "lie", "sleep", "kneel"),
        holds=HOLDS,
        grip=(0.0, -0.45),
        traits=("person", "somebody"),
    )
)
