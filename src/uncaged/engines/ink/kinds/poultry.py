"""Hen, rooster, chick, turkey and peacock: rows of numbers for `necked`, with combs, wattles and tails."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.necked import Fowl, Pose, figure_of
from uncaged.engines.ink.kinds.plumage import fan
from uncaged.engines.ink.kinds.shaping import blade, turned
from uncaged.engines.ink.numbers import PI, Stream, cos, ease, sin
from uncaged.engines.ink.paint import Paint

BASKET = (
    (-0.5, -0.36),
    (-0.32, -0.2),
    (-0.02, -0.13),
    (0.22, -0.2),
    (0.36, -0.06),
    (0.34, 0.12),
    (0.16, 0.25),
    (-0.08, 0.27),
    (-0.3, 0.14),
    (-0.48, -0.12),
)
"""A body like a basket, its tail the handle."""
BALL = tuple((0.34 * cos(a), 0.33 * sin(a)) for a in np.linspace(0, 2 * PI, 9)[:-1].tolist())


def _comb(drawing: Drawing, pose: Pose) -> None:
    """Red lobes on the head, and two that hang below the beak; they wobble late."""
    head, angle = pose.neck.p[-1], pose.angle
    swing = 0.02 * pose.moment.cycle(1.0, 0.3)
    comb = points(
        (-0.09, -0.03),
        (-0.11, -0.13),
        (-0.05, -0.11),
        (-0.02, -0.18),
        (0.03, -0.12),
        (0.08, -0.15),
        (0.07, -0.05),
    )
    drawing.form(turned(smooth(comb, True, 3), angle, head), pose.paint.lip, line=0.8, shade=0.4)
    drop = points((0.06, 0.03), (0.1 + swing, 0.09), (0.07 + swing, 0.17), (0.03, 0.1))
    drawing.form(turned(smooth(drop, True, 3), angle, head), pose.paint.lip, line=0.7, shade=0.4)


def _sickles(drawing: Drawing, pose: Pose) -> None:
    """A rooster's tail: long feathers that rise and fall over."""
    paint, root = pose.paint, pose.middle + points(-0.32, -0.2)
    tones = (paint.dark, paint.accent, paint.second, paint.dark, paint.accent, paint.dark)
    for k in range(6):
        stir = 0.02 * pose.moment.cycle(0.5, 0.1 * k)
        over_ = points(-0.12 - 0.04 * k, -0.46 + 0.08 * k)
        tip = points(-0.34 - 0.025 * k + stir, -0.2 + 0.09 * k)
        spine = np.stack([root, root + over_ * 0.75, root + over_ + (-0.06, 0.03), root + tip])
        feather = Tube(spine, [0.03, 0.055, 0.05, 0.03, 0.0], 14, cap_end=False)
        drawing.form(feather.outline(), tones[k], line=0.8, shade=0.5)


def _spread(drawing: Drawing, pose: Pose) -> None:
    """A turkey's tail, a fan of broad bands behind it."""
    paint, root = pose.paint, pose.middle + points(-0.12, 0.05)
    stir = 0.02 * pose.moment.cycle(1.0)
    fan(drawing, root, -0.58 * PI + stir, 1.25, 11, 0.66, 0.1, (paint.second, paint.accent))
    fan(drawing, root, -0.58 * PI + stir, 1.2, 9, 0.48, 0.08, (paint.shadow,))


def _snood(drawing: Drawing, pose: Pose) -> None:
    """What hangs over a turkey's beak, and its beard."""
    head = pose.neck.p[-1]
    swing = 0.02 * pose.moment.cycle(1.0, 0.3)
    drop = points((0.0, 0.02), (0.06 + swing, 0.1), (0.03 + swing, 0.26), (-0.03, 0.14))
    drawing.form(
        turned(smooth(drop, True, 4), pose.angle * 0.3, head), pose.paint.lip, line=0.8, shade=0.4
    )


def _train(drawing: Drawing, pose: Pose) -> None:
    """A peacock's fan: two rows of feathers, each with its eye. It shivers, opens wide and draws in a little."""
    paint, moment = pose.paint, pose.moment
    root = pose.middle + points(-0.05, 0.1)
    open_ = 0.82 + 0.18 * ease(0.5 + 0.5 * moment.cycle(0.25))
    for row, (count, length, width) in enumerate(((13, 0.86, 0.09), (9, 0.58, 0.07))):
        spread = 1.62 * open_
        for i in range(count):
            k = 2 * i / (count - 1) - 1
            angle = -0.5 * PI + k * spread + 0.012 * moment.cycle(2.0, 0.3 * i)
            way = points(cos(angle), sin(angle))
            feather = blade(root, root + way * length, width, 0.05 * k)
            tone = (paint.leaf, paint.leaf_dark)[(i + row) % 2]
            drawing.form(feather, tone, line=0.7, shade=0.4)
            x, y = (root + way * length * 0.82).tolist()
            drawing.dot(x, y, 0.62 * width, paint.accent)
            drawing.dot(x, y, 0.34 * width, paint.dark)


def _crown(drawing: Drawing, pose: Pose) -> None:
    """A peacock's crest: five stalks with a bead each."""
    head = pose.neck.p[-1]
    for k in range(5):
        lean = -0.06 + 0.035 * k + 0.006 * pose.moment.cycle(0.5, 0.1 * k)
        tip = points(lean - 0.02, -0.15 + 0.012 * abs(k - 2))
        stalk = turned(bezier((0.0, -0.04), (lean * 0.4, -0.1), tip, 6), pose.angle * 0.5, head)
        drawing.stroke(stalk, 0.8, pose.paint.ink, wobble=0.1)
        drawing.dot(float(stalk[-1, 0]), float(stalk[-1, 1]), 0.016, pose.paint.accent)


def _shell(drawing: Drawing, pose: Pose) -> None:
    """A chick's tuft."""
    head = pose.neck.p[-1]
    for k in (-1, 0, 1):
        line = bezier((0.01 * k, -0.16), (0.03 * k, -0.2), (0.05 * k - 0.03, -0.25))
        drawing.stroke(turned(line, pose.angle * 0.5, head), 1.0, pose.paint.ink, wobble=0.1)


HEN = Fowl(
    body=BASKET,
    stands=0.42,
    rest=((0.2, -0.06), (0.3, -0.2), (0.3, -0.31), (0.35, -0.4)),
    food=((0.22, -0.02), (0.42, -0.06), (0.5, 0.1), (0.52, 0.28)),
    tucked=((0.18, -0.08), (0.24, -0.22), (0.14, -0.28), (0.0, -0.2)),
    radii=(0.19, 0.13, 0.095, 0.085, 0.095),
    beak=(0.12, 0.042, 0.02),
    wing=((0.18, 0.0), (-0.36, -0.02)),
    width=0.14,
    hips=(-0.06, 0.06),
    stride=0.1,
    pace=2,
    thick=1.5,
    toes=0.1,
    eye=0.024,
    before=(_comb,),
)
ROOSTER = replace(
    HEN,
    stands=0.46,
    rest=((0.2, -0.08), (0.3, -0.26), (0.28, -0.4), (0.34, -0.5)),
    tucked=((0.18, -0.1), (0.26, -0.26), (0.14, -0.32), (0.0, -0.22)),
    radii=(0.2, 0.13, 0.09, 0.075, 0.09),
    behind=(_sickles,),
    stride=0.12,
)
CHICK = replace(
    HEN,
    body=BALL,
    stands=0.44,
    rest=((0.08, -0.1), (0.12, -0.18), (0.14, -0.26), (0.16, -0.32)),
    food=((0.14, -0.04), (0.26, 0.0), (0.34, 0.08), (0.38, 0.16)),
    tucked=((0.06, -0.1), (0.08, -0.16), (0.02, -0.2), (-0.02, -0.18)),
    radii=(0.26, 0.24, 0.22, 0.22),
    beak=(0.13, 0.055, 0.01),
    wing=((0.04, 0.0), (-0.32, 0.02)),
    width=0.11,
    hips=(-0.06, 0.08),
    stride=0.08,
    eye=0.04,
    before=(_shell,),
    mantle="shadow",
    down=0.7,
)
TURKEY = replace(
    HEN,
    stands=0.4,
    rest=((0.22, -0.06), (0.34, -0.2), (0.28, -0.32), (0.35, -0.42)),
    radii=(0.18, 0.08, 0.05, 0.05, 0.07),
    head="lip",
    behind=(_spread,),
    before=(_snood,),
)
PEACOCK = replace(
    HEN,
    body=tuple((0.72 * x, 0.72 * y + 0.02) for x, y in BASKET),
    stands=0.3,
    rest=((0.12, -0.02), (0.22, -0.18), (0.16, -0.3), (0.22, -0.4)),
    food=((0.14, 0.0), (0.3, -0.04), (0.36, 0.08), (0.38, 0.2)),
    tucked=((0.12, -0.04), (0.18, -0.16), (0.08, -0.22), (-0.04, -0.12)),
    radii=(0.12, 0.08, 0.055, 0.05, 0.062),
    beak=(0.08, 0.025, 0.01),
    wing=((0.12, 0.0), (-0.26, -0.02)),
    width=0.09,
    hips=(-0.03, 0.05),
    behind=(_train,),
    before=(_crown,),
    eye=0.018,
    thick=1.1,
    toes=0.07,
)


def _build(fowl: Fowl, stream: Stream, paint: Paint, form: str) -> Figure:
    return figure_of(fowl, stream, paint)


def _register(name: str, fowl: Fowl, at: tuple[float, float], **own: Any) -> None:
    register(
        Kind(
            name,
            partial(_build, fowl),
            at=at,
            home="meadow",
            shadow=0.3,
            gait=fowl.gait,
            postures=("sit", "sleep"),
            holds=fowl.holds,
            top=(-0.08, -fowl.stands - 0.12),
            grip=(0.0, -fowl.stands),
            motion="walk",
            **own,
        )
    )


_register("hen", HEN, (1.37, 0.63), height=0.4, width=1.0, metres=0.45)
_register("rooster", ROOSTER, (1.43, 0.63), height=0.46, width=1.1, metres=0.6)
_register("chick", CHICK, (1.49, 0.63), height=0.26, width=0.8, hue="yellow", metres=0.12)
_register("turkey", TURKEY, (1.55, 0.63), height=0.46, width=1.2, hue="brown", metres=0.9)
_register("peacock", PEACOCK, (1.79, 0.63), height=0.62, width=1.7, hue="blue", metres=1.4)
