"""A tower with battlements, roof and flag, or a lighthouse whose beam goes round. Knows no coast and no castle.

How it is built: the tower borrows wall, boards, window and door from the house; the lighthouse is one tapering form
with bands cut from it, a gallery, a lantern and a dome.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.house import boards, crooked_wall, door, window
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, lerp, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("castle", "lighthouse")
HALF, HEIGHT = 0.17, 0.78
"""Half the width and the height of the wall."""
LAMP = -0.8
"""Height of the lamp of a lighthouse."""


@dataclass(frozen=True, slots=True)
class Tower:
    """What the lot decided. lean: how far its top is shifted. bands: how many stripes a lighthouse has."""

    paint: Paint
    lean: float
    wall: Array
    boards: list[Array]
    lit: bool
    bands: int


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tower; `form` is one of `FORMS`, or "" for one by lot (mostly a castle's)."""
    if form not in FORMS:
        form = stream.pick(("castle", "castle", "castle", "lighthouse"))
    lean = stream.uniform(-0.02, 0.02)
    tower = Tower(
        paint,
        lean,
        crooked_wall(stream.sub("wall"), HALF, HEIGHT, lean),
        boards(stream.sub("boards"), HALF, HEIGHT),
        stream.chance(0.6),
        stream.integer(2, 3),
    )
    return partial(_draw_castle if form == "castle" else _draw_lighthouse, tower)


def _draw_castle(tower: Tower, d: Drawing, m: Moment) -> None:
    paint, x = tower.paint, tower.lean * 2
    light = (-0.9 if d.flip else 0.9, 0.3)
    d.form(
        tower.wall,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.9,
        light=light,
        key="wall",
    )
    for board in tower.boards:
        d.stroke(board, 0.5, paint.pattern, wobble=0.4)
    top = -HEIGHT
    for k in range(5):
        left = -HALF * 1.15 + k * HALF * 0.5 + x
        right = left + HALF * 0.3
        merlon = points(
            (left, top - 0.07), (right, top - 0.07), (right, top + 0.01), (left, top + 0.01)
        )
        d.form(merlon, paint.colour, line=0.7, shade=0.4)
    _slab(d, paint, x, top, HALF * 1.2)
    roof = points((-HALF * 0.9 + x, top - 0.05), (x, top - 0.34), (HALF * 0.9 + x, top - 0.05))
    d.form(roof, paint.second, shade=0.9, key="roof")
    _flag(d, paint, m, x, top - 0.33)
    window(d, paint, tower.lean, -0.3, tower.lit)
    window(d, paint, tower.lean + 0.03, -0.55, tower.lit)
    door(d, paint, 0)


def _slab(d: Drawing, paint: Paint, x: float, y: float, half: float) -> None:
    """A ledge that stands out: cornice or gallery."""
    ledge = points(
        (x - half, y), (x + half, y), (x + half * 0.96, y + 0.05), (x - half * 0.96, y + 0.05)
    )
    d.form(ledge, paint.second, line=0.8, shade=0.4, key="ledge")


def _flag(d: Drawing, paint: Paint, m: Moment, x: float, y: float) -> None:
    d.stroke(points((x, y), (x, y - 0.1)), 0.9, wobble=0)
    cloth = [
        (x + 0.1 * q, y - 0.07 + 0.02 * sin(TAU * (m.turn(1) - q * 0.8)) * q)
        for q in (0.0, 0.4, 0.8, 1.2)
    ]
    tube = Tube(cloth, [0.03, 0.028, 0.02, 0.0], 10)
    d.form(tube.outline(), paint.accent, line=0.7, shade=0, key="flag")


def _draw_lighthouse(tower: Tower, d: Drawing, m: Moment) -> None:
    paint = tower.paint
    angle = TAU * m.turn(0.2)
    if sin(angle) < 0:
        _beam(d, paint, angle)
    light = (-0.9 if d.flip else 0.9, 0.3)
    shaft = np.concatenate([_level(0.01), _level(-0.37), _level(-0.72)])
    shaft = np.concatenate([shaft[0::2], shaft[::-1][0::2]])
    d.form(
        shaft,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.9,
        light=light,
        key="shaft",
    )
    for k in range(tower.bands):
        y = lerp(-0.14, -0.72, (k + 0.5) / tower.bands)
        low, high = _level(y + 0.05), _level(y - 0.05)
        band = np.concatenate([low, high[::-1]])
        d.form(band, paint.white, line=0.5, shade=0.7, light=light, key=f"band{k}")
    _lantern(d, paint)
    window(d, paint, 0.0, -0.3, tower.lit)
    door(d, paint, 0)
    if sin(angle) >= 0:
        _beam(d, paint, angle)


def _level(y: float) -> Array:
    """The two edges of the tapering shaft at a height, (2, 2)."""
    half = lerp(0.17, 0.1, min(1.0, -y / 0.72))
    return points((-half, y), (half, y))


def _lantern(d: Drawing, paint: Paint) -> None:
    """Gallery, railing, glass and dome."""
    glass = points((-0.065, -0.86), (0.065, -0.86), (0.065, -0.72), (-0.065, -0.72))
    d.form(glass, paint.glow, line=0.8, shade=0.15, key="glass")
    for x in (-0.025, 0.025):
        d.stroke(points((x, -0.86), (x, -0.72)), 0.6, wobble=0.2)
    dome = smooth(
        [(-0.09, -0.855), (-0.06, -0.93), (0, -0.965), (0.06, -0.93), (0.09, -0.855)], False, 4
    )
    d.form(dome, paint.second, line=0.9, shade=0.8, key="dome")
    d.stroke(points((0, -0.96), (0, -1.03)), 0.9, wobble=0.1)
    d.dot(0, -1.03, 0.012, paint.ink)
    _slab(d, paint, 0, -0.72, 0.145)
    rail = points((-0.14, -0.775), (0.14, -0.775))
    d.stroke(rail, 0.6, wobble=0.3)
    for x in (-0.135, -0.07, 0.07, 0.135):
        d.stroke(points((x, -0.775), (x, -0.72)), 0.5, wobble=0.1)


def _beam(d: Drawing, paint: Paint, angle: float) -> None:
    """Two cones of light that go round; seen from the side they are long and faint, towards us short and strong."""
    d.dot(0, LAMP, 0.03, paint.white)
    d.flat(circle(0, LAMP, 0.12, count=24), paint.glow, 60)
    if not paint.night:
        return
    reach = cos(angle)
    for way in (1, -1):
        x = 1.3 * reach * way
        spread = 0.1 + 0.12 * abs(reach)
        cone = points((0, LAMP - 0.02), (x, LAMP - spread), (x, LAMP + spread), (0, LAMP + 0.02))
        d.flat(cone, paint.glow, 46)


register(
    Kind(
        "tower",
        build,
        at=(0.74, 0.44),
        height=0.52,
        home="hills",
        width=0.4,
        top=(0.0, -0.86),
        shadow=0.22,
        forms=FORMS,
        faces=False,
        metres=22.0,
        lights=True,
        traits=("perch", "building"),
    )
)
