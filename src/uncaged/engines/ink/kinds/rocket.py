"""A rocket that rides on its flame: a pointed body with fins and portholes, somebody looks out. Knows no space.

How it is built: half an outline, mirrored; fins, three tongues of flame one in the other, smoke beneath.
"""

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import head, pane, puffs, smoke
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("cigar", "bottle", "stages")
_BODIES = {
    "cigar": ((0.0, -0.5), (0.1, -0.34), (0.16, -0.1), (0.15, 0.14), (0.1, 0.26)),
    "bottle": ((0.0, -0.5), (0.06, -0.36), (0.1, -0.2), (0.21, -0.02), (0.2, 0.18), (0.12, 0.26)),
    "stages": (
        (0.0, -0.5), (0.05, -0.38), (0.08, -0.3), (0.085, -0.1), (0.13, -0.02), (0.13, 0.26),
    ),
}  # fmt: skip
"""The right edge of each body, from the tip down."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A rocket; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("cigar", "cigar", "bottle", "stages"))
    edge = smooth(_BODIES[form]) if form != "stages" else points(*_BODIES[form])
    body = np.concatenate([edge, (edge * points(-1, 1))[::-1]])
    clouds = puffs(stream.sub("smoke"), 5)
    lots = stream.sub("tongues").array(3, 0.8, 1.2)

    def figure(d: Drawing, m: Moment) -> None:
        smoke(
            d, paint.pale, clouds, m.turn(1.0), (0.0, 0.42), (0.16, 0.42), (0.05, 0.15), alpha=170
        )
        _flame(d, paint, lots, m)
        for side in (-1, 1):
            fin = smooth(
                [
                    (0.1 * side, 0.02), (0.2 * side, 0.1), (0.29 * side, 0.28),
                    (0.27 * side, 0.36), (0.2 * side, 0.26), (0.1 * side, 0.22),
                ],
                True,
                3,
            )  # fmt: skip
            tone = paint.accent if side > 0 else paint.second
            d.form(fin, tone, line=0.9, shade=0.7, key=f"fin{side}")
        d.form(body, paint.colour, fill=paint.fill, colour2=paint.pattern, key="body")
        d.clip(body)
        nose = points((-0.3, -0.6), (0.3, -0.6), (0.3, -0.31), (0.0, -0.27), (-0.3, -0.31))
        d.form(smooth(nose, True, 2), paint.accent, line=0.7, shade=0.7, key="nose")
        for y in (0.1, 0.17):
            band = smooth(
                [
                    (-0.3, y), (0, y + 0.03), (0.3, y), (0.3, y + 0.035), (0, y + 0.065),
                    (-0.3, y + 0.035),
                ],
                True,
                3,
            )  # fmt: skip
            d.form(band, paint.pale, line=0.5, shade=0.5)
        d.unclip()
        hole = circle(0, -0.14, 0.062 if form != "stages" else 0.045, count=22)
        d.form(
            hole * points(1.3, 1.3) + points(0, 0.042), paint.dark, line=0.8, shade=0.2, key="rim"
        )
        d.form(hole, pane(paint), line=0.6, shade=0.1, key="port")
        d.clip(hole)
        head(d, paint, -0.005, -0.13, 0.042, "", False)
        d.unclip()
        d.form(circle(0, 0.03, 0.03, count=14), paint.dark, line=0.7, shade=0)
        middle = smooth(
            [(0.0, 0.12), (0.028, 0.2), (0.03, 0.36), (0.0, 0.4), (-0.03, 0.36), (-0.028, 0.2)],
            True,
            3,
        )
        d.form(middle, paint.second, line=0.9, shade=0.6, key="fin0")
        d.stroke(points((0, -0.5), (0, -0.58)), 1.4, wobble=0.1)
        d.dot(0, -0.585, 0.014, paint.accent)

    return figure


def _flame(d: Drawing, paint: Paint, lots: Array, m: Moment) -> None:
    """Three tongues, one in the other, that lick at their own rates."""
    if paint.night:
        d.flat(circle(0, 0.42, 0.3, count=24), paint.glow, 60)
    for k, tone in enumerate((paint.accent, paint.glow, paint.white)):
        w = 0.11 - 0.03 * k
        long = (0.34 - 0.09 * k) * float(lots[k]) * (1 + 0.16 * m.cycle(3.0, 0.3 * k))
        lick = 0.03 * m.cycle(2.0, 0.2 * k)
        tongue = [
            (-w * 0.8, 0.26), (-w, 0.34), (-w * 0.5 + lick * 0.5, 0.26 + long * 0.7),
            (lick, 0.26 + long), (w * 0.5 + lick * 0.5, 0.26 + long * 0.66), (w, 0.34),
            (w * 0.8, 0.26),
        ]  # fmt: skip
        d.form(smooth(tongue, True, 3), tone, line=0.8 if k == 0 else 0, shade=0.2, key=f"flame{k}")


register(
    Kind(
        "rocket",
        build,
        at=(0.98, 1.14),
        height=0.62,
        domain="air",
        home="space",
        width=0.6,
        top=(0.0, -0.5),
        motion="rise",
        forms=FORMS,
        metres=20.0,
        grip=(0.0, 0.1),
        faces=False,
        lights=True,
    )
)
