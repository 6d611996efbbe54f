"""A street lamp: an old lantern, a swan's neck, three globes. At night its light lies on the ground. Knows no street.

How it is built: a post, and per form what carries the light; moths go round the highest one.
"""

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.masonry import box, sparrow
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

LIGHTS = {
    "lantern": ((0.0, -0.87),),
    "swan": ((0.24, -0.83),),
    "globes": ((-0.14, -0.8), (0.14, -0.8), (0.0, -0.92)),
}
"""Where the lights of each form are."""
FORMS = tuple(LIGHTS)
PERCH = {"lantern": (-0.08, -0.7), "swan": (0.1, -0.98), "globes": (0.0, -1.0)}
"""Where a bird sits by day."""


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A street lamp; `form` is one of `FORMS`, or "" for one by lot."""
    if form not in FORMS:
        form = stream.pick(("lantern", "lantern", "globes", "swan"))
    lean = stream.uniform(-0.015, 0.015)
    bird = stream.integer(1, 2)

    def figure(d: Drawing, m: Moment) -> None:
        lights = [(x + (lean if form == "lantern" else 0.0), y) for x, y in LIGHTS[form]]
        if paint.night:
            _shine(d, paint, lights, m)
        _post(d, paint, lean, form)
        if form == "lantern":
            _lantern(d, paint, lean)
        elif form == "swan":
            _swan(d, paint)
        else:
            _globes(d, paint, lights)
        if paint.night:
            _moths(d, paint, lights[-1], m)
        else:
            sparrow(d, paint, *PERCH[form], bird, m)

    return figure


def _shine(d: Drawing, paint: Paint, lights: list[tuple[float, float]], m: Moment) -> None:
    """The light in the air, and what of it lies on the ground."""
    x, glow = lights[0][0], 1 + 0.03 * m.cycle(2.0)
    cone = points((x - 0.05, -0.8), (x + 0.05, -0.8), (x + 0.4, 0.03), (x - 0.4, 0.03))
    d.flat(cone, paint.glow, 30)
    d.flat(circle(x, 0.02, 0.42 * glow, 0.06, 26), paint.glow, 60)
    for lx, ly in lights:
        d.flat(circle(lx, ly, 0.26 * glow, count=26), paint.glow, 34)
        d.flat(circle(lx, ly, 0.15 * glow, count=22), paint.glow, 50)


def _swan(d: Drawing, paint: Paint) -> None:
    """A neck that bends over, a hood, the lamp under it."""
    neck = smooth([(0.0, -0.7), (0.0, -0.9), (0.08, -0.98), (0.2, -0.95), (0.24, -0.87)])
    _pipe(d, paint, neck, 2.6)
    hood = smooth([(0.14, -0.83), (0.17, -0.88), (0.24, -0.9), (0.31, -0.88), (0.34, -0.83)])
    d.form(hood, paint.colour, line=0.9, shade=0.6, key="hood")
    light = circle(0.24, -0.82, 0.05, 0.045, 16)
    d.form(light, paint.glow, line=0.8, shade=0.1, key="light")


def _globes(d: Drawing, paint: Paint, lights: list[tuple[float, float]]) -> None:
    """Two arms and the post bear a globe each."""
    for side in (-1, 1):
        x = 0.14 * side
        arm = smooth([(0.0, -0.6), (0.5 * x, -0.62), (x, -0.68), (x, -0.74)])
        _pipe(d, paint, arm, 2.2)
    for k, (x, y) in enumerate(lights):
        globe = circle(x, y, 0.065, count=20)
        d.form(globe, paint.glow, line=0.9, shade=0.3, key=f"globe{k}")
        d.form(box(x - 0.035, y + 0.055, x + 0.035, y + 0.08), paint.dark, line=0.7, shade=0.1)


def _pipe(d: Drawing, paint: Paint, line: Array, width: float) -> None:
    for w, tone in ((width + 1.3, paint.ink), (width, paint.colour)):
        d.stroke(line, w, tone, taper=(0.01, 0.01), wobble=0.1)


def _post(d: Drawing, paint: Paint, lean: float, form: str) -> None:
    top = -0.86 if form == "globes" else -0.76
    shaft = points((-0.03, -0.16), (lean - 0.016, top), (lean + 0.016, top), (0.03, -0.16))
    d.form(
        shaft,
        paint.colour,
        fill=paint.fill,
        colour2=paint.pattern,
        line=0.9,
        shade=0.8,
        key="shaft",
    )
    foot = smooth(
        [
            (-0.085, 0.01), (-0.08, -0.05), (-0.05, -0.08), (-0.035, -0.17), (0.035, -0.17),
            (0.05, -0.08), (0.08, -0.05), (0.085, 0.01),
        ]
    )  # fmt: skip
    d.form(foot, paint.colour, line=0.9, shade=0.7, key="foot")
    for y in (-0.2, -0.5):
        d.form(
            box(lean * 0.5 - 0.036, y - 0.014, lean * 0.5 + 0.036, y + 0.014),
            paint.accent,
            line=0.7,
            shade=0.2,
        )


def _lantern(d: Drawing, paint: Paint, x: float) -> None:
    """Glass that widens upwards, a roof, a knob; a bar for the ladder."""
    d.stroke(points((x - 0.1, -0.7), (x + 0.1, -0.7)), 1.6, paint.dark, wobble=0.1)
    glass = points((x - 0.055, -0.78), (x - 0.09, -0.91), (x + 0.09, -0.91), (x + 0.055, -0.78))
    d.form(glass, paint.glow, line=0.9, shade=0.15, key="light")
    d.stroke(points((x, -0.78), (x, -0.91)), 0.7, wobble=0.1)
    d.form(box(x - 0.065, -0.79, x + 0.065, -0.765), paint.colour, line=0.7, shade=0.3)
    roof = smooth(
        [
            (x - 0.115, -0.905), (x - 0.05, -0.96), (x, -0.985), (x + 0.05, -0.96),
            (x + 0.115, -0.905),
        ]
    )  # fmt: skip
    d.form(roof, paint.colour, line=0.9, shade=0.6, key="roof")
    d.dot(x, -1.0, 0.018, paint.accent)


def _moths(d: Drawing, paint: Paint, light: tuple[float, float], m: Moment) -> None:
    for k in range(3):
        a = TAU * (m.turn(0.5) * (1 if k % 2 else -1) + 0.37 * k)
        x = light[0] + 0.13 * cos(a) + 0.03 * m.cycle(2.0, 0.3 * k)
        y = light[1] + 0.09 * sin(a) + 0.02 * m.cycle(3.0, 0.2 * k)
        flap = 0.012 * m.cycle(6.0, 0.2 * k)
        wings = points(
            (x, y), (x - 0.016, y - 0.01 - flap), (x, y + 0.004), (x + 0.016, y - 0.01 - flap)
        )
        d.flat(wings, paint.white)


register(
    Kind(
        "lamppost",
        build,
        at=(0.86, 1.28),
        height=0.62,
        home="street",
        width=0.35,
        top=(0.0, -0.99),
        shadow=0.1,
        forms=FORMS,
        faces=False,
        metres=4.2,
        grip=(0.0, -0.3),
        lights=True,
    )
)
