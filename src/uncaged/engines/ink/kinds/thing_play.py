"""What one plays with, and what flies on a string: balls, dice, dolls, bears, balloons, kites, flags.

How they are built: round and soft forms with a face where there is somebody; strings and tails that lag behind.
"""

from collections.abc import Mapping

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import bar, clad, hundredths, moved, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, sin
from uncaged.engines.ink.paint import Paint


def _flag(stream: Stream, paint: Paint) -> Figure:
    device = stream.pick(("none", "disc", "bar"))
    q = np.linspace(0, 1, 9)

    def wave(m: Moment, y: float) -> Array:
        x = 0.02 + 0.74 * q
        return np.stack([x, y + 0.06 * q * sin(TAU * (q * 0.9 - m.turn(0.8)))], 1)

    def figure(d: Drawing, m: Moment) -> None:
        cloth = np.concatenate([smooth(wave(m, -0.95), per=2), smooth(wave(m, -0.48), per=2)[::-1]])
        tube = Tube(wave(m, -0.715), [0.235], 18, cap_start=False, cap_end=False)
        clad(d, paint, cloth, "cloth", body=tube)
        if device == "disc":
            middle = tube.at(0.48, 0)
            d.form(
                circle(middle[0], middle[1], 0.12, count=22),
                paint.accent,
                line=0.8,
                shade=0.3,
                key="disc",
            )
        elif device == "bar":
            v = np.array([-0.34, 0.34])
            u = np.linspace(0.01, 0.99, 8)
            band = np.concatenate(
                [tube.at(u, np.full(8, v[0])), tube.at(u[::-1], np.full(8, v[1]))]
            )
            d.form(band, paint.accent, line=0.7, shade=0.3, key="bar")
        d.form(bar((0, 0.0), (0, -1.0), 0.018), paint.trunk, line=0.8, shade=0.4, key="pole")
        d.form(circle(0, -1.02, 0.035, count=14), paint.glow, line=0.7, shade=0.3, key="ball")

    return figure


def _balloon(stream: Stream, paint: Paint) -> Figure:
    skin = traced("0,-50 -26,-44 -36,-22 -28,2 -4,18 4,18 28,2 36,-22 26,-44")
    lag = stream.uniform()

    def figure(d: Drawing, m: Moment) -> None:
        q = np.linspace(0, 1, 9)
        x = 0.06 * q * sin(TAU * (q * 1.2 - m.turn(0.4) + lag))
        d.stroke(np.stack([x, 0.2 + 0.42 * q], 1), 0.8, wobble=0.2, taper=(0.02, 0.1), key="string")
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        part.form(hundredths("-5,25 5,25 0,16"), paint.colour, line=0.8, shade=0.4, key="knot")
        clad(part, paint, skin, "skin")
        part.stroke(
            bezier((-0.22, -0.06), (-0.27, -0.24), (-0.14, -0.38)), 1.8, paint.white, key="gleam"
        )
        moved(d, part, 0.05 * m.cycle(0.4, lag), (0.0, 0.012 * m.cycle(0.4, lag + 0.3)), (0.0, 0.2))

    return figure


def _kite(stream: Stream, paint: Paint) -> Figure:
    lag = stream.uniform()
    corners = hundredths("0,-50 32,-18 0,34 -32,-18")

    def figure(d: Drawing, m: Moment) -> None:
        q = np.linspace(0, 1, 13)
        x = -0.3 * q + 0.09 * q * sin(TAU * (q * 1.4 - m.turn(0.7) + lag))
        tail = np.stack([x, 0.34 + 0.5 * q], 1)
        d.stroke(smooth(tail, per=2), 0.9, wobble=0.2, taper=(0.02, 0.05), key="tail")
        for k in range(1, 5):
            at = tail[3 * k]
            for side in (-1, 1):
                bow = points((0, 0), (0.075 * side, -0.045), (0.075 * side, 0.045)) + at
                d.form(bow, paint.accent, line=0.7, shade=0.3, key=f"bow{k}{side}")
        clad(d, paint, corners, "sail")
        for k, tone in ((0, paint.second), (2, paint.accent)):
            middle = points(0, -0.18)
            panel = np.stack([middle, corners[k], corners[(k + 1) % 4]])
            d.form(panel, tone, line=0.7, shade=0.4, key=f"panel{k}")
        d.stroke(corners[[0, 2]], 0.9, paint.trunk, wobble=0.1, taper=(0.02, 0.02), key="spine")
        d.stroke(corners[[3, 1]], 0.9, paint.trunk, wobble=0.1, taper=(0.02, 0.02), key="spar")
        line = bezier((0.0, -0.1), (0.18, 0.5), (0.52, 1.0))
        d.stroke(line, 0.5, wobble=0.2, taper=(0.02, 0.3), key="string")

    return figure


def _ball(stream: Stream, paint: Paint) -> Figure:
    stripes = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        part = Drawing(d.key, d.manner, d.scale, d.flip, d.variant)
        disc = circle(0, 0, 0.49, count=36)
        clad(part, paint, disc, "ball")
        part.clip(disc)
        if stripes:
            for k, tone in enumerate((paint.accent, paint.pale, paint.second)):
                x = -0.42 + 0.36 * k
                bend = 0.35 * (k - 1)
                wedge = np.concatenate(
                    [
                        bezier((x * 0.2, -0.5), (x + bend * 0.4, 0), (x * 0.2, 0.5)),
                        bezier(
                            (x * 0.2 + 0.06, 0.5), (x + 0.2 + bend * 0.4, 0), (x * 0.2 + 0.06, -0.5)
                        ),
                    ]
                )
                part.form(wedge, tone, line=0.7, shade=0.3, key=f"wedge{k}")
        else:
            for y in (-0.12, 0.12):
                part.stroke(
                    bezier((-0.48, y * 0.5), (0, y * 3.2), (0.48, y * 0.5)),
                    0.9,
                    paint.pattern,
                    key=f"seam{y}",
                )
            part.stroke(bezier((0, -0.49), (0.1, 0), (0, 0.49)), 0.9, paint.pattern, key="seam")
        part.unclip()
        part.stroke(
            bezier((-0.36, -0.1), (-0.33, -0.3), (-0.14, -0.38)), 1.6, paint.white, key="gleam"
        )
        rolled = 0.15 * m.cycle(0.4) if m.act == "still" else TAU * m.turn(0.6)
        moved(d, part, rolled, (0.0, -0.5))

    return figure


_PIPS: Mapping[int, str] = {
    1: "0,0",
    2: "-1,-1 1,1",
    3: "-1,-1 0,0 1,1",
    4: "-1,-1 1,-1 -1,1 1,1",
    5: "-1,-1 1,-1 0,0 -1,1 1,1",
    6: "-1,-1 1,-1 -1,0 1,0 -1,1 1,1",
}


def _dice(stream: Stream, paint: Paint) -> Figure:
    faces = [stream.integer(1, 6) for _ in range(3)]
    sides = (
        ("-46,-72 2,-58 2,0 -46,-16", points(0.13, 0.035), points(0.0, 0.16)),
        ("2,-58 48,-74 48,-18 2,0", points(0.12, -0.035), points(0.0, 0.16)),
        ("-46,-72 0,-90 48,-74 2,-58", points(0.125, -0.05), points(0.13, 0.045)),
    )

    def figure(d: Drawing, m: Moment) -> None:
        hop = 0.02 * abs(m.cycle(0.5))
        for k, (outline, across, down) in enumerate(sides):
            corners = hundredths(outline) - points(0, hop)
            if k == 2:
                d.form(corners, paint.pale, line=1.0, shade=0.2, key="top")
            elif k == 1:
                d.form(corners, paint.shadow, line=1.0, shade=0.6, key="right")
            else:
                clad(d, paint, corners, "left", shade=0.5)
            centre = corners.mean(0)
            for pip in _PIPS[faces[k]].split():
                u, v = (float(n) for n in pip.split(","))
                x, y = centre + across * u + down * v
                d.dot(x, y, 0.04, paint.dark if k == 2 else paint.white)

    return figure


def _teddy(stream: Stream, paint: Paint) -> Figure:
    bow = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        wave = 0.1 * m.cycle(0.5)
        tilt = 0.02 * m.cycle(0.5, 0.2)
        for side in (-1, 1):
            arm = Tube(
                [(0.2 * side, -0.46), (0.4 * side, -0.38 + wave * side * 0.3)], [0.09, 0.1], 8
            )
            d.form(arm.outline(), paint.colour, shade=0.7, key=f"arm{side}")
            d.form(
                circle(0.2 * side + tilt, -0.93, 0.115, count=20),
                paint.colour,
                shade=0.6,
                key=f"ear{side}",
            )
            d.form(
                circle(0.2 * side + tilt, -0.93, 0.06, count=16),
                paint.second,
                line=0.6,
                shade=0.3,
                key=f"inner{side}",
            )
        clad(d, paint, circle(0, -0.32, 0.28, 0.3, 30), "body")
        d.form(circle(0, -0.3, 0.17, 0.19, 24), paint.pale, line=0.7, shade=0.4, key="belly")
        for side in (-1, 1):
            d.form(
                circle(0.24 * side, -0.1, 0.13, 0.12, 22),
                paint.colour,
                shade=0.7,
                key=f"foot{side}",
            )
            d.form(
                circle(0.25 * side, -0.09, 0.07, 0.07, 16),
                paint.pale,
                line=0.6,
                shade=0.3,
                key=f"sole{side}",
            )
        clad(d, paint, circle(tilt, -0.74, 0.27, 0.235, 30), "head")
        d.form(circle(tilt, -0.66, 0.13, 0.1, 22), paint.pale, line=0.7, shade=0.3, key="muzzle")
        d.form(circle(tilt, -0.7, 0.045, 0.034, 14), paint.dark, line=0, shade=0, key="nose")
        d.stroke(
            bezier((tilt - 0.06, -0.63), (tilt, -0.58), (tilt + 0.06, -0.63)), 0.8, key="mouth"
        )
        for side in (-1, 1):
            d.dot(0.1 * side + tilt, -0.79, 0.03, paint.dark)
            d.dot(0.11 * side + tilt, -0.8, 0.01, paint.white)
        if bow:
            for side in (-1, 1):
                d.form(
                    traced("0,-51 12,-59 15,-50 11,-44") * (side, 1.0),
                    paint.accent,
                    line=0.8,
                    key=f"bow{side}",
                )

    return figure


def _doll(stream: Stream, paint: Paint) -> Figure:
    plaits = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        sway = 0.04 * m.cycle(0.5)
        for side in (-1, 1):
            d.form(
                bar((0.09 * side, -0.3), (0.11 * side, -0.05), 0.05),
                paint.pale,
                line=0.9,
                shade=0.4,
                key=f"leg{side}",
            )
            d.form(
                circle(0.13 * side, -0.03, 0.07, 0.04, 14),
                paint.dark,
                line=0.8,
                shade=0.2,
                key=f"shoe{side}",
            )
            arm = Tube([(0.12 * side, -0.56), (0.34 * side, -0.44 + sway * side)], [0.05, 0.045], 8)
            d.form(arm.outline(), paint.skin, line=0.9, shade=0.4, key=f"arm{side}")
            if plaits:
                plait = Tube(
                    [(0.18 * side, -0.84), (0.32 * side + sway, -0.7), (0.3 * side + sway, -0.54)],
                    [0.06, 0.055, 0.03],
                    12,
                )
                d.form(plait.outline(), paint.hair, line=0.8, shade=0.4, key=f"plait{side}")
        clad(
            d,
            paint,
            traced("-10,-62 10,-62 20,-46 36,-24 18,-21 0,-24 -18,-21 -36,-24 -20,-46"),
            "dress",
        )
        d.form(circle(0, -0.79, 0.2, 0.19, 28), paint.skin, line=0.95, shade=0.3, key="head")
        fringe = traced("-21,-76 -22,-92 -8,-101 8,-101 22,-92 21,-76 8,-86 -8,-86")
        d.form(fringe, paint.hair, line=0.9, shade=0.4, key="hair")
        for side in (-1, 1):
            d.dot(0.075 * side, -0.78, 0.026, paint.ink)
            d.dot(0.12 * side, -0.71, 0.035, paint.lip, 130)
        d.stroke(bezier((-0.04, -0.69), (0, -0.665), (0.04, -0.69)), 0.9, paint.lip, key="mouth")
        for y in (-0.52, -0.42):
            d.dot(0, y, 0.018, paint.white)

    return figure


thing(
    "flag",
    _flag,
    (-0.35, 0.50),
    0.66,
    1.5,
    width=1.5,
    top=(0, -1.04),
    grip=(0, -0.1),
    rock=0.01,
    home="hills",
    shadow=0.1,
)
thing(
    "balloon",
    _balloon,
    (-0.29, 0.50),
    0.48,
    0.6,
    width=0.75,
    domain="air",
    top=(0, -0.5),
    grip=(0, 0.6),
    rock=0.0,
    home="sky",
    motion="sway",
)
thing(
    "kite",
    _kite,
    (-0.23, 0.50),
    0.5,
    0.9,
    width=0.9,
    domain="air",
    top=(0, -0.5),
    grip=(0.5, 0.98),
    rock=0.03,
    home="sky",
    motion="sway",
)
thing(
    "ball",
    _ball,
    (-0.17, 0.50),
    0.36,
    0.25,
    width=1.0,
    top=(0, -0.98),
    grip=(0, -0.5),
    rock=0.0,
    home="meadow",
)
thing("dice", _dice, (-0.11, 0.50), 0.34, 0.03, width=1.0, top=(0, -0.76), grip=(0, -0.4))
thing(
    "teddy", _teddy, (-0.95, 0.58), 0.46, 0.4, width=0.95, grip=(0.4, -0.4), hue="brown", rock=0.02
)
thing("doll", _doll, (-0.89, 0.58), 0.5, 0.4, width=0.75, grip=(0.34, -0.44), rock=0.02)
