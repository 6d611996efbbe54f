"""What hangs and lies in a room: mirrors, pictures, carpets.

How they are built: a frame or a border, and inside it a small picture of its own, clipped to the frame.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from uncaged.engines.ink.curves import Tube, blob, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.thing import bar, box, clad, lathe, thing
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

Motif: TypeAlias = Callable[[Drawing, Paint, Moment, Array], None]
"""Paints what is in a frame, from -0.3 to 0.3 across and -0.4 to 0.38 down; the array is a closed form by lot."""


def _looking_glass(stream: Stream, paint: Paint, rx: float, ry: float, y: float) -> Figure:
    """An oval glass in its frame, with what it sees: slanting light that moves."""
    glass = circle(0, y, rx, ry, 32)

    def figure(d: Drawing, m: Moment) -> None:
        clad(d, paint, circle(0, y, rx + 0.055, ry + 0.055, 32), "frame")
        d.form(glass, paint.pale, line=0.8, shade=0.5, key="glass")
        d.clip(glass)
        slide = 0.09 * m.cycle(0.25)
        for k, (x, w) in enumerate(((-0.14, 0.1), (0.06, 0.04))):
            beam = box(x + slide, y - ry, x + slide + w, y + ry) * (1.0, 1.0)
            d.flat(
                beam + points((0.16, 0), (0.16, 0), (-0.16, 0), (-0.16, 0)),
                paint.white,
                190 - 60 * k,
            )
        d.unclip()

    return figure


def _mirror(stream: Stream, paint: Paint) -> Figure:
    glass = _looking_glass(stream, paint, 0.2, 0.36, -0.56)

    def figure(d: Drawing, m: Moment) -> None:
        for side in (-1, 1):
            post = bar((0.3 * side, -0.62), (0.3 * side, -0.06), 0.022)
            d.form(post, paint.trunk, line=0.8, shade=0.4, key=f"post{side}")
            foot = Tube(
                [(0.18 * side, -0.01), (0.3 * side, -0.07), (0.42 * side, -0.01)], [0.022], 10
            )
            d.form(foot.outline(), paint.trunk, line=0.8, shade=0.4, key=f"foot{side}")
            d.form(
                circle(0.3 * side, -0.62, 0.035, count=12), paint.glow, line=0.7, key=f"pin{side}"
            )
        d.form(bar((-0.3, -0.1), (0.3, -0.1), 0.018), paint.trunk, line=0.8, key="rail")
        glass(d, m)

    return figure


def _hand_mirror(stream: Stream, paint: Paint) -> Figure:
    glass = _looking_glass(stream, paint, 0.25, 0.27, -0.66)
    handle = lathe([(0.04, -0.36), (0.05, -0.24), (0.035, -0.1), (0.06, -0.02), (0.02, 0.0)], 4)

    def figure(d: Drawing, m: Moment) -> None:
        d.form(handle, paint.second, shade=0.7, key="handle")
        glass(d, m)

    return figure


def _picture(stream: Stream, paint: Paint) -> Figure:
    motif = stream.pick(("land", "form", "portrait", "boat"))
    form = blob(stream.sub("form"), 0, 0, 0.18, 0.22, 7, 0.25, 4)
    lean = stream.uniform(-0.05, 0.05)

    def figure(d: Drawing, m: Moment) -> None:
        d.stroke(
            points((-0.3, -0.42), (0, -0.62 + lean * 0.2), (0.3, -0.42)),
            0.6,
            key="string",
            wobble=0.2,
        )
        d.dot(0, -0.62, 0.018, paint.dark)
        clad(d, paint, box(-0.4, -0.5, 0.4, 0.48), "frame")
        sheet = box(-0.3, -0.4, 0.3, 0.38)
        d.form(sheet, paint.white, line=0.8, shade=0.3, key="sheet")
        d.clip(sheet)
        _MOTIFS[motif](d, paint, m, form)
        d.unclip()

    return figure


def _painted_land(d: Drawing, paint: Paint, m: Moment, form: Array) -> None:
    ridge = smooth([(-0.36, 0.1), (-0.12, -0.08), (0.1, 0.08), (0.36, -0.02)], False, 5)
    d.form(circle(0.1, -0.14, 0.1, count=20), paint.accent, line=0.7, shade=0.3, key="disc")
    d.form(
        np.concatenate([ridge, points((0.36, 0.5), (-0.36, 0.5))]), paint.leaf, line=0.8, key="land"
    )


def _painted_form(d: Drawing, paint: Paint, m: Moment, form: Array) -> None:
    k = 1 + 0.04 * m.cycle(0.5)
    d.form(form * k, paint.accent, line=0.9, shade=0.8, key="form")
    d.form(form * 0.4 * k + points(0.05, -0.02), paint.dark, line=0.7, shade=0.2, key="core")


def _painted_head(d: Drawing, paint: Paint, m: Moment, form: Array) -> None:
    """Somebody looks out of it, and their eyes follow."""
    d.form(box(-0.32, -0.42, 0.32, 0.4), paint.accent, line=0, shade=0.7, key="ground")
    shoulders = smooth([(-0.32, 0.42), (-0.2, 0.2), (0.2, 0.2), (0.32, 0.42)], False, 5)
    d.form(shoulders, paint.dark, line=0.8, shade=0.3, key="coat")
    d.form(circle(0, -0.02, 0.15, 0.2, 24), paint.skin, line=0.8, shade=0.4, key="face")
    hair = smooth(
        [(-0.17, 0.0), (-0.17, -0.2), (0, -0.28), (0.17, -0.2), (0.17, 0.0), (0, -0.14)], True, 5
    )
    d.form(hair, paint.hair, line=0.8, shade=0.3, key="hair")
    look = 0.018 * m.cycle(0.2)
    for x in (-0.06, 0.06):
        d.dot(x, -0.01, 0.028, paint.white)
        d.dot(x + look, -0.01, 0.015, paint.ink)
    d.stroke(points((-0.05, 0.1), (0.05, 0.1)), 0.7, wobble=0.2, key="mouth")


def _painted_boat(d: Drawing, paint: Paint, m: Moment, form: Array) -> None:
    up = 0.015 * m.cycle(0.5)
    d.form(box(-0.32, 0.12, 0.32, 0.4), paint.accent, line=0.8, shade=0.6, key="sea")
    d.form(
        points((0.0, -0.3 + up), (0.17, 0.06 + up), (0.0, 0.06 + up)),
        paint.second,
        line=0.8,
        key="sail",
    )
    hull = points((-0.18, 0.09 + up), (0.2, 0.09 + up), (0.12, 0.19 + up), (-0.11, 0.19 + up))
    d.form(hull, paint.dark, line=0.8, shade=0.2, key="hull")


_MOTIFS: Mapping[str, Motif] = {
    "land": _painted_land,
    "form": _painted_form,
    "portrait": _painted_head,
    "boat": _painted_boat,
}


def _carpet(stream: Stream, paint: Paint) -> Figure:
    medallion = stream.chance(0.6)

    def figure(d: Drawing, m: Moment) -> None:
        lift = 0.05 * (1 + m.cycle(0.5))
        outer = _rug(1.0, lift)
        fringe: list[Array] = []
        for side in (-1, 1):
            for k in range(9):
                y = -0.95 + 0.9 * k / 8
                x = side * (1.62 + 0.5 * (y + 1))
                y -= lift * (side > 0)
                fringe.append(box(x, y - 0.02, x + 0.16 * side, y + 0.02))
        d.multi(fringe, paint.pale, line=0.5, key="fringe")
        clad(d, paint, outer, "rug", shade=0.5)
        d.form(_rug(0.8, lift), paint.second, line=0.8, shade=0.3, key="field")
        d.form(_rug(0.66, lift), paint.accent, line=0.7, shade=0.4, key="inner")
        if medallion:
            d.form(circle(0, -0.5, 0.62, 0.22, 24), paint.colour, line=0.8, shade=0.3, key="medal")
            d.form(circle(0, -0.5, 0.26, 0.09, 18), paint.pale, line=0.7, shade=0.2, key="eye")
        else:
            for x in (-0.7, 0.0, 0.7):
                rhomb = points((x - 0.24, -0.5), (x, -0.7), (x + 0.24, -0.5), (x, -0.3))
                d.form(rhomb, paint.pale, line=0.7, shade=0.3, key=f"rhomb{x}")

    return figure


def _rug(share: float, lift: float) -> Array:
    """A carpet's outline as it lies on the floor; lift: how far its right end is off the ground."""
    y0, y1 = -0.5 - 0.5 * share, -0.5 + 0.5 * share
    near, far = 2.1 * share, 1.62 * share
    corners = [(-far, y0), (0.0, y0 - 0.01), (far, y0 - lift * share)]
    corners += [(near, y1 - lift * share), (0.0, y1 + 0.01), (-near, y1)]
    return points(*corners)


thing(
    "mirror", {"standing": _mirror, "hand": _hand_mirror},
    (-0.83, 0.18), 0.6, 1.6, width=0.8, grip=(0, -0.16), rock=0.01,
)  # fmt: skip
thing(
    "picture", _picture, (-0.77, 0.18), 0.44, 0.7,
    width=0.85, domain="air", top=(0.0, -0.5), grip=(0.0, 0.44), rock=0.02, traits=("wall",),
)  # fmt: skip
thing(
    "carpet", _carpet, (-0.65, 0.18), 0.17, 0.35,
    width=4.2, top=(0.0, -0.5), grip=(0.0, -0.1), rock=0.0, shadow=0.0,
)  # fmt: skip
