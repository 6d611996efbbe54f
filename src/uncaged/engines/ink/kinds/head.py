"""A head that looks at us over the lower edge of the picture and turns slowly. Knows no setting.

How it is built, in painter's order: hair behind, neck, shoulders, ears, skull with a shadow plane down its far side,
beard, features, hair in front. The features move over the skull as it turns; skull and features are drawn by lot, so
that no two heads are of one type. `paint.wears` puts a scarf round it.
"""

from dataclasses import dataclass
from functools import partial
from math import sqrt

from uncaged.engines.ink.colour import mix
from uncaged.engines.ink.curves import Tube, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.expression import mood
from uncaged.engines.ink.kinds.hairdo import STYLES, TOPS, behind, front
from uncaged.engines.ink.kinds.portrait import (
    EYE_LINE,
    Features,
    Turn,
    draw_beard,
    draw_features,
    features,
)
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream, clamp
from uncaged.engines.ink.paint import Paint

OTHERS = {
    "child": ("bob", "crop", "curl", "braids", "ponytail", "afro"),
    "elder": ("bun", "crop", "bald", "bob", "curl"),
    "hat": ("bob", "crop", "long", "braids"),
    "crown": ("long", "curl", "crop", "braids"),
}
"""Forms that are no hairdo, and the hair they choose from."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the lot decided. style: one of `STYLES`. collar: round, open or high. top: a row of `TOPS`, or ""."""

    paint: Paint
    face: Features
    style: str
    beard: bool
    earrings: bool
    collar: str
    top: str


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A head; `form` is its hair (one of `STYLES`), its age or what it wears, or "" for one by lot. A scarf first."""
    lots = (
        "long",
        "bob",
        "curl",
        "crop",
        "bun",
        "braids",
        "crop",
        "scarf",
        "bald",
        "afro",
        "ponytail",
    )
    if form in OTHERS:
        lots = OTHERS[form]
    lot = stream.pick(lots)
    style = "scarf" if paint.wears else form if form in STYLES else lot
    beard = stream.chance(0.45) and style in ("crop", "curl", "bald") and form != "child"
    face = features(stream.sub("face"), form)
    if face.lines and paint.hair != paint.skin:
        grey = mix(paint.hair, paint.palette.light, 0.6)
        paint = paint.evolve(hair=grey, hair_light=mix(grey, paint.palette.light, 0.5))
    earrings = stream.chance(0.55) and not beard and form != "child"
    collar = stream.pick(("round", "open", "high"))
    top = form if form in TOPS and style != "scarf" else ""
    return partial(_draw, Head(paint, face, style, beard, earrings, collar, top))


def _draw(head: Head, d: Drawing, m: Moment) -> None:
    paint = head.paint
    says, turn = mood(m), _turn(m)
    behind(d, paint, head.style, turn)
    _shoulders(head, d, turn)
    for side in (-1, 1):
        _ear(head, d, turn, side)
    _skull(head, d, turn)
    if head.beard:
        draw_beard(d, paint, head.face, turn)
    draw_features(d, paint, head.face, turn, says)
    front(d, paint, head.style, head.face, turn)
    if head.top:
        TOPS[head.top](d, paint, turn)


def _turn(m: Moment) -> Turn:
    """By itself it turns slowly to and fro; it may be asked to look somewhere, and it hangs in sorrow and in sleep."""
    yaw, up = 0.35 + 0.35 * m.cycle(0.5), 0.0
    x, y = clamp(m.look[0], -1e6, 1e6), clamp(m.look[1], -1e6, 1e6)
    far = sqrt(x * x + y * y)
    if far > 1e-6:
        yaw, up = 0.95 * x / far + 0.05 * m.cycle(0.5), -y / far
    sunk = 0.02 * max(0.0, -clamp(m.joy, -1.0, 1.0)) + 0.03 * (m.posture == "sleep")
    nod = 0.012 * m.cycle(0.5, 0.25) + sunk - 0.02 * up
    return Turn(yaw, yaw * 0.075, nod, 0.03 * m.cycle(0.5, 0.18), up)


def _shoulders(head: Head, d: Drawing, turn: Turn) -> None:
    paint = head.paint
    top = turn.at((0.0, 0.12))[0]
    width = 0.07 + head.face.jaw * 0.2
    neck = Tube([top, points(0.0, -0.15)], [width, width + 0.006], 8)
    d.form(neck.outline(), paint.skin_shadow, line=0.8, shade=0.6, key="neck")
    line = [(-0.52, 0.02), (-0.46, -0.12), (-0.2, -0.2), (-0.1, -0.24)]
    outline = smooth([*line, *((-x, y) for x, y in reversed(line))], False, 4)
    d.form(
        outline, paint.colour, fill=paint.fill, colour2=paint.pattern, shade=0.9, key="shoulders"
    )
    if head.collar == "high":
        roll = Tube([(-0.11, -0.235), (0.0, -0.205), (0.11, -0.235)], [0.028, 0.036, 0.028], 12)
        d.form(roll.outline(), paint.colour, line=0.9, shade=0.5, key="collar")
    elif head.collar == "open":
        skin = smooth([(-0.1, -0.245), (-0.03, -0.15), (0.01, -0.12), (0.1, -0.245)], True, 3)
        d.form(skin, paint.skin_shadow, line=0, shade=0.2, key="throat")
        for side in (-1, 1):
            flap = points(
                (side * 0.1, -0.25), (side * 0.19, -0.2), (side * 0.1, -0.125), (0.005, -0.115)
            )
            d.form(flap, paint.second, line=0.9, shade=0.4, key=f"collar{side}")
    else:
        collar = smooth([(-0.12, -0.23), (-0.02, -0.12), (0.13, -0.23)])
        d.stroke(collar, 1.2, paint.second, key="collar")


def _ear(head: Head, d: Drawing, turn: Turn, side: int) -> None:
    """An ear, as far as the turn of the head shows it, and what hangs from it."""
    seen = 1 - side * turn.yaw * 0.9
    if seen <= 0.4 or head.style == "scarf":
        return
    paint, x = head.paint, side * head.face.cheek - turn.shift * 0.25
    y = EYE_LINE + turn.nod
    ear = circle(x + side * 0.002, y + 0.02, 0.03 * seen, 0.06, count=14)
    d.form(ear, paint.skin, line=0.9, shade=0.4, key=f"ear{side}")
    if head.earrings:
        ring = circle(x + side * 0.008 + turn.lag * 0.4, y + 0.115, 0.02, 0.03, count=12)
        d.form(ring, paint.accent, line=0.8, shade=0.4, key=f"ring{side}")


def _skull(head: Head, d: Drawing, turn: Turn) -> None:
    """Brow, cheeks, jaw and chin as one form of nine points, and a plane of shadow down the far side."""
    paint, f, s = head.paint, head.face, turn.shift
    jaw = f.length * 0.6
    outline = turn.at(
        (-f.brow, -0.18),
        (s * 0.3, -0.29),
        (f.brow, -0.18),
        (f.cheek, 0.0),
        (f.jaw + s * 0.2, jaw),
        (f.chin + s * 0.5, f.length),
        (-f.chin + s * 0.5, f.length),
        (-f.jaw + s * 0.2, jaw),
        (-f.cheek, 0.0),
    )
    light = (-0.95 if d.flip else 0.95, 0.3)
    d.form(smooth(outline, True, 5), paint.skin, shade=0.5, line=1.1, light=light, key="skull")
    plane = turn.at(
        (s * 1.2, f.length),
        (f.chin + s * 0.5, f.length - 0.005),
        (f.jaw + s * 0.2, jaw),
        (f.cheek - 0.003, 0.0),
        (f.brow, -0.17),
        (f.brow - 0.04 + s * 0.3, -0.05),
        (f.jaw - 0.05 + s * 0.4, f.length * 0.42),
    )
    d.form(smooth(plane, True, 4), paint.skin_shadow, line=0, shade=0.3, alpha=120, key="plane")


register(
    Kind(
        "head",
        build,
        at=(0.60, 0.24),
        height=0.95,
        domain="base",
        home="paper",
        width=0.8,
        top=(0.0, -0.92),
        forms=(*STYLES, *OTHERS),
        metres=0.5,
        postures=("sleep",),
        traits=("part", "somebody"),
    )
)
