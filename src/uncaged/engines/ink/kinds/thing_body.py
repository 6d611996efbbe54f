"""Parts of a body as a book of anatomy shows them: a trunk, with the lungs or the stomach seen in it, a brain, an arm.

How they are built: rows of parts (`assembled`) in the colours of skin; lungs breathe, a muscle swells.
"""

from collections.abc import Mapping

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.assembled import Row, assembled
from uncaged.engines.ink.kinds.thing import thing, traced
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

_TRUNK = ("~-11,-100 11,-100 12,-92 38,-84 50,-70 52,-44 40,-40 34,-62 30,-40 33,-14 34,0 0,4 -34,0 -33,-14 -30,-40 "
          "-34,-62 -40,-40 -52,-44 -50,-70 -38,-84 -12,-92")  # fmt: skip


def _lungs(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """Two lungs under a windpipe; they fill and empty."""
    full = 1 + 0.07 * m.cycle(0.35, lag)
    rosy = mix(paint.lip, paint.white, 0.25)
    d.form(
        traced("-3,-92 3,-92 3,-74 12,-68 9,-64 0,-70 -9,-64 -12,-68 -3,-74"),
        paint.pale,
        line=0.8,
        key="pipe",
    )
    for side in (-1, 1):
        lung = [
            (0.05, -0.66),
            (0.12, -0.78),
            (0.22, -0.74),
            (0.28, -0.54),
            (0.27, -0.36),
            (0.14, -0.4),
            (0.06, -0.46),
        ]
        shape = smooth([(side * (0.05 + (x - 0.05) * full), y) for x, y in lung], True, 4)
        d.form(shape, rosy, shade=0.9, key=f"lung{side}")
        for k in range(3):
            y = -0.66 + 0.09 * k
            twig = smooth([(side * 0.07, y), (side * 0.14, y + 0.02), (side * 0.2, y + 0.08)])
            d.stroke(twig, 1.0, paint.white, wobble=0.2, key=f"twig{side}{k}")


def _stomach(d: Drawing, paint: Paint, m: Moment, lag: float) -> None:
    """A gullet, the stomach, the gut in its folds."""
    squeeze = 0.015 * m.cycle(0.4, lag)
    rosy = mix(paint.lip, paint.white, 0.2)
    gullet = Tube([(0, -0.94), (0.01, -0.74), (0.08, -0.64)], [0.025, 0.025, 0.04], 14)
    stomach = Tube(
        [(0.1, -0.64), (0.18, -0.54), (0.08, -0.45 - squeeze), (-0.1, -0.48)],
        [0.07, 0.11, 0.1, 0.03],
        20,
    )
    d.union([gullet.outline(), stomach.outline()], rosy, shade=0.9, key="stomach")
    for k, (y, way) in enumerate(((-0.33, 1), (-0.24, -1), (-0.15, 1), (-0.06, -1))):
        fold = Tube(
            [(-0.19 * way, y - 0.02), (0, y + squeeze), (0.19 * way, y + 0.02)], [0.05, 0.046, 0.05], 12
        )  # fmt: skip
        d.form(
            fold.outline(),
            paint.accent if k % 2 else mix(paint.accent, paint.white, 0.3),
            key=f"gut{k}",
        )


ROWS: Mapping[str, Row] = {
    "trunk": Row(
        ((_TRUNK, "skin"), ("o 0,-22 3,4", "skin_shadow"), ("o -17,-64 3,3", "lip"), ("o 17,-64 3,3", "lip")),
        (("-28,-58 -16,-54 -2,-58", 1.2), ("28,-58 16,-54 2,-58", 1.2), ("-26,-84 -8,-80", 1.0), ("26,-84 8,-80", 1.0),
         ("0,-52 0,-32", 0.9), ("-22,-8 -10,0", 0.9), ("22,-8 10,0", 0.9)),
    ),
    "lungs": Row(((_TRUNK, "skin"),), (("0,-30 0,-20", 0.9),), _lungs),
    "stomach": Row(((_TRUNK, "skin"),), (("-26,-84 -10,-81", 1.0), ("26,-84 10,-81", 1.0)), _stomach),
}  # fmt: skip


def _brain(stream: Stream, paint: Paint) -> Figure:
    """A brain from the side, its folds, the small brain and the stem below."""
    folds = (
        "-52,-66 -38,-78 -30,-64 -18,-76 -8,-62", "-50,-48 -36,-58 -26,-46 -12,-56 0,-44 14,-54",
        "-34,-88 -20,-92 -14,-80 0,-90 10,-76",
        "16,-92 24,-78 36,-84 40,-68 52,-70", "6,-66 20,-70 28,-58 42,-62 50,-48",
        "-38,-34 -22,-40 -10,-32 6,-40 22,-34 34,-42",
    )  # fmt: skip

    def figure(d: Drawing, m: Moment) -> None:
        pulse = 1 + 0.015 * m.cycle(1.0)
        rosy = mix(paint.lip, paint.white, 0.42) if paint.fill == "plain" else paint.colour
        d.form(
            traced("6,-34 20,-34 24,-10 26,2 10,2 8,-12"), mix(rosy, paint.dark, 0.25), key="stem"
        )
        small = traced("20,-36 46,-36 56,-24 44,-12 24,-14 16,-26")
        d.form(small, mix(rosy, paint.dark, 0.12), key="small")
        edge = traced(
            "-60,-46 -62,-66 -46,-86 -20,-98 14,-99 44,-88 60,-66 58,-44 44,-32 16,-30 0,-26 -24,-22 -44,-28"
        )
        d.form(
            _swell(edge, pulse),
            rosy,
            fill=paint.fill,
            colour2=paint.pattern,
            shade=1.0,
            key="brain",
        )
        for k, fold in enumerate(folds):
            d.stroke(_swell(traced(fold, False), pulse), 1.6, wobble=0.3, key=f"fold{k}")
        for k in range(3):
            d.stroke(
                traced(f"26,{-31 + 6 * k} 38,{-29 + 6 * k} 50,{-30 + 6 * k}", False),
                0.9,
                key=f"leaf{k}",
            )

    return figure


def _swell(shape: Array, pulse: float) -> Array:
    low = points(0.0, 0.6)
    return (shape + low) * pulse - low


def _muscle(stream: Stream, paint: Paint) -> Figure:
    """A bent arm whose muscle swells, as on a poster of a strong man."""

    def figure(d: Drawing, m: Moment) -> None:
        swell = 0.05 + 0.05 * m.cycle(0.5)
        upper = Tube([(-0.66, -0.16), (-0.2, -0.17), (0.4, -0.13)], [0.17, 0.14, 0.12], 18)
        bulge = circle(-0.12, -0.25 - 0.5 * swell, 0.25, 0.13 + swell, 28)
        fore = Tube([(0.42, -0.13), (0.5, -0.48), (0.4, -0.78)], [0.13, 0.13, 0.075], 18)
        d.union([upper.outline(), bulge, fore.outline()], paint.skin, shade=1.0, key="arm")
        fist = traced("26,-76 20,-92 28,-102 46,-101 54,-90 50,-78 38,-72")
        d.form(fist, paint.skin, shade=0.7, key="fist")
        for k in range(3):
            d.stroke(
                traced(f"{26 + 7 * k},-99 {28 + 7 * k},-91 {26 + 7 * k},-85", False),
                1.0,
                key=f"finger{k}",
            )
        d.stroke(traced("-36,-18 -14,-12 12,-16", False), 1.4, key="under")
        d.stroke(traced("38,-32 36,-24 28,-20", False), 1.0, key="bend")
        cuff = Tube([(-0.68, -0.34), (-0.62, -0.14), (-0.66, 0.02)], [0.085], 14)
        d.form(cuff.outline(), paint.colour, fill=paint.fill, colour2=paint.pattern, key="cuff")
        for k in range(3):
            a = -0.34 + 0.2 * k
            mark = [(a, -0.5 - swell - 0.05 * (k == 1)), (a + 0.06 * (k - 1), -0.62 - 1.4 * swell)]
            d.stroke(smooth(mark), 1.6, paint.accent, wobble=0.2, key=f"mark{k}")

    return figure


TRUNKS = {name: assembled(row) for name, row in ROWS.items()}
thing(
    "torso",
    TRUNKS,
    (-0.57, 0.88),
    0.52,
    0.7,
    width=1.0,
    rock=0.008,
    quiet=("striped", "dotted", "hatched"),
)
thing("brain", _brain, (-0.49, 0.88), 0.42, 0.15, width=1.3, rock=0.02)
thing(
    "muscle",
    _muscle,
    (-0.39, 0.88),
    0.44,
    0.6,
    top=(-0.4, -0.3),
    grip=(0.0, -0.2),
    width=1.4,
    rock=0.01,
)
