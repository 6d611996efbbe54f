"""A church: a nave with a roof, a steeple whose bell swings, tall windows; a cathedral, or a church with onion domes.

How it is built: each form is a function on the same walls, windows and roofs. Knows no village.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import (
    arch,
    askew,
    birds,
    courses,
    lots,
    strokes,
    sun,
    windows,
)
from uncaged.engines.ink.kinds.wheels import turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Church:
    """What the lot decided: crooked walls, stones that show, which windows are lit."""

    paint: Paint
    nave: Array
    steeple: Array
    stones: list[Array]
    lit: list[bool]


class Draw(Protocol):
    """Draws one form of it."""

    def __call__(self, church: Church, d: Drawing, m: Moment) -> None: ...


def _cross(d: Drawing, x: float, y: float, size: float) -> None:
    d.stroke(points((x, y), (x, y - size)), 1.4, wobble=0.1)
    arm = points((x - size * 0.32, y - size * 0.64), (x + size * 0.32, y - size * 0.64))
    d.stroke(arm, 1.4, wobble=0.1)


def _bell(d: Drawing, church: Church, x: float, y: float, size: float, m: Moment) -> None:
    """An opening, and in it a bell that swings."""
    paint = church.paint
    d.form(arch(x, y, size, size * 2.3), paint.dark, line=0.7, shade=0, key="belfry")
    bell = smooth([(-0.75, 0.9), (-0.5, 0.1), (0.0, -0.25), (0.5, 0.1), (0.75, 0.9)]) * size
    swing = 0.5 * m.cycle(1.0)
    d.form(turned(bell, swing, x, y - size * 1.5), paint.glow, line=0.6, shade=0.4, key="bell")


def _walls(church: Church, d: Drawing, form: Array, key: str, second: bool = False) -> None:
    paint = church.paint
    colour = paint.second if second else paint.colour
    d.form(form, colour, fill=paint.fill, colour2=paint.pattern, shade=0.9, light=sun(d), key=key)


def _village(church: Church, d: Drawing, m: Moment) -> None:
    paint = church.paint
    _walls(church, d, church.nave, "nave")
    strokes(d, church.stones, paint.pattern)
    roof = points((-0.14, -0.3), (-0.1, -0.5), (0.4, -0.5), (0.54, -0.29))
    d.form(roof, paint.accent, shade=0.9, key="roof")
    for k in range(3):
        d.stroke(
            points((-0.12, -0.34 - 0.05 * k), (0.5 - 0.035 * k, -0.335 - 0.05 * k)), 0.6, wobble=0.5
        )
    row = [arch(x, -0.08, 0.04, 0.17) for x in (0.08, 0.24, 0.4)]
    windows(d, paint, row, church.lit[:3], "nave-panes")
    _walls(church, d, church.steeple, "steeple")
    strokes(d, [line + points(-0.44, -0.14) for line in church.stones[:5]], paint.pattern)
    spire = points((-0.47, -0.6), (-0.265, -0.94), (-0.06, -0.6))
    d.form(spire, paint.accent, shade=0.9, key="spire")
    _cross(d, -0.265, -0.93, 0.09)
    _bell(d, church, -0.265, -0.44, 0.05, m)
    d.form(circle(-0.265, -0.335, 0.05, count=20), paint.white, line=0.8, shade=0.2, key="clock")
    hand = turned(points((0, 0), (0, -0.038)), TAU * m.turn(0.02), -0.265, -0.335)
    d.stroke(hand, 0.9, wobble=0)
    d.stroke(points((-0.265, -0.335), (-0.24, -0.325)), 0.9, wobble=0)
    d.form(arch(-0.265, 0.01, 0.065, 0.2), paint.trunk, line=0.9, shade=0.7, key="door")


def _cathedral(church: Church, d: Drawing, m: Moment) -> None:
    paint = church.paint
    _walls(
        church, d, points((-0.2, 0.01), (-0.2, -0.5), (0, -0.66), (0.2, -0.5), (0.2, 0.01)), "front"
    )
    for side in (-1, 1):
        x = 0.27 * side
        tower = points((x - 0.12, 0.01), (x - 0.11, -0.64), (x + 0.11, -0.64), (x + 0.12, 0.01))
        _walls(church, d, tower, f"tower{side}")
        spire = points((x - 0.13, -0.62), (x, -0.96), (x + 0.13, -0.62))
        d.form(spire, paint.accent, shade=0.9, key=f"spire{side}")
        _cross(d, x, -0.95, 0.06)
        tall = [
            arch(x - 0.045, -0.36, 0.028, 0.2, pointed=1.0),
            arch(x + 0.045, -0.36, 0.028, 0.2, pointed=1.0),
        ]
        windows(d, paint, tall, church.lit[:2], f"tall{side}")
        d.stroke(points((x - 0.115, -0.3), (x + 0.115, -0.3)), 1.2, paint.pattern, wobble=0.3)
        _bell(d, church, x, -0.5, 0.036, m) if side > 0 else None
        d.form(arch(x, 0.01, 0.05, 0.18, pointed=0.8), paint.trunk, line=0.8, shade=0.5)
    strokes(d, church.stones, paint.pattern)
    d.form(
        circle(0, -0.4, 0.1, count=26),
        paint.glow if paint.night else paint.accent,
        line=1.0,
        shade=0.3,
        key="rose",
    )
    petal = smooth([(0, -0.015), (0.02, -0.05), (0, -0.085), (-0.02, -0.05)], True, 3)
    petals = [turned(petal, k * 0.785398, 0, -0.4) for k in range(8)]
    d.multi(petals, paint.dark if paint.night else paint.pale, line=0.5, key="petals")
    for scale in (1.0, 0.72):
        door = arch(0, 0.01, 0.085 * scale, 0.26 * scale, pointed=0.9)
        d.form(door, paint.second if scale == 1.0 else paint.dark, line=0.9, shade=0.5)


def _onion(church: Church, d: Drawing, m: Moment) -> None:
    """Five domes of several colours on slender drums, birds about them."""
    paint = church.paint
    birds(d, m, 0.05, -0.86, 0.34)
    tones = (paint.accent, paint.second, paint.accent, paint.glow, paint.colour)
    onion = smooth(
        [
            (-0.6, 0.0), (-1.0, -0.5), (-0.75, -1.1), (-0.25, -1.5), (0, -2.1), (0.25, -1.5),
            (0.75, -1.1), (1.0, -0.5), (0.6, 0.0),
        ]
    )  # fmt: skip
    for k, (x, low, high, r) in enumerate(
        (
            (-0.3, -0.34, -0.5, 0.085),
            (0.3, -0.34, -0.5, 0.085),
            (-0.17, -0.4, -0.62, 0.09),
            (0.17, -0.4, -0.62, 0.09),
            (0, -0.4, -0.7, 0.12),
        )
    ):
        drum = points(
            (x - r * 0.6, low + 0.1), (x - r * 0.6, high), (x + r * 0.6, high),
            (x + r * 0.6, low + 0.1),
        )  # fmt: skip
        _walls(church, d, drum, f"drum{k}", True)
        dome = onion * r + points(x, high)
        d.form(dome, tones[k], shade=0.9, key=f"dome{k}")
        if k % 2 == 0:
            d.clip(dome)
            for i in range(3):
                y = high - r * (0.2 + 0.5 * i)
                d.stroke(
                    smooth([(x - r, y), (x, y + r * 0.25), (x + r, y - r * 0.1)]),
                    1.8,
                    paint.pale,
                    wobble=0.3,
                )
            d.unclip()
        _cross(d, x, high - r * 2.05, 0.06)
    body = points((-0.4, 0.01), (-0.39, -0.38), (0.39, -0.38), (0.4, 0.01))
    _walls(church, d, body, "body")
    gables = [arch(x, -0.3, 0.125, 0.16, 9) for x in (-0.26, 0.0, 0.26)]
    d.multi(gables, paint.second, line=0.9, key="gables")
    strokes(d, church.stones, paint.pattern)
    windows(
        d,
        paint,
        [arch(x, -0.12, 0.035, 0.15) for x in (-0.28, -0.16, 0.16, 0.28)],
        church.lit[:4],
        "panes",
    )
    d.form(arch(0, 0.01, 0.07, 0.22), paint.trunk, line=0.9, shade=0.7, key="door")


FORMS: Mapping[str, Draw] = {"village": _village, "cathedral": _cathedral, "onion": _onion}


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A church; `form` is one of `FORMS`, or "" for a village church."""
    draw = FORMS.get(form, _village)
    church = Church(
        paint,
        askew(stream.sub("nave"), -0.1, -0.31, 0.5, 0.01),
        askew(stream.sub("steeple"), -0.4, -0.62, -0.13, 0.01),
        courses(stream.sub("stones"), -0.08, -0.26, 0.46, -0.04, 9),
        lots(stream.sub("lit"), 6, 0.75),
    )

    def figure(d: Drawing, m: Moment) -> None:
        draw(church, d, m)

    return figure


register(
    Kind(
        "church",
        build,
        at=(0.02, 1.28),
        height=0.62,
        home="village",
        width=1.0,
        top=(0.2, -0.5),
        shadow=0.46,
        forms=tuple(FORMS),
        faces=False,
        metres=18.0,
        lights=True,
        traits=("building",),
    )
)
