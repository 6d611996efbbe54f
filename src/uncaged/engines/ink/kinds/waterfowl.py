"""Duck, goose, swan and pelican: rows of numbers for `necked`.

On water they swim, on land they stand on webbed feet.
"""

from dataclasses import replace
from functools import partial
from typing import Any

from uncaged.engines.ink.curves import bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep
from uncaged.engines.ink.kinds.necked import Fowl, Pose, figure_of
from uncaged.engines.ink.kinds.plumage import fan
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.numbers import PI, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

BOAT = (
    (-0.56, -0.22),
    (-0.36, -0.12),
    (-0.1, -0.16),
    (0.18, -0.19),
    (0.37, -0.06),
    (0.34, 0.1),
    (0.1, 0.17),
    (-0.2, 0.15),
    (-0.44, 0.0),
)
"""A body like a boat, its tail flicked up."""
STOUT = tuple((1.2 * x, 1.3 * y) for x, y in BOAT)
LEGS = 0.2
"""How much higher a standing one is than one that swims."""
ON_LAND = ("walk", "run", "hop", "crawl", "dance", "bounce")


def _sail(drawing: Drawing, pose: Pose) -> None:
    """The raised wings of a swan, shivering a little."""
    paint = pose.paint
    root = pose.middle + points(0.16, -0.02)
    spread = 0.42 + 0.04 * pose.moment.cycle(0.5, 0.3)
    fan(drawing, root, PI + 0.62, spread, 5, 0.66, 0.11, (paint.second, paint.pale), 0.03)


def _mask(drawing: Drawing, pose: Pose) -> None:
    """The dark skin and the knob where a swan's beak begins."""
    if asleep(pose.moment):
        return
    angle, head = pose.angle, pose.neck.p[-1]
    shape = points((0.02, -0.055), (0.08, -0.06), (0.1, -0.02), (0.075, 0.02), (0.02, 0.0))
    drawing.form(
        turned(smooth(shape, True, 3), angle, head), pose.paint.dark, line=0.4, shade=0, key="mask"
    )


def _collar(drawing: Drawing, pose: Pose) -> None:
    """A pale ring round the neck."""
    ring = pose.neck.at((0.42, 0.42, 0.42, 0.5, 0.5, 0.5), (-1, 0, 1, 1, 0, -1))
    drawing.form(ring, pose.paint.white, line=0.5, shade=0)


def _curl(drawing: Drawing, pose: Pose) -> None:
    """A drake's tail feather curls up."""
    root = pose.middle + points(-0.52, -0.16)
    curl = smooth(points((0, 0), (-0.1, -0.08), (-0.08, -0.17), (-0.0, -0.14)) + root)
    drawing.stroke(curl, 2.0, pose.paint.dark, wobble=0.2)


def _pouch(drawing: Drawing, pose: Pose) -> None:
    """The bag below a pelican's beak."""
    if asleep(pose.moment):
        return
    head, angle = pose.neck.p[-1], pose.angle
    root = head + points(cos(angle), sin(angle)) * 0.03
    bag = bezier((0.0, 0.02), (0.14, 0.27 + 0.02 * pose.moment.cycle(0.5)), (0.4, 0.03), 10)
    drawing.form(turned(bag, angle, root), pose.paint.glow, line=0.8, shade=0.9)


SWAN = Fowl(
    body=BOAT,
    stands=0.13,
    rest=((0.27, -0.06), (0.45, -0.36), (0.24, -0.62), (0.36, -0.78)),
    food=((0.27, -0.06), (0.5, -0.25), (0.62, -0.12), (0.68, 0.08)),
    tucked=((0.26, -0.08), (0.36, -0.34), (0.14, -0.4), (-0.06, -0.22)),
    radii=(0.13, 0.075, 0.05, 0.048, 0.066),
    beak=(0.13, 0.036, 0.015),
    wing=((0.2, -0.05), (-0.52, -0.22)),
    width=0.13,
    web=True,
    behind=(_sail,),
    before=(_mask,),
    mantle="colour",
    thick=1.8,
    toes=0.1,
)
GOOSE = replace(
    SWAN,
    rest=((0.26, -0.06), (0.36, -0.3), (0.35, -0.52), (0.42, -0.66)),
    tucked=((0.26, -0.08), (0.36, -0.26), (0.16, -0.34), (-0.06, -0.22)),
    radii=(0.14, 0.085, 0.062, 0.058, 0.08),
    beak=(0.15, 0.05, 0.0),
    behind=(),
    before=(),
    mantle="second",
    belly=True,
)
DUCK = Fowl(
    body=STOUT,
    stands=0.18,
    rest=((0.27, -0.1), (0.38, -0.3), (0.38, -0.42), (0.45, -0.52)),
    food=((0.3, -0.08), (0.5, -0.2), (0.6, -0.05), (0.62, 0.12)),
    tucked=((0.27, -0.1), (0.34, -0.3), (0.2, -0.38), (0.02, -0.3)),
    radii=(0.15, 0.11, 0.085, 0.1, 0.13),
    beak=(0.22, 0.05, -0.02),
    wing=((0.26, -0.05), (-0.56, -0.14)),
    width=0.16,
    web=True,
    eye=0.03,
    head="leaf",
    before=(_collar, _curl),
    thick=1.8,
    toes=0.11,
)
PELICAN = replace(
    GOOSE,
    rest=((0.26, -0.06), (0.4, -0.28), (0.26, -0.46), (0.36, -0.6)),
    radii=(0.14, 0.08, 0.055, 0.055, 0.075),
    beak=(0.46, 0.035, 0.05),
    behind=(_pouch,),
    belly=False,
)


def _standing(fowl: Fowl) -> Fowl:
    """The same bird on its feet, its food a leg's length lower."""
    food = tuple((x - 0.06, y + LEGS * k / 3) for k, (x, y) in enumerate(fowl.food))
    return replace(
        fowl,
        stands=fowl.stands + LEGS,
        food=food,
        hips=(-0.02, 0.08),
        stride=0.09,
        pace=2,
        behind=tuple(a for a in fowl.behind if a is not _sail),
    )


def _build(fowl: Fowl, stream: Stream, paint: Paint, form: str) -> Figure:
    return figure_of(fowl, stream, paint)


def _register(
    name: str, fowl: Fowl, at: tuple[float, float], foot: tuple[float, float], **own: Any
) -> None:
    """A kind that floats, and its hidden twin that stands, at two points of the plane."""
    land = _standing(fowl)
    common: dict[str, Any] = {
        "top": (-0.1, -0.36),
        "postures": ("sit", "sleep"),
        "grip": (0.0, -0.2),
        **own,
    }
    register(
        Kind(
            name,
            partial(_build, fowl),
            at=at,
            domain="water",
            home="water",
            motion="swim",
            instead=dict.fromkeys(ON_LAND, f"{name}-standing"),
            perched=f"{name}-standing",
            holds=fowl.holds,
            **common,
        )
    )
    register(
        Kind(
            f"{name}-standing",
            partial(_build, land),
            at=foot,
            home="meadow",
            motion="walk",
            hidden=True,
            shadow=0.34,
            gait=land.gait,
            holds=land.holds,
            **common,
        )
    )


_register("duck", DUCK, (1.13, 0.57), (1.13, 0.63), height=0.36, width=1.35, metres=0.45)
_register(
    "goose", GOOSE, (1.19, 0.57), (1.19, 0.63), height=0.42, width=1.15, hue="white", metres=0.8
)
_register("swan", SWAN, (1.25, 0.57), (1.25, 0.63), height=0.5, width=1.2, hue="white", metres=1.1)
_register("pelican", PELICAN, (1.31, 0.57), (1.31, 0.63), height=0.46, width=1.3, metres=1.2)
