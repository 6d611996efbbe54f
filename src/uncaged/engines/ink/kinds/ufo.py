"""A flying saucer: a dome with its pilot, lights that run round the rim, a beam that looks for somebody.

How it is built: a glass dome over a lens; the lights are placed on the half of the rim one sees.
"""

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.wheels import ball, glass, turned
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import PI, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

LAMPS = 9


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A saucer; it has no forms. Its pilot has one, two or three eyes."""
    eyes = stream.integer(1, 3)
    legs = stream.chance(0.5)

    def figure(d: Drawing, m: Moment) -> None:
        lean = 0.06 * m.cycle(0.5)
        reach = 0.12 * m.cycle(0.5, 0.25)
        beam = points((-0.18, 0.14), (0.18, 0.14), (0.52 + reach, 1.05), (-0.36 + reach, 1.05))
        d.flat(beam, paint.glow, 70 if paint.night else 44)
        d.flat(
            points((-0.08, 0.14), (0.08, 0.14), (0.26 + reach, 1.05), (-0.08 + reach, 1.05)),
            paint.glow,
            46,
        )
        if legs:
            for side in (-1, 1):
                leg = points((0.3 * side, 0.1), (0.44 * side, 0.34), (0.52 * side, 0.34))
                d.stroke(turned(leg, lean), 1.8, paint.dark, taper=(0.02, 0.02), wobble=0.1)
        dome = smooth(
            [
                (-0.36, -0.06), (-0.34, -0.26), (-0.2, -0.42), (0, -0.47), (0.2, -0.42),
                (0.34, -0.26), (0.36, -0.06),
            ]
        )  # fmt: skip
        d.form(turned(dome, lean), glass(paint), line=0.9, shade=0.3, key="dome")
        _pilot(d, paint, eyes, lean, m)
        shine = smooth([(-0.26, -0.2), (-0.22, -0.32), (-0.1, -0.39)])
        d.stroke(turned(shine, lean), 2.2, paint.white, wobble=0.2)
        saucer = smooth(
            [
                (-0.96, 0.0), (-0.6, -0.1), (0, -0.14), (0.6, -0.1), (0.96, 0.0), (0.7, 0.1),
                (0.3, 0.16), (-0.3, 0.16), (-0.7, 0.1),
            ],
            True,
            4,
        )  # fmt: skip
        d.form(
            turned(saucer, lean), paint.colour, fill=paint.fill, colour2=paint.pattern, key="saucer"
        )
        belly = smooth([(-0.34, 0.13), (-0.2, 0.24), (0, 0.26), (0.2, 0.24), (0.34, 0.13)])
        d.form(turned(belly, lean), paint.second, line=0.9, shade=0.6, key="belly")
        rim = smooth([(-0.9, 0.01), (-0.4, 0.065), (0, 0.08), (0.4, 0.065), (0.9, 0.01)])
        d.stroke(turned(rim, lean), 0.8, wobble=0.2)
        for k in range(LAMPS):
            a = PI * ((k + m.turn(0.5)) % LAMPS + 0.5) / LAMPS
            x, y = turned(points(-cos(a) * 0.82, 0.01 + 0.055 * sin(a)), lean)
            lit = (k + int(m.turn(2.0))) % 3 == 0
            if lit:
                d.flat(circle(float(x), float(y), 0.085, count=12), paint.glow, 90)
            tone = paint.glow if lit else paint.accent
            d.form(circle(float(x), float(y), 0.034, count=10), tone, line=0.5, shade=0)

    return figure


def _pilot(d: Drawing, paint: Paint, eyes: int, lean: float, m: Moment) -> None:
    """A green somebody with feelers who looks about."""
    look = 0.02 * m.cycle(0.5, 0.1)
    skull = smooth(
        [
            (-0.17, -0.14), (-0.14, -0.3), (0, -0.36), (0.14, -0.3), (0.17, -0.14), (0.06, -0.04),
            (-0.06, -0.04),
        ],
        True,
        4,
    )  # fmt: skip
    for side in (-1, 1):
        tip = points(0.1 * side + 0.02 * m.cycle(1.0, 0.2), -0.42)
        feeler = points((0.06 * side, -0.32), (float(tip[0]), float(tip[1])))
        d.stroke(turned(feeler, lean), 1.0, paint.leaf_dark, wobble=0.2)
    d.form(turned(skull, lean), paint.leaf, line=0.7, shade=0.5, key="pilot")
    for k in range(eyes):
        x = (k - (eyes - 1) / 2) * 0.1 + look
        at = turned(points(x, -0.19), lean)
        d.form(ball(at, 0.052, 0.06, 14), paint.white, line=0.6, shade=0, key=f"eye{k}")
        d.dot(float(at[0]) + look, float(at[1]) + 0.01, 0.024, paint.ink)


register(
    Kind(
        "ufo",
        build,
        at=(0.02, 1.2),
        height=0.36,
        domain="air",
        home="hills",
        width=1.9,
        top=(0.0, -0.46),
        motion="fly",
        metres=4.0,
        grip=(0.0, 0.2),
        faces=False,
        lights=True,
    )
)
