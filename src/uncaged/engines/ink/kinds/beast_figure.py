"""How one four-legged animal is drawn from its row of numbers; the rows are in `beasts`.

Order: far legs, tail, what stands up behind the head, near legs with body, neck and head as one form, then marks, ears
and face. Knows no names of animals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, points
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Build, Figure
from uncaged.engines.ink.kinds.beast_parts import Part, Posture, muzzle, wool
from uncaged.engines.ink.kinds.eyes import bead_eye, round_eye
from uncaged.engines.ink.kinds.quadruped import Gait, Leg, Limb, bob, fore_leg, hind_leg, walks
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

Spine: TypeAlias = tuple[tuple[float, float, float], ...]
"""A tube: x, y and half width at each of its points."""

FAR = points(0.05, 0.0)
"""The far legs stand a little ahead of the near ones."""


@dataclass(frozen=True, slots=True)
class Beast:
    """A four-legged animal in numbers, in heights, y down, facing right, feet on y = 0.

    body, neck, head: from the rump forwards; tail: from its root. hips: where hind and fore legs hang from.
    eye: its place along the head and its radius. wag: swings of the tail a second. crown: what stands up behind the
    head; ears, face: before it; marks: on the body. socks: dark paws. dark: legs, head and ears are of the dark
    colour, and the body is wool.
    """

    body: Spine
    neck: Spine
    head: Spine
    tail: Spine
    hips: tuple[tuple[float, float], tuple[float, float]]
    hind: Leg
    fore: Leg
    gait: Gait
    eye: tuple[float, float] = (0.42, 0.017)
    wag: float = 0.5
    crown: Part | None = None
    ears: Part | None = None
    face: Part | None = muzzle
    marks: Sequence[Part] = ()
    socks: bool = False
    dark: bool = False

    @property
    def shod(self) -> bool:
        """Whether its feet are of another colour than its legs."""
        return self.hind.hoof or self.socks


def of(beast: Beast) -> Build:
    """What a kind needs to draw this animal."""
    return lambda stream, paint, form: build(stream, paint, beast)


def build(stream: Stream, paint: Paint, beast: Beast) -> Figure:
    """An animal from its row."""
    hide = paint
    if beast.dark:
        hide = paint.evolve(colour=paint.dark, shadow=paint.dark, second=paint.dark)
    coat = wool(stream.sub("wool")) if beast.dark else None

    def figure(drawing: Drawing, moment: Moment) -> None:
        at = _posture(beast, moment)
        near, far = _legs(beast, moment, at)
        _stand(drawing, beast, far, hide.shadow, paint.dark)
        _tail(drawing, paint, beast, at)
        if beast.crown:
            beast.crown(drawing, paint, at)
        if coat:
            _stand(drawing, beast, near, hide.colour, paint.dark)
            coat(drawing, paint, at)
        else:
            _coat(drawing, paint, beast, at, near)
        for draw in (*beast.marks, beast.face, beast.ears):
            if draw:
                draw(drawing, hide, at)
        _eye(drawing, paint, beast, at)

    return figure


@cache
def _rows(spine: Spine) -> Array:
    return np.array(spine)


def _tube(spine: Spine, shift: Array, count: int) -> Tube:
    rows = _rows(spine)
    return Tube(rows[:, :2] + shift, rows[:, 2], count)


def _posture(beast: Beast, moment: Moment) -> Posture:
    """The tubes of a moment: the body heaves, the head nods after it, the tail swings later still."""
    lift = points(0.0, bob(beast.gait, moment))
    nod = 0.02 * moment.cycle(1.0, 0.1) if walks(moment) else 0.012 * moment.cycle(0.5)
    head = _tube(beast.head, lift + points(0.0, nod), 16)
    swing = 0.06 * (moment.cycle(beast.wag, 0.15) + 0.4 * moment.cycle(1.0, 0.3))
    out = np.linspace(0, 1, len(beast.tail))[:, None]
    return Posture(
        moment,
        body=_tube(beast.body, lift, 24),
        neck=_tube(beast.neck, lift + points(0.0, nod * 0.5), 10),
        head=head,
        tail=_tube(beast.tail, lift + points(1.0, 0.3) * swing * out * out, 18),
        lift=lift,
        skull=head.at(0.14, 0.75),
    )


def _legs(beast: Beast, moment: Moment, at: Posture) -> tuple[list[Limb], list[Limb]]:
    """Near and far legs, each pair hind leg first."""
    gait, (hind, fore) = beast.gait, (points(*hip) + at.lift for hip in beast.hips)
    near = [
        hind_leg(gait, beast.hind, moment, hind, gait.hind),
        fore_leg(gait, beast.fore, moment, fore, gait.fore),
    ]
    far = [
        hind_leg(gait, beast.hind, moment, hind + FAR, gait.far_hind),
        fore_leg(gait, beast.fore, moment, fore + FAR, gait.far_fore),
    ]
    return near, far


def _stand(drawing: Drawing, beast: Beast, legs: list[Limb], colour: Colour, dark: Colour) -> None:
    """Legs that are not part of the body's form: the far ones, and all of a sheep's."""
    for leg in legs:
        if beast.shod:
            drawing.form(leg.contour, colour, line=0.8, shade=0.4)
            drawing.form(leg.paw, dark, line=0.7, shade=0.2)
        else:
            drawing.union([leg.contour, leg.paw], colour, line=0.8, shade=0.4)


def _tail(drawing: Drawing, paint: Paint, beast: Beast, at: Posture) -> None:
    """The tail carries the pattern, but for wool."""
    drawing.form(
        at.tail.outline(),
        paint.colour,
        fill="plain" if beast.dark else paint.fill,
        body=at.tail,
        colour2=paint.pattern,
        line=0.85,
        shade=0.6,
    )


def _coat(drawing: Drawing, paint: Paint, beast: Beast, at: Posture, near: list[Limb]) -> None:
    """Near legs, body, neck and head in one form; the pattern lies on the body."""
    outlined = paint.fill == "outlined"
    paws = [] if beast.shod else [leg.paw for leg in near]
    drawing.union(
        [*(leg.contour for leg in near), *paws]
        + [tube.outline() for tube in (at.body, at.neck, at.head)],
        paint.white if outlined else paint.colour,
        shade=0.3 if outlined else 0.8,
        line=1.6 if outlined else 1.0,
        ink=paint.colour if outlined else None,
    )
    for leg in near if beast.shod else ():
        drawing.form(leg.paw, paint.dark, line=0, shade=0)
    if paint.fill not in ("plain", "outlined"):
        drawing.form(
            at.body.outline(),
            paint.colour,
            line=0,
            fill=paint.fill,
            body=at.body,
            colour2=paint.pattern,
            shade=0.6,
        )


def _eye(drawing: Drawing, paint: Paint, beast: Beast, at: Posture) -> None:
    """A bead; on a dark head a white eye."""
    along, radius = beast.eye
    eye = at.head.at(along, 0.3)
    x, y = float(eye[0]), float(eye[1])
    if beast.dark:
        round_eye(drawing, paint, x, y, radius, 0.004)
    else:
        bead_eye(drawing, paint, x, y, radius)
