"""Parrot and toucan: upright, with a beak that is half the head and a tail that hangs. In the air they are long birds.

Rows of numbers for one construction: the head, its cheek, a wing in three bands, a tail of long feathers.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from uncaged.engines.ink.curves import Tube, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.plumage import beak, peck
from uncaged.engines.ink.kinds.shaping import blade, joined, turned
from uncaged.engines.ink.kinds.stepping import leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, lerp
from uncaged.engines.ink.paint import Paint

STRIDE = 0.05
BODY = points((-0.13, -0.16), (-0.08, -0.32), (0.02, -0.5), (0.09, -0.66), (0.14, -0.79))
RADII = (0.06, 0.16, 0.19, 0.15, 0.15)
HEAD = points(0.15, -0.8)


@dataclass(frozen=True, slots=True)
class Parrot:
    """beak: length, half height, hook. tail: length of its longest feather. crest: feathers on its head.

    bib: a pale throat.
    """

    beak: tuple[float, float, float]
    tail: float
    crest: bool
    bib: bool


FORMS = {
    "macaw": Parrot((0.15, 0.095, 0.13), 0.62, False, False),
    "cockatoo": Parrot((0.14, 0.085, 0.12), 0.36, True, False),
}
TOUCAN = Parrot((0.44, 0.105, 0.1), 0.34, False, True)


def build(own: Parrot | None, stream: Stream, paint: Paint, form: str) -> Figure:
    """A perched bird of the form, or of one its seed chooses."""
    shape = own or FORMS.get(form) or FORMS[stream.sub("form").pick(("macaw", "macaw", "cockatoo"))]
    phase = stream.uniform()

    def figure(drawing: Drawing, moment: Moment) -> None:
        bob = 0.03 * moment.cycle(1.0, phase) if moment.joy > 0.3 else 0.008 * moment.cycle(0.5)
        down = peck(moment)
        if moment.gesture == "hold":
            bob = 0.0
        heave = points(0.0, bob - leap(moment, 0.22))
        bow = points(0.2, 0.42) * down
        bend = np.linspace(0, 1, len(BODY))[:, None]
        body = Tube(BODY + heave + bow * bend * bend, RADII, 24)
        _tail(drawing, paint, shape, body.p[0], moment)
        for k, x in enumerate((0.0, 0.1)):
            dx, dy = tread(moment, 0.5 * k, STRIDE, 0.07, 2)
            _foot(drawing, paint, points(x + dx, dy), body.at(0.2, 0.0))
        joined(drawing, paint, [body.outline()], paint.colour, body=body.outline(), along=body)
        tilt = 0.12 * moment.cycle(0.25, phase) * (0.0 if moment.gesture == "hold" else 1.0)
        _head(drawing, paint, shape, moment, body.p[-1], tilt + 1.1 * down)
        _wing(drawing, paint, body, moment)

    return figure


def _head(
    drawing: Drawing, paint: Paint, shape: Parrot, moment: Moment, at: Array, angle: float
) -> None:
    """Cheek, eye and beak, turned together; asleep it is laid back."""
    angle = -0.2 if asleep(moment) else angle
    if shape.crest:
        for k in range(4):
            rise = (
                0.3 + 0.12 * max(0.0, moment.joy, moment.stir) + 0.03 * moment.cycle(0.5, 0.1 * k)
            )
            tip = points(-0.1 - 0.05 * k, -rise + 0.05 * k)
            plume = blade(points(0.02 - 0.03 * k, -0.1), tip, 0.035, 0.3)
            drawing.form(turned(plume, angle, at), paint.accent, line=0.8, shade=0.4)
    if shape.bib:
        bib = points((0.05, -0.05), (0.13, 0.04), (0.11, 0.2), (-0.02, 0.26), (-0.03, 0.08))
        drawing.form(
            turned(smooth(bib, True, 4), 0.4 * angle, at), paint.white, line=0.5, shade=0.3
        )
    root = at + turned(points((0.115, 0.02)), angle)[0]
    length, depth, hook = shape.beak
    gape = 0.22 * max(0.0, moment.cycle(1.5)) if moment.joy > 0.2 else 0.03
    colour = paint.glow if shape.bib else paint.dark
    beak(drawing, root, angle, length, depth, colour, hook, gape)
    if shape.bib:
        tip = points((0.72, -0.3), (1.0, 0.75), (0.86, 0.75), (0.72, 0.2)) * (length, depth)
        drawing.form(turned(smooth(tip, True, 3), angle, root), paint.dark, line=0, shade=0)
    cheek = circle(0.055, -0.02, 0.075, 0.085, 16)
    drawing.form(turned(cheek, angle, at), paint.white, line=0.6, shade=0.3)
    x, y = (at + turned(points((0.05, -0.035)), angle)[0]).tolist()
    eye(drawing, paint, moment, x, y, 0.033, paint.colour)


def _wing(drawing: Drawing, paint: Paint, body: Tube, moment: Moment) -> None:
    """A folded wing in three bands of colour."""
    lift = 0.05 * max(0.0, moment.cycle(0.5, 0.2))
    root, end = body.at(0.72, 0.25), body.at(0.0, 0.3) + points(-0.08 - lift, 0.02)
    for k, colour in enumerate((paint.shadow, paint.accent, paint.second)):
        share = (1.0, 0.72, 0.46)[k]
        tip = lerp(root, end, share)
        wing = leaf(root, tip, 0.125 - 0.015 * k, -0.1, 12)
        drawing.form(wing.outline(), colour, line=0.8, shade=0.5)
        for v in (-0.35, 0.25) if k == 0 else ():
            drawing.stroke(wing.at(np.linspace(0.5, 0.94, 5), v), 0.6, paint.ink, wobble=0.2)


def _tail(drawing: Drawing, paint: Paint, shape: Parrot, root: Array, moment: Moment) -> None:
    """Long feathers down and back; they swing late."""
    swing = 0.03 * moment.cycle(0.5, 0.25)
    for k in range(4):
        length = shape.tail * (0.7 + 0.1 * k)
        reach = points(-0.86 * length - swing, 0.16 * length * (1 - 0.25 * k))
        feather = blade(root + points(0.05, 0.0), root + reach, 0.045, 0.08)
        tone = (paint.accent, paint.second, paint.shadow, paint.colour)[k]
        drawing.form(feather, tone, line=0.8, shade=0.4)


def _foot(drawing: Drawing, paint: Paint, foot: Array, hip: Array) -> None:
    """A short feathered leg and a foot of two toes."""
    leg = Tube([points(foot[0], hip[1] + 0.04), foot - points(0.0, 0.03)], [0.07, 0.03], 8)
    drawing.form(leg.outline(), paint.shadow, line=0.8, shade=0.4)
    for k in (-1, 1):
        toe = points((-0.02, -0.045), (0.03, -0.04), (0.06, 0.0), (-0.03, 0.0))
        drawing.form(foot + toe * (k, 1.0), paint.dark, line=0.5, shade=0.2)


def _register(name: str, own: Parrot | None, at: tuple[float, float], **more: Any) -> None:
    shape = own or FORMS["macaw"]
    register(
        Kind(
            name,
            partial(build, own),
            at=at,
            home="jungle",
            width=1.0,
            top=(0.05, -0.85),
            shadow=0.24,
            gait=travel(STRIDE, 2),
            instead=dict.fromkeys(
                ("fly", "glide", "rise", "sink", "enter", "leave", "drift-left", "drift-right"),
                "bird",
            ),
            postures=("sleep",),
            holds={"stand": (0.27 + 0.85 * shape.beak[0], -0.72)},
            grip=(0.0, -0.5),
            **more,
        )
    )


_register("parrot", None, (1.85, 0.57), height=0.42, metres=0.7, forms=tuple(FORMS))
_register("toucan", TOUCAN, (1.91, 0.57), height=0.42, metres=0.5, hue="black")
