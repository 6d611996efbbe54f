"""What buildings are made of: boxes, arches, rows of windows that are lit by night, flags. No kind of its own.

Everything here takes places and measures; what is by lot is drawn in a kind's build.
"""

from collections.abc import Sequence

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.wheels import glass
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint


def sun(d: Drawing) -> tuple[float, float]:
    """Where a wall's shadow lies: to the right, in the picture, however the building is turned."""
    return (-0.9 if d.flip else 0.9, 0.3)


def box(x0: float, y0: float, x1: float, y1: float) -> Array:
    """A rectangle."""
    return points((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def askew(stream: Stream, x0: float, y0: float, x1: float, y1: float, by: float = 0.008) -> Array:
    """A rectangle that no mason would sign: each corner up to `by` out of its place."""
    return box(x0, y0, x1, y1) + stream.array(8, -by, by).reshape(4, 2)


def sharp(corners: Array, by: float = 0.006) -> Array:
    """The same outline with corners that stay sharp: the hand rounds an outline of a dozen points or more."""
    before, after = np.roll(corners, 1, 0) - corners, np.roll(corners, -1, 0) - corners

    def near(d: Array) -> Array:
        length = np.sqrt(d[:, :1] * d[:, :1] + d[:, 1:] * d[:, 1:]) + 1e-9
        return corners + d / length * np.minimum(by, 0.3 * length)

    return np.stack([near(before), corners, near(after)], 1).reshape(-1, 2)


def arch(
    x: float, y: float, half: float, high: float, count: int = 9, pointed: float = 0.0
) -> Array:
    """A door or window with a round head: foot at y, `high` to the crown. pointed: 0 round … 1 a lancet."""
    a = np.linspace(0, PI, count)
    rise = half * (1 + 0.9 * pointed)
    head = np.stack(
        [x + cos(a) * half, y - high + rise - sin(a) * rise * (1 - 0.25 * pointed * abs(cos(a)))], 1
    )
    return np.concatenate([points((x + half, y)), head, points((x - half, y))])


def grid(
    x0: float, y0: float, x1: float, y1: float, across: int, down: int, share: float = 0.6
) -> list[Array]:
    """Windows in rows and columns inside a box; share: how much of its cell each one fills."""
    w, h = (x1 - x0) / across, (y1 - y0) / down
    out: list[Array] = []
    for j in range(down):
        for i in range(across):
            cx, cy = x0 + w * (i + 0.5), y0 + h * (j + 0.5)
            out.append(
                box(cx - w * share / 2, cy - h * share / 2, cx + w * share / 2, cy + h * share / 2)
            )
    return out


def windows(
    d: Drawing,
    paint: Paint,
    forms: Sequence[Array],
    lit: Sequence[bool],
    key: str,
    line: float = 0.7,
) -> None:
    """All windows of a building as two marks: the lit ones, and those that are dark. By day all look alike."""
    if not paint.night:
        d.multi(list(forms), glass(paint), line=line, key=key)
        return
    d.multi(
        [f for f, on in zip(forms, lit, strict=True) if not on],
        paint.dark,
        line=line,
        key=f"{key}-",
    )
    d.multi(
        [f for f, on in zip(forms, lit, strict=True) if on], paint.glow, line=line, key=f"{key}+"
    )


def lots(stream: Stream, count: int, share: float = 0.6) -> list[bool]:
    """Which of so many windows are lit."""
    return [stream.chance(share) for _ in range(count)]


def courses(
    stream: Stream, x0: float, y0: float, x1: float, y1: float, count: int, length: float = 0.07
) -> list[Array]:
    """Short level strokes scattered over a wall: a few stones or boards stand for all."""
    out: list[Array] = []
    for _ in range(count):
        x, y = stream.uniform(x0, max(x0, x1 - length)), stream.uniform(y0, y1)
        out.append(points((x, y), (x + length * stream.uniform(0.6, 1.2), y)))
    return out


def strokes(d: Drawing, lines: Sequence[Array], colour: Colour, width: float = 0.5) -> None:
    """A few thin strokes of one colour."""
    for line in lines:
        d.stroke(line, width, colour, wobble=0.4)


def flag(
    d: Drawing,
    m: Moment,
    x: float,
    y: float,
    size: float,
    colour: Colour,
    key: str,
    pole: float = 0.5,
) -> None:
    """A pennant at the top of its pole, that waves to the right; size: its length, pole: that of its pole by it."""
    d.stroke(points((x, y + size * pole), (x, y - size * 0.35)), 0.9, wobble=0)
    cloth = [
        (x + size * q, y - 0.12 * size + 0.16 * size * sin(TAU * (m.turn(1.0) - 0.8 * q)) * q)
        for q in (0.0, 0.4, 0.8, 1.1)
    ]
    tube = Tube(cloth, [0.25 * size, 0.24 * size, 0.16 * size, 0.0], 10)
    d.form(tube.outline(), colour, line=0.7, shade=0, key=f"flag{key}")


def grass(
    d: Drawing, paint: Paint, blades: Sequence[float], m: Moment, half: float, size: float = 1.0
) -> None:
    """Blades that sway at the foot of something `half` wide to both sides; blades: one number −1 … 1 for each."""
    for k, lot in enumerate(blades):
        x = -half + 2 * half * (k + 0.5) / len(blades)
        tip = x + size * (0.08 * lot + 0.03 * m.sway * m.cycle(0.5, 0.13 * k))
        blade = [(x, 0.03), (x + 0.01, -0.08 * size), (tip, -(0.16 + 0.1 * abs(lot)) * size)]
        d.stroke(smooth(blade), 1.3, paint.leaf, wobble=0.2, key=f"grass{k}")


def sparrow(d: Drawing, paint: Paint, x: float, y: float, k: int, m: Moment) -> None:
    """A small bird that sits at (x, y) and nods now and then; the k-th looks to the left where k is even."""
    nod = 0.012 * max(0.0, m.cycle(1.0, 0.31 * k))
    side = 1 if k % 2 else -1
    spine = points((x - 0.05 * side, y + 0.01), (x, y - 0.025), (x + 0.028 * side, y - 0.055 + nod))
    body = Tube(spine, [0.006, 0.026, 0.018], 10)
    d.form(body.outline(), paint.dark, line=0.7, shade=0.2, key=f"bird{k}")
    bill = y - 0.06 + nod
    beak = points(
        (x + 0.04 * side, bill), (x + 0.062 * side, bill + 0.01), (x + 0.04 * side, bill + 0.014)
    )
    d.form(beak, paint.accent, line=0.4, shade=0)


def birds(d: Drawing, m: Moment, x: float, y: float, reach: float, count: int = 3) -> None:
    """Birds far off that circle about (x, y), each a stroke that beats."""
    for k in range(count):
        a = TAU * (m.turn(0.25) + k / count + 0.07 * k)
        at = points(x + cos(a) * reach * (1 + 0.2 * k), y + sin(a) * 0.28 * reach - 0.05 * k)
        w, lift = 0.035, 0.016 * m.cycle(2.0, 0.3 * k)
        wings = smooth(
            [(-w, -0.008 - lift), (-0.4 * w, -0.014), (0, 0), (0.4 * w, -0.014), (w, -0.008 - lift)]
        )
        d.stroke(wings + at, 1.0, taper=(0.2, 0.2), wobble=0.1, key=f"far-bird{k}")


def halo(d: Drawing, paint: Paint, x: float, y: float, radius: float) -> None:
    """The light round a lamp by night."""
    if paint.night:
        d.flat(circle(x, y, radius, count=24), paint.glow, 34)
        d.flat(circle(x, y, radius * 0.55, count=20), paint.glow, 54)
