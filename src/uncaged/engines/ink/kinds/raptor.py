"""Eagle and vulture: hanging on broad fingered wings, or standing upright, hooked and hunched."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import eye
from uncaged.engines.ink.kinds.necked import Fowl, Pose, figure_of
from uncaged.engines.ink.kinds.plumage import beak, fan
from uncaged.engines.ink.kinds.shaping import turned
from uncaged.engines.ink.kinds.soaring import Span, wings
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Array, Stream
from uncaged.engines.ink.paint import Paint


@dataclass(frozen=True, slots=True)
class Raptor:
    """head, tail: which of the paint's colours they have. neck: how far the head is out. ruff: it has a collar.

    span: its wings.
    """

    head: str
    tail: str
    neck: float
    ruff: bool
    span: Span


def _ruff(drawing: Drawing, pose: Pose) -> None:
    """A vulture's collar of down, where the bare neck leaves the body."""
    root = pose.neck.at(0.2, 0.0)
    fan(drawing, root + points(0.0, 0.04), -0.5 * PI, 1.9, 7, 0.13, 0.05, (pose.paint.pale,))


def _breeches(drawing: Drawing, pose: Pose) -> None:
    """Feathered thighs."""
    if pose.moment.posture in ("sit", "lie"):
        return
    for x in (-0.03, 0.09):
        thigh = Tube(
            pose.middle + points((x, 0.05), (x + 0.01, 0.2), (x, 0.32)), [0.1, 0.085, 0.035], 10
        )
        drawing.form(thigh.outline(), pose.paint.shadow, line=0.8, shade=0.5)


EAGLE = Raptor("pale", "pale", 0.24, False, Span(0.34, 0.26, 0.26, 6, 0.24, 0.75))
VULTURE = Raptor("lip", "shadow", 0.22, True, Span(0.38, 0.24, 0.3, 6, 0.26, 0.75))

PERCHED = Fowl(
    body=(
        (-0.34, 0.36),
        (-0.24, 0.02),
        (-0.12, -0.22),
        (0.06, -0.34),
        (0.22, -0.24),
        (0.26, 0.0),
        (0.16, 0.22),
        (-0.04, 0.27),
        (-0.16, 0.4),
    ),
    stands=0.46,
    rest=((0.06, -0.16), (0.1, -0.28), (0.12, -0.36), (0.17, -0.42)),
    food=((0.08, -0.1), (0.3, -0.18), (0.42, 0.0), (0.44, 0.16)),
    tucked=((0.06, -0.16), (0.1, -0.26), (0.06, -0.32), (0.02, -0.3)),
    radii=(0.16, 0.14, 0.12, 0.115),
    beak=(0.15, 0.06, 0.09),
    wing=((0.04, -0.22), (-0.34, 0.4)),
    width=0.13,
    hips=(-0.02, 0.1),
    stride=0.1,
    pace=2,
    thick=2.2,
    toes=0.1,
    eye=0.028,
    head="pale",
    mantle="colour",
    behind=(_breeches,),
    sag=-0.02,
)
HUNCHED = replace(
    PERCHED,
    rest=((0.06, -0.2), (0.2, -0.4), (0.34, -0.38), (0.4, -0.26)),
    tucked=((0.06, -0.16), (0.16, -0.3), (0.18, -0.2), (0.12, -0.08)),
    radii=(0.08, 0.05, 0.045, 0.075),
    head="lip",
    before=(_ruff,),
)


def flying(raptor: Raptor, stream: Stream, paint: Paint, form: str) -> Figure:
    """It hangs in the air, its head to the side."""
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        heave = points(0.0, 0.025 * moment.cycle(raptor.span.beats, 0.45 - phase))
        tail = getattr(paint, raptor.tail)
        stir = 0.05 * moment.cycle(0.5, 0.3)
        fan(
            drawing,
            heave + points(-0.02, 0.06),
            0.5 * PI + 0.12,
            0.42 + stir,
            5,
            0.26,
            0.06,
            (tail,),
        )
        shoulder = points(0.08, -0.1) + heave
        wings(drawing, paint, moment, raptor.span, shoulder, (paint.colour, paint.second), phase)
        _body(drawing, paint, raptor, moment, heave)
        for x in (-0.06, 0.06):
            _talons(drawing, paint, points(x, 0.17) + heave)

    return figure


def _body(drawing: Drawing, paint: Paint, raptor: Raptor, moment: Moment, at: Array) -> None:
    trunk = points(
        (-0.02, -0.17), (-0.13, -0.06), (-0.08, 0.12), (0.0, 0.2), (0.08, 0.12), (0.13, -0.06)
    )
    drawing.form(smooth(trunk, True, 4) + at, paint.colour, shade=0.8)
    look = points(*moment.look) * 0.03
    head = points(0.07, -0.08 - raptor.neck) + look + at
    neck = Tube([at + points(0.0, -0.08), at + points(0.02, -0.16), head], [0.1, 0.07, 0.075], 12)
    drawing.form(neck.outline(), getattr(paint, raptor.head), shade=0.5)
    if raptor.ruff:
        ruff = circle(0.0, -0.13, 0.1, 0.06, 12) + at
        drawing.form(ruff, paint.pale, line=0.7, shade=0.4)
    beak(drawing, head + points(0.06, 0.0), 0.1, 0.11, 0.045, paint.accent, 0.06)
    x, y = (head + points(0.025, -0.02)).tolist()
    eye(drawing, paint, moment, x, y, 0.02, getattr(paint, raptor.head))


def _talons(drawing: Drawing, paint: Paint, at: Array) -> None:
    for k in (-1, 0, 1):
        claw = points((-0.014, -0.05), (0.014, -0.05), (0.012, 0.01), (0.0, 0.04), (-0.012, 0.01))
        drawing.form(turned(claw, -0.5 * k, at), paint.accent, line=0.6, shade=0.2)


def _standing(fowl: Fowl, stream: Stream, paint: Paint, form: str) -> Figure:
    return figure_of(fowl, stream, paint)


def _register(
    name: str,
    raptor: Raptor,
    fowl: Fowl,
    at: tuple[float, float],
    foot: tuple[float, float],
    **own: Any,
) -> None:
    """A kind that hangs in the air, and its hidden twin that stands."""
    stands = f"{name}-standing"
    register(
        Kind(
            name,
            partial(flying, raptor),
            at=at,
            height=0.52,
            domain="air",
            width=1.6,
            top=(0.0, -0.2),
            motion="fly",
            instead=dict.fromkeys(("still", "walk", "run", "hop", "bounce", "dance"), stands),
            perched=stands,
            holds={"stand": (0.0, 0.2)},
            grip=(0.0, 0.0),
            **own,
        )
    )
    register(
        Kind(
            stands,
            partial(_standing, fowl),
            at=foot,
            height=0.46,
            width=0.8,
            top=(0.0, -0.75),
            shadow=0.26,
            gait=fowl.gait,
            motion="walk",
            hidden=True,
            postures=("sit", "sleep"),
            holds=fowl.holds,
            grip=(0.0, -0.4),
            **own,
        )
    )


_register(
    "eagle", EAGLE, PERCHED, (1.67, 0.57), (1.67, 0.63), hue="brown", home="hills", metres=0.9
)
_register(
    "vulture", VULTURE, HUNCHED, (1.73, 0.57), (1.73, 0.63), hue="black", home="desert", metres=0.9
)
