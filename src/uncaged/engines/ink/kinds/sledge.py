"""A sledge that slides: two runners bent up before, slats, a rope. Who rides sits on it.

How it is built: the runners twice, the far pair in shadow; it shakes on its way and throws up a little snow or dust.
"""

from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import shaken
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import Paint

FORMS = ("sledge", "sleigh")
GAIT = 0.9
_RUNNER = (
    (-1.2, -0.06), (-1.0, -0.02), (0.4, -0.02), (0.9, -0.08), (1.16, -0.36), (1.0, -0.56),
    (0.84, -0.46),
)  # fmt: skip


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A sledge; `form` is one of `FORMS` (of slats, or with a curved body like a shell), or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("sledge", "sledge", "sleigh"))
    runner = smooth(_RUNNER)

    def figure(d: Drawing, m: Moment) -> None:
        shift = shaken(m, 0.012)
        for aside, tone in ((points(0.1, -0.07), paint.dark_shadow), (points(0, 0), paint.accent)):
            for width, colour in ((4.6, paint.ink), (3.0, tone)):
                d.stroke(runner + aside, width, colour, taper=(0.02, 0.02), wobble=0.15)
            for x in (-0.8, -0.1, 0.5):
                post = points((x, -0.03), (x + 0.02, -0.42)) + aside
                for width, colour in ((4.0, paint.ink), (2.4, tone)):
                    d.stroke(post + shift * 0.5, width, colour, taper=(0.01, 0.01), wobble=0.15)
        if form == "sleigh":
            body = [
                (-1.16, -0.98), (-1.0, -0.6), (-0.7, -0.36), (0.5, -0.34), (0.86, -0.5),
                (0.94, -0.8), (1.16, -0.92), (0.8, -0.9), (0.6, -0.62), (-0.3, -0.62),
                (-0.66, -0.8), (-0.86, -1.02),
            ]  # fmt: skip
            d.form(
                smooth(body, True, 4) + shift,
                paint.colour,
                fill=paint.fill,
                colour2=paint.pattern,
                key="body",
            )
            curl = smooth([(-0.86, -0.7), (-0.5, -0.5), (0.3, -0.48), (0.66, -0.6)])
            d.stroke(curl + shift, 1.8, paint.accent, wobble=0.2)
        else:
            for k in range(4):
                y = -0.4 - 0.045 * k
                slat = points(
                    (-1.06 + 0.05 * k, y), (0.8 + 0.03 * k, y), (0.83 + 0.03 * k, y - 0.05),
                    (-1.04 + 0.05 * k, y - 0.05),
                )  # fmt: skip
                tone = paint.colour if k % 2 == 0 else paint.second
                d.form(slat + shift, tone, line=0.7, shade=0.6, key=f"slat{k}")
        sag = 0.06 * m.cycle(0.5)
        rope = smooth([(1.06, -0.44), (1.3, -0.3 + sag), (1.5, -0.34), (1.62, -0.6)])
        d.stroke(rope, 1.2, paint.trunk, wobble=0.3, key="rope")
        if m.act != "still":
            for k in range(3):
                q = (m.turn(1.0) + k / 3) % 1
                x = -1.2 - 0.5 * q
                spray = smooth([(x, -0.03), (x - 0.12, -0.1 - 0.08 * q), (x - 0.2, -0.02)])
                d.stroke(spray, 1.4 * (1 - q), paint.white, wobble=0.3, key=f"spray{k}")

    return figure


register(
    Kind(
        "sledge",
        build,
        at=(0.56, 1.14),
        height=0.2,
        home="hills",
        width=2.4,
        top=(-0.2, -0.5),
        shadow=1.1,
        gait=GAIT,
        motion="walk",
        forms=FORMS,
        metres=0.5,
        grip=(1.6, -0.6),
        rest="sit",
    )
)
