"""What hands hold: food, a book, instruments, tools, the signs of a trade. Knows fists, no arms and no postures.

How it is built: each is drawn between the far arm and the near one, from the fists that hold it, and moves by the
`beat` of what is done with it. A new one is a function in `THINGS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.person_rig import turned
from uncaged.engines.ink.numbers import Array, clamp, ease, lerp, over
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Grip:
    """near, far: the fists. way: unit vector of the near hand. mouth, shoulder: where they are.

    beat: 0 … 1 of the deed. unit: size of things.
    """

    near: Array
    far: Array
    way: Array
    mouth: Array
    shoulder: Array
    beat: float
    unit: float

    @property
    def along(self) -> Array:
        """Unit vector from the near fist to the far one."""
        return _unit(self.far - self.near)


Thing: TypeAlias = Callable[[Drawing, Paint, Grip], None]


def _unit(v: Array) -> Array:
    length = float(np.sqrt(v[0] * v[0] + v[1] * v[1]))
    return v / length if length > 1e-6 else points(1.0, 0.0)


def _across(along: Array) -> Array:
    return points(along[1], -along[0])


def _rod(
    d: Drawing, start: Array, end: Array, thick: float, colour: Colour, key: str = "stem"
) -> None:
    tube = Tube(np.stack([start, end]), [thick, thick], 5)
    d.form(tube.outline(), colour, line=0.7, shade=0.2, key=key)


def _disc(
    d: Drawing, at: Array, radius: float, colour: Colour, key: str, flat: float = 1.0
) -> None:
    form = circle(float(at[0]), float(at[1]), radius, radius * flat, 14)
    d.form(form, colour, line=0.7, shade=0.4, key=key)


# ------------------------------------------------------------------------------------------------ food, books, a ball


def _morsel(d: Drawing, paint: Paint, g: Grip) -> None:
    """An apple on its way to the mouth, and a bowl."""
    u = g.unit
    _disc(d, g.near + g.way * 0.03 * u, 0.024 * u, paint.accent, "morsel")
    bowl = points((-0.06, -0.012), (0.06, -0.012), (0.04, 0.03), (0.0, 0.04), (-0.04, 0.03))
    form = smooth(bowl * u + g.far + points(0.012, -0.02) * u, True, 3)
    d.form(form, paint.second, line=0.7, shade=0.5, key="bowl")


def _book(d: Drawing, paint: Paint, g: Grip) -> None:
    """Open before the eyes, pages and cover seen from the side."""
    u = g.unit
    hands = (g.near + g.far) / 2
    middle = hands + (g.mouth - hands) * 0.08
    n = _unit(g.mouth - middle)  # from the page to the eyes
    t = points(-n[1], n[0])
    t = (t if t[1] < 0 else -t) * u  # up the page
    n = n * u
    page = np.stack(
        [t * -0.055 + n * 0.012, t * 0.07 - n * 0.006, t * 0.085 + n * 0.045, t * -0.035 + n * 0.06]
    )
    cover = np.stack(
        [t * -0.065 - n * 0.012, t * 0.075 - n * 0.03, t * 0.08, t * -0.06 + n * 0.018]
    )
    d.form(middle + page, paint.white, line=0.7, shade=0.2, key="page")
    d.form(middle + cover, paint.accent, line=0.8, shade=0.4, key="book")


def _ball(d: Drawing, paint: Paint, g: Grip) -> None:
    """In the hand until it is flung, then on its way, then in the hand again."""
    u, q = g.unit, g.beat
    at, grown = g.near + g.way * 0.022 * u, 1.0
    if q > 0.54:
        s = over(q, 0.54, 0.92)
        at = g.shoulder + points(0.3 + 0.75 * s, -0.12 - 0.9 * s * (0.62 - s)) * u
        grown = 1 - over(q, 0.86, 0.92)
        if q > 0.92:
            at, grown = g.near + g.way * 0.022 * u, ease(over(q, 0.92, 1.0))
    if grown > 0.05:
        _disc(d, at, 0.03 * u * grown, paint.accent, "ball")


# ------------------------------------------------------------------------------------------------ instruments


def _flute(d: Drawing, paint: Paint, g: Grip) -> None:
    u = g.unit
    end = g.mouth + (g.far + points(0.0, -0.028) * u - g.mouth) * 1.5
    _rod(d, g.mouth - points(0.02, 0.0) * u, end, 0.012 * u, paint.accent, "flute")


def _guitar(d: Drawing, paint: Paint, g: Grip) -> None:
    u, a = g.unit, g.along
    body = g.near
    _rod(d, body, g.far + a * 0.05 * u, 0.013 * u, paint.trunk)
    spine = np.stack([body - a * 0.1 * u, body, body + a * 0.075 * u])
    box = Tube(spine, [0.062 * u, 0.066 * u, 0.04 * u, 0.052 * u, 0.02 * u], 18)
    d.form(box.outline(), paint.second, line=0.8, shade=0.6, key="guitar")
    hole = body - a * 0.005 * u + _across(a) * 0.008 * u
    d.dot(hole[0], hole[1], 0.02 * u, paint.dark)


def _fiddle(d: Drawing, paint: Paint, g: Grip) -> None:
    """Under the chin; the bow goes to and fro."""
    u = g.unit
    chin = g.mouth + points(-0.02, 0.055) * u
    a = _unit(g.far - chin)
    _rod(d, chin, g.far + a * 0.045 * u, 0.011 * u, paint.trunk)
    spine = np.stack([chin, chin + a * 0.07 * u, chin + a * 0.13 * u])
    box = Tube(spine, [0.03 * u, 0.042 * u, 0.026 * u, 0.036 * u, 0.016 * u], 14)
    d.form(box.outline(), paint.second, line=0.8, shade=0.6, key="fiddle")
    string = chin + a * 0.1 * u + points(0.0, -0.03) * u
    bow = string + (string - g.near) * lerp(0.4, 1.1, g.beat)
    d.stroke(points(g.near, bow), 0.9, wobble=0.1, key="bow", taper=(0.02, 0.02))


# ------------------------------------------------------------------------------------------------ tools


def _hammer(d: Drawing, paint: Paint, g: Grip) -> None:
    """It stands up from the fist, and leads it in the blow."""
    u = g.unit
    end = turned(g.near + g.way * 0.13 * u, -0.9, g.near)
    _rod(d, g.near + (g.near - end) * 0.2, end, 0.011 * u, paint.trunk)
    across = _across(_unit(end - g.near))
    head = Tube(np.stack([end - across * 0.05 * u, end + across * 0.04 * u]), [0.02 * u] * 2, 5)
    d.form(head.outline(), paint.dark, line=0.8, shade=0.4, key="hammer")


def _shaft(d: Drawing, paint: Paint, g: Grip, before: float) -> tuple[Array, Array]:
    """A long shaft through both fists, down to the ground where that is near: its end, and across it."""
    a, u = g.along, g.unit
    after = clamp((-0.1 * u - float(g.far[1])) / max(float(a[1]), 0.25), 0.1 * u, 0.34 * u)
    end = g.far + a * after
    _rod(d, g.near - a * before * u, end, 0.011 * u, paint.trunk)
    return end, _across(a)


def _spade(d: Drawing, paint: Paint, g: Grip) -> None:
    """With earth on it while it is lifted."""
    u, a = g.unit, g.along
    end, n = _shaft(d, paint, g, 0.12)
    blade = np.stack(
        [n * -0.045, n * 0.045, n * 0.042 + a * 0.08, a * 0.125, n * -0.042 + a * 0.08]
    )
    d.form(end + blade * u, paint.pattern, line=0.8, shade=0.5, key="spade")
    if 0.2 < g.beat < 0.95:
        _disc(d, end + (a * 0.05 + n * 0.02) * u, 0.045 * u, paint.trunk, "earth", 0.6)


def _broom(d: Drawing, paint: Paint, g: Grip) -> None:
    u, a = g.unit, g.along
    end, n = _shaft(d, paint, g, 0.16)
    brush = np.stack([n * -0.02, n * 0.02, n * 0.07 + a * 0.1, a * 0.115, n * -0.05 + a * 0.1])
    d.form(end + brush * u, paint.glow, line=0.8, shade=0.6, key="broom")
    for k in (-0.5, 0.1, 0.6):
        d.stroke(end + points(a * 0.02, a * 0.095 + n * 0.06 * k) * u, 0.5)


# ------------------------------------------------------------------------------------------------ signs of a trade


def _pole(d: Drawing, paint: Paint, g: Grip, high: float) -> Array:
    """A pole that stands on the ground: its upper end."""
    u = g.unit
    top = g.near + points(0.02, -high) * u
    _rod(
        d,
        points(float(g.near[0]) - 0.016 * u, min(0.0, float(g.near[1]) + 0.6 * u)),
        top,
        0.01 * u,
        paint.trunk,
    )
    return top


def _cane(d: Drawing, paint: Paint, g: Grip) -> None:
    """A stick with a crook, from the fist to the ground."""
    u = g.unit
    foot = points(float(g.near[0]) + 0.03 * u, 0.0)
    crook = points((-0.03, -0.012), (0.0, -0.02), (0.0, 0.0)) * u + g.near
    spine = smooth(np.concatenate([crook, foot[None]]), per=4)
    stick = Tube(spine, [0.013 * u, 0.012 * u, 0.009 * u], 10)
    d.form(stick.outline(), paint.trunk, line=0.8, shade=0.3, key="cane")


def _spear(d: Drawing, paint: Paint, g: Grip) -> None:
    tip = points((-0.027, 0.0), (0.027, 0.0), (0.004, -0.12)) * g.unit + _pole(d, paint, g, 0.42)
    d.form(tip, paint.pattern, line=0.8, shade=0.3, key="spear")


def _staff(d: Drawing, paint: Paint, g: Grip) -> None:
    top = _pole(d, paint, g, 0.42)
    _disc(d, top + points(0.0, -0.02) * g.unit, 0.036 * g.unit, paint.glow, "orb")


def _fork(d: Drawing, paint: Paint, g: Grip) -> None:
    """A hay fork."""
    top, u = _pole(d, paint, g, 0.3), g.unit
    bow = smooth(
        points((-0.045, -0.1), (-0.04, -0.02), (0.0, 0.0), (0.04, -0.02), (0.045, -0.1)) * u + top
    )
    d.stroke(bow, 1.5, paint.dark, wobble=0.1, key="fork", taper=(0.02, 0.02))
    d.stroke(points((0.0, 0.0), (0.0, -0.11)) * u + top, 1.5, paint.dark, wobble=0.1, taper=(0, 0))


def _besom(d: Drawing, paint: Paint, g: Grip) -> None:
    """A witch's broom, upright."""
    top, u = _pole(d, paint, g, 0.2), g.unit
    twigs = points((-0.02, 0.02), (0.02, 0.02), (0.06, -0.16), (0.0, -0.19), (-0.07, -0.15)) * u
    d.form(smooth(twigs + top, True, 2), paint.glow, line=0.8, shade=0.6, key="broom")


def _sceptre(d: Drawing, paint: Paint, g: Grip) -> None:
    u = g.unit
    top = g.near + points(0.03, -0.2) * u
    _rod(d, g.near + points(-0.014, 0.1) * u, top, 0.009 * u, paint.glow)
    _disc(d, top + points(0.0, -0.02) * u, 0.028 * u, paint.accent, "orb")


def _ladle(d: Drawing, paint: Paint, g: Grip) -> None:
    u = g.unit
    top = g.near + points(0.07, -0.15) * u
    _rod(d, g.near + points(-0.02, 0.04) * u, top, 0.008 * u, paint.trunk)
    _disc(d, top, 0.036 * u, paint.trunk, "ladle", 0.7)


def _bouquet(d: Drawing, paint: Paint, g: Grip) -> None:
    u = g.unit
    at = g.near + points(0.01, -0.03) * u
    d.stroke(points(at, at + points(-0.012, 0.09) * u), 1.6, paint.leaf, wobble=0.2)
    colours = (paint.accent, paint.second, paint.pale, paint.accent)
    places = points((-0.03, 0.0), (0.03, 0.0), (0.0, -0.032), (0.0, 0.01)) * u + at
    for k, colour in enumerate(colours):
        _disc(d, places[k], 0.026 * u, colour, f"bloom{k}")


def _balloon(d: Drawing, paint: Paint, g: Grip) -> None:
    """On a thread, above the hand."""
    u = g.unit
    at = g.near + points(0.05 + 0.03 * g.beat, -0.38) * u
    d.stroke(smooth(np.stack([g.near, g.near + points(0.03, -0.16) * u, at])), 0.5, wobble=0.4)
    form = circle(float(at[0]), float(at[1]) - 0.07 * u, 0.066 * u, 0.08 * u, 20)
    d.form(form, paint.accent, line=0.8, shade=0.6, key="balloon")
    shine = points((-0.03, -0.1), (-0.02, -0.13)) * u + at
    d.stroke(shine, 1.2, paint.white, wobble=0.2)


THINGS: Final[Mapping[str, Thing]] = {
    "morsel": _morsel,
    "book": _book,
    "ball": _ball,
    "flute": _flute,
    "guitar": _guitar,
    "fiddle": _fiddle,
    "hammer": _hammer,
    "spade": _spade,
    "broom": _broom,
    "cane": _cane,
    "spear": _spear,
    "staff": _staff,
    "fork": _fork,
    "besom": _besom,
    "sceptre": _sceptre,
    "ladle": _ladle,
    "bouquet": _bouquet,
    "balloon": _balloon,
}
"""By name."""
