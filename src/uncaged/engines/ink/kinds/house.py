"""A house, a little out of plumb: wall, roof, chimney with smoke, door, windows. Knows no village.

How it is built: everything that is crooked is drawn by lot once, in `build`; the ridge is always at the same height,
so that a bird or a cat can sit on any house. Three slots across the wall: the door takes one, windows the others.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from uncaged.engines.ink.curves import blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, sin
from uncaged.engines.ink.paint import Paint

FORMS = ("peaked", "gable", "hipped")
RIDGE = 0.785
"""Height of every roof."""
PUFFS = 5


@dataclass(frozen=True, slots=True)
class House:
    """What the lot decided. half: half the width of the wall. eaves: its height. lean: how far it stands askew.

    boards: a few planks or bricks that show. slots: where door and windows stand; `door` counts in them.
    """

    paint: Paint
    form: str
    half: float
    eaves: float
    lean: float
    wall: Array
    boards: list[Array]
    slots: tuple[float, float, float]
    door: int
    lit: bool
    puffs: list[Array]


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A house; `form` is one of `FORMS` (of its roof), or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("peaked", "peaked", "gable", "hipped"))
    half = stream.uniform(0.25, 0.29) if form == "gable" else stream.uniform(0.31, 0.37)
    eaves = stream.uniform(0.42, 0.46) if form == "gable" else stream.uniform(0.47, 0.53)
    lean = stream.uniform(-0.02, 0.02)
    smoke = stream.sub("smoke")
    puffs = [blob(smoke, 0, 0, 1, None, 8, 0.12, 4) for _ in range(PUFFS)]
    slot = half * 0.57
    house = House(
        paint,
        form,
        half,
        eaves,
        lean,
        crooked_wall(stream.sub("wall"), half, eaves, lean),
        boards(stream.sub("boards"), half, eaves),
        (-slot, 0.0, slot),
        stream.pick((1, 1, 0, 2)),
        stream.chance(0.6),
        puffs if stream.chance(0.6) else [],
    )
    return partial(_draw, house)


def crooked_wall(stream: Stream, half: float, height: float, lean: float) -> Array:
    """A quadrangle that no mason would sign: half its width, its height, and how far its top is shifted (2 × lean)."""

    def off() -> float:
        return stream.uniform(-0.008, 0.008)

    return points(
        (-half + off(), 0.01), (-half * 0.985 + lean, -height * 0.5),
        (-half + lean * 2 + off(), -height), (half + lean * 2 + off(), -height + off()),
        (half * 1.01 + lean, -height * 0.5), (half + off(), 0.01),
    )  # fmt: skip


def boards(stream: Stream, half: float, height: float, count: int = 9) -> list[Array]:
    """Short level strokes scattered over a wall: a few bricks or boards stand for all."""
    out: list[Array] = []
    for _ in range(count):
        x, y = stream.uniform(-half * 0.85, half * 0.6), -stream.uniform(0.06, height * 0.95)
        out.append(points((x, y), (x + 0.06, y)))
    return out


def window(d: Drawing, paint: Paint, x: float, y: float, lit: bool) -> None:
    """A window of four panes about (x, y); at night it is lit and shines a little on its wall."""
    if paint.night:
        for radius, alpha in ((0.13, 30), (0.095, 44)):
            d.flat(circle(x, y, radius, count=24), paint.glow, alpha)
    w, top, sill = 0.055, y - 0.07, y + 0.06
    pane = points((x - w, top), (x + w, top), (x + w, sill), (x - w, sill))
    d.form(pane, paint.glow if lit or paint.night else paint.dark, line=0.8, shade=0.2)
    d.stroke(points((x, top), (x, sill)), 0.6, wobble=0.2)
    d.stroke(points((x - w, y), (x + w, y)), 0.6, wobble=0.2)


def door(d: Drawing, paint: Paint, x: float) -> None:
    """A round-headed door that stands on the ground at x, with its knob."""
    w = 0.055
    frame = [(x - w, 0.01), (x - w, -0.15), (x, -0.21), (x + w, -0.15), (x + w, 0.01)]
    d.form(smooth(frame, False, 3), paint.accent, line=0.9, shade=0.7, key="door")
    d.dot(x + w * 0.55, -0.085, 0.008, paint.ink)


def _draw(house: House, d: Drawing, m: Moment) -> None:
    paint = house.paint
    _smoke(house, d, m)
    x, half = house.lean * 2, house.half
    chimney = points(
        (x + half * 0.35, -RIDGE + 0.05), (x + half * 0.62, -RIDGE + 0.05),
        (x + half * 0.62, -house.eaves - 0.02), (x + half * 0.35, -house.eaves - 0.02),
    )  # fmt: skip
    d.form(chimney, paint.second, line=0.9, shade=0.5, key="chimney")
    light = (-0.9 if d.flip else 0.9, 0.3)
    wall = _gabled(house) if house.form == "gable" else house.wall
    d.form(
        wall,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=0.9,
        light=light,
        key="wall",
    )
    for board in house.boards:
        d.stroke(board, 0.5, paint.pattern, wobble=0.4)
    _roof(house, d)
    for i, slot in enumerate(house.slots):
        if i == house.door:
            door(d, paint, slot + house.lean * 0.3)
        elif house.form != "gable" or abs(i - house.door) == 1:
            window(d, paint, slot + house.lean, -house.eaves * 0.66, house.lit)
    if house.form == "gable":
        window(d, paint, house.lean * 2, -house.eaves - 0.04, house.lit)


def _smoke(house: House, d: Drawing, m: Moment) -> None:
    """Puffs that rise, swell and fade, one after the other."""
    for k, puff in enumerate(house.puffs):
        q = (m.turn(0.5) + k / PUFFS) % 1
        x = house.lean * 2 + house.half * 0.48 + 0.13 * q * q + 0.02 * sin(9 * q + k)
        y = -RIDGE + 0.02 - 0.34 * q
        form = puff * (0.03 + 0.06 * q) + points(x, y)
        d.form(form, house.paint.pale, line=0, shade=0.3, alpha=int(200 * (1 - q)), key=f"smoke{k}")


def _gabled(house: House) -> Array:
    """The wall with its gable up to the ridge."""
    top = points((house.lean * 2, -RIDGE + 0.03))
    return np.concatenate([house.wall[:3], top, house.wall[3:]])


def _roof(house: House, d: Drawing) -> None:
    paint, w, e, x = house.paint, house.half, house.eaves, house.lean * 2
    if house.form == "gable":
        for side in (-1, 1):
            foot, drop = x + side * (w + 0.09), -e + 0.07
            slab = points(
                (x, -RIDGE - 0.02), (foot, drop - 0.055), (foot - side * 0.015, drop),
                (x, -RIDGE + 0.06),
            )  # fmt: skip
            d.form(slab, paint.second, shade=0.6, line=0.9, key=f"roof{side}")
        return
    if e < RIDGE and house.form == "hipped":
        edge = [
            (-w - 0.09, -e + 0.03), (-w * 0.5, -RIDGE), (w * 0.55, -RIDGE + 0.01),
            (w + 0.09, -e + 0.03),
        ]  # fmt: skip
    else:
        edge = [
            (-w - 0.07, -e + 0.03), (-w * 0.3, -e - (RIDGE - e) * 0.7), (w * 0.08, -RIDGE),
            (w * 0.5, -e - (RIDGE - e) * 0.6), (w + 0.08, -e + 0.03),
        ]  # fmt: skip
    d.form(points(*edge) + points(x * 0.5, 0), paint.second, shade=0.9, key="roof")
    for k in range(4):
        y, q = -e - 0.02 - 0.06 * k, 1 - k * (0.13 if house.form == "hipped" else 0.22)
        row = [(-w * q, y), (-w * q * 0.3, y + 0.015), (w * q * 0.4, y + 0.01), (w * q, y)]
        d.stroke(smooth(row), 0.6)


register(
    Kind(
        "house",
        build,
        at=(0.60, 0.42),
        height=0.46,
        home="hills",
        width=0.85,
        top=(0.05, -0.74),
        shadow=0.42,
        forms=FORMS,
        faces=False,
        metres=6.5,
        grip=(0.0, 0.0),
        lights=True,
        traits=("perch", "building"),
    )
)
