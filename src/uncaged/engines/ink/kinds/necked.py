"""Birds with a neck that says who they are: a body, a neck through four points, a head with its beak, legs or none.

One construction for what swims, wades and struts; `waterfowl`, `waders` and `poultry` are rows of numbers for it. The
neck has three attitudes: at rest, down at the food, laid back under the wing in sleep.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Tube, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.gaze import asleep, eye
from uncaged.engines.ink.kinds.plumage import beak, folded_wing, peck, stick_leg, thrust
from uncaged.engines.ink.kinds.shaping import joined
from uncaged.engines.ink.kinds.stepping import STANCE, goes, leap, travel, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, cos, lerp, sin
from uncaged.engines.ink.paint import Paint

Pairs: TypeAlias = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Pose:
    """What its adornments need to know: paint, moment, body middle, the neck, and the angle its head points at."""

    paint: Paint
    moment: Moment
    middle: Array
    neck: Tube
    angle: float


Adornment: TypeAlias = Callable[[Drawing, Pose], None]
"""Draws a comb, a crest, a fan: whatever only this bird has."""


@dataclass(frozen=True, slots=True)
class Fowl:
    """A bird as numbers, in heights; places are from the body's middle.

    body: its contour. stands: height of the middle over the ground. rest, food, tucked: the neck, four points from
    breast to head. radii: along the neck, the last is the head. beak: length, half height, hook. wing: shoulder, end.
    width: half the wing's. hips: x of the two legs; none: it swims. bone: of a leg, as a share of its length.
    head, bill, feet, mantle: which of the paint's colours the neck with the head (none: the body's), the beak, the
    legs and the wing have. behind, before: adornments drawn before the body and after all else. belly: it is pale.
    one_leg: it rests on one.
    """

    body: Pairs
    stands: float
    rest: Pairs
    food: Pairs
    tucked: Pairs
    radii: tuple[float, ...]
    beak: tuple[float, float, float]
    wing: Pairs
    width: float
    hips: tuple[float, ...] = ()
    stride: float = 0.1
    pace: int = 1
    web: bool = False
    thick: float = 1.3
    toes: float = 0.07
    eye: float = 0.022
    head: str = ""
    bill: str = "accent"
    feet: str = "accent"
    mantle: str = "second"
    down: float = 1.1
    behind: tuple[Adornment, ...] = ()
    before: tuple[Adornment, ...] = ()
    belly: bool = False
    one_leg: bool = False
    sag: float = 0.06

    @property
    def gait(self) -> float:
        """What it advances in a cycle, in heights."""
        return travel(self.stride, self.pace) if self.hips else 0.0

    @property
    def holds(self) -> Mapping[str, tuple[float, float]]:
        """Where its beak ends while it holds something."""
        x, y = self.rest[-1]
        x += self.radii[-1] + 0.8 * self.beak[0]
        found = {"stand": (x, y - self.stands)}
        return {**found, "sit": (x, y - self.low)} if self.hips else found

    @property
    def low(self) -> float:
        """Height of the body's middle when it sits: its belly is on the ground."""
        return 0.94 * max(y for _, y in self.body)

    @property
    def reach(self) -> float:
        """Length of a leg that can take a whole step."""
        return float(np.sqrt(self.stride * self.stride + self.stands * self.stands)) * 1.005


def figure_of(fowl: Fowl, stream: Stream, paint: Paint) -> Figure:
    """The bird as this seed has it: neck and legs a little longer or shorter, its phase."""
    longer = stream.uniform(-0.03, 0.05)
    body = smooth(points(*fowl.body), True, 5)
    necks = tuple(points(*row) for row in (fowl.rest, fowl.food, fowl.tucked))

    def figure(drawing: Drawing, moment: Moment) -> None:
        middle = points(0.0, -fowl.stands) + _heave(fowl, moment)
        pose = _posed(fowl, necks, longer, paint, moment, middle)
        _adorn(drawing, fowl.behind, pose)
        _legs(drawing, fowl, pose)
        _trunk(drawing, fowl, pose, middle + body)
        if asleep(moment):  # what is on its head goes under the wing with it
            _adorn(drawing, fowl.before, pose)
        else:
            _face(drawing, fowl, pose)
        shoulder, end = (middle + points(*at) for at in fowl.wing)
        shrug = points(0.0, -0.015 * max(0.0, moment.cycle(0.5, 0.2)))
        folded_wing(
            drawing,
            paint,
            shoulder,
            end + shrug,
            fowl.width,
            getattr(paint, fowl.mantle),
            fowl.sag,
        )
        if not asleep(moment):
            _adorn(drawing, fowl.before, pose)

    return figure


def _adorn(drawing: Drawing, adornments: Sequence[Adornment], pose: Pose) -> None:
    for adorn in adornments:
        adorn(drawing, pose)


def _heave(fowl: Fowl, moment: Moment) -> Array:
    """Swimming rocks, walking rolls, hopping leaps, standing breathes."""
    if not fowl.hips:
        return points(0.012 * moment.cycle(0.5), 0.014 * moment.cycle(1.0))
    if goes(moment):
        roll = 0.012 * moment.cycle(2.0 * fowl.pace, 0.1)
        return points(0.0, roll - leap(moment, 0.2))
    if sits(moment):
        return points(0.0, fowl.stands - fowl.low + 0.004 * moment.cycle(0.5))
    taller = 0.0 if moment.gesture == "hold" else 0.8 * (fowl.reach - fowl.stands)
    return points(0.0, 0.006 * moment.cycle(0.5) - taller)


def sits(moment: Moment) -> bool:
    """Whether it has its legs under it."""
    return moment.posture in ("sit", "lie", "kneel") and not goes(moment)


def _posed(
    fowl: Fowl,
    necks: tuple[Array, ...],
    longer: float,
    paint: Paint,
    moment: Moment,
    middle: Array,
) -> Pose:
    """The neck between its attitudes, moved a little by breath, by the walk and by where it looks."""
    rest, food, tucked = necks
    down, share = peck(moment), np.linspace(0, 1, len(rest))[:, None]
    line = lerp(rest, food, down)
    angle = fowl.down * down
    if asleep(moment):
        line, angle, share = tucked, 2.6, share * 0.3
    steady = 0.0 if moment.gesture == "hold" else 1.0
    nod = points(0.012 * moment.cycle(0.5, 0.25), 0.012 * moment.cycle(0.5, 0.4)) * steady
    ahead = 0.0
    if goes(moment) and fowl.hips:
        phase = fowl.pace * moment.turn(1.0)
        ahead = thrust(phase, 2 * fowl.stride * moment.stride / STANCE)
    stretch = points(0.0, -longer * steady * (1 - down))
    look = points(*moment.look) * 0.03 * steady
    line = line + (nod + stretch + look + points(ahead, 0.0)) * share
    neck = Tube(middle + line, fowl.radii, 22)
    return Pose(paint, moment, middle, neck, angle + 0.25 * float(look[1]) / 0.03)


def _legs(drawing: Drawing, fowl: Fowl, pose: Pose) -> None:
    """The far leg, then the near one."""
    if sits(pose.moment):
        return
    colour = getattr(pose.paint, fowl.feet)
    low = float(pose.middle[1])
    for k, x in enumerate(fowl.hips):
        dx, dy = tread(pose.moment, 0.5 * k, fowl.stride, 0.35 * fowl.stands, fowl.pace)
        if fowl.one_leg and k == 0 and not goes(pose.moment):
            dx, dy = 0.1, 0.42 * low
        hip, foot = points(x, low), points(x + dx, min(dy, 0.0))
        stick_leg(drawing, hip, foot, 0.5 * fowl.reach, colour, fowl.thick, fowl.toes, fowl.web)


def _trunk(drawing: Drawing, fowl: Fowl, pose: Pose, body: Array) -> None:
    """Body and neck in one form, or a neck of another colour behind the body."""
    paint, neck = pose.paint, pose.neck.outline()
    if fowl.head:
        drawing.form(neck, getattr(paint, fowl.head), body=pose.neck, shade=0.7)
        joined(drawing, paint, [body], paint.colour, body=body)
    else:
        joined(drawing, paint, [body, neck], paint.colour, body=body)
    if fowl.belly:
        low = body[body[:, 1] > float(pose.middle[1]) + 0.02]
        if len(low) > 4:
            pale = pose.middle + (low - pose.middle) * (0.82, 0.86)
            drawing.form(smooth(pale[::3], True, 3), paint.pale, line=0, shade=0.3, alpha=190)


def _face(drawing: Drawing, fowl: Fowl, pose: Pose) -> None:
    """Beak and eye. The head turns with the neck's attitude."""
    paint, moment = pose.paint, pose.moment
    head, radius, angle = pose.neck.p[-1], fowl.radii[-1], pose.angle
    ahead, up = points(cos(angle), sin(angle)), points(sin(angle), -cos(angle))
    length, depth, hook = fowl.beak
    gape = 0.25 * max(0.0, moment.cycle(2.0)) if moment.joy > 0.5 else 0.02
    root = head + ahead * (radius * 0.82)
    beak(drawing, root, angle, length, depth, getattr(paint, fowl.bill), hook, gape)
    x, y = (head + (ahead + up) * (radius * 0.22)).tolist()
    lid: Colour = getattr(paint, fowl.head) if fowl.head else paint.colour
    eye(drawing, paint, moment, x, y, fowl.eye, lid)
