"""Clothes when nobody is in them: hats of four forms, shoes, a glove, a shirt and a dress on their hangers.

How they are built: each a few closed forms; hems, sleeves and feathers move in the air of the room.
"""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import Maker, clad, edged, hundredths, thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Stream, sin
from uncaged.engines.ink.paint import Paint


def _brimmed(crown: str, brim: str, band: str) -> Maker:
    """A hat: crown, band, brim."""

    def make(stream: Stream, paint: Paint) -> Figure:
        feather = stream.chance(0.4)

        def figure(d: Drawing, m: Moment) -> None:
            if feather:
                tip = points(0.5 + 0.04 * m.cycle(0.5), -1.0)
                plume = leaf((0.26, -0.3), tip, 0.09, 0.25, 14)
                d.form(plume.outline(), paint.accent, line=0.8, shade=0.6, key="feather")
                d.stroke(plume.at(np.linspace(0, 0.95, 8), 0), 0.6, wobble=0.2, key="quill")
            clad(d, paint, traced(crown, False), "crown")
            d.form(edged(band), paint.accent, line=0.8, shade=0.4, key="band")
            clad(d, paint, traced(brim), "brim", shade=0.6)

        return figure

    return make


_HAT = _brimmed(
    "-40,-14 -38,-60 -28,-74 0,-66 28,-74 38,-60 40,-14",
    "-80,-18 -40,-10 40,-10 80,-18 62,-2 0,2 -62,-2",
    "-40,-30 40,-30 41,-14 -41,-14",
)
_TOP_HAT = _brimmed(
    "-32,-10 -36,-94 -34,-98 34,-98 36,-94 32,-10",
    "-62,-16 -32,-8 32,-8 62,-16 56,-2 0,1 -56,-2",
    "-33,-32 33,-32 32,-13 -32,-13",
)
_WITCH_HAT = _brimmed(
    "-34,-14 -16,-60 10,-100 24,-98 12,-84 22,-50 34,-14",
    "-80,-14 -34,-9 34,-9 80,-14 62,0 0,3 -62,0",
    "-32,-26 31,-26 34,-12 -34,-12",
)


def _cap(stream: Stream, paint: Paint) -> Figure:
    dome = traced("-66,-12 -64,-50 -36,-74 0,-70 22,-44 26,-14", False)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, dome, "dome")
        d.stroke(
            bezier((-0.2, -0.72), (-0.1, -0.5), (-0.12, -0.16)), 0.7, paint.pattern, key="seam"
        )
        d.form(
            traced("-12,-22 30,-26 72,-6 68,0 20,-6 -16,-8"),
            paint.second,
            line=0.95,
            shade=0.6,
            key="peak",
        )
        d.form(circle(-0.2, -0.74, 0.05, count=14), paint.accent, line=0.8, key="button")

    return figure


def _shoe(stream: Stream, paint: Paint) -> Figure:
    upper = traced("-56,-10 -58,-50 -30,-54 -10,-38 24,-32 58,-22 64,-8 58,-6 -56,-6")

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            traced("-52,-50 -34,-56 -24,-48 -44,-44"),
            paint.dark_shadow,
            line=0.8,
            shade=0.2,
            key="inside",
        )
        clad(d, paint, upper, "upper")
        d.form(
            edged("-58,-10 66,-10 66,0 -58,0", 0.04), paint.pale, line=0.9, shade=0.4, key="sole"
        )
        bow = 0.02 * m.cycle(0.5)
        for k in range(4):
            x, y = -0.2 + 0.1 * k, -0.42 + 0.035 * k
            d.stroke(
                points((x - 0.05, y - 0.02), (x + 0.04, y + 0.09)),
                1.1,
                paint.white,
                wobble=0.2,
                key=f"lace{k}",
            )
        for side in (-1, 1):
            loop = bezier(
                (-0.22, -0.46), (-0.22 + 0.14 * side, -0.62 + bow), (-0.22 + 0.16 * side, -0.46)
            )
            d.stroke(loop, 0.9, paint.white, wobble=0.3, key=f"bow{side}")

    return figure


def _boot(stream: Stream, paint: Paint) -> Figure:
    boot = traced("-34,-98 -30,-60 -36,-30 -36,-8 10,-8 52,-8 54,-22 34,-36 8,-42 6,-60 12,-98")

    def figure(d: Drawing, m: Moment) -> None:
        d.form(
            circle(-0.11, -0.97, 0.23, 0.045, 22),
            paint.dark_shadow,
            line=0.8,
            shade=0.2,
            key="mouth",
        )
        clad(d, paint, boot, "boot")
        d.form(
            edged("-38,-9 56,-9 56,0 -14,0 -14,-3 -20,0 -38,0", 0.02),
            paint.dark,
            line=0.9,
            shade=0.2,
            key="sole",
        )
        d.form(
            edged("-34,-88 13,-88 12,-76 -32,-76"), paint.second, line=0.8, shade=0.4, key="cuff"
        )
        sway = 0.02 * m.cycle(0.5)
        d.stroke(
            bezier((0.1, -0.9), (0.2 + sway, -0.86), (0.18 + sway, -0.74)),
            1.0,
            paint.accent,
            key="loop",
        )
        for k in range(2):
            d.stroke(
                bezier(
                    (-0.26, -0.34 - 0.06 * k), (-0.1, -0.3 - 0.06 * k), (0.04, -0.36 - 0.05 * k)
                ),
                0.7,
                key=f"crease{k}",
            )

    return figure


def _glove(stream: Stream, paint: Paint) -> Figure:
    fingers = (
        (-0.3, -0.62, -0.46, -0.84),
        (-0.12, -0.66, -0.18, -0.98),
        (0.06, -0.66, 0.08, -1.0),
        (0.22, -0.6, 0.3, -0.9),
    )

    def figure(d: Drawing, m: Moment) -> None:
        curl = 0.03 * m.cycle(0.5)
        palm = traced("-36,-20 -38,-62 -16,-70 14,-70 30,-60 30,-20")
        parts = [
            Tube([(x0, y0), (x1 + curl * (k - 1.5), y1)], [0.1, 0.08], 8).outline()
            for k, (x0, y0, x1, y1) in enumerate(fingers)
        ]
        thumb = Tube(
            [(0.22, -0.36), (0.46, -0.5), (0.54 + curl, -0.62)], [0.12, 0.09, 0.075], 12
        ).outline()
        d.union([*parts, thumb, palm], paint.colour, shade=0.7, key="hand")
        if paint.fill != "plain":
            clad(d, paint, palm, "palm", line=0)
        for k in range(3):
            x = -0.2 + 0.14 * k
            d.stroke(
                points((x, -0.6), (x + 0.01, -0.44)), 0.8, paint.pattern, wobble=0.2, key=f"line{k}"
            )
        d.form(
            edged("-37,-24 31,-24 35,0 -41,0", 0.03), paint.second, line=0.95, shade=0.6, key="cuff"
        )

    return figure


def _hanger(d: Drawing, paint: Paint) -> None:
    hook = smooth(
        [(0, -0.84), (0, -0.9), (0.06, -0.94), (0.05, -1.0), (-0.02, -1.02), (-0.05, -0.98)]
    )
    d.stroke(hook, 1.3, paint.dark, wobble=0.1, taper=(0.05, 0.05), key="hook")
    shoulders = Tube([(-0.34, -0.72), (-0.02, -0.85), (0.02, -0.85), (0.34, -0.72)], [0.022], 14)
    d.form(shoulders.outline(), paint.trunk, line=0.8, shade=0.4, key="hanger")


def _shirt(stream: Stream, paint: Paint) -> Figure:
    striped = stream.chance(0.3)

    def figure(d: Drawing, m: Moment) -> None:
        _hanger(d, paint)
        sway = 0.03 * m.cycle(0.4)
        for side in (-1, 1):
            sleeve = points(
                (0.3, -0.78), (0.6 + sway * side, -0.4), (0.42 + sway * side, -0.3), (0.24, -0.56)
            ) * (side, 1.0)
            clad(d, paint, sleeve, f"sleeve{side}")
            cuff = points(
                (0.61 + sway * side, -0.42),
                (0.42 + sway * side, -0.31),
                (0.44 + sway * side, -0.25),
                (0.64 + sway * side, -0.36),
            )
            d.form(cuff * (side, 1.0), paint.second, line=0.8, shade=0.4, key=f"cuff{side}")
        hem = points(sway, 0)
        low = smooth([(0.33, -0.06), (0.0, 0.0), (-0.33, -0.06)]) + hem
        body = np.concatenate(
            [hundredths("-14,-84 14,-84 32,-76 31,-30"), low, hundredths("-31,-30 -32,-76")]
        )
        clad(d, paint, body, "body")
        d.form(
            hundredths("-15,-85 0,-68 15,-85 8,-88 0,-80 -8,-88"),
            paint.second,
            line=0.85,
            shade=0.4,
            key="collar",
        )
        d.stroke(points((0, -0.68), (sway * 0.6, -0.02)), 0.7, wobble=0.3, key="front")
        for k in range(4):
            y = -0.6 + 0.15 * k
            d.dot(0.03 + sway * (0.7 + y), y, 0.016, paint.white if not striped else paint.ink)

    return figure


def _dress(stream: Stream, paint: Paint) -> Figure:
    bow = stream.chance(0.5)

    def figure(d: Drawing, m: Moment) -> None:
        _hanger(d, paint)
        q = np.linspace(0, 1, 7)
        sway = 0.05 * m.cycle(0.4)
        x = 0.5 - q + sway
        hem = smooth(np.stack([x, -0.03 + 0.04 * sin(PI * 3 * q + m.turn(0.4) * 2 * PI)], 1), per=3)
        left, right = (
            hundredths("-24,-79 -12,-84 0,-72 12,-84 24,-79 19,-62 16,-48"),
            hundredths("-16,-48 -19,-62"),
        )
        clad(d, paint, np.concatenate([left, hem, right]), "dress")
        d.form(
            hundredths("-17,-51 17,-51 18,-44 -18,-44"),
            paint.accent,
            line=0.8,
            shade=0.4,
            key="sash",
        )
        if bow:
            for side in (-1, 1):
                d.form(
                    traced("0,-47 9,-55 14,-49 8,-43") * (side, 1.0),
                    paint.accent,
                    line=0.7,
                    key=f"bow{side}",
                )
        for k in range(3):
            fx = -0.16 + 0.16 * k
            d.stroke(
                bezier((fx * 0.6, -0.42), (fx * 1.2, -0.25), (fx * 1.7 + sway, -0.06)),
                0.7,
                paint.pattern,
                key=f"fold{k}",
            )

    return figure


thing(
    "hat", {"brim": _HAT, "top-hat": _TOP_HAT, "pointed": _WITCH_HAT, "cap": _cap},
    (-0.65, 0.50), 0.38, 0.2, width=1.6, top=(0, -0.7), grip=(-0.5, -0.08), traits=("worn",),
)  # fmt: skip
thing(
    "shoe", {"shoe": _shoe, "boot": _boot}, (-0.59, 0.50), 0.36, 0.2,
    width=1.25, top=(-0.3, -0.5), grip=(-0.4, -0.5),
)  # fmt: skip
thing("glove", _glove, (-0.53, 0.50), 0.42, 0.25, width=1.0, grip=(0, -0.05))
thing(
    "shirt",
    _shirt,
    (-0.47, 0.50),
    0.5,
    0.85,
    width=1.3,
    grip=(0, -0.98),
    rock=0.04,
    shadow=0.0,
    top=(0, -0.86),
)
thing(
    "dress",
    _dress,
    (-0.41, 0.50),
    0.56,
    1.2,
    width=1.1,
    grip=(0, -0.98),
    rock=0.04,
    shadow=0.0,
    top=(0, -0.86),
)
