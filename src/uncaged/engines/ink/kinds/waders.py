"""Heron, stork, flamingo and ostrich: rows of numbers for `necked`, all on long legs."""

from dataclasses import replace
from functools import partial
from typing import Any

from uncaged.engines.ink.curves import bezier, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep
from uncaged.engines.ink.kinds.necked import Fowl, Pose, figure_of
from uncaged.engines.ink.kinds.plumage import fan
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.numbers import PI, Stream
from uncaged.engines.ink.paint import Paint

EGG = (
    (-0.38, 0.1),
    (-0.2, -0.07),
    (0.02, -0.13),
    (0.18, -0.1),
    (0.25, 0.02),
    (0.14, 0.12),
    (-0.08, 0.14),
    (-0.26, 0.15),
)
"""A body like an egg that points down behind."""
PLUMP = (
    (-0.34, 0.04),
    (-0.26, -0.12),
    (-0.04, -0.2),
    (0.16, -0.15),
    (0.25, 0.0),
    (0.16, 0.14),
    (-0.06, 0.19),
    (-0.26, 0.14),
)


def _crest(drawing: Drawing, pose: Pose) -> None:
    """Two long feathers that trail from the back of the head."""
    head = pose.neck.p[-1]
    for k in range(2):
        trail = 0.012 * pose.moment.cycle(0.5, 0.2 + 0.1 * k)
        line = bezier((-0.01, -0.035), (-0.1, -0.06), (-0.2 + 0.04 * k, 0.0 + 0.02 * k + trail))
        drawing.stroke(turned(line, pose.angle, head), 1.5, pose.paint.dark, wobble=0.2)


def _dark_tip(drawing: Drawing, pose: Pose) -> None:
    """The bent end of a flamingo's beak is dark."""
    if asleep(pose.moment):
        return
    shape = points((0.075, -0.025), (0.135, 0.005), (0.155, 0.07), (0.11, 0.05), (0.085, 0.02))
    at = pose.neck.p[-1] + points(0.02, 0.0) * (1 - abs(pose.angle))
    drawing.form(turned(shape, pose.angle, at), pose.paint.dark, line=0.5, shade=0)


def _plumes(drawing: Drawing, pose: Pose) -> None:
    """An ostrich's tail: soft broad feathers."""
    paint = pose.paint
    stir = 0.06 * pose.moment.cycle(1.0, 0.3)
    root = pose.middle + points(-0.2, -0.06)
    fan(drawing, root, PI + 0.35 + stir, 0.8, 5, 0.27, 0.08, (paint.pale, paint.white), 0.03)


HERON = Fowl(
    body=tuple((0.88 * x, 0.82 * y) for x, y in EGG),
    stands=0.54,
    rest=((0.13, -0.02), (0.29, -0.15), (0.12, -0.3), (0.25, -0.41)),
    food=((0.13, 0.0), (0.32, -0.06), (0.4, 0.14), (0.42, 0.36)),
    tucked=((0.13, -0.03), (0.24, -0.18), (0.08, -0.24), (-0.04, -0.08)),
    radii=(0.09, 0.042, 0.03, 0.03, 0.043),
    beak=(0.2, 0.026, 0.0),
    wing=((0.11, -0.03), (-0.33, 0.09)),
    width=0.075,
    hips=(-0.03, 0.05),
    stride=0.17,
    thick=1.6,
    toes=0.08,
    eye=0.017,
    before=(_crest,),
    down=1.2,
)
STORK = replace(
    HERON,
    body=tuple((0.9 * x, 0.82 * y) for x, y in PLUMP),
    rest=((0.12, -0.04), (0.23, -0.18), (0.22, -0.29), (0.28, -0.39)),
    tucked=((0.14, -0.05), (0.24, -0.2), (0.1, -0.28), (-0.04, -0.14)),
    radii=(0.12, 0.065, 0.045, 0.042, 0.055),
    beak=(0.25, 0.034, 0.0),
    wing=((0.08, -0.03), (-0.38, 0.1)),
    width=0.085,
    mantle="dark",
    before=(),
)
FLAMINGO = replace(
    STORK,
    body=tuple((0.78 * x, 0.72 * y) for x, y in PLUMP),
    stands=0.57,
    rest=((0.1, -0.02), (0.35, -0.1), (0.06, -0.28), (0.24, -0.37)),
    food=((0.1, 0.0), (0.38, -0.1), (0.36, 0.18), (0.28, 0.4)),
    tucked=((0.14, -0.03), (0.3, -0.2), (0.1, -0.34), (-0.06, -0.16)),
    radii=(0.08, 0.036, 0.03, 0.032, 0.05),
    beak=(0.14, 0.042, 0.075),
    wing=((0.06, -0.03), (-0.3, 0.07)),
    width=0.075,
    feet="colour",
    bill="pale",
    mantle="second",
    before=(_dark_tip,),
    one_leg=True,
    down=2.1,
)
OSTRICH = replace(
    STORK,
    body=PLUMP,
    stands=0.5,
    rest=((0.16, -0.05), (0.3, -0.16), (0.27, -0.33), (0.33, -0.45)),
    radii=(0.06, 0.042, 0.036, 0.034, 0.05),
    beak=(0.085, 0.03, 0.015),
    wing=((0.12, -0.04), (-0.3, 0.08)),
    width=0.11,
    head="skin",
    feet="skin",
    mantle="pale",
    hips=(-0.05, 0.07),
    stride=0.26,
    thick=2.6,
    toes=0.1,
    eye=0.022,
    behind=(_plumes,),
    before=(),
)


def _build(fowl: Fowl, stream: Stream, paint: Paint, form: str) -> Figure:
    return figure_of(fowl, stream, paint)


def _register(name: str, fowl: Fowl, at: tuple[float, float], **own: Any) -> None:
    register(
        Kind(
            name,
            partial(_build, fowl),
            at=at,
            top=(-0.08, -fowl.stands - 0.14),
            shadow=0.26,
            gait=fowl.gait,
            postures=("sit", "sleep"),
            holds=fowl.holds,
            grip=(0.0, -fowl.stands),
            motion="walk",
            **own,
        )
    )


_register(
    "heron", HERON, (1.37, 0.57), height=0.62, width=0.8, home="meadow", hue="grey", metres=1.0
)
_register(
    "stork", STORK, (1.43, 0.57), height=0.62, width=0.85, home="meadow", hue="white", metres=1.1
)
_register(
    "flamingo",
    FLAMINGO,
    (1.49, 0.57),
    height=0.64,
    width=0.75,
    home="meadow",
    hue="pink",
    metres=1.3,
)
_register(
    "ostrich", OSTRICH, (1.55, 0.57), height=0.66, width=0.8, home="desert", hue="black", metres=2.4
)
