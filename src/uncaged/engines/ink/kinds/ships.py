"""Ships and boats beside the sailing ones: a steamer, a rowing boat, a canoe, an ark, a galleon. No kind of its own.

Each is a function that draws upright and hands its forms to `rock`; who calls cuts the hull off at the waterline.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.wheels import pane, puffs, smoke
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

Rock: TypeAlias = Callable[[Array], Array]
"""Points of the upright boat → points of the rocking one."""

Hull: TypeAlias = tuple[tuple[float, float], ...]
Draw: TypeAlias = Callable[[Drawing, Paint, Rock, Moment, list[Array]], None]
"""Drawing, paint, how it rocks, the moment, clouds of smoke drawn by lot."""


def clouds(stream: Stream) -> list[Array]:
    """Smoke for a funnel."""
    return puffs(stream.sub("smoke"), 5)


def _steamer(d: Drawing, paint: Paint, rock: Rock, m: Moment, cloud: list[Array]) -> None:
    """Two funnels, a white deck house of cabins, a mast before and one behind."""
    for k, x in enumerate((-0.14, 0.1)):
        start = rock(points((x - 0.01, -0.66)))[0]
        smoke(
            d,
            paint.pale,
            cloud,
            m.turn(0.5) + 0.4 * k,
            (float(start[0]), float(start[1])), (-0.5, -0.2), (0.03, 0.12),
            line=0.4,
            key=f"smoke{k}",
        )  # fmt: skip
        funnel = points(
            (x - 0.055, -0.36), (x - 0.075, -0.66), (x + 0.045, -0.66), (x + 0.055, -0.36)
        )
        d.form(rock(funnel), paint.accent, line=0.9, shade=0.8, key=f"funnel{k}")
        band = points((x - 0.07, -0.6), (x + 0.047, -0.6), (x + 0.045, -0.66), (x - 0.075, -0.66))
        d.form(rock(band), paint.dark, line=0.6, shade=0.2)
    for x, y in ((0.4, -0.74), (-0.42, -0.62)):
        d.stroke(
            rock(points((x, -0.16), (x - 0.03, y))), 1.6, paint.trunk, taper=(0.02, 0.1), wobble=0.1
        )
    rope = smooth([(0.37, -0.74), (0.3, -0.5), (0.2, -0.38)])
    d.stroke(rock(rope), 0.5, wobble=0.2)
    upper = points((-0.26, -0.27), (-0.25, -0.38), (0.22, -0.38), (0.3, -0.27))
    d.form(rock(upper), paint.pale, line=0.8, shade=0.6, key="upper")
    house = points((-0.4, -0.12), (-0.4, -0.27), (0.32, -0.27), (0.38, -0.12))
    d.form(rock(house), paint.white, line=0.9, shade=0.6, key="house")
    row = [circle(x, -0.2, 0.022, count=10) for x in np.linspace(-0.34, 0.26, 8).tolist()]
    row += [
        points((x, -0.35), (x + 0.05, -0.35), (x + 0.05, -0.31), (x, -0.31))
        for x in (-0.2, -0.1, 0.0, 0.1)
    ]
    d.multi([rock(p) for p in row], pane(paint), line=0.7, key="panes")
    hull: Hull = (
        (-0.52, -0.2), (-0.34, -0.13), (0.3, -0.13), (0.66, -0.24), (0.56, 0.0), (0.48, 0.14),
        (-0.4, 0.14), (-0.5, 0.0),
    )  # fmt: skip
    d.form(
        rock(smooth(hull, True, 4)),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        key="hull",
    )
    line = smooth([(-0.51, -0.03), (0.0, 0.02), (0.57, -0.02)])
    d.stroke(rock(line), 2.2, paint.accent, wobble=0.2)
    ports = [circle(x, -0.06, 0.016, count=8) for x in np.linspace(-0.36, 0.4, 9).tolist()]
    d.multi(
        [rock(p) for p in ports], paint.glow if paint.night else paint.pale, line=0.5, key="ports"
    )


def _rowing(d: Drawing, paint: Paint, rock: Rock, m: Moment, cloud: list[Array]) -> None:
    """An open boat; its oars dip, whoever holds them."""
    _oar(d, paint, rock, m, True)
    inside = smooth(
        [(-0.6, -0.16), (-0.2, -0.11), (0.3, -0.11), (0.62, -0.18), (0.3, -0.17), (-0.2, -0.17)],
        True,
        4,
    )
    d.form(rock(inside), paint.shadow, line=0.8, shade=0.6, key="inside")
    for x in (-0.24, 0.2):
        d.stroke(rock(points((x, -0.15), (x + 0.1, -0.12))), 3.0, paint.trunk, wobble=0.1)
    hull: Hull = (
        (-0.62, -0.17), (-0.2, -0.1), (0.3, -0.1), (0.66, -0.2), (0.52, 0.02), (0.3, 0.12),
        (-0.3, 0.12), (-0.54, 0.02),
    )  # fmt: skip
    d.form(
        rock(smooth(hull, True, 4)),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        key="hull",
    )
    for y in (-0.045, 0.01):
        plank = smooth([(-0.57, y - 0.04), (-0.1, y + 0.01), (0.3, y + 0.01), (0.6, y - 0.05)])
        d.stroke(rock(plank), 0.6, wobble=0.3)
    d.stroke(
        rock(smooth([(-0.62, -0.165), (-0.2, -0.095), (0.3, -0.095), (0.66, -0.195)])),
        2.2,
        paint.accent,
        wobble=0.2,
    )
    _oar(d, paint, rock, m, False)


def _oar(d: Drawing, paint: Paint, rock: Rock, m: Moment, far: bool) -> None:
    """An oar that reaches back, pulls and comes out of the water; the far one together with the near one."""
    a = TAU * m.turn(0.5)
    lock = points(0.05 + (0.06 if far else 0.0), -0.13 - (0.04 if far else 0.0))
    blade = points(-0.1 - 0.26 * cos(a), 0.13 + 0.07 * sin(a))
    grip = lock + (lock - blade) * 0.45
    tone = paint.dark_shadow if far else paint.trunk
    shaft = rock(np.stack([grip, lock, blade]))
    d.stroke(shaft, 2.0, tone, taper=(0.02, 0.02), wobble=0.1)
    along = (blade - lock) * 0.28
    paddle = Tube(rock(np.stack([blade - along, blade, blade + along])), [0.01, 0.032, 0.026], 8)
    d.form(paddle.outline(), paint.accent if not far else paint.shadow, line=0.7, shade=0.3)


def _canoe(d: Drawing, paint: Paint, rock: Rock, m: Moment, cloud: list[Array]) -> None:
    """Pointed and curved up at both ends, signs on its side, a paddle laid across."""
    paddle = rock(points((-0.3, -0.28), (0.26, -0.05)))
    hull: Hull = (
        (-0.74, -0.3), (-0.62, -0.12), (-0.3, -0.06), (0.3, -0.06), (0.62, -0.12), (0.74, -0.3),
        (0.7, -0.04), (0.44, 0.1), (-0.44, 0.1), (-0.7, -0.04),
    )  # fmt: skip
    d.stroke(paddle, 2.0, paint.trunk, taper=(0.02, 0.02), wobble=0.1)
    blade = Tube(
        rock(points((-0.46, -0.345), (-0.38, -0.31), (-0.28, -0.27))), [0.02, 0.035, 0.01], 8
    )
    d.form(blade.outline(), paint.accent, line=0.7, shade=0.3, key="paddle")
    d.form(
        rock(smooth(hull, True, 5)),
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        key="hull",
    )
    edge = smooth(
        [(-0.74, -0.29), (-0.6, -0.11), (-0.3, -0.055), (0.3, -0.055), (0.6, -0.11), (0.74, -0.29)]
    )
    d.stroke(rock(edge), 2.0, paint.accent, wobble=0.2)
    zigzag = [
        (x, -0.02 + (0.05 if k % 2 else 0.0))
        for k, x in enumerate(np.linspace(-0.46, 0.46, 13).tolist())
    ]
    d.stroke(rock(points(*zigzag)), 1.2, paint.pale, wobble=0.3)


def _ark(d: Drawing, paint: Paint, rock: Rock, m: Moment, cloud: list[Array]) -> None:
    """A round-bellied hull with a house on it; two long necks and a trunk look out."""
    for k, (x, high) in enumerate(((-0.24, 0.3), (-0.14, 0.24))):
        nod = 0.03 * m.cycle(0.5, 0.2 * k)
        neck = Tube(
            rock(points((x, -0.3), (x - 0.02, -0.5 - high * 0.5), (x + 0.02 + nod, -0.5 - high))),
            [0.035, 0.026, 0.022],
            10,
        )
        d.form(neck.outline(), paint.glow, line=0.8, shade=0.5, key=f"neck{k}")
        top = rock(points((x + 0.02 + nod, -0.5 - high), (x + 0.1 + nod, -0.47 - high)))
        d.form(
            Tube(top, [0.032, 0.02], 6).outline(), paint.glow, line=0.8, shade=0.3, key=f"muzzle{k}"
        )
        eye = rock(points((x + 0.04 + nod, -0.51 - high)))[0]
        d.dot(float(eye[0]), float(eye[1]), 0.008, paint.ink)
        spots = [circle(x - 0.005, -0.42 - 0.08 * i, 0.014, count=8) for i in range(4)]
        d.multi([rock(p) for p in spots], paint.trunk, line=0, key=f"spots{k}")
    house = points((-0.3, -0.16), (-0.3, -0.4), (0.34, -0.4), (0.34, -0.16))
    d.form(rock(house), paint.second, line=0.9, shade=0.8, key="house")
    roof = points((-0.4, -0.38), (-0.2, -0.56), (0.26, -0.56), (0.44, -0.38))
    d.form(rock(roof), paint.accent, line=0.9, shade=0.8, key="roof")
    for k in range(3):
        y = -0.42 - 0.05 * k
        d.stroke(rock(points((-0.36 + 0.06 * k, y), (0.4 - 0.05 * k, y))), 0.6, wobble=0.4)
    row = [
        points((x, -0.22), (x, -0.33), (x + 0.1, -0.33), (x + 0.1, -0.22))
        for x in (-0.2, 0.0, 0.18)
    ]
    d.multi([rock(p) for p in row], pane(paint), line=0.8, key="panes")
    swing = 0.04 * m.cycle(0.5, 0.1)
    trunk = Tube(
        rock(points((0.23, -0.27), (0.4, -0.3), (0.46 + swing, -0.2), (0.54 + swing, -0.24))),
        [0.035, 0.026, 0.018, 0.014],
        14,
    )
    d.form(trunk.outline(), paint.pale, line=0.8, shade=0.6, key="trunk")
    hull: Hull = (
        (-0.7, -0.26), (-0.56, -0.15), (-0.2, -0.12), (0.3, -0.12), (0.6, -0.18), (0.76, -0.32),
        (0.68, -0.02), (0.5, 0.15), (-0.44, 0.15), (-0.62, 0.0),
    )  # fmt: skip
    d.form(
        rock(smooth(hull, True, 4)),
        paint.trunk,
        fill=paint.fill,
        colour2=paint.pattern,
        shade=1.0,
        key="hull",
    )
    for y in (-0.07, -0.01, 0.05):
        plank = smooth([(-0.64, y - 0.06), (-0.1, y), (0.3, y), (0.68, y - 0.08)])
        d.stroke(rock(plank), 0.7, wobble=0.4)


def _square_sails(d: Drawing, paint: Paint, rock: Rock, m: Moment) -> None:
    """Two sails on each of three masts; they fill and slacken."""
    bend = 0.05 + 0.03 * (1 + m.cycle(0.5, 0.15))
    for k, (x, high) in enumerate(((-0.34, 0.72), (0.0, 0.98), (0.32, 0.8))):
        mast = rock(points((x, -0.1), (x, -high)))
        d.stroke(mast, 2.2, paint.trunk, taper=(0.01, 0.1), wobble=0.1)
        rows = ((high - 0.06, high * 0.6, 0.11), (high * 0.58, 0.2, 0.15))
        for row, (top, low, half) in enumerate(rows):
            middle = -(top + low) / 2
            edge = [(x - half, -top), (x + half * 0.9, -top), (x + half + bend, middle)]
            edge += [(x + half, -low), (x, -low - 0.03), (x - half, -low)]
            sail = smooth([*edge, (x - half + bend * 0.8, middle)], True, 3)
            tone = paint.colour if (k + row) % 2 == 0 else paint.pale
            d.form(
                rock(sail),
                tone,
                fill=paint.fill,
                colour2=paint.pattern,
                line=0.9,
                shade=0.9,
                key=f"sail{k}{row}",
            )


def _galleon(d: Drawing, paint: Paint, rock: Rock, m: Moment, cloud: list[Array]) -> None:
    """Three masts of square sails, a high stern with a lantern, a black flag."""
    _square_sails(d, paint, rock, m)
    flag = [
        (0.0, -0.98), (-0.09, -1.0 + 0.015 * m.cycle(1, 0.1)),
        (-0.18, -0.96 + 0.02 * m.cycle(1, 0.3)),
    ]  # fmt: skip
    d.form(
        Tube(rock(smooth(flag)), [0.04, 0.035, 0.03], 8).outline(),
        paint.dark,
        line=0.6,
        shade=0,
        key="flag",
    )
    d.stroke(
        rock(points((0.5, -0.14), (0.82, -0.34))), 2.0, paint.trunk, taper=(0.01, 0.2), wobble=0.1
    )
    hull: Hull = (
        (-0.6, -0.34), (-0.4, -0.32), (-0.34, -0.14), (0.24, -0.1), (0.34, -0.16), (0.64, -0.2),
        (0.54, 0.02), (0.4, 0.14), (-0.4, 0.14), (-0.54, 0.0),
    )  # fmt: skip
    d.form(rock(smooth(hull, True, 3)), paint.trunk, shade=1.0, key="hull")
    row = [
        points((x, -0.05), (x + 0.06, -0.05), (x + 0.06, 0.0), (x, 0.0))
        for x in (-0.3, -0.16, -0.02, 0.12, 0.26)
    ]
    d.multi([rock(p) for p in row], paint.dark, line=0.6, key="guns")
    d.multi(
        [
            rock(points((x, -0.27), (x + 0.06, -0.27), (x + 0.06, -0.2), (x, -0.2)))
            for x in (-0.54, -0.46)
        ],
        paint.glow,
        line=0.7,
        key="cabin",
    )
    d.stroke(
        rock(smooth([(-0.58, -0.14), (-0.2, -0.075), (0.3, -0.075), (0.6, -0.13)])),
        1.8,
        paint.accent,
        wobble=0.2,
    )
    angle = np.linspace(-PI, 0, 8)
    lantern = np.stack([-0.6 + 0.03 * cos(angle), -0.4 + 0.05 * sin(angle)], 1)
    d.form(
        rock(np.concatenate([lantern, points((-0.58, -0.36), (-0.62, -0.36))])),
        paint.glow,
        line=0.7,
        shade=0,
    )


SHIPS: Mapping[str, Draw] = {
    "steamer": _steamer,
    "rowing": _rowing,
    "canoe": _canoe,
    "ark": _ark,
    "galleon": _galleon,
}
"""How each form is drawn, by name."""
